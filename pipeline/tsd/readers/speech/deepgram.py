"""JSON of Deepgram: utterances if they were asked for, otherwise words by channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from tsd.readers.speech.words import Word, pieces
from tsd.schema import Severity
from tsd.words import count

_TEXT = ("punctuated_word", "word")


def _fits(value: Any) -> bool:  # noqa: ANN401
    channels = objects(get(value, "results", "channels"))
    return bool(channels) and any("alternatives" in channel for channel in channels)


def _records(value: Any, log: ProblemLog) -> Iterable[Record]:  # noqa: ANN401
    channels = objects(value["results"]["channels"])
    utterances = get(value, "results", "utterances")
    many = len(channels) > 1
    if any(_speaker(each, many) for each in objects(utterances)):
        for channel in channels:
            again(log, get(channel, "alternatives", 0, "transcript"))
        return _of_utterances(utterances, many, log)
    return _of_channels(channels, log)


def _speaker(each: dict[str, Any], many: bool, channel: object = None) -> str:
    """Return the speaker; with several channels, a speaker is one of a channel."""
    name = name_of(each.get("speaker"))
    if not many:
        return name
    channel = each.get("channel") if channel is None else channel
    number = name_of(channel[0] if isinstance(channel, list) and channel else channel)
    return f"channel {number}" + (f" speaker {name}" if name else "") if number else name


def _of_utterances(utterances: Any, many: bool, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    mixed = 0
    for each in checked(utterances, log, "utterance"):
        words = objects(each.get("words"))
        mixed += len({name for word in words if (name := name_of(word.get("speaker")))}) > 1
        again(log, *(first(word, _TEXT) for word in words))
        times = {key: time_text(time_of(each.get(key))) for key in ("start", "end")}
        yield Record(words_of(each.get("transcript"), log), _speaker(each, many), None, times)
    if mixed:
        log.add(
            f"{count(mixed, 'utterance')} in which Deepgram hears words of several speakers; each "
            "is read as a whole, as that of the speaker that Deepgram gives it. Check them in the "
            "recording.",
            Severity.WARNING,
        )


def _of_channels(channels: list[dict[str, Any]], log: ProblemLog) -> Iterator[Record]:
    for number, channel in enumerate(channels):
        best = get(channel, "alternatives", 0)
        words = checked(get(best, "words"), log, "word")
        if not words:
            name = f"channel {number}" if len(channels) > 1 else ""
            yield Record(words_of(get(best, "transcript")), name)
            continue
        again(log, get(best, "transcript"))
        yield from pieces(
            Word(
                words_of(first(word, _TEXT), log),
                _speaker(word, len(channels) > 1, number),
                time_of(word.get("start")),
                time_of(word.get("end")),
            )
            for word in words
        )


DEEPGRAM = json_format(
    Recognizer(
        "deepgram",
        "Deepgram",
        "'results' with 'channels'",
        "Run it in Deepgram again with diarize=true and utterances=true.",
        _fits,
        _records,
    )
)
