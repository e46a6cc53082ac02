"""JSON of Fireflies: sentences with their speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import (
    again,
    checked,
    first,
    get,
    name_of,
    names_of,
    objects,
    time_of,
    time_text,
    words_of,
)

_TEXTS = ("text", "sentence", "raw_text")
_OWN = ("raw_text", "ai_filters", "speaker_name", "speakerName", "sentence")


def _sentences(value: Any) -> list[Any]:  # noqa: ANN401
    found = value
    if isinstance(value, dict):
        found = next(
            (
                sentences
                for path in ((), ("transcript",), ("data", "transcript"), ("data",))
                if isinstance(sentences := get(value, *path, "sentences"), list)
            ),
            None,
        )
    return found if isinstance(found, list) else []


def _fits(value: Any) -> bool:  # noqa: ANN401
    some = objects(_sentences(value)[:20])
    if isinstance(value, list):  # the list alone: more must be as Fireflies writes it
        return any(
            "sentence" in each and first(each, ("speaker_name", "startTime")) for each in some
        ) or (any("raw_text" in each and "speaker_id" in each for each in some))
    return any(
        first(each, _TEXTS) is not None and any(key in each for key in _OWN) for each in some
    )


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    called = _called(value)
    for each in checked(_sentences(value), log, "sentence"):
        text = first(each, _TEXTS)
        others = (each.get(key) for key in _TEXTS if each.get(key) is not text)
        again(log, *others, get(each, "ai_filters", "text_cleanup"))
        start = time_text(time_of(first(each, ("start_time", "startTime"))))
        end = time_text(time_of(first(each, ("end_time", "endTime"))))
        speaker = first(each, ("speaker_name", "speakerName"))
        code = name_of(first(each, ("speaker_id", "speakerId", "speaker")))
        named = name_of(speaker) or called.get(code, code)
        yield Record(words_of(text, log), named, None, {"start": start, "end": end})


def _called(value: Any) -> dict[str, str]:  # noqa: ANN401
    paths = ((), ("transcript",), ("data", "transcript"), ("data",))
    return next((found for path in paths if (found := names_of(get(value, *path, "speakers")))), {})


FIREFLIES = json_format(
    Recognizer(
        "fireflies",
        "Fireflies",
        "'sentences' with 'text' and 'speaker_name'",
        "Ask Fireflies for speaker_name or speaker_id of the sentences.",
        _fits,
        _records,
    )
)
