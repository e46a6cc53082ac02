"""From the rows of a table to utterances, whatever program the table comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tsd.errors import ReadError
from tsd.files import unguard
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record
from tsd.readers.tables.cells import in_unit, label, plain_words, time_fields
from tsd.readers.tables.columns import (
    map_columns,
    may_hold_words,
    missing_columns,
    unit_of,
)
from tsd.readers.tables.layout import Layout, Row, find_layout, unique
from tsd.readers.text.labeled import read_lines
from tsd.schema import Severity
from tsd.settings import Reading

_ID_WORDS = 3
_LONG = 200  # characters of a cell, by which an id differs from words
_OUR_COLUMNS = {"p_disclosure", "is_disclosure"}
_TIMES = ("start", "end", "duration")
_FEWEST_ROWS = 4


def grid_records(rows: Sequence[Row], reading: Reading, log: ProblemLog) -> Iterator[Record]:
    """Yield the utterances of a table, given as rows of cells that include its header.

    Raises
    ------
    ReadError
        If the table does not show who says what.
    """
    found = find_layout(rows, (*reading.therapist, *reading.client))
    if isinstance(found, str):
        if (lines := _labeled_lines(rows, reading, log)) is None:
            raise ReadError(log.path, found)
        yield from lines
        return
    yield from laid_out_records(rows, found, log)


def laid_out_records(rows: Sequence[Row], found: Layout, log: ProblemLog) -> Iterator[Record]:
    """Yield the utterances of a table whose layout is known; report what the layout leaves open."""
    for line, cells in rows[: found.first - 1 if found.header is not None else 0]:
        log.leave_out(NotTalk.HEADING, " ".join(cells), line=line)
    if found.remark:
        log.add(found.remark, Severity.WARNING)
    body = rows[found.first :]
    if found.sides:
        yield from _side_by_side(body, found, log)
        return
    names = unique(found.names)
    columns = dict(found.columns)
    _without_row_ids(columns, body, log)
    if not names or names[columns["text"]].strip().lower() != "text":  # so it says itself
        _check_words(columns["text"], body, log)
    ours = set(names) >= _OUR_COLUMNS
    known = [(field, place, names[place] if names else "") for field, place in columns.items()]
    units, doubtful = _units(known), _doubtful(known)
    for line, cells in body:
        fields = {}
        for field, place, _ in known:
            cell = cells[place] if place < len(cells) else ""
            if field not in doubtful or len(cell[:_LONG].split()) <= _ID_WORDS:
                fields[field] = unguard(cell) if ours else cell
        yield _record(fields, line, units, log, as_is=ours)


def named_records(
    rows: Iterable[tuple[int | None, Mapping[str, str]]], log: ProblemLog
) -> Iterator[Record]:
    """Yield the utterances of rows that name their fields, which may differ from row to row."""
    mappings: dict[tuple[str, ...], _Mapping | None] = {}
    for line, row in rows:
        names = tuple(row)
        if names not in mappings:
            if missing := missing_columns(names):
                if not mappings:
                    raise ReadError(log.path, missing)
                log.add(missing, line=line)
            mappings[names] = None if missing else _Mapping.of(names)
        if mapping := mappings[names]:
            fields = {
                field: row[name]
                for field, name in mapping.columns.items()
                if field not in mapping.doubtful or len(row[name][:_LONG].split()) <= _ID_WORDS
            }
            yield _record(fields, line, mapping.units, log, as_is=mapping.ours)


class _Mapping(NamedTuple):
    """What is known of the names of a row: the name of each field, and what follows from them."""

    columns: Mapping[str, str]
    units: Mapping[str, float]
    doubtful: Collection[str]
    ours: bool

    @classmethod
    def of(cls, names: Collection[str]) -> _Mapping:
        columns = map_columns(names)
        known = [(field, 0, name) for field, name in columns.items()]
        return cls(columns, _units(known), _doubtful(known), set(names) >= _OUR_COLUMNS)


def _doubtful(known: Iterable[tuple[str, int, str]]) -> set[str]:
    """Return the fields whose columns may hold the words once more, in place of an id."""
    return {field for field, _, name in known if field != "text" and may_hold_words(name)}


def _units(known: Iterable[tuple[str, int, str]]) -> dict[str, float]:
    """Return the units of the times, from the names of their columns."""
    found = {field: unit_of(name) for field, _, name in known if field in _TIMES}
    return {field: unit for field, unit in found.items() if unit is not None}


def _record(
    fields: dict[str, str],
    line: int | None,
    units: Mapping[str, float],
    log: ProblemLog,
    *,
    as_is: bool = False,
) -> Record:
    """Make one utterance of its cells."""
    for field, unit in units.items():
        if field in fields:
            fields[field] = in_unit(fields[field], unit)
    if "start" in units:
        fields["time_unit"] = "s"  # the file says so: nothing has to be found out
    if "start" in fields:
        end, duration = fields.get("end", ""), fields.pop("duration", "")
        start, end = time_fields(fields["start"], end, duration, log, line)
        fields["start"] = start
        if end:
            fields["end"] = end
    text = fields.pop("text")
    speaker = fields.pop("speaker", "")
    if not as_is:
        text, speaker = plain_words(text, log, line), label(speaker)
    return Record(text, speaker.strip() or fields.get("role", "").strip(), line, fields)


def _check_words(place: int, body: Sequence[Row], log: ProblemLog) -> None:
    """Refuse a column of words that has only numbers."""
    cells = [cells[place].strip() for _, cells in body if place < len(cells)]
    filled = [cell for cell in cells if cell]
    if len(filled) >= _FEWEST_ROWS and all(map(str.isdigit, filled)):
        raise ReadError(
            log.path,
            f"column {place + 1} was taken as the words, but it has only numbers. Name the column "
            "with the words 'text'.",
        )


def _without_row_ids(columns: dict[str, int], body: Sequence[Row], log: ProblemLog) -> None:
    """Drop a column of sessions in which every row has a value of its own."""
    place = columns.get("session_id")
    if place is None or len(body) < _FEWEST_ROWS:
        return
    ids = [cells[place].strip() if place < len(cells) else "" for _, cells in body]
    if all(ids) and len(set(ids)) == len(ids):
        del columns["session_id"]
        log.add(
            f"column {place + 1} has another value in each row, so it does not name the session: "
            "all rows are read as one session. If they are several, add a column 'session_id'.",
            Severity.WARNING,
        )


def _side_by_side(body: Sequence[Row], found: Layout, log: ProblemLog) -> Iterator[Record]:
    """Read a table with a column for each speaker, from left to right in each row."""
    both = 0
    units = _units([(field, 0, found.names[place]) for field, place in found.columns.items()])
    for line, cells in body:
        fields = {k: cells[i] for k, i in found.columns.items() if i < len(cells)}
        spoken = [(i, cells[i]) for i in found.sides if i < len(cells) and cells[i].strip()]
        both += len(spoken) > 1
        for place, words in spoken:
            row = {**fields, "text": words, "speaker": found.names[place]}
            if len(spoken) > 1:
                row.pop("utterance_id", None)
            yield _record(row, line, units, log)
    if both:
        log.add(
            f"{both} row{'s have' if both > 1 else ' has'} words of several speakers; they are "
            "read from left to right. If that is not the order in which they spoke, give each "
            "utterance a row of its own.",
            Severity.WARNING,
        )


def _labeled_lines(
    rows: Sequence[Row], reading: Reading, log: ProblemLog
) -> Iterator[Record] | None:
    """Read words that carry the names of their speakers, as in "T: Come in.", if they do.

    A cell holds an utterance or, with line breaks in it, a whole session.
    """
    header = rows[0][1] if rows else []
    columns = map_columns(header)
    if "text" not in columns:
        return None
    place = header.index(columns["text"])
    named = columns.get("session_id") or columns.get("utterance_id")
    id_place = header.index(named) if named else None
    cells = [(line, cells[place] if place < len(cells) else "", cells) for line, cells in rows[1:]]
    whole = sum("\n" in text.strip() for _, text, _ in cells) > len(cells) / 2
    timed = {} if whole else _times_of_rows(cells, header, columns, log)
    sessions: dict[str, list[tuple[int, str]]] = {}
    for number, (line, text, row) in enumerate(cells, 1):
        name = row[id_place].strip() if id_place is not None and id_place < len(row) else ""
        key = (name or f"{number}") if whole else (name if columns.get("session_id") else "")
        text = plain_words(text, log, line)
        sessions.setdefault(key, []).extend((line or number, each) for each in text.split("\n"))
    found = _sessions_of_lines(sessions, reading, log)
    if found is None or not timed:
        return found
    return (
        Record(each.text, each.speaker, each.line, {**timed.get(each.line, {}), **_filled(each)})
        for each in found
    )


def _filled(record: Record) -> dict[str, str]:
    return {name: value for name, value in record.fields.items() if value}


def _times_of_rows(
    cells: Iterable[tuple[int | None, str, Sequence[str]]],
    header: Sequence[str],
    columns: Mapping[str, str],
    log: ProblemLog,
) -> dict[int | None, dict[str, str]]:
    """Return the start and the end of each row, by its line."""
    names = {field: columns[field] for field in _TIMES if field in columns}
    units = _units([(field, 0, name) for field, name in names.items()])
    places = {field: header.index(name) for field, name in names.items()}
    found: dict[int | None, dict[str, str]] = {}
    for number, (line, _, row) in enumerate(cells, 1):
        values = {f: row[i] if i < len(row) else "" for f, i in places.items()}
        if any(value.strip() for value in values.values()):
            timed = _record({**values, "text": ""}, line, units, log)
            found[line or number] = dict(timed.fields)
    return found


def _sessions_of_lines(
    sessions: Mapping[str, list[tuple[int, str]]], reading: Reading, log: ProblemLog
) -> Iterator[Record] | None:
    found: list[Record] = []
    failed = 0
    for name, lines in sessions.items():
        try:
            records = list(read_lines(lines, reading, log))
        except ReadError:
            failed += 1
            continue
        found += [
            Record(each.text, each.speaker, each.line, {**each.fields, "session_id": name})
            for each in records
        ]
    if not found:
        return None
    if failed:
        log.add(
            f"{failed} of {len(sessions)} sessions have words without speaker labels and are left "
            "out. Write each turn as 'Therapist: words' on a line of its own."
        )
    return iter(found)
