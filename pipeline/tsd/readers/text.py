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
from pathlib import Path

from tsd.errors import ReadError
from tsd.readers import labels_patterns as patterns
from tsd.readers.files import read_text
from tsd.readers.records import ProblemLog, Record
from tsd.readers.roles import known_role, plain_name
from tsd.schema import Role, Severity
from tsd.settings import Settings

_TIME = r"[\[(]?(?P<{0}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:[.,]\d{{1,3}})?)[\])]?"
_NAME = r"(?P<name>[^\W\d_][\w.'’ \-]{0,38}|[\[(<][\w.'’ \-]{1,38}[\])>])"
_LABELLED = re.compile(
    rf"\s*(?:{_TIME.format('before')}\s*(?:-\s*)?)?[*_]{{0,2}}{_NAME}"
    rf"\s*(?:{_TIME.format('after')}\s*)?[*_]{{0,2}}\s*:[*_]{{0,2}}(?:\s+|$)(?P<text>.*)"
)
_HEAD_LINE = re.compile(rf"\s*{_NAME}\s*[-–|,]?\s+{_TIME.format('after')}\s*")
_MOST_WORDS = 4
"""A speaker's name has no more words than this."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    raw: str
    name: str = ""
    time: str = ""
    text: str = ""


def read_records(path: Path, settings: Settings, log: ProblemLog) -> Iterator[Record]:
    """Yield the utterances of a labelled text; see `tsd.readers.records.Format`."""
    lines = [_split(number, raw) for number, raw in enumerate(read_text(path, log).splitlines(), 1)]
    speakers = _speakers(lines, settings)
    if not speakers:
        raise ReadError(
            log.path,
            "no speaker labels found. Expected lines such as 'Therapist: words' or "
            "'[00:01:02] C: words'; if the speakers have other names, say them with "
            "--therapist NAME and --client NAME.",
        )
    return _records(lines, speakers, log)


def _split(number: int, raw: str) -> _Line:
    if match := _LABELLED.fullmatch(raw):
        time = match["before"] or match["after"] or ""
        return _Line(number, raw, match["name"].strip(), time, match["text"])
    if match := _HEAD_LINE.fullmatch(raw):
        return _Line(number, raw, match["name"].strip(), match["after"], "")
    return _Line(number, raw)


def _speakers(lines: list[_Line], settings: Settings) -> set[str]:
    """Decide which labels are speakers: named by the user, known, or used more than once."""
    said = {name.casefold() for name in (*settings.therapist, *settings.client)}
    counts = Counter(line.name for line in lines if line.name)
    return {
        name
        for name, count in counts.items()
        if name.casefold() in said
        or known_role(name) is not Role.UNKNOWN
        or (count > 1 and _looks_like_a_name(name))
    }


def _looks_like_a_name(name: str) -> bool:
    plain = plain_name(name)
    bare = name.strip("[](){}<>")
    return (
        plain not in patterns.HEADINGS
        and plain not in patterns.SPEECH
        and len(name.split()) <= _MOST_WORDS
        and (bare[:1].isupper() or bare.isupper())
    )


def _records(lines: list[_Line], speakers: set[str], log: ProblemLog) -> Iterator[Record]:
    current: Record | None = None
    before = 0
    for line in lines:
        if line.name in speakers:
            if current is not None:
                yield current
            current = Record(line.text.strip(), line.name, line.number, {"start": line.time})
        elif line.raw.strip():
            if current is None:
                before += 1
            else:
                current.text = f"{current.text} {line.raw.strip()}".strip()
    if current is not None:
        yield current
    if before:
        log.add(
            f"{before} line{'s' if before > 1 else ''} before the first speaker label "
            "left out as a heading.",
            Severity.NOTE,
        )
