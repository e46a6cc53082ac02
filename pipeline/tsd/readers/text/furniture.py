"""Lines that are no talk whoever speaks: page heads, page numbers, lines of services."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tsd.readers.log import NotTalk
from tsd.readers.text import furniture_patterns as patterns
from tsd.readers.text import labels_patterns
from tsd.readers.text.labels import is_proper
from tsd.readers.text.lines import Line
from tsd.readers.text.openings import time_line


def any_of(some: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of which each of the patterns is a choice."""
    return re.compile("|".join(f"(?:{each})" for each in some), re.IGNORECASE)


_SERVICE = any_of(patterns.SERVICE_LINES)
_PAGE = any_of(patterns.PAGE_NUMBERS)
_NUMBERS = re.compile(r"\d{1,9}")
_WORDS_OF_A_PAGE = re.compile(r"\b(?:page|seite|página|pagina|p\.|pg\.?)\s*\d", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"(?P<number>\d{1,6})[.)]?(?:\s+|$)")
LONGEST = 250  # characters of a line that may be furniture
_NUMBER_AT_AN_END = re.compile(r"^\d{1,3}\s+|\s+\d{1,3}$")
_TOP = 5
_NUMBERED = 0.8


def is_service_line(text: str) -> bool:
    """Whether a line is of the service that made the file, wherever it stands.

    >>> is_service_line("Transcribed by https://otter.ai"), is_service_line("I wrote it by hand")
    (True, False)
    """
    return len(text) <= LONGEST and _SERVICE.fullmatch(text) is not None


def furniture(lines: Sequence[Line]) -> list[NotTalk | None]:
    """Return for each line what it is if nobody said it, as far as that shows without the labels.

    These are page numbers, what stands at the top or the bottom of every page, and the lines of
    services.
    """
    kinds: list[NotTalk | None] = [None] * len(lines)
    full = [i for i, line in enumerate(lines) if line.text]
    short = [i for i in full if len(lines[i].text) <= LONGEST]
    for i in short:
        text = lines[i].text
        if _SERVICE.fullmatch(text):
            kinds[i] = NotTalk.SERVICE
        elif _PAGE.fullmatch(text):
            kinds[i] = NotTalk.PAGE
    counted = _counting(lines, full)
    at_break = _beside_page_breaks(lines, full, kinds, counted)
    for i in _running_heads(lines, short, at_break, kinds):
        kinds[i] = NotTalk.PAGE
    for i in _top_line_with_number(lines, short, kinds):
        kinds[i] = NotTalk.PAGE
    for i in _lone_numbers(lines, full, at_break, counted):
        below = lines[i + 1].text if i + 1 < len(lines) else ""
        kinds[i] = NotTalk.NUMBER if below and time_line(below) else NotTalk.PAGE
    return kinds


def _beside_page_breaks(
    lines: Sequence[Line],
    full: Sequence[int],
    kinds: Sequence[NotTalk | None],
    counted: Sequence[int],
) -> set[int]:
    """Return the first and the last lines of pages, by page feeds and by page numbers."""
    number_at = set(counted)
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
        if kinds[one] is NotTalk.PAGE or one in number_at:
            beside.add(other)
        if kinds[other] is NotTalk.PAGE or other in number_at:
            beside.add(one)
    return beside


def _running_heads(
    lines: Sequence[Line], short: Sequence[int], at_break: set[int], kinds: Sequence[NotTalk | None]
) -> list[int]:
    """Find lines that come again with another page number, or at the edges of pages."""
    groups: dict[str, list[int]] = defaultdict(list)
    top = set(short[:_TOP])
    for i in short:
        if ": " in lines[i].text:
            continue
        # The first lines may have the title that the other pages repeat.
        if i in at_break or i in top or _NUMBERS.search(lines[i].text):
            shape = _NUMBERS.sub("#", " ".join(lines[i].text.lower().split()))
            groups[shape].append(i)
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
        edge = beside >= 2 and beside >= len(places) - 1
        counting = _counts(lines, places) and shape.split()[0] not in labels_patterns.OPENERS
        title = len(shape.split()) > 3 and ":" not in shape and shape[-1] not in ".?!"
        apart = title and all(_apart(lines, i) for i in places)
        if edge or titled or (counting and (with_page == len(places) or apart)):
            found += places
    return found


def _counts(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether the number in a line is one more from page to page, or from sheet to sheet."""
    found = [_NUMBERS.findall(lines[i].text) for i in places]
    numbers = [int(some[-1]) for some in found if some]
    return len(numbers) == len(places) and all(0 < b - a <= 2 for a, b in pairwise(numbers))


def _apart(lines: Sequence[Line], place: int) -> bool:
    """Whether empty lines stand around a line."""
    above = lines[place - 1].text if place else ""
    return not above and not (place + 1 < len(lines) and lines[place + 1].text)


def _lone_numbers(
    lines: Sequence[Line], full: Sequence[int], at_break: set[int], counted: Sequence[int]
) -> list[int]:
    """Find numbers alone on their lines that count the pages."""
    return [i for i in _alone(lines, full) if i in counted or lines[i].page or i in at_break]


def _alone(lines: Sequence[Line], full: Sequence[int]) -> list[int]:
    return [i for i in full if lines[i].text.isdecimal() and len(lines[i].text) <= 4]


def _counting(lines: Sequence[Line], full: Sequence[int]) -> list[int]:
    """Return where numbers stand alone on their lines, if they are 1, 2, 3 ..."""
    places = _alone(lines, full)
    numbers = [int(lines[i].text) for i in places]
    return places if len(places) > 1 and all(b == a + 1 for a, b in pairwise(numbers)) else []


def _top_line_with_number(
    lines: Sequence[Line], short: Sequence[int], kinds: Sequence[NotTalk | None]
) -> list[int]:
    """Find lines that are one of the first lines, such as the title, with a page number."""
    tops = [_title(lines[i].text) for i in short[:_TOP]]
    titles = {title for title, number in tops if " " in title and not number}
    found = []
    for i in short[1:]:
        title, number = _title(lines[i].text)
        if (
            kinds[i] is None
            and number
            and title in titles
            and ":" not in title
            and _apart(lines, i)
        ):
            found.append(i)
    return found


def _title(text: str) -> tuple[str, str]:
    """Return a line without the page number at its beginning or its end, and the number."""
    match = _NUMBER_AT_AN_END.search(text)
    if match is None:
        return text.casefold(), ""
    rest = text[: match.start()] + text[match.end() :]
    return rest.strip(" |–—-").casefold(), match[0].strip()


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
    return line._replace(text=line.text[match.end() :]), match["number"]
