"""Transcripts in CHAT, of CLAN and TalkBank (.cha, or saved as text).

A line that begins with ``*`` is what a speaker says, ``%`` what linguists add to it, ``@`` about
the session; lines go on in lines that begin with a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tsd.errors import ReadError
from tsd.readers.decoding import split_lines
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.roles import known_role, shown_name
from tsd.readers.source import Source
from tsd.readers.tiers import chat_patterns as patterns
from tsd.readers.tiers.chat_words import chat_words
from tsd.schema import Role, Severity
from tsd.settings import Reading

_MAIN = re.compile(r"\*(?P<speaker>[^\s:*][^\s:]{0,59}):\s*")
_HEADER = re.compile(r"@(?P<name>[^:\t]{1,60}):?\s*")
_BEGINS = re.compile(r"\s*@(?:utf-?8|begin|participants|languages|font|id)\b", re.IGNORECASE)
_TIME, _LOST_TIME = re.compile(patterns.TIME), re.compile(patterns.LOST_TIME)
_LOOKED_AT = 30  # lines
_UNKNOWN = ("unidentified", "uncertain", "unknown")


@dataclass(slots=True)
class _Line:
    """A line with those that it goes on in; `number` is that of the first."""

    number: int
    parts: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.parts)


def _lines(text: str, log: ProblemLog) -> Iterator[_Line]:
    """Put lines that go on together."""
    line: _Line | None = None
    for number, raw in enumerate(split_lines(text), start=1):
        if not raw.strip():
            continue
        if line is not None and raw[0] not in "*%@":
            if not raw[0].isspace() and line.parts[0][0] != "@":
                log.add(
                    "the line begins with neither *, %, @ nor a tab; it is read as part of the "
                    "line before. Check it.",
                    Severity.WARNING,
                    line=number,
                )
            line.parts.append(raw.strip())
            continue
        if line is not None:
            yield line
        line = _Line(number, [raw.strip()])
    if line is not None:
        yield line


@dataclass(slots=True)
class _Speakers:
    """What the heads of the file say about the speakers: the role word of each."""

    roles: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)  # role words that are known roles

    def read(self, header: str, text: str) -> None:
        """Take what a head says about speakers, if it does."""
        if header == "participants":
            for entry in text.split(","):
                words = entry.split()
                if words:
                    self.roles.setdefault(words[0], words[-1] if len(words) > 1 else "")
        elif header == "id":
            parts = [part.strip() for part in text.split("|")]
            if len(parts) > 7 and parts[2]:
                self.roles[parts[2]] = parts[7] or self.roles.get(parts[2], "")

    def role(self, speaker: str) -> str:
        """Return the role word of a speaker, if it is one that shows a role."""
        if speaker not in self.seen:
            whole = self.roles.get(speaker, "").replace("_", " ")
            last = whole.rpartition(" ")[2]  # "Child" of "Target_Child"
            known = (word for word in (whole, last) if known_role(word) is not Role.UNKNOWN)
            self.seen[speaker] = "" if whole.lower() in _UNKNOWN else next(known, "")
        return self.seen[speaker]


def _timed(text: str, log: ProblemLog, number: int) -> tuple[str, dict[str, str]]:
    """Take the times out of a main line; return its words and the times in seconds."""
    if "_" not in text:
        return text, {}
    found = list(_TIME.finditer(text)) or list(_LOST_TIME.finditer(text))
    times = {}
    if found:
        start, end = int(found[0]["start"]), int(found[-1]["end"])
        times = {"start": str(start / 1000), "end": str(end / 1000)}
    for each in reversed(found):
        log.leave_out(NotTalk.TIME, each[0], line=number)
        text = f"{text[: each.start()]} {text[each.end() :]}"
    return text, times


def _main_line(line: _Line, speakers: _Speakers, log: ProblemLog) -> Record | None:
    text = line.text
    label = _MAIN.match(text)
    if label is None:
        log.leave_out(NotTalk.HEADING, text, line=line.number)
        log.add(
            "the line begins with * but has no speaker. It is left out. Expected *CODE: and a tab.",
            line=line.number,
        )
        return None
    name = label["speaker"]
    log.leave_out(NotTalk.LABEL, name, line=line.number)
    text, fields = _timed(text[label.end() :], log, line.number)
    words = chat_words(text, log, line.number)
    if not any(map(str.isalnum, words)):
        return None
    if role := speakers.role(name):
        fields["role"] = role
    return Record(words, name, line.number, fields)


def _read(source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
    speakers = _Speakers()
    for line in _lines(source.text(log), log):
        begin = line.parts[0][0]
        if begin == "*":
            if (record := _main_line(line, speakers, log)) is not None:
                yield record
        elif begin == "@":
            header = _HEADER.match(line.text)
            if header is not None:
                speakers.read(header["name"].strip().lower(), line.text[header.end() :])
            log.leave_out(NotTalk.HEADING, line.text, line=line.number)
        else:
            kind = NotTalk.TIER if begin == "%" else NotTalk.HEADING
            log.leave_out(kind, line.text, line=line.number)
    if not speakers.seen:
        raise ReadError(
            source.path,
            "has no main lines: expected lines such as '*THE:', a tab, and what was said.",
        )
    unlisted = [name for name in speakers.seen if speakers.roles and name not in speakers.roles]
    if unlisted:
        log.add(
            f"speakers that @Participants does not list: {', '.join(map(shown_name, unlisted[:8]))}"
            ". If one is a typing error, correct it.",
            Severity.WARNING,
        )


def _recognises(source: Source) -> bool:
    lines = [line for line in source.start[:20000].splitlines() if line.strip()][:_LOOKED_AT]
    return any(map(_BEGINS.match, lines[:10])) and (
        source.suffix == ".cha" or any(map(_MAIN.match, source.start.splitlines()))
    )


CHAT = Format("chat", (".cha",), _recognises, _read)
"""Its main lines are utterances, which the person who transcribed has told apart."""
