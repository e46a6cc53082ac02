"""What a study can expect before it begins: testable episodes, and the power of the focus test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ncfdtr, stdtrit
from scipy.stats import binom, poisson

from tsd.measure.focus.chance import TESTED
from tsd.measure.focus.stretches import FEWEST_COMPARABLE
from tsd.settings import Planning
from tsd.stats import FEWEST_CLUSTERS

DROPS: tuple[float, ...] = (0.05, 0.1, 0.2)
"""Drops of the client's share of the words for which power is shown."""

THERAPISTS: tuple[int, ...] = (6, 10, 20, 40)
SESSIONS: tuple[int, ...] = (1, 2, 4, 8, 16)
"""Numbers of therapists, and of sessions of each, for which power is shown."""

_FEWEST_EPISODES = 30
"""With fewer tested episodes than this, an earlier run does not say how much shifts vary."""

_MOST = 100
"""Testable episodes of a session that are reckoned with."""


class Inputs(NamedTuple):
    """What is assumed of the sessions of a study.

    Parameters
    ----------
    rate : float
        Share of the therapist's utterances that contain a disclosure.
    utterances, words : float
        Therapist utterances, and words of therapist and client, in a session.
    episode_sd : float
        Standard deviation of the adjusted shift of one episode, within a therapist.
    therapist_sd : float
        Standard deviation of the therapists' own mean shifts.
    episodes : float
        Episodes of disclosure that can be tested in a session, on average.
    """

    rate: float
    utterances: float
    words: float
    episode_sd: float
    therapist_sd: float
    episodes: float


def inputs_of_settings(planning: Planning, rate: float, window: int) -> Inputs:
    """Take everything from the settings; the window is in words."""
    return Inputs(
        rate,
        planning.session_utterances,
        planning.session_words,
        planning.episode_sd,
        planning.therapist_sd,
        expected_episodes(rate, planning.session_utterances, planning.session_words, window),
    )


def inputs_of_run(
    sessions: pd.DataFrame,
    disclosures: pd.DataFrame,
    given: Inputs,
    *,
    window: int,
    window_of_run: int,
) -> tuple[Inputs, list[str]]:
    """Take from an earlier run what it shows, and the rest from `given`.

    Parameters
    ----------
    sessions, disclosures : DataFrame
        The tables of the run.
    given : Inputs
        For what the run does not show.
    window, window_of_run : int
        The focus window of the plan and of the run, in words. With another window than that of the
        run, the testable episodes are those expected of its median session.

    Returns
    -------
    inputs : Inputs
        The rate is the flagged one: all disclosing utterances over all of the therapists.
    missing : list of str
        What the run does not show, and why.
    """
    measured = sessions[sessions["disclosures"].notna()]
    utterances = measured["therapist_utterances"].sum()
    if not utterances:
        return given, ["anything: no therapist utterance was measured in it"]
    tested = disclosures[disclosures["focus_test"] == TESTED]
    shifts = tested.drop_duplicates(["session_id", "episode"])
    rate = float(measured["disclosing_utterances"].sum() / utterances)
    typical = float(measured["therapist_utterances"].median())
    words = float((measured["therapist_words"] + measured["client_words"]).median())
    episodes = len(shifts) / len(measured)
    if window != window_of_run:
        episodes = expected_episodes(rate, typical, words, window)
    found = given._replace(rate=rate, utterances=typical, words=words, episodes=episodes)
    return _with_spreads(found, shifts, sessions)


