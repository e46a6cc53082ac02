"""Lists of segments with speakers, as programs around speech recognizers write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.segments import OF_TABLES, find_segments, holders, read_segments
from tsd.readers.speech.segments_patterns import KEYS, LISTS
from tsd.readers.speech.values import again, first, get, names_of, objects
from tsd.readers.tables.columns_patterns import NAMES

_SESSION = frozenset(NAMES["session_id"]) - {"transcript"}


def _fits(value: Any) -> bool:  # noqa: ANN401
    segments = find_segments(value, speakers=True)
    # A session that has a name is of a collection, which other readers know.
    if segments is None or any(isinstance(get(value, key), str | int) for key in _SESSION):
        return False
    return not any(key in each for each in objects(segments[:20]) for key in OF_TABLES)


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    segments = find_segments(value, speakers=True) or []
    names: dict[str, str] = {}
    for inside in holders(value):
        again(log, *(text for key in KEYS["text"] if isinstance(text := get(inside, key), str)))
        for name in LISTS:
            others = get(inside, name)
            for each in objects(others if others is not segments else None):
                again(log, first(each, ("word", *KEYS["text"])))
        names |= names_of(get(inside, "speakers"))
    return read_segments(segments, log, names)


DIARIZED = json_format(
    Recognizer(
        "diarized",
        "a speech recognizer with speakers",
        "a list of objects with 'speaker', 'text', 'start' and 'end'",
        "Switch on speaker labels (diarization) in the program that made it.",
        _fits,
        _records,
    )
)
