"""Times that are not in seconds from the start: milliseconds, dates, times of day.

What a number means is decided for each session by what it would make of the talk: how many words a
second it has. People speak two to three words a second; with pauses, hardly less than one in ten
seconds, and never more than twelve a second over a whole session.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.times import is_no_time, seconds
from tsd.schema import Severity, count_words

_SLOWEST, _FASTEST = 0.1, 12.0  # words a second of talk, over a session
_EXTREMES = 0.04, 25.0  # words a second from one utterance to the next
_ROUNDED = 0.5  # seconds by which a pause can be wrong, if times are in whole seconds
_SLOW_TALK, _LONG_PAUSE = 1.0, 30.0  # words a second, seconds
_MOST_SILENT = 0.25  # of a session: long pauses; posts in a forum have little else between them
_MOST_WITHIN = 0.75  # of the utterances that must lie within these
_TOO_SLOW = 0.008  # words a second: one word in two minutes is no talk
_LONGEST = 6 * 3600.0  # seconds of one session
_UNIX = 9e8  # seconds since 1970, in 1998; as a time of a session, 28 years
_FEWEST, _FEWEST_WORDS = 4, 8  # utterances with a time, words, by which a session is judged
_FEWEST_TURNS = 8
_TOLERANCE = 1e-6

_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d)?"
)
# "1/2/2024 10:00:05", "01.02.2024, 10:00": which is the day and which the month is not known.
_WRITTEN_DATE = re.compile(r"(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?\s+(\d{1,2}:.{1,20})")
_WRITTEN_TIME = re.compile(r":|\d\s?(?:h|m)", re.IGNORECASE)  # 1:02, 1 minute 2 seconds
_NAME_THE_UNIT = (
    "If that is wrong, name the unit in the name of the column, as in 'start (s)' or 'start (ms)'."
)


@dataclass(frozen=True, slots=True)
class _Timed:
    """An utterance with a start: where it is among the rows, its times as they are written."""

    place: int
    start: float
    end: float | None


class _Scale(NamedTuple):
    """What to take off times, then to multiply them with; 0 means that they are not used."""

    factor: float
    origin: float
    done: str
    message: str


def in_seconds(rows: list[Record], log: ProblemLog, session_id: str) -> tuple[list[Record], str]:
    """Return the rows of a session with times in seconds from its start, and what was done to them.

    Milliseconds, minutes that a spreadsheet took for hours, and fractions of a day are converted,
    and so are times of day and dates; the log gets a warning. Times that fit no talk in any unit
    are dropped, with a warning. Times that fit in seconds stay as they are, and so do those whose
    unit the file names (field ``time_unit``).

    Examples
    --------
    >>> words = ["How are you?", "Tired.", "I was tired for a year.", "Oh, for a whole year?"]
    >>> starts = ["0", "3420", "5100", "9800"]
    >>> rows = [Record(t, "T", None, {"start": s}) for t, s in zip(words, starts)]
    >>> found, done = in_seconds(rows, ProblemLog("a.tsv"), "a")
    >>> [row.get("start") for row in found], done
    (['0.0', '3.42', '5.1', '9.8'], 'converted from milliseconds')
    """
    if not any(row.get("start").strip() for row in rows):
        return rows, ""
    if dated := _dates(rows) or _without_date(rows):
        rows, clock = dated, True
    else:
        clock = any(_WRITTEN_TIME.search(row.get("start")) for row in rows)
    timed = _timed(rows)
    unit_is_known = any(row.get("time_unit") for row in rows)
    if not timed or (unit_is_known and timed[0].start < _UNIX):
        return rows, ""
    found = _scale(rows, timed, clock=clock)
    if found is None:
        return rows, ""
    log.add(found.message, Severity.WARNING, session_id=session_id)
    return [_scaled(row, found.factor, found.origin) for row in rows], found.done


def _dates(rows: Sequence[Record]) -> list[Record] | None:
    """Return the rows with dates as seconds since 1970; None if they have no dates."""
    texts = [row.get(name).strip() for row in rows for name in ("start", "end")]
    if not any(map(_DATE_TIME.fullmatch, texts)):
        return None
    return [
        replace(
            row,
            fields={
                **row.fields,
                **{name: _since_1970(row.get(name)) for name in ("start", "end") if row.get(name)},
            },
        )
        for row in rows
    ]


def _without_date(rows: Sequence[Record]) -> list[Record] | None:
    """Return the rows with times of day, if all their times are of one written date."""
    names = ("start", "end")
    found = [_WRITTEN_DATE.fullmatch(row.get(n).strip()) for row in rows for n in names]
    if len({match[1] for match in found if match}) != 1:
        return None
    return [
        replace(
            row, fields={**row.fields, **{n: _WRITTEN_DATE.sub(r"\2", row.get(n)) for n in names}}
        )
        for row in rows
    ]


def _since_1970(text: str) -> str:
    plain = text.strip()
    if not _DATE_TIME.fullmatch(plain):
        return text
    # Python takes at most microseconds.
    plain = re.sub(r"([.,]\d{6})\d+", r"\1", plain).replace(",", ".").replace(" ", "T", 1)
    try:
        found = datetime.fromisoformat(plain.replace(" ", ""))
    except ValueError:
        return text
    return str((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())


def _timed(rows: Sequence[Record]) -> list[_Timed]:
    found = []
    for place, row in enumerate(rows):
        start = None if is_no_time(row.get("start")) else seconds(row.get("start"))
        end = None if is_no_time(row.get("end")) else seconds(row.get("end"))
        if start is not None:
            found.append(_Timed(place, start, end))
    return found


def _scale(rows: Sequence[Record], timed: Sequence[_Timed], *, clock: bool) -> _Scale | None:
    """Find out what the times of a session are; None if they are right as they are."""
    first = min(each.start for each in timed)
    if first >= _UNIX:
        return _from_unix(rows, timed, first)
    length = max(each.end or each.start for each in timed) - first
    words = [count_words(row.text) for row in rows]
    spoken = sum(words[timed[0].place : timed[-1].place])
    if len(timed) < _FEWEST or spoken < _FEWEST_WORDS:
        return None
    if length <= _TOLERANCE:
        return _unused("are the same in all utterances")
    if _counts_turns(timed, rows, clock=clock):
        return _unused("are the numbers 1, 2, 3 ... of the utterances")
    rate = spoken / length
    if _TOO_SLOW < rate <= _FASTEST and length <= _LONGEST and (rate > 0.15 or not clock):
        return _of_day(first, length)
    for factor, named in _candidates(timed, clock=clock):
        if _fits(timed, words, factor):
            origin = first if first * factor > _LONGEST else 0.0
            return _Scale(factor, origin, f"converted from {named}", _converted(named, rate))
    # Minutes and hours are not mistaken for another unit: the file may be an excerpt.
    if (rate > _TOO_SLOW or clock) and rate <= _FASTEST and length <= _LONGEST:
        return _of_day(first, length)
    if rate > _FASTEST:
        return _unused(f"would make the talk {rate:,.0f} words a second fast")
    if length > _LONGEST:
        return _unused(f"would make the session {length / 3600:,.0f} hours long")
    return _unused("would make the talk slower than one word in two minutes")


def _candidates(timed: Sequence[_Timed], *, clock: bool) -> list[tuple[float, str]]:
    if clock:
        whole = all(abs(each.start % 60) < _TOLERANCE for each in timed)
        return [(1 / 60, "minutes and seconds that were taken for hours and minutes")] * whole
    day = max(each.start for each in timed) <= 1
    if day:
        return [(86_400.0, "fractions of a day")]
    # Ticks, of Windows, before microseconds: talk in microseconds is too fast for ticks, while talk
    # in ticks could be slow talk in microseconds.
    return [(0.001, "milliseconds"), (1e-7, "ticks of 100 nanoseconds"), (1e-6, "microseconds")]


def _fits(timed: Sequence[_Timed], words: Sequence[int], factor: float) -> bool:
    """Whether talk with these times would be as fast as people speak, in most of its parts."""
    rates, silent = [], 0.0
    whole = all(abs(each.start * factor % 1) < _TOLERANCE for each in timed)
    wrong = _ROUNDED if whole else _TOLERANCE
    for this, after in pairwise(timed):
        spoken = sum(words[this.place : after.place])
        lasts = (after.start - this.start) * factor
        pause = lasts - spoken / _SLOW_TALK
        silent += pause if pause > _LONG_PAUSE else 0.0
        if spoken and lasts >= 0:
            rates.append(spoken / (lasts + wrong))
        elif spoken:
            rates.append(0.0)  # times that go backward fit no talk
    length = (timed[-1].start - timed[0].start) * factor
    spoken = sum(words[timed[0].place : timed[-1].place])
    slow, fast = _EXTREMES
    within = sum(slow <= rate <= fast for rate in rates)
    return (
        0 < length <= _LONGEST
        and _SLOWEST <= spoken / length <= _FASTEST
        and silent <= _MOST_SILENT * length
        and within >= _MOST_WITHIN * len(rates)
    )


def _from_unix(rows: Sequence[Record], timed: Sequence[_Timed], first: float) -> _Scale:
    """Take dates, as seconds or milliseconds since 1970, from the start of the session on."""
    factor = 1.0 if first < _UNIX * 1000 else 0.001 if first < _UNIX * 1e6 else 1e-6
    starts = [each.start for each in timed]
    length = (max(starts) - first) * factor
    if length > _LONGEST:
        return _unused(f"are dates over {length / 3600:,.0f} hours, too long for one session")
    if any(later < earlier for earlier, later in pairwise(starts)):
        return _unused("are dates that go backward")
    spoken = sum(count_words(row.text) for row in rows[timed[0].place : timed[-1].place])
    if len(timed) >= _FEWEST and spoken > _FASTEST * max(length, 1):
        return _unused("are dates that lie too close together for so many words")
    message = "times are dates; they were counted from the first utterance of the session on."
    return _Scale(factor, first, "dates, counted from the first utterance on", message)


def _of_day(first: float, length: float) -> _Scale | None:
    """Take times of day from the start of the session on; leave others as they are."""
    if first <= _LONGEST or length > _LONGEST:
        return None
    hours, rest = divmod(int(first), 3600)
    return _Scale(
        1.0,
        first,
        "times of day, counted from the first utterance on",
        f"times begin at {hours}:{rest // 60:02}:{rest % 60:02}; they were taken as times of day "
        "and counted from the first utterance on.",
    )


def _counts_turns(timed: Sequence[_Timed], rows: Sequence[Record], *, clock: bool) -> bool:
    starts = [each.start for each in timed]
    return (
        not clock
        and len(rows) == len(timed) >= _FEWEST_TURNS
        and starts[0] in (0, 1)
        and starts == [starts[0] + i for i in range(len(starts))]
        and not any(each.end is not None for each in timed)
    )


def _converted(named: str, rate: float) -> str:
    return (
        f"times were taken as {named} (as seconds, the talk would have {rate:.2g} words a "
        f"second) and converted to seconds. {_NAME_THE_UNIT}"
    )


def _unused(reason: str) -> _Scale:
    return _Scale(
        0.0,
        0.0,
        f"not used: they {reason}",
        f"the times {reason}. They are not used; talk time is estimated from the number of words. "
        "Correct the times, or name their unit in the name of the column, as in 'start (ms)'.",
    )


def _scaled(row: Record, factor: float, origin: float) -> Record:
    fields = dict(row.fields)
    for name in ("start", "end"):
        found = None if is_no_time(row.get(name)) else seconds(row.get(name))
        if found is None:
            continue  # what cannot be read is reported where it is
        fields[name] = str(round((found - origin) * factor, 6)) if factor else ""
    return replace(row, fields=fields)
