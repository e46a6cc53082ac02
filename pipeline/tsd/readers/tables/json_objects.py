"""Transcripts in JSON: a list of utterances or of sessions, a session, or one object per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.cells import as_text
from tsd.readers.tables.columns import find_columns, map_columns, missing_columns
from tsd.readers.tables.columns_patterns import CORPUS_FILES, NAMES, NAMES_OF_A_SPEAKER
from tsd.readers.tables.json_shapes import turns_of
from tsd.readers.tables.json_values import Numbered, first_object, json_values
from tsd.readers.tables.rows import grid_records, named_records
from tsd.schema import Severity
from tsd.settings import Reading

_OF_SESSION = ("session_id", "setting", "speaker", "role", "annotator")
"""What of a session holds for all its utterances."""


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
    return [map_columns(names) for names in dict.fromkeys(tuple(row) for _, row in rows)]


def _utterances(
    values: Iterable[Numbered], stem: str, log: ProblemLog
) -> Iterator[tuple[int | None, dict[str, str]]]:
    """Yield one row per utterance, with its cells as text."""
    several = list(values)
    for number, (line, value) in enumerate(several, 1):
        for row in _flatten(value, f"{stem}-{number}" if len(several) > 1 else stem):
            if any(isinstance(row.get(name), dict) for name in NAMES["text"]):
                log.add("the words are a JSON object; expected text in quotation marks.", line=line)
            cells = {name: _named(name, cell) for name, cell in row.items()}
            yield line, {as_text(k): as_text(v) for k, v in cells.items() if _is_cell(v)}


def _named(name: str, cell: object) -> object:
    """Return the name of a speaker who is an object; other cells as they are."""
    if name not in NAMES["speaker"] or not isinstance(cell, dict):
        return cell
    return next((cell[each] for each in NAMES_OF_A_SPEAKER if each in cell), cell)


def _is_cell(value: object) -> bool:
    """Whether a value is text, a number, or a list of labels or flags."""
    if isinstance(value, list):
        return not any(isinstance(each, list | dict) for each in value)
    return not isinstance(value, dict)


def _flatten(value: Any, unnamed: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the utterances of a session, or an object that is one utterance itself."""
    if isinstance(value, list):
        value = {"utterances": value}
    if isinstance(value.get("data"), dict):
        # A task of an annotation tool: what it is about, next to what was said about it.
        value = {k: v for k, v in value.items() if _is_cell(v)} | value["data"]
    turns = turns_of(value)
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
