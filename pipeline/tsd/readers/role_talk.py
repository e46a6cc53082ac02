"""Who is the therapist, from what is said: the speakers of a session compared.

The therapist asks, takes up what was said and leads; the client tells about themselves. Each
speaker gets a score from how often they do what `role_talk_patterns` lists; the probability that
a speaker is the therapist is the softmax of the scores of a session (between two speakers: a
logistic function of their difference). The weights are in `role_talk_weights`; they do not use
how much or in which order the speakers talk, because that differs from setting to setting.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tsd.readers import role_talk_patterns as patterns
from tsd.readers.role_talk_weights import WEIGHTS

SURE = 0.95
"""From this probability on, the talk decides who is the therapist."""

LEAST_TURNS = 3
"""A speaker with fewer turns is not judged."""

SURE_OF_CLIENT = 0.99
"""Of more than one other speaker, the talk makes somebody a client from this probability on (that
of the two the therapist is the therapist), if the score is also in the lowest third: a co-therapist
must not become a client."""

PER_WORD: Mapping[str, frozenset[str]] = {
    "first_person": patterns.FIRST_PERSON,
    "second_person": patterns.SECOND_PERSON,
    "we": patterns.WE,
    "people_talked_about": patterns.PEOPLE_TALKED_ABOUT,
    "telling": patterns.TELLING,
}
"""Counted per 10 words."""

PER_TURN: Mapping[str, frozenset[str]] = {
    "open_questions": patterns.OPEN_QUESTIONS,
    "reflections": patterns.REFLECTIONS,
    "leading": patterns.LEADING,
    "helping": patterns.HELPING,
    "about_oneself": patterns.ABOUT_ONESELF,
}
"""Counted per turn, at most `_MOST_PER_TURN` times."""

_OPENERS = {
    "answer_openers": patterns.ANSWER_OPENERS,
    "receipt_openers": patterns.RECEIPT_OPENERS,
}
FEATURES: tuple[str, ...] = (*PER_WORD, *_OPENERS, "ends_asking", "short", *PER_TURN)

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.?!]")
_ENGLISH, _ASKING = "english", "asking"
_MOST_PER_TURN = 3
_SHORT = 3  # words
_LAST_WORDS = 14  # in which a question is looked for where nothing marks the ends of sentences
_LONGEST_OPENER = 3  # words
_FEW_WORDS, _FEW_TURNS = 60, 3  # a speaker with so few is drawn halfway to the session's mean
_LEAST_SHARE = 0.03  # of the turns: who says less only passes by
_LEAST_ENGLISH = 1 / 6
_MOST_TURNS = 2_000  # of a session; more of them change nothing
_LONGEST_TURN = 4_000  # characters; of longer ones, the first and the last half of this


@dataclass(frozen=True, slots=True)
class TalkGuess:
    """Who the therapist is, judged by the talk.

    Parameters
    ----------
    probabilities : dict of str to float
        For each speaker who talks often enough the probability to be the therapist; they sum to 1.
    clients : tuple of str
        The speakers who are clients if the likeliest therapist is the therapist. Of more than one
        other speaker, only those who clearly talk differently.
    enough : bool
        Whether at least two speakers have `LEAST_TURNS` turns, and most of the talk.
    """

    probabilities: Mapping[str, float]
    clients: tuple[str, ...]
    enough: bool = True

    @property
    def therapist(self) -> str:
        """The speaker who is the likeliest therapist."""
        return max(self.probabilities, key=lambda name: (self.probabilities[name], name))

    @property
    def probability(self) -> float:
        """The probability that this speaker is the therapist."""
        return self.probabilities[self.therapist]

    @property
    def sure(self) -> bool:
        """Whether there is enough talk and the probability is at least `SURE`."""
        return self.enough and self.probability >= SURE


def guess_from_talk(
    turns: Iterable[tuple[str, str]], candidates: Collection[str]
) -> TalkGuess | None:
    """Judge by the talk which of several speakers is the therapist.

    Parameters
    ----------
    turns : iterable of (str, str)
        The speaker and the words of each utterance, in the order of the session.
    candidates : collection of str
        The speakers who can be the therapist.

    Returns
    -------
    TalkGuess or None
        None if fewer than two candidates speak, or the talk is not English.

    Examples
    --------
    >>> talk = [("A", "How did that feel for you?"), ("B", "I don't know. I was so tired.")] * 9
    >>> guess = guess_from_talk(talk, {"A", "B"})
    >>> guess.therapist, guess.sure, guess.clients
    ('A', True, ('B',))
    """
    counts = _counts(turns, candidates)
    turns_of_all = sum(own["turns"] for own in counts.values())
    least = max(LEAST_TURNS, _LEAST_SHARE * turns_of_all)
    often = {name: own for name, own in counts.items() if own["turns"] >= least}
    enough = len(often) > 1 and sum(own["turns"] for own in often.values()) > turns_of_all / 2
    features = _features(often if enough else counts)
    if features is None:
        return None
    scores = {
        name: sum(WEIGHTS[feature] * value for feature, value in zip(FEATURES, row, strict=True))
        for name, row in features.items()
    }
    top, low = max(scores.values()), min(scores.values())
    odds = {name: math.exp(score - top) for name, score in scores.items()}
    total = math.fsum(odds.values())
    first = max(scores, key=lambda name: (scores[name], name))
    others = [name for name in scores if name != first]
    clients = tuple(
        name
        for name in others
        if len(others) == 1
        or (1 / (1 + odds[name]) >= SURE_OF_CLIENT and scores[name] - low < (top - low) / 3)
    )
    return TalkGuess({name: value / total for name, value in odds.items()}, clients, enough)


def talk_features(
    turns: Iterable[tuple[str, str]], candidates: Collection[str]
) -> dict[str, list[float]] | None:
    """Describe how each candidate talks, by the numbers in `FEATURES`.

    What one speaker says without another in between is one turn. A share that is based on little
    talk is drawn toward that of all candidates together, so that short sessions decide less.

    Returns
    -------
    dict of str to list of float, or None
        By speaker; None if fewer than two candidates speak, or the talk is not English.
    """
    return _features(_counts(turns, candidates))


def _counts(
    turns: Iterable[tuple[str, str]], candidates: Collection[str]
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for speaker, text in _joined(turns):
        if speaker in candidates:
            counts.setdefault(speaker, Counter()).update(_count(text))
    return counts


def _features(counts: Mapping[str, Counter[str]]) -> dict[str, list[float]] | None:
    pooled = sum(counts.values(), Counter[str]())
    if len(counts) < 2 or pooled[_ENGLISH] <= _LEAST_ENGLISH * pooled["words"]:
        return None
    return {name: _shares(own, pooled) for name, own in counts.items()}


def _joined(turns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join what a speaker says without another in between; cut what is very long."""
    joined: list[tuple[str, list[str]]] = []
    for speaker, text in turns:
        if joined and joined[-1][0] == speaker:
            joined[-1][1].append(_cut(text))
        elif len(joined) == _MOST_TURNS:
            break
        else:
            joined.append((speaker, [_cut(text)]))
    return [(speaker, _cut("\n".join(parts))) for speaker, parts in joined]


