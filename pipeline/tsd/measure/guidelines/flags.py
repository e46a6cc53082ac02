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

FLAGS: tuple[str, ...] = ("intimate", "other_client", "therapist_need")
"""The flags that `find_flags` can set, in the order of every table."""

REACH = 60
"""So many characters before and after a word are searched for words that take it back."""

Span = tuple[int, int]

_GAP = r"[\s,\-]+"
_SOME_WORDS = rf"(?:{_GAP}[\w']+){{0,3}}{_GAP}"
_APOSTROPHE = " ?'? ?"
_BREAK = re.compile(r"[.?!;:\n]")


def _token(word: str) -> str:
    """Write one word of a phrase as a regular expression."""
    if word.startswith("{"):
        return rf"(?:{_any_of(patterns.GROUPS[word[1:-1]])})(?: ?'? ?s)?"
    for short, long in patterns.LONG_FORMS.items():
        if word.endswith(short):
            spoken = short.replace("'", _APOSTROPHE)
            return rf"{word.removesuffix(short)}(?:{spoken}|{long})"
    ending = r"\w*" if word.endswith("*") else ""
    return re.escape(word.removesuffix("*")).replace("'", _APOSTROPHE) + ending


def _any_of(phrases: Iterable[str]) -> str:
    """Write phrases as one regular expression: those that begin alike share their beginning."""
    rests: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), reverse=True):  # longer ones first, "{" before letters
        first, _, rest = phrase.partition(" ")
        rests.setdefault(first, []).append(rest)
    made = []
    for first, following in rests.items():
        longer = [rest for rest in following if rest]
        if first == "...":
            made.append(rf"(?:[\w']+{_GAP}){{0,3}}(?:{_any_of(longer)})")
            continue
        tail = f"(?:{_GAP}(?:{_any_of(longer)}))" if longer else ""
        made.append(_token(first) + tail + ("?" if tail and "" in following else ""))
    return "|".join(_by_first_letter(made))


def _by_first_letter(pieces: Iterable[str]) -> list[str]:
    """Share first letters too: a word is then compared with few others, which is much faster.

    >>> _by_first_letter(["cat", "dog", "cow"])
    ['c(?:at|ow)', 'dog']
    """
    groups: dict[str, list[str]] = {}
    for piece in pieces:
        groups.setdefault(piece[0] if piece[0].isalpha() else piece, []).append(piece)
    return [
        same[0] if len(same) == 1 else f"{letter}(?:{'|'.join(piece[1:] for piece in same)})"
        for letter, same in groups.items()
    ]


def _whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """Find phrases that begin and end with whole words."""
    return re.compile(rf"\b(?:{_any_of(phrases)})(?!\w)")


_TOPICS = {topic: _whole(words) for topic, words in intimate.TOPICS.items()}
_OWN = {topic: _whole(words) for topic, words in intimate.OWN.items()}
_OWN_EXPERIENCE = _whole(intimate.OWN_EXPERIENCE)
_NOT_OWN = re.compile(rf"\b(?:{_any_of(intimate.NOT_OWN_BEFORE)})(?:{_GAP}[\w']+){{0,3}}{_GAP}$")
_UNREAL = re.compile(
    rf"\b(?:(?:{_any_of(intimate.UNREAL_BEFORE)})(?:{_GAP}[\w']+){{0,3}}"
    rf"|(?:{_any_of(intimate.UNREAL_JUST_BEFORE)})){_GAP}$"
)
_YOU, _I = _whole(intimate.YOU), _whole(intimate.FIRST_PERSON)
_DENIED = re.compile(rf"\b(?:{_any_of(intimate.NEGATIONS)})(?:{_GAP}[\w']+){{0,2}}{_GAP}$")
_AFTER = re.compile(rf"{_GAP}(?:{_any_of(intimate.NOT_OWN_AFTER)})(?!\w)")
_ECHO = _whole(intimate.ECHO)
_OTHER_CLIENT = _whole(patterns.OTHER_CLIENT)
_NAMED_CLIENT = re.compile(
    rf"\b(?:{_any_of(patterns.NAMED_CLIENT)}){_GAP}"
    rf"(?!(?:{_any_of(patterns.NOT_NAMES)})(?!\w))[^\W\d_]+"
    rf"(?={_SOME_WORDS}(?:{_any_of(patterns.NAMED_CLIENT_AFTER)})(?!\w))"
)
_PLEAS = _whole(patterns.PLEAS)
_UNRESOLVED = _whole(patterns.UNRESOLVED)
_NOW, _TROUBLE = _whole(patterns.NOW), _whole(patterns.TROUBLE)
_TROUBLE_NOW, _TRIVIAL = _whole(patterns.TROUBLE_NOW), _whole(patterns.TRIVIAL)
_STILL = _whole(patterns.STILL)
_RESOLVED, _PAST = _whole(patterns.RESOLVED), _whole(patterns.PAST)
_ASKING, _TELLING = _whole(patterns.ASKING), _whole(patterns.TELLING)
_ASKING_TO_HEAR = _whole(patterns.ASKING_TO_HEAR)
_SELF_MATTER = _whole(patterns.SELF_MATTER)
_NOT_ABOUT_SELF = _whole(patterns.NOT_ABOUT_SELF)


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
        The whole utterance, since what makes a disclosure intimate often stands beside its
        disclosing words. What the client said before is not looked at: it brought more wrong
        flags than right ones.
    label : Label
        Type of the disclosure. In `training` the name of a topic ("grief", "addiction") is the
        matter of the job, and counts only where it is told as the therapist's own.

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
    plain = _plain(text)
    spans = {
        "intimate": _intimate(plain, label) or _echo(plain, label),
        "other_client": _other_clients(plain),
        "therapist_need": _needs(plain, label),
    }
    found = [
        FlagMatch(flag, text[start:end], start, end)
        for flag, each in spans.items()
        for start, end in _apart(each)
    ]
    return sorted(found, key=lambda match: (match.start, match.end, FLAGS.index(match.flag)))


