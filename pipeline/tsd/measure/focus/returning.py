"""Did the focus go back to the client: three facts, each with how often it holds anyway.

A therapist who asks a question after a disclosure may just be a therapist who asks many. So each
fact stands next to its base rate: how often it holds at the session's other therapist utterances of
like length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from tsd.measure.focus import return_patterns as patterns
from tsd.measure.focus.stretches import FEWEST_COMPARABLE, thirds_by_length
from tsd.measure.talk import Talk
from tsd.schema import Role, count_words
from tsd.segment.phrases import GAP, any_of, plain, whole
from tsd.stats import Counts, Flags, Floats

_YOU, _NOT_YOU = whole(("{you}",)), whole((*patterns.NOT_YOU, *patterns.ANYBODY))
_OPENING = re.compile(
    rf"\W*(?:{any_of(patterns.QUESTIONS)})\b(?!{GAP}(?:{any_of(patterns.NOT_ASKED)})\b)"
)
_TAG = re.compile(rf"(?:^|[.,;:!?…]|\s-|(?=\byou))\s*\b(?:{any_of(patterns.TAGS)})\s*[?？]+")
_WORD = re.compile(r"\w\S*")


class Facts(NamedTuple):
    """What shows that the focus goes back to the client, one entry each per utterance or place.

    `asked`: the therapist asks the client something. `addressed`: the therapist says "you" to the
    client. `client_resumed`: the client's next turn is at least as long as their median turn; 1 if
    so, 0 if not, NaN in a session without a word of a client, who then has no median turn.
    """

    asked: Flags | Floats
    addressed: Flags | Floats
    client_resumed: Flags | Floats


@dataclass(frozen=True, slots=True)
class Return:
    """Whether the focus went back to the client after each disclosure of a session.

    Parameters
    ----------
    facts : Facts
        The facts, shape (n_disclosures,).
    base : Facts
        How often each holds at the session's other therapist utterances of like length, between 0
        and 1; NaN with fewer than `FEWEST_COMPARABLE` of them, and where the fact is.
    """

    facts: Facts
    base: Facts


def returns_of(talk: Talk) -> Return:
    """Find whether the focus went back to the client after each disclosure, and how often anyway.

    The therapist's words count from the disclosure's last word on, and in their next utterance. The
    client's next turn is all that they say until the therapist speaks. Other utterances of like
    length are those without a disclosure in the same third of the therapist's utterances by words;
    of each, the part that counts begins after the same share of its words.
    """
    therapist = np.flatnonzero(talk.of(Role.THERAPIST))
    following = _in_next(talk, therapist)
    resumed = _client_resumes(talk)
    disclosing = np.isin(therapist, [found.utterance for found in talk.disclosures])
    thirds = thirds_by_length(talk.words[therapist])
    rests = _rests(talk)
    facts, bases = [], []
    for found in talk.disclosures:
        own = int(np.searchsorted(therapist, found.utterance))
        text = talk.texts[found.utterance]
        here = np.array([_turns_to_client(text[found.end_char :])])
        facts.append(_facts(here, following[[own]], resumed[therapist[[own]]]))
        alike = np.flatnonzero((thirds == thirds[own]) & ~disclosing)
        if len(alike) < FEWEST_COMPARABLE:
            bases.append(Facts(*[np.array([np.nan])] * 3))
            continue
        part = count_words(text[: found.end_char]) / max(talk.words[found.utterance], 1)
        base = _facts(
            rests(therapist[alike], part, following[alike]),
            following[alike],
            resumed[therapist[alike]],
        )
        bases.append(Facts(*(np.array([each.mean()]) for each in base)))
    return Return(
        Facts(*_joined(facts, (bool, bool, float))), Facts(*_joined(bases, (float, float, float)))
    )


def _facts(here: Flags, following: Flags, resumed: Floats) -> Facts:
    """Join what the therapist's words show, here or in the next utterance, with the client's."""
    asked, addressed = (here | following).T
    return Facts(asked, addressed, resumed)


def _joined(rows: list[Facts], dtypes: Sequence[type]) -> Iterator[Flags | Floats]:
    columns = zip(*rows, strict=True) if rows else [[], [], []]
    for each, dtype in zip(columns, dtypes, strict=True):
        yield np.array([cell for part in each for cell in part], dtype)


def _in_next(talk: Talk, therapist: Counts) -> Flags:
    """Return for each therapist utterance whether the next one asks, and says "you"."""
    found = [_turns_to_client(talk.texts[u]) for u in therapist[1:].tolist()]
    return np.array([*found, (False, False)][: len(therapist)], dtype=bool).reshape(-1, 2)


def _rests(talk: Talk) -> Callable[[Counts, float, Flags], Flags]:
    """Return a function that looks at the parts of utterances after a share of their words.

    It does not look for what is known already: that can only be joined with what it finds.
    """
    # disclosures look at the same other utterances: each of their parts is read once
    word_ends = cache(lambda u: [0, *(word.end() for word in _WORD.finditer(talk.texts[u]))])
    words_after = cache(lambda u, skipped: plain(talk.texts[u][word_ends(u)[skipped] :]))
    asked_after = cache(lambda *place: _asks(words_after(*place)))
    addressed_after = cache(lambda *place: _addresses(words_after(*place)))

    def rests(utterances: Counts, part: float, known: Flags) -> Flags:
        skipped = np.rint(part * talk.words[utterances]).astype(np.int64)
        found = np.zeros_like(known)
        for column, shows in enumerate((asked_after, addressed_after)):
            unknown = ~known[:, column] & (skipped < talk.words[utterances])
            places = zip(utterances[unknown].tolist(), skipped[unknown].tolist(), strict=True)
            found[unknown, column] = [shows(*place) for place in places]
        return found

    return rests


def _client_resumes(talk: Talk) -> Floats:
    """Return whether the client's next turn after each utterance has at least its median length.

    1 if so, 0 if not; NaN everywhere if no client says a word: there is no median.
    """
    client, therapist = talk.of(Role.CLIENT), talk.of(Role.THERAPIST)
    sides = np.flatnonzero((client | therapist) & (talk.words > 0))
    begins = np.flatnonzero(np.diff(client[sides].astype(int), prepend=-1))
    if not len(sides) or not client[sides].any():
        return np.full(len(talk.texts), np.nan)
    lengths = np.add.reduceat(talk.words[sides], begins)
    own = client[sides[begins]]
    firsts, lengths = sides[begins][own], lengths[own]
    long_enough = np.append(lengths >= np.median(lengths), 0.0)  # after the last: no turn
    utterances = np.arange(len(talk.texts))
    return long_enough[np.searchsorted(firsts, utterances, side="right")]


def turns_to_return(talk: Talk) -> Floats:
    """Count the utterances from each disclosure to the client's next long one; NaN if none.

    Long is at least the median length of the client's utterances, in words.
    """
    client = talk.of(Role.CLIENT)
    is_long = client & (talk.words >= np.median(talk.words[client])) if client.any() else client
    long_ones = np.append(np.flatnonzero(is_long), np.nan)  # NaN sorts after every number
    where = np.array([found.utterance for found in talk.disclosures], dtype=np.int64)
    waits: Floats = long_ones[np.searchsorted(long_ones, where, side="right")] - where
    return waits


def asks(text: str) -> bool:
    """Return whether words have the form of a question; a tag ("…, right?") asks nothing.

    Examples
    --------
    >>> asks("And your week?"), asks("how was it for you"), asks("You know how it is.")
    (True, True, False)
    >>> asks("It was hard, you know?")
    False
    """
    return _asks(plain(text))


def _asks(words: str) -> bool:
    """Return the same of words made `plain`."""
    if _has_mark(words):  # most have none, and so no tag
        words = _TAG.sub(" ", words)
    return _has_mark(words) or bool(_OPENING.match(words))


def _has_mark(words: str) -> bool:
    return "?" in words or "？" in words


def _addresses(words: str) -> bool:
    """Return whether words made `plain` say "you" to the client."""
    # the first search rules out many, and is faster than the second, over many phrases
    return bool(_YOU.search(words) and _YOU.search(_NOT_YOU.sub(" ", words)))


def _turns_to_client(text: str) -> tuple[bool, bool]:
    """Return whether words ask something, and whether they say "you" to the client."""
    words = plain(text)
    return _asks(words), _addresses(words)
