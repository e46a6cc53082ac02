"""Which layout a file has, decided on all of its lines, and which lines begin a turn in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tsd.readers.roles import known_role
from tsd.readers.text.heads import alone, heads
from tsd.readers.text.labels import (
    Evidence,
    doubtful,
    is_made_up,
    is_proper,
    is_prose,
    is_role,
    same_name,
    speakers,
    stem,
)
from tsd.readers.text.lines import Line
from tsd.readers.text.openings import may_be_time, time_line
from tsd.readers.text.shapes import Head, Layout
from tsd.schema import Role

_WEIGHTS = {
    Layout.COLON: 1.0,
    Layout.TIMED: 1.1,
    Layout.ALONE: 0.8,
    Layout.BRACKET: 0.9,
    Layout.COLUMN: 0.7,
    Layout.SEMICOLON: 0.9,
    Layout.DASH: 0.7,
    Layout.BAR: 0.9,
    Layout.ANGLE: 0.9,
    Layout.EQUALS: 0.7,
    Layout.DOT: 0.6,
    Layout.PAREN: 0.6,
    Layout.SLASH: 0.6,
    Layout.CAPITALS: 0.6,
}
"""How much a turn counts for a layout: less where ordinary lines look like it."""

_MOST_IN_A_NAME = 6
_MOSTLY, _HALF = 0.8, 0.5
_NEARLY = 0.8
_QUESTIONS = 0.3


@dataclass(frozen=True, slots=True)
class Decision:
    """How a file writes its speakers.

    Parameters
    ----------
    layout : Layout or None
        The layout of most turns; None if no line begins a turn.
    heads : tuple of (Head or None)
        For each line the beginning of a turn, if it is one.
    doubtful : tuple of int
        The numbers of the lines that look like the beginning of a turn but are not taken as one.
    rival : Layout or None
        Another layout that explains nearly as many lines.
    regular : float
        The share of the lines, from the first turn on, that are explained by the layout.
    """

    layout: Layout | None
    heads: tuple[Head | None, ...]
    doubtful: tuple[int, ...] = ()
    rival: Layout | None = None
    regular: float = 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    layout: Layout
    found: list[Head | None]
    names: frozenset[str]
    turns: int
    score: float


def decide(lines: Sequence[Line], evidence: Evidence) -> Decision:
    """Decide on the layout of a file.

    Each layout is tried on all lines. What counts for it is how many lines it explains, by labels
    that are speakers: they come again, name a role, or the user or the file names them. The other
    layouts are then used for the same speakers only.
    """
    possible = [{head.layout: head for head in heads(line)} for line in lines]
    for place, head in _alone(lines):
        possible[place][Layout.ALONE] = head
    candidates = []
    there = {layout for each in possible for layout in each}
    for layout in (each for each in Layout if each in there):
        found = [each.get(layout) for each in possible]
        if (candidate := _try(layout, found, lines, evidence)) is not None:
            candidates.append(candidate)
    candidates.sort(key=lambda each: -each.score)
    if not candidates:
        return Decision(None, (None,) * len(lines))
    best = candidates[0]
    chosen = [_choose(each, best, evidence) for each in possible]
    letters = next((each for each in candidates if each.layout is Layout.CAPITALS), best)
    chosen = [
        each
        if each or head is None or same_name(head.label) not in letters.names
        else head._replace(tight=False)
        for each, head in zip(chosen, letters.found, strict=True)
    ]
    names = best.names | {same_name(head.label) for head in chosen if head is not None}
    doubts = doubtful(
        (h for h, c in zip(best.found, chosen, strict=True) if h is not None and c is None), names
    )
    unsure = {id(head) for head in doubts}
    return Decision(
        best.layout,
        tuple(chosen),
        tuple(
            line.number for line, head in zip(lines, best.found, strict=True) if id(head) in unsure
        ),
        _rival(best, candidates[1:], chosen),
    )


def _alone(lines: Sequence[Line]) -> list[tuple[int, Head]]:
    """Find lines that may be a name alone: beside a time, set off by type, or after a gap."""
    full = [i for i, line in enumerate(lines) if line.text]
    found = []
    texts = Counter(_bare(lines[i].text) for i in full if _may_be_alone(lines[i].text))
    before_is_time = False
    for n, place in enumerate(full):
        text = lines[place].text
        is_time = may_be_time(text) and time_line(text) is not None
        if not is_time and n + 1 < len(full) and _may_be_alone(text):
            after = lines[full[n + 1]].text
            # A name comes again, or stands beside a time.
            near = before_is_time or texts[_bare(text)] > 1 or may_be_time(after)
            head = alone(lines[place]) if near or known_role(text) is not Role.UNKNOWN else None
            if head is not None and not is_prose(head.label):
                gap = "after a gap" if not place or full[n - 1] < place - 1 else ""
                style = head.style or gap
                if before_is_time:
                    style = "under a time"
                elif may_be_time(after) and time_line(after) is not None:
                    style = "above a time"
                found.append((place, head._replace(style=style)))
        before_is_time = is_time
    return found


def _bare(text: str) -> str:
    return text.rstrip("0123456789:*_ ").lower()


def _may_be_alone(text: str) -> bool:
    return len(text) <= 70 and text[-1] not in "?!,…" and text.count(" ") < _MOST_IN_A_NAME


def _try(
    layout: Layout, found: list[Head | None], lines: Sequence[Line], evidence: Evidence
) -> _Candidate | None:
    """Return a layout with its speakers, if it fits the file at all."""
    names = speakers(found, lines, evidence)
    turns = {i: head for i, head in enumerate(found) if head and same_name(head.label) in names}
    if not turns or not _fits(layout, turns, lines, evidence):
        return None
    few = 0.5 if len({same_name(head.label) for head in turns.values()}) < 2 else 1.0
    return _Candidate(layout, found, names, len(turns), len(turns) * _WEIGHTS[layout] * few)


def _fits(
    layout: Layout, turns: Mapping[int, Head], lines: Sequence[Line], evidence: Evidence
) -> bool:
    """Check what a layout needs that ordinary lines can look like.

    `turns` has the place of the line at which each turn begins.
    """
    if layout is Layout.COLON:
        return True
    turn_heads = list(turns.values())
    labels = {same_name(head.label) for head in turn_heads}
    named = any(evidence.is_named(label) for label in labels)
    roles = sum(is_role(head.label) for head in turn_heads) >= _MOSTLY * len(turn_heads)
    above = [place for place, head in turns.items() if not head.words]
    words_follow = sum(_words_follow(place, turns, lines) for place in above)
    if above and words_follow < _MOSTLY * len(above):
        return False
    if layout is Layout.TIMED:
        return True
    if layout is Layout.ALONE:
        return _alone_fits(turns, lines, known=named or roles)
    if len(labels) < 2 and not named:
        return False
    if layout in (Layout.PAREN, Layout.SLASH) and {"a", "b"} <= labels and not named:
        return False  # a list: "a) ... b) ..."
    if layout is Layout.CAPITALS and not (named or _no_words(labels, turn_heads, roles=roles)):
        return False
    # Two blanks also stand between sentences.
    blanks = any(
        h.style == "blanks" and not (is_proper(h.label) or is_role(h.label)) for h in turn_heads
    )
    if layout is Layout.COLUMN and blanks and not named:
        return False
    full = [line for line in lines[min(turns) :] if line.text and not line.indented]
    share = len(turns) / max(len(full), 1)
    if above:  # the words are on the lines below
        return share >= 0.1 or named or roles
    return share >= _HALF or named or (roles and len(labels) > 1)


def _no_words(labels: set[str], turn_heads: Sequence[Head], *, roles: bool) -> bool:
    """Whether labels in capitals are no words such as "I" and "A", but TH and CL, or Q and A."""
    again = len(turn_heads) >= 2 * len({stem(head.label) for head in turn_heads})
    if labels == {"q", "a"}:
        questions = sum(same_name(head.label) == "q" for head in turn_heads)
        return again and questions >= _QUESTIONS * len(turn_heads)
    return again and roles and all(len(label) > 1 for label in labels)


def _words_follow(place: int, heads_at: Collection[int], lines: Sequence[Line]) -> bool:
    """Whether the next line with something on it, times aside, is not the head of another turn."""
    for after in range(place + 1, min(place + 6, len(lines))):
        if not lines[after].text or time_line(lines[after].text):
            continue
        return after not in heads_at
    return False


def _alone_fits(turns: Mapping[int, Head], lines: Sequence[Line], *, known: bool) -> bool:
    turn_heads = list(turns.values())
    styles = [head.style for head in turn_heads]
    timed = sum(style.endswith("time") for style in styles)
    times = sum(time_line(line.text) is not None for line in lines if line.text)
    if timed >= _MOSTLY * len(styles) and timed >= _MOSTLY * times:
        return True
    if len({same_name(head.label) for head in turn_heads}) < 2:
        return False
    if all(is_made_up(head.label) for head in turn_heads):
        return True
    if known or all(style in ("marked", "capitals") for style in styles):
        return True
    gaps = sum(
        bool(line.text) and (not i or not lines[i - 1].text)
        for i, line in enumerate(lines[min(turns) :], min(turns))
    )
    after_gap = sum(style == "after a gap" for style in styles)
    # Each turn is one or two paragraphs: its label begins the first, or is the first.
    return after_gap >= 0.9 * len(styles) and after_gap >= 0.4 * gaps


def _choose(possible: dict[Layout, Head], best: _Candidate, evidence: Evidence) -> Head | None:
    """Return what a line is: a turn in the layout of the file, or of a known speaker in another."""
    main = possible.get(best.layout)
    if main is not None and same_name(main.label) in best.names:
        return main
    for layout in (Layout.COLON, Layout.TIMED):
        head = possible.get(layout)
        if head is not None and layout is not best.layout and _is_known(head, best, evidence):
            return head
    for layout, head in possible.items():
        clear = layout in (Layout.BRACKET, Layout.DASH, Layout.SEMICOLON) or (
            layout is Layout.COLUMN and head.style == "tab"
        )
        capital = not head.label[0].islower()
        if (
            clear
            and head.words
            and not head.tight
            and (
                evidence.is_named(head.label)
                or (is_role(head.label) and capital and len(head.label) > 1)
                or (is_role(head.label) and capital and layout is not Layout.DASH)
            )
        ):
            return head
    head = possible.get(Layout.ALONE)
    plain = best.layout in (Layout.TIMED, Layout.ALONE) and head is not None
    return head if plain and head and same_name(head.label) in best.names else None


def _is_known(head: Head, best: _Candidate, evidence: Evidence) -> bool:
    if head.tight and not is_role(head.label):
        return False
    if same_name(head.label) in best.names or evidence.is_named(head.label):
        return True
    return is_role(head.label) and (
        not head.label[0].islower()
        if head.layout is Layout.COLON
        else is_proper(head.label) and not head.words
    )


def _rival(
    best: _Candidate, others: Sequence[_Candidate], chosen: Sequence[Head | None]
) -> Layout | None:
    """Return another layout with nearly as many turns, of other speakers, on other lines."""
    for other in others:
        more = sum(
            head is not None and taken is None and same_name(head.label) in other.names
            for head, taken in zip(other.found, chosen, strict=True)
        )
        if more >= _NEARLY * best.turns and not other.names <= best.names:
            return other.layout
    return None
