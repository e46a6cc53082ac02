"""Times as transcripts write them."""

from __future__ import annotations

import math
import re

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")
_ABSENT = frozenset({"", "-", "--", "na", "n/a", "nan", "nat", "none", "null"})
_SECONDS = re.compile(r"\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\s*s?")


def parse_time(text: str) -> float | None:
    """Read a time in seconds or as ``[HH:]MM:SS[.mmm]``.

    Parameters
    ----------
    text : str
        The time; brackets around it and a decimal comma are allowed.

    Returns
    -------
    float or None
        Seconds; None for an empty text, ``-``, ``NA`` and the like.

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> parse_time("00:01:02.5"), parse_time("3:04"), parse_time("12.25"), parse_time("")
    (62.5, 184.0, 12.25, None)
    """
    plain = text.strip().strip("[]()").strip()
    if plain.lower() in _ABSENT:
        return None
    if _SECONDS.fullmatch(plain):
        seconds = float(plain.rstrip("s ").replace(",", "."))
        if math.isfinite(seconds):
            return seconds
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, rest, fraction = clock.groups()
        if int(rest) < 60 and (hours is None or int(minutes) < 60):
            whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
            return whole + float(f"0.{fraction or 0}")
    raise ValueError("not a time: expected seconds or [HH:]MM:SS[.mmm]")
