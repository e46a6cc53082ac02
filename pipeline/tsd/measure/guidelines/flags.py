"""Cues for the flags of the codebook in the words of a disclosure: what a reviewer should look at.

The flags follow the codebook's table "Flags". They are found by words alone, so that each can be
shown with the words that led to it; what is only hinted at is missed. The words stand in
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

REACH = 60
"""So many characters before and after a word are searched for words that take it back."""

Span = tuple[int, int]

_BREAK = re.compile(r"[.?!;:\n]")

_TOPICS = {topic: whole(words) for topic, words in intimate.TOPICS.items()}
_OWN = {topic: whole(words) for topic, words in intimate.OWN.items()}
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
    """Words that speak for a flag.

    Parameters
    ----------
    flag : str
        One of `FLAGS`.
    words : str
        The words as they stand in the utterance.
    start, end : int
        Where they stand: ``text[start:end] == words``.
    """

    flag: str
    words: str
    start: int
    end: int


def find_flags(text: str, label: Label) -> list[FlagMatch]:
    """Find the words of a disclosing utterance that speak for a flag of the codebook.

    Parameters
    ----------
    text : str
        The whole utterance, since what makes a disclosure intimate often stands next to its
        disclosing words. What the client said before is not looked at: it brought more wrong
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
    said = plain(text)
    spans = {
        "intimate": _intimate(said, label) or _echo(said, label),
        "other_client": _other_clients(said),
        "therapist_need": _needs(said, label),
    }
    found = [
        FlagMatch(flag, text[start:end], start, end)
        for flag, each in spans.items()
        for start, end in _apart(each)
    ]
    return sorted(found, key=lambda match: (match.start, match.end, FLAGS.index(match.flag)))


def asks_permission(text: str) -> bool:
    """Say whether the therapist asks permission to say something about themselves.

    Permission to share information, results or advice does not count.

    Parameters
    ----------
    text : str
        A therapist utterance.

    Returns
    -------
    bool
        Whether it asks or signals permission: the codebook's flag `permission`.

    Examples
    --------
    >>> asks_permission("Would it help if I told you how I got through it?")
    True
    >>> asks_permission("Can I share some information about the medicine?")
    False
    """
    said = plain(text)
    for asked in _ASKING.finditer(said):
        rest = _sentence_from(said, asked.end())
        telling = _TELLING.search(rest)
        if telling and _of_self(rest[telling.start() :], len(telling[0])):
            return True
    return any(
        _of_self(_sentence_from(said, asked.start()), len(asked[0]))
        for asked in _ASKING_TO_HEAR.finditer(said)
    )


def is_unresolved(said: str) -> bool | None:
    """Say whether somebody speaks of a problem as one that goes on.

    Parameters
    ----------
    said : str
        The disclosing words.

    Returns
    -------
    bool or None
        True: in the present ("I still can't ..."). False: in the past, or as over. None: the words
        do not show it.

    Examples
    --------
    >>> is_unresolved("I still struggle with that."), is_unresolved("I got over it in the end.")
    (True, False)
    >>> is_unresolved("My daughter is six.") is None
    True
    """
    said = _TRIVIAL.sub(" ", plain(said))
    if _UNRESOLVED.search(said) or _STILL.search(said):
        return True
    if _RESOLVED.search(said):
        return False
    if _TROUBLE_NOW.search(said) or any(_troubles_now(said)):
        return True
    return False if _PAST.search(said) else None


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Leave out spans that overlap one before them, or a longer one from the same place."""
    end = -1
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            yield span
            end = span[1]


def _sentence_to(text: str, end: int) -> str:
    """Return the words of the same sentence before a place, at most `REACH` characters."""
    return _BREAK.split(text[max(0, end - REACH) : end])[-1]


def _sentence_from(text: str, start: int) -> str:
    """Return the words of the same sentence after a place, at most twice `REACH` characters."""
    return _BREAK.split(text[start : start + 2 * REACH], maxsplit=1)[0]


def _of_self(words: str, after: int) -> bool:
    """Say whether what follows the words of telling is the therapist's own, not information."""
    return bool(
        _SELF_MATTER.search(words) and not _NOT_ABOUT_SELF.search(words, after, after + REACH // 2)
    )


def _intimate(said: str, label: Label) -> list[Span]:
    spans: list[Span] = []
    for topic, words in _TOPICS.items():
        own = (found.span() for found in _OWN[topic].finditer(said))
        spans += [span for span in own if not _taken_back(said, span)]
        named = (found.span() for found in words.finditer(said))
        spans += [
            span
            for span in named
            if not _taken_back(said, span)
            and not _of_others(said, span, topic)
            and not _to_you(said, span)
            and (label is not Label.TRAINING or _as_own(said, span))
        ]
    return spans


def _taken_back(said: str, span: Span) -> bool:
    """Say whether words next to a match deny that it happened, or make it the name of a job."""
    return bool(_UNREAL.search(_sentence_to(said, span[0])) or _AFTER.match(said, span[1]))


def _of_others(said: str, span: Span, topic: str) -> bool:
    """Say whether words before a topic make it the client's, the job's, or deny it."""
    before = _sentence_to(said, span[0])
    denied = topic in intimate.DENIABLE and _DENIED.search(before)
    return bool(denied or _NOT_OWN.search(before))


def _to_you(said: str, span: Span) -> bool:
    """Say whether the sentence of a topic speaks to "you" and not of the therapist."""
    sentence = _sentence_to(said, span[0]) + _sentence_from(said, span[0])
    return bool(_YOU.search(sentence) and not _I.search(sentence))


def _as_own(said: str, span: Span) -> bool:
    """Say whether a topic is the therapist's own experience."""
    around = _sentence_to(said, span[0]) + _sentence_from(said, span[0])
    return bool(_OWN_EXPERIENCE.search(around))


def _echo(said: str, label: Label) -> list[Span]:
    """Find a claim of sharing what an intimate word before it is about."""
    if label is not Label.SIMILAR_CHALLENGE:
        return []
    claim = _ECHO.search(said)
    if claim is None:
        return []
    named = any(each.search(said) for words in (_TOPICS, _OWN) for each in words.values())
    return [claim.span()] if named else []


def _other_clients(said: str) -> list[Span]:
    return [
        found.span() for each in (_OTHER_CLIENT, _NAMED_CLIENT) for found in each.finditer(said)
    ]


def _needs(said: str, label: Label) -> list[Span]:
    spans = [found.span() for found in _PLEAS.finditer(said)]
    if label is Label.TRAINING:
        return spans
    spans += [found.span() for found in _UNRESOLVED.finditer(said)]
    if not _RESOLVED.search(said):
        spans += _troubles_now(said)
    return spans


def _troubles_now(said: str) -> Iterator[Span]:
    """Find a word of the present that has a word of trouble near it."""
    for now in _NOW.finditer(said):
        around = _sentence_to(said, now.start()) + " " + _sentence_from(said, now.end())
        if _TROUBLE.search(around):
            yield now.span()
