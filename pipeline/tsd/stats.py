"""Estimates and their 95% intervals. Every number with an interval in this package is one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtr, ndtri, stdtrit

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

Z = float(ndtri(0.975))
"""Half-width of an interval in standard errors."""

FEWEST_CLUSTERS = 6
"""With fewer therapists (or sessions) than this, there is no interval over them."""

_FEW = (50, 2, 3)
"""Up to 50 cases, 2 hits count as few; with more cases, 3. Brown et al. 2001."""

_MOSTLY_DEFINED = 0.95
"""Share of the resamples in which a number must be defined to have an interval."""

_CELLS = 2_000_000
"""Resamples times clusters that are held in memory at once."""


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
    low, high = _score_interval(hits, n)
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
    low, high = _score_interval(hits, n)
    few = np.where(n <= _FEW[0], _FEW[1], _FEW[2])
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(_one_to(few, hits), np.minimum(low, _poisson_low(hits) / n), low)
        high = np.where(
            _one_to(few, n - hits), np.maximum(high, 1 - _poisson_low(n - hits) / n), high
        )
    return _shrunk(low, high, hits, n, population)


def _one_to(few: Counts, count: Floats) -> npt.NDArray[np.bool_]:
    return (count >= 1) & (count <= few)


def _poisson_low(count: Floats) -> Floats:
    """Return the mean at which this count or a higher one has a probability of 5%."""
    low: Floats = chdtri(2 * np.maximum(count, 1), 0.95) / 2
    return low


def _score_interval(hits: Floats, n: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / n
        center = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
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


class Clusters(NamedTuple):
    """What is resampled as a whole: the name of each session's cluster, and what clusters are."""

    names: Sequence[str]
    kind: str


def clusters_of(sessions: Sequence[str], therapists: Sequence[str]) -> Clusters:
    """Name the cluster of each session: its therapist, or itself if that is not known (empty).

    Examples
    --------
    >>> clusters_of(["a", "b"], ["T1", ""])
    Clusters(names=['therapist T1', 'session b'], kind='therapists and single sessions')
    """
    kind = "sessions"
    if any(therapists):
        kind = "therapists" if all(therapists) else "therapists and single sessions"
    names = [
        f"therapist {therapist}" if therapist else f"session {session}"
        for session, therapist in zip(sessions, therapists, strict=True)
    ]
    return Clusters(names, kind)


@dataclass(frozen=True, slots=True)
class Resampled:
    """A number in resamples of whole clusters.

    Parameters
    ----------
    clusters : int
        Number of clusters.
    kind : str
        What they are: ``therapists``, ``sessions``.
    draws : array of float
        The number in each resample in which it is defined; empty if there is no interval.
    reason : str
        Why there is no interval; empty if there is one.
    """

    clusters: int
    kind: str
    draws: Floats
    reason: str = ""

    @property
    def interval(self) -> tuple[float, float] | None:
        """The percentiles, further out the fewer clusters there are.

        Plain percentiles make intervals too narrow with few clusters; these levels widen them as
        Student's t and the n - 1 of a variance do.

        References
        ----------
        Hesterberg (2015). The American Statistician, 69(4), 371-386.
        """
        if self.reason:
            return None
        n = self.clusters
        level = ndtr(-math.sqrt(n / (n - 1)) * stdtrit(n - 1, 0.975))
        low, high = np.quantile(self.draws, [level, 1 - level])
        return float(low), float(high)

    @property
    def variance(self) -> float | None:
        """The sampling variance."""
        if self.reason:
            return None
        return float(self.draws.var() * self.clusters / (self.clusters - 1))

    def estimate(self, value: float) -> Estimate:
        """Put the interval around a value."""
        if (interval := self.interval) is None:
            return Estimate(value, n=self.clusters, reason=f"no interval ({self.reason})")
        basis = f"from resampling {self.clusters} {self.kind}"
        return Estimate(value, *interval, self.clusters, basis)


