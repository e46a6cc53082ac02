"""The lines of a transcript that are no talk: page heads, lines of services, heads and ends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tsd.readers.log import NotTalk
from tsd.readers.roles import known_role, speaker_key
from tsd.readers.text import furniture_patterns as patterns
from tsd.readers.text import labels_patterns
from tsd.readers.text.heads import Head, Layout, heads, time_line
from tsd.readers.text.labels import is_proper, is_prose
from tsd.readers.text.lines import Line
from tsd.schema import Role


def _any_of(some: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in some), re.IGNORECASE)


_SERVICE = _any_of(patterns.SERVICE_LINES)
_EDGE = _any_of(patterns.EDGE_LINES)
_PAGE = _any_of(patterns.PAGE_NUMBERS)
_PART = _any_of(patterns.PARTS)
_END = _any_of(patterns.ENDS)
_NUMBERS = re.compile(r"\d+")
_WORDS_OF_A_PAGE = re.compile(r"\b(?:page|seite|página|pagina|p\.|pg\.?)\s*\d", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"(?P<number>\d{1,6})[.)]?(?:\s+|$)")
_MARKDOWN = re.compile(r"#{1,6}\s+\S.*|#{2,6}\S.*|([*_]{2})[^*_]{1,80}\1:?|[-=_*—–]{3,}")
_LONGEST = 250  # characters of a line that may be furniture
_TOP, _BOTTOM, _HEAD_LINES = 5, 15, 20
_FEW_WORDS = 8
_NUMBERED = 0.8
_TIMED = 0.8


def is_service_line(text: str) -> bool:
    """Whether a line is of the service that made the file, wherever it stands.

    >>> is_service_line("Transcribed by https://otter.ai"), is_service_line("I wrote it by hand")
    (True, False)
    """
    return len(text) <= _LONGEST and _SERVICE.fullmatch(text) is not None


def furniture(lines: Sequence[Line]) -> list[NotTalk | None]:
    """Return for each line what it is if nobody said it, as far as that shows without the labels.

    These are page numbers, what stands at the top or the bottom of every page, and the lines of
    services.
    """
    kinds: list[NotTalk | None] = [None] * len(lines)
    full = [i for i, line in enumerate(lines) if line.text]
    short = [i for i in full if len(lines[i].text) <= _LONGEST]
    for i in short:
        text = lines[i].text
        if _SERVICE.fullmatch(text):
            kinds[i] = NotTalk.SERVICE
        elif _PAGE.fullmatch(text):
            kinds[i] = NotTalk.PAGE
    at_break = _beside_page_breaks(lines, full, kinds)
    for i in _running_heads(lines, short, at_break, kinds):
        kinds[i] = NotTalk.PAGE
    for i in _lone_numbers(lines, full, at_break):
        below = lines[i + 1].text if i + 1 < len(lines) else ""
        kinds[i] = NotTalk.NUMBER if below and time_line(below) else NotTalk.PAGE
    return kinds


def _beside_page_breaks(
    lines: Sequence[Line], full: Sequence[int], kinds: Sequence[NotTalk | None]
) -> set[int]:
    """Return the first and the last lines of pages, by page feeds and by page numbers."""
    beside = set()
    new_page = False
    starts = {i for i, line in enumerate(lines) if line.page}
    before = -1
    for i in full:
        new_page = any(j in starts for j in range(before + 1, i + 1))
        if new_page:
            beside.add(i)
            if before >= 0:
                beside.add(before)
        before = i
    for one, other in pairwise(full):
        if kinds[one] is NotTalk.PAGE:
            beside.add(other)
        if kinds[other] is NotTalk.PAGE:
            beside.add(one)
    return beside


def _running_heads(
    lines: Sequence[Line], short: Sequence[int], at_break: set[int], kinds: Sequence[NotTalk | None]
) -> list[int]:
    """Find lines that come again with another page number, or at the edges of pages."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i in short:
        groups[_NUMBERS.sub("#", " ".join(lines[i].text.lower().split()))].append(i)
    top = set(short[:_TOP])
    found: list[int] = []
    for shape, places in groups.items():
        if len(places) < 2 or kinds[places[0]] is not None:
            continue
        beside = sum(i in at_break for i in places)
        with_page = sum(_WORDS_OF_A_PAGE.search(lines[i].text) is not None for i in places)
        titled = (
            places[0] in top
            and beside >= len(places) / 2 - 1
            and beside
            and " " in shape
            and shape[-1] not in ".?!:,"
            and ":" not in shape
            and is_proper(lines[places[0]].text)
        )
        edge = beside >= 2 and beside >= len(places) - 1 and ": " not in shape
        if edge or (with_page == len(places) and ": " not in shape) or titled:
            found += places
    return found


