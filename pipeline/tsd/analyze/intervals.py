"""Intervals, all of 95 %: of a share, of a share over strata, and over sessions drawn anew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtr, ndtri, stdtrit

Floats = npt.NDArray[np.float64]

FEWEST_CLUSTERS = 6
"""With fewer therapists (or sessions) than this there is no interval over them."""

Z = float(ndtri(0.975))
"""Half-width of an interval in standard errors."""

_FEW = (50, 2, 3)
"""Up to so many cases, so many hits count as few; with more cases, so many. Brown et al. 2001."""

_CELLS = 2_000_000
"""Draws times clusters that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate and its interval.

    Parameters
    ----------
    value, low, high : float
        Per 100; NaN where it cannot be computed.
    note : str
        Why something is missing, or what the interval takes for granted; else empty.
    """

    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    note: str = ""


def per_100(value: float, interval: tuple[float, float], note: str = "") -> Estimate:
    """Make an estimate of a share between 0 and 1.

    Examples
    --------
    >>> per_100(0.5, (0.25, 0.75))
    Estimate(value=50.0, low=25.0, high=75.0, note='')
    """
    return Estimate(100 * value, 100 * interval[0], 100 * interval[1], note)


def wilson(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, population: npt.ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Compute Wilson's interval of a share.

    Parameters
    ----------
    hits, n : array-like
        So many of so many cases.
    population : array-like, optional
        Cases there are in all, if the `n` were drawn from so many without replacement: the
        distances to the share shrink by sqrt(1 - n / population), to nothing when all were seen.

    Returns
    -------
    low, high : array of float
        Between 0 and 1; NaN where `n` is 0.

    References
    ----------
    Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal
    of the American Statistical Association, 22, 209-212.

    Examples
    --------
    >>> low, high = wilson(1, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.018, 0.404)
    """
    hits, n = np.broadcast_arrays(np.asarray(hits, float), np.asarray(n, float))
    low, high = _score_interval(hits, n)
    return _shrunk(low, high, hits, n, population)


def wilson_for_few(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, population: npt.ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Compute Wilson's interval with the lower bound mended where there are few hits.

    With 1, 2 or 3 hits Wilson's lower bound lies too high, and the interval misses small shares
    more often than it says. There the bound of a Poisson count stands in its place; likewise the
    upper bound where nearly all are hits.

    Parameters
    ----------
    hits, n, population
        As for `wilson`.

    Returns
    -------
    low, high : array of float
        Never narrower than those of `wilson`.

    References
    ----------
    Brown, Cai & DasGupta (2001). Interval estimation for a binomial proportion. Statistical
    Science, 16(2), 101-133, section 4.1.1.

    Examples
    --------
    >>> low, high = wilson_for_few(1, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.005, 0.404)
    """
    hits, n = np.broadcast_arrays(np.asarray(hits, float), np.asarray(n, float))
    low, high = _score_interval(hits, n)
    few = np.where(n <= _FEW[0], _FEW[1], _FEW[2])
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(_one_to(few, hits), np.minimum(low, _poisson_low(hits) / n), low)
        high = np.where(
            _one_to(few, n - hits), np.maximum(high, 1 - _poisson_low(n - hits) / n), high
        )
    return _shrunk(low, high, hits, n, population)


def _one_to(few: npt.NDArray[np.int64], count: Floats) -> npt.NDArray[np.bool_]:
    return (count >= 1) & (count <= few)


def _poisson_low(count: Floats) -> Floats:
    """Return the mean at which so many or more have a probability of 5 %."""
    low: Floats = chdtri(2 * np.maximum(count, 1), 0.95) / 2
    return low


def _score_interval(hits: Floats, n: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / n
        centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    # at the ends the bound is exact, and rounding must not move it past the share
    low = np.where(hits == 0, np.where(n > 0, 0.0, np.nan), centre - half)
    high = np.where(hits == n, np.where(n > 0, 1.0, np.nan), centre + half)
    return low, high


def _shrunk(
    low: Floats, high: Floats, hits: Floats, n: Floats, population: npt.ArrayLike | None
) -> tuple[Floats, Floats]:
    if population is None:
        return low, high
    with np.errstate(divide="ignore", invalid="ignore"):
        share, by = hits / n, np.sqrt(1 - n / np.asarray(population, float))
    return share - (share - low) * by, share + (high - share) * by


def mover(
    shares: npt.ArrayLike, lows: npt.ArrayLike, highs: npt.ArrayLike, weights: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Compute the interval of a weighted sum of independent shares from their own intervals.

    Parameters
    ----------
    shares, lows, highs : array-like, shape (..., n_strata)
        Each stratum's share and its interval.
    weights : array-like, shape (n_strata,)
        The strata's weights, none negative; they sum to 1.

    Returns
    -------
    low, high : array of float
        Between 0 and 1.

    References
    ----------
    Zou & Donner (2008). Construction of confidence limits about effect measures: a general
    approach. Statistics in Medicine, 27(10), 1693-1702.

    Examples
    --------
    >>> low, high = mover([0.5, 0.0], [0.2, 0.0], [0.8, 0.3], [0.5, 0.5])
    >>> round(float(low), 3), round(float(high), 3)
    (0.1, 0.462)
    """
    shares, weights = np.asarray(shares, float), np.asarray(weights, float)
    total = (weights * shares).sum(axis=-1)
    below = np.sqrt(((weights * (shares - np.asarray(lows, float))) ** 2).sum(axis=-1))
    above = np.sqrt(((weights * (np.asarray(highs, float) - shares)) ** 2).sum(axis=-1))
    return np.clip(total - below, 0, 1), np.clip(total + above, 0, 1)


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


def resampled_ratio(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    clusters: Sequence[object],
    resamples: int,
    seed: int,
) -> tuple[float, float]:
    """Compute the interval of a pooled ratio by drawing whole clusters with replacement.

    Parameters
    ----------
    numerators, denominators, clusters, resamples, seed
        As for `resample_ratio`.

    Returns
    -------
    low, high : float
        NaN under `FEWEST_CLUSTERS`, and where the clusters do not differ.

    Examples
    --------
    >>> low, high = resampled_ratio([1, 2, 0, 4, 1, 3], [50] * 6, "abcdef", 1000, 0)
    >>> low < 11 / 300 < high
    True
    >>> resampled_ratio([1, 2], [50, 50], ["a", "b"], 1000, 0)
    (nan, nan)
    """
    return resample_ratio(numerators, denominators, clusters, resamples, seed).interval


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
