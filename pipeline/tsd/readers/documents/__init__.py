"""Word documents."""

from __future__ import annotations

from tsd.readers.documents.teams import OLD_TEAMS
from tsd.readers.documents.word import WORD
from tsd.readers.records import Format

DOCUMENTS: tuple[Format, ...] = (OLD_TEAMS, WORD)
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
