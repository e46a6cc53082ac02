"""Times as people and programs write them."""

from __future__ import annotations

import math
import re

CLOCK = (
    r"\d{1,3}:\d{2}(?::\d{2}(?:[:;]\d{2,3})?)?(?:[.,]\d{1,9})?"
    r"(?:\s?[AaPp]\.?[Mm]\b\.?)?(?!:?\d)"
)
"""A time with colons, as a pattern: 1:02, 00:01:02.5, 00:01:02:12 (frames), 9:30 am."""

_HOUR = r"h(?:rs?|ours?)?|std|stunden?"
_MINUTE = r"m(?:ins?|inutes?|inuten?)?|min"
_SECOND = r"s(?:ecs?|econds?|ekunden?|ek)?"
SPELLED = (
    rf"\d{{1,3}}\s?(?:{_HOUR}|{_MINUTE}|{_SECOND})\b\.?"
    rf"(?:,?\s?\d{{1,2}}\s?(?:{_MINUTE}|{_SECOND})\b\.?){{0,2}}"
    r"|\d{1,3}h\d{1,2}m(?:\d{1,2}s)?|\d{1,3}m\d{1,2}s"
)
"""A time in words, as a pattern: 1 minute 2 seconds, 1h00m30s."""

SECONDS = r"\d{1,6}[.,]\d{1,9}\s?s?"
"""Seconds with a fraction, as a pattern: 12.5, 0.00s."""

PROGRAM = r"#\d{1,2}:\d{2}(?::\d{2})?(?:[-.,:]\d{1,3})?#"
"""A time as f4 and MAXQDA write it into a text, as a pattern: #00:01:02-5#."""

_CLOCK = re.compile(
    r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{1,2})"
    r"(?:[:;](?P<frames>\d{2})|[:;](?P<thousandths>\d{3})|[.,](?P<fraction>\d{1,9})|-(?P<tenth>\d))?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?:pt)?(?:(?P<hours>\d{{1,3}})\s?(?:{_HOUR})\b\.?|(?P<h>\d{{1,3}})h)?,?\s?"
    rf"(?:(?P<minutes>\d{{1,4}})\s?(?:{_MINUTE})\b\.?|(?P<m>\d{{1,4}})m)?,?\s?"
    rf"(?:(?P<seconds>\d{{1,6}}(?:[.,]\d{{1,9}})?)\s?(?:{_SECOND})\.?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\s*s?")
_MILLISECONDS = re.compile(r"(\d{1,12})\s*ms")
_NO_TIME = frozenset({"", "-", "--", "na", "n/a", "nan", "nat", "none", "null"})
_MARKS = " \t[](){}<>#"
_LONGEST = 60
"""No time is written with more characters than this."""


def is_no_time(text: str) -> bool:
    """Whether a cell says that there is no time.

    >>> is_no_time(" N/A "), is_no_time("0")
    (True, False)
    """
    return text.strip().strip("[]()").strip().lower() in _NO_TIME


def seconds(text: str) -> float | None:
    """Return a time in seconds; None if it cannot be read.

    Brackets, a decimal comma and a unit ("12 s", "1500 ms") are allowed. Frames, the fourth number
    of HH:MM:SS:FF, are dropped: how many of them make a second is not in the text. A fourth number
    of three digits is thousandths. A time of day (9:30 pm) counts from midnight.

    Examples
    --------
    >>> seconds("[01:02:03.5]"), seconds("02:03,5"), seconds("12.5 s"), seconds("soon")
    (3723.5, 123.5, 12.5, None)
    >>> seconds("01:02:03:12"), seconds("#00:00:05-1#"), seconds("1h00m30s")
    (3723.0, 5.1, 3630.0)
    >>> seconds("1 minute 2 seconds"), seconds("9:30:00 pm")
    (62.0, 77400.0)
    """
    text = text.strip().strip(_MARKS)
    if not text or len(text) > _LONGEST:
        return None
    if _SECONDS.fullmatch(text):
        found = float(text.rstrip("s ").replace(",", "."))
        return found if math.isfinite(found) else None
    if clock := _CLOCK.fullmatch(text):
        return _of_clock(clock)
    if thousandths := _MILLISECONDS.fullmatch(text):
        return int(thousandths[1]) / 1000
    if (spelled := _SPELLED.fullmatch(text)) and any(spelled.groups()):
        hours, minutes = spelled["hours"] or spelled["h"], spelled["minutes"] or spelled["m"]
        rest = (spelled["seconds"] or "0").replace(",", ".")
        return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest)
    return None


def _of_clock(clock: re.Match[str]) -> float | None:
    hours, minutes, rest = clock["hours"], int(clock["minutes"]), int(clock["seconds"])
    if clock["half"] and hours is None:  # "9:30 pm" has no seconds
        hours, minutes, rest = clock["minutes"], rest, 0
    if rest >= 60 or (hours is not None and minutes >= 60):
        return None
    hour = int(hours or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    fraction = clock["thousandths"] or clock["fraction"] or clock["tenth"] or "0"
    return hour * 3600 + minutes * 60 + rest + float(f"0.{fraction}")
