"""Conversations of a ConvoKit corpus (https://convokit.cornell.edu): its utterances.

A corpus is a folder. All talk is in ``utterances.jsonl``, or ``utterances.json`` in old ones; the
other files describe speakers and conversations.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.cells import as_text
from tsd.readers.tables.columns_patterns import CORPUS_FILES
from tsd.readers.tables.json_values import first_object, json_values
from tsd.schema import Role, Severity
from tsd.settings import Reading

_UTTERANCES = ("utterances.jsonl", "utterances.json")
_DELETED = frozenset({"[deleted]", "[removed]", "deleted", "removed", "[unknown]"})
_SPEAKER = ("speaker", "user")
_SESSION = ("conversation_id", "root")
_REPLY = ("reply-to", "reply_to")


def companions(names: Collection[str]) -> set[str]:
    """Return which files of a folder describe a corpus, and have no talk in them.

    >>> sorted(companions(["utterances.jsonl", "speakers.json", "notes.txt"]))
    ['speakers.json']
    """
    if not any(name in names for name in _UTTERANCES):
        return set()
    return {name for name in names if name in CORPUS_FILES or name.startswith("vectors.")}


def _first(row: Mapping[str, Any], names: Sequence[str]) -> Any:  # noqa: ANN401
    return next((row[name] for name in names if row.get(name) is not None), None)


def _speaker(row: Mapping[str, Any]) -> str:
    found = _first(row, _SPEAKER)
    return as_text(found.get("id", found.get("name")) if isinstance(found, dict) else found)


def _is_utterance(value: object) -> bool:
    return (
        isinstance(value, dict)
        and "text" in value
        and any(name in value for name in _REPLY)
        and any(name in value for name in _SPEAKER)
        and any(name in value for name in _SESSION)
    )


def _read(source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
    conversations: dict[str, list[tuple[int | None, dict[str, Any]]]] = defaultdict(list)
    for line, value in json_values(source, log):
        if not isinstance(value, dict) or not _is_utterance(value):
            log.add("is not an utterance of a corpus; the line is left out.", line=line)
            continue
        conversations[as_text(_first(value, _SESSION)) or "?"].append((line, value))
    deleted = 0
    for name, rows in conversations.items():
        order = _order([row for _, row in rows])
        if order != list(range(len(rows))):
            log.add(
                "utterances were put in the order of replies and times.",
                Severity.NOTE,
                session_id=name,
            )
        for line, row in (rows[place] for place in order):
            gone = _speaker(row).strip().lower() in _DELETED
            deleted += gone
            yield _record(line, row, name, Role.OTHER.value if gone else "")
    if deleted:
        log.add(
            f"{deleted} utterances are by deleted accounts, who can be several people; they count "
            "for neither side.",
            Severity.WARNING,
        )


def _record(line: int | None, row: Mapping[str, Any], session_id: str, role: str) -> Record:
    fields = {
        "session_id": session_id,
        "utterance_id": as_text(row.get("id")),
        "start": as_text(row.get("timestamp")),
        "role": role,
    }
    return Record(as_text(row.get("text")), _speaker(row), line, fields)


def _order(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the places of the utterances in the order of the talk.

    A reply comes after what it replies to. Of those that could be next, it is the earliest; without
    times, a reply to what was said last.
    """
    places = {as_text(row.get("id")): place for place, row in enumerate(rows)}
    times = [_time(row.get("timestamp")) for row in rows]
    timed = None not in times
    replies: dict[int | None, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        replies[places.get(as_text(_first(row, _REPLY)))].append(place)
    found: list[int] = []
    done: set[int] = set()
    waiting = [(times[place] or 0.0 if timed else 0.0, place) for place in replies[None]]
    heapq.heapify(waiting)
    for first in range(len(rows)):
        while waiting:
            _, place = heapq.heappop(waiting)
            if place in done:
                continue
            done.add(place)
            found.append(place)
            for reply in replies[place]:
                heapq.heappush(waiting, (times[reply] or 0.0 if timed else -len(found), reply))
        if first not in done:  # utterances that reply to each other in a circle
            waiting = [(0.0, first)]
    while waiting:
        found.append(heapq.heappop(waiting)[1])
    return found


def _time(value: object) -> float | None:
    try:
        found = float(str(value))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _recognises(source: Source) -> bool:
    some = any(f'"{name}"' in source.start for name in _REPLY)
    return some and _is_utterance(first_object(source))


CONVOKIT = Format("convokit", (), _recognises, _read)
