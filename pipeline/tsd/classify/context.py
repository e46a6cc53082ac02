"""What was said just before a unit.

Two features depend on what the client said. A short answer says nothing by itself: "Yes, I do."
discloses after "You must like tea" and not after "Do you have my form?" (`answers`). And an
experience is like the client's, or not, by what the client has named (`topics`). The encoder reads
a unit with the last words before it, whoever spoke them (`talk_before`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

from tsd.classify.frames import NOUNS
from tsd.classify.words import MARK, OTHER, normalize, read_words
from tsd.schema import Role

NO_ANSWER = "no_answer"
"""A token in place of none: a column must not be empty throughout."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_LATEST = 60
"""A topic is looked for in so many of the client's last words; one named before is another."""
_SENTENCES = 2
"""A question is looked for in so many of the client's last sentences."""
_ASKING = frozenset(["DO", "DID", "BE", "WAS", "HAVE", "HAD", "CAN", "WILL", "WOULD", "MODAL"]) | {
    "WHICH"
}
"""Before "you", a word of one of these classes makes a question, also without a mark."""
_ADDRESSED = frozenset(["YOU", "YOUR"])
_FIRST = frozenset(["I", "ME", "MY", "WE", "OUR"])
_SMALL = frozenset([OTHER, MARK, "A", "THE", "IT", "PREP", "ASK"])
_TOPICS = NOUNS | {"TASTE", "FEELING", "DAILY"}
_NAMED = frozenset([OTHER, "ED", "ING", "PAST", *_TOPICS])
"""A word of one of these classes is about something."""
_MATTERS = frozenset(["PROBLEM", "FEELING", "KIN"])
_SHORTEST_NAME = 4
"""Shorter words of no class are mostly small words."""
_TALK, _REACH = 20, 4
"""The encoder reads so many words before a unit, from so many utterances before its own."""
_THERAPIST, _OTHERS = "therapist:", "client:"
_ONE_WORD, _SHORT = 3, 8
"""Most words of an answer of a word or two, and of a short one."""


def answers(before: str, unit: str) -> str:
    """Describe a unit as the answer to the client's question about the therapist, or guess.

    Parameters
    ----------
    before : str
        What the client said just before.
    unit : str
        The first unit of the therapist's utterance, normalized.

    Returns
    -------
    str
        Tokens with blanks between; `NO_ANSWER` where nothing was asked, or the unit is no short
        answer: longer than a few words, a question itself, or with a "you" in it.

    Examples
    --------
    >>> answers("You must be a tea drinker.", "yes, i am.")
    'guess&word guess:you&word YOU_MODAL_BE&word ~MODAL&word ~BE&word ~LEISURE&word guess:you&yes'
    >>> answers("I drink too much tea.", "yes, i am.")
    'no_answer'
    """
    asked = _question(before)
    if not asked or unit.endswith("?"):
        return NO_ANSWER
    size = len(unit.split())
    if not 0 < size <= _SHORT or not _ADDRESSED.isdisjoint(_classes(unit)):
        return NO_ANSWER
    how_short = "word" if size <= _ONE_WORD else "short"
    first_word = unit.split()[0].strip(".,!")
    return " ".join([*(f"{token}&{how_short}" for token in asked), f"{asked[1]}&{first_word}"])


def topics(before: str, unit: str) -> str:
    """Describe what the client spoke of, and what of it the therapist's unit takes up.

    Parameters
    ----------
    before : str
        What the client said just before.
    unit : str
        The therapist's unit, normalized.

    Returns
    -------
    str
        Tokens with blanks between: the classes in what the client said ("before:KIN"), those in
        both ("same:KIN"), pairs of a matter of the client's and a class here, and whether the same
        words are in both. The first token says whether anything was said before.

    Examples
    --------
    >>> topics("My dog died.", "we lost our cat")
    'said before:PET before:PROBLEM same:PET same:PROBLEM PROBLEM>PROBLEM PROBLEM>PET'
    """
    if not before:
        return "nothing_said"
    classes_before, names_before = _about(" ".join(before.rsplit(maxsplit=_LATEST)[-_LATEST:]))
    classes, names = _about(unit)
    found = [f"before:{name}" for name in classes_before]
    found += [f"same:{name}" for name in classes_before if name in classes]
    found += [f"{b}>{name}" for b in classes_before if b in _MATTERS for name in classes]
    shared = len(names & names_before)
    return " ".join(["said", *found, *["same_word", "same_words"][: min(shared, 2)]])


def talk_before(texts: Sequence[str], roles: Sequence[str], utterance: int, earlier: str) -> str:
    """Return the last words before a unit, and whether the therapist or somebody else spoke them.

    Parameters
    ----------
    texts, roles : sequence of str
        Of the utterances of the session.
    utterance : int
        The number of the unit's utterance.
    earlier : str
        What the utterance says before the unit.

    Returns
    -------
    str
        At most `_TALK` words, of this utterance and a few before it.

    Examples
    --------
    >>> talk_before(["My dog died.", "Oh. I had a dog."], ["client", "therapist"], 1, "Oh. ")
    'client: My dog died. therapist: Oh.'
    """
    stretches: list[tuple[str, list[str]]] = []
    left = _TALK
    for number in range(utterance, max(-1, utterance - _REACH - 1), -1):
        said = earlier if number == utterance else texts[number]
        words = said.rsplit(maxsplit=left)[-left:]
        if words:
            who = _THERAPIST if roles[number] == Role.THERAPIST else _OTHERS
            stretches.append((who, words))
            left -= len(words)
        if not left:
            break
    talk: list[str] = []
    for who, group in groupby(reversed(stretches), key=itemgetter(0)):
        talk += [who, *(word for _, words in group for word in words)]
    return " ".join(talk)


@lru_cache(maxsize=1_000)
def _question(before: str) -> tuple[str, ...]:
    """Describe the last question or guess about "you"; empty if there is none."""
    for sentence in reversed(_SENTENCE_END.split(normalize(before.strip()))[-_SENTENCES:]):
        classes = _classes(sentence)
        marked = sentence.endswith("?")
        for at, (previous, name) in enumerate(pairwise(["", *classes])):
            asks = marked or previous in _ASKING
            if name in _ADDRESSED and (asks or at == 0):
                break
        else:
            continue
        form = "ask" if asks else "guess"
        about = "me" if _FIRST & set(classes) else "you"
        opening = [name for name in classes[max(0, at - 2) : at + 3] if name != "ASK"]
        rest = dict.fromkeys(name for name in classes[at + 1 :] if name not in _SMALL)
        return form, f"{form}:{about}", "_".join(opening), *(f"~{name}" for name in rest)
    return ()


@lru_cache(maxsize=10_000)
def _about(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the classes of what a text is about, each once, and the words that name it."""
    words = read_words(normalize(text))
    classes = dict.fromkeys(name for _, name in words if name in _TOPICS)
    named = (
        word
        for word, name in words
        if name in _NAMED and (name in _TOPICS or len(word) >= _SHORTEST_NAME)
    )
    return tuple(classes), frozenset(named)


def _classes(text: str) -> list[str]:
    return [name for _, name in read_words(text)]
