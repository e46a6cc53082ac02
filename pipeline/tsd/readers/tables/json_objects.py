"""Transcripts in JSON: a list of utterances or of sessions, a session, or one object per line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from tsd.errors import ReadError
from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.cells import as_text
from tsd.readers.tables.columns import find_columns, map_columns, missing_columns
from tsd.readers.tables.columns_patterns import (
    CORPUS_FILES,
    NAMES,
    SESSION_LISTS,
    UTTERANCE_LISTS,
)
from tsd.readers.tables.rows import grid_records, named_records
from tsd.schema import Severity
from tsd.settings import Reading

_SPACE = re.compile(r"[ \t\r\n,]*")
_DEEPEST = 3  # objects around a list of sessions
_OF_SESSION = ("session_id", "setting", "speaker", "role", "annotator")
"""What of a session holds for all its utterances."""

Numbered = tuple[int | None, Any]
"""A JSON value and the line on which it begins, if that is known."""


def json_records(values: list[Numbered], reading: Reading, log: ProblemLog) -> Iterator[Record]:
    """Yield the utterances of JSON values: utterances, sessions, or lists of them.

    Raises
    ------
    ReadError
        If no value shows who says what.
    """
    rows = list(_utterances(values, PurePath(log.path).stem, log))
    if rows and all("speaker" not in f and "role" not in f for f in _fields_of_all(rows)):
        # The names of the speakers may be in the words, or be the names of the columns.
        names = list(dict.fromkeys(name for _, row in rows for name in row))
        grid = [(line, [row.get(name, "") for name in names]) for line, row in rows]
        return grid_records([(None, names), *grid], reading, log)
    return named_records(rows, log)


def _fields_of_all(rows: Iterable[tuple[int | None, Mapping[str, str]]]) -> list[dict[str, str]]:
    return [map_columns(names) for names in {tuple(row) for _, row in rows}]


def _utterances(
    values: Iterable[Numbered], stem: str, log: ProblemLog
) -> Iterator[tuple[int | None, dict[str, str]]]:
    """Yield one row per utterance, with its cells as text."""
    several = list(values)
    for number, (line, value) in enumerate(several, 1):
        for row in _flatten(value, f"{stem}-{number}" if len(several) > 1 else stem):
            if any(isinstance(row.get(name), dict) for name in NAMES["text"]):
                log.add("the words are a JSON object; expected text in quotation marks.", line=line)
            yield line, {as_text(k): as_text(v) for k, v in row.items() if _is_cell(k, v)}


def _is_cell(key: str, value: object) -> bool:
    """Whether a value is text, a number, or a list of labels or flags."""
    if isinstance(value, list):
        return not any(isinstance(each, list | dict) for each in value)
    return not isinstance(value, dict)


def _flatten(value: Any, unnamed: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the utterances of a session, or an object that is one utterance itself."""
    if isinstance(value, list):
        value = {"utterances": value}
    turns = _turns(value)
    if turns is None:
        yield value
        return
    outer = {k: v for k, v in value.items() if not isinstance(v, list | dict)}
    known = find_columns(outer, {field: NAMES[field] for field in _OF_SESSION})
    known.setdefault("session_id", next((k for k in ("id", "_id", "uid") if k in outer), ""))
    shared = {field: outer[name] for field, name in known.items() if name and field != "session_id"}
    named = outer.get(known["session_id"]) if known["session_id"] else None
    shared["session_id"] = unnamed if named in (None, "") else named
    for turn in turns:
        own = map_columns([name for name, cell in turn.items() if cell not in (None, "")])
        yield {**turn, **{field: cell for field, cell in shared.items() if field not in own}}


