"""Transcripts in CSV and TSV tables, one row per utterance."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tsd.errors import ReadError
from tsd.files import unguard
from tsd.readers.columns import map_columns, missing_columns
from tsd.readers.decoding import decode_start, read_text, split_lines
from tsd.readers.records import Format, ProblemLog, Record
from tsd.schema import Severity
from tsd.settings import Reading

_WORDS_OR_ID = {"utterance", "transcript"}
"""Next to a column with the words, these hold ids, or the words once more."""

_ID_WORDS = 3
_LONGEST_HEADER = 10_000
_OUR_COLUMNS = {"p_disclosure", "is_disclosure"}


def named_records(
    rows: Iterator[tuple[int, Mapping[str, str]]], log: ProblemLog
) -> Iterator[Record]:
    """Name the fields of each row; in JSON Lines the columns may differ from row to row."""
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
    """Yield the rows of a CSV or TSV table, each with its line.

    Parameters
    ----------
    text : str
        The file.
    suffix : str
        In ``.tsv`` files, tabs separate the columns; in others, the header shows what does.
    log : ProblemLog
        Gets a message about each row that has too many fields. These rows are left out.

    Raises
    ------
    ReadError
        If the text is not a table, or has no rows.
    """
    text = _without_excel_line(text)
    if not text.strip():
        raise ReadError(log.path, "is empty.")
    delimiter = _delimiter(text.lstrip().splitlines()[0], suffix)
    quoting = csv.QUOTE_MINIMAL
    try:
        rows = _parse(text, delimiter, quoting)
    except csv.Error as error:
        if delimiter != "\t":
            raise ReadError(
                log.path,
                f"is not a valid table ({error.args[0]}). Is a quotation mark not closed? Put "
                "fields with commas, quotation marks or line breaks in quotation marks.",
                line=error.args[1] if len(error.args) > 1 else None,
            ) from error
        # Tab-separated files often have no quoting at all.
        rows = _parse(text, delimiter, csv.QUOTE_NONE)
    names, *body = [(line, row) for line, row in rows if any(cell.strip() for cell in row)] or [
        (1, [])
    ]
    columns = _unique([name.strip() for name in names[1]], log)
    if not body:
        raise ReadError(log.path, "has a header but no rows.")
    return _fit(columns, body, log)


def _without_excel_line(text: str) -> str:
    """Blank the line ``sep=;`` that Excel can put first."""
    return "\n" + text.partition("\n")[2] if text.lower().startswith("sep=") else text


def _delimiter(header: str, suffix: str) -> str:
    return "\t" if suffix == ".tsv" else max(",;\t|", key=header.count)


def _unique(columns: list[str], log: ProblemLog) -> list[str]:
    """Rename all but the first of several columns with the same name."""
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        log.add(
            f"{len(twice)} column name{'s occur' if len(twice) > 1 else ' occurs'} more than once; "
            "the first column of each name is used. Rename or delete the others.",
            Severity.WARNING,
        )
    return [
        f"{name} (column {place + 1})" if name in columns[:place] else name
        for place, name in enumerate(columns)
    ]


def _parse(text: str, delimiter: str, quoting: Any) -> list[tuple[int, list[str]]]:  # noqa: ANN401
    """Return the rows, each with the line it begins on."""
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
                f"the row has {len(row)} fields, but the header has {len(columns)}; the row is "
                "left out. Put text with commas or quotation marks in quotation marks.",
                line=line,
            )
            continue
        yield line, dict(zip(columns, row + [""] * (len(columns) - len(row)), strict=True))


def _recognises(start: bytes, path: Path) -> bool:
    """Check for a header with known columns, and a row below it."""
    text = _without_excel_line(decode_start(start))
    header, row, *_ = [*filter(str.strip, split_lines(text)), "", ""]
    delimiter = _delimiter(header, path.suffix.lower())
    names = next(csv.reader([header[:_LONGEST_HEADER]], delimiter=delimiter), [])
    return delimiter in row and missing_columns(map_columns(names), names) is None


def _read(path: Path, _: Reading, log: ProblemLog) -> Iterator[Record]:
    return named_records(delimited_rows(read_text(path, log), path.suffix.lower(), log), log)


TABLE = Format("table", (".csv", ".tsv"), _recognises, _read)
