"""What must be known about a file's turns: refusals, and reports of what is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from tsd.errors import ReadError
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.roles import shown_name
from tsd.readers.speakers import merge_numbered
from tsd.readers.text.labels import Evidence, is_made_up, is_role, same_name, stem
from tsd.readers.text.layouts import Decision
from tsd.readers.text.lines import Line
from tsd.readers.text.openings import opening, time_line
from tsd.readers.text.shapes import Head, Layout
from tsd.readers.text.turns import Turn, words_before
from tsd.schema import Severity

_LINES_SHOWN = 5
_OTHERS = 2  # labels that come again, beside which one that comes once is doubtful
_INSIDE = re.compile(
    r"(?<=[.?!…\"”’)\]])\s(?P<label>[^\s.?!:…()\[\]/][^.?!:…()\[\]/]{0,40}):(?=\s)"
)
_MUCH = 12  # lines above the first label; a heading is shorter
_WHO = "say who is who with --therapist NAME and --client NAME"


def check(
    lines: Sequence[Line],
    found: Sequence[Head | None],
    kinds: Sequence[NotTalk | None],
    log: ProblemLog,
) -> None:
    """Refuse a file that does not say who spoke."""
    labels = [head.label for head in found if head is not None]
    if not labels:
        raise ReadError(
            log.path,
            "no speaker labels found. Write each turn as 'Therapist: words' or '[00:01:02] C: "
            f"words'. If the turns have labels with other names, {_WHO}. If nothing in the file "
            "says who spoke, have the transcript made with speaker labels (diarization).",
        )
    if len(set(map(stem, labels))) > 1:
        return
    if len(set(map(same_name, merge_numbered(labels).values()))) > 1:
        return
    talk = [
        (line, head)
        for line, head, kind in zip(lines, found, kinds, strict=True)
        if line.text and kind is None and not time_line(line.text)
    ]
    first = next(i for i, (_, head) in enumerate(talk) if head is not None)
    below = {id(line) for (line, head) in _under_heads(talk)}
    unlabeled = sum(head is None and id(line) not in below for line, head in talk[first:])
    name = shown_name(labels[0])
    above = sum(head is not None and not head.words for _, head in talk)
    if unlabeled and above <= len(labels) / 2:  # else all words stand on lines below labels
        raise ReadError(
            log.path,
            f"only one speaker is labeled, {name}, and other lines are not. Write each turn as "
            f"'Name: words', and {_WHO}.",
        )
    log.add(
        f"only one speaker is labeled, {name}. If somebody else speaks, too, write each turn as "
        f"'Name: words', and {_WHO}.",
        Severity.WARNING,
    )


def _under_heads(
    talk: Sequence[tuple[Line, Head | None]],
) -> Iterator[tuple[Line, Head | None]]:
    """Yield the lines directly under a head that has no words of its own."""
    for (_, head), below in pairwise(talk):
        if head is not None and not head.words and below[1] is None:
            yield below


def report(
    decision: Decision,
    lines: Sequence[Line],
    found: Sequence[Head | None],
    kinds: Sequence[NotTalk | None],
    evidence: Evidence,
    log: ProblemLog,
) -> None:
    """Report what is doubtful: lines that may begin a turn, another layout, no label at all."""
    left = {line.number for line, kind in zip(lines, kinds, strict=True) if kind is not None}
    unsure = [number for number in decision.doubtful if number not in left]
    if unsure:
        n = len(unsure)
        log.add(
            f"{n} line{'s' if n > 1 else ''} may begin a turn, but the name before the words does "
            f"not look like a speaker (line {shown(unsure)}). The words are added to the turn "
            "before. If it is a speaker, give the name with --therapist or --client.",
            Severity.WARNING,
        )
    _report_once(found, lines, evidence, log)
    _report_times_without_names(lines, found, kinds, log)
    if decision.rival is not None and decision.layout is not None:
        log.add(
            f"the speakers are written as {decision.layout}, but many other lines look like "
            f"{decision.rival}. They are added to the turns before. If they are turns, write "
            "them all in one way, for example as 'Name: words'.",
            Severity.WARNING,
        )
    before = len(list(words_before(lines, found, kinds)))
    if before:
        s, are = ("s", "are") if before > 1 else ("", "is")
        much = before >= _MUCH
        more = (
            " If they are talk, write the speaker's name before the first of them." if much else ""
        )
        log.add(
            f"{before} line{s} before the first speaker label {are} left out as a heading.{more}",
            Severity.WARNING if much else Severity.NOTE,
        )


def _report_once(
    found: Sequence[Head | None], lines: Sequence[Line], evidence: Evidence, log: ProblemLog
) -> None:
    """Report labels of one word that come once, where others come again."""
    counts = Counter(stem(head.label) for head in found if head is not None)
    if sum(n > 1 for n in counts.values()) < _OTHERS:
        return
    again = {head.label.isupper() for head in found if head and counts[stem(head.label)] > 1}
    once = [
        line.number
        for line, head in zip(lines, found, strict=True)
        if head is not None
        and head.layout is Layout.COLON
        and not head.start
        and counts[stem(head.label)] == 1
        and (not is_role(head.label) or head.label.isupper() not in again)
        and not is_made_up(head.label)
        and " " not in head.label
        and not evidence.is_named(head.label)
        and same_name(head.label) not in evidence.listed
    ]
    if once:
        n = len(once)
        log.add(
            f"{n} label{'s come' if n > 1 else ' comes'} only once (line {shown(once)}) and "
            f"{'are' if n > 1 else 'is'} taken as {'speakers' if n > 1 else 'a speaker'}. If one "
            "is the beginning of a sentence, put its line at the end of the line before. If it is "
            "a speaker, give the name with --therapist or --client.",
            Severity.WARNING,
        )


def _report_times_without_names(
    lines: Sequence[Line],
    found: Sequence[Head | None],
    kinds: Sequence[NotTalk | None],
    log: ProblemLog,
) -> None:
    """Report lines with a time but no name in a file whose turns begin with both."""
    heads = [head for head in found if head is not None]
    if sum(head.style.startswith("before") for head in heads) < len(heads) / 2:
        return
    without = [
        line.number
        for line, head, kind in zip(lines, found, kinds, strict=True)
        if head is None
        and kind is None
        and line.text
        and not time_line(line.text)
        and opening(line.text).time
    ]
    if without:
        n = len(without)
        log.add(
            f"{n} line{'s begin' if n > 1 else ' begins'} with a time but without a name (line "
            f"{shown(without)}). The words are added to the turn before. If somebody else says "
            "them, write the name behind the time.",
            Severity.WARNING,
        )


def report_labels_inside(turns: Sequence[Turn], known: Collection[str], log: ProblemLog) -> None:
    """Report turns that have the label of another speaker after a sentence in them."""
    lines = []
    for turn in turns:
        if any(":" in part for part in turn.parts):
            own = same_name(turn.head.label)
            inside = (same_name(match["label"]) for match in _INSIDE.finditer(turn.text))
            if any(label in known and label != own for label in inside):
                lines.append(turn.line)
    if lines:
        n = len(lines)
        log.add(
            f"{n} turn{'s have' if n > 1 else ' has'} the label of another speaker in the middle "
            f"(line {shown(lines)}). The words stay in the turn. If the other speaker says them, "
            "begin a new line with the label.",
            Severity.WARNING,
        )


def shown(numbers: Sequence[int]) -> str:
    """Return the first few numbers of lines, as messages show them."""
    more = ", ..." if len(numbers) > _LINES_SHOWN else ""
    return ", ".join(map(str, numbers[:_LINES_SHOWN])) + more
