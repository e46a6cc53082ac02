"""How good scores are: precision, recall, F1 and average precision, and their calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tsd.stats import ROUNDING, Clusters, Counts, Estimate, Flags, Floats, clustered_share

EDGES: tuple[float, ...] = (0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1)
"""Bounds of the calibration bins; a bin includes its lower bound, the last one also its upper."""


_KINDS = {
    "precision": "sessions with a flag",
    "recall": "sessions with a disclosure",
    "f1": "sessions with a flag or a disclosure",
    "average_precision": "sessions with a disclosure",
}
"""The figures, and the sessions that their intervals are over."""


_MUCH_RARER = 2
"""If the assumed rate is lower than that of the data by more than this factor, average precision
has no interval: it then rests on a few utterances with high scores, and in simulations the interval
covered 85 to 90%."""

_TOO_RARE = f"no interval (disclosures are more than {_MUCH_RARER} times as frequent in these data)"


class Scores(NamedTuple):
    """Labeled utterances, one entry each.

    `session` is the number of the session, from 0; `disclosing` is by a coder, `flagged` and `p`
    are by the classifier.
    """

    session: Counts
    disclosing: Flags
    flagged: Flags
    p: Floats


class _Figure(NamedTuple):
    """A figure, and what its interval needs.

    `influences` says by how much each utterance moves it, `cases` which utterances it is about,
    and `independent` how many cases it would be worth if utterances were independent.
    """

    value: float
    influences: Floats
    cases: Flags
    independent: float


def figures(scores: Scores, rate: float | None = None) -> dict[str, Estimate]:
    """Compute precision, recall, F1 and average precision, with intervals over whole sessions.

    Parameters
    ----------
    scores : Scores
        By falling probability.
    rate : float, optional
        Weight the utterances so that this share of them disclose; as they are if None.

    Returns
    -------
    dict of str to Estimate
        ``precision``, ``recall``, ``f1`` (their harmonic mean) and ``average_precision``: mean
        precision over the disclosing utterances, each at its own probability as threshold. An
        interval is over the sessions in which a figure has something to count.
    """
    y = scores.disclosing
    if rate is not None and (y.all() or not y.any()):
        return {name: Estimate(reason=_missing(name, y, rate)) for name in _KINDS}
    weights = 1.0, 1.0
    if rate is not None:
        weights = rate / y.sum(), (1 - rate) / (~y).sum()
    found = _counted(scores, weights, rate is not None)
    found["average_precision"] = _average_precision(scores, weights, rate is not None)
    estimates = {}
    for name, kind in _KINDS.items():
        figure = found[name]
        if figure is None:
            estimates[name] = Estimate(reason=_missing(name, y, rate))
            continue
        value, influences, cases, independent = figure
        sessions = Clusters(list(map(str, scores.session)), kind)
        share = clustered_share(value, influences, cases, sessions, independent)
        estimates[name] = share.estimate()
        too_rare = rate is not None and rate < y.mean() / _MUCH_RARER
        if name == "average_precision" and too_rare and not share.reason:
            estimates[name] = Estimate(value, n=share.clusters, reason=_TOO_RARE)
    return estimates


def _counted(
    scores: Scores, weights: tuple[float, float], fixed: bool
) -> dict[str, _Figure | None]:
    """Compute the figures that are ratios of weighted counts.

    `weights` are of a disclosing and of another utterance; `fixed` says that they keep the share
    of disclosing utterances as it is, whichever are observed.
    """
    y, flagged = scores.disclosing, scores.flagged
    weight, other = weights
    hit, alarm = y & flagged, ~y & flagged
    all_, hits, alarms = weight * y.sum(), weight * hit.sum(), other * alarm.sum()
    found, sum_ = hits + alarms, all_ + hits + alarms

    def figure(value: float, slopes: Sequence[float], cases: Flags, at_ends: float) -> _Figure:
        """Put together a figure; it has the `slopes` by the three weighted counts."""
        by_all, by_hits, by_alarms = slopes
        influences = weight * (by_all * y + by_hits * hit) + other * by_alarms * alarm
        if not fixed:
            return _Figure(value, influences, cases, _independent(value, influences, at_ends))
        influences = _within(influences, y)
        spread = (weight * by_hits) ** 2 * _spread(hit[y]) + (other * by_alarms) ** 2 * _spread(
            alarm[~y]
        )
        inner = 0 < value < 1
        return _Figure(value, influences, cases, value * (1 - value) / spread if inner else at_ends)

    made: dict[str, _Figure | None] = dict.fromkeys(_KINDS)
    if found:
        slopes = 0, alarms / found**2, -hits / found**2
        missing = weight if alarms else other  # of the kind of which there is none
        made["precision"] = figure(hits / found, slopes, flagged, found / missing)
    if all_:
        made["recall"] = figure(hits / all_, (-hits / all_**2, 1 / all_, 0), y, float(y.sum()))
    if found and all_:
        down = -2 * hits / sum_**2
        slopes = down, 2 / sum_ + down, down
        made["f1"] = figure(2 * hits / sum_, slopes, y | flagged, sum_ / max(weights))
    return made


def _average_precision(scores: Scores, weights: tuple[float, float], fixed: bool) -> _Figure | None:
    """Sum precision times gain in recall over the distinct probabilities."""
    y, (weight, other) = scores.disclosing, weights
    if not y.any():
        return None
    first = np.append(True, np.diff(scores.p) != 0)
    ends, place = np.append(np.flatnonzero(first)[1:], len(y)) - 1, np.cumsum(first) - 1
    hits = np.cumsum(y)[ends] * weight
    flagged = hits + np.cumsum(~y)[ends] * other
    gains, precision = np.diff(hits, prepend=0), hits / flagged
    value = float(gains @ precision / hits[-1])
    # one utterance more changes the precision at its own probability and at all lower ones
    later = [np.cumsum((gains * each / flagged**2)[::-1])[::-1] for each in (flagged - hits, hits)]
    disclosing = precision + later[0] - value
    influences = np.where(y, weight * disclosing[place], -other * later[1][place]) / hits[-1]
    if fixed:
        influences = _within(influences, y)
    # It is a mean of precisions, and near 1 these rest on a few false alarms. So it is not worth
    # more than a share of the disclosing utterances.
    independent = _independent(value, influences, hits[-1] / max(weights))
    return _Figure(value, influences, y, min(independent, float(y.sum())))


def _within(influences: Floats, disclosing: Flags) -> Floats:
    """Measure influences from the mean of those that disclose, and of the others."""
    means = [np.sort(influences[each]).mean() for each in (disclosing, ~disclosing)]
    centered: Floats = influences - np.where(disclosing, *means)
    return centered


def _independent(value: float, influences: Floats, at_ends: float) -> float:
    """Return how many independent cases have the variance that the influences have."""
    spread = float(np.sort(influences**2).sum())  # sums of floats depend on the order
    return value * (1 - value) / spread if 0 < value < 1 and spread > ROUNDING else at_ends


def _spread(flagged: Flags) -> float:
    """Return the sum of squares about the share; half a hit and a miss more: never is not sure."""
    share = (flagged.sum() + 0.5) / (len(flagged) + 1)
    return float(len(flagged) * share * (1 - share))


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
