"""Whether the focus of the talk moved from the client to the therapist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tsd.measure.talk import Counts, Flags, Floats, Talk
from tsd.schema import Role, count_words
from tsd.settings import Measuring


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

    def client_share(self, first: Counts, last: Counts, fewest: int) -> Floats:
        """Return the client's share of the words between positions, which can be inside utterances.

        Parameters
        ----------
        first, last : array of int, shape (n,)
            Where each window begins and ends, in words; cut at the ends of the session.
        fewest : int
            With fewer words in a window, its share is missing.

        Returns
        -------
        array of float, shape (n,)
            NaN if missing; all NaN in a session in which only one side speaks.
        """
        first, last = np.maximum(first, 0), np.minimum(last, self.position[-1])
        length = last - first
        if not 0 < self.client[-1] < self.position[-1]:
            return np.full(len(first), np.nan)
        low, high = (np.interp(where, self.position, self.client) for where in (first, last))
        enough = length >= fewest
        missing: Floats = np.full(len(first), np.nan)
        found: Floats = np.divide(high - low, length, out=missing, where=enough)
        return found

    def around(self, firsts: Counts, lasts: Counts, measuring: Measuring) -> tuple[Floats, Floats]:
        """Return the client's share before and after stretches of utterances.

        Parameters
        ----------
        firsts, lasts : array of int, shape (n,)
            The first and the last utterance of each stretch.
        measuring : Measuring
            Length of the windows, and the fewest words for a share.

        Returns
        -------
        before, after : array of float, shape (n,)
            NaN if missing.
        """
        begin, end = self.position[firsts], self.position[lasts + 1]
        window, fewest = measuring.focus_window, measuring.focus_minimum
        before = self.client_share(begin - window, begin, fewest)
        return before, self.client_share(end, end + window, fewest)

    def has_full_windows(self, firsts: Counts, lasts: Counts, window: int) -> Flags:
        """Return which stretches have a full window of words on both sides.

        Parameters
        ----------
        firsts, lasts : array of int, shape (n,)
            The first and the last utterance of each stretch.
        window : int
            Length in words.

        Returns
        -------
        array of bool, shape (n,)
        """
        left = self.position[-1] - self.position[lasts + 1]
        full: Flags = (self.position[firsts] >= window) & (left >= window)
        return full


def word_line(talk: Talk) -> WordLine:
    """Put the words of therapist and client end to end.

    Parameters
    ----------
    talk : Talk
        The session.

    Returns
    -------
    WordLine
    """
    client = talk.of(Role.CLIENT)
    either = client | talk.of(Role.THERAPIST)
    position = np.concatenate([[0], np.cumsum(talk.words * either)])
    return WordLine(position, np.concatenate([[0], np.cumsum(talk.words * client)]))


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
    """

    episode: Counts
    first: Counts
    last: Counts
    before: Floats
    after: Floats

    @property
    def shift(self) -> Floats:
        """Share before minus share after; positive: the focus moved to the therapist."""
        return self.before - self.after

    def mean_shift(self) -> float:
        """Return the mean over the episodes that have a shift; NaN if none has."""
        return float(np.nanmean(self.shift)) if np.isfinite(self.shift).any() else float("nan")


def measure_focus(talk: Talk, line: WordLine, measuring: Measuring) -> Focus:
    """Measure the focus around each episode of disclosure.

    Only the words of therapist and client count. Disclosures in the same utterance, and disclosures
    with fewer than `measuring.focus_window` words between them, are one episode. The windows are
    before its first and after its last utterance. They are cut at the ends of the session and, if
    needed, inside an utterance.

    Parameters
    ----------
    talk : Talk
        The session.
    line : WordLine
        Its words.
    measuring : Measuring
        Length of the windows, and the fewest words for a share.

    Returns
    -------
    Focus
        The episodes and their windows.
    """
    where = np.array([found.utterance for found in talk.disclosures], dtype=np.int64)
    episode = _episodes(talk, line.position, measuring.focus_window)
    _, begins = np.unique(episode, return_index=True)
    ends = np.append(begins[1:], len(where)) - 1 if len(where) else begins
    first, last = where[begins], where[ends]  # disclosures are in the order of the text
    return Focus(episode, first, last, *line.around(first, last, measuring))


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
