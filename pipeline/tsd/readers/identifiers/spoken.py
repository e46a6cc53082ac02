"""Numbers in words, digit by digit: "two one two, five five five"."""

from __future__ import annotations

import re
from itertools import pairwise

from tsd.readers.identifiers import identifiers_patterns as words

# What is between two digits of a spoken number.
PAUSE = r"[\s,.…-]{1,3}(?:(?:uh|um|and|then)[\s,.…-]{1,3})?"

_PARTS = re.compile(r"[a-z]+|[0-9]")


def digits_said(talk: str) -> tuple[list[int], int]:
    """Return the digits that are said one by one, and how many other numbers there are.

    >>> digits_said("Five double six, oh twelve")
    ([5, 6, 6, 0], 1)
    """
    digits: list[int] = []
    others, repeat = 0, 1
    for part in _PARTS.findall(talk.lower()):
        if part in ("double", "triple"):
            repeat = 2 if part == "double" else 3
            continue
        if part.isdigit() or part in words.DIGITS_IN_WORDS:
            digits += [int(part) if part.isdigit() else words.DIGITS_IN_WORDS[part]] * repeat
        else:
            others += part in words.TENS_IN_WORDS
        repeat = 1
    return digits, others


def is_counting(digits: list[int]) -> bool:
    """Check whether digits mostly go up, or mostly go down, by one: somebody counts.

    >>> is_counting([3, 4, 5, 6, 7, 8]), is_counting([2, 1, 2, 5, 5, 5, 0])
    (True, False)
    """
    steps = [after - first for first, after in pairwise(digits)]
    return max(steps.count(1), steps.count(-1)) > 0.6 * len(steps)
