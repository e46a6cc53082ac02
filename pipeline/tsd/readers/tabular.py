"""Transcripts in tables: CSV, TSV and JSON Lines, one row per utterance."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tsd.errors import ReadError
from tsd.readers.columns import map_columns, missing_columns
from tsd.readers.columns_patterns import NAMES, UTTERANCE_LISTS
from tsd.readers.decoding import read_text, split_lines
from tsd.readers.records import ProblemLog, Record
from tsd.schema import Severity
from tsd.settings import Reading

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""What a spreadsheet computes begins with one of these; see OWASP on CSV injection."""

_WORDS_OR_ID = {"utterance", "transcript"}
"""Columns of these names, beside one with the words, hold ids, or once more the words."""

_ID_WORDS = 3
_OUR_COLUMNS = {"p_disclosure", "is_disclosure"}


def read_records(path: Path, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    """Yield the utterances of a table; see `tsd.readers.records.Format`."""
    del reading  # a table needs none
    text = read_text(path, log)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        rows = _json_rows(text, log)
    else:
        rows = delimited_rows(text, path.suffix.lower(), log)
    return _records(rows, log)


def unguard(text: str) -> str:
    """Take off the apostrophe that our own tables put before what a spreadsheet would compute.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    rest = text.lstrip("'")
    return text[1:] if rest != text and rest.startswith(FORMULA_STARTS) else text


def _records(rows: Iterator[tuple[int, Mapping[str, str]]], log: ProblemLog) -> Iterator[Record]:
    """Name the fields of each row; the columns may differ from row to row in JSON Lines."""
    mappings: dict[tuple[str, ...], dict[str, str] | None] = {}
    for line, row in rows:
        names = tuple(row)
        if names not in mappings:
            columns = map_columns(names)
            if lacking := missing_columns(columns, names):
                if not mappings:
                    raise ReadError(log.path, lacking)
                log.add(lacking, line=line)
            mappings[names] = None if lacking else columns
        found = mappings[names]
        if found is None:
            continue
        fields = {
            field: row[column]
            for field, column in found.items()
            if not (column.lower() in _WORDS_OR_ID and len(row[column].split()) > _ID_WORDS)
        }
        if set(names) >= _OUR_COLUMNS:
            fields = {field: unguard(value) for field, value in fields.items()}
        text = fields.pop("text", "") or row[found["text"]]
        speaker = fields.pop("speaker", "") or fields.get("role", "")
        yield Record(text, speaker.strip(), line, fields)


def delimited_rows(
    text: str, suffix: str, log: ProblemLog
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a table with delimiters, each with its line.

    Parameters
    ----------
    text : str
        The file.
    suffix : str
        ``.tsv`` is divided by tabs; of others, the header tells the delimiter.
    log : ProblemLog
        Is given rows that have too many fields; they are left out.

    Raises
    ------
    ReadError
        If the text is no table, or has no rows.
    """
    if text.lower().startswith("sep="):  # Excel's own first line
        text = "\n" + text.partition("\n")[2]
    if not text.strip():
        raise ReadError(log.path, "is empty.")
    header = text.lstrip().splitlines()[0]
    delimiter = "\t" if suffix == ".tsv" else max(",;\t|", key=header.count)
    quoting = csv.QUOTE_MINIMAL
    try:
        rows = _parse(text, delimiter, quoting)
    except csv.Error as error:
        if delimiter != "\t":
            raise ReadError(
                log.path,
                f"is not a valid table ({error.args[0]}). Is a quotation mark left open? Fields "
                "with commas, quotes or line breaks must stand in quotes.",
                line=error.args[1] if len(error.args) > 1 else None,
            ) from error
        # Tab-separated files are often written without any quoting.
        rows = _parse(text, delimiter, csv.QUOTE_NONE)
    names, *body = [(line, row) for line, row in rows if any(cell.strip() for cell in row)] or [
        (1, [])
    ]
    columns = _unique([name.strip() for name in names[1]], log)
    if not body:
        raise ReadError(log.path, "has a header but no rows.")
    return _fit(columns, body, log)


def _unique(columns: list[str], log: ProblemLog) -> list[str]:
    """Keep the first of several columns of one name apart from the others."""
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        log.add(
            f"{len(twice)} names stand above several columns; the first of each is used.",
            Severity.WARNING,
        )
    return [
        f"{name} (column {place + 1})" if name in columns[:place] else name
        for place, name in enumerate(columns)
    ]


def _parse(text: str, delimiter: str, quoting: Any) -> list[tuple[int, list[str]]]:  # noqa: ANN401
    """Parse with the line on which each row begins."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=quoting,
        skipinitialspace=True,
        strict=True,
    )
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(error.args[0], line) from error
    return rows


def _fit(
    columns: Sequence[str], body: Sequence[tuple[int, list[str]]], log: ProblemLog
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, row in body:
        while len(row) > len(columns) and not row[-1].strip():
            row.pop()
        if len(row) > len(columns):
            log.add(
                f"the row has {len(row)} fields, the header names {len(columns)}; the row is "
                "left out. Is a comma or quote in the text not quoted?",
                line=line,
            )
            continue
        yield line, dict(zip(columns, row + [""] * (len(columns) - len(row)), strict=True))


def _json_rows(text: str, log: ProblemLog) -> Iterator[tuple[int, Mapping[str, str]]]:
    stem = Path(log.path).stem
    for line, raw in enumerate(split_lines(text), start=1):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):  # also whole numbers of thousands of digits
            log.add(
                "is not valid JSON; the line is left out. Expected one object per line.", line=line
            )
            continue
        if not isinstance(value, dict):
            log.add(
                "is not a JSON object; the line is left out. Expected one object per line.",
                line=line,
            )
            continue
        for row in _flatten(value, f"{stem}-{line}"):
            if any(isinstance(row.get(name), dict) for name in NAMES["text"]):
                log.add("the words are a JSON object; expected text.", line=line)
            yield (
                line,
                {
                    _as_text(key): _as_text(cell)
                    for key, cell in row.items()
                    if not isinstance(cell, dict)
                },
            )


def _flatten(value: dict[str, Any], unnamed: str) -> Iterator[dict[str, Any]]:
    """Yield the utterances of an object that is one, or that is a session with a list of them."""
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
    # JSON can hold half of a pair of surrogates, which no file can.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
