"""How counts, names and words are written, wherever people read them."""

from __future__ import annotations

import re

_ODD_BLANKS = re.compile(r"[^\S ]\s*| \s+")
_LONG = 10**6  # characters, above which a list of the words would take too much memory


def count(number: float, noun: str, plural: str = "") -> str:
    """Write a number with its noun.

    >>> count(1, "session"), count(1200, "session"), count(2, "therapist utterance")
    ('1 session', '1,200 sessions', '2 therapist utterances')
    """
    return f"{int(number):,} {noun if number == 1 else plural or noun + 's'}"


def in_words(name: str) -> str:
    """Write the name of a column, a figure or a type as words.

    >>> in_words("similar_challenge"), in_words("f1")
    ('similar challenge', 'F1')
    """
    return "F1" if name == "f1" else name.replace("_", " ")


def one_line(text: str) -> str:
    r"""Write a text on one line, with one space between words.

    >>> one_line(" So\n I  left. ")
    'So I left.'
    """
    return " ".join(text.split()) if len(text) < _LONG else _ODD_BLANKS.sub(" ", text).strip()
