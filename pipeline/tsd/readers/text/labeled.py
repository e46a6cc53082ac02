"""Plain-text transcripts with speaker labels, one session per file.

Two layouts, with or without times::

    T: words                     Dr. Weiss   0:00:12
    [00:01:02] Client: words     words on the next lines
    words that go on

A line without a label goes on with what the last speaker said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tsd.errors import ReadError
from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.roles import known_role, same_name, shown_name, speaker_key
from tsd.readers.source import Source
from tsd.readers.text import labels_patterns as patterns
from tsd.schema import Role, Severity
from tsd.settings import Reading

_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_TIME = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK})"
_NAME = r"(?:[^\W\d_][\w.'’ -]{0,38}?|[\[(<][^\W_][\w.'’ -]{0,37}?[\])>])"
_LABELED = re.compile(
    rf"(?:[-–•>]\s|\d{{1,4}}[.)]?\s)?(?:(?P<before>{_TIME})\s?(?:[-–]\s)?)?"
    rf"[*_]{{0,2}}(?P<name>{_NAME})[*_]{{0,2}}"
    rf"\s?(?:(?P<after>{_TIME})\s?)?(?P<remark>[(\[][^()\[\]]{{1,40}}[)\]]\s?)?"
    r"[*_]{0,2}:[*_ ]{0,3}(?P<text>.*)"
)
# Without a colon, only the name of a role is a label: "[THERAPIST] words", "Client - words".
_ROLE_FIRST = re.compile(
    r"(?:(?P<name>[\[(][^()\[\]]{1,30}[\])])\s|(?P<plain>[A-Z][\w ]{0,30}?)\s[-–]\s)"
    r"(?P<text>.+)"
)
_HEAD_LINE = re.compile(rf"(?P<name>{_NAME})\s{{0,2}}[-–|,]?\s+(?P<after>{_TIME})")
_TIME_LINE = re.compile(rf"(?P<time>{_TIME})(?: --> {_TIME})?")
_TIME_FIRST = re.compile(rf"(?:\[({_CLOCK})\]|\(({_CLOCK})\))\s*")
_BLANKS = re.compile(r"\s+")
_LINES_SHOWN = 5
_LINES_SEEN = 200
_MOST_WORDS = 4
"""A speaker's name has no more words than this."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    raw: str
    name: str = ""
    time: str = ""
    text: str = ""
    role: str = ""


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    lines = [_split(number, raw) for number, raw in enumerate(split_lines(source.text(log)), 1)]
    lines = _without_closing_lines(_without_numbers(lines))
    speakers = _speakers(lines, reading)
    if not speakers:
        raise ReadError(
            log.path,
            "no speaker labels found. Write each turn as 'Therapist: words' or "
            "'[00:01:02] C: words'. If the speakers have other names, give them with --therapist "
            "NAME and --client NAME.",
        )
    if len(speakers) == 1 and not all(line.name in speakers for line in lines if line.raw):
        raise ReadError(
            log.path,
            f"only one speaker is labeled, {shown_name(min(speakers))}, and other lines are not. "
            "Write each turn as 'Name: words', and say who is who with --therapist NAME and "
            "--client NAME.",
        )
    _report_doubtful(lines, speakers, log)
    return _records(lines, speakers, log)


def _report_doubtful(lines: list[_Line], speakers: set[str], log: ProblemLog) -> None:
    """Report lines that look like a new turn but were added to the turn before."""
    doubtful = [
        str(line.number)
        for line in lines
        if line.name and line.name not in speakers and _looks_like_a_name(line.name)
    ]
    if doubtful:
        more = ", ..." if len(doubtful) > _LINES_SHOWN else ""
        log.add(
            f"{len(doubtful)} line{'s' if len(doubtful) > 1 else ''} may begin a turn, but the "
            "name before the colon does not look like a speaker (line "
            f"{', '.join(doubtful[:_LINES_SHOWN])}{more}). The words are added to the turn "
            "before. If it is a speaker, give the name with --therapist or --client.",
            Severity.WARNING,
        )


def _split(number: int, raw: str) -> _Line:
    head, tab, rest = raw.partition("\t")
    if tab and _is_role(head) and not _TIME_LINE.fullmatch(rest.strip()):
        rest = _BLANKS.sub(" ", rest.strip())
        return _Line(number, raw.strip(), head.strip().rstrip(": "), text=rest)
    plain = _BLANKS.sub(" ", raw.strip())
    if match := _TIME_LINE.fullmatch(plain):
        return _Line(number, plain, time=match["time"])
    if (match := _LABELED.fullmatch(plain)) and _is_label(match):
        time = match["before"] or match["after"] or ""
        remark, text, role = (match["remark"] or "").strip(), match["text"].strip(), ""
        if _is_role(remark):
            role = known_role(remark).value
        elif remark:
            text = f"{remark} {text}".strip()
        if first := _TIME_FIRST.match(text):
            time, text = time or first[1] or first[2], text[first.end() :]
        return _Line(number, plain, match["name"].strip(" -_*"), time, text, role)
    if match := _HEAD_LINE.fullmatch(plain):
        return _Line(number, plain, match["name"].strip(" -_*"), match["after"])
    if (match := _ROLE_FIRST.fullmatch(plain)) and _is_role(match["name"] or match["plain"]):
        return _Line(number, plain, match["name"] or match["plain"], text=match["text"])
    return _Line(number, plain)


