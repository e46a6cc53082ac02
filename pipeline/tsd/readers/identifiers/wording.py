"""What is said about identifiers, wherever people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsd.readers.identifiers.look import Identifiers
from tsd.readers.identifiers.rules import SPEAKER_NAME
from tsd.words import count

NOTHING_FOUND = "no obvious identifiers found"

NO_GUARANTEE = (
    "This looks for obvious patterns only. It cannot show that a transcript is de-identified."
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


def placeholders_in(placeholders: int, words: int) -> str:
    """Write how many placeholders some words have; nothing if they are none in few words."""
    if not placeholders and words < MANY_WORDS:
        return ""
    return f"{count(placeholders, 'placeholder')} in {count(words, 'word')}."


def message(found: Identifiers) -> str:
    """Write what a user must know about a session with identifiers; empty if none was found.

    >>> message(Identifiers(weak={"name": (3, 8)}))
    'may have 2 names (utterances 3, 8). Replace them in the file by placeholders such as [NAME].'
    """
    weak = with_places(found.weak)
    if found.strong:
        begin = f"may not be de-identified: it has {with_places(found.strong)}."
        begin += f" It may also have {weak}." if weak else ""
    elif weak:
        begin = f"may have {weak}."
    else:
        return ""
    said = [begin, placeholders_in(found.placeholders, found.words), f"{_advice(found)}."]
    return " ".join(filter(None, said))


def refusal(found: Identifiers) -> str:
    """Write why a session is refused, and what to do.

    >>> refusal(Identifiers(strong={"date": (3,)}))
    'left out (--require-deidentified): it has 1 date (utterance 3). Replace them in the file by
    placeholders such as [NAME], or run without --require-deidentified.'
    """
    return (
        f"left out (--require-deidentified): it has {with_places(found.strong)}. "
        f"{_advice(found)}, or run without --require-deidentified."
    )


def _advice(found: Identifiers) -> str:
    if not found.strong and set(found.weak) == {SPEAKER_NAME}:
        return "Give speakers other labels, such as Therapist and Client"
    more = " and give speakers other labels" if SPEAKER_NAME in found.weak else ""
    return f"Replace them in the file by placeholders such as [NAME]{more}"
