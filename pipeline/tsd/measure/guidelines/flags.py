"""Cues for the flags of the codebook in the words of a disclosure: what a reviewer should look at.

The flags follow the codebook's table "Flags". They are found by words alone, so that each can be
shown with the words that led to it; what is only hinted at is missed. The words are in
`tsd.measure.guidelines.intimate_patterns` and `flags_patterns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tsd.measure.guidelines import flags_patterns as patterns
from tsd.measure.guidelines import intimate_patterns as intimate
from tsd.schema import Label
from tsd.segment.phrases import GAP, any_of, plain, up_to, whole

FLAGS: tuple[str, ...] = ("intimate", "other_client", "therapist_need")
"""The flags that `find_flags` can set, in the order of every table."""

Span = tuple[int, int]

_REACH = 60  # how many characters before and after a word are searched for words that cancel it
_BREAK = re.compile(r"[.?!;:\n]")

_TOPICS = {topic: whole(words) for topic, words in intimate.TOPICS.items()}
_OWN = {topic: whole(words) for topic, words in intimate.OWN.items()}
_ANY_TOPIC = whole(
    phrase for words in (*intimate.TOPICS.values(), *intimate.OWN.values()) for phrase in words
)
_OWN_EXPERIENCE = whole(intimate.OWN_EXPERIENCE)
_NOT_OWN = re.compile(rf"\b(?:{any_of(intimate.NOT_OWN_BEFORE)}){up_to(3)}$")
_UNREAL = re.compile(
    rf"\b(?:(?:{any_of(intimate.UNREAL_BEFORE)}){up_to(3)}"
    rf"|(?:{any_of(intimate.UNREAL_JUST_BEFORE)}){GAP})$"
)
_YOU, _I = whole(("{you}",)), whole(intimate.FIRST_PERSON)
_DENIED = re.compile(rf"\b(?:{any_of(intimate.NEGATIONS)}){up_to(2)}$")
_AFTER = re.compile(rf"{GAP}(?:{any_of(intimate.NOT_OWN_AFTER)})(?!\w)")
_ECHO = whole(intimate.ECHO)
_OTHER_CLIENT = whole(patterns.OTHER_CLIENT)
_NAMED_CLIENT = re.compile(
    rf"\b(?:{any_of(patterns.NAMED_CLIENT)}){GAP}"
    rf"(?!(?:{any_of(patterns.NOT_NAMES)})(?!\w))[^\W\d_]+"
    rf"(?={up_to(3)}(?:{any_of(patterns.NAMED_CLIENT_AFTER)})(?!\w))"
)
_PLEAS = whole(patterns.PLEAS)
_UNRESOLVED = whole(patterns.UNRESOLVED)
_NOW, _TROUBLE = whole(patterns.NOW), whole(patterns.TROUBLE)
_TROUBLE_NOW, _TRIVIAL = whole(patterns.TROUBLE_NOW), whole(patterns.TRIVIAL)
_STILL = whole(patterns.STILL)
_RESOLVED, _PAST = whole(patterns.RESOLVED), whole(patterns.PAST)
_ASKING, _TELLING = whole(patterns.ASKING), whole(patterns.TELLING)
_ASKING_TO_HEAR = whole(patterns.ASKING_TO_HEAR)
_SELF_MATTER = whole(patterns.SELF_MATTER)
_NOT_ABOUT_SELF = whole(patterns.NOT_ABOUT_SELF)


@dataclass(frozen=True, slots=True)
class FlagMatch:
    """Words of an utterance that speak for one of `FLAGS`: ``text[start:end] == words``."""

    flag: str
    words: str
    start: int
    end: int


def find_flags(text: str, label: Label) -> list[FlagMatch]:
    """Find the words of a disclosing utterance that speak for a flag of the codebook.

    Parameters
    ----------
    text : str
        The whole utterance, since what makes a disclosure intimate is often next to its
        disclosing words. What the client said before is not searched: it brought more wrong
        flags than right ones.
    label : Label
        Type of the disclosure. In `training` the name of a topic ("grief", "addiction") is the
        subject of the job, and counts only where the therapist speaks of it as their own.

    Returns
    -------
    list of FlagMatch
        In the order of the text; none of one flag overlap.

    Examples
    --------
    >>> find_flags("My mother died when I was nine.", Label.PERSONAL_DETAILS)
    [FlagMatch(flag='intimate', words='My mother died', start=0, end=14)]
    >>> find_flags("I trained in grief counselling.", Label.TRAINING)
    []
    >>> found = find_flags("Your mother died? Mine too.", Label.SIMILAR_CHALLENGE)
    >>> [match.words for match in found]
    ['Mine']
    """
    lower = plain(text)
    spans = {
        "intimate": _intimate(lower, label) or _echo(lower, label),
        "other_client": _spans(_OTHER_CLIENT, lower) + _spans(_NAMED_CLIENT, lower),
        "therapist_need": _needs(lower, label),
    }
    found = [
        FlagMatch(flag, text[start:end], start, end)
        for flag, each in spans.items()
        for start, end in _apart(each)
    ]
    return sorted(found, key=lambda match: (match.start, match.end, FLAGS.index(match.flag)))


def asks_permission(text: str) -> bool:
    """Whether a therapist asks or signals permission to say something about themselves.

    This is the codebook's flag `permission`. Permission to share information, results or advice
    does not count.

    Examples
    --------
    >>> asks_permission("Would it help if I told you how I got through it?")
    True
    >>> asks_permission("Can I share some information about the medicine?")
    False
    """
    text = plain(text)
    for asked in _ASKING.finditer(text):
        rest = _sentence_from(text, asked.end())
        telling = _TELLING.search(rest)
        if telling and _is_about_self(rest[telling.start() :], len(telling[0])):
            return True
    return any(
        _is_about_self(_sentence_from(text, asked.start()), len(asked[0]))
        for asked in _ASKING_TO_HEAR.finditer(text)
    )


def is_unresolved(text: str) -> bool | None:
    """Whether disclosing words present a problem as one that goes on; None if they do not say.

    False if they speak of it in the past, or as over.

    Examples
    --------
    >>> is_unresolved("I still struggle with that."), is_unresolved("I got over it in the end.")
    (True, False)
    >>> is_unresolved("My daughter is six.") is None
    True
    """
    text = _TRIVIAL.sub(" ", plain(text))
    if _UNRESOLVED.search(text) or _STILL.search(text):
        return True
    if _RESOLVED.search(text):
        return False
    if _TROUBLE_NOW.search(text) or any(_troubles_now(text)):
        return True
    return False if _PAST.search(text) else None


def _spans(words: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in words.finditer(text)]


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Leave out spans that overlap one before them, or a longer one from the same place."""
    end = -1
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            yield span
            end = span[1]