def _is_label(match: re.Match[str]) -> bool:
    """Check that a match is no clock or address: without a space after it, it must be a role."""
    colon = match.end("remark") if match["remark"] else match.end("after")
    colon = colon if colon > 0 else match.end("name")
    rest = match.string[match.string.index(":", colon) + 1 :]
    if not rest or rest[0] in " *_":
        return True
    return _is_role(match["name"]) and not rest[0].isdigit()


def _speakers(lines: list[_Line], reading: Reading) -> set[str]:
    """Decide which labels are speakers.

    These are the labels that the user named, that name a role, or that look like a name and occur
    again. If this leaves only one side of the talk, any label that may be a name counts: a doubtful
    speaker is reported, but the words of one side must not go to the other.
    """
    named = {same_name(name) for name in (*reading.therapist, *reading.client)}
    counts = Counter(line.name for line in lines if line.name)
    roles = {line.name: line.role for line in lines if line.role}
    sure = {
        name
        for name, count in counts.items()
        if same_name(name) in named
        or name in roles
        or (_is_role(name) and (count > 1 or name.strip("[](){}<>")[:1].isupper()))
        or (count > 1 and _looks_like_a_name(name))
    }
    sure -= _headings(lines, counts, sure)
    if len(sure) < 2:
        sure |= {name for name in counts if _is_role(name)}
    if len(sure) == 1:
        sure |= {name for name in counts if _looks_like_a_name(name)}
    return sure


def _headings(lines: list[_Line], counts: Counter[str], sure: set[str]) -> set[str]:
    """Find the labels of a heading such as "Therapist: Jane Doe", above a blank line.

    All of them occur once, and other labels name the same two sides repeatedly in the talk below.
    """
    above = {line.name for line in lines[: next((i for i, x in enumerate(lines) if not x.raw), 0)]}
    once = {name for name in above if name and counts[name] == 1}
    sides = {known_role(name) for name in once} - {Role.UNKNOWN}
    again = {known_role(name) for name in sure - above if counts[name] > 1}
    return once if once == above - {""} and len(sides) > 1 and sides <= again else set()


def _without_closing_lines(lines: list[_Line]) -> list[_Line]:
    """Leave out what a transcriber writes below the session, such as "End time: 10:50"."""
    while lines and not lines[-1].raw:
        lines = lines[:-1]
    blank = max((i for i, line in enumerate(lines[:-1]) if not line.raw), default=len(lines))
    below = [line for line in lines[blank:] if line.raw]
    closing = all(speaker_key(line.name) in patterns.HEADINGS for line in below if line.name)
    return lines[:blank] if closing and all(line.name for line in below) else lines


def _without_numbers(lines: list[_Line]) -> list[_Line]:
    """Leave out the numbers that subtitles have before their times."""
    return [
        line
        for line, after in pairwise([*lines, _Line(0, "")])
        if not (line.raw.isdigit() and "-->" in after.raw)
    ]


def _is_role(name: str) -> bool:
    return known_role(name) is not Role.UNKNOWN


def _looks_like_a_name(name: str) -> bool:
    plain = speaker_key(name)
    words = re.findall(r"[^\W\d_][\w.'’]*", name)
    return (
        bool(words)
        and plain not in patterns.HEADINGS
        and plain not in patterns.SPEECH
        and (len(name) == 1 or words[0].lower() not in patterns.PRONOUNS)
        and len(words) <= _MOST_WORDS
        and all(word[0].isupper() for word in words)
    )


def _records(lines: list[_Line], speakers: set[str], log: ProblemLog) -> Iterator[Record]:
    """Gather the lines of each utterance; a line with only a time is the start of the next one."""
    turns: list[tuple[_Line, str, list[str]]] = []
    before, time = 0, ""
    for line in lines:
        if line.name in speakers:
            turns.append((line, line.time or time, [line.text]))
            time = ""
        elif line.time and not line.name:
            time = line.time
        elif line.raw and turns:
            turns[-1][2].append(line.raw)
        elif line.raw:
            before += 1
    if before:
        log.add(
            f"{before} line{'s' if before > 1 else ''} before the first speaker label "
            f"{'are' if before > 1 else 'is'} left out as a heading.",
            Severity.NOTE,
        )
    for line, start, words in turns:
        text = " ".join(words).strip()
        yield Record(text, line.name, line.number, {"start": start, "role": line.role})


def _recognises(source: Source) -> bool:
    """Check whether most of the first lines have a label, and these name both sides."""
    some = [raw for raw in split_lines(source.start) if raw.strip()][:_LINES_SEEN]
    lines = [_split(0, raw) for raw in some if "\t" not in raw]
    roles = [role for line in lines if (role := known_role(line.name)) is not Role.UNKNOWN]
    return len(roles) > len(some) / 2 and {Role.THERAPIST, Role.CLIENT} <= set(roles)


LABELED_TEXT = Format("text", (".txt",), _recognises, _read, generic=True)
