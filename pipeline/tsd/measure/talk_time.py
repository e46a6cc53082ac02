"""How long everybody talked, and on what basis that is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tsd.measure.talk import Talk
from tsd.schema import Role
from tsd.settings import Measuring
from tsd.stats import Counts, Floats

TIMESTAMPS, STARTS, WORDS = "timestamps", "starts", "words"
"""The bases: start and end times, start times alone, or the number of words."""


def talk_time(
    starts: Floats, ends: Floats, words: Counts, measuring: Measuring
) -> tuple[str, Floats]:
    """Measure the talk time of each utterance of a session.

    A session uses one basis. ``timestamps``: end minus start. ``starts``, when an end is
    missing: the gap to the next start, but no more than the words take at `measuring.slowest`
    and no less than at `measuring.fastest`. ``words``, when a start is missing: the words at
    `measuring.words_per_minute`, as also for the last utterance with ``starts``.

    Parameters
    ----------
    starts, ends : array of float, shape (n_utterances,)
        Times in seconds; NaN where unknown.
    words : array of int, shape (n_utterances,)
        Length in words.
    measuring : Measuring
        The rates of speech in words per minute.

    Returns
    -------
    basis : {'timestamps', 'starts', 'words'}
        What the seconds are made of.
    seconds : array of float, shape (n_utterances,)
        Talk time.

    Examples
    --------
    >>> basis, seconds = talk_time(
    ...     np.array([0.0, 4.0, 60.0]), np.full(3, np.nan), np.array([10, 5, 50]), Measuring())
    >>> basis, seconds.tolist()
    ('starts', [4.0, 5.0, 20.0])
    """
    ends = np.where(ends < starts, np.nan, ends)  # an end before its start is no end
    minutes = words / measuring.words_per_minute
    if not len(starts) or np.isnan(starts).any():
        return WORDS, minutes * 60
    if not np.isnan(ends).any():
        return TIMESTAMPS, ends - starts
    shortest = words * 60 / measuring.fastest
    longest = words * 60 / measuring.slowest
    gaps = np.append(np.diff(starts), minutes[-1] * 60)
    return STARTS, np.clip(gaps, shortest, longest)


def session_length(basis: str, starts: Floats, ends: Floats, seconds: Floats) -> float:
    """Return the length of a session in seconds, from its first word to its last.

    Without times it is the sum of the talk times, and 0 for a session without utterances.
    """
    if basis == WORDS:
        return float(seconds.sum())
    last = ends if basis == TIMESTAMPS else starts + seconds
    return float(last.max() - starts.min())


@dataclass(frozen=True, slots=True)
class Axis:
    """Where each utterance is in its session, in one unit; windows and drawings share it.

    Parameters
    ----------
    unit : {'seconds', 'words'}
        What it is measured in.
    begins, ends : array of float, shape (n_utterances,)
        From the beginning of the session.
    on_clock : bool
        Whether these are times of the recording, with silence and overlaps; if not, the
        utterances follow each other without a gap.
    """

    unit: str
    begins: Floats
    ends: Floats
    on_clock: bool


def session_axis(talk: Talk, basis: str, seconds: Floats, unit: str) -> Axis:
    """Place the utterances of a session on an axis of seconds or of words.

    In seconds with the basis ``timestamps`` it is the clock, counted from the first start; with
    another basis the talk times end to end. In words it is the words of therapist and client end
    to end; what others say has no length.
    """
    if unit == "seconds" and basis == TIMESTAMPS:
        first = talk.starts.min(initial=np.inf)
        return Axis(unit, talk.starts - first, talk.ends - first, True)
    sides = talk.of(Role.THERAPIST) | talk.of(Role.CLIENT)
    amounts = talk.words * sides if unit == "words" else seconds
    ends = np.cumsum(amounts, dtype=np.float64)
    return Axis(unit, np.concatenate([[0.0], ends[:-1]])[: len(ends)], ends, False)
