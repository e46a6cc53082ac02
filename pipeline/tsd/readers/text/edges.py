"""What stands above and below the talk, known once it is known which lines begin a turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tsd.readers.log import NotTalk
from tsd.readers.roles import known_role, speaker_key
from tsd.readers.text import furniture_patterns as patterns
from tsd.readers.text import labels_patterns
from tsd.readers.text.furniture import LONGEST, any_of
from tsd.readers.text.heads import heads
from tsd.readers.text.labels import is_proper, is_prose
from tsd.readers.text.lines import Line
from tsd.readers.text.shapes import Head, Layout
from tsd.schema import Role

_EDGE = any_of(patterns.EDGE_LINES)
_PART = any_of(patterns.PARTS)
_END = any_of(patterns.ENDS)
_MARKDOWN = re.compile(r"#{1,6}\s+\S.*|#{2,6}\S.*|([*_]{2})[^*_]{1,80}\1:?|[-=_*—–]{3,}")
_BOTTOM, _HEAD_LINES = 15, 20
_FEW_WORDS = 8
_MOST_WORDS_OF_A_NAME = 12  # with titles and a place of work
_RULE = re.compile(r"[-=_*—–]{3,}")
_TIMED = 0.8


def listed_speakers(lines: Sequence[Line]) -> frozenset[str]:
    """Return the names in the file's own list of speakers, above the talk; lower case."""
    names: set[str] = set()
    listing = False
    for line in lines[:40]:
        text = line.text.strip("#*_ ")
        before, _, behind = text.partition(":")
        if speaker_key(before) in labels_patterns.LISTS_OF_SPEAKERS:
            listing, text = True, behind
        elif not text:
            listing = listing and not names
        if listing and text and len(text) <= 1000:
            some = [name.strip(" -•*\t") for name in re.split(r"[,;]|\band\b|\t", text)]
            some = [re.sub(r"\s*\([^()]*\)$", "", name) for name in some]
            if not all(name and len(name.split()) <= 5 for name in some):
                listing = False
                continue
            names |= {name.casefold() for name in some}
    return frozenset(names)


def head_of_file(lines: Sequence[Line], found: Sequence[Head | None]) -> tuple[int, str]:
    """Return how many lines at the top are about the file, though they look like turns.

    These are lines such as "Therapist: Jane Doe" beside "Date: ...", or above a heading
    "Transcript", or without a time if the turns have one. The second is what to do if they are
    talk.
    """
    places = [i for i, head in enumerate(found) if head is not None]
    if len(places) < 3:
        return 0, ""
    heading = _above_a_heading(lines, found, places)
    facts = _beside_facts(lines, found)
    gap = max(_above_the_times(lines, found, places), _who_is_who(lines, found))
    what = "the heading and " if heading else "the lines such as 'Date: ...' and " if facts else ""
    return max(heading, facts, gap), f"delete {what}the empty lines below them"


def _once_each(found: Sequence[Head | None], end: int) -> bool:
    labels = [head.label.casefold() for head in found[:end] if head is not None]
    return len(set(labels)) == len(labels)


def _above_a_heading(
    lines: Sequence[Line], found: Sequence[Head | None], places: Sequence[int]
) -> int:
    """Find what stands above a heading such as "Transcript", or names above a drawn line."""
    for i, line in enumerate(lines[:60]):
        heading = found[i] is None and speaker_key(line.text) in patterns.BEGINNINGS
        if not heading and not _RULE.fullmatch(line.text):
            continue
        above = [found[place] for place in places if place < i]
        names = all(head is not None and _is_a_name(head.words) for head in above)
        if above and (heading or names) and len(above) < len(places) / 2 and _once_each(found, i):
            return i + 1
    return 0


def _above_the_times(
    lines: Sequence[Line], found: Sequence[Head | None], places: Sequence[int]
) -> int:
    def timed(place: int) -> bool:
        head = found[place]
        return head is not None and bool(head.start)

    first = next((n for n, place in enumerate(places) if timed(place)), 0)
    below = places[first:]
    end = places[first]
    names = all(_is_a_name(head.words) for head in found[:end] if head is not None)
    if not first or not names or lines[end - 1].text or len(below) < 3:
        return 0
    return end if sum(map(timed, below)) >= _TIMED * len(below) and _once_each(found, end) else 0


def _beside_facts(lines: Sequence[Line], found: Sequence[Head | None]) -> int:
    """Find the block with "Date: ..." and the like, in which each label comes once."""
    last = _last_fact(lines)
    if not last:
        return 0
    end = last
    while end < len(lines) and lines[end].text and found[end] is not None:
        end += 1
    if end < len(lines) and lines[end].text:
        end = last  # no empty line below: only what stands above the last fact belongs to it
    few = all(head is None or _is_a_name(head.words) for head in found[:end])
    return end if few and _once_each(found, end) else 0


def _is_a_name(words: str) -> bool:
    """Whether the words behind a label can be a name or a number, as in "Client: 0423"."""
    letters = any(c.isalpha() for c in words)
    return len(words.split(None, _MOST_WORDS_OF_A_NAME + 1)) <= _MOST_WORDS_OF_A_NAME and (
        not letters
        or (is_proper(words) and not is_prose(" ".join(words.split(None, 5)[:5]).rstrip(",")))
    )


