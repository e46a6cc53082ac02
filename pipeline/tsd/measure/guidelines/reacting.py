"""How a client's words react to a therapist: questions, thanks, care; and what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial

from spacy.lang.en.stop_words import STOP_WORDS

from tsd.measure.focus.returning import asks
from tsd.measure.guidelines import reaction_patterns as patterns
from tsd.segment.phrases import MARKS, any_of, plain, whole

TOPIC_WORDS = 8
"""A turn with fewer different content words is too short to count as a change of topic."""

_NOTE = re.compile(r"\[[^\]\n]{0,80}\]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE = re.compile(r"[^.?!？\n]+[.?!？]*")
_CLAUSE = re.compile(r"[^.?!？,;\n]+[.?!？,;]*")
_STOP = STOP_WORDS | frozenset(patterns.NO_CONTENT)
_CONTRACTED = re.compile(r"n?'t$|'.*$")
_YOU = whole(("{you}",))
_FILLERS = re.compile(rf"\W*(?:(?:{any_of(patterns.FILLERS, MARKS)})\b\W*)*")
_ASKS_BACK = re.compile(
    rf"(?:{any_of(patterns.SHORT_QUESTIONS, MARKS)})\W*"
    rf"|(?:{any_of(patterns.SHORT_QUESTIONS_MARKED, MARKS)})\s*[?？]\W*"
)
_found = partial(whole, gap=MARKS)
_NOT_ABOUT = _found(patterns.NOT_ABOUT_THERAPIST)
_THANKS, _NOT_THANKS = _found(patterns.THANKS), _found(patterns.NOT_THANKS)
_CONCERN, _NOT_CONCERN = _found(patterns.CONCERN), _found(patterns.NOT_CONCERN)
_QUESTION_TO_YOU = re.compile(rf"(?:{any_of(patterns.QUESTIONS_TO_YOU, MARKS)})\b")


def asks_about_therapist(text: str, *, cue: bool) -> bool:
    """Whether a client's utterance asks about the therapist.

    True for a question to "you" that has a cue or is not about the work, and for a short question
    back. Only for what is said just before or after a disclosure, where a question to "you" mostly
    leads to it or follows it up; elsewhere it would find too much. `cue` is whether the utterance
    has a cue of `tsd.segment.cues_patterns.CLIENT`, such as "have you ever".

    Examples
    --------
    >>> asks_about_therapist("Yeah. And you?", cue=False)
    True
    >>> asks_about_therapist("Oh wow. So what did you do", cue=False)
    True
    >>> asks_about_therapist("Do you think I should go?", cue=False)
    False
    """
    text = _plain(text)
    if not _YOU.search(text):  # most utterances
        return False
    if any(_ASKS_BACK.fullmatch(_bare(clause)) for clause in _CLAUSE.findall(text)):
        return True
    sentences = ((each, _bare(each)) for each in _SENTENCE.findall(text))
    questions = (each for each, bare in sentences if asks(bare) or _QUESTION_TO_YOU.match(bare))
    return any(_YOU.search(each if cue else _NOT_ABOUT.sub(" ", each)) for each in questions)


def thanks(text: str) -> bool:
    """Whether a client thanks.

    Examples
    --------
    >>> thanks("Thanks for telling me."), thanks("No thanks.")
    (True, False)
    """
    text = _plain(text)
    return bool(_THANKS.search(text) and _THANKS.search(_NOT_THANKS.sub(" ", text)))


def shows_concern(text: str) -> bool:
    """Whether a client shows concern for the therapist.

    Examples
    --------
    >>> shows_concern("Oh. I'm sorry. Are you okay?"), shows_concern("I'm sorry I was late.")
    (True, False)
    """
    return bool(_CONCERN.search(_NOT_CONCERN.sub(" ", _plain(text))))


def content_words(text: str) -> frozenset[str]:
    """Return the different words of a text that bring a topic, without their endings.

    They are crude stems, to be compared with each other only. Stop words, fillers, digits and
    notes in square brackets are left out.

    Examples
    --------
    >>> sorted(content_words("Um, I've moved [pause] house, and you know, moving hurts."))
    ['hous', 'hurt', 'mov']
    """
    return frozenset().union(*map(_roots, set(_plain(text).split())))


def changes_topic(words: frozenset[str], before: Iterable[frozenset[str]]) -> bool:
    """Whether a turn brings a new topic: enough content words, none of them said just before.

    `words` are those of the turn, `before` those of the turns that it is compared with.

    Examples
    --------
    >>> new = content_words("My sister sold her bakery in March, moved to Lyon, got cats, dogs.")
    >>> changes_topic(new, [content_words("How was work?")])
    True
    >>> changes_topic(new, [content_words("How is your sister?")])
    False
    """
    return len(words) >= TOPIC_WORDS and all(words.isdisjoint(each) for each in before)


def _plain(text: str) -> str:
    return _NOTE.sub(" ", plain(text)) if "[" in text else plain(text)


def _bare(text: str) -> str:
    """Leave out the fillers that a clause begins with."""
    return _FILLERS.sub("", text, count=1)


@lru_cache(maxsize=50_000)  # the same tokens come again and again
def _roots(token: str) -> frozenset[str]:
    """Return the content words of a token between white space, without their endings."""
    words = {_CONTRACTED.sub("", word) for word in set(_WORD.findall(token)) - _STOP}
    return frozenset(_stem(word) for word in words - _STOP if len(word) > 1)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2]:  # running, run
        word = word[:-1]
    word = word.removesuffix("e") if len(word) > 3 else word
    return word[:-1] + "i" if word.endswith("y") else word