def _with_spreads(
    found: Inputs, shifts: pd.DataFrame, sessions: pd.DataFrame
) -> tuple[Inputs, list[str]]:
    """Take how much shifts vary from the tested episodes, and what these do not show."""
    whose = shifts["session_id"].map(sessions.set_index("session_id")["therapist"])
    whose = whose.where(whose != "", "session " + shifts["session_id"])
    groups = shifts["focus_shift_adjusted"].astype(float).groupby(whose)
    freedom = len(shifts) - groups.ngroups
    if len(shifts) < _FEWEST_EPISODES or freedom < _FEWEST_EPISODES / 2:
        few = f"too few episodes were tested ({len(shifts)})"
        return found, [f"how much shifts vary: {few}"]
    within = float((groups.var(ddof=1) * (groups.size() - 1)).sum() / freedom)
    found = found._replace(episode_sd=math.sqrt(within))
    if not (sessions["therapist"] != "").all():
        return found, ["how much therapists differ: not all of them are known"]
    if groups.ngroups < FEWEST_CLUSTERS:
        return found, [f"how much therapists differ: fewer than {FEWEST_CLUSTERS} are known"]
    between = float(groups.mean().var(ddof=1) - (within / groups.size()).mean())
    if between <= 0:
        return found, ["how much therapists differ: no more than chance makes them"]
    return found._replace(therapist_sd=math.sqrt(between)), []


def expected_episodes(rate: float, utterances: float, words: float, window: int) -> float:
    """Return how many episodes of disclosure a session has that can be tested, on average.

    Disclosures at random places: an episode counts if it begins at least a window after the one
    before, and has whole windows on both sides. A session in which fewer than `FEWEST_COMPARABLE`
    utterances of one third by length have whole windows has none. The parameters are those of
    `Inputs`, and the window in words.

    Examples
    --------
    >>> round(expected_episodes(0.02, utterances=100, words=6000, window=100), 2)
    1.87
    """
    inside = max(words - 2 * window, 0.0)
    if not inside or inside / words * utterances / 3 < FEWEST_COMPARABLE:
        return 0.0
    per_word = rate * utterances / words
    return float(per_word * inside * math.exp(-per_word * window))


def power(drop: float, therapists: int, sessions: int, inputs: Inputs) -> float:
    """Return how often a drop will be found: a mean of therapists that differs from 0 at p <= .05.

    A t-test of the therapists' means stands for the test by flipping signs: both ask whether the
    mean of therapists like these is 0.

    Parameters
    ----------
    drop : float
        By how much the client's share of the words falls after a disclosure.
    therapists, sessions : int
        Number of therapists, and of sessions of each.
    inputs : Inputs
        For the two standard deviations and the episodes, whose number varies by Poisson's law.

    Examples
    --------
    >>> found = power(0.1, 10, 4, Inputs(0.02, 100, 6000, 0.3, 0.05, episodes=2.0))
    >>> round(found, 2)
    0.54
    """
    counts = np.arange(1, _MOST)
    chances = poisson.pmf(counts, inputs.episodes)  # of so many episodes in a session
    share = float(chances.sum())
    if not share:
        return 0.0
    session = inputs.episode_sd**2 * float((chances / counts).sum()) / share
    anything = 1 - (1 - share) ** sessions  # chance that a therapist has a session to test
    tested = np.arange(1, sessions + 1)  # sessions to test of each of these
    inverse = float((binom.pmf(tested, sessions, share) / tested).sum()) / anything
    error = math.sqrt(inputs.therapist_sd**2 + session * inverse)
    known = np.arange(FEWEST_CLUSTERS, therapists + 1)
    found = [_power_of_flips(drop / error, int(number)) for number in known]
    return float(binom.pmf(known, therapists, anything) @ found)


def _power_of_flips(effect: float, clusters: int) -> float:
    """Return the power for a mean of so many standard deviations, over so many clusters."""
    # with few clusters the flipped patterns are few, and the largest possible p below .05 is less
    level = math.floor(0.05 * 2 ** (clusters - 1)) / 2 ** (clusters - 1)
    limit = stdtrit(clusters - 1, 1 - level / 2)
    # the square of a noncentral t is a noncentral F
    return float(1 - ncfdtr(1, clusters - 1, clusters * effect**2, limit**2))


def power_table(
    inputs: Inputs, drops: Sequence[float] = DROPS
) -> list[tuple[int, int, list[float]]]:
    """Return therapists, sessions of each, and the power for each drop."""
    return [
        (many, each, [power(drop, many, each, inputs) for drop in drops])
        for many in THERAPISTS
        for each in SESSIONS
    ]
