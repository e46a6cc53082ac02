"""Transcripts in CSV and TSV tables, one row per utterance."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence

from tsd.errors import ReadError
from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.roles import known_role
from tsd.readers.source import Source
from tsd.readers.tables.columns import map_columns, missing_columns
from tsd.readers.tables.layout import Layout, Row, find_layout, unique
from tsd.readers.tables.rows import grid_records
from tsd.readers.times import is_no_time, seconds
from tsd.schema import Label, Role, Severity
from tsd.settings import Reading

_LONGEST_LINE = 10_000  # characters, of the first lines
_FIRST_LINES = 20
_DASHES = ("-", "--")  # cells without a value; a rule has more
_DELIMITERS = ",;\t|"


def delimited_rows(source: Source, log: ProblemLog) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a CSV or TSV table whose first row is the header, each with its line.

    In ``.tsv`` files, tabs separate the columns; in others, the header shows what does. Rows with
    too many fields are left out; the log gets a message about each.

    Raises
    ------
    ReadError
        If the file is not a table, or has no rows.
    """
    (_, header), *body = _grid(source, log)[0]
    columns = _reported_unique(header, log)
    for line, row in _fit(body, len(columns), log):
        yield line or 0, dict(zip(columns, row, strict=True))


def _grid(source: Source, log: ProblemLog) -> tuple[list[Row], str]:
    """Return the rows that are not empty, the header among them, and what separates the columns."""
    text = source.text(log)
    delimiter, text = _delimiter(text, source)
    if not text.strip():
        raise ReadError(log.path, "is empty.")
    rows = _parse(text, delimiter, log)
    if all(len(row) < 2 for _, row in rows) and any(delimiter in "".join(row) for _, row in rows):
        # Each line was put in quotation marks as a whole.
        lines = "\n".join("".join(row).replace("\n", " ") for _, row in rows)
        rows = [(rows[number - 1][0], row) for number, row in _parse(lines, delimiter, log)]
    filled: list[Row] = [(line, row) for line, row in rows if not _is_rule(row)]
    if len(filled) < 2:
        raise ReadError(log.path, "has a header but no rows.")
    return filled, delimiter


def _is_rule(row: list[str]) -> bool:
    """Whether a row is empty, or is the line below the header of a Markdown table."""
    return all(not cell.strip(" :-") and cell.strip() not in _DASHES for cell in row)


def _delimiter(text: str, source: Source) -> tuple[str, str]:
    """Return what separates the columns, and the text without a line that only says so.

    It is what Excel's line ``sep=;`` says, what gives a header with known columns, or what the
    first line has most of.
    """
    if text[:4].lower() == "sep=":
        named, _, rest = text.partition("\n")
        sign = named.strip("\r")[4:5]
        # The empty line keeps the numbers of the lines.
        return (sign if sign in _DELIMITERS and sign else _most(rest)), "\n" + rest
    if source.suffix == ".tsv":
        return "\t", text
    first = [line[:_LONGEST_LINE] for line in text.lstrip()[: 2**20].splitlines()[:_FIRST_LINES]]
    for line in first:
        for sign in sorted(_DELIMITERS, key=line.count, reverse=True):
            if sign in line and missing_columns(_cells(line, sign)) is None:
                return sign, text
    return _most(text), text


def _most(text: str) -> str:
    return max(_DELIMITERS, key=text.lstrip().partition("\n")[0].count)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])


def _reported_unique(columns: Sequence[str], log: ProblemLog) -> list[str]:
    plain = [name.strip() for name in columns]
    twice = {name for name in plain if name and plain.count(name) > 1}
    if twice:
        log.add(
            f"{len(twice)} column name{'s occur' if len(twice) > 1 else ' occurs'} more than once; "
            "the first column of each name is used. Rename or delete the others.",
            Severity.WARNING,
        )
    return unique(columns)


