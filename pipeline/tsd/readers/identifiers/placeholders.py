"""Placeholders that stand where an identifier was: "[NAME]", "(name of client)", "XXXX"."""

from __future__ import annotations

import re

from tsd.readers.identifiers import identifiers_patterns as words
from tsd.readers.identifiers.rules import one_of

_PLACEHOLDER = re.compile(
    r"\[\*\*[^\]\n]{1,60}\*\*\]"  # as in MIMIC
    r"|(?P<open>[\[(<{])[\[<{]?(?P<inside>[^\[\](){}<>\n]{2,50})[\])>}]{1,2}"
    r"|\bX{3,}\b|\bx{4,}\b|(?<![\w_])_{2,}(?![\w_])|(?<![\w*])\*{3,}(?!\w)"
    rf"|\b{one_of(words.NUMBERED_PLACEHOLDERS)}[_ -]?[0-9]{{1,3}}\b"
)
_NAMES = re.compile(
    rf"(?<![\w-]){one_of(map(re.escape, words.PLACEHOLDERS))}(?:[_ -]?[0-9]{{1,3}})?(?![\w-])"
)
_SOUNDS = re.compile(rf"\b{one_of(words.NOT_A_PLACEHOLDER)}\b")
_MARKS = re.compile(r"[\[({<_*X0-9]")
_MOST_WORDS = 4


def count_placeholders(text: str) -> int:
    """Count the placeholders in some talk.

    >>> count_placeholders("I told [NAME], in (city), to stop. [laughs] My XXXX left.")
    3
    """
    if not _MARKS.search(text) and "xxxx" not in text:
        return 0
    return sum(_is_placeholder(match) for match in _PLACEHOLDER.finditer(text))


def _is_placeholder(match: re.Match[str]) -> bool:
    inside = match["inside"]
    if inside is None:
        return True
    lower = inside.lower().strip()
    found = _NAMES.search(lower.replace("_", " ")) or _NAMES.search(lower)
    if found is None or _SOUNDS.search(lower):
        return False
    # In round brackets people also write remarks: these begin with the word.
    return match["open"] != "(" or (
        _NAMES.match(lower) is not None and len(lower.split()) <= _MOST_WORDS
    )
