"""What surrounds each disclosure: its place, what came before, and how the client replied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, groupby

import numpy as np

from tsd.measure.guidelines.flags import FLAGS, asks_permission, find_flags, is_unresolved
from tsd.measure.guidelines.reacting import (
    asks_about_therapist,
    changes_topic,
    content_words,
    shows_concern,
    thanks,
)
from tsd.measure.talk import Talk
from tsd.schema import Disclosure, Role, words_between
from tsd.stats import Counts

REACTIONS: tuple[str, ...] = (
    "thanks",
    "asks_about_therapist",
    "concern_for_therapist",
    "topic_change",
)
"""What is looked for in the client's reply, in the order used in every table."""

PERMISSION_REACH = 3
"""A request for permission is looked for in this many utterances of therapist and client before."""

TURNS_BEFORE = 2
"""How many of the client's last turns a disclosure is compared with."""


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds one disclosure. A turn is what one side says until the other one speaks.

    Parameters
    ----------
    position : float
        Share of the session's therapist and client words spoken before it, between 0 and 1;
        NaN in a session without any.
    question : int or None
        The client's utterance that asked about the therapist in the turn before: with a question
        to "you" that has a cue or is not about the work, or with a short question back ("And
        you?").
    overlap : float
        Share of its different content words that the client used in their last two turns,
        between 0 and 1; NaN if it has no content words or the client has said nothing yet.
    permission : bool
        Whether the therapist asked to share something: earlier in the same utterance, or up to
        three utterances before if the client has spoken since. The client's answer does not
        matter.
    flags : mapping of str to tuple of str
        Those of `tsd.measure.guidelines.flags.FLAGS` that apply, each with the words that led to
        it; no words if only a coder set it. Flags are looked for in the whole utterance; if it
        has several disclosures, a flag belongs to the nearest one.
    unresolved : bool or None
        Whether its words present it as unresolved or current; None if they do not say.
    reply : int or None
        The client's next utterance; None if the client says nothing more.
    reply_words : int or None
        Length in words of the client's next turn, even if it is a backchannel.
    reply_ratio : float
        `reply_words` divided by the median length of the client's turns; NaN without a reply, and
        if the client says no word in the session.
    reactions : tuple of str
        Those of `REACTIONS` found in the client's next turn. ``topic_change`` is the least certain:
        it only says that the turn has at least eight different content words, none of them in the
        therapist's turn or the client's last two turns.
    """

    position: float
    question: int | None
    overlap: float
    permission: bool
    flags: Mapping[str, tuple[str, ...]]
    unresolved: bool | None
    reply: int | None
    reply_words: int | None
    reply_ratio: float
    reactions: tuple[str, ...]

    @property
    def solicited(self) -> bool:
        """Whether the client asked about the therapist in the turn before."""
        return self.question is not None


def context_of(talk: Talk) -> list[Context]:
    """Describe what surrounds each disclosure of a session.

    Only therapist and client count; what others say changes nothing. For a disclosure that a human
    labeled, the coder's flags replace those found by words, if any utterance has a flag.
    """
    around = _Around(talk)
    return [around.context(found) for found in talk.disclosures]


class _Around:
    """The turns of a session, found once for all its disclosures."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        sides = talk.of(Role.THERAPIST) | talk.of(Role.CLIENT)
        self.sides = np.flatnonzero(sides)
        by_side = groupby(self.sides.tolist(), key=talk.roles.__getitem__)
        self.turns = turns = [list(turn) for role, turn in by_side if role is Role.CLIENT]
        self.firsts = [turn[0] for turn in turns]
        words = talk.words.tolist()
        self.lengths = [sum(words[u] for u in turn) for turn in turns]
        spoken = [length for length in self.lengths if length]  # a silence has no usual length
        self.usual = float(np.median(spoken)) if spoken else float("nan")
        self.before: Counts = np.concatenate([[0], np.cumsum(talk.words * sides)])
        self.coded = any(talk.flags)
        by_utterance = groupby(talk.disclosures, key=lambda found: found.utterance)
        self.found_in = {u: list(found) for u, found in by_utterance}
        # Disclosures that are close together look at the same turns. These functions do not refer
        # to `self`, so that memory is freed at once, without waiting for the garbage collector.
        self.words_of = cache(lambda turn: content_words(_text(talk, turns[turn])))
        self.question_of = cache(lambda turn: _question(talk, turns[turn]))
        self.flags_in = cache(lambda u, label: find_flags(talk.texts[u], label))
        self.reactions: dict[int, tuple[str, ...]] = {}

    def context(self, found: Disclosure) -> Context:
        next_ = bisect_right(self.firsts, found.utterance)
        human = found.p_disclosure is None and self.coded
        reply = next_ if next_ < len(self.turns) else None
        length = None if reply is None else self.lengths[reply]
        return Context(
            position=self._position(found),
            question=self.question_of(next_ - 1) if next_ else None,
            overlap=self._overlap(found, next_),
            permission=self._permission(found, human),
            flags=self._flags(found, human),
            unresolved=is_unresolved(found.text),
            reply=None if reply is None else self.turns[reply][0],
            reply_words=length,
            reply_ratio=float("nan") if length is None else length / self.usual,
            reactions=() if reply is None else self._reactions(reply),
        )

    def _position(self, found: Disclosure) -> float:
        text, total = self.talk.texts[found.utterance], int(self.before[-1])
        earlier = int(self.before[found.utterance]) + words_between(text, 0, found.start_char)
        return earlier / total if total else float("nan")

    def _overlap(self, found: Disclosure, next_: int) -> float:
        words = content_words(found.text)
        if not words or not any(self.lengths[max(next_ - TURNS_BEFORE, 0) : next_]):
            return float("nan")
        return len(words & self._recent_words(next_)) / len(words)

    def _recent_words(self, turn: int) -> frozenset[str]:
        """Return the content words of the client's last turns before a turn."""
        recent = range(max(turn - TURNS_BEFORE, 0), turn)
        return frozenset[str]().union(*map(self.words_of, recent))

    def _permission(self, found: Disclosure, human: bool) -> bool:
        if human and "permission" in self.talk.flags[found.utterance]:
            return True
        if not human and asks_permission(self.talk.texts[found.utterance][: found.start_char]):
            return True
        here = int(np.searchsorted(self.sides, found.utterance))
        answered = False
        for u in reversed(self.sides[max(here - PERMISSION_REACH, 0) : here].tolist()):
            if self.talk.roles[u] is Role.CLIENT:
                answered = answered or bool(self.talk.words[u])
            elif answered and (
                "permission" in self.talk.flags[u] if human else asks_permission(self.talk.texts[u])
            ):
                return True
        return False

    def _flags(self, found: Disclosure, human: bool) -> dict[str, tuple[str, ...]]:
        words: dict[str, list[str]] = {}
        for match in self.flags_in(found.utterance, found.label):
            if self._nearest(found.utterance, match.start) is found:
                words.setdefault(match.flag, []).append(match.words)
        applies = self.talk.flags[found.utterance] if human else words
        return {flag: tuple(words.get(flag, ())) for flag in FLAGS if flag in applies}

    def _nearest(self, utterance: int, place: int) -> Disclosure:
        """Return the disclosure that is nearest to a place in an utterance."""

        def away(found: Disclosure) -> int:
            return max(found.start_char - place, place - found.end_char, 0)

        return min(self.found_in[utterance], key=away)

    def _reactions(self, reply: int) -> tuple[str, ...]:
        if reply not in self.reactions:
            text = _text(self.talk, self.turns[reply])
            asks = self.question_of(reply) is not None
            found = (thanks(text), asks, shows_concern(text), self._changes_topic(reply))
            self.reactions[reply] = tuple(compress(REACTIONS, found))
        return self.reactions[reply]

    def _changes_topic(self, reply: int) -> bool:
        # the therapist's whole turn: a client who answers its question does not change the topic
        first = self.turns[reply - 1][-1] + 1 if reply else 0
        turn = range(first, self.turns[reply][0])
        therapist = [u for u in turn if self.talk.roles[u] is Role.THERAPIST]
        known = [content_words(_text(self.talk, therapist)), self._recent_words(reply)]
        return changes_topic(self.words_of(reply), known)


def _text(talk: Talk, utterances: Sequence[int]) -> str:
    return "\n".join(talk.texts[u] for u in utterances)


def _question(talk: Talk, turn: Sequence[int]) -> int | None:
    """Return the utterance of a client's turn that asks about the therapist."""
    asking = (u for u in turn if asks_about_therapist(talk.texts[u], cue=bool(talk.asked[u])))
    return next(asking, None)
