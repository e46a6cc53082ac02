"""Transcripts in CSV and TSV tables, one row per utterance."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence

from tsd.errors import ReadError
from tsd.files import unguard
from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.columns import map_columns, missing_columns
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
    mappings: dict[tuple[str, ...], dict[str, str]] = {}
    for line, row in rows:
        names = tuple(row)
        if names not in mappings:
            if missing := missing_columns(names):
                if not mappings:
                    raise ReadError(log.path, missing)
                log.add(missing, line=line)
            mappings[names] = {} if missing else map_columns(names)
        if not mappings[names]:
            continue
        fields = {
            field: row[column]
            for field, column in mappings[names].items()
            if field == "text"
            or column.lower() not in _WORDS_OR_ID
            or len(row[column].split()) <= _ID_WORDS
        }
        if set(names) >= _OUR_COLUMNS:
            fields = {field: unguard(value) for field, value in fields.items()}
        text = fields.pop("text")
        speaker = fields.pop("speaker", "") or fields.get("role", "")
        yield Record(text, speaker.strip(), line, fields)


def delimited_rows(source: Source, log: ProblemLog) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a CSV or TSV table, each with its line.

    In ``.tsv`` files, tabs separate the columns; in others, the header shows what does. Rows with
    too many fields are left out; the log gets a message about each.

    Raises
    ------
    ReadError
        If the file is not a table, or has no rows.
    """
    text = _without_excel_line(source.text(log))
    if not text.strip():
        raise ReadError(log.path, "is empty.")
    rows = _parse(text, _delimiter(text.lstrip().splitlines()[0], source), log)
    filled = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise ReadError(log.path, "has a header but no rows.")
    (_, header), *body = filled
    return _fit(_unique([name.strip() for name in header], log), body, log)


def _without_excel_line(text: str) -> str:
    """Blank the line ``sep=;`` that Excel can put first."""
    return "\n" + text.partition("\n")[2] if text.lower().startswith("sep=") else text


def _delimiter(header: str, source: Source) -> str:
    return "\t" if source.suffix == ".tsv" else max(",;\t|", key=header.count)


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


def _parse(
    text: str, delimiter: str, log: ProblemLog, *, quoted: bool = True
) -> list[tuple[int, list[str]]]:
    """Return the rows, each with the line it begins on."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=True,
        strict=True,
    )
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        if delimiter == "\t" and quoted:  # tab-separated files often have no quoting at all
            return _parse(text, delimiter, log, quoted=False)
        raise ReadError(
            log.path,
            f"is not a valid table ({error}). Is a quotation mark not closed? Put fields with "
            "commas, quotation marks or line breaks in quotation marks.",
            line=line,
        ) from error
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


def _recognises(source: Source) -> bool:
    """Check for a header with known columns, and a row below it."""
    text = _without_excel_line(source.start)
    header, row, *_ = [*filter(str.strip, split_lines(text)), "", ""]
    delimiter = _delimiter(header, source)
    names = next(csv.reader([header[:_LONGEST_HEADER]], delimiter=delimiter), [])
    return delimiter in row and missing_columns(names) is None


def _read(source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
    return named_records(delimited_rows(source, log), log)


TABLE = Format("table", (".csv", ".tsv"), _recognises, _read, generic=True)
