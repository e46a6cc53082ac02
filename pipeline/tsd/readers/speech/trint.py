"""JSON of Trint: words with times in milliseconds, in paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import checked, get, name_of, names_of, objects, time_of, words_of
from tsd.readers.speech.words import Word, pieces


def _fits(value: Any) -> bool:  # noqa: ANN401
    return any("paragraphId" in word and "value" in word for word in _raw(value)[:20])


def _raw(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return objects(get(value, "words")) or objects(get(value, "transcript", "words"))


def _records(value: Any, log: ProblemLog) -> Iterable[Record]:  # noqa: ANN401
    return pieces(_words(value, log))


def _words(value: Any, log: ProblemLog) -> Iterator[Word]:  # noqa: ANN401
    inside = value if isinstance(get(value, "words"), list) else value["transcript"]
    called = names_of(get(inside, "speakers")) or names_of(get(value, "speakers"))
    numbers: dict[str, int] = {}
    for each in checked(inside["words"], log, "word"):
        text = words_of(each.get("value"), log)
        if each.get("strikethrough") is True:
            log.leave_out(NotTalk.MARKUP, text)
            continue
        paragraph = each.get("paragraphId")
        paragraph = paragraph if isinstance(paragraph, str) else ""
        start, duration = time_of(each.get("time"), 1000), time_of(each.get("duration"), 1000)
        yield Word(
            text,
            called.get(name := _speaker(each, inside, paragraph), name),
            start,
            None if start is None or duration is None else start + duration,
            part=numbers.setdefault(paragraph, len(numbers)),
        )


def _speaker(word: dict[str, Any], inside: dict[str, Any], paragraph: str) -> str:
    """Return the speaker of a word, or else of its paragraph; it can be an id."""
    named = word.get("speaker")
    if not name_of(named):
        named = get(inside, "paragraphs", paragraph, "speaker")
    about = get(inside, "speakers", named) if isinstance(named, str) else None
    return name_of(about) or name_of(named)


TRINT = json_format(
    Recognizer(
        "trint",
        "Trint",
        "'words' with 'value' and 'paragraphId'",
        "Name the speakers in the editor of Trint, and export it again.",
        _fits,
        _records,
    )
)
