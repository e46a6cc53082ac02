"""What is known about sessions apart from their words: therapist, case, number, outcomes."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsd.errors import ReadError
from tsd.files import printable, unguard
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source
from tsd.readers.tables.cells import as_text
from tsd.readers.tables.columns import find_columns, shown_names
from tsd.readers.tables.columns_patterns import METADATA_NAMES, MISSING, NAMES
from tsd.readers.tables.delimited import delimited_rows
from tsd.readers.tables.layout import unique
from tsd.readers.tables.parquet import table_rows
from tsd.readers.tables.spreadsheet import sheet_rows
from tsd.schema import Problem, Severity

KNOWN: tuple[str, ...] = tuple(METADATA_NAMES)
"""What every session can have: therapist, case, session_number."""

_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SECOND_OF_ITS_NAME = re.compile(r"(.*) \(column \d+\)")
_NAMED = 5  # sessions that a message names; it counts the others
_MOST_SESSIONS = 100_000  # no session has a higher number


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a table says about sessions.

    Parameters
    ----------
    path : str
        The file, as the user named it.
    rows : dict of str to dict
        Session id to ``therapist`` and ``case`` (text), ``session_number`` (a whole number),
        and each of `columns`; None if the cell is empty.
    columns : tuple of str
        Further columns, such as outcomes, in the order of the table. They hold floats if every
        cell that is not empty is a number, and text otherwise.
    problems : list of Problem
        What the user must know about the file.
    """

    path: str
    rows: dict[str, dict[str, Any]]
    columns: tuple[str, ...]
    problems: list[Problem]


def read_metadata(path: Path, *, reserved: Collection[str] = ()) -> Metadata:
    r"""Read a table with one row per session.

    Ids are text: "01" stays "01".

    Parameters
    ----------
    path : Path
        A CSV, TSV, Excel or Parquet file with a column ``session_id``; see
        `columns_patterns` for the names that columns can have.
    reserved : collection of str
        Names that a further column cannot have, because the table of sessions has them.

    Raises
    ------
    ReadError
        If the file is not such a table, two rows are about the same session, a session number
        is not valid, or a further column has a reserved name. Nothing is left out silently:
        half of the outcomes would be worse than none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "m.csv"
    ...     _ = path.write_text("session_id,client_id,OQ45\n01,anna,63\n02,anna,\n")
    ...     metadata = read_metadata(path)
    >>> metadata.columns
    ('OQ45',)
    >>> metadata.rows["02"]
    {'therapist': None, 'case': 'anna', 'session_number': None, 'OQ45': None}
    """
    log = ProblemLog(printable(path))
    if path.suffix.lower() not in _SUFFIXES:
        raise ReadError(
            log.path,
            f"is not a table with one row per session: expected {', '.join(_SUFFIXES[:-1])} or "
            f"{_SUFFIXES[-1]}. Save it as CSV (UTF-8).",
        )
    lines = _rows(Source.of(path), log)
    for problem in log.problems:
        if problem.severity is Severity.ERROR:
            raise ReadError(log.path, problem.message, line=problem.line)
    names = list(lines[0][1])
    found = _find_columns(names, log.path)
    further = [name for name in names if name not in found.values() and not _unused(name, names)]
    for name in further:
        if name in (*reserved, "session_id", *KNOWN):
            raise ReadError(
                log.path,
                f"the column {name!r} has a name that tsd uses for one of its results. Rename "
                f"it, for example to {f'my_{name}'!r}.",
            )
    rows: dict[str, dict[str, Any]] = {}
    first_line: dict[str, int] = {}
    for line, cells in lines:
        session_id = unguard(cells[found["session_id"]].strip())
        if not session_id:
            raise ReadError(
                log.path,
                "the row has no session id; expected one in every row. Fill it in, or delete the "
                "row.",
                line=line,
            )
        if session_id in rows:
            raise ReadError(
                log.path,
                f"session {session_id!r} already has a row, on line {first_line[session_id]}; "
                "expected one row per session. Delete one, or correct a session id.",
                line=line,
            )
        first_line[session_id] = line
        rows[session_id] = _known(cells, found, log, line)
    for name in further:
        for session_id, value in zip(rows, _values([c[name] for _, c in lines]), strict=True):
            rows[session_id][name] = value
    return Metadata(log.path, rows, tuple(further), log.problems)


