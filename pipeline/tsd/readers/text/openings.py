"""What stands before a name on a line: a bullet, a number, a time; and lines that are a time."""

from __future__ import annotations

import re
from typing import NamedTuple

from tsd.readers.times import CLOCK, PROGRAM, SECONDS, SPELLED

LONGEST = 120  # characters before the words, with times and marks
TO = r"\s?(?:-{1,2}>|→|[-–—,]|to|bis)\s?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s{1,2}(?:at\s)?"  # of a chat
TIME = (
    rf"(?:[\[(<{{]\s?(?:{_DATE})?(?:{CLOCK}|{SPELLED})(?:{TO}(?:{CLOCK}|{SPELLED}))?\s?[\])>}}]"
    rf"|[\[(<{{]\s?{SECONDS}{TO}{SECONDS}\s?[\])>}}]|{SECONDS}{TO}{SECONDS}(?![\w.,])"
    rf"|{PROGRAM}|{CLOCK}(?:{TO}{CLOCK})?)"
)
_SHORT_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,9})?"  # 0:0:3.41
_TWICE = rf"(?:\d{{1,3}} [^\W\d_]{{3,12}},? ?){{1,3}}(?P<clock>{CLOCK})"  # 3 seconds0:03, of Teams
TIME_LINE = re.compile(
    rf"[*_~-]{{0,3}}\s?(?:{TIME}|{_SHORT_CLOCK}\s?-->\s?{_SHORT_CLOCK}|{SPELLED}|{_TWICE})\s?[*_~-]{{0,3}}",
    re.IGNORECASE,
)
"""A line that is only a time, or a beginning and an end."""

_ONE_TIME = re.compile(rf"{PROGRAM}|{CLOCK}|{SPELLED}|{_SHORT_CLOCK}|{SECONDS}", re.IGNORECASE)
_OPENING = re.compile(
    rf"(?:[-\#]\s+|>{{1,3}}\s*|[–—•]\s*|\#{{2,6}}\s*|\*\s+)?(?P<mark>[*_]{{1,3}})?"
    rf"(?:\#?(?P<number>\d{{1,6}})(?:[.)](?!\d)\s*|\s+)"
    rf"|[(\[](?P<boxed>\d{{1,6}})[)\]]\s*(?=[^\W\d_]))?"
    rf"(?:(?P<time>(?:{_DATE})?{TIME})\s*(?:[-–—|]\s+)?)?(?P<more>[*_]{{1,3}})?",
    re.IGNORECASE,
)


class Opening(NamedTuple):
    """What stands before a name: a bullet, a number, a time, bold type."""

    rest: str
    number: str = ""
    time: str = ""
    mark: str = ""


def opening(text: str) -> Opening:
    """Take off what stands before a name."""
    match = _OPENING.match(text)
    if match is None or not match.end():
        return Opening(text)
    mark = (match["mark"] or "") + (match["more"] or "")
    return Opening(
        text[match.end() :], match["number"] or match["boxed"] or "", match["time"] or "", mark
    )


def time_line(text: str) -> tuple[str, str] | None:
    """Return the beginning and the end that are all that a line has, or None.

    >>> time_line("[00:01:02 - 00:01:04]"), time_line("1 minute 2 seconds")
    (('00:01:02', '00:01:04'), ('1 minute 2 seconds', ''))
    """
    match = TIME_LINE.fullmatch(text) if len(text) <= LONGEST else None
    return match and both(match["clock"] or text)


def may_be_time(text: str) -> bool:
    """Whether a line begins as a time can."""
    return text[:1].isdigit() or text[:1] in ("[", "(", "<", "{", "#", "*", "_", "~", "-")


def both(time: str) -> tuple[str, str]:
    """Return the beginning and the end that a time has; the end can be empty."""
    first, *more = (match[0] for match in _ONE_TIME.finditer(time))
    return first, more[0] if more else ""
