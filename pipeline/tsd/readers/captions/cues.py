"""The cues of WebVTT and SRT: their times and lines, and what is not a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tsd.readers.log import NotTalk, ProblemLog
from tsd.schema import Severity
from tsd.words import count

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,3})?"
_TIMING = re.compile(rf"\s*({CLOCK})\s*--?>\s*({CLOCK})((?:\s.*)?)")
_BROKEN_TIMING = re.compile(r"(?=.*\d)[-\s\d:.,;]*-->[\s\d:.,;]*")
_NOTE = re.compile(r"NOTE(?:\s.*)?")
_ID = re.compile(r"(?=\D*\d)\S{8,}")  # of a cue, as Teams writes it
_EMPTY_LINE = (
    "there is an empty line inside a cue; the words below it are read as part of the cue. If they "
    "are a note, begin it with NOTE."
)
_STYLES = ("STYLE", "REGION")


@dataclass(slots=True)
class Cue:
    """What is shown from `start` to `end` (as the file writes them): numbered lines of text.

    `name` is the number or the name that is above its times, if there is one.
    """

    line: int
    start: str
    end: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    name: str = ""


def is_timing(line: str) -> bool:
    """Whether a line has the times of a cue.

    >>> is_timing("00:01.000 --> 00:03.500 align:start"), is_timing("From here --> there.")
    (True, False)
    """
    return _TIMING.fullmatch(line) is not None or _BROKEN_TIMING.fullmatch(line) is not None


def split_cues(lines: Sequence[str], log: ProblemLog, *, webvtt: bool) -> Iterator[Cue]:
    r"""Split the lines of a file into its cues, in their order.

    A cue ends where the next one begins: at its times, with the number or the name above them.
    An empty line alone does not end it, since people and programs write paragraphs into a cue.
    In WebVTT, blocks that begin with NOTE, STYLE or REGION are no cues. All that is no cue is left
    out in the log.

    Examples
    --------
    >>> lines = "1\n00:00:01,0 --> 00:00:02,0\nYes.\n\nI did.".split("\n")
    >>> [cue.lines for cue in split_cues(lines, ProblemLog("a.srt"), webvtt=False)]
    [[(3, 'Yes.'), (5, 'I did.')]]
    """
    cue: Cue | None = None
    aside = webvtt  # whether the block is no cue: the head of the file, or a note
    paragraphs, above, name = False, 0, ""
    for number, line in enumerate(lines, start=1):
        blank_before = number == 1 or not lines[number - 2].strip()
        if is_timing(line):
            if cue is not None:
                yield cue
            cue, aside, paragraphs = _cue(number, line, log), False, False
            cue.name, name = name, ""
        elif not line.strip():
            continue
        elif _is_name_of_cue(lines, number, blank_before, webvtt):
            log.leave_out(NotTalk.NUMBER, line, line=number)
            name = line.strip()
        elif webvtt and blank_before and _begins_aside(line):
            log.leave_out(NotTalk.HEADING, line, line=number)
            aside = True
        elif aside or cue is None:
            log.leave_out(NotTalk.HEADING, line, line=number)
            above += not aside
        else:
            if webvtt and blank_before and not paragraphs and cue.lines:
                log.add(_EMPTY_LINE, Severity.WARNING, line=number)
                paragraphs = True
            cue.lines.append((number, line))
    if above:
        log.add(
            f"{count(above, 'line')} above the first cue left out as a heading.",
            Severity.WARNING,
            line=1,
        )
    if cue is not None:
        yield cue


def _cue(number: int, line: str, log: ProblemLog) -> Cue:
    match = _TIMING.fullmatch(line)
    log.leave_out(NotTalk.TIME, line, line=number)
    if match is None:
        log.add(
            "the times of the cue cannot be read: expected HH:MM:SS.mmm --> HH:MM:SS.mmm. They "
            "count as missing. Correct them.",
            Severity.WARNING,
            line=number,
        )
        return Cue(number, "", "")
    return Cue(number, match[1], match[2])


def _is_name_of_cue(lines: Sequence[str], number: int, blank_before: bool, webvtt: bool) -> bool:
    """Check whether a line is the number or, in WebVTT, the name of the cue below it."""
    if number == len(lines) or not is_timing(lines[number]):
        return False
    name = lines[number - 1].strip()
    return name.isdigit() or (blank_before and (webvtt or _ID.fullmatch(name) is not None))


def _begins_aside(line: str) -> bool:
    return _NOTE.fullmatch(line) is not None or line.strip() in _STYLES
