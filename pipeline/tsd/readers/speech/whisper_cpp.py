"""JSON of whisper.cpp: ``transcription`` with times in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import checked, get, name_of, objects, time_of, time_text, words_of

_NOBODY = "?"  # where both channels are as loud


def _fits(value: Any) -> bool:  # noqa: ANN401
    segments = objects(get(value, "transcription"))
    return bool(segments) and isinstance(get(segments[0], "offsets"), dict)


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    for segment in checked(value["transcription"], log, "segment"):
        speaker = name_of(segment.get("speaker"))
        start, end = (
            time_text(time_of(get(segment, "offsets", key), 1000)) for key in ("from", "to")
        )
        yield Record(
            words_of(segment.get("text"), log),
            "" if speaker == _NOBODY else speaker,
            None,
            {"start": start, "end": end},
        )


WHISPER_CPP = json_format(
    Recognizer(
        "whisper_cpp",
        "whisper.cpp",
        "'transcription' with 'offsets' and 'text'",
        "whisper.cpp tells speakers apart only on two channels, with --diarize: record each "
        "speaker on one channel, or use WhisperX or noScribe.",
        _fits,
        _records,
    )
)
