"""Intervals of 95 %: of a share, and of a share over strata."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtri

Floats = npt.NDArray[np.float64]

Z = float(ndtri(0.975))
"""Half-width of an interval in standard errors."""

_FEW = (50, 2, 3)
"""Up to so many cases, so many hits count as few; with more cases, so many. Brown et al. 2001."""


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