def _sentence_to(text: str, end: int) -> str:
    """Return the words of the same sentence before a place, at most `_REACH` characters."""
    return _BREAK.split(text[max(0, end - _REACH) : end])[-1]


def _sentence_from(text: str, start: int) -> str:
    """Return the words of the same sentence after a place, at most twice `_REACH` characters."""
    return _BREAK.split(text[start : start + 2 * _REACH], maxsplit=1)[0]


def _is_about_self(words: str, after: int) -> bool:
    """Whether what follows the words of telling is the therapist's own, not information."""
    about_self = _SELF_MATTER.search(words)
    return bool(about_self and not _NOT_ABOUT_SELF.search(words, after, after + _REACH // 2))


def _intimate(text: str, label: Label) -> list[Span]:
    spans: list[Span] = []
    if not _ANY_TOPIC.search(text):  # most disclosures; one search is faster than one per topic
        return spans
    for topic, words in _TOPICS.items():
        spans += _spans(_OWN[topic], text)
        spans += [span for span in _spans(words, text) if _is_own(text, span, topic, label)]
    return [span for span in spans if not _is_canceled(text, span)]


def _is_canceled(text: str, span: Span) -> bool:
    """Whether words next to a match deny that it happened, or make it the name of a job."""
    return bool(_UNREAL.search(_sentence_to(text, span[0])) or _AFTER.match(text, span[1]))


def _is_own(text: str, span: Span, topic: str, label: Label) -> bool:
    """Whether the words around a topic leave it to the therapist."""
    before = _sentence_to(text, span[0])
    if _NOT_OWN.search(before) or (topic in intimate.DENIABLE and _DENIED.search(before)):
        return False
    sentence = before + _sentence_from(text, span[0])
    if _YOU.search(sentence) and not _I.search(sentence):  # of the client
        return False
    return label is not Label.TRAINING or bool(_OWN_EXPERIENCE.search(sentence))


def _echo(text: str, label: Label) -> list[Span]:
    """Find a claim of sharing what an intimate word before it is about."""
    claim = _ECHO.search(text) if label is Label.SIMILAR_CHALLENGE else None
    return [claim.span()] if claim and _ANY_TOPIC.search(text) else []


def _needs(text: str, label: Label) -> list[Span]:
    spans = _spans(_PLEAS, text)
    if label is Label.TRAINING:
        return spans
    spans += _spans(_UNRESOLVED, text)
    return spans if _RESOLVED.search(text) else [*spans, *_troubles_now(text)]


def _troubles_now(text: str) -> Iterator[Span]:
    """Find a word of the present that has a word of trouble near it."""
    for now in _NOW.finditer(text):
        around = _sentence_to(text, now.start()) + " " + _sentence_from(text, now.end())
        if _TROUBLE.search(around):
            yield now.span()
