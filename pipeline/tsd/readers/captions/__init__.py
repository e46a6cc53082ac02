"""Subtitles and what is written like them."""

from __future__ import annotations

from tsd.readers.captions.noscribe import NOSCRIBE
from tsd.readers.captions.srt import SRT
from tsd.readers.captions.webvtt import WEBVTT
from tsd.readers.records import Format

CAPTIONS: tuple[Format, ...] = (WEBVTT, SRT, NOSCRIBE)
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
