"""JSON of Whisper in its many programs: openai, faster-whisper, WhisperX and others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.segments import OF_TABLES, find_segments, has_speaker, read_segments
from tsd.readers.speech.values import again, get, objects, words_of

_OF_WHISPER = ("seek", "tokens", "avg_logprob", "no_speech_prob", "temperature", "words")


def _segments(value: Any) -> list[Any] | None:  # noqa: ANN401
    found = get(value, "segments") if isinstance(value, dict) else value
    return find_segments(found, speakers=False) if isinstance(found, list) else None


def _fits(value: Any) -> bool:  # noqa: ANN401
    segments = _segments(value)
    if segments is None:
        # The programming interface of OpenAI can return words alone.
        alone = isinstance(get(value, "text"), str) and get(value, "words", 0, "word") is not None
        return alone and not any(map(has_speaker, objects(value["words"])))
    with_text = [each for each in objects(segments) if "text" in each]
    if any(key in each for each in with_text for key in _OF_WHISPER):
        return True
    rows_of_a_table = any(key in each for each in objects(segments) for key in OF_TABLES)
    return isinstance(value, dict) and not rows_of_a_table and not any(map(has_speaker, segments))


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    segments = _segments(value)
    again(log, get(value, "text"))
    for name in ("word_segments", *([] if segments is None else ["words"])):
        for word in objects(get(value, name)):
            again(log, get(word, "word"))
    if segments is None:
        yield Record(" ".join(words_of(get(word, "word")) for word in objects(value["words"])), "")
    else:
        yield from read_segments(segments, log)


WHISPER = json_format(
    Recognizer(
        "whisper",
        "Whisper",
        "'segments' with 'start', 'end' and 'text'",
        "Whisper alone does not tell speakers apart: run WhisperX with --diarize, or noScribe.",
        _fits,
        _records,
    )
)
