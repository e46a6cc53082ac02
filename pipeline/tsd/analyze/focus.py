"""Did the focus of the talk move from the client to the therapist, and did it come back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tsd.analyze import return_patterns as patterns
from tsd.analyze.talk import Counts, Floats, Talk
from tsd.schema import Role, count_words
from tsd.settings import Settings


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)


_YOU = re.compile(rf"\b(?:{_any_of(patterns.YOU)})\b", re.IGNORECASE)
_NOT_YOU = re.compile(rf"\b(?:{_any_of(patterns.NOT_YOU)})\b", re.IGNORECASE)
_QUESTION = re.compile(
    rf"[?？]|^\W*(?:{_any_of(patterns.QUESTIONS)})\b(?!\s+(?:{_any_of(patterns.NOT_ASKED)})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Focus:
    """The focus of the talk around each disclosure of a session.

    Parameters
    ----------
    episode : array of int, shape (n_disclosures,)
        Number of the episode, counted from 0; disclosures close to each other share one.
    before, after : array of float, shape (n_disclosures,)
        The client's share of the words before and after the episode; NaN when there are too
        few, and in a session in which only one side speaks.
    turns_to_return : array of float, shape (n_disclosures,)
        Utterances until a client utterance of at least their median length; NaN if none.
    returned : list of bool
        Whether the focus went back to the client.
    """

    episode: Counts
    before: Floats
    after: Floats
    turns_to_return: Floats
    returned: list[bool]

    @property
    def shift(self) -> Floats:
        """Share before minus share after; positive: the focus moved to the therapist."""
        return self.before - self.after

    def mean_shift(self) -> float:
        """Return the mean over the episodes that have a shift; NaN if none has."""
        _, first = np.unique(self.episode, return_index=True)
        shifts = self.shift[first]
        return float(np.nanmean(shifts)) if np.isfinite(shifts).any() else float("nan")


def measure_focus(talk: Talk, settings: Settings) -> Focus:
    """Measure the focus around each disclosure.

    Only the words of therapist and client count. Disclosures of one utterance, and disclosures
    with fewer than `settings.focus_window` words between them, are one episode. The windows lie
    before its first and after its last utterance, are cut at the ends of the session, and where
    needed inside an utterance.

    Parameters
    ----------
    talk : Talk
        The session.
    settings : Settings
        Length of the windows, and the fewest words for a share.

    Returns
    -------
    Focus
        One entry per disclosure.
    """
    client, therapist = talk.of(Role.CLIENT), talk.of(Role.THERAPIST)
    position = np.concatenate([[0], np.cumsum(talk.words * (client | therapist))])
    client_words = np.concatenate([[0], np.cumsum(talk.words * client)])
    where = [found.utterance for found in talk.disclosures]
    episode = _episodes(talk, position, settings.focus_window)
    _, begins, number = np.unique(episode, return_index=True, return_inverse=True)
    ends = np.append(begins[1:], len(where)) - 1  # disclosures stand in the order of the text
    firsts = [where[begin] for begin in begins[number]]
    lasts = [where[end] for end in ends[number]]
    before = [
        _share(position, client_words, position[u] - settings.focus_window, position[u], settings)
        for u in firsts
    ]
    after = [
        _share(
            position,
            client_words,
            position[u + 1],
            position[u + 1] + settings.focus_window,
            settings,
        )
        for u in lasts
    ]
    turns = _turns_to_return(talk.words, client, where)
    return Focus(
        episode,
        np.array(before, dtype=float),
        np.array(after, dtype=float),
        turns,
        [
            _returned(talk, found.utterance, found.start_char, wait)
            for found, wait in zip(talk.disclosures, turns, strict=True)
        ],
    )


def _episodes(talk: Talk, position: Counts, window: int) -> Counts:
    numbers: list[int] = []
    end = 0
    for order, found in enumerate(talk.disclosures):
        text, u = talk.texts[found.utterance], found.utterance
        start = position[u] + count_words(text[: found.start_char])
        if order == 0:
            numbers.append(0)
        else:
            same = u == talk.disclosures[order - 1].utterance or start - end < window
            numbers.append(numbers[-1] + (not same))
        end = position[u] + count_words(text[: found.end_char])
    return np.array(numbers, dtype=np.int64)


def _share(
    position: Counts, client_words: Counts, first: int, last: int, settings: Settings
) -> float:
    """Return the client's share of the words between two positions in the session."""
    first, last = max(first, 0), min(last, int(position[-1]))
    if last - first < settings.focus_minimum or not 0 < client_words[-1] < position[-1]:
        return float("nan")
    low, high = np.interp([first, last], position, client_words)
    return float((high - low) / (last - first))


def _turns_to_return(words: Counts, client: np.ndarray, where: list[int]) -> Floats:
    long_enough = client & (words >= np.median(words[client])) if client.any() else client
    returns = np.flatnonzero(long_enough)
    following = np.searchsorted(returns, where, side="right")
    return np.array(
        [
            returns[next_] - u if next_ < len(returns) else np.nan
            for next_, u in zip(following, where, strict=True)
        ],
        dtype=float,
    )


def _returned(talk: Talk, utterance: int, start_char: int, turns: float) -> bool:
    """Tell whether the focus went back: by words from the disclosure on, or by a client turn."""
    later = (u for u in range(utterance + 1, len(talk.roles)) if talk.roles[u] is Role.THERAPIST)
    following = next(later, None)
    said = [talk.texts[utterance][start_char:]]
    said += [] if following is None else [talk.texts[following]]
    return bool(turns <= 2) or any(turns_to_client(text) for text in said)


def turns_to_client(text: str) -> bool:
    """Tell whether words ask something or turn to "you".

    Examples
    --------
    >>> turns_to_client("That was hard, you know."), turns_to_client("And your week?")
    (False, True)
    """
    plain = text.replace("’", "'")
    return bool(_QUESTION.search(plain) or _YOU.search(_NOT_YOU.sub(" ", plain)))
