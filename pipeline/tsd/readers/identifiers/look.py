"""The look at a session: which obvious identifiers its talk has, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tsd.readers.identifiers.contact import INTERNET, TELEPHONES
from tsd.readers.identifiers.dates import AGES, DATES
from tsd.readers.identifiers.names import ADDRESSES, NAMES, is_full_name
from tsd.readers.identifiers.numbers import CARDS, POSTCODES, RECORDS
from tsd.readers.identifiers.placeholders import count_placeholders
from tsd.readers.identifiers.rules import CLASSES, SPEAKER_NAME, UNCHECKED, Rule
from tsd.schema import Utterance

RULES: tuple[Rule, ...] = (
    *INTERNET,
    *CARDS,
    *RECORDS,
    *DATES,
    *TELEPHONES,
    *POSTCODES,
    *ADDRESSES,
    *AGES,
    *NAMES,
)
"""All rules. Of two matches that overlap, the one of the earlier rule counts."""


def _by_word(digits: bool) -> dict[str, tuple[int, ...]]:
    """Return for each cue the rules to try on talk that has it, and digits or none."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(RULES):
        for word in rule.words if digits or not rule.digits else ():
            numbers[word].append(number)
    return {word: tuple(each) for word, each in numbers.items()}


# By whether the talk has digits. Most talk has neither digits nor cues, and is not tried at all.
_BY_WORD = {digits: _by_word(digits) for digits in (True, False)}
_CUES = {digits: frozenset(_BY_WORD[digits]) for digits in (True, False)}
_WITHOUT_CUES = tuple(number for number, rule in enumerate(RULES) if not rule.words)
_WORD = re.compile("[a-z]+")
_DIGIT = re.compile("[0-9]")
_PIECE, _OVERLAP = 2000, 200  # characters: long talk is looked at in pieces

LONGEST = 1_000_000
"""Characters of an utterance that are looked at. The rest counts as unchecked, which is strong."""


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What a look for identifiers found in one session; never the words themselves.

    It shows obvious patterns only. That nothing was found does not show that a transcript is
    de-identified.

    Parameters
    ----------
    strong, weak : mapping of str to tuple of int
        For each class that was found, the utterances, counted from 0, in order; an utterance with
        two of them is there twice. What is weak is often something else.
    placeholders : int
        Marks that stand where an identifier was, such as "[NAME]".
    words : int
        Words of the session.
    """

    strong: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    weak: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    placeholders: int = 0
    words: int = 0

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many there are of each class, without the places.

        Examples
        --------
        >>> Identifiers(strong={"date": (3, 3, 8)}, words=90).counts()
        {'strong': {'date': 3}, 'weak': {}}
        """
        return {
            "strong": {kind: len(places) for kind, places in self.strong.items()},
            "weak": {kind: len(places) for kind, places in self.weak.items()},
        }


@dataclass(frozen=True, slots=True)
class Match:
    """Where in an utterance an identifier is, in characters; the end is exclusive."""

    start: int
    end: int
    kind: str
    strong: bool


def look(
    utterances: Sequence[Utterance],
    *,
    words: int | None = None,
    more: Sequence[Sequence[Match]] | None = None,
) -> Identifiers:
    """Look for identifiers in the utterances of a session and in the labels of its speakers.

    Parameters
    ----------
    utterances : sequence of Utterance
        All of the session.
    words : int, optional
        How many words they have, if that is known.
    more : sequence of sequence of Match, optional
        For each utterance what another engine found. It counts where no rule found anything.

    Returns
    -------
    Identifiers

    Examples
    --------
    >>> found = look([Utterance("Call me on 212-555-0123.", "T"), Utterance("[NAME] did.", "C")])
    >>> found.strong, found.placeholders
    ({'telephone number': (0,)}, 1)
    """
    places: dict[tuple[str, bool], list[int]] = defaultdict(list)
    placeholders = 0
    labels: dict[str, int] = {}
    for number, utterance in enumerate(utterances):
        labels.setdefault(utterance.speaker, number)
        placeholders += count_placeholders(utterance.text[:LONGEST])
        for match in matches(utterance.text, more[number] if more else ()):
            places[match.kind, match.strong].append(number)
    for label, number in labels.items():
        if is_full_name(label):
            places[SPEAKER_NAME, False].append(number)
    strong, weak = (
        {kind: tuple(places[kind, sure]) for kind in CLASSES if (kind, sure) in places}
        for sure in (True, False)
    )
    if words is None:
        words = sum(utterance.words for utterance in utterances)
    return Identifiers(strong, weak, placeholders, words)


def matches(text: str, more: Sequence[Match] = ()) -> list[Match]:
    """Return the identifiers in some talk, in its order; none overlaps another.

    Examples
    --------
    >>> matches("It happened on March 3rd.")
    [Match(start=15, end=24, kind='date', strong=True)]
    """
    found = [*_by_rules(text), *((len(RULES), match) for match in more)]
    if len(found) > 1:
        found.sort(key=lambda each: (each[1].start, each[0]))
        kept = found[:1]
        for rank, match in found[1:]:
            if match.start >= kept[-1][1].end:
                kept.append((rank, match))
            elif rank < kept[-1][0]:
                kept[-1] = (rank, match)
        found = kept
    return [match for _, match in found]


def _by_rules(text: str) -> Iterator[tuple[int, Match]]:
    """Yield what each rule finds, with the number of the rule."""
    for begin in range(0, min(len(text), LONGEST), _PIECE):
        end = min(begin + _PIECE, LONGEST)
        for number in _rules_to_try(text[begin : end + _OVERLAP]):
            rule = RULES[number]
            for match in rule.pattern.finditer(text, begin, end + _OVERLAP):
                if match.start() < end and (rule.check is None or rule.check(match)):
                    yield number, Match(match.start(), match.end(), rule.kind, rule.strong)
    if len(text) > LONGEST:
        yield 0, Match(LONGEST, len(text), UNCHECKED, strong=True)


def _rules_to_try(text: str) -> Iterator[int]:
    """Yield the rules that may find something, by the words and characters that they need."""
    digits = _DIGIT.search(text) is not None
    cues = _CUES[digits].intersection(_WORD.findall(text.lower()))
    if not (digits or cues or "@" in text):
        return
    numbers = set(_WITHOUT_CUES) if digits or "@" in text else set()
    for cue in cues:
        numbers.update(_BY_WORD[digits][cue])
    for number in sorted(numbers):
        rule = RULES[number]
        if rule.digits and not digits:
            continue
        if rule.marks and not any(mark in text for mark in rule.marks):
            continue
        if rule.least < 2 or len(rule.words & cues) >= rule.least:
            yield number
