"""What a line of a transcript is: its words without what cannot be seen, and its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Soft hyphens, blanks without width, and marks of the direction of writing."""

_ENDS = re.compile("([\v\f\x1c-\x1e\x85\u2028\u2029])")
"""What ends a line besides a line end: a page feed, or a line break of a word processor."""

_ODD_BLANKS = re.compile(r"[^\S \t]")
_SPECIAL = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\v\f\r\x1c-\x1f\x85\u2028\u2029"
    "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
)
"""Whether any of this is in a line."""

_RUNS = re.compile(r"\s{2,}|[^\S ]")
_MARKUP = re.compile(r"\\([\\\[\]()*_#.!'\"~>+-])")


class Line(NamedTuple):
    """One line of talk.

    Parameters
    ----------
    number : int
        Its number in the file, as an editor shows it.
    text : str
        What stands in it, without blanks at its ends; tabs and runs of blanks are kept, because
        they can set off columns.
    indented : bool
        Whether blanks stand before it.
    page : bool
        Whether a new page begins with it.
    """

    number: int
    text: str
    indented: bool = False
    page: bool = False


def clean_lines(numbered: Iterable[tuple[int, str]]) -> Iterator[Line]:
    r"""Yield the lines of a text, split at every kind of line end.

    Examples
    --------
    >>> [(line.number, line.text) for line in clean_lines([(7, "T:\xa0hi\u2028C: h\xado\x0c3")])]
    [(7, 'T: hi'), (7, 'C: ho'), (7, '3')]
    """
    for number, raw in numbered:
        if _SPECIAL.search(raw) is None:
            text = raw.strip()
            yield Line(number, text, bool(text) and raw[0] in " \t")
            continue
        seen = _UNSEEN.sub("", raw) if not raw.isascii() else raw
        parts = _ENDS.split(seen)
        for place in range(0, len(parts), 2):
            plain = _ODD_BLANKS.sub(" ", parts[place])
            text = plain.strip()
            page = place > 0 and parts[place - 1] == "\f"
            yield Line(number, text, bool(text) and plain[0] in " \t", page)


def one_blank(text: str) -> str:
    """Return a text with one blank between words."""
    return _RUNS.sub(" ", text.replace("\t", " "))


def without_escapes(text: str) -> str:
    r"""Return a Markdown text without the backslashes before signs.

    >>> without_escapes(r"\[00:05\] don\'t")
    "[00:05] don't"
    """
    return _MARKUP.sub(r"\1", text) if "\\" in text else text
