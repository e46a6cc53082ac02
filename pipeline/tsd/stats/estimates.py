"""Estimates, and the intervals of shares of independent cases and of what is made of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtri

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

Z = float(ndtri(0.975))
"""Half-width of an interval in standard errors."""

_FEW = (50, 2, 3)
"""Up to 50 cases, 2 hits count as few; with more cases, 3. Brown et al. 2001."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95% interval.

    Parameters
    ----------
    value, low, high : float or None
        None if it cannot be computed; NaN becomes None.
    n : int or None
        Number of units behind it: utterances, sessions or therapists.
    reason : str
        Why something is missing, or what the interval is over or assumes.

    Examples
    --------
    >>> Estimate(0.5, float("nan"), None, reason="no interval")
    Estimate(value=0.5, low=None, high=None, n=None, reason='no interval')
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        for name in ("value", "low", "high"):
            if (number := getattr(self, name)) is not None:
                object.__setattr__(self, name, None if math.isnan(number) else float(number))

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both bounds, or None where there is no interval."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def per_100(self) -> Estimate:
        """Return a share between 0 and 1 as a number per 100.

        Examples
        --------
        >>> Estimate(0.5, 0.25, 0.75).per_100().interval
        (25.0, 75.0)
        """
        numbers = self.value, self.low, self.high
        value, low, high = (None if number is None else 100 * number for number in numbers)
        return Estimate(value, low, high, self.n, self.reason)


class Bounds(NamedTuple):
    """A number and its 95% interval."""

    value: float
    low: float
    high: float


def ratio(part: float, whole: float) -> float | None:
    """Divide; None if there is nothing to divide by.

    Examples
    --------
    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def wilson(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, population: npt.ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Compute Wilson's interval of a share.

    Parameters
    ----------
    hits, n : array-like
        Number of hits among n cases.
    population : array-like, optional
        Number of cases from which the `n` were drawn without replacement: the distances to the
        share shrink by sqrt(1 - n / population), to 0 if all were seen.

    Returns
    -------
    low, high : array of float
        Between 0 and 1; NaN if `n` is 0.

    References
    ----------
    Wilson (1927). Journal of the American Statistical Association, 22, 209-212.

    Examples
    --------
    >>> low, high = wilson(1, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.018, 0.404)
    """
    hits, n = np.broadcast_arrays(np.asarray(hits, float), np.asarray(n, float))
    low, high = score_interval(hits, n)
    return _shrunk(low, high, hits, n, population)


def wilson_for_few(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, population: npt.ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Compute Wilson's interval with a lower bound that also holds for few hits.

    With 1, 2 or 3 hits Wilson's lower bound is too high, and the interval misses small shares
    more often than it should. In these cases the bound of a Poisson count is used, and likewise
    for the upper bound if nearly all are hits. Parameters and result are those of `wilson`; the
    interval is never narrower.

    References
    ----------
    Brown, Cai & DasGupta (2001). Statistical Science, 16(2), 101-133, section 4.1.1.

    Examples
    --------
    >>> low, high = wilson_for_few(1, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.005, 0.404)
    """
    hits, n = np.broadcast_arrays(np.asarray(hits, float), np.asarray(n, float))
    low, high = score_interval(hits, n)
    few = np.where(n <= _FEW[0], _FEW[1], _FEW[2])
    few_hits, few_misses = _one_to(few, hits), _one_to(few, n - hits)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(few_hits, np.minimum(low, _poisson_low(hits, few_hits) / n), low)
        high = np.where(
            few_misses, np.maximum(high, 1 - _poisson_low(n - hits, few_misses) / n), high
        )
    return _shrunk(low, high, hits, n, population)


def _one_to(few: Counts, count: Floats) -> npt.NDArray[np.bool_]:
    return (count >= 1) & (count <= few)


def _poisson_low(count: Floats, where: npt.NDArray[np.bool_]) -> Floats:
    """Return the mean at which this count or a higher one has a probability of 5%.

    Only there, and 0 elsewhere: an inverse of chi-square takes long for high counts.
    """
    low = np.zeros(count.shape)
    chdtri(2 * count, 0.95, where=where, out=low)
    return low / 2


def score_interval(hits: Floats, n: Floats, z: float = Z) -> tuple[Floats, Floats]:
    """Compute Wilson's interval with another quantile than the normal, for shares in clusters."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / n
        center = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # at the ends the bound is exact, and rounding must not move it past the share
    low = np.where(hits == 0, np.where(n > 0, 0.0, np.nan), center - half)
    high = np.where(hits == n, np.where(n > 0, 1.0, np.nan), center + half)
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
    Zou & Donner (2008). Statistics in Medicine, 27(10), 1693-1702.

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


def adjusted_bounds(flagged: Bounds, sensitivity: Bounds, false_alarms: Bounds) -> Bounds:
    """Adjust a share for the errors of a classifier, with its interval.

    The share p that discloses solves q = p s + (1 - p) f, with q the share flagged, s the
    sensitivity and f the false alarms. The interval has each p at which q - p s - (1 - p) f, a
    weighted sum of independent shares, does not differ from 0 by more than its MOVER interval:
    Fieller's way to an interval of a ratio. All is kept between 0 and 1. A share q below f, which
    no share p explains, counts as f: fewer flags than expected are no certainty that p is 0.

    Parameters
    ----------
    flagged, sensitivity, false_alarms : Bounds
        With s above f.

    References
    ----------
    Rogan & Gladen (1978). American Journal of Epidemiology, 107(1), 71-76: the share. Zou & Donner
    (2008). Statistics in Medicine, 27(10), 1693-1702: MOVER. Fieller (1954). Journal of the Royal
    Statistical Society B, 16(2), 175-185.

    Examples
    --------
    >>> found = adjusted_bounds(Bounds(0.06, 0.05, 0.07), Bounds(0.9, 0.8, 0.95), Bounds(0, 0, 0))
    >>> [round(number, 4) for number in found]
    [0.0667, 0.0551, 0.081]
    """
    (q, q_low, q_high), (s, s_low, s_high), (f, f_low, f_high) = flagged, sensitivity, false_alarms

    above = q_high - q
    q = max(q, f)

    def bound(of_q: float, of_s: float, of_f: float, sign: int) -> float:
        square = (s - f) ** 2 - of_s**2 - of_f**2
        if square <= 0:  # s is not known to be above f: any share could be
            return (1 + sign) / 2
        half = of_f**2 - (q - f) * (s - f)
        rest = (q - f) ** 2 - of_q**2 - of_f**2
        return (-half + sign * math.sqrt(max(half**2 - square * rest, 0))) / square

    low = bound(q - q_low, s_high - s, f_high - f, -1)
    high = bound(above, s - s_low, f - f_low, 1)
    value = min(max((q - f) / (s - f), 0.0), 1.0)
    return Bounds(value, min(max(low, 0.0), value), max(min(high, 1.0), value))
