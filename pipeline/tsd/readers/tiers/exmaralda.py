"""Transcripts of EXMARaLDA: events of several speakers on one timeline, in XML (.exb).

The format is the "basic transcription" of T. Schmidt and K. Wörner, "EXMARaLDA - Creating,
analysing and sharing spoken language corpora" (Pragmatics 19, 2009).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tsd.errors import ReadError
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tiers import names
from tsd.readers.tiers.marks import is_silence, spoken
from tsd.readers.tiers.nodes import Node, nodes
from tsd.schema import Severity
from tsd.settings import Reading

_BAR = "|"
_ENDS = (".", "?", "!", "…", "˙")
_NO_TALK = ("a", "d")  # types of tiers: annotation, description


@dataclass(frozen=True, slots=True)
class _Event:
    start: str  # points of the timeline
    end: str
    text: str
    line: int


@dataclass(slots=True, eq=False)
class _Tier:
    speaker: str
    category: str
    kind: str
    shown: str
    events: list[_Event] = field(default_factory=list)


@dataclass(slots=True)
class _File:
    speakers: dict[str, str] = field(default_factory=dict)
    points: dict[str, tuple[int, str]] = field(default_factory=dict)  # place and time
    tiers: list[_Tier] = field(default_factory=list)


def _parse(source: Source, log: ProblemLog) -> _File:
    found = _File()
    open_tier: Node | None = None
    for node in nodes(source, log):
        text = node.text
        if node.name == "tli":
            found.points.setdefault(node.get("id"), (len(found.points), node.get("time")))
        elif node.name == "speaker":
            found.speakers.setdefault(node.get("id"), "")
        elif node.name == "abbreviation" and (speaker := node.within("speaker")) is not None:
            found.speakers[speaker.get("id")] = text.strip()
            log.leave_out(NotTalk.LABEL, text, line=node.line)
            continue
        elif node.name == "event" and (tier := node.within("tier")) is not None:
            if tier is not open_tier:
                open_tier = tier
                shown = tier.get("display-name") or tier.get("id")
                found.tiers.append(
                    _Tier(tier.get("speaker"), tier.get("category"), tier.get("type"), shown)
                )
            event = _Event(node.get("start"), node.get("end"), text, node.line)
            found.tiers[-1].events.append(event)
            continue
        if text.strip():
            log.leave_out(NotTalk.HEADING, text, line=node.line)
    return found


def _choose(found: _File, log: ProblemLog) -> list[_Tier]:
    """Return the tiers that are talk; what the others have is left out."""
    seen = [
        (
            names.Tier(
                tier.category or tier.shown,
                [event.text for event in tier.events if not is_silence(event.text)],
                person=tier.speaker,
            ),
            tier,
        )
        for tier in found.tiers
    ]
    choice = names.choose(each for each, tier in seen if tier.kind not in _NO_TALK and tier.speaker)
    # What is called "v" in the file is called "SPK1 [v]" on the screen.
    named = {id(each): names.Tier(tier.shown, each.texts) for each, tier in seen}
    talk = [tier for each, tier in seen if each in choice.talk]
    names.report(
        names.Choice(
            (),
            tuple(named[id(each)] for each, tier in seen if tier not in talk),
            tuple((named[id(a)], named[id(b)]) for a, b in choice.doubtful),
        ),
        log,
    )
    for tier in found.tiers:
        for event in tier.events if tier not in talk else ():
            if event.text.strip():
                log.leave_out(NotTalk.TIER, event.text, line=event.line)
    return talk


def _names(found: _File) -> dict[str, str]:
    """Return what each speaker is called: the abbreviation, if it cannot mean another speaker."""
    short = list(found.speakers.values())
    unclear = len(set(short)) < len(short) or any(
        name in found.speakers and name != number for number, name in found.speakers.items()
    )
    return {
        number: number if unclear or not name else name for number, name in found.speakers.items()
    }


def _utterances(tier: _Tier, bars: bool) -> Iterator[list[_Event]]:
    """Yield the events of each utterance: to an end mark, a gap, or an event without words."""
    ends = (_BAR,) if bars else _ENDS
    parts: list[_Event] = []
    for event in tier.events:
        if parts and (
            parts[-1].end != event.start
            or parts[-1].text.rstrip().endswith(ends)
            or is_silence(event.text)
        ):
            yield parts
            parts = []
        parts.append(event)
        if is_silence(event.text):
            yield parts
            parts = []
    if parts:
        yield parts


def _between(tiers: list[_Tier], log: ProblemLog) -> str:
    """Return what stands between the events of an utterance: nothing, if the file has blanks."""
    close = [
        b
        for tier in tiers
        for a, b in pairwise(tier.events)
        if a.end == b.start and a.text[-1:].isalnum() and b.text[:1].isalnum()
    ]
    spaced = any(
        event.text[:1].isspace() or event.text[-1:].isspace()
        for tier in tiers
        for event in tier.events
    )
    if not spaced:
        return " "
    for event in close:
        log.add(
            "an event begins with a letter right behind a letter; the two are read as one word, "
            "as EXMARaLDA shows them. If they are two words, put a blank between them.",
            Severity.NOTE,
            line=event.line,
        )
    return ""


def _records(talk: list[_Tier], found: _File, log: ProblemLog) -> list[Record]:
    called = _names(found)
    bars = any(event.text.rstrip().endswith(_BAR) for tier in talk for event in tier.events)
    between = _between(talk, log)
    rows: list[tuple[int, int, Record]] = []
    for tier in talk:
        place = 0
        for parts in _utterances(tier, bars):
            text = between.join(part.text for part in parts)
            words = spoken(text.replace(_BAR, " "), log, parts[0].line)
            place, start = found.points.get(parts[0].start, (place, ""))
            _, end = found.points.get(parts[-1].end, (place, ""))
            if words:
                fields = {name: t for name, t in (("start", start), ("end", end)) if t}
                name = called.get(tier.speaker, tier.speaker)
                rows.append((place, len(rows), Record(words, name, parts[0].line, fields)))
    return [row for _, _, row in sorted(rows, key=lambda row: row[:2])]


def _read(source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
    found = _parse(source, log)
    talk = _choose(found, log)
    if not talk:
        raise ReadError(
            source.path,
            "has no tier with talk and its speaker. In the EXMARaLDA Partitur-Editor, give each "
            "speaker a tier of the type T(ranscription) (Tier > Tier properties).",
        )
    yield from _records(talk, found, log)


def _recognises(source: Source) -> bool:
    return "<basic-transcription" in source.start


EXMARALDA = Format("exmaralda", (".exb",), _recognises, _read, cues=True)
