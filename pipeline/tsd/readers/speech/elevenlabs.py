"""JSON of ElevenLabs Scribe: words, the spaces between them, and sounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import again, checked, get, name_of, objects, time_of, words_of
from tsd.readers.speech.words import Word, pieces


def _channels(value: Any) -> list[Any]:  # noqa: ANN401
    return objects(get(value, "transcripts")) or [value]


def _fits(value: Any) -> bool:  # noqa: ANN401
    return any(
        each.get("type") in ("word", "spacing", "audio_event") and "text" in each
        for channel in _channels(value)
        for each in objects(get(channel, "words"))[:20]
    )


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    channels = _channels(value)
    for number, channel in enumerate(channels):
        again(log, get(channel, "text"))
        name = f"channel {number}" if len(channels) > 1 else ""
        yield from pieces(_words(get(channel, "words"), name, log))


def _words(raw: Any, channel: str, log: ProblemLog) -> Iterator[Word]:  # noqa: ANN401
    space = True
    for each in checked(raw, log, "word"):
        text = words_of(each.get("text"), log)
        if each.get("type") == "spacing":
            space = True
        elif each.get("type") == "audio_event":
            log.leave_out(NotTalk.PAUSE, text)
            space = True
        else:
            yield Word(
                text,
                name_of(each.get("speaker_id")) or channel,
                time_of(each.get("start")),
                time_of(each.get("end")),
                attached=not space,
            )
            space = False


ELEVENLABS = json_format(
    Recognizer(
        "elevenlabs",
        "ElevenLabs",
        "'words' with 'type' and 'text'",
        "Run it in ElevenLabs again with diarize=true.",
        _fits,
        _records,
    )
)
