"""What surrounds each disclosure: its place, what came before, and how the client replied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tsd.measure.guidelines.flags import (
    FLAGS,
    FlagMatch,
    asks_permission,
    find_flags,
    is_unresolved,
)
from tsd.measure.guidelines.reacting import asks_about_therapist, content_words, takes_care, thanks
from tsd.measure.talk import Counts, Talk
from tsd.schema import Disclosure, Label, Role, words_between

REACTIONS: tuple[str, ...] = ("thanks", "asks_about_therapist", "caretaking", "topic_change")
"""What is looked for in the client's reply, in the order used in every table."""

PERMISSION_REACH = 3
"""A request for permission is looked for in this many utterances of therapist and client before."""

TOPIC_WORDS = 8
"""A reply with fewer different content words is too short to count as a change of topic."""

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
    solicited : bool
        Whether the client asked about the therapist in the turn before: with a question to "you"
        that has a cue or is not about the work, or with a short question back ("And you?").
    question : int or None
        The client's utterance with the question; None if not solicited.
    overlap : float
        Share of its different content words that the client used in their last two turns,
        between 0 and 1; NaN if it has no content words or the client has said nothing yet.
    permission : bool
        Whether the therapist asked to share something: earlier in the same utterance, or up to
        three utterances before if the client has spoken since. The client's answer does not
        matter.
    flags : tuple of str
        Those of `tsd.measure.guidelines.flags.FLAGS` that apply. They are looked for in the whole
        utterance; if it has several disclosures, a flag belongs to the nearest one.
    flag_words : tuple of tuple of str
        For each flag the words that led to it; none if only a coder set it.
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
    solicited: bool
    question: int | None
    overlap: float
    permission: bool
    flags: tuple[str, ...]
    flag_words: tuple[tuple[str, ...], ...]
    unresolved: bool | None
    reply: int | None
    reply_words: int | None
    reply_ratio: float
    reactions: tuple[str, ...]


def context_of(talk: Talk) -> list[Context]:
    """Describe what surrounds each disclosure.

    Only therapist and client count; what others say changes nothing. For a disclosure that a human
    labeled, the coder's flags replace those found by words, if any utterance has a flag.

    Parameters
    ----------
    talk : Talk
        The session.

    Returns
    -------
    list of Context
        One per disclosure.
    """
    around = _Around(talk)
    return [around.context(found) for found in talk.disclosures]


class _Around:
    """The turns of a session, found once for all its disclosures."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.turns = _client_turns(talk.roles)
        self.firsts = [turn[0] for turn in self.turns]
        words = talk.words.tolist()
        lengths = [sum(words[u] for u in turn) for turn in self.turns]
        spoken = [length for length in lengths if length]  # a silent turn has no usual length
        self.lengths = lengths
        self.usual = float(np.median(spoken)) if spoken else float("nan")
        sides = talk.of(Role.THERAPIST) | talk.of(Role.CLIENT)
        self.before: Counts = np.concatenate([[0], np.cumsum(talk.words * sides)])
        self.sides = np.flatnonzero(sides)
        self.coded = any(talk.flags)
        self.found_in: dict[int, list[Disclosure]] = {}
        for found in talk.disclosures:
            self.found_in.setdefault(found.utterance, []).append(found)
        self._content: dict[int, frozenset[str]] = {}  # of the client's turns, like the next two
        self._asking: dict[int, int | None] = {}
        self._flagged: dict[tuple[int, Label], list[FlagMatch]] = {}
        self._reacting: dict[int, tuple[str, ...]] = {}

    def context(self, found: Disclosure) -> Context:
        next_ = bisect_right(self.firsts, found.utterance)
        human = found.p_disclosure is None and self.coded
        question = self._question(next_ - 1) if next_ else None
        flags, words = self._flags(found, human)
        reply = next_ if next_ < len(self.turns) else None
        length = None if reply is None else self.lengths[reply]
        return Context(
            position=self._position(found),
            solicited=question is not None,
            question=question,
            overlap=self._overlap(found, next_),
            permission=self._permission(found, human),
            flags=flags,
            flag_words=words,
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

    def _question(self, turn: int) -> int | None:
        """Return the utterance of a client's turn that asks about the therapist."""
        if turn not in self._asking:
            asking = (
                u
                for u in self.turns[turn]
                if asks_about_therapist(self.talk.texts[u], cue=bool(self.talk.asked[u]))
            )
            self._asking[turn] = next(asking, None)
        return self._asking[turn]

    def _overlap(self, found: Disclosure, next_: int) -> float:
        own = content_words(found.text)
        last = range(max(next_ - TURNS_BEFORE, 0), next_)
        if not own or not any(self.lengths[turn] for turn in last):
            return float("nan")
        used = [self._words_of(turn) for turn in last]
        return sum(any(word in each for each in used) for word in own) / len(own)

    def _words_of(self, turn: int) -> frozenset[str]:
        if turn not in self._content:
            self._content[turn] = content_words(self._text(self.turns[turn]))
        return self._content[turn]

    def _text(self, turn: Sequence[int]) -> str:
        return "\n".join(self.talk.texts[u] for u in turn)

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

    def _flags(
        self, found: Disclosure, human: bool
    ) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        words: dict[str, list[str]] = {}
        key = (found.utterance, found.label)
        if key not in self._flagged:
            self._flagged[key] = find_flags(self.talk.texts[found.utterance], found.label)
        for match in self._flagged[key]:
            if self._nearest(found.utterance, match.start) is found:
                words.setdefault(match.flag, []).append(match.words)
        coded = self.talk.flags[found.utterance] if human else words
        flags = tuple(flag for flag in FLAGS if flag in coded)
        return flags, tuple(tuple(words.get(flag, ())) for flag in flags)

    def _nearest(self, utterance: int, place: int) -> Disclosure:
        """Return the disclosure that is nearest to a place in an utterance."""

        def away(found: Disclosure) -> int:
            return max(found.start_char - place, place - found.end_char, 0)

        return min(self.found_in[utterance], key=away)

    def _reactions(self, reply: int) -> tuple[str, ...]:
        if reply not in self._reacting:
            text = self._text(self.turns[reply])
            found = {
                "thanks": thanks(text),
                "asks_about_therapist": self._question(reply) is not None,
                "caretaking": takes_care(text),
                "topic_change": self._changes_topic(reply),
            }
            self._reacting[reply] = tuple(name for name in REACTIONS if found[name])
        return self._reacting[reply]

    def _changes_topic(self, reply: int) -> bool:
        new = self._words_of(reply)
        if len(new) < TOPIC_WORDS:
            return False
        # the therapist's whole turn: a client who answers its question does not change the topic
        first = self.turns[reply - 1][-1] + 1 if reply else 0
        turn = range(first, self.turns[reply][0])
        own = [u for u in turn if self.talk.roles[u] is Role.THERAPIST]
        known = [self._words_of(each) for each in range(max(reply - TURNS_BEFORE, 0), reply)]
        return new.isdisjoint(content_words(self._text(own)).union(*known))


def _client_turns(roles: Sequence[Role]) -> list[list[int]]:
    """Group the client's utterances into turns: the therapist says nothing in between."""
    turns: list[list[int]] = []
    going_on = False
    for u, role in enumerate(roles):
        if role is Role.CLIENT:
            if not going_on:
                turns.append([])
            turns[-1].append(u)
        if role in (Role.CLIENT, Role.THERAPIST):
            going_on = role is Role.CLIENT
    return turns
