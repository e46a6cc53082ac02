"""Lists of segments with text, times and speakers, whatever their keys are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.segments_patterns import KEYS, LISTS, WRAPPERS
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
from tsd.readers.speech.words import Word, filled, joined, pieces
from tsd.readers.tables.columns_patterns import NAMES
from tsd.schema import Severity, count_words
from tsd.words import count

OF_TABLES = frozenset(
    {*NAMES["session_id"], *NAMES["label"], *NAMES["role"], *NAMES["speaker"]}
) - {*KEYS["text"], *KEYS["speaker"]}
"""Keys of objects that are not the pieces of one recording, but rows of a table."""
_MOST_WRAPPERS = 3
_SEEN = 200
_TWO, _NEARLY_ALL = 2, 0.9
_SLOWEST = 0.05  # words a second, while somebody talks


def find_segments(value: Any, *, speakers: bool) -> list[Any] | None:  # noqa: ANN401
    """Return the list of segments in a JSON value; None if there is none.

    Most of its first objects have text, or words, and a start. With `speakers`, some of all have a
    speaker. The list can be one of single words.

    Examples
    --------
    >>> find_segments({"segments": [{"start": 0, "text": "hi"}]}, speakers=False)
    [{'start': 0, 'text': 'hi'}]
    """
    for inside in holders(value):
        if isinstance(inside, list):
            return inside if _are_segments(inside, speakers) else None
        for name in LISTS:
            found = get(inside, name)
            if isinstance(found, list) and _are_segments(found, speakers):
                return found
    return None


def holders(value: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield a JSON value and what is in it that can hold a list of segments.

    >>> list(holders({"data": {"text": "hi"}}))
    [{'data': {'text': 'hi'}}, {'text': 'hi'}]
    """
    for _ in range(_MOST_WRAPPERS):
        if value is None:
            return
        yield value
        value = first(value, WRAPPERS)


def _are_segments(found: list[Any], speakers: bool) -> bool:
    some = objects(found[:_SEEN])
    fitting = sum(_text_and_start(each) for each in some)
    return 2 * fitting > len(found[:_SEEN]) and (not speakers or any(map(has_speaker, found)))


def _text_and_start(segment: dict[str, Any]) -> bool:
    begins = _times(segment)[0] is not None
    if isinstance(first(segment, (*KEYS["text"], "word")), str):
        return begins
    words = objects(segment.get("words"))
    has_text = any(isinstance(first(word, KEYS["word"]), str) for word in words)
    return has_text and (begins or any(_times(word)[0] is not None for word in words))


def _are_words(segments: list[dict[str, Any]]) -> bool:
    """Whether nearly all of the segments are single words."""
    texts = [first(each, ("word", *KEYS["text"])) for each in segments]
    single = sum(isinstance(text, str) and len(text.split(None, _TWO)) < _TWO for text in texts)
    if any("words" in each for each in segments):
        return False
    return single > _NEARLY_ALL * len(segments)


def _unit(segments: list[dict[str, Any]]) -> float:
    """Return how many units of the times a second has: 1000 if they must be milliseconds.

    Whole numbers are milliseconds if nobody could talk so slowly in seconds.
    """
    words, lasts = 0, 0.0
    for each in segments:
        start, end = _times(each)
        if type(start) is not int or type(end) is not int:
            return 1
        words += max(count_words(words_of(first(each, ("word", *KEYS["text"])))), 1)
        lasts += max(end - start, 0)
    return 1000 if words < _SLOWEST * lasts else 1


def has_speaker(segment: Any) -> bool:  # noqa: ANN401
    """Whether a segment, or a word in it, has a speaker."""
    if name_of(first(segment, KEYS["speaker"])):
        return True
    return any(name_of(first(word, KEYS["speaker"])) for word in objects(get(segment, "words")))


def read_segments(
    segments: list[Any], log: ProblemLog, names: Mapping[str, str] | None = None
) -> Iterator[Record]:
    """Yield the records of segments; one whose words have several speakers is divided.

    Parameters
    ----------
    segments : list
        As `find_segments` returns it.
    log : ProblemLog
        Gets a warning for what is no segment, and the words that are in the file twice.
    names : mapping, optional
        What the speakers are called, where the segments have only their numbers.
    """
    found = checked(segments, log, "segment")
    per_second, called = _unit(found), names or {}
    if _are_words(found):
        yield from pieces(_words(found, per_second, called))
        return
    unclear = 0
    for segment in found:
        text = words_of(first(segment, KEYS["text"]), log)
        speaker = _speaker(segment, called)
        raw = objects(get(segment, "words"))
        words = filled(list(_words(raw, per_second, called)), speaker)
        heard = {word.speaker for word in words}
        same = bool(words) and "".join(joined(words).split()) == "".join(text.split())
        if words and (not text or (len(heard) > 1 and same)):
            again(log, text)
            yield from pieces(words)
            continue
        unclear += len(heard) > 1
        again(log, joined(words))
        start, end = _times(segment)
        speaker = speaker or (min(heard) if len(heard) == 1 else "")
        times = {
            "start": time_text(time_of(start, per_second)),
            "end": time_text(time_of(end, per_second)),
        }
        yield Record(text, speaker, None, times)
    if unclear:
        log.add(
            f"{count(unclear, 'segment')} with words of several speakers that do not fit the "
            "text; each is read as its first speaker's. Check them in the recording.",
            Severity.WARNING,
        )


def _words(
    raw: list[dict[str, Any]], per_second: float, called: Mapping[str, str]
) -> Iterator[Word]:
    texts = [first(each, (*KEYS["word"], *KEYS["text"])) for each in raw]
    spaced = any(isinstance(text, str) and text.startswith(" ") for text in texts)
    before = None
    for each, text in zip(raw, texts, strict=True):
        start, end = _times(each)
        speaker = _speaker(each, called)
        yield Word(
            words_of(text),
            speaker,
            time_of(start, per_second),
            time_of(end, per_second),
            # Some recognizers write the space before a word into the word.
            attached=spaced and speaker == before and not str(text).startswith(" "),
        )
        before = speaker


def _speaker(segment: dict[str, Any], called: Mapping[str, str]) -> str:
    name = name_of(first(segment, KEYS["speaker"]))
    return called.get(name, name)


def _times(segment: dict[str, Any]) -> tuple[Any, Any]:
    both = first(segment, KEYS["both"])
    if isinstance(both, list) and len(both) == 2:
        return both[0], both[1]
    return first(segment, KEYS["start"]), first(segment, KEYS["end"])
