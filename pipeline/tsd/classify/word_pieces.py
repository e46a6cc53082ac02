"""Divides English text into the word pieces of an encoder, as BERT does (Devlin et al. 2019)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

START, END, UNKNOWN, PADDING = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
SPECIAL: tuple[str, ...] = (PADDING, UNKNOWN, START, END)
"""Pieces that every vocabulary must have."""

_INNER = "##"
"""Before a piece that goes on with a word."""
_LONGEST_WORD = 100
"""A longer word is unknown."""
_KEPT = 50_000
"""So many words are remembered at most, and how they are divided."""
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """Word pieces and their numbers.

    Parameters
    ----------
    vocabulary : sequence of str
        The pieces, in the order of their numbers.

    Examples
    --------
    >>> pieces = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "i", "knit", "##ted", "."])
    >>> pieces.numbers("i knitted socks.")
    [4, 5, 6, 1, 7]
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._known: dict[str, list[int]] = {}

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each piece."""
        return {piece: number for number, piece in enumerate(self.vocabulary)}

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text in lower case, in order."""
        found: list[int] = []
        for token in _TOKEN.findall(text):
            if token not in self._known:
                if len(self._known) == _KEPT:
                    self._known.clear()
                self._known[token] = self._divided(token)
            found += self._known[token]
        return found

    def _divided(self, token: str) -> list[int]:
        """Divide a token into pieces, each the longest possible; unknown if there is none."""
        if len(token) > _LONGEST_WORD:
            return [self.number[UNKNOWN]]
        found: list[int] = []
        start = 0
        while start < len(token):
            inner = _INNER if start else ""
            for end in range(len(token), start, -1):
                number = self.number.get(inner + token[start:end])
                if number is not None:
                    break
            else:
                return [self.number[UNKNOWN]]
            found.append(number)
            start = end
        return found
