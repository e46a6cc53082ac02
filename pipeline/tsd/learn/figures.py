"""How good scores are: precision, recall, F1 and average precision, and their calibration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from tsd.stats import Counts, Estimate, Flags, Floats, resample

EDGES: tuple[float, ...] = (0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1)
"""Bounds of the calibration bins; a bin includes its lower bound, the last one also its upper."""


class Scores(NamedTuple):
    """Labeled utterances, one entry each.

    `session` is the number of the session, from 0; `disclosing` is by a coder, `flagged` and `p`
    are by the classifier.
    """

    session: Counts
    disclosing: Flags
    flagged: Flags
    p: Floats


class _Sums(NamedTuple):
    """Sums over the utterances, one entry per resample, and the weights of utterances in them."""

    disclosing: Floats
    hits: Floats
    alarms: Floats
    weight: Floats
    other_weight: Floats


_Figure = Callable[[Counts, _Sums], Floats]


def figures(
    scores: Scores, resamples: int, seed: int, rate: float | None = None
) -> dict[str, Estimate]:
    """Compute precision, recall, F1 and average precision, with intervals over whole sessions.

    Parameters
    ----------
    scores : Scores
        By falling probability.
    resamples, seed : int
        For the intervals.
    rate : float, optional
        Weight the utterances of each resample so that this share of them disclose; as they are
        if None.

    Returns
    -------
    dict of str to Estimate
        ``precision``, ``recall``, ``f1`` (their harmonic mean) and ``average_precision``: mean
        precision over the disclosing utterances, each at its own probability as threshold. An
        interval is over the sessions in which a figure has something to count.
    """
    y, flagged = scores.disclosing, scores.flagged
    count = int(scores.session.max()) + 1
    sums = np.zeros((count, 4))
    np.add.at(sums, scores.session, np.stack([y, ~y, y & flagged, ~y & flagged], axis=1))
    positives, others, hits, alarms = sums.T
    every, disclosing, found = positives + others > 0, positives > 0, hits + alarms > 0
    kinds: dict[str, tuple[_Figure, Flags]] = {
        "precision": (lambda _, s: s.hits / (s.hits + s.alarms), found),
        "recall": (lambda _, s: s.hits / s.disclosing, disclosing),
        "f1": (lambda _, s: _f1(s), disclosing | found),
        "average_precision": (lambda times, s: _average_precision(scores, times, s), every),
    }

    def compute(times: Counts, figure: _Figure, sessions: Counts) -> Floats:
        drawn = np.zeros((len(times), count), dtype=np.int64)
        drawn[:, sessions] = times
        with np.errstate(divide="ignore", invalid="ignore"):
            return figure(drawn, _weighted(drawn @ sums, rate))

    estimates = {}
    for name, (figure, counted) in kinds.items():
        sessions = np.flatnonzero(counted if rate is None else every)
        number = partial(compute, figure=figure, sessions=sessions)
        (value,) = number(np.ones((1, len(sessions)), dtype=np.int64))
        if np.isnan(value):
            estimates[name] = Estimate(reason=_missing(name, y, rate))
        else:
            resampled = resample(len(sessions), "sessions", number, resamples, seed)
            estimates[name] = resampled.estimate(value)
    return estimates


def _weighted(sums: Floats, rate: float | None) -> _Sums:
    disclosing, others, hits, alarms = sums.T
    weight = other_weight = np.ones(len(sums))
    if rate is not None:
        both = (disclosing > 0) & (others > 0)
        weight = np.where(both, rate / disclosing, np.nan)
        other_weight = np.where(both, (1 - rate) / others, np.nan)
    return _Sums(weight * disclosing, weight * hits, other_weight * alarms, weight, other_weight)


def _f1(s: _Sums) -> Floats:
    flagged = s.hits + s.alarms
    f1 = 2 * s.hits / (s.disclosing + flagged)
    return np.where((flagged > 0) & (s.disclosing > 0), f1, np.nan)


def _average_precision(scores: Scores, draws: Counts, sums: _Sums) -> Floats:
    """Sum precision times gain in recall over the distinct probabilities, for each resample."""
    ends = np.flatnonzero(np.append(np.diff(scores.p) != 0, True))
    out = np.full(len(draws), np.nan)
    for number, times in enumerate(draws):
        counts = times[scores.session]
        hits = np.cumsum(counts * scores.disclosing)[ends] * sums.weight[number]
        alarms = np.cumsum(counts * ~scores.disclosing)[ends] * sums.other_weight[number]
        if hits[-1] > 0:  # neither zero nor undefined
            flagged = hits + alarms
            precision = np.divide(hits, flagged, out=np.zeros_like(hits), where=flagged > 0)
            out[number] = np.diff(hits, prepend=0) @ precision / hits[-1]
    return out


def _missing(name: str, disclosing: Flags, rate: float | None) -> str:
    """Return why there is no such figure."""
    if not disclosing.any() and (name != "precision" or rate is not None):
        return "no utterance discloses"
    if disclosing.all() and rate is not None:
        return "every utterance discloses, so no other rate can be assumed"
    return "nothing was flagged"


@dataclass(frozen=True, slots=True)
class Bin:
    """The utterances with probabilities from `low` to under `high`.

    `n` is how many there are (not weighted), `predicted` their mean probability, `observed` the
    share of them that disclose.
    """

    low: float
    high: float
    n: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether probabilities match how often utterances disclose.

    Parameters
    ----------
    bins : tuple of Bin
        Those that have an utterance.
    brier : float
        Mean of (probability - outcome) squared [1]_.
    expected_error : float
        Mean of abs(predicted - observed) over the utterances, by their bins: the expected
        calibration error [2]_.

    References
    ----------
    .. [1] Brier (1950). Verification of forecasts expressed in terms of probability. Monthly
       Weather Review, 78(1), 1-3.
    .. [2] Naeini, Cooper & Hauskrecht (2015). Obtaining well calibrated probabilities using
       Bayesian binning. Proceedings of AAAI, 29(1), 2901-2907.
    """

    bins: tuple[Bin, ...]
    brier: float
    expected_error: float


def calibration(p: Floats, disclosing: Flags, weights: Floats | None = None) -> Calibration:
    """Compare probabilities with outcomes; all utterances have the same weight if None.

    Examples
    --------
    >>> found = calibration(np.array([0.0, 0.5]), np.array([False, True]))
    >>> found.brier, found.expected_error, len(found.bins)
    (0.125, 0.25, 2)
    """
    weights = np.full(len(p), 1 / len(p)) if weights is None else weights
    where = np.digitize(p, EDGES[1:-1])
    bins, error = [], 0.0
    for number in np.unique(where):
        inside = where == number
        w = weights[inside]
        predicted = float(np.average(p[inside], weights=w))
        observed = float(np.average(disclosing[inside], weights=w))
        bins.append(Bin(EDGES[number], EDGES[number + 1], int(inside.sum()), predicted, observed))
        error += float(w.sum()) * abs(predicted - observed)
    return Calibration(tuple(bins), float(weights @ (p - disclosing) ** 2), error)


def natural_weights(disclosing: Flags, rate: float) -> Floats | None:
    """Weight utterances so that a share of `rate` of them disclose; the weights sum to 1.

    None where no weights give that share: all utterances disclose, or none.

    Examples
    --------
    >>> natural_weights(np.array([True, False, False]), 0.25)
    array([0.25 , 0.375, 0.375])
    """
    if disclosing.all() or not disclosing.any():
        return None
    weights: Floats = np.where(
        disclosing, rate / disclosing.sum(), (1 - rate) / (~disclosing).sum()
    )
    return weights
