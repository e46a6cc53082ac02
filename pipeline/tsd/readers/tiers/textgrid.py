"""TextGrids of Praat: intervals on tiers, in the long or the short text format.

In both, the file is a row of texts in quotation marks and of numbers, in the same order; the
long format has their names between them, which Praat does not read ("TextGrid file formats" in
its manual).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tsd.errors import ReadError
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.roles import shown_name
from tsd.readers.source import Source
from tsd.readers.tiers import names
from tsd.readers.tiers.labeled import with_labels
from tsd.readers.tiers.marks import is_silence, spoken
from tsd.readers.tiers.who import Turns, says_who
from tsd.settings import Reading

_NUMBER = re.compile(r"[-+]?\d{1,30}(?:\.\d{0,40})?(?:[eE][-+]?\d{1,3})?")
_TEXT = re.compile(r'"(?P<text>(?:[^"]++|"")*+)"?|![^\r\n]*+')  # or a comment
_BEFORE_COUNT = 3  # start and end of the tier, and how many intervals it has
_MOST = 10**9
_BINARY = b"ooBinaryFile"
_LINE_END = re.compile(r"\r\n|\n|\r")
_CLASSES = {"IntervalTier": 2, "TextTier": 1, "PointTier": 1}
_ADVICE = (
    "Give each speaker a tier of their own, with the speaker's name, or add a tier named "
    "'speaker' that says who speaks when."
)


@dataclass(frozen=True, slots=True)
class _Interval:
    start: float
    end: float
    text: str
    line: int


@dataclass(slots=True, eq=False)
class _Tier:
    times: int  # of each annotation: 2 for intervals, 1 for points
    name: str | None = None
    expected: int | None = None
    intervals: list[_Interval] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its name; empty as long as none was read."""
        return self.name or ""

    def texts(self) -> list[str]:
        """Its annotations that are not silence."""
        return [each.text for each in self.intervals if not is_silence(each.text)]


def _values(text: str) -> Iterator[tuple[str | float, int]]:
    """Yield the texts and the free-standing numbers of the file, each with its line."""
    line, place = 1, 0
    for found in _TEXT.finditer(text):
        if found["text"] is None:
            continue
        for number, row in enumerate(_LINE_END.split(text[place : found.start()])):
            line += number > 0
            yield from ((float(each), line) for each in _numbers(row))
        yield found["text"].replace('""', '"'), line
        line += len(_LINE_END.findall(found[0]))
        place = found.end()


def _numbers(row: str) -> Iterator[str]:
    for word in row.replace("=", " ").split():
        if word.startswith("!"):
            return
        if _NUMBER.fullmatch(word):
            yield word


def _parse(source: Source, log: ProblemLog) -> list[_Tier]:
    tiers: list[_Tier] = []
    times: list[float] = []
    line = 1
    for value, line in _values(source.text(log)):
        here = tiers[-1] if tiers else None
        full = here is not None and here.expected is not None and len(times) == here.times
        if isinstance(value, str) and value in _CLASSES and not full:
            if here is not None:
                _report_missing(here, log, line)
            tiers.append(_Tier(times=_CLASSES[value]))
            times = []
        elif here is None:
            continue
        elif isinstance(value, float):
            times.append(value)
            if here.expected is None and len(times) == _BEFORE_COUNT:
                here.expected, times = int(min(max(value, 0), _MOST)), []
        elif here.name is None:
            here.name, times = value, []
        elif full:
            here.intervals.append(_Interval(times[0], times[-1], value, line))
            times = []
        else:
            raise ReadError(
                source.path,
                "is damaged: expected the times of an interval in front of its words. Open it in "
                "Praat and save it as a text file again.",
                line=line,
            )
    if tiers:
        _report_missing(tiers[-1], log, line)
    return tiers


def _report_missing(tier: _Tier, log: ProblemLog, line: int) -> None:
    expected, found = tier.expected, len(tier.intervals)
    if expected is None or found < expected:
        log.add(
            f"the tier {shown_name(tier.label)} ends early: it has {found} of "
            f"{'unknown many' if expected is None else expected} intervals. Save the TextGrid "
            "in Praat again.",
            line=line,
        )


def _who_speaks(tiers: list[_Tier]) -> _Tier | None:
    """Return the tier that says who speaks, if there are others next to it."""
    found = (tier for tier in tiers if len(tiers) > 1 and says_who(tier.label, tier.texts()))
    return next(found, None)


def _records(talk: list[_Tier], who: _Tier | None, log: ProblemLog) -> list[Record]:
    rows: list[tuple[float, int, Record]] = []
    turns = Turns((each.start, each.end, each.text) for each in (who.intervals if who else ()))
    for tier in talk:
        person = names.person_of(tier.label)
        for each in tier.intervals:
            words = spoken(each.text, log, each.line)
            if words:
                name = person or turns.speaker(each.start, each.end)
                times = {"start": str(each.start), "end": str(each.end)}
                rows.append((each.start, len(rows), Record(words, name, each.line, times)))
    return [row for _, _, row in sorted(rows, key=lambda row: row[:2])]


def _choose(tiers: list[_Tier], who: _Tier | None, log: ProblemLog) -> list[_Tier]:
    """Return the tiers that are talk; what the others have is left out."""
    seen = [(names.Tier(tier.label, tier.texts()), tier) for tier in tiers if tier is not who]
    choice = names.choose(each for each, tier in seen if tier.times > 1)
    points = tuple(each for each, tier in seen if tier.times == 1)
    names.report(names.Choice(choice.talk, choice.other + points, choice.doubtful), log)
    talk = [tier for each, tier in seen if each in choice.talk]
    for tier in tiers:
        kind = NotTalk.LABEL if tier is who else NotTalk.TIER
        for each in tier.intervals if tier not in talk else ():
            if each.text.strip():
                log.leave_out(kind, each.text, line=each.line)
    return talk


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    if source.data.startswith(_BINARY):
        raise ReadError(
            source.path,
            "is a binary TextGrid. Open it in Praat and choose Save > Save as text file.",
        )
    tiers = _parse(source, log)
    who = _who_speaks(tiers)
    talk = _choose(tiers, who, log)
    if not talk:
        shown = ", ".join(shown_name(tier.label) for tier in tiers[:8]) or "none"
        raise ReadError(source.path, f"has no tier with talk; its tiers are: {shown}. {_ADVICE}")
    if who is None and not all(names.person_of(tier.label).strip() for tier in talk):
        if (labeled := with_labels(_records(talk, None, log), reading, log)) is not None:
            yield from labeled
            return
        shown = ", ".join(shown_name(tier.label) for tier in talk)
        raise ReadError(source.path, f"says nowhere who spoke: its talk is on {shown}. {_ADVICE}")
    yield from _records(talk, who, log)


def _recognises(source: Source) -> bool:
    if source.data.startswith(_BINARY):
        return b"TextGrid" in source.data[:40]
    head = source.start[:2000]
    return "ooTextFile" in head and '"TextGrid"' in head


TEXTGRID = Format("textgrid", (".textgrid",), _recognises, _read, cues=True)
