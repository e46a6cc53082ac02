"""Resampling and sign flips of whole clusters: for means over therapists or sessions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

from tsd.stats.clusters import FEWEST_CLUSTERS, Clusters, cluster_sums
from tsd.stats.estimates import Counts, Estimate, Floats

_CELLS = 2_000_000
"""Resamples times clusters that are held in memory at once."""


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
        The number in each resample; empty if there is no interval.
    reason : str
        Why there is no interval; empty if there is one.
    caveat : str
        Where the interval is too narrow, as in `Clusters`.
    """

    clusters: int
    kind: str
    draws: Floats
    reason: str = ""
    caveat: str = ""

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

    def estimate(self, value: float) -> Estimate:
        """Put the interval around a value."""
        if (interval := self.interval) is None:
            return Estimate(value, n=self.clusters, reason=f"no interval ({self.reason})")
        basis = [f"from resampling {self.clusters:,} {self.kind}", self.caveat]
        return Estimate(value, *interval, self.clusters, "; ".join(filter(None, basis)))


def resamples_of(count: int, resamples: int, seed: int) -> Iterator[Counts]:
    """Draw `count` clusters with replacement; yield blocks of how often each was drawn."""
    rng = np.random.default_rng(seed)
    step = max(1, _CELLS // count)
    for begin in range(0, resamples, step):
        yield rng.multinomial(count, np.full(count, 1 / count), min(step, resamples - begin))


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

    References
    ----------
    Field & Welsh (2007). Journal of the Royal Statistical Society B, 69(3), 369-390.
    """
    sums = cluster_sums(np.stack([numerators, denominators], axis=1).astype(float), clusters)
    sums = sums[sums[:, 1] > 0]
    count, kind, none = len(sums), clusters.kind, np.empty(0)
    if count < FEWEST_CLUSTERS:
        return Resampled(count, kind, none, f"fewer than {FEWEST_CLUSTERS} {kind}")
    blocks = [(times @ sums).T for times in resamples_of(count, resamples, seed)]
    draws = np.concatenate([above / below for above, below in blocks])
    if np.ptp(draws) <= 1e-9 * np.abs(draws).max():
        return Resampled(count, kind, none, f"{kind} do not differ")
    return Resampled(count, kind, draws, caveat=clusters.caveat)


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
    >>> from tsd.stats.clusters import clusters_of
    >>> sign_flip([0.1, 0.3, 0.2, 0.4, 0.2, 0.5], clusters_of("abcdef", [""] * 6), 999, 0).value
    0.03125
    """
    sums = cluster_sums(np.asarray(values, float)[:, None], clusters)[:, 0]
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
