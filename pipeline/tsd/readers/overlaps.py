"""Overlapping talk in the transcripts of noScribe: ``... //S02: yes// ...``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN = re.compile(r"(?<!\S)//\s?(?P<name>[^\W_][^:/\n]{0,40}):(?=\s|$)")
_MARK = re.compile(r"(?<![:/])//(?!/)")
_BEFORE = re.compile(r"//\s?")


def has_overlaps(text: str) -> bool:
    """Whether a text has the mark of an overlap.

    >>> has_overlaps("Yes. //S02: Oh.// And then"), has_overlaps("It is at http://a.org")
    (True, False)
    """
    return _OPEN.search(text) is not None


def split_overlaps(text: str, speaker: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a turn and those that somebody else said meanwhile, with who said them.

    An overlap ends at its closing mark, at the next overlap or at the end of the text. A closing
    mark without an overlap, of one that began in the turn before, is left out.

    Parameters
    ----------
    text : str
        The words of a turn, with marks.
    speaker : str
        Who speaks outside the marks.

    Yields
    ------
    (str, str)
        A speaker and words, in their order. Nothing without words is yielded.

    Examples
    --------
    >>> list(split_overlaps("I slept. //S01: Badly.// And you?", "S00"))
    [('S00', 'I slept.'), ('S01', 'Badly.'), ('S00', 'And you?')]
    >>> list(split_overlaps("// And you? //S01: I", "S00"))
    [('S00', 'And you?'), ('S01', 'I')]
    """
    if before := _BEFORE.match(text):
        # The end of an overlap of the turn before, unless an overlap begins here.
        text = text if _OPEN.match(text) else text[before.end() :]
    place = 0
    while found := _OPEN.search(text, place):
        if words := text[place : found.start()].strip():
            yield speaker, words
        close = _MARK.search(text, found.end())
        end = close.start() if close else len(text)
        if words := text[found.end() : end].strip():
            yield found["name"].strip(), words
        again = close is not None and _OPEN.match(text, end) is not None
        place = end if close is None or again else close.end()
    if words := text[place:].strip():
        yield speaker, words
