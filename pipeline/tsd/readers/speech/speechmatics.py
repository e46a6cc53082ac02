"""JSON of Speechmatics: v1, with speakers by time, and v2, with a speaker for each word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import checked, get, name_of, objects, time_of, words_of
from tsd.readers.speech.words import Word, pieces

_NOBODY = frozenset({"UU", "UNK"})  # words of a speaker that was not recognized
_PUNCTUATION = frozenset(".,?!;:…")
_LATE = 0.5  # seconds after the end of a speaker's time in which a word still is the speaker's


def _fits(value: Any) -> bool:  # noqa: ANN401
    if isinstance(get(value, "results"), list):
        return any(
            "type" in each and isinstance(each.get("alternatives"), list)
            for each in objects(value["results"][:20])
        )
    return "format" in value and _has_words_by_time(value) if isinstance(value, dict) else False


def _has_words_by_time(value: dict[str, Any]) -> bool:
    return any("time" in each and "name" in each for each in objects(value.get("words"))[:20])


def _records(value: Any, log: ProblemLog) -> Iterable[Record]:  # noqa: ANN401
    if isinstance(get(value, "results"), list):
        return pieces(_of_results(checked(value["results"], log, "word")))
    return pieces(_by_time(value, log))


def _of_results(results: list[dict[str, Any]]) -> Iterator[Word]:
    for each in results:
        best = get(each, "alternatives", 0)
        speaker = name_of(get(best, "speaker")) or name_of(each.get("channel"))
        yield Word(
            words_of(get(best, "content")),
            "" if speaker in _NOBODY else speaker,
            time_of(each.get("start_time")),
            time_of(each.get("end_time")),
            attached=each.get("type") == "punctuation" and each.get("attaches_to") != "next",
        )


def _by_time(value: dict[str, Any], log: ProblemLog) -> Iterator[Word]:
    speakers = sorted(
        (start, start + (time_of(each.get("duration")) or 0), name)
        for each in objects(value.get("speakers"))
        if (start := time_of(each.get("time"))) is not None and (name := name_of(each.get("name")))
    )
    starts = [start for start, *_ in speakers]
    for each in checked(value.get("words"), log, "word"):
        text = words_of(each.get("name"), log)
        start, duration = time_of(each.get("time")), time_of(each.get("duration"))
        place = bisect_right(starts, start + 1e-6) - 1 if start is not None else -1
        name = ""
        if place >= 0 and start is not None and start <= speakers[place][1] + _LATE:
            name = speakers[place][2]
        end = None if start is None or duration is None else start + duration
        attached = bool(text) and set(text) <= _PUNCTUATION
        yield Word(text, "" if name in _NOBODY else name, start, end, attached=attached)


SPEECHMATICS = json_format(
    Recognizer(
        "speechmatics",
        "Speechmatics",
        "'results' with 'type' and 'alternatives', or 'words' with 'time' and 'name'",
        "Run it in Speechmatics again with diarization set to speaker.",
        _fits,
        _records,
    )
)
