"""JSON of IBM Watson Speech to Text: words as lists, and the speaker of each by its start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import again, checked, get, name_of, objects, time_of, words_of
from tsd.readers.speech.words import Word, pieces

_HESITATION = "%HESITATION"  # what the service writes for "um"


def _answers(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the answers of the service: one, or several in a list."""
    return [value] if isinstance(value, dict) else objects(value)


def _fits(value: Any) -> bool:  # noqa: ANN401
    return any(
        "final" in result and isinstance(get(result, "alternatives", 0, "transcript"), str)
        for answer in _answers(value)[:20]
        for result in objects(answer.get("results"))[:20]
    )


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    speakers = {
        time_of(label.get("from")): name_of(label.get("speaker"))
        for answer in _answers(value)
        for label in objects(answer.get("speaker_labels"))
    }
    for answer in _answers(value):
        for result in checked(answer.get("results"), log, "result"):
            best = get(result, "alternatives", 0)
            words = get(best, "timestamps")
            if result.get("final") is False:  # the service still changes it
                again(log, get(best, "transcript"))
            elif isinstance(words, list) and words:
                again(log, get(best, "transcript"))
                yield from pieces(_words(words, speakers, log))
            else:
                yield Record(words_of(get(best, "transcript"), log), "")


def _words(words: list[Any], speakers: dict[float | None, str], log: ProblemLog) -> Iterator[Word]:
    """Yield words from lists of the word, its start and its end."""
    for each in words:
        text, start = words_of(get(each, 0)), time_of(get(each, 1))
        if text == _HESITATION:
            log.leave_out(NotTalk.PAUSE, text)
            continue
        yield Word(text, speakers.get(start, ""), start, time_of(get(each, 2)))


IBM = json_format(
    Recognizer(
        "ibm",
        "IBM Watson",
        "'results' with 'final' and 'alternatives'",
        "Run it in Watson again with speaker_labels=true.",
        _fits,
        _records,
    )
)
