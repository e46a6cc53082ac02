"""Quotes from a session as evidence: short, with the number of their utterance."""

from __future__ import annotations

from collections.abc import Iterable

from tsd.measure.talk import Talk
from tsd.schema import Disclosure

QUOTE_LENGTH = 160
"""About how many characters of a passage are quoted."""

MOST_QUOTES = 20
"""Most quotes in one cell; the rest is only counted."""


def quotes(each: Iterable[str]) -> list[str]:
    """Keep each quote once; past the limit, only say how many more there are.

    Examples
    --------
    >>> quotes(["3: “Me too.”", "8: “I trained.”", "3: “Me too.”"])
    ['3: “Me too.”', '8: “I trained.”']
    """
    different = list(dict.fromkeys(each))
    more = len(different) - MOST_QUOTES
    return different[:MOST_QUOTES] + [f"… {more} more"] * (more > 0)


def quote_utterance(talk: Talk, utterance: int | None) -> str:
    """Quote the beginning of an utterance; return an empty text if there is none."""
    return "" if utterance is None else quote(utterance, talk.texts[utterance])


def quote_around(talk: Talk, found: Disclosure, words: str = "") -> str:
    """Quote a disclosure, around the words that matter for a flag.

    Parameters
    ----------
    talk : Talk
        The session.
    found : Disclosure
        The disclosure.
    words : str
        Words in the disclosure. If they are elsewhere in its utterance, the utterance is quoted.

    Returns
    -------
    str
    """
    inside = found.text.find(words)
    if inside >= 0:
        return quote(found.utterance, found.text, inside)
    text = talk.texts[found.utterance]
    return quote(found.utterance, text, max(text.find(words), 0))


def quote(utterance: int, text: str, place: int = 0) -> str:
    """Quote a passage, shortened around a place in it.

    Parameters
    ----------
    utterance : int
        The number of the utterance, counted from 0.
    text : str
        The passage.
    place : int
        Position of a character that the quote must contain.

    Returns
    -------
    str
        About `QUOTE_LENGTH` characters, whole words where possible.

    Examples
    --------
    >>> print(quote(12, "I've been there,  too."))
    12: “I've been there, too.”
    """
    begin = max(min(place - QUOTE_LENGTH // 2, len(text) - QUOTE_LENGTH), 0)
    end = begin + QUOTE_LENGTH
    begin = text.rfind(" ", max(begin - 15, 0), begin) + 1 or begin
    further = text.find(" ", end, end + 15)
    end = end if further < 0 else further
    part = " ".join(text[begin:end].split())
    return f"{utterance}: “{'…' * (begin > 0)}{part}{'…' * (end < len(text))}”"
