"""Precision, recall, F1 and average precision, with intervals over whole sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FEWEST_SESSIONS = 6
"""With fewer sessions than this there are no intervals."""

_MOSTLY_DEFINED = 0.95
"""Share of the draws in which a figure must be defined to have an interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its 95 % interval; None where it cannot be computed."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Scores(NamedTuple):
    """Labelled utterances, one entry each.

    `session` is the number of the session, `disclosing` what a coder says, `flagged` and `p`
    what the classifier says.
    """

    session: Counts
    disclosing: Flags
    flagged: Flags
    p: Floats


def draw_sessions(count: int, resamples: int, seed: int) -> Counts:
    """Draw sessions with replacement.

    Parameters
    ----------
    count : int
        The sessions there are.
    resamples : int
        Times to draw.
    seed : int
        Of the generator.

    Returns
    -------
    array of int, shape (1 + resamples, count)
        How often each session was drawn. The first row is the data as they are; it is the only
        one if there are under `FEWEST_SESSIONS`.
    """
    draws = np.ones((1, count), dtype=np.int64)
    if count < FEWEST_SESSIONS:
        return draws
    shares = np.full(count, 1 / count)
    return np.vstack([draws, np.random.default_rng(seed).multinomial(count, shares, resamples)])


def figures(scores: Scores, draws: Counts, rate: float | None = None) -> dict[str, Figure]:
    """Compute the figures and their intervals.

    Parameters
    ----------
    scores : Scores
        By falling probability.
    draws : array of int, shape (n_draws, n_sessions)
        As from `draw_sessions`.
    rate : float, optional
        Weigh the utterances of each draw so that this share of them disclose; as they are if
        None.

    Returns
    -------
    dict of str to Figure
        ``precision``, ``recall``, ``f1`` (their harmonic mean) and ``average_precision``: mean
        precision over the disclosing utterances, each at its own probability as threshold.
    """

    def drawn(which: Flags) -> Floats:
        per_session = np.bincount(scores.session[which], minlength=draws.shape[1])
        return (draws @ per_session).astype(np.float64)

    disclosing, others = drawn(scores.disclosing), drawn(~scores.disclosing)
    hits = drawn(scores.disclosing & scores.flagged)
    alarms = drawn(~scores.disclosing & scores.flagged)
    weigh, weigh_others = np.ones_like(hits), np.ones_like(hits)
    with np.errstate(divide="ignore", invalid="ignore"):
        if rate is not None:
            both = (disclosing > 0) & (others > 0)
            weigh = np.where(both, rate / disclosing, np.nan)
            weigh_others = np.where(both, (1 - rate) / others, np.nan)
        flagged = weigh * hits + weigh_others * alarms
        precision, recall = weigh * hits / flagged, hits / disclosing
        f1 = 2 * weigh * hits / (weigh * disclosing + flagged)
    f1[np.isnan(precision) | np.isnan(recall)] = np.nan
    values = {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "average_precision": _average_precision(scores, draws, weigh, weigh_others),
    }
    return {name: _figure(value) for name, value in values.items()}


def _average_precision(
    scores: Scores, draws: Counts, weigh: Floats, weigh_others: Floats
) -> Floats:
    """Sum precision times gain in recall over the distinct probabilities, for each draw."""
    ends = np.flatnonzero(np.append(np.diff(scores.p) != 0, True))
    out = np.full(len(draws), np.nan)
    for number, times in enumerate(draws):
        counts = times[scores.session]
        hits = np.cumsum(counts * scores.disclosing)[ends] * weigh[number]
        alarms = np.cumsum(counts * ~scores.disclosing)[ends] * weigh_others[number]
        if hits[-1] > 0:  # neither zero nor undefined
            flagged = hits + alarms
            precision = np.divide(hits, flagged, out=np.zeros_like(hits), where=flagged > 0)
            out[number] = np.diff(hits, prepend=0) @ precision / hits[-1]
    return out


def _figure(values: Floats) -> Figure:
    """Make a figure of its value in the data, which comes first, and of those in the draws."""
    if np.isnan(values[0]):
        return Figure(None)
    value, drawn = float(values[0]), values[1:]
    defined = drawn[~np.isnan(drawn)]
    if not len(drawn) or len(defined) < _MOSTLY_DEFINED * len(drawn):
        return Figure(value)
    low, high = np.percentile(defined, [2.5, 97.5])
    return Figure(value, float(low), float(high))
