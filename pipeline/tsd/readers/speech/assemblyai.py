"""JSON of AssemblyAI: utterances, or words, with times in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import (
    again,
    checked,
    get,
    name_of,
    objects,
    time_of,
    time_text,
    words_of,
)
from tsd.readers.speech.words import Word, pieces

_OWN = ("language_model", "acoustic_model", "audio_url", "speech_model", "speech_models")


def _fits(value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, dict) or not isinstance(value.get("words"), list):
        return False
    return any(key in value for key in _OWN) and "text" in value


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    again(log, value.get("text"))
    words = checked(value["words"], log, "word")
    if not objects(value.get("utterances")):
        yield from pieces(
            Word(
                words_of(word.get("text"), log),
                _speaker(word),
                time_of(word.get("start"), 1000),
                time_of(word.get("end"), 1000),
            )
            for word in words
        )
        return
    again(log, *(word.get("text") for word in words))
    for each in checked(value["utterances"], log, "utterance"):
        again(log, *(word.get("text") for word in objects(each.get("words"))))
        times = {key: time_text(time_of(each.get(key), 1000)) for key in ("start", "end")}
        yield Record(words_of(each.get("text"), log), _speaker(each), None, times)


def _speaker(each: Any) -> str:  # noqa: ANN401
    channel = name_of(get(each, "channel"))
    return name_of(get(each, "speaker")) or (f"channel {channel}" if channel else "")


ASSEMBLYAI = json_format(
    Recognizer(
        "assemblyai",
        "AssemblyAI",
        "'words', 'text' and 'audio_url'",
        "Run it in AssemblyAI again with speaker_labels=true.",
        _fits,
        _records,
    )
)
