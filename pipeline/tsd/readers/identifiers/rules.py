"""What a rule for one kind of identifier is, and how rules are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

E_MAIL = "e-mail address"
WEB = "web address"
IP = "IP address"
TELEPHONE = "telephone number"
SSN = "Social Security number"
CARD = "credit card number"
DATE = "date"
AGE = "age over 89"
POSTCODE = "ZIP or postal code"
ADDRESS = "street address"
RECORD = "record or account number"
VEHICLE = "vehicle number"
NAME = "name"
SPEAKER_NAME = "speaker name"
UNCHECKED = "stretch that could not be checked"

CLASSES: tuple[str, ...] = (
    E_MAIL,
    WEB,
    IP,
    TELEPHONE,
    SSN,
    CARD,
    DATE,
    AGE,
    POSTCODE,
    ADDRESS,
    RECORD,
    VEHICLE,
    NAME,
    SPEAKER_NAME,
    UNCHECKED,
)
"""What can be found, in the order of every list: after the identifiers of the Safe Harbor method
(45 CFR 164.514(b)(2)(i)), as far as talk shows them by a pattern."""

Check = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern for one class of identifiers.

    A rule is tried only on talk that may match it: most talk matches none.

    Parameters
    ----------
    kind : str
        One of `CLASSES`.
    pattern : re.Pattern
        Linear: no repeated group that can match the same characters in two ways, and only short
        repetitions.
    strong : bool
        Whether a match is nearly always an identifier.
    digits : bool
        Whether it needs a digit, 0 to 9.
    marks : str
        Needs one of these characters; any text if empty.
    words : frozenset of str
        Needs some of these words, in lower case; any text if empty.
    least : int
        How many different ones of them.
    check : callable or None
        What a pattern cannot say: takes the match, returns whether it counts.
    """

    kind: str
    pattern: re.Pattern[str]
    strong: bool
    digits: bool = False
    marks: str = ""
    words: frozenset[str] = frozenset()
    least: int = 1
    check: Check | None = None


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first.

    >>> one_of(["oct", "october"])
    '(?:october|oct)'
    """
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def before(match: re.Match[str], characters: int = 60) -> str:
    """Return the talk before a match, in lower case."""
    return match.string[max(0, match.start() - characters) : match.start()].lower()


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that takes any case."""
    return re.compile(pattern, re.IGNORECASE)
