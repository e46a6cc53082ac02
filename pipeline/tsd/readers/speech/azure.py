"""JSON of Azure Speech: batch transcription (times in ticks) and fast transcription."""

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
    objects,
    time_of,
    time_text,
    words_of,
)

_TICKS = 1e7  # per second
_TEXTS = ("display", "lexical", "itn", "maskedITN")


def _phrases(value: Any) -> list[Any]:  # noqa: ANN401
    found = first(value, ("recognizedPhrases", "phrases"))
    return found if isinstance(found, list) else []


def _fits(value: Any) -> bool:  # noqa: ANN401
    return any(
        "offsetInTicks" in each or "offsetMilliseconds" in each
        for each in objects(_phrases(value)[:20])
    )


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    for each in objects(first(value, ("combinedRecognizedPhrases", "combinedPhrases"))):
        again(log, *(each.get(key) for key in (*_TEXTS, "text")))
    phrases = checked(_phrases(value), log, "phrase")
    many = len({name_of(each.get("channel")) for each in phrases} - {""}) > 1
    for each in phrases:
        best = get(each, "nBest", 0)
        text = first(best, _TEXTS) if best is not None else each.get("text")
        again(log, *(get(best, key) for key in _TEXTS if get(best, key) is not text))
        speaker, channel = name_of(each.get("speaker")), name_of(each.get("channel"))
        if many:
            speaker = f"channel {channel}" + (f" speaker {speaker}" if speaker else "")
        start, end = _times(each)
        times = {"start": time_text(start), "end": time_text(end)}
        yield Record(words_of(text, log), speaker, None, times)


def _times(each: dict[str, Any]) -> tuple[float | None, float | None]:
    if "offsetInTicks" in each:
        start = time_of(each.get("offsetInTicks"), _TICKS)
        length = time_of(each.get("durationInTicks"), _TICKS)
    else:
        start = time_of(each.get("offsetMilliseconds"), 1000)
        length = time_of(each.get("durationMilliseconds"), 1000)
    return start, None if start is None or length is None else start + length


AZURE = json_format(
    Recognizer(
        "azure",
        "Azure Speech",
        "'recognizedPhrases' or 'phrases' with their offsets",
        "Run it in Azure again with diarizationEnabled=true.",
        _fits,
        _records,
    )
)
