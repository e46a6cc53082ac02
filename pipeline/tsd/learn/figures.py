"""Precision, recall, F1 and average precision, with intervals over whole sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tsd.stats import Counts, Estimate, Floats, resample

Flags = npt.NDArray[np.bool_]


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


_Way = Callable[[Counts, _Sums], Floats]


def figures(
    scores: Scores, resamples: int, seed: int, rate: float | None = None
) -> dict[str, Estimate]:
    """Compute the figures and their intervals.

    Parameters
    ----------
    scores : Scores
        By falling probability.
    resamples, seed : int
        Of the intervals.
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
    sums = np.stack(
        [
            np.bincount(scores.session[which], minlength=count)
            for which in (y, ~y, y & flagged, ~y & flagged)
        ],
        axis=1,
    ).astype(np.float64)
    all_, disclosing, found = sums[:, :2].any(axis=1), sums[:, 0] > 0, sums[:, 2:].any(axis=1)
    ways: dict[str, tuple[_Way, Any]] = {
        "precision": (lambda _, s: s.hits / (s.hits + s.alarms), found),
        "recall": (lambda _, s: s.hits / s.disclosing, disclosing),
        "f1": (lambda _, s: _f1(s), disclosing | found),
        "average_precision": (lambda times, s: _average_precision(scores, times, s), all_),
    }
    made = {}
    for name, (figure, counted) in ways.items():
        clusters = np.flatnonzero(counted if rate is None else all_)

        def number(times: Counts, figure: _Way = figure, clusters: Counts = clusters) -> Floats:
            drawn = np.zeros((len(times), count), dtype=np.int64)
            drawn[:, clusters] = times
            with np.errstate(divide="ignore", invalid="ignore"):
                result: Floats = figure(drawn, _weighted(drawn @ sums, rate))
            return result

        (value,) = number(np.ones((1, len(clusters)), dtype=np.int64))
        if np.isnan(value):
            made[name] = Estimate(reason=_missing(name, y, rate))
        else:
            made[name] = resample(len(clusters), "sessions", number, resamples, seed).estimate(
                value
            )
    return made


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
