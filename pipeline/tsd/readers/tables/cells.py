"""What stands in the cells of a table: words, names of speakers, times."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tables.columns_patterns import STAND_INS
from tsd.readers.times import is_no_time, seconds
from tsd.readers.web_text import without_markup

_CLOCK_FIRST = re.compile(
    r"([\[(]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,;:]\d{1,6})?[\])]?)(?:\s+|\s*[-–—:]\s+)(\D.*)", re.S
)
_RANGE = re.compile(r"\s+(?:-|–|—|-->|to)\s+|\s*-->\s*|(?<=\d)\s*[-–—]\s*(?=\d)")
_EXCEL_DAY_0 = datetime(1899, 12, 31)


def plain_words(text: str, log: ProblemLog, line: int | None) -> str:
    r"""Return the words of a cell without the markup of web pages; tags are left out.

    >>> plain_words("well_comma_ here&amp;now<br>or <i>so</i>", ProblemLog(""), 1)
    'well, here&now\nor so'
    """
    for written, sign in STAND_INS.items():
        text = text.replace(written, sign)
    return without_markup(text, log, line)


def label(cell: str) -> str:
    """Return the name of a speaker without the colon behind it.

    >>> label(" DB: ")
    'DB'
    """
    return cell.strip().rstrip(":").rstrip()


def time_fields(
    start: str, end: str, duration: str, log: ProblemLog, line: int | None
) -> tuple[str, str]:
    """Return the start and the end of a row, from whichever of its cells say so.

    A range stands for both; words behind a time are left out.

    >>> time_fields("0:05.0 - 0:07.5", "", "", ProblemLog(""), 1)
    ('0:05.0', '0:07.5')
    >>> time_fields("[00:03:43] the interview begins", "", "2 s", ProblemLog(""), 1)
    ('[00:03:43]', '225.0')
    """
    start, end = start.strip(), end.strip()
    if start and seconds(start) is None:
        parts = _RANGE.split(start.strip("[]()"), maxsplit=1)
        if len(parts) == 2 and None not in map(seconds, parts):
            start, end = parts[0].strip(), end or parts[1].strip()
        elif found := _CLOCK_FIRST.fullmatch(start):
            log.leave_out(NotTalk.HEADING, found[2], line=line)
            start = found[1]
    if not end and duration.strip():
        begins, lasts = seconds(start), seconds(duration)
        if begins is not None and lasts is not None:
            end = str(round(begins + lasts, 6))
    return start, end


def in_unit(cell: str, unit: float) -> str:
    """Return a time that is a plain number of a unit in seconds; other cells stay as they are.

    >>> in_unit("3420", 0.001), in_unit("0:03", 0.001)
    ('3.42', '0:03')
    """
    plain = cell.strip()
    if is_no_time(plain) or ":" in plain or (value := seconds(plain)) is None:
        return cell
    return str(round(value * unit, 6))


def as_text(value: Any) -> str:  # noqa: ANN401 - whatever a spreadsheet or a database holds
    """Return the value of a cell as text; times become a clock or seconds.

    >>> as_text(5.0), as_text(time(0, 1, 2)), as_text(timedelta(seconds=90)), as_text(None)
    ('5', '0:01:02', '90.0', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _number(value)
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}:{value.second:02}" + _fraction(value.microsecond)
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    if isinstance(value, datetime):
        # A time of more than a day, in a spreadsheet, is a date in 1900.
        if value.year <= 1900:
            return str((value.replace(tzinfo=None) - _EXCEL_DAY_0).total_seconds())
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ",".join(map(as_text, value))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    # JSON can hold half of a surrogate pair, which no file can.
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: float) -> str:
    return "" if value != value else repr(value)  # NaN is an empty cell


def _fraction(microseconds: int) -> str:
    return f".{microseconds:06}".rstrip("0") if microseconds else ""
