"""Transcripts of ELAN: annotations on tiers, in XML (.eaf).

The format is described in "EAF Annotation Format 3.0" (Max Planck Institute for Psycholinguistics).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tsd.errors import ReadError
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.roles import known_role, shown_name
from tsd.readers.source import Source
from tsd.readers.tiers import names
from tsd.readers.tiers import tiers_patterns as patterns
from tsd.readers.tiers.labeled import with_labels
from tsd.readers.tiers.marks import is_silence, spoken
from tsd.readers.tiers.nodes import Node, nodes
from tsd.readers.tiers.who import Turns, says_who
from tsd.schema import Role, Severity
from tsd.settings import Reading

_NUMBERED = re.compile(r"(?=.{0,40}\d)[\w.:\-]{1,40}")  # "AB_001.2", the name of an utterance
_ADVICE = (
    "Give each speaker a tier of their own, with the speaker's name (in ELAN: Tier > Change Tier "
    "Attributes), and save the file."
)


@dataclass(slots=True)
class _Annotation:
    text: str
    line: int
    start: str = ""  # time slots
    end: str = ""
    of: str = ""  # the annotation that it refers to


@dataclass(slots=True)
class _Tier:
    name: str
    person: str
    kind: str
    parent: str
    annotations: dict[str, _Annotation] = field(default_factory=dict)

    def has_words(self) -> bool:
        """Whether it has more than the numbers of utterances."""
        texts = [each.text for each in self.annotations.values() if not is_silence(each.text)]
        numbered = sum(_NUMBERED.fullmatch(text.strip()) is not None for text in texts)
        return numbered < len(texts) * 0.9


@dataclass(slots=True)
class _File:
    tiers: dict[str, _Tier] = field(default_factory=dict)
    slots: dict[str, float | None] = field(default_factory=dict)  # seconds, in the file's order
    coded: set[str] = field(default_factory=set)  # linguistic types
    units: str = "milliseconds"


def _parse(source: Source, log: ProblemLog) -> _File:
    found = _File()
    for node in nodes(source, log):
        tier = node.within("TIER")
        if node.name == "TIME_SLOT":
            value = node.get("TIME_VALUE")
            known = value.isascii() and value.isdigit() and len(value) <= 12
            found.slots[node.get("TIME_SLOT_ID")] = int(value) / 1000 if known else None
        elif node.name == "TIER":
            _tier(found, node)
        elif node.name == "LINGUISTIC_TYPE":
            if node.get("CONTROLLED_VOCABULARY_REF"):
                found.coded.add(node.get("LINGUISTIC_TYPE_ID"))
        elif node.name == "HEADER":
            found.units = node.get("TIME_UNITS").lower() or found.units
        if node.name == "ANNOTATION_VALUE" and tier is not None and node.parent is not None:
            about, here = node.parent, _tier(found, tier).annotations
            key = about.get("ANNOTATION_ID")
            key = key if key and key not in here else f"{key} {len(here)}"
            here[key] = _Annotation(
                node.text,
                node.line,
                about.get("TIME_SLOT_REF1"),
                about.get("TIME_SLOT_REF2"),
                about.get("ANNOTATION_REF"),
            )
        elif (text := node.text).strip():
            log.leave_out(NotTalk.HEADING, text, line=node.line)
    return found


def _tier(found: _File, node: Node) -> _Tier:
    name = node.get("TIER_ID")
    if name not in found.tiers:
        found.tiers[name] = _Tier(
            name, node.get("PARTICIPANT"), node.get("LINGUISTIC_TYPE_REF"), node.get("PARENT_REF")
        )
    return found.tiers[name]


def _candidates(found: _File) -> list[_Tier]:
    """Return the tiers that can be talk: those on top, or below one that has only numbers."""
    children: dict[str, list[_Tier]] = defaultdict(list)
    for tier in found.tiers.values():
        children[tier.parent if tier.parent in found.tiers else ""].append(tier)
    candidates, waiting, seen = [], children[""], set()
    while waiting:
        below = []
        for tier in waiting:
            if tier.name in seen:
                continue
            seen.add(tier.name)
            if tier.has_words():
                candidates.append(tier)
            else:
                for child in children[tier.name]:
                    child.person = child.person or tier.person
                    below.append(child)
        waiting = below
    return candidates


def _who_speaks(found: _File) -> _Tier | None:
    """Return the tier that says who speaks, if there are others next to it."""
    for tier in found.tiers.values():
        texts = [each.text for each in tier.annotations.values() if not is_silence(each.text)]
        if len(found.tiers) > 1 and says_who(tier.name, texts):
            return tier
    return None


def _choose(found: _File, who: _Tier | None, log: ProblemLog) -> list[_Tier]:
    """Return the tiers that are talk; what the others have is left out."""
    candidates = {tier.name for tier in _candidates(found) if tier is not who}
    seen = [
        names.Tier(
            tier.name,
            [each.text for each in tier.annotations.values() if not is_silence(each.text)],
            tier.kind,
            tier.person,
            tier.kind in found.coded,
        )
        for tier in found.tiers.values()
        if tier is not who
    ]
    choice = names.choose(tier for tier in seen if tier.name in candidates)
    others = tuple(tier for tier in seen if tier.name not in candidates)
    choice = names.Choice(choice.talk, (*choice.other, *others), choice.doubtful)
    names.report(choice, log)
    talk = {tier.name for tier in choice.talk}
    for tier in found.tiers.values():
        kind = NotTalk.LABEL if tier is who else NotTalk.TIER
        for each in tier.annotations.values() if tier.name not in talk else ():
            if each.text.strip():
                log.leave_out(kind, each.text, line=each.line)
    return [found.tiers[tier.name] for tier in choice.talk]


def _speakers(talk: list[_Tier]) -> dict[str, str]:
    """Return the speaker of each tier: its own name, or the participant where that says more.

    That is where each tier has a participant of its own and a role can be told from one of them,
    or where the name also says what is on the tier ("tx@Anna").
    """
    persons = {tier.person for tier in talk}
    apart = "" not in persons and len(persons) == len(talk)
    telling = any(known_role(person) is not Role.UNKNOWN for person in persons)
    return {
        tier.name: tier.person
        if apart and (telling or "@" in tier.name or names.says(tier.name, patterns.TALK))
        else names.person_of(tier.name)
        for tier in talk
    }


def _timed(
    each: _Annotation, found: _File, every: dict[str, _Annotation]
) -> tuple[float | None, float | None, str]:
    """Return start and end in seconds, and the slot of the start, of the annotation or above."""
    seen = 0
    while each.of in every and not each.start and seen < len(found.tiers):
        each, seen = every[each.of], seen + 1
    return found.slots.get(each.start), found.slots.get(each.end), each.start


def _places(found: _File) -> dict[str, tuple[float, int]]:
    """Return where each time slot comes; one without a time, behind the one before it."""
    places, last = {}, 0.0
    for number, (name, value) in enumerate(found.slots.items()):
        last = last if value is None else value
        places[name] = (last, 0 if value is not None else number + 1)
    return places


def _turns(who: _Tier | None, found: _File, every: dict[str, _Annotation]) -> Turns:
    spans = []
    for each in who.annotations.values() if who else ():
        start, end, _ = _timed(each, found, every)
        if start is not None and end is not None:
            spans.append((start, end, each.text))
    return Turns(spans)


def _records(talk: list[_Tier], who: _Tier | None, found: _File, log: ProblemLog) -> list[Record]:
    speakers = _speakers(talk)
    every = {key: each for tier in found.tiers.values() for key, each in tier.annotations.items()}
    turns = _turns(who, found, every)
    places = _places(found)
    timed = found.units == "milliseconds"
    if not timed:
        log.add(
            "its times are not in milliseconds; they count as missing. Save the file with a "
            "current version of ELAN.",
            Severity.WARNING,
        )
    rows: list[tuple[tuple[float, int], int, Record]] = []
    for tier in talk:
        last = (0.0, 0)
        for each in tier.annotations.values():
            words = spoken(each.text, log, each.line)
            start, end, slot = _timed(each, found, every)
            place = places.get(slot, last)
            if start is None and end is not None and end < place[0]:
                place = (end, place[1])
            last = place
            if words:
                fields = {"start": start, "end": end} if timed else {}
                as_text = {name: str(t) for name, t in fields.items() if t is not None}
                name = speakers[tier.name]
                if who is not None and not _says_who(name) and start is not None:
                    name = turns.speaker(start, start if end is None else end)
                row = Record(words, name, each.line, as_text)
                rows.append((place, len(rows), row))
    return [row for _, _, row in sorted(rows, key=lambda row: row[:2])]


def _says_who(name: str) -> bool:
    return bool(names.person_of(name)) and not names.is_unnamed(name)


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    found = _parse(source, log)
    who = _who_speaks(found)
    talk = _choose(found, who, log)
    if not talk:
        tiers = [tier for tier in found.tiers.values() if tier.annotations]
        shown = ", ".join(shown_name(tier.name) for tier in tiers[:8]) or "none"
        raise ReadError(source.path, f"has no tier with talk; its tiers are: {shown}. {_ADVICE}")
    if who is None and len(talk) == 1 and not talk[0].person and not _says_who(talk[0].name):
        if (labeled := with_labels(_records(talk, None, found, log), reading, log)) is not None:
            yield from labeled
            return
        raise ReadError(
            source.path,
            f"says nowhere who spoke: its only tier with talk is {shown_name(talk[0].name)}. "
            f"{_ADVICE}",
        )
    yield from _records(talk, who, found, log)


def _recognises(source: Source) -> bool:
    return "<ANNOTATION_DOCUMENT" in source.start


ELAN = Format("elan", (".eaf",), _recognises, _read, cues=True)
