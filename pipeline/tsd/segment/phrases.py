"""Finds the phrases of word lists in speech: one syntax for all lists.

A phrase is written as it is spoken, in lower case. It also finds what speech recognition or a
typist makes of it: "i'm" also finds "im", "i ' m" and "i am". Signs with a meaning:

- ``*`` at the end of a word: any ending ("grie*"),
- ``...`` between two words: up to three words of any kind,
- ``{name}``: any word of the group of that name in `phrases_patterns.GROUPS`, with or without
  "s" at its end.

The text must be made `plain` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tsd.segment.phrases_patterns import GROUPS, LONG_FORMS

GAP = r"[\s,\-]+"
"""What may be between the words of a phrase: blanks, commas, hyphens."""

MARKS = r"\W+"
"""The same in a list that also looks past the end of a sentence."""

_APOSTROPHE = " ?'? ?"


def plain(text: str) -> str:
    """Return a text in lower case and with one kind of apostrophe, at the same length.

    Examples
    --------
    >>> plain("I’m İll.")
    "i'm İll."
    """
    low = text.lower()
    if len(low) != len(text):  # some letters are longer in lower case
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def whole(phrases: Iterable[str], *, gap: str = GAP) -> re.Pattern[str]:
    """Compile phrases for texts made `plain`; only whole words are found.

    Between their words there may be what `gap` allows, `GAP` or `MARKS`.

    Examples
    --------
    >>> found = whole(["i'm ... sober", "my {kin} drank"])
    >>> [each[0] for each in found.finditer("im still sober, and my dad, drank. i'm sober.")]
    ['im still sober', 'my dad, drank', "i'm sober"]
    """
    return re.compile(rf"\b(?:{any_of(phrases, gap)})(?!\w)")


def any_of(phrases: Iterable[str], gap: str = GAP) -> str:
    """Write phrases as one regular expression: those that begin alike share their beginning."""
    rests: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), reverse=True):  # longer ones first, "{" before letters
        first, _, rest = phrase.partition(" ")
        rests.setdefault(first, []).append(rest)
    made = []
    for first, following in rests.items():
        longer = [rest for rest in following if rest]
        if first == "...":
            made.append(rf"(?:[\w']+{gap}){{0,3}}(?:{any_of(longer, gap)})")
            continue
        tail = f"(?:{gap}(?:{any_of(longer, gap)}))" if longer else ""
        made.append(_word(first, gap) + tail + ("?" if tail and "" in following else ""))
    return "|".join(_by_first_letter(made))


def members(group: str) -> Iterator[str]:
    """Yield the words of a group and of the groups in it."""
    for phrase in GROUPS[group]:
        yield from members(phrase[1:-1]) if phrase.startswith("{") else (phrase,)


def up_to(words: int) -> str:
    """Write a gap of up to so many words of any kind."""
    return rf"(?:{GAP}[\w']+){{0,{words}}}{GAP}"


def _word(word: str, gap: str) -> str:
    """Write one word of a phrase as a regular expression."""
    if word.startswith("{"):
        return rf"(?:{any_of(members(word[1:-1]), gap)})(?:{_APOSTROPHE}s)?"
    for short, long in LONG_FORMS.items():
        if word.endswith(short):
            spoken = short.replace("'", _APOSTROPHE)
            return rf"{word.removesuffix(short)}(?:{spoken}|{long})"
    ending = r"\w*" if word.endswith("*") else ""
    return re.escape(word.removesuffix("*")).replace("'", _APOSTROPHE) + ending


def _by_first_letter(pieces: Iterable[str]) -> list[str]:
    """Share first letters too: a word is then compared with few others, which is much faster.

    >>> _by_first_letter(["cat", "dog", "cow"])
    ['c(?:at|ow)', 'dog']
    """
    groups: dict[str, list[str]] = {}
    for piece in pieces:
        groups.setdefault(piece[0] if piece[0].isalpha() else piece, []).append(piece)
    return [
        same[0] if len(same) == 1 else f"{letter}(?:{'|'.join(piece[1:] for piece in same)})"
        for letter, same in groups.items()
    ]
