"""Whether the focus of the talk moved from the client to the therapist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tsd.measure.talk import Talk
from tsd.schema import Role, count_words
from tsd.settings import Measuring
from tsd.stats import Counts, Flags, Floats


@dataclass(frozen=True, slots=True)
class WordLine:
    """The words of therapist and client, end to end; those of others are left out.

    Parameters
    ----------
    position : array of int, shape (n_utterances + 1,)
        Words spoken before each utterance; the last entry counts all of them.
    client : array of int, shape (n_utterances + 1,)
        How many of those are the client's.
    """

    position: Counts
    client: Counts

    @property
    def is_one_sided(self) -> bool:
        """Whether only the client, only the therapist, or neither says a word."""
        return not 0 < self.client[-1] < self.position[-1]

    @property
    def therapist_spoke_until(self) -> Counts:
        """Return the words spoken up to the therapist's last word before each utterance."""
        spoke = np.diff(self.position - self.client) > 0
        ends = np.concatenate([[0], np.where(spoke, self.position[1:], 0)])
        return np.maximum.accumulate(ends)

    def around(self, firsts: Counts, lasts: Counts, measuring: Measuring) -> tuple[Floats, Floats]:
        """Return the client's share of the words before and after stretches of utterances.

        `firsts` and `lasts` are the first and the last utterance of each stretch. A share is NaN
        if its window has too few words, and in a session in which only one side speaks.
        """
        begins, ends = self.position[firsts], self.position[lasts + 1]
        window, fewest = measuring.focus_window, measuring.focus_minimum
        before = self._client_share(begins - window, begins, fewest)
        return before, self._client_share(ends, ends + window, fewest)

    def _client_share(self, begins: Counts, ends: Counts, fewest: int) -> Floats:
        """Return the client's share between positions, which may be inside utterances."""
        begins, ends = np.maximum(begins, 0), np.minimum(ends, self.position[-1])
        share: Floats = np.full(len(begins), np.nan)
        if self.is_one_sided:
            return share
        low, high = (np.interp(where, self.position, self.client) for where in (begins, ends))
        length = ends - begins
        np.divide(high - low, length, out=share, where=length >= fewest)
        return share

    def has_full_windows(self, firsts: Counts, lasts: Counts, window: int) -> Flags:
        """Return which stretches have at least `window` words on both sides."""
        left = self.position[-1] - self.position[lasts + 1]
        full: Flags = (self.position[firsts] >= window) & (left >= window)
        return full


@dataclass(frozen=True, slots=True)
class Focus:
    """The focus of the talk around the episodes of disclosure of a session.

    Parameters
    ----------
    episode : array of int, shape (n_disclosures,)
        Number of the episode, counted from 0; disclosures close to each other share one.
    first, last : array of int, shape (n_episodes,)
        The first and the last utterance of each episode.
    before, after : array of float, shape (n_episodes,)
        The client's share of the words before and after the episode; NaN if there are too few,
        and in a session in which only one side speaks.
    line : WordLine
        The words of the session.
    """

    episode: Counts
    first: Counts
    last: Counts
    before: Floats
    after: Floats
    line: WordLine

    @property
    def shift(self) -> Floats:
        """Share before minus share after; positive: the focus moved to the therapist."""
        return self.before - self.after

    def mean_shift(self) -> float:
        """Return the mean over the episodes that have a shift; NaN if none has."""
        return float(np.nanmean(self.shift)) if np.isfinite(self.shift).any() else float("nan")


def measure_focus(talk: Talk, measuring: Measuring) -> Focus:
    """Measure the focus around each episode of disclosure.

    Only the words of therapist and client count. Disclosures in the same utterance, and disclosures
    with fewer than `measuring.focus_window` words between them, are one episode. The windows are
    before its first and after its last utterance. They are cut at the ends of the session and, if
    needed, inside an utterance.
    """
    client = talk.of(Role.CLIENT)
    both = client | talk.of(Role.THERAPIST)
    position, of_client = (
        np.concatenate([[0], np.cumsum(talk.words * who)]) for who in (both, client)
    )
    line = WordLine(position, of_client)
    where = np.array([found.utterance for found in talk.disclosures], dtype=np.int64)
    episode = _episodes(talk, where, position, measuring.focus_window)
    numbers, firsts = np.unique(episode, return_index=True)
    lasts = np.searchsorted(episode, numbers, side="right") - 1
    first, last = where[firsts], where[lasts]  # disclosures are in the order of the text
    return Focus(episode, first, last, *line.around(first, last, measuring), line)


def _episodes(talk: Talk, where: Counts, position: Counts, window: int) -> Counts:
    """Return the episode of each disclosure; `where` holds the disclosures' utterances."""
    pairs = [(talk.texts[found.utterance], found) for found in talk.disclosures]
    begins = position[where] + [count_words(text[: found.start_char]) for text, found in pairs]
    ends = position[where] + [count_words(text[: found.end_char]) for text, found in pairs]
    is_new = (np.diff(where) > 0) & (begins[1:] - ends[:-1] >= window)
    return np.cumsum(np.append([0], is_new), dtype=np.int64)[: len(where)]
