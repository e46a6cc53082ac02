"""Transcripts in tiers, of linguists' tools."""

from __future__ import annotations

from tsd.readers.records import Format
from tsd.readers.tiers.chat import CHAT
from tsd.readers.tiers.elan import ELAN
from tsd.readers.tiers.exmaralda import EXMARALDA
from tsd.readers.tiers.textgrid import TEXTGRID

TIERS: tuple[Format, ...] = (CHAT, ELAN, EXMARALDA, TEXTGRID)
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
