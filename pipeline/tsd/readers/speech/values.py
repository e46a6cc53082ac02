"""Values in the JSON of speech recognizers, whatever type they have."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from tsd.readers import times
from tsd.readers.log import NotTalk, ProblemLog
from tsd.schema import Severity
from tsd.words import count, one_line

_LATEST = 1e10  # seconds; no time is later
_NO_NAME = frozenset({"", "none", "null", "nan", "undefined"})
_NAMES = ("name", "label", "speaker_name", "display_name", "id")
_CODES, _CALLED = ("id", "spkid", "speaker_id"), ("name", "display_name", "label")


def get(value: Any, *path: str | int) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what is at the end of a path of keys and places; None if there is nothing.

    >>> get({"results": [{"text": "hi"}]}, "results", 0, "text"), get([], "results", 0)
    ('hi', None)
    """
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else None
    return value


def first(value: Any, keys: Iterable[str]) -> Any:  # noqa: ANN401
    """Return the first value under one of the keys that is not null.

    >>> first({"speaker": None, "speaker_id": 0}, ("speaker", "speaker_id"))
    0
    """
    if not isinstance(value, dict):
        return None
    return next((value[key] for key in keys if value.get(key) is not None), None)


def objects(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the objects of a list; nothing if it is no list.

    >>> objects([{"text": "hi"}, None]), objects("hi")
    ([{'text': 'hi'}], [])
    """
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def checked(value: Any, log: ProblemLog, what: str) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the objects of a list of pieces of talk; report what is none."""
    found = objects(value)
    if isinstance(value, list) and (others := len(value) - len(found)):
        log.add(
            f"{count(others, what)} cannot be read: expected a JSON object. What is in them is "
            "left out. Export the transcript once more.",
            Severity.WARNING,
        )
    return found


def words_of(value: Any, log: ProblemLog | None = None) -> str:  # noqa: ANN401
    """Return words with single spaces between them; empty if the value is not text or a number.

    The log gets a warning if there may be words in a value of another type.

    >>> words_of("  I  was"), words_of(12), words_of(None)
    ('I was', '12', '')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value) if abs(value) < _LATEST else ""  # not nan, and no endless number
    if not isinstance(value, str):
        if isinstance(value, list | dict) and value and log is not None:
            log.add(
                "words are a JSON list or object; expected text in quotation marks. They are left "
                "out. Export the transcript once more.",
                Severity.WARNING,
            )
        return ""
    # JSON can hold half of a surrogate pair, which no file can.
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return one_line(whole)


def name_of(value: Any) -> str:  # noqa: ANN401
    """Return the name or the number of a speaker; empty if there is none. 0 is a number.

    >>> name_of(0), name_of("spk_1"), name_of({"id": 1, "name": "Nora"}), name_of(None)
    ('0', 'spk_1', 'Nora', '')
    """
    if isinstance(value, dict):
        return next((name for key in _NAMES if (name := name_of(value.get(key)))), "")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    name = words_of(value)
    return "" if name.lower() in _NO_NAME else name.strip("[]")


def names_of(value: Any) -> dict[str, str]:  # noqa: ANN401
    """Return what the speakers of a list are called, by their numbers or codes.

    It is empty unless each of them has a name of its own.

    >>> names_of([{"id": 0, "name": "Nora"}, {"id": 1, "name": "Ben"}])
    {'0': 'Nora', '1': 'Ben'}
    """
    found = {name_of(first(each, _CODES)): name_of(first(each, _CALLED)) for each in objects(value)}
    return found if len({*found.values()} - {""}) == len(found) else {}


def number(value: Any) -> float | None:  # noqa: ANN401
    """Return a number that can be a time: not negative, not endless; None if it is none.

    >>> number(1.5), number("1.5"), number(True), number(-1), number("nan")
    (1.5, 1.5, None, None, None)
    """
    if isinstance(value, str):
        try:
            value = float(value) if len(value) <= 32 else None
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < 1000 * _LATEST and math.isfinite(value) else None


def time_of(value: Any, per_second: float = 1) -> float | None:  # noqa: ANN401
    """Return a time in seconds; None if there is none.

    Parameters
    ----------
    value : any
        A number or a text in units of which there are `per_second`; or, whatever the unit,
        "12.9s", "00:00:12,900" or an object with seconds and nanos.
    per_second : float, default 1
        For example 1000 for milliseconds.

    Examples
    --------
    >>> time_of(12900, 1000), time_of("12.9s"), time_of({"seconds": "12", "nanos": 900000000})
    (12.9, 12.9, 12.9)
    """
    if isinstance(value, dict) and "relative" in value:  # of Recall, next to the date
        value = value["relative"]
    if isinstance(value, dict):
        whole, nanos = number(value.get("seconds", 0)), number(value.get("nanos", 0))
        return None if whole is None or nanos is None or not value else whole + nanos / 1e9
    if (plain := number(value)) is not None:
        return plain / per_second
    return times.seconds(value) if isinstance(value, str) and len(value) <= 32 else None


def time_text(seconds: float | None) -> str:
    """Return a time as a record has it.

    >>> time_text(12.9), time_text(None)
    ('12.9', '')
    """
    return "" if seconds is None or seconds > _LATEST else repr(round(seconds, 3))


def again(log: ProblemLog, *texts: Any) -> None:  # noqa: ANN401
    """Leave out words that the file also has elsewhere."""
    if words := " ".join(map(words_of, texts)).strip():
        log.leave_out(NotTalk.AGAIN, words)
