"""The shapes that sessions and utterances have in JSON files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tsd.readers.tables.cells import as_text
from tsd.readers.tables.columns import missing_columns
from tsd.readers.tables.columns_patterns import SESSION_LISTS, UTTERANCE_LISTS

_DEEPEST = 3  # objects around a list of sessions


def turns_of(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the utterances of a session; None if the object is none."""
    for name in UTTERANCE_LISTS:
        turns = value.get(name)
        if isinstance(turns, dict) and all(isinstance(turn, dict) for turn in turns.values()):
            turns = list(turns.values())
        if not isinstance(turns, list) or not turns:
            continue
        if all(isinstance(turn, dict) for turn in turns):
            if any(
                isinstance(turn.get(inner), list) for turn in turns for inner in UTTERANCE_LISTS
            ):
                continue  # they are sessions
            return turns
        if all(isinstance(turn, str) for turn in turns):
            return [{"text": "\n".join(turns)}]
        if all(isinstance(turn, list) and len(turn) == 2 for turn in turns):
            return [{"speaker": turn[0], "text": turn[1]} for turn in turns]
    return None


def opened(value: dict[str, Any], deep: int = _DEEPEST) -> Any:  # noqa: ANN401
    """Return the list that an object is a wrapper of, or the object."""
    if turns_of(value) is not None or missing_columns(_scalars(value)) is None:
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
    if value and len(lists) == len(value):
        # Each session, or its list of turns, stands under its name.
        sessions = [_with_id(name, each) for name, each in value.items()]
        if all(turns_of(each) is not None for each in sessions):
            return sessions
    for inner in value.values():
        if isinstance(inner, dict) and deep:
            found = opened(inner, deep - 1)
            if isinstance(found, list) or turns_of(found) is not None:
                return found
    return value


def _scalars(value: Mapping[str, Any]) -> list[str]:
    return [name for name, cell in value.items() if not isinstance(cell, list | dict)]


def _with_id(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    session = value if isinstance(value, dict) else {"utterances": value}
    return session if name in UTTERANCE_LISTS else {"session_id": name, **session}


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


def is_grid(whole: list[Any]) -> bool:
    """Whether a list is the rows of a table: lists of text and numbers."""
    return (
        len(whole) > 1
        and all(isinstance(row, list) and len(row) > 1 for row in whole)
        and not any(isinstance(cell, dict | list) for row in whole for cell in row)
    )


def named_rows(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Name the cells of the rows of a table, by its header if it has one."""
    header = [as_text(cell) for cell in rows[0]]
    if missing_columns(header) is None:
        return [dict(zip(header, row, strict=False)) for row in rows[1:]]
    return [{"utterances": rows}] if all(len(row) == 2 for row in rows) else []
