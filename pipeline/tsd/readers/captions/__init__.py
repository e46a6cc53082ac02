"""Subtitles and what is written like them."""

from __future__ import annotations

from tsd.readers.records import Format

CAPTIONS: tuple[Format, ...] = ()
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