def resamples_of(count: int, resamples: int, seed: int) -> Iterator[Counts]:
    """Draw `count` clusters with replacement; yield blocks of how often each was drawn."""
    rng = np.random.default_rng(seed)
    step = max(1, _CELLS // count)
    for begin in range(0, resamples, step):
        yield rng.multinomial(count, np.full(count, 1 / count), min(step, resamples - begin))


def resample(
    count: int, kind: str, number: Callable[[Counts], Floats], resamples: int, seed: int
) -> Resampled:
    """Compute a number in resamples of whole clusters.

    Parameters
    ----------
    count : int
        Number of clusters.
    kind : str
        What they are, for the reasons.
    number : callable
        Takes how often each cluster was drawn, shape (n, count), and returns n numbers, NaN
        if undefined.
    resamples, seed : int
        How often to draw, and the seed.

    References
    ----------
    Field & Welsh (2007). Journal of the Royal Statistical Society B, 69(3), 369-390.
    """
    none = np.empty(0)
    if count < FEWEST_CLUSTERS:
        return Resampled(count, kind, none, f"fewer than {FEWEST_CLUSTERS} {kind}")
    draws = np.concatenate([number(times) for times in resamples_of(count, resamples, seed)])
    defined = draws[~np.isnan(draws)]
    if len(defined) < _MOSTLY_DEFINED * len(draws):
        return Resampled(count, kind, none, "undefined in too many resamples")
    if np.ptp(defined) <= 1e-9 * np.abs(defined).max():
        return Resampled(count, kind, none, f"{kind} do not differ")
    return Resampled(count, kind, defined)


def resample_ratio(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    clusters: Clusters,
    resamples: int,
    seed: int,
) -> Resampled:
    """Pool a ratio, sum over sum, in resamples of whole clusters.

    Parameters
    ----------
    numerators, denominators : array-like, shape (n,)
        One entry per session (or anything else that belongs to a cluster), in any order.
    clusters : Clusters
        The cluster of each. Those whose denominators sum to 0 are left out.
    resamples, seed : int
        How often to draw, and the seed.
    """
    above, below = np.asarray(numerators, float), np.asarray(denominators, float)
    _, number = np.unique(np.asarray(list(clusters.names), dtype=str), return_inverse=True)
    order = np.lexsort((below, above, number))  # sums of floats depend on the order
    sums = np.stack(
        [np.bincount(number[order], weights=each[order]) for each in (above, below)], axis=1
    )
    sums = sums[sums[:, 1] > 0]

    def pooled(times: Counts) -> Floats:
        above, below = (times @ sums).T
        return np.asarray(above / below)

    return resample(len(sums), clusters.kind, pooled, resamples, seed)


def sign_flip(values: npt.ArrayLike, clusters: Clusters, flips: int, seed: int) -> Estimate:
    """Test whether the mean of therapists like these is 0, by flipping signs of whole clusters.

    If it is 0, and values are spread evenly around it, each cluster could as well have had the
    opposite sign. The p-value is the share of sign patterns with a mean as far from 0: of all
    patterns if there are at most `flips` of them, else of the one seen and `flips` random ones.

    Parameters
    ----------
    values : array-like, shape (n,)
        One entry per session (or anything else that belongs to a cluster), in any order.
    clusters : Clusters
        The cluster of each.
    flips, seed : int
        Most patterns to look at, and the seed.

    Returns
    -------
    Estimate
        The p-value, two-sided, without an interval; none with fewer than `FEWEST_CLUSTERS`.

    References
    ----------
    Fisher (1935). The design of experiments, section 21.

    Examples
    --------
    >>> sign_flip([0.1, 0.3, 0.2, 0.4, 0.2, 0.5], clusters_of("abcdef", [""] * 6), 999, 0).value
    0.03125
    """
    numbers = np.asarray(values, float)
    _, number = np.unique(np.asarray(list(clusters.names), dtype=str), return_inverse=True)
    order = np.lexsort((numbers, number))
    sums = np.bincount(number[order], weights=numbers[order])
    count = len(sums)
    if count < FEWEST_CLUSTERS:
        return Estimate(n=count, reason=f"fewer than {FEWEST_CLUSTERS} {clusters.kind}")
    if 2**count <= flips:
        patterns = np.arange(2**count)[:, None] >> np.arange(count) & 1
    else:
        patterns = np.random.default_rng(seed).integers(2, size=(flips, count))
        patterns = np.vstack([patterns, np.zeros(count, dtype=np.int64)])
    means = np.abs((1 - 2 * patterns) @ sums)
    as_far = means >= abs(sums.sum()) - 1e-9 * np.abs(sums).sum()
    return Estimate(float(as_far.mean()), n=count, reason=f"by flipping {count} {clusters.kind}")
