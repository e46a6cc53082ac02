"""Transcripts in tiers, of linguists' tools."""

from __future__ import annotations

from tsd.readers.records import Format

TIERS: tuple[Format, ...] = ()
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
