"""From the lines of a file to its turns, with a place for every word that is no talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.text.lines import Line, one_blank
from tsd.readers.text.notes import TIME_INSIDE
from tsd.readers.text.openings import may_be_time, time_line
from tsd.readers.text.shapes import Head, Layout
from tsd.readers.times import CLOCK, PROGRAM, seconds

_PROGRAM = re.compile(PROGRAM)
_LAST_CLOCK = re.compile(rf"(?:^|\s)({CLOCK})$")
_MOSTLY = 0.8
_FEW = 3


@dataclass(slots=True)
class Turn:
    """The lines of one turn: its head, its times, and its words as they stand on the lines."""

    head: Head
    line: int
    start: str = ""
    end: str = ""
    last: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words on all lines, with a blank between lines."""
        return one_blank(" ".join(part for part in self.parts if part)).strip()


def gather(
    lines: Sequence[Line],
    found: Sequence[Head | None],
    kinds: Sequence[NotTalk | None],
    log: ProblemLog,
) -> list[Turn]:
    """Gather the lines of each turn; what is no talk goes to the log.

    A line without a head goes on with the turn before. A line that is only a time is the start of
    the next turn, or of the one whose name stands above it.
    """
    turns: list[Turn] = []
    start, end = "", ""
    for line, head, kind in zip(lines, found, kinds, strict=True):
        if not line.text:
            continue
        if kind is not None:
            log.leave_out(kind, line.text, line=line.number)
        elif head is not None:
            turns.append(_begin(line, head, start, end, log))
            start, end = "", ""
        elif may_be_time(line.text) and (time := time_line(line.text)) is not None:
            log.leave_out(NotTalk.TIME, line.text, line=line.number)
            last = turns[-1] if turns else None
            if last and last.head.layout is Layout.ALONE and not last.text and not last.start:
                last.start, last.end = time
            else:
                start, end = time
        elif turns:
            _add(turns[-1], line.text, line.number, log)
        else:
            log.leave_out(NotTalk.HEADING, line.text, line=line.number)
    return turns


def _begin(line: Line, head: Head, start: str, end: str, log: ProblemLog) -> Turn:
    log.leave_out(NotTalk.LABEL, head.label, line=line.number)
    for time in (head.start, *head.end.split("\t")):
        if time:
            log.leave_out(NotTalk.TIME, time, line=line.number)
    if head.number:
        log.leave_out(NotTalk.NUMBER, head.number, line=line.number)
    turn = Turn(head, line.number, *((head.start, _end(head)) if head.start else (start, end)))
    _add(turn, head.words, line.number, log)
    return turn


def _end(head: Head) -> str:
    """Return the end of a turn: in columns, the first time after its start."""
    times = head.end.split("\t")
    if len(times) == 1:
        return head.end
    start = seconds(head.start)
    later = (time for time in times if start is not None and (seconds(time) or 0.0) > start)
    return next(later, "")


def _add(turn: Turn, words: str, number: int, log: ProblemLog) -> None:
    """Add the words of a line to a turn, without the times in them."""
    if "#" in words or "[" in words or ":" in words:
        for match in TIME_INSIDE.finditer(words):
            log.leave_out(NotTalk.TIME, match[0], line=number)
            if not words[match.end() :].strip(" .?!"):
                turn.last = match[0]
            if not _PROGRAM.fullmatch(match[0]):
                if not turn.start and not turn.text and not words[: match.start()].strip():
                    turn.start = match[0]
            elif not words[: match.start()].strip() and not turn.text and not turn.start:
                turn.start = match[0]
            elif not words[match.end() :].strip():
                turn.end = match[0]
        words = TIME_INSIDE.sub(" ", words).strip()
    turn.parts.append(words)


def _take_last_times(turns: Sequence[Turn], log: ProblemLog) -> None:
    """Take the times with which nearly all turns end, such as "words 0:03", as their ends."""
    if len(turns) < _FEW or any(turn.start or turn.end for turn in turns):
        return
    bare = [_LAST_CLOCK.search(turn.parts[-1]) for turn in turns]
    times = [match[1] if match else turn.last for match, turn in zip(bare, turns, strict=True)]
    clocks = [clock for clock in map(seconds, times) if clock is not None]
    if len(clocks) < _MOSTLY * len(turns) or clocks != sorted(clocks):
        return
    for turn, match, time in zip(turns, bare, times, strict=True):
        turn.end = time
        if match:
            log.leave_out(NotTalk.TIME, match[1], line=turn.line)
            turn.parts[-1] = turn.parts[-1][: match.start()].rstrip()


def use_ends(turns: Sequence[Turn], log: ProblemLog) -> bool:
    """Let a turn start where the one before ends, if only ends are written; return whether so.

    Programs such as f4 write a time at the end of each paragraph: it is the end of that paragraph
    and the start of the next, and the first starts with the recording.
    """
    _take_last_times(turns, log)
    ends = sum(bool(turn.end) and not turn.start for turn in turns)
    if ends < _MOSTLY * len(turns) or any(turn.start for turn in turns):
        return False
    turns[0].start = "0"
    for before, after in pairwise(turns):
        after.start = before.end
    return True


def in_order_of_time(turns: list[Turn], names: Mapping[str, str]) -> list[Turn]:
    """Sort turns by time if they are sorted by speaker: all turns of one, then all of the next."""
    starts = [seconds(turn.start) if turn.start else None for turn in turns]
    if len(turns) < 3 or any(start is None for start in starts):
        return turns
    speakers = [names[turn.head.label] for turn in turns]
    changes = sum(a != b for a, b in pairwise(speakers))
    back = sum(b < a for a, b in pairwise(start for start in starts if start is not None))
    if not back or back > changes or changes != len(set(speakers)) - 1:
        return turns
    return sorted(turns, key=lambda turn: seconds(turn.start) or 0.0)


def words_before(
    lines: Sequence[Line], found: Sequence[Head | None], kinds: Sequence[NotTalk | None]
) -> Iterator[Line]:
    """Yield the lines above the first turn."""
    for line, head, kind in zip(lines, found, kinds, strict=True):
        if head is not None:
            return
        if line.text and kind is None and not time_line(line.text):
            yield line
