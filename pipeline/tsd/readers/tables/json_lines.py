"""Transcripts in JSON Lines: one JSON object per utterance, or per session."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.columns import map_columns, missing_columns
from tsd.readers.tables.columns_patterns import NAMES, UTTERANCE_LISTS
from tsd.readers.tables.delimited import named_records
from tsd.settings import Reading


def _rows(text: str, log: ProblemLog) -> Iterator[tuple[int, Mapping[str, str]]]:
    stem = PurePath(log.path).stem
    for line, raw in enumerate(split_lines(text), start=1):
        if not raw.strip():
            continue
        expected = "a JSON object"
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):  # also numbers with thousands of digits
            value, expected = None, "valid JSON"
        if not isinstance(value, dict):
            log.add(
                f"is not {expected}; the line is left out. Expected one object per line.",
                line=line,
            )
            continue
        for row in _flatten(value, f"{stem}-{line}"):
            if any(isinstance(row.get(name), dict) for name in NAMES["text"]):
                log.add("the words are a JSON object; expected text in quotation marks.", line=line)
            cells = {key: cell for key, cell in row.items() if not isinstance(cell, dict)}
            yield line, {_as_text(key): _as_text(cell) for key, cell in cells.items()}


def _flatten(value: dict[str, Any], unnamed: str) -> Iterator[dict[str, Any]]:
    """Yield the utterances of a session, or an object that is one utterance itself."""
    for name in UTTERANCE_LISTS:
        turns = value.get(name)
        if isinstance(turns, list) and all(isinstance(turn, dict) for turn in turns):
            outer = {k: v for k, v in value.items() if not isinstance(v, list | dict)}
            if "session_id" not in map_columns(outer):
                outer["session_id"] = outer.pop("id", unnamed)
            for turn in turns:
                yield {**outer, **turn}
            return
    yield value


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    text = ",".join(map(str, cell)) if isinstance(cell, list) else str(cell)
    # JSON can hold half of a surrogate pair, which no file can.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _recognises(source: Source) -> bool:
    """Check whether the first line is an object that holds words and their speaker."""
    line = source.start.lstrip().partition("\n")[0]
    if not line.startswith("{"):
        return False
    names = next((list(row) for _, row in _rows(line, ProblemLog(""))), [])
    return missing_columns(names) is None


def _read(source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
    return named_records(_rows(source.text(log), log), log)


JSON_LINES = Format("jsonl", (".jsonl", ".ndjson"), _recognises, _read, generic=True)