def _lone_numbers(lines: Sequence[Line], full: Sequence[int], at_break: set[int]) -> list[int]:
    """Find numbers alone on their lines that count the pages."""
    places = [i for i in full if lines[i].text.isdecimal() and len(lines[i].text) <= 4]
    numbers = [int(lines[i].text) for i in places]
    counting = len(places) > 1 and all(b == a + 1 for a, b in pairwise(numbers))
    return [i for i in places if counting or lines[i].page or i in at_break]


def numbered(lines: Sequence[Line]) -> bool:
    """Whether nearly every line begins with its number."""
    full = [line.text for line in lines if line.text]
    numbers = [int(m["number"]) for text in full if (m := _LINE_NUMBER.match(text))]
    if len(full) < 3 or len(numbers) < _NUMBERED * len(full):
        return False
    rising = sum(0 < later - earlier <= 5 for earlier, later in pairwise(numbers))
    return rising >= _NUMBERED * (len(numbers) - 1)


def without_number(line: Line) -> tuple[Line, str]:
    """Take the number off a line; the second is the number."""
    match = _LINE_NUMBER.match(line.text)
    if match is None:
        return line, ""
    return Line(line.number, line.text[match.end() :], line.indented, line.page), match["number"]


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


def head_of_file(lines: Sequence[Line], found: Sequence[Head | None]) -> int:
    """Return how many lines at the top are about the file, though they look like turns.

    These are lines such as "Therapist: Jane Doe" beside "Date: ...", or above a heading
    "Transcript", or without a time if the turns have one.
    """
    places = [i for i, head in enumerate(found) if head is not None]
    if len(places) < 3:
        return 0
    return max(
        _above_a_heading(lines, found, places),
        _above_the_times(lines, found, places),
        _beside_facts(lines, found),
        _who_is_who(lines, found),
    )


def _once_each(found: Sequence[Head | None], end: int) -> bool:
    labels = [head.label.casefold() for head in found[:end] if head is not None]
    return len(set(labels)) == len(labels)


def _above_a_heading(
    lines: Sequence[Line], found: Sequence[Head | None], places: Sequence[int]
) -> int:
    for i, line in enumerate(lines[:60]):
        if found[i] is None and speaker_key(line.text) in patterns.BEGINNINGS:
            above = sum(place < i for place in places)
            if above and above <= len(places) / 3 and _once_each(found, i):
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
    return len(words.split()) <= _FEW_WORDS and (
        not letters or (is_proper(words) and not is_prose(words))
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
    names = all(head.words and _is_a_name(head.words) for head in above)
    if names and len(above) > 1:
        return gap
    sides = {known_role(head.label) for head in above} - {Role.UNKNOWN}
    labels = {head.label.casefold() for head in above}
    below = [head for head in found[gap:] if head is not None]
    again = {known_role(head.label) for head in below if head.label.casefold() not in labels}
    return gap if len(sides) > 1 and sides <= again else 0


def after_the_labels(
    lines: Sequence[Line], found: list[Head | None], kinds: list[NotTalk | None]
) -> None:
    """Mark what is furniture now that it is known which lines begin a turn."""
    _cut_at_the_end(lines, found, kinds)
    for i, line in enumerate(lines):
        text = line.text
        if found[i] is not None or kinds[i] is not None or not text or len(text) > _LONGEST:
            continue
        if _is_end(text) or _is_part(text) or _MARKDOWN.fullmatch(text):
            kinds[i] = NotTalk.HEADING
    _mark_edges(lines, found, kinds)


def _is_end(text: str) -> bool:
    return len(text) <= _LONGEST and not text[:1].islower() and _END.fullmatch(text) is not None


def _is_part(text: str) -> bool:
    return len(text) <= _LONGEST and not text[:1].islower() and _PART.fullmatch(text) is not None


def _cut_at_the_end(
    lines: Sequence[Line], found: list[Head | None], kinds: list[NotTalk | None]
) -> None:
    """Mark all that stands below the end of the talk, if none of its speakers speaks there."""
    speakers: set[str] = set()
    ends = []
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
        fact = (
            colon is not None
            and found[i] is None
            and speaker_key(colon.label) in labels_patterns.ABOUT_THE_FILE
            and (i == 0 or not lines[i - 1].text or kinds[i - 1] is not None)
        )
        edge = found[i] is None and len(text) <= _LONGEST and _EDGE.fullmatch(text) is not None
        if not (fact or edge or kinds[i] is not None):
            break
        if kinds[i] is None:
            kinds[i] = NotTalk.FOOTER
