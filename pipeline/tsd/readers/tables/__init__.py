"""Tables of utterances: delimited text, spreadsheets, databases, JSON."""

from __future__ import annotations

from tsd.readers.records import Format
from tsd.readers.tables.convokit import CONVOKIT
from tsd.readers.tables.delimited import TABLE
from tsd.readers.tables.json_objects import JSON
from tsd.readers.tables.parquet import PARQUET
from tsd.readers.tables.spreadsheet import SPREADSHEET

TABLES: tuple[Format, ...] = (SPREADSHEET, PARQUET, CONVOKIT, TABLE, JSON)
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
