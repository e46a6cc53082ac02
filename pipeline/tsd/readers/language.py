"""The language of a session.

Parts of what a side says are looked at one by one, so that a session in two languages is seen as
one. A part of 20 words is enough: of about 6,000 parts of English sessions with 20 words each, none
was taken for another language; with 10 words, it was 1 in 2,000.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from tsd.readers.language_patterns import NAMES, NO_LANGUAGE, SAME
from tsd.schema import Role, Utterance

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

MOST_PARTS = 40
"""As many parts of each side are looked at, evenly over the session."""

PART_LENGTH = 150
"""A part has at least so many characters, about 30 words, if there are so many."""

LEAST_BYTES = 80
"""A part whose different words are shorter together (in UTF-8) is in no language. This is about 20
words of English or 27 Chinese characters; "mhm" and "yeah" alone never get there."""

SURE = 0.5
"""A part is in a language if the probability is at least this."""

MIXED = 0.1
"""From this share on, talk in another language is reported."""

# Placeholders for names ("[NAME]", "<PERSON>", "XXXX", "___"), and numbers.
_NOT_TALK = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\b[Xx]{2,}\b|_+|\d+")


@dataclass(frozen=True, slots=True)
class SpokenLanguages:
    """In which languages a session is, as far as its words show it.

    Parameters
    ----------
    therapist, everybody : mapping of str to float
        The code of each language and its share of the therapist's words and of all words: the
        largest first, 0 to 1, together 1. Empty if the words are too few to tell.
    """

    therapist: Mapping[str, float]
    everybody: Mapping[str, float]

    @property
    def main(self) -> str:
        """Code of the language that the therapist mostly speaks; empty if it is not known.

        It is that of all words if the therapist's own are too few.
        """
        return next(iter(self.therapist or self.everybody), "")

    @property
    def english(self) -> bool:
        """Whether the main language is English, or may be."""
        return self.main in ("", ENGLISH)

    @property
    def others(self) -> dict[str, float]:
        """The share of each language but English in all words, the largest first."""
        return {code: share for code, share in self.everybody.items() if code != ENGLISH}


def spoken_languages(utterances: Iterable[Utterance]) -> SpokenLanguages:
    """Find the languages of a session.

    Names in brackets, other placeholders and numbers are not looked at. The same words always
    give the same result.

    Examples
    --------
    >>> words = "Und wie ist es Ihnen seit unserem letzten Gespräch mit dem Schlaf gegangen, "
    >>> words += "haben Sie die Übung am Abend noch einmal versucht oder war es zu viel?"
    >>> found = spoken_languages([Utterance(words, "T", Role.THERAPIST)])
    >>> found.main, found.english, language_name(found.main)
    ('de', False, 'German')
    """
    therapist: list[str] = []
    others: list[str] = []
    for each in utterances:
        (therapist if each.role is Role.THERAPIST else others).append(each.text)
    of_therapist, of_others = _weights(therapist), _weights(others)
    if not of_therapist and not of_others:  # each side says too little, both may say enough
        return SpokenLanguages({}, _shares(_weights([*therapist, *others])))
    return SpokenLanguages(_shares(of_therapist), _shares(of_therapist + of_others))


def language_name(code: str) -> str:
    """Return the English name of a language.

    >>> language_name("ar")
    'Arabic'
    """
    return NAMES.get(code, code)


def _shares(weights: Counter[str]) -> dict[str, float]:
    total = sum(weights.values())
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {code: weight / total for code, weight in ordered}


def _weights(texts: Sequence[str]) -> Counter[str]:
    """Return the languages of texts, each with the number of characters that are in it."""
    parts = _parts(texts)
    found = Counter(code for part in parts if (code := _language_of(part)))
    length = sum(map(len, texts))
    return Counter({code: n * length // len(parts) + 1 for code, n in found.items()})


def _parts(texts: Sequence[str]) -> list[str]:
    """Divide texts into parts of about equal length; of a long talk, take some of them evenly."""
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    total = starts[-1]
    count = max(min(total // PART_LENGTH, MOST_PARTS), 1)
    begins = [number * total // count for number in range(count + 1)]
    longest = PART_LENGTH if count == MOST_PARTS else total
    return [
        _slice(texts, starts, begin, min(end, begin + longest)) for begin, end in pairwise(begins)
    ]


def _slice(texts: Sequence[str], starts: Sequence[int], begin: int, end: int) -> str:
    """Return some characters of texts as if they were one, with a blank between two of them."""
    first = bisect_right(starts, begin) - 1
    pieces: list[str] = []
    for number in range(first, len(texts)):
        if starts[number] >= end:
            break
        offset = max(begin - starts[number], 0)
        pieces.append(texts[number][offset : end - starts[number]])
    return " ".join(pieces)


def _language_of(part: str) -> str:
    """Return the code of the language of a part; empty if it cannot be told."""
    words = _NOT_TALK.sub(" ", part).split()
    different = " ".join(dict.fromkeys(word.lower() for word in words))
    if len(different.encode("utf-8", "replace")) < LEAST_BYTES:
        return ""
    ranked = [(SAME.get(code, code), p) for code, p in _identifier().rank(" ".join(words))]
    first = ranked[0][0]
    p_first = sum(p for code, p in ranked if code == first)
    return "" if p_first < SURE or first in NO_LANGUAGE else first


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model of py3langid, once; an own one, which no other code can change."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
