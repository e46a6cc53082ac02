"""Sessions like the samples, with disclosures set where we like: for simulations."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from tsd.measure.talk import Talk
from tsd.readers import known_suffixes, read_sessions
from tsd.schema import Disclosure, Label, Role

T, C = Role.THERAPIST, Role.CLIENT
_BLOCK = 8
"""Utterances that stay together, so that turns follow each other as they do in talk."""


@cache
def sample_turns():
    """Return role, number of words and text of each utterance of each sample session."""
    folder = Path(__file__).parents[2] / "data/samples/sessions"
    files = sorted(path for path in folder.iterdir() if path.suffix in known_suffixes())
    sessions = [session for file in files for session in read_sessions(file)]
    return [
        [(u.role, u.words, u.text) for u in session.utterances if u.role in (T, C)]
        for session in sessions
    ]


def session_like_the_samples(random, *, utterances=120, name="s"):
    """Make a session of blocks of the samples; the therapist talks more in its first third."""
    sources = sample_turns()

    def block():
        turns = sources[random.integers(len(sources))]
        begin = random.integers(len(turns) - _BLOCK)
        return turns[begin : begin + _BLOCK]

    turns = []
    while len(turns) < utterances:
        two = [block(), block()]
        early = len(turns) < utterances / 3
        turns += max(two, key=_therapist_words) if early else two[0]
    roles, words, texts = zip(*turns[:utterances], strict=True)
    return talk_of_turns(roles, words, name, texts)


def _therapist_words(turns):
    return sum(words for role, words, _ in turns if role is T)


def talk_of_turns(roles, words, name, texts=None):
    unknown = np.full(len(roles), np.nan)
    return Talk(
        session_id=name,
        source="",
        ids=[],
        speakers=[],
        texts=list(texts or [""] * len(roles)),
        roles=list(roles),
        starts=unknown,
        ends=unknown,
        words=np.asarray(words, dtype=np.int64),
        p_disclosure=unknown,
        asked=np.zeros(len(roles), dtype=bool),
        flags=[()] * len(roles),
        disclosures=[],
        not_measured=None,
    )


def disclose(made, utterances):
    """Let whole utterances be disclosures. Their words are not used: only their places count."""
    found = [Disclosure(int(u), 0, 0, "", Label.TRAINING) for u in sorted(utterances)]
    return replace(made, disclosures=found)


def _random(random, own, made):
    return random.choice(own, 4, replace=False)


def _long(random, own, made):
    longest = own[np.argsort(made.words[own])[-len(own) // 3 :]]
    return random.choice(longest, 4, replace=False)


def _bursts(random, own, made):
    begins = random.choice(len(own) - 1, 2, replace=False)
    return {own[b + step] for b in begins for step in (0, 1)}


def _early(random, own, made):
    return random.choice(own[: max(len(own) // 3, 4)], 4, replace=False)


def _after_the_client(random, own, made):
    """Where the client has just spoken, the likelier the longer: in answer to long stories."""
    before = np.where(made.of(C), made.words, 0)[own - 1] * (own > 0)
    return random.choice(own, 4, replace=False, p=before / before.sum())


PLACEMENTS = {
    "random": _random,
    "long turns": _long,
    "bursts of 2": _bursts,
    "early": _early,
    "after long client turns": _after_the_client,
}
"""Ways to set four fake disclosures that have nothing to do with what the focus does next."""


def place(random, made, how):
    own = np.flatnonzero(made.of(T) & (made.words > 0))
    return disclose(made, PLACEMENTS[how](random, own, made))


def plant_drop(made, drop, window=100):
    """Let the client's share of the words after each disclosure fall by `drop`.

    In the utterances of the window after it, words go from the client's to the therapist's;
    how many words are spoken stays about the same.
    """
    words = made.words.astype(float).copy()
    client = made.of(C)
    for found in made.disclosures:
        after = np.arange(found.utterance + 1, len(words))
        after = after[np.cumsum(words[after]) - words[after] < window]
        own, theirs = words[after][~client[after]].sum(), words[after][client[after]].sum()
        if not own or not theirs:
            continue
        moved = min(drop * (own + theirs), theirs)
        words[after] *= np.where(client[after], 1 - moved / theirs, 1 + moved / own)
    return replace(made, words=np.maximum(np.round(words), 0).astype(np.int64))
