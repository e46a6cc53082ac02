"""JSON of Google Speech-to-Text: v1, v1p1beta1 and v2, as the service or its libraries write it."""

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
    words_of,
)
from tsd.readers.speech.words import Word, pieces

_SPEAKER = ("speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
_CHANNEL = ("channelTag", "channel_tag")
_START = ("startTime", "startOffset", "start_time", "start_offset")
_END = ("endTime", "endOffset", "end_time", "end_offset")
_NOBODY = "0"


def _results(value: Any) -> list[Any]:  # noqa: ANN401
    """Return the results, which can be in the answer of an operation, or by the names of files."""
    if isinstance(value, list):
        return value
    for inside in (value, get(value, "response")):
        results = get(inside, "results")
        if isinstance(results, dict) and len(results) == 1:
            (of_file,) = results.values()
            results = get(of_file, "transcript", "results") or get(
                of_file, "inlineResult", "transcript", "results"
            )
        if isinstance(results, list):
            return results
    return []


def _fits(value: Any) -> bool:  # noqa: ANN401
    some = objects(_results(value)[:20])
    found = [each for each in some if isinstance(each.get("alternatives"), list)]
    # Speechmatics has alternatives of single words, which have a type.
    return bool(found) and all("type" not in each for each in found) and any(map(_has_talk, found))


def _has_talk(result: Any) -> bool:  # noqa: ANN401
    best = get(result, "alternatives", 0)
    return isinstance(get(best, "transcript"), str) or bool(objects(get(best, "words")))


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    results = checked(_results(value), log, "result")
    spoken = [(result, _words(result)) for result in results if _has_talk(result)]
    last = spoken[-1][1] if spoken else []
    if len(spoken) > 1 and _repeats(last, [words for _, words in spoken[:-1]]):
        for result, words in spoken[:-1]:
            again(log, get(result, "alternatives", 0, "transcript"))
            again(log, *(word.text for word in words))
        spoken = spoken[-1:]
    for result, words in spoken:
        transcript = get(result, "alternatives", 0, "transcript")
        if words:
            again(log, transcript)
            yield from pieces(words)
        else:
            channel = name_of(first(result, _CHANNEL))
            yield Record(words_of(transcript, log), f"channel {channel}" if channel else "")


def _words(result: dict[str, Any]) -> list[Word]:
    channel = name_of(first(result, _CHANNEL))
    words = []
    for each in objects(get(result, "alternatives", 0, "words")):
        speaker = name_of(first(each, _SPEAKER))
        speaker = "" if speaker == _NOBODY else speaker
        words.append(
            Word(
                words_of(each.get("word")),
                speaker or (f"channel {channel}" if channel else ""),
                time_of(first(each, _START)),
                time_of(first(each, _END)),
            )
        )
    return words


def _repeats(last: list[Word], before: list[list[Word]]) -> bool:
    """Check whether the last result has all words once more, now with their speakers."""
    others = [word for words in before for word in words]
    if not last or not others or not any(word.speaker for word in last):
        return False
    if [word.text for word in last] == [word.text for word in others]:
        return True
    untagged = not any(word.speaker for word in others)
    start, first_start = last[0].start, others[0].start
    return untagged and (start is None or first_start is None or start <= first_start)


GOOGLE = json_format(
    Recognizer(
        "google",
        "Google Speech-to-Text",
        "'results' with 'alternatives'",
        "Run it in Google Speech-to-Text again with speaker diarization "
        "(enableSpeakerDiarization).",
        _fits,
        _records,
    )
)