def _rows(source: Source, log: ProblemLog) -> list[tuple[int, Mapping[str, str]]]:
    """Return the rows of a table with a header, each with its line or number."""
    if source.suffix == ".parquet":
        rows = table_rows(source, log)
        found: list[tuple[int, Mapping[str, str]]] = [
            (i, {k: as_text(v) for k, v in row.items()}) for i, row in enumerate(rows, 1)
        ]
    elif source.suffix == ".xlsx":
        sheets = [rows for rows in sheet_rows(source, log).values() if rows]
        if len(sheets) > 1:
            log.add(
                "has several sheets; the first was read. Put the rows on one sheet.",
                Severity.WARNING,
            )
        (_, header), *body = sheets[0] if sheets else [(None, [""])]
        names = unique(header)
        found = [
            (line or 0, dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False)))
            for line, cells in body
        ]
    else:
        return list(delimited_rows(source, log))
    if not found:
        raise ReadError(log.path, "has a header but no rows.")
    return found


def join(
    metadata: Metadata, session_ids: Sequence[str]
) -> tuple[dict[str, list[Any]], list[Problem]]:
    """Match metadata with sessions.

    Returns
    -------
    columns : dict of str to list
        ``therapist``, ``case``, ``session_number`` and the further columns, with one value per
        session, in the order of `session_ids`; None if there is none.
    problems : list of Problem
        A warning if sessions have no metadata, a note if metadata have no session.

    Examples
    --------
    >>> row = {"therapist": "T1", "case": None, "session_number": None}
    >>> columns, problems = join(Metadata("m.csv", {"a": row}, (), []), ["a", "b"])
    >>> columns["therapist"]
    ['T1', None]
    >>> problems[0].message
    "1 of 2 sessions has no metadata: 'b'."
    """
    ids = [session_id.strip() for session_id in session_ids]
    rows: list[Mapping[str, Any]] = [metadata.rows.get(session_id, {}) for session_id in ids]
    columns = {name: [row.get(name) for row in rows] for name in (*KNOWN, *metadata.columns)}
    problems = []
    if missing := [session_id for session_id in ids if session_id not in metadata.rows]:
        verb = "has" if len(missing) == 1 else "have"
        message = f"{len(missing)} of {len(ids)} sessions {verb} no metadata: {_some(missing)}."
        problems.append(Problem(message, Severity.WARNING, metadata.path))
    known = set(ids)
    if unused := [session_id for session_id in metadata.rows if session_id not in known]:
        verb = "is" if len(unused) == 1 else "are"
        message = (
            f"{len(unused)} of {len(metadata.rows)} rows {verb} not for a session that was read: "
            f"{_some(unused)}."
        )
        problems.append(Problem(message, Severity.NOTE, metadata.path))
    return columns, problems


def _find_columns(names: Collection[str], path: str) -> dict[str, str]:
    """Find the columns that tsd knows; `session` is the number if another column is the id."""
    found = find_columns(names, {"session_id": NAMES["session_id"], **METADATA_NAMES})
    if "session_id" not in found:
        some = ", ".join(map(repr, NAMES["session_id"][:3]))
        raise ReadError(path, f"no column for the session (such as {some}); {shown_names(names)}")
    return found


def _unused(name: str, names: Collection[str]) -> bool:
    """Check whether a column has no name, or the name of a column before it."""
    second = _SECOND_OF_ITS_NAME.fullmatch(name)
    return not name or (second is not None and second[1] in names)


def _known(
    cells: Mapping[str, str], found: Mapping[str, str], log: ProblemLog, line: int
) -> dict[str, Any]:
    """Read therapist, case and session number of a row."""
    row: dict[str, Any] = dict.fromkeys(KNOWN)
    for name in ("therapist", "case"):
        if name in found:
            row[name] = unguard(cells[found[name]].strip()) or None
            if row[name] is not None and row[name].lower() in MISSING:
                log.add(
                    f"{row[name]!r} is read as the name of a {name}. If it means unknown, leave "
                    "the cell empty.",
                    Severity.WARNING,
                    line=line,
                )
    if "session_number" in found:
        cell = cells[found["session_number"]].strip()
        if cell.lower() not in MISSING:
            value = _number(cell)
            if value is None or not 0 <= value <= _MOST_SESSIONS or value != int(value):
                raise ReadError(
                    log.path,
                    f"the column {found['session_number']!r} has {cell!r}; expected the number of "
                    "the session in the treatment (a whole number, 0 or more). Correct it, or "
                    "leave the cell empty.",
                    line=line,
                )
            row["session_number"] = int(value)
    return row


def _values(cells: Sequence[str]) -> list[float | None] | list[str | None]:
    """Read a column as numbers if all its values are numbers."""
    stripped = [cell.strip() for cell in cells]
    numbers = {cell: _number(cell) for cell in stripped if cell.lower() not in MISSING}
    if all(value is not None for value in numbers.values()):
        return [numbers.get(cell) for cell in stripped]
    return [cell or None for cell in stripped]


def _number(cell: str) -> float | None:
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    return value if math.isfinite(value) else None


def _some(session_ids: Sequence[str]) -> str:
    named = ", ".join(map(repr, session_ids[:_NAMED]))
    more = len(session_ids) - _NAMED
    return named if more <= 0 else f"{named} and {more} more"