def _parse(
    text: str, delimiter: str, log: ProblemLog, *, quoted: bool = True, escape: str | None = None
) -> list[tuple[int, list[str]]]:
    """Return the rows, each with the line it begins on."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    # StringIO would take four bytes for each character.
    data = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    reader = csv.reader(
        io.TextIOWrapper(data, "utf-8", "surrogatepass", newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        escapechar=escape,
        doublequote=escape is None,
        skipinitialspace=True,
        strict=True,
    )
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        if escape is None and '\\"' in text:  # as databases write quotation marks in a field
            try:
                return _parse(text, delimiter, log, quoted=quoted, escape="\\")
            except ReadError:
                pass  # the first way says what is wrong
        if (
            delimiter == "\t" and quoted and escape is None
        ):  # tab-separated files often have no quoting at all
            return _parse(text, delimiter, log, quoted=False)
        raise ReadError(
            log.path,
            f"is not a valid table ({error}). Is a quotation mark not closed? Put fields with "
            "commas, quotation marks or line breaks in quotation marks.",
            line=line,
        ) from error
    return rows


def _fit(body: Sequence[Row], width: int, log: ProblemLog) -> Iterator[Row]:
    """Give every row as many cells as the header; report and leave out those that have more."""
    for line, row in body:
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) > width:
            log.add(
                f"the row has {len(row)} fields, but the header has {width}; the row is left out. "
                "Put text with commas or quotation marks in quotation marks.",
                line=line,
            )
            continue
        yield line, row + [""] * (width - len(row))


def _recognises(source: Source) -> bool:
    """Check for a header with known columns, and a row below it."""
    delimiter, text = _delimiter(source.start, source)
    header, row, *_ = [*filter(str.strip, split_lines(text)), "", ""]
    if delimiter not in header or delimiter not in row:
        return False
    names = _cells(header[:_LONGEST_LINE], delimiter)
    # Where only the suffix says that it is a table, the speakers can be in the words.
    named = source.suffix in TABLE.suffixes and "text" in map_columns(names)
    return named or missing_columns(names) is None


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    rows, delimiter = _grid(source, log)
    found = find_layout(rows, (*reading.therapist, *reading.client))
    if isinstance(found, Layout) and found.header is not None:
        header = rows[found.header][1]
        _reported_unique(header, log)
        body = _rejoined(rows[found.first :], found, f"{delimiter} ", log)
        rows = [*rows[: found.first], *_fit(body, len(header), log)]
    return grid_records(rows, reading, log)


def _rejoined(body: Sequence[Row], found: Layout, cut: str, log: ProblemLog) -> list[Row]:
    """Put words together again that commas have cut, where the speaker then stands in its place."""
    place, speaker, width = (
        found.columns.get("text"),
        found.columns.get("speaker"),
        len(found.names),
    )
    if place is None or speaker is None:
        return list(body)
    speakers = {row[speaker].strip() for _, row in body if len(row) == width} - {""}
    whole: list[Row] = []
    lines = []
    for line, row in body:
        behind = place + max(len(row) - width, 0) + 1
        joined = [*row[:place], cut.join(row[place:behind]), *row[behind:]]
        name = joined[speaker].strip() if len(joined) == width < len(row) else ""
        fits = name in speakers or known_role(name) is not Role.UNKNOWN
        if name and fits and _others_fit(joined, found) and any(map(str.strip, row[width:])):
            whole.append((line, joined))
            lines.append(line)
        else:
            whole.append((line, row))
    if lines:
        log.add(
            f"{len(lines)} row{'s have' if len(lines) > 1 else ' has'} more fields than the "
            "header; the words were taken to be cut at a comma and put together again. If that is "
            "wrong, put text with commas or quotation marks in quotation marks.",
            Severity.WARNING,
            line=lines[0],
        )
    return whole


def _others_fit(row: Sequence[str], found: Layout) -> bool:
    """Whether the times and the label of a row are such, so that it was put together rightly."""
    cells = {field: row[place].strip() for field, place in found.columns.items()}
    label = cells.get("label", "").lower().replace(" ", "_")
    times = [cells.get(name, "") for name in ("start", "end")]
    timed = all(is_no_time(cell) or seconds(cell) is not None for cell in times)
    return timed and (not label or label in set(Label))


TABLE = Format("table", (".csv", ".tsv"), _recognises, _read, generic=True)
