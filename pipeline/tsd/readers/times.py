"""Times as people and programs write them."""

from __future__ import annotations

import math
import re

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")
_SECONDS = re.compile(r"\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\s*s?")
_NO_TIME = frozenset({"", "-", "--", "na", "n/a", "nan", "nat", "none", "null"})


def is_no_time(text: str) -> bool:
    """Whether a cell says that there is no time.

    >>> is_no_time(" N/A "), is_no_time("0")
    (True, False)
    """
    return text.strip().strip("[]()").strip().lower() in _NO_TIME


def seconds(text: str) -> float | None:
    """Return a time in seconds; None if it cannot be read.

    Brackets, a decimal comma and a unit ("12 s") are allowed.

    Examples
    --------
    >>> seconds("[01:02:03.5]"), seconds("02:03,5"), seconds("12.5 s"), seconds("soon")
    (3723.5, 123.5, 12.5, None)
    """
    text = text.strip().strip("[]()").strip()
    if _SECONDS.fullmatch(text):
        found = float(text.rstrip("s ").replace(",", "."))
        return found if math.isfinite(found) else None
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, rest, fraction = clock.groups()
        if int(rest) < 60 and (hours is None or int(minutes) < 60):
            whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
            return whole + float(f"0.{fraction or 0}")
    return None
