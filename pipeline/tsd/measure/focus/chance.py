"""Is a shift of focus more than chance: a permutation test within each session.

How far the client's share after an episode of disclosure is below what is expected there
(`tsd.measure.focus.stretches`) is compared with the same at other stretches of the same therapist's
utterances in the same session. A t-test, a circular shift, a permutation without whole windows and
one of the raw shifts all give false alarms (docs/methods.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tsd.measure.focus.stretches import FEWEST_FOR_SLOPES, Comparisons, Slopes
from tsd.settings import Measuring
from tsd.stats import Estimate, Floats, clusters_of, resample_ratio, sign_flip

TESTED = "tested"
"""The outcome of an episode, session or corpus whose shift of focus was tested."""

_ROUNDING = 1e-12
"""Differences of shares below this are due to rounding."""


@dataclass(frozen=True, slots=True)
class SessionChance:
    """The focus shift of a session against chance.

    Parameters
    ----------
    adjusted : float
        Mean over the tested episodes of the share expected after each minus the share observed;
        NaN if not tested.
    p : float
        Two-sided p-value; NaN if not tested.
    p_floor : float
        The smallest p-value that could have come out; NaN if not tested.
    by_episode : array of float, shape (n_episodes,)
        The adjusted shift of each episode; NaN if it was not tested.
    outcomes : tuple of str
        For each episode `TESTED`, or "not tested: " and the reason.
    outcome : str
        The same for the session, which is tested if any of its episodes is.
    null : array of float, shape (n_permutations,) or (0,)
        The permuted values; empty if not tested.
    """

    adjusted: float
    p: float
    p_floor: float
    by_episode: Floats
    outcomes: tuple[str, ...]
    outcome: str
    null: Floats

    @property
    def episodes_tested(self) -> int:
        """Episodes with whole windows and enough stretches to compare with."""
        return self.outcomes.count(TESTED)

    @property
    def episodes_not_testable(self) -> int:
        """The other episodes."""
        return len(self.outcomes) - self.episodes_tested


def session_against_chance(
    comparisons: Comparisons, measuring: Measuring, pooled: Slopes | None = None
) -> SessionChance:
    """Test the focus shift of a session by permutation.

    Of the stretches that each episode is compared with, including itself, one is drawn at random,
    `measuring.permutations` times; ``p = (1 + #{|T_b - mean T_b| >= |T - mean T_b|}) / (B + 1)``,
    where T is the mean over the episodes of expected minus observed share after. Each session has
    its own stream of random numbers, set by its name, so that the order of sessions changes
    nothing. Without a testable episode the session is not tested; p is never 1 for that reason.

    Parameters
    ----------
    comparisons : Comparisons
        From `tsd.measure.focus.stretches.compare`.
    measuring : Measuring
        ``permutations`` and ``seed``.
    pooled : Slopes, optional
        Sums over all sessions of a corpus, for sessions that have too few stretches; the session's
        own if None.
    """
    pooled = comparisons.short if pooled is None else pooled
    few = f"fewer than {FEWEST_FOR_SLOPES} places to compare with, here and in other short sessions"
    tested = [e for e in comparisons.each if e.stretches.slopes.are_enough or pooled.are_enough]
    by_episode = np.full(len(comparisons.reasons), np.nan)
    outcomes = [f"not tested: {reason or few}" for reason in comparisons.reasons]
    if not tested:
        nothing, nan = f"not tested: {comparisons.reason or few}", float("nan")
        return SessionChance(nan, nan, nan, by_episode, tuple(outcomes), nothing, np.empty(0))
    falls = {alike: alike.falls(pooled) for alike in {each.stretches for each in tested}}
    pools = [falls[each.stretches] for each in tested]
    for each, pool in zip(tested, pools, strict=True):
        by_episode[each.episode], outcomes[each.episode] = pool[each.place], TESTED
    random = _stream(measuring.seed, comparisons.session_id)
    draws = np.array(
        [pool[random.integers(len(pool), size=measuring.permutations)] for pool in pools]
    ).mean(axis=0)
    adjusted = float(np.nanmean(by_episode))
    farthest = np.array([(pool.min(), pool.max()) for pool in pools]).mean(axis=0)
    return SessionChance(
        adjusted,
        _p(draws, adjusted),
        min(_p(draws, float(end)) for end in farthest),
        by_episode,
        tuple(outcomes),
        TESTED,
        draws,
    )


def _stream(seed: int, session_id: str) -> np.random.Generator:
    digest = hashlib.sha256(session_id.encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])


def _p(null: Floats, value: float) -> float:
    """Return the share of the permuted values that are as far from their mean as a value."""
    mean = null.mean()
    as_far = np.count_nonzero(np.abs(null - mean) >= abs(value - mean) - _ROUNDING)
    return float((1 + as_far) / (len(null) + 1))


@dataclass(frozen=True, slots=True)
class CorpusChance:
    """The focus shift of a corpus against chance.

    Parameters
    ----------
    adjusted : Estimate
        Mean of the adjusted shifts of the tested sessions, with an interval over therapists (over
        the session itself where its therapist is not known): where is the mean of therapists
        like these?
    p : float or None
        Two-sided p-value, with every session permuted separately: is there a shift in any session?
    p_therapists : Estimate
        Two-sided p-value from flipping the signs of therapists: is the mean of therapists like
        these different from 0? It has no interval, but a reason where it is missing.
    sessions_tested : int
        Sessions with a tested episode.
    outcome : str
        `TESTED`, or "not tested: " and the reason.
    """

    adjusted: Estimate
    p: float | None
    p_therapists: Estimate
    sessions_tested: int
    outcome: str

    def summary(self) -> dict[str, Any]:
        """Return the numbers of the corpus, None where missing."""
        return {
            "focus_shift_adjusted": self.adjusted.value,
            "focus_shift_adjusted_low": self.adjusted.low,
            "focus_shift_adjusted_high": self.adjusted.high,
            "focus_shift_adjusted_interval": self.adjusted.reason,
            "focus_shift_p": self.p,
            "focus_shift_p_therapists": self.p_therapists.value,
            "focus_shift_p_therapists_note": self.p_therapists.reason,
            "focus_sessions_tested": self.sessions_tested,
            "focus_test": self.outcome,
        }


def corpus_against_chance(
    sessions: Sequence[str],
    therapists: Sequence[str],
    chances: Sequence[SessionChance],
    measuring: Measuring,
) -> CorpusChance:
    """Test the mean adjusted shift of many sessions.

    Every session is permuted separately; the permuted values of the corpus are the means over
    those of the sessions. The interval comes from resampling therapists with all their sessions,
    or sessions where the therapist is not known, never from resampling turns. The order of the
    sessions changes nothing.

    Parameters
    ----------
    sessions, therapists : sequence of str
        The name of each session, and its therapist; empty if not known.
    chances : sequence of SessionChance
        The test of each session.
    measuring : Measuring
        ``permutations``, ``resamples`` and ``seed``.
    """
    every = zip(sessions, therapists, chances, strict=True)
    rows = sorted((row for row in every if row[2].outcome == TESTED), key=lambda row: row[0])
    if not rows:
        nothing = Estimate(reason="nothing was tested")
        outcome = "not tested: no session has a testable episode"
        return CorpusChance(nothing, None, nothing, 0, outcome)
    names, known_therapists, tested = zip(*rows, strict=True)
    values = np.array([chance.adjusted for chance in tested])
    null = np.mean([chance.null for chance in tested], axis=0)
    clusters = clusters_of(names, known_therapists)
    drawn = resample_ratio(
        values, np.ones(len(values)), clusters, measuring.resamples, measuring.seed
    )
    mean = float(values.mean())
    return CorpusChance(
        drawn.estimate(mean),
        _p(null, mean),
        sign_flip(values, clusters, measuring.permutations, measuring.seed),
        len(rows),
        TESTED,
    )
