"""Lists of segments with text, times and speakers, whatever their keys are called."""

from __future__ import annotations

from collections.abc import Iterator
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
from tsd.schema import Severity
from tsd.words import count

OF_TABLES = frozenset(
    {*NAMES["session_id"], *NAMES["label"], *NAMES["role"], *NAMES["speaker"]}
) - {*KEYS["text"], *KEYS["speaker"]}
"""Keys of objects that are not the pieces of one recording, but rows of a table."""
_MOST_WRAPPERS = 3
_SEEN = 200


def find_segments(value: Any, *, speakers: bool) -> list[Any] | None:  # noqa: ANN401
    """Return the list of segments in a JSON value; None if there is none.

    Most of its first objects have text and a start. With `speakers`, some of all have a speaker.

    Examples
    --------
    >>> find_segments({"segments": [{"start": 0, "text": "hi"}]}, speakers=False)
    [{'start': 0, 'text': 'hi'}]
    """
    for _ in range(_MOST_WRAPPERS):
        if isinstance(value, list):
            return value if _are_segments(value, speakers) else None
        for name in LISTS:
            found = get(value, name)
            if isinstance(found, list) and _are_segments(found, speakers):
                return found
        value = first(value, WRAPPERS)
    return None


def _are_segments(found: list[Any], speakers: bool) -> bool:
    some = objects(found[:_SEEN])
    fitting = sum(
        isinstance(first(each, KEYS["text"]), str) and _times(each)[0] is not None for each in some
    )
    return 2 * fitting > len(found[:_SEEN]) and (not speakers or any(map(has_speaker, found)))


def has_speaker(segment: Any) -> bool:  # noqa: ANN401
    """Whether a segment, or a word in it, has a speaker."""
    if name_of(first(segment, KEYS["speaker"])):
        return True
    return any(name_of(first(word, KEYS["speaker"])) for word in objects(get(segment, "words")))


def read_segments(segments: list[Any], log: ProblemLog, per_second: float = 1) -> Iterator[Record]:
    """Yield the records of segments; one whose words have several speakers is divided.

    Parameters
    ----------
    segments : list
        As `find_segments` returns it.
    log : ProblemLog
        Gets a warning for what is no segment, and the words that are in the file twice.
    per_second : float, default 1
        Of how many units of the times a second consists.
    """
    unclear = 0
    for segment in checked(segments, log, "segment"):
        text = words_of(first(segment, KEYS["text"]), log)
        speaker = name_of(first(segment, KEYS["speaker"]))
        raw = objects(get(segment, "words"))
        words = filled(list(_words(raw, per_second)), speaker)
        names = {word.speaker for word in words}
        same = "".join(joined(words).split()) == "".join(text.split())
        if words and (not text or (len(names) > 1 and same)):
            again(log, text)
            yield from pieces(words)
            continue
        unclear += len(names) > 1
        again(log, joined(words))
        start, end = _times(segment)
        speaker = speaker or (min(names) if len(names) == 1 else "")
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


def _words(raw: list[dict[str, Any]], per_second: float) -> Iterator[Word]:
    texts = [first(each, KEYS["word"]) for each in raw]
    spaced = any(isinstance(text, str) and text.startswith(" ") for text in texts)
    for place, (each, text) in enumerate(zip(raw, texts, strict=True)):
        start, end = _times(each)
        yield Word(
            words_of(text),
            name_of(first(each, KEYS["speaker"])),
            time_of(start, per_second),
            time_of(end, per_second),
            # Some recognizers write the space before a word into the word.
            attached=spaced and place > 0 and not str(text).startswith(" "),
        )


def _times(segment: dict[str, Any]) -> tuple[Any, Any]:
    both = first(segment, KEYS["both"])
    if isinstance(both, list) and len(both) == 2:
        return both[0], both[1]
    return first(segment, KEYS["start"]), first(segment, KEYS["end"])