def _cut(text: str) -> str:
    half = _LONGEST_TURN // 2
    return text if len(text) <= _LONGEST_TURN else f"{text[:half]}\n{text[-half:]}"


def _count(text: str) -> Counter[str]:
    """Count in one turn what the features need."""
    plain = text.lower().replace("\u2019", "'")
    words = _WORD.findall(plain)
    found = Counter(turns=1, words=len(words), short=int(len(words) <= _SHORT))
    by_word = _by_word()
    for word, times in Counter(words).items():
        for name in by_word.get(word, ()):
            found[name] += times
    for name, times in Counter(_phrases(words, PER_TURN)).items():
        found[name] = min(times, _MOST_PER_TURN)
    begins = {" ".join(words[:n]) for n in range(1, _LONGEST_OPENER + 1)}
    for name, listed in _OPENERS.items():
        found[name] = int(not begins.isdisjoint(listed))
    found["ends_asking"] = int(_ends_asking(plain))
    return found


def _phrases(words: Sequence[str], lists: Collection[str]) -> Iterator[str]:
    """Yield the name of a list for each of its phrases that is found."""
    index = _by_beginning()
    for place, pair in enumerate(pairwise([*words, ""])):
        for key in (pair[:1], pair):
            for name, rest in index.get(key, ()):
                if name in lists and words[place + 2 : place + 2 + len(rest)] == rest:
                    yield name


@cache
def _by_word() -> dict[str, list[str]]:
    """Return for each word the lists that have it."""
    index: dict[str, list[str]] = {}
    for name, listed in {**PER_WORD, _ENGLISH: patterns.COMMON_ENGLISH}.items():
        for word in listed:
            index.setdefault(word, []).append(name)
    return index


@cache
def _by_beginning() -> dict[tuple[str, ...], list[tuple[str, list[str]]]]:
    """Return for the first two words of phrases the lists that have them, and the other words."""
    index: dict[tuple[str, ...], list[tuple[str, list[str]]]] = {}
    for name, phrases in {**PER_TURN, _ASKING: patterns.QUESTIONS}.items():
        for phrase in sorted(phrases):
            words = phrase.split()
            index.setdefault(tuple(words[:2]), []).append((name, words[2:]))
    return index


def _ends_asking(plain: str) -> bool:
    """Check whether the last sentence is a question, with or without a question mark."""
    if plain.rstrip(" \n\"'\u201d)]").endswith("?"):
        return True
    parts = [part for part in _SENTENCE_END.split(plain) if part.strip()]
    last = _WORD.findall(parts[-1])[-_LAST_WORDS:] if parts else []
    return any(_phrases(last, (_ASKING,)))


def _shares(own: Mapping[str, int], pooled: Mapping[str, int]) -> list[float]:
    row = []
    for name in FEATURES:
        base, few, scale = (
            ("words", _FEW_WORDS, 10) if name in PER_WORD else ("turns", _FEW_TURNS, 1)
        )
        mean = pooled[name] / max(pooled[base], 1)
        row.append(scale * (own[name] + few * mean) / (own[base] + few))
    return row


def lists_hash() -> str:
    """Return a hash of the word lists: weights that were learned with others do not hold."""
    lists = {**PER_WORD, **_OPENERS, **PER_TURN, _ASKING: patterns.QUESTIONS}
    content = repr([(name, sorted(words)) for name, words in lists.items()])
    return hashlib.sha256(content.encode()).hexdigest()[:16]
