"""JSON of Rev: monologues of words and punctuation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import (
    checked,
    first,
    get,
    name_of,
    names_of,
    objects,
    time_of,
    time_text,
    words_of,
)

_START, _END = ("ts", "timestamp"), ("end_ts", "end_timestamp")  # of a machine, of people


def _fits(value: Any) -> bool:  # noqa: ANN401
    return any(
        isinstance(each.get("elements"), list) for each in objects(get(value, "monologues"))[:20]
    )


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    names = names_of(get(value, "speakers")) or names_of(
        [each.get("speaker_info") for each in _first_of_each(value["monologues"])]
    )
    for each in checked(value["monologues"], log, "monologue"):
        speaker = name_of(each.get("speaker"))
        elements = checked(each.get("elements"), log, "word")
        # Spaces are among the punctuation.
        text = "".join(map(_text, elements))
        starts = [time for part in elements if (time := _time(part, _START)) is not None]
        ends = [time for part in elements if (time := _time(part, _END)) is not None]
        times = {
            "start": time_text(min(starts, default=None)),
            "end": time_text(max(ends, default=None)),
        }
        yield Record(words_of(text), names.get(speaker) or speaker, None, times)


def _first_of_each(monologues: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the first monologue of each speaker."""
    return list({name_of(each.get("speaker")): each for each in objects(monologues)}.values())


def _text(element: dict[str, Any]) -> str:
    """Return the text of an element; a tag, such as "laughter", is a note in brackets."""
    value = element.get("value")
    if element.get("type") == "tag":
        return f" [{name_of(value) or name_of(element.get('name'))}] "
    return value if isinstance(value, str) else ""


def _time(element: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    return time_of(first(element, keys))


REV = json_format(
    Recognizer(
        "rev",
        "Rev",
        "'monologues' with 'elements'",
        "Run it in Rev again without skip_diarization.",
        _fits,
        _records,
    )
)