def _turns(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the utterances of a session; None if the object is none."""
    for name in UTTERANCE_LISTS:
        turns = value.get(name)
        if isinstance(turns, dict) and all(isinstance(turn, dict) for turn in turns.values()):
            turns = list(turns.values())
        if not isinstance(turns, list) or not turns:
            continue
        if all(isinstance(turn, dict) for turn in turns):
            return turns
        if all(isinstance(turn, str) for turn in turns):
            return [{"text": "\n".join(turns)}]
        if all(isinstance(turn, list) and len(turn) == 2 for turn in turns):
            return [{"speaker": turn[0], "text": turn[1]} for turn in turns]
    return None


def json_values(source: Source, log: ProblemLog) -> list[Numbered]:
    """Return the values that a JSON file holds, each with its line.

    It is JSON Lines, or one value, or several one after the other. A list is its items.

    Raises
    ------
    ReadError
        If it is not valid JSON.
    """
    text = source.text(log)
    if source.json is not None:
        return _items(source.json, text)
    lines = [(n, raw) for n, raw in enumerate(split_lines(text), 1) if raw.strip()]
    first = lines[0][1].strip()
    if _loaded(first) is not None or (first[:1] + first[-1:] == "{}" and len(lines) > 1):
        return list(_by_line(lines, log))
    return _one_after_another(text, log)


def _loaded(text: str) -> Any:  # noqa: ANN401
    """Return an object or a list; None if the text is not valid JSON, or another value."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # also numbers with thousands of digits
        return None
    return found if isinstance(found, dict | list) else None


def _by_line(lines: Iterable[tuple[int, str]], log: ProblemLog) -> Iterator[Numbered]:
    for line, raw in lines:
        value, expected = _loaded(raw), "valid JSON"
        if value is None:
            with_value = raw.strip()[:1] in set('"-0123456789tfn')
            expected = "a JSON object" if with_value and _is_json(raw) else expected
        elif isinstance(value, list) and not (value and all(isinstance(v, dict) for v in value)):
            value, expected = None, "a JSON object"
        if value is None:
            log.add(
                f"is not {expected}; the line is left out. Expected one object per line.",
                line=line,
            )
        else:
            yield line, value


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _one_after_another(text: str, log: ProblemLog) -> list[Numbered]:
    """Read objects that follow each other over several lines; report where that ends too early."""
    decoder = json.JSONDecoder()
    place = _SPACE.match(text, 0).end()  # type: ignore[union-attr] - it always matches
    found: list[Numbered] = []
    line, counted = 1, 0
    while place < len(text):
        line, counted = line + text.count("\n", counted, place), place
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            line = line + text.count("\n", place, getattr(error, "pos", place))
            message = "is not valid JSON from here on. Export it once more, or correct it there."
            if not found:
                raise ReadError(log.path, message, line=line) from error
            log.add(f"{message} What follows is left out.", line=line)
            break
        if isinstance(value, dict):
            found.append((line, value))
        place = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    return found


def _items(whole: Any, text: str) -> list[Numbered]:  # noqa: ANN401
    """Return the sessions or the utterances of a value, with lines if they are easy to know."""
    if isinstance(whole, dict):
        whole = _opened(whole)
    if isinstance(whole, dict):
        return [(None, whole)]
    if _is_grid(whole):
        return [(None, row) for row in _named(whole)]
    if not any(isinstance(each, dict | list) for each in whole):
        return [(None, {"utterances": whole})]  # lines of text
    lines = _lines_of_items(text, len(whole))
    found = zip(lines, whole, strict=True)
    return [(line, each) for line, each in found if isinstance(each, dict | list)]


def _opened(value: dict[str, Any], deep: int = _DEEPEST) -> Any:  # noqa: ANN401
    """Return the list that an object is a wrapper of, or the object."""
    if _turns(value) is not None or missing_columns(_scalars(value)) is None:
        return value
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return [value["columns"], *value["data"]]  # a table as pandas writes it
    lists = {name: each for name, each in value.items() if isinstance(each, list | dict)}
    if missing_columns(list(lists)) is None:
        return _transposed(value)
    for name in SESSION_LISTS:
        inner = value.get(name)
        if isinstance(inner, list) and inner:
            return inner
        if isinstance(inner, dict) and deep:
            return _opened(inner, deep - 1)
    if value and len(lists) == len(value):
        # Each session, or its list of turns, stands under its name.
        sessions = [_with_id(name, each) for name, each in value.items()]
        if all(_turns(each) is not None for each in sessions):
            return sessions
    return value


def _scalars(value: Mapping[str, Any]) -> list[str]:
    return [name for name, cell in value.items() if not isinstance(cell, list | dict)]


def _with_id(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"session_id": name, **(value if isinstance(value, dict) else {"utterances": value})}


def _transposed(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Make rows of columns, which are lists, or objects with the number of each row."""
    columns = {
        name: list(cells.values()) if isinstance(cells, dict) else cells
        for name, cells in value.items()
        if isinstance(cells, list | dict)
    }
    length = max(map(len, columns.values()))
    return [
        {name: cells[i] for name, cells in columns.items() if i < len(cells)} for i in range(length)
    ]


def _is_grid(whole: list[Any]) -> bool:
    """Whether a list is the rows of a table: lists of text and numbers."""
    return (
        len(whole) > 1
        and all(isinstance(row, list) and len(row) > 1 for row in whole)
        and not any(isinstance(cell, dict | list) for row in whole for cell in row)
    )


def _named(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Name the cells of the rows of a table, by its header if it has one."""
    header = [as_text(cell) for cell in rows[0]]
    if missing_columns(header) is None:
        return [dict(zip(header, row, strict=False)) for row in rows[1:]]
    return [{"utterances": rows}] if all(len(row) == 2 for row in rows) else []


def _lines_of_items(text: str, count: int) -> Iterable[int | None]:
    """Return the line on which each item of a list begins; None for each if the file is a wrapper."""
    place = _SPACE.match(text, 0).end()  # type: ignore[union-attr]
    if text[place : place + 1] != "[":
        return [None] * count
    decoder, place, line, counted = json.JSONDecoder(), place + 1, 1, 0
    lines: list[int | None] = []
    while len(lines) < count:
        place = _SPACE.match(text, place).end()  # type: ignore[union-attr]
        line, counted = line + text.count("\n", counted, place), place
        lines.append(line)
        _, place = decoder.raw_decode(text, place)
    return lines


def first_object(source: Source) -> Any:  # noqa: ANN401
    """Return the first utterance or session of a JSON file, to recognize its format by, or None."""
    start = source.start.lstrip()
    if not start.startswith(("{", "[")):
        return None
    first = _loaded(start.partition("\n")[0])
    if isinstance(first, dict) and source.json is None:
        return first
    try:
        values = (
            _one_after_another(source.start, ProblemLog(""))
            if source.json is None
            else _items(source.json, "")
        )
    except ReadError:
        return None
    return values[0][1] if values else None


def _recognises(source: Source) -> bool:
    """Check whether the first object holds words and their speaker."""
    first = first_object(source)
    if first is None:
        return False
    names = next((list(row) for _, row in _utterances([(1, first)], "", ProblemLog(""))), [])
    return missing_columns(names) is None


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    if not source.text(log).lstrip().startswith(("{", "[")):
        raise ReadError(log.path, "is not JSON: expected an object or a list at the beginning.")
    if PurePath(log.path).name in CORPUS_FILES and not _recognises(source):
        raise ReadError(
            log.path,
            "describes a ConvoKit corpus and has no talk in it. Name the folder that it is in, or "
            "the file utterances.jsonl there.",
        )
    values = json_values(source, log)
    if not values:
        raise ReadError(log.path, "has no utterances. Expected a list of utterances or sessions.")
    if any(map(_has_passages, values)):
        log.add(
            "labels of passages are not used; expected one label for each utterance.",
            Severity.WARNING,
        )
    return json_records(values, reading, log)


def _has_passages(numbered: Numbered) -> bool:
    """Whether an object has labels with the characters that they are about, as doccano has."""
    value = numbered[1]
    labels = value.get("label", value.get("labels")) if isinstance(value, dict) else None
    return isinstance(labels, list) and any(isinstance(each, list | dict) for each in labels)


JSON = Format("json", (".json", ".jsonl", ".ndjson"), _recognises, _read, generic=True)
