"""What is said about identifiers, wherever people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsd.readers.identifiers.look import Identifiers
from tsd.words import count

NOTHING_FOUND = "no obvious identifiers found"

NO_GUARANTEE = (
    "This looks for obvious patterns only. It cannot show that a transcript is de-identified."
)

WHAT_TO_DO = (
    "Replace them in the file by placeholders such as [NAME] or [DATE], and rename speakers who "
    "have a full name"
)

MANY_WORDS = 2000
"""From this many words on, it is worth saying that there is no placeholder."""

_MOST_PLACES = 5
_PLURALS = {
    "e-mail address": "e-mail addresses",
    "web address": "web addresses",
    "IP address": "IP addresses",
    "street address": "street addresses",
    "age over 89": "ages over 89",
    "stretch that could not be checked": "stretches that could not be checked",
}


def count_of(kind: str, number: int) -> str:
    """Write how many there are of a class.

    >>> count_of("date", 1), count_of("e-mail address", 2)
    ('1 date', '2 e-mail addresses')
    """
    return count(number, kind, _PLURALS.get(kind, ""))


def with_places(found: Mapping[str, Sequence[int]]) -> str:
    """Write what was found, with the first places of each class.

    >>> with_places({"telephone number": (14, 80), "date": (3, 3)})
    '2 telephone numbers (utterances 14, 80), 2 dates (utterance 3)'
    """
    parts = []
    for kind, each in found.items():
        places = list(dict.fromkeys(each))
        shown = ", ".join(f"{place}" for place in places[:_MOST_PLACES])
        more = len(places) - _MOST_PLACES
        shown += f" and {more:,} more" if more > 0 else ""
        parts.append(
            f"{count_of(kind, len(each))} (utterance{'s' if len(places) > 1 else ''} {shown})"
        )
    return ", ".join(parts)


def placeholders_of(found: Identifiers) -> str:
    """Write how many placeholders there are, where that says something; else nothing.

    >>> placeholders_of(Identifiers(words=8000))
    '0 placeholders in 8,000 words.'
    """
    return placeholders_in(found.placeholders, found.words)


def placeholders_in(placeholders: int, words: int) -> str:
    """Write how many placeholders some words have; nothing if they are none in few words."""
    if not placeholders and words < MANY_WORDS:
        return ""
    return f"{count(placeholders, 'placeholder')} in {count(words, 'word')}."


def message(found: Identifiers) -> str:
    """Write what a user must know about a session with identifiers; empty if none was found.

    >>> message(Identifiers(strong={"date": (3,)}, placeholders=2, words=90))  # doctest: +ELLIPSIS
    'has 1 date (utterance 3). 2 placeholders in 90 words. Replace them ..., then read it again.'
    """
    parts = []
    if found.strong:
        parts.append(f"has {with_places(found.strong)}.")
    if found.weak:
        parts.append(f"{'There' if parts else 'there'} may be {with_places(found.weak)}.")
    if not parts:
        return ""
    parts += [placeholders_of(found), f"{WHAT_TO_DO}, then read it again."]
    return " ".join(filter(None, parts))


def refusal(found: Identifiers) -> str:
    """Write why a session was refused, and what to do."""
    return (
        f"left out, because --require-deidentified is set: it has {with_places(found.strong)}. "
        f"{WHAT_TO_DO}, then run again. Or run without --require-deidentified."
    )
