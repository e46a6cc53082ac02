"""The values that a JSON file holds: one, one per line, or several one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tsd.errors import ReadError
from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source
from tsd.readers.tables.json_shapes import is_grid, named_rows, opened

_NOT_SPACE = re.compile(r"[^ \t\r\n,]")

Numbered = tuple[int | None, Any]
"""A JSON value and the line on which it begins, if that is known."""


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


def _next(text: str, place: int) -> int:
    """Return where the next value begins, behind blanks and a comma."""
    found = _NOT_SPACE.search(text, place)
    return len(text) if found is None else found.start()


def _one_after_another(text: str, log: ProblemLog) -> list[Numbered]:
    """Read objects that follow each other over several lines; report where that ends too early."""
    decoder = json.JSONDecoder()
    place = _next(text, 0)
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
        place = _next(text, end)
    return found


def _items(whole: Any, text: str) -> list[Numbered]:  # noqa: ANN401
    """Return the sessions or the utterances of a value, with lines if they are easy to know."""
    if isinstance(whole, dict):
        whole = opened(whole)
    if isinstance(whole, dict):
        return [(None, whole)]
    if is_grid(whole):
        return [(None, row) for row in named_rows(whole)]
    if not whole:
        return []
    if not any(isinstance(each, dict | list) for each in whole):
        return [(None, {"utterances": whole})]  # lines of text
    lines = _lines_of_items(text, len(whole))
    found = zip(lines, whole, strict=True)
    return [(line, each) for line, each in found if isinstance(each, dict | list)]


def _lines_of_items(text: str, count: int) -> Iterable[int | None]:
    """Return the line on which each item of a list begins, unless the list is in an object."""
    place = _next(text, 0)
    if text[place : place + 1] != "[":
        return [None] * count
    decoder, place, line, counted = json.JSONDecoder(), place + 1, 1, 0
    lines: list[int | None] = []
    while len(lines) < count:
        place = _next(text, place)
        line, counted = line + text.count("\n", counted, place), place
        lines.append(line)
        _, place = decoder.raw_decode(text, place)
    return lines
