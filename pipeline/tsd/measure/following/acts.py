"""What therapist and client do in each of their turns, as far as the words show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np

from tsd.measure.focus.returning import asks
from tsd.measure.focus.stretches import thirds_by_length
from tsd.measure.guidelines.reacting import (
    asks_about_therapist,
    changes_topic,
    content_words,
    thanks,
)
from tsd.measure.talk import Talk
from tsd.schema import TYPES, Role
from tsd.stats import Counts, Flags

ANY = "disclosure"
"""The act of a therapist's turn that holds a disclosure of any type."""

QUESTION = "question"
"""The act of a therapist's turn that asks something."""

GIVEN: tuple[str, ...] = (ANY, *map(str, TYPES), QUESTION)
"""The acts of a therapist's turn of which we ask what follows."""

LENGTHS: tuple[str, ...] = ("short", "middle", "long")
"""The thirds of one side's turns in a session, by words. A turn is in one of them."""

THERAPIST_ACTS: tuple[str, ...] = (ANY, QUESTION, *LENGTHS)
"""The acts that are looked for in a later turn of the therapist."""

CLIENT_ACTS: tuple[str, ...] = (*LENGTHS, "thanks", "asks_about_therapist", "topic_change")
"""The acts that are looked for in a later turn of the client."""


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a session, turn by turn. A turn can have several acts, or none but a length.

    A turn is what one side says until the other one speaks; utterances without words and what
    others say change nothing. So the turns of therapist and client alternate, and a later turn
    is the same one however a transcript divides a turn into utterances.

    Parameters
    ----------
    client_first : bool
        Whether the client has the first turn.
    given : array of bool, shape (n_therapist_turns, 5)
        Which of `GIVEN` each turn of the therapist has.
    therapist : array of bool, shape (n_therapist_turns, 5)
        Which of `THERAPIST_ACTS` it has.
    client : array of bool, shape (n_client_turns, 6)
        Which of `CLIENT_ACTS` each turn of the client has.
    """

    client_first: bool
    given: Flags
    therapist: Flags
    client: Flags

    @property
    def own_third(self) -> Counts:
        """The third by length, from 0, of each turn of the therapist."""
        return _third(self.therapist[:, -len(LENGTHS) :])

    @property
    def third_before(self) -> Counts:
        """The third of the client's turn before each turn of the therapist; 0 if there is none."""
        third = _third(self.client[:, : len(LENGTHS)])
        before = third if self.client_first else np.append([0], third)
        return before[: len(self.therapist)]


def _third(lengths: Flags) -> Counts:
    """Return which of `LENGTHS` each turn has, as a number from 0."""
    third: Counts = lengths.argmax(axis=1)
    return third


def acts_of(talk: Talk) -> Acts:
    """Find the acts of each turn of a session.

    ``disclosure`` and the types: the turn holds one. ``question``: one of its utterances has the
    form of a question. ``short``, ``middle``, ``long``: the third of its length in words among
    the same side's turns in the session; turns of equal length are in the same third. ``thanks``,
    ``asks_about_therapist`` and ``topic_change`` are those of `tsd.measure.guidelines.context`.
    """
    sides = talk.of(Role.THERAPIST) | talk.of(Role.CLIENT)
    spoken = np.flatnonzero(sides & (talk.words > 0)).tolist()
    turns = [list(turn) for _, turn in groupby(spoken, key=talk.roles.__getitem__)]
    client_first = bool(turns) and talk.roles[turns[0][0]] is Role.CLIENT
    therapist, client = turns[client_first::2], turns[not client_first :: 2]
    given = _given(talk, therapist)
    disclosing_or_asking = given[:, [GIVEN.index(ANY), GIVEN.index(QUESTION)]]
    return Acts(
        client_first,
        given,
        np.hstack([disclosing_or_asking, _lengths(talk, therapist)]),
        np.hstack([_lengths(talk, client), _reactions(talk, turns, client_first)]),
    )


def _lengths(talk: Talk, turns: Sequence[Sequence[int]]) -> Flags:
    words = talk.words.tolist()
    lengths = np.array([sum(words[u] for u in turn) for turn in turns], dtype=np.int64)
    is_in: Flags = thirds_by_length(lengths)[:, None] == np.arange(len(LENGTHS))
    return is_in


def _given(talk: Talk, turns: Sequence[Sequence[int]]) -> Flags:
    labels: dict[int, set[str]] = {}
    for found in talk.disclosures:
        labels.setdefault(found.utterance, set()).update((ANY, str(found.label)))
    given = np.zeros((len(turns), len(GIVEN)), dtype=bool)
    for row, turn in zip(given, turns, strict=True):
        acts = {act for u in turn for act in labels.get(u, ())}
        if any(asks(talk.texts[u]) for u in turn):
            acts.add(QUESTION)
        row[:] = [act in acts for act in GIVEN]
    return given


def _reactions(talk: Talk, turns: Sequence[Sequence[int]], client_first: bool) -> Flags:
    """Return, for each turn of the client, those of `CLIENT_ACTS` that are not its length."""
    words_of = cache(lambda turn: content_words("\n".join(talk.texts[u] for u in turns[turn])))
    rows = []
    for number in range(not client_first, len(turns), 2):
        texts = [(talk.texts[u], bool(talk.asked[u])) for u in turns[number]]
        # the client's last two turns, and the therapist's; most changes are ruled out by the former
        before = (words_of(n) for n in (number - 2, number - 4, number - 1) if n >= 0)
        rows.append(
            (
                any(thanks(text) for text, _ in texts),
                any(asks_about_therapist(text, cue=cue) for text, cue in texts),
                changes_topic(words_of(number), before),
            )
        )
    return np.array(rows, dtype=bool).reshape(-1, len(CLIENT_ACTS) - len(LENGTHS))
