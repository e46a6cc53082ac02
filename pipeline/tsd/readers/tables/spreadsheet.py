"""Transcripts in Excel workbooks: each sheet with talk is a session, or holds sessions."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tsd.errors import MissingExtraError, ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.office import is_office, opened
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.cells import as_text
from tsd.readers.tables.layout import Layout, Row, find_layout
from tsd.readers.tables.rows import grid_records
from tsd.schema import Severity
from tsd.settings import Reading

_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 500
_LABEL_WORDS, _LABEL_LENGTH = 4, 40


def sheet_rows(source: Source, log: ProblemLog) -> dict[str, list[Row]]:
    """Return the rows of each sheet of a workbook that are not empty, with their numbers.

    Cells are as Excel shows them, apart from times: those are a clock, or seconds. A short cell
    that is merged over several rows, such as the name of a speaker, is in each of them.

    Raises
    ------
    ReadError
        If the file is damaged, or is not safe to open.
    MissingExtraError
        If openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("openpyxl", "excel", "reading Excel files") from error
    with opened(source, "Excel") as archive:
        try:
            book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
            found = {}
            for sheet in book.worksheets:
                xml = archive.read(sheet._worksheet_path.lstrip("/"))
                found[str(sheet.title)] = _rows(sheet, xml, log)
                if _FORMULA.search(xml):
                    _report_unknown(source, str(sheet.title), found[str(sheet.title)], log)
            return found
        except ReadError:
            raise
        except Exception as error:  # openpyxl does not say what it raises for damaged files
            raise ReadError(
                log.path, "is damaged. Open it in Excel and save it once more as .xlsx."
            ) from error


def _rows(sheet: Any, xml: bytes, log: ProblemLog) -> list[Row]:  # noqa: ANN401 - of openpyxl
    merged = _merged(xml)
    rows: list[Row] = []
    above: dict[int, str] = {}
    cells = 0
    sheet.reset_dimensions()  # those that the file states are often wrong
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        row = [as_text(value) for value in values[:_MOST_COLUMNS]]
        for place in sorted(merged.get(number, ())):
            row += [""] * (place + 1 - len(row))
            row[place] = row[place] or above.get(place, "")
        above = {i: cell for i, cell in enumerate(row) if _is_label(cell)} if merged else {}
        cells += len(row)
        if cells > _MOST_CELLS:
            raise ReadError(log.path, f"has more than {_MOST_CELLS:,} cells. Split it.")
        if any(cell.strip() for cell in row):
            rows.append((number, row))
    return rows


def _is_label(cell: str) -> bool:
    return bool(cell) and len(cell) <= _LABEL_LENGTH and len(cell.split()) <= _LABEL_WORDS


def _merged(xml: bytes) -> dict[int, set[int]]:
    """Return which cells of a row go on with the one above: row number to places."""
    found: dict[int, set[int]] = {}
    for left, top, right, bottom in _MERGED.findall(xml):
        first, last = int(top), min(int(bottom), int(top) + 100_000)
        for number in range(first + 1, last + 1):
            places = range(_place(left), min(_place(right), _MOST_COLUMNS) + 1)
            found.setdefault(number, set()).update(places)
    return found


def _place(letters: bytes) -> int:
    """Return the place of a column: 0 for A, 26 for AA."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _report_unknown(source: Source, title: str, rows: list[Row], log: ProblemLog) -> None:
    """Report formulas whose values the file does not have, since Excel never opened it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True)
    sheet = next(each for each in book.worksheets if each.title == title)
    sheet.reset_dimensions()
    values = dict(rows)
    unknown: dict[int, int | None] = {}
    for number, formulas in enumerate(sheet.iter_rows(values_only=True), 1):
        row = values.get(number, [])
        for place, formula in enumerate(formulas):
            is_formula = isinstance(formula, str) and formula.startswith("=")
            if is_formula and (place >= len(row) or not row[place]):
                unknown.setdefault(place, number)
    layout = find_layout(rows)
    if isinstance(layout, Layout):  # others, such as the length of the words, do not matter
        used = {*layout.columns.values(), *layout.sides}
        unknown = {place: number for place, number in unknown.items() if place in used}
    if unknown:
        named = ", ".join(str(place + 1) for place in unknown)
        log.add(
            f"formulas without values in column {named}; these cells are read as empty. Open the "
            "file in Excel and save it.",
            Severity.WARNING,
            line=next(iter(unknown.values())),
        )


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    sheets = {title: rows for title, rows in sheet_rows(source, log).items() if rows}
    found: dict[str, list[Record]] = {}
    refused: dict[str, str] = {}
    for title, rows in sheets.items():
        try:
            found[title] = list(grid_records(rows, reading, log))
        except ReadError as error:
            refused[title] = error.message
    if not found:
        if not refused:
            raise ReadError(log.path, "is empty.")
        title, reason = next(iter(refused.items()))
        named = f"sheet {title!r} has " if len(refused) > 1 else ""
        raise ReadError(log.path, f"{named}{reason}")
    for title in refused:
        log.add(
            f"sheet {title!r} is left out: it has no columns for the words and their speaker.",
            Severity.NOTE,
        )
    for title, records in found.items():
        for record in records:
            if len(found) > 1 and not record.get("session_id").strip():
                record = replace(record, fields={**record.fields, "session_id": title})
            yield record


SPREADSHEET = Format("xlsx", (".xlsx", ".xlsm"), lambda source: is_office(source, "xl"), _read)