def _last_fact(lines: Sequence[Line]) -> int:
    last = 0
    for i, line in enumerate(lines[:_HEAD_LINES]):
        colon = next((h for h in heads(line) if h.layout is Layout.COLON), None)
        if colon and speaker_key(colon.label) in labels_patterns.ABOUT_THE_FILE:
            last = i + 1
    return last


def _who_is_who(lines: Sequence[Line], found: Sequence[Head | None]) -> int:
    """Find "Therapist: Jane Doe" and "Client: 0423" above an empty line."""
    gap = next((i for i, line in enumerate(lines) if not line.text), 0)
    above = [head for head in found[:gap] if head is not None]
    if not above or not _once_each(found, gap) or gap > _HEAD_LINES:
        return 0
    below = next((i for i in range(gap, len(lines)) if lines[i].text), gap)
    if found[below] is None:
        return 0  # the words below the gap go on with the turn above
    names = all(
        len(head.words) > 1 and head.words[-1] not in ".?!,…-–" and _is_a_name(head.words)
        for head in above
    )
    if names and len(above) > 1:
        return gap
    sides = {known_role(head.label) for head in above} - {Role.UNKNOWN}
    labels = {head.label.casefold() for head in above}
    others = [head for head in found[gap:] if head is not None]
    again = {known_role(head.label) for head in others if head.label.casefold() not in labels}
    return gap if len(sides) > 1 and sides <= again else 0


def after_the_labels(
    lines: Sequence[Line], found: list[Head | None], kinds: list[NotTalk | None]
) -> None:
    """Mark what is furniture now that it is known which lines begin a turn."""
    _cut_at_the_end(lines, found, kinds)
    places = [i for i, head in enumerate(found) if head is not None]
    first, last = (places[0], places[-1]) if places else (0, 0)
    for i in range(first, len(lines)):  # what is above the first turn is a heading as a whole
        text = lines[i].text
        if found[i] is not None or kinds[i] is not None or not text or len(text) > LONGEST:
            continue
        apart = not (i and lines[i - 1].text) and not (i + 1 < len(lines) and lines[i + 1].text)
        if (
            _is_end(text)
            or _is_part(text)
            or _MARKDOWN.fullmatch(text)
            or (apart and i < last and _is_section(text))
        ):
            kinds[i] = NotTalk.HEADING
    _mark_edges(lines, found, kinds)


def comments(
    lines: Sequence[Line], found: Sequence[Head | None], kinds: Sequence[NotTalk | None]
) -> list[int]:
    """Return which lines are comments on the talk, such as "Comment: He avoids the topic."."""
    places = []
    for i, line in enumerate(lines):
        label, colon, words = line.text[:LONGEST].partition(":")
        open_line = found[i] is None and kinds[i] is None
        if open_line and colon and words and speaker_key(label) in labels_patterns.COMMENTS:
            places.append(i)
    return places


def _is_end(text: str) -> bool:
    return len(text) <= LONGEST and not text[:1].islower() and _END.fullmatch(text) is not None


def _is_section(text: str) -> bool:
    """Whether a line between empty lines is like "Theme 2: Sleep"."""
    label, colon, rest = text.partition(":")
    few = len(rest.split(None, _FEW_WORDS + 1)) <= _FEW_WORDS and text[-1] not in ".?!"
    return bool(colon) and few and speaker_key(label) in labels_patterns.HEADINGS


def _is_part(text: str) -> bool:
    return len(text) <= LONGEST and not text[:1].islower() and _PART.fullmatch(text) is not None


def _cut_at_the_end(
    lines: Sequence[Line], found: list[Head | None], kinds: list[NotTalk | None]
) -> None:
    """Mark all that stands below the end of the talk, if none of its speakers speaks there."""
    speakers: set[str] = set()
    ends: list[int] = []
    for i, line in enumerate(lines):
        head = found[i]
        if head is not None and head.label.casefold() in speakers:
            ends = []
        elif head is not None and not ends:
            speakers.add(head.label.casefold())
        elif head is None and _is_end(line.text):
            ends.append(i)
    if ends and speakers:
        for i in range(ends[0], len(lines)):
            found[i], kinds[i] = None, NotTalk.FOOTER if i > ends[0] else NotTalk.HEADING


def _mark_edges(
    lines: Sequence[Line], found: Sequence[Head | None], kinds: list[NotTalk | None]
) -> None:
    """Mark what stands below the talk: notes of the transcriber, "End time: 10:50"."""
    full = [i for i, line in enumerate(lines) if line.text]
    for i in reversed(full[-_BOTTOM:]):
        text = lines[i].text
        colon = next((h for h in heads(lines[i]) if h.layout is Layout.COLON), None)
        apart = found[i] is None and (i == 0 or not lines[i - 1].text or _is_edge_too(lines, i))
        fact = (
            colon is not None
            and apart
            and speaker_key(colon.label) in labels_patterns.ABOUT_THE_FILE
        )
        edge = apart and len(text) <= LONGEST and _EDGE.fullmatch(text) is not None
        if not (fact or edge or kinds[i] is not None):
            break
        if kinds[i] is None:
            kinds[i] = NotTalk.FOOTER


def _is_edge_too(lines: Sequence[Line], place: int) -> bool:
    """Whether the line above is a note of the transcriber, too."""
    above = lines[place - 1].text
    return len(above) <= LONGEST and (_EDGE.fullmatch(above) is not None or _is_end(above))
