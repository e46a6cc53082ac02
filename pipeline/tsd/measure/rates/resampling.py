"""Intervals of 95 % over therapists or sessions, drawn anew as wholes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

Floats = npt.NDArray[np.float64]

FEWEST_CLUSTERS = 6
"""With fewer therapists (or sessions) than this there is no interval over them."""

_CELLS = 2_000_000
"""Draws times clusters that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """A pooled ratio in draws of whole clusters.

    Parameters
    ----------
    clusters : int
        Clusters there are to draw from.
    draws : array of float
        The ratio in each draw; empty where there are under `FEWEST_CLUSTERS`, and where all
        draws give the same: how much the clusters differ cannot be told then.
    """

    clusters: int
    draws: Floats

    @property
    def interval(self) -> tuple[float, float]:
        """The percentiles, further out the fewer clusters there are; NaN without draws.

        Plain percentiles make intervals too narrow with few clusters; these levels widen them as
        Student's t and the n - 1 of a variance do.

        References
        ----------
        Hesterberg (2015). What teachers should know about the bootstrap. The American
        Statistician, 69(4), 371-386.
        """
        if not len(self.draws):
            return math.nan, math.nan
        n = self.clusters
        level = ndtr(-math.sqrt(n / (n - 1)) * stdtrit(n - 1, 0.975))
        low, high = np.quantile(self.draws, [level, 1 - level])
        return float(low), float(high)

    @property
    def variance(self) -> float:
        """The sampling variance of the ratio; NaN without draws."""
        if not len(self.draws):
            return math.nan
        return float(self.draws.var() * self.clusters / (self.clusters - 1))


def clusters_of(sessions: Sequence[str], therapists: Sequence[str]) -> tuple[list[str], str]:
    """Name the cluster of each session: its therapist, or itself where that is not known.

    Parameters
    ----------
    sessions, therapists : sequence of str
        Names; a therapist's is empty where not known.

    Returns
    -------
    clusters : list of str
        One per session.
    kind : str
        What they are.

    Examples
    --------
    >>> clusters_of(["a", "b", "c"], ["T1", "T1", ""])
    (['therapist T1', 'therapist T1', 'session c'], 'therapists and single sessions')
    """
    kind = "sessions"
    if any(therapists):
        kind = "therapists" if all(therapists) else "therapists and single sessions"
    names = [
        f"therapist {therapist}" if therapist else f"session {session}"
        for session, therapist in zip(sessions, therapists, strict=True)
    ]
    return names, kind


def resample_ratio(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    clusters: Sequence[object],
    resamples: int,
    seed: int,
) -> Resampled:
    """Draw whole clusters with replacement and pool a ratio in each draw.

    Parameters
    ----------
    numerators, denominators : array-like, shape (n,)
        The ratio is the sum of the ones over the sum of the others.
    clusters : sequence, shape (n,)
        Name of the cluster that each belongs to: a therapist with all sessions, or a session.
    resamples : int
        Times to draw.
    seed : int
        Of the generator. The order of the entries does not matter.

    Returns
    -------
    Resampled
        Clusters in which nothing was counted (a denominator of 0) are not drawn from.

    References
    ----------
    Field & Welsh (2007). Bootstrapping clustered data. Journal of the Royal Statistical Society
    B, 69(3), 369-390.
    """
    above, below = np.asarray(numerators, float), np.asarray(denominators, float)
    _, number = np.unique(np.asarray(list(clusters), dtype=str), return_inverse=True)
    order = np.lexsort((below, above, number))  # sums of floats depend on the order
    sums = np.stack(
        [np.bincount(number[order], weights=each[order]) for each in (above, below)], axis=1
    )
    sums = sums[sums[:, 1] > 0]
    n = len(sums)
    if n < FEWEST_CLUSTERS:
        return Resampled(n, np.empty(0))
    rng = np.random.default_rng(seed)
    draws = np.empty(resamples)
    step = max(1, _CELLS // n)
    for begin in range(0, resamples, step):
        size = min(step, resamples - begin)
        pooled = rng.multinomial(n, np.full(n, 1 / n), size) @ sums
        draws[begin : begin + size] = pooled[:, 0] / pooled[:, 1]
    if np.ptp(draws) <= 1e-9 * np.abs(draws).max():
        draws = np.empty(0)
    return Resampled(n, draws)


def resampled_mean(
    values: npt.ArrayLike, clusters: Sequence[object], resamples: int, seed: int
) -> tuple[float, float]:
    """Compute the interval of a mean over sessions by drawing whole clusters of them.

    Parameters
    ----------
    values : array-like, shape (n_sessions,)
        One number per session; sessions with NaN are left out.
    clusters, resamples, seed
        As for `resample_ratio`.

    Returns
    -------
    low, high : float
        NaN under `FEWEST_CLUSTERS` that have a value, and where they do not differ.

    Examples
    --------
    >>> low, high = resampled_mean([0.1, 0.3, -0.1, 0.2, 0.0, 0.4], "abcdef", 1000, 0)
    >>> low < 0.15 < high
    True
    """
    numbers = np.asarray(values, float)
    known = np.isfinite(numbers)
    names = np.asarray(list(clusters), dtype=str)[known]
    return resample_ratio(numbers[known], np.ones(known.sum()), names, resamples, seed).interval
