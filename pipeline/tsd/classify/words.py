"""Reads a unit as words and as their classes; the lists are in `tsd.segment.classes_patterns`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from tsd.segment import classes_patterns as patterns

Word = tuple[str, str]
"""A word as it was spoken, and its class."""

OTHER, MARK = "w", ","
"""Class of a word in no list, and of punctuation inside a unit."""

_SPACED_APOSTROPHE = re.compile(r"(?<=\w)\s+['’]\s*(?=(?:s|m|t|d|ll|re|ve)\b)|[’`´]")
_PLACEHOLDER = re.compile(r"[\[<(](?:[A-Z][A-Z_ \d]*)[\])>]|\b[Xx]{3,}\b|_{3,}")
_NUMBER = re.compile(r"\d+")
_CUT_OFF = re.compile(r"\b[a-z']+-(?=[^a-z-]|$)|\b([a-z]+)-(?=\1)|\bi-(?=i')")
"""A word broken off, "was-", or begun twice, "my-my"."""
_TOKEN = re.compile(r"[a-z]+(?:[-'][a-z]+)*|[?0]|[,;:\"“”]|-+")
_PARTS = {"m": "BE", "re": "BE", "ve": "HAVE", "ll": "WILL", "d": "WOULD"}
_IS_BEFORE = frozenset(["it", "that", "he", "she", "what", "there", "who", "how", "where", "let"])
"""After one of these "'s" is a verb; after others it is most often a possessive."""
_NO_HEAD = frozenset((OTHER, "ED", "ING", "PREP", "AND", "A", "THE", "IT"))
"""A part of one of these classes does not give a word with hyphens its class."""
_SAID_TWICE = frozenset(("I", "MY", "A", "THE", "YOU", "WE", "IT"))

_CLASS = {word: name for name, words in patterns.WORD_CLASSES.items() for word in words.split()}
_FILLERS = frozenset(patterns.FILLERS.split())


def normalize(text: str) -> str:
    """Return the text of a unit as the classifier reads it.

    Lower case, no accents; typographic and detached apostrophes joined ("I ' m" is "i'm");
    placeholders of de-identification and numbers each one token.

    Examples
    --------
    >>> normalize("I ’ m [NAME], and I don't drink since 2012.")
    "i'm placeholder, and i don't drink since 0."
    """
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    joined = _SPACED_APOSTROPHE.sub("'", text)
    return _NUMBER.sub("0", _PLACEHOLDER.sub("placeholder", joined)).lower()


def read_words(text: str) -> list[Word]:
    """Return the words of a normalized unit with their classes, in order.

    Fillers and words broken off are left out, contractions divided, repeated starts kept once.

    Examples
    --------
    >>> read_words("um i've- i've lost my sister")
    [('i', 'I'), ('have', 'HAVE'), ('lost', 'PROBLEM'), ('my', 'MY'), ('sister', 'KIN')]
    """
    words: list[Word] = []
    for token in _TOKEN.findall(_CUT_OFF.sub("", text) if "-" in text else text):
        for word in _classified(token):
            if not (words and word[1] == words[-1][1] and word[1] in _SAID_TWICE):
                words.append(word)
    return words


@lru_cache(maxsize=20_000)
def _classified(token: str) -> tuple[Word, ...]:
    """Return a token with its class; a contraction is several words, a filler none."""
    if parts := patterns.CONTRACTIONS.get(token):
        first, *others = parts.split()
        return ((token.split("'")[0], first), *((name.lower(), name) for name in others))
    if token in _FILLERS:
        return ()
    if name := _CLASS.get(token):
        return ((token, name),)
    if token.endswith("s") and _CLASS.get(token[:-1]) in patterns.PLURALS:
        return ((token, _CLASS[token[:-1]]),)
    stem, apostrophe, ending = token.rpartition("'")
    if apostrophe and (ending in _PARTS or ending == "s"):
        name = _PARTS.get(ending, "BE" if stem in _IS_BEFORE else "S")
        return (*_classified(stem), (name.lower(), name))
    if "-" in token and token.strip("-"):
        for part in reversed([part for part in token.split("-") if part]):
            found = _classified(part)
            if found and found[0][1] not in _NO_HEAD:
                return ((token, found[0][1]),)
        return ((token, OTHER),)
    return _by_ending(token)


def _by_ending(token: str) -> tuple[Word, ...]:
    """Guess the class of a word in no list by its ending; adverbs are fillers."""
    if token == "?":
        return ((token, "ASK"),)
    if not token[0].isalpha():
        return ((token, MARK),)
    if token.endswith("ly") and len(token) > 4:
        return ()
    if token.endswith("ed") and len(token) > 4:
        return ((token, "ED"),)
    if token.endswith("ing") and len(token) > 5:
        return ((token, "ING"),)
    return ((token, OTHER),)


def class_line(words: list[Word]) -> str:
    """Return the classes of words with blanks between them; neighbors of no class are one.

    Examples
    --------
    >>> class_line(read_words("my sister is a nurse in the valley road surgery"))
    'MY KIN BE A ROLE PREP THE w PLACE'
    """
    classes = [name for _, name in words]
    return " ".join(
        name
        for before, name in pairwise(["", *classes])
        if name != before or name not in (OTHER, MARK)
    )