def asks_permission(text: str) -> bool:
    """Tell whether the therapist asks for leave to tell something of themselves.

    Leave to share information, results or advice does not count.

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
    plain = _plain(text)
    for asked in _ASKING.finditer(plain):
        rest = _sentence_from(plain, asked.end())
        told = _TELLING.search(rest)
        if told and _of_self(rest[told.start() :], len(told[0])):
            return True
    return any(
        _of_self(_sentence_from(plain, asked.start()), len(asked[0]))
        for asked in _ASKING_TO_HEAR.finditer(plain)
    )


def is_unresolved(said: str) -> bool | None:
    """Tell whether a problem is told as one that goes on.

    Parameters
    ----------
    said : str
        The disclosing words.

    Returns
    -------
    bool or None
        True: told in the present ("I still can't ..."). False: told in the past, or as over.
        None: the words do not tell.

    Examples
    --------
    >>> is_unresolved("I still struggle with that."), is_unresolved("I got over it in the end.")
    (True, False)
    >>> is_unresolved("My daughter is six.") is None
    True
    """
    plain = _TRIVIAL.sub(" ", _plain(said))
    if _UNRESOLVED.search(plain) or _STILL.search(plain):
        return True
    if _RESOLVED.search(plain):
        return False
    if _TROUBLE_NOW.search(plain) or any(_troubles_now(plain)):
        return True
    return False if _PAST.search(plain) else None


def _plain(text: str) -> str:
    """Return the text in lower case and with one kind of apostrophe, at the same length."""
    low = text.lower()
    if len(low) != len(text):  # some letters are longer in lower case
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


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


def _of_self(words: str, told: int) -> bool:
    """Tell whether what is to be told is the therapist's own, not information."""
    return bool(
        _SELF_MATTER.search(words) and not _NOT_ABOUT_SELF.search(words, told, told + REACH // 2)
    )


def _intimate(plain: str, label: Label) -> list[Span]:
    spans: list[Span] = []
    for topic, words in _TOPICS.items():
        own = (found.span() for found in _OWN[topic].finditer(plain))
        spans += [span for span in own if not _taken_back(plain, span)]
        named = (found.span() for found in words.finditer(plain))
        spans += [
            span
            for span in named
            if not _taken_back(plain, span)
            and not _of_others(plain, span, topic)
            and not _to_you(plain, span)
            and (label is not Label.TRAINING or _as_own(plain, span))
        ]
    return spans


def _taken_back(plain: str, span: Span) -> bool:
    """Tell whether words beside a match say that it did not happen, or is the name of a job."""
    return bool(_UNREAL.search(_sentence_to(plain, span[0])) or _AFTER.match(plain, span[1]))


def _of_others(plain: str, span: Span, topic: str) -> bool:
    """Tell whether words before a topic make it the client's, the job's, or deny it."""
    before = _sentence_to(plain, span[0])
    denied = topic in intimate.DENIABLE and _DENIED.search(before)
    return bool(denied or _NOT_OWN.search(before))


def _to_you(plain: str, span: Span) -> bool:
    """Tell whether the sentence of a topic speaks to "you" and not of the therapist."""
    sentence = _sentence_to(plain, span[0]) + _sentence_from(plain, span[0])
    return bool(_YOU.search(sentence) and not _I.search(sentence))


def _as_own(plain: str, span: Span) -> bool:
    """Tell whether a topic is told as the therapist's own experience."""
    around = _sentence_to(plain, span[0]) + _sentence_from(plain, span[0])
    return bool(_OWN_EXPERIENCE.search(around))


def _echo(plain: str, label: Label) -> list[Span]:
    """Find a claim of sharing what an intimate word before it is about."""
    if label is not Label.SIMILAR_CHALLENGE:
        return []
    claim = _ECHO.search(plain)
    if claim is None:
        return []
    told = any(each.search(plain) for named in (_TOPICS, _OWN) for each in named.values())
    return [claim.span()] if told else []


def _other_clients(plain: str) -> list[Span]:
    return [
        found.span() for each in (_OTHER_CLIENT, _NAMED_CLIENT) for found in each.finditer(plain)
    ]


def _needs(plain: str, label: Label) -> list[Span]:
    spans = [found.span() for found in _PLEAS.finditer(plain)]
    if label is Label.TRAINING:
        return spans
    spans += [found.span() for found in _UNRESOLVED.finditer(plain)]
    if not _RESOLVED.search(plain):
        spans += _troubles_now(plain)
    return spans


def _troubles_now(plain: str) -> Iterator[Span]:
    """Find a word of the present that has a word of trouble beside it."""
    for now in _NOW.finditer(plain):
        around = _sentence_to(plain, now.start()) + " " + _sentence_from(plain, now.end())
        if _TROUBLE.search(around):
            yield now.span()
