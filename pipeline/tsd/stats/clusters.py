"""Intervals over clusters: therapists with their sessions, or sessions with their utterances."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

from tsd.stats.estimates import Bounds, Counts, Estimate, Floats, Z, score_interval

FEWEST_CLUSTERS = 6
"""With fewer therapists (or sessions) than this, there is no interval over them."""

ALIKE = 0.02
"""Intraclass correlation assumed of one more cluster than was observed. In simulations of 6 to 60
clusters, with correlations of .02 to .1, intervals covered best with this one."""

_ROUNDING = 1e-24
"""Sums of squared influences below this are due to rounding."""

_CELLS = 2_000_000
"""Resamples times clusters that are held in memory at once."""


class Clusters(NamedTuple):
    """What counts as a whole.

    Parameters
    ----------
    names : sequence of str
        The cluster of each entry.
    kind : str
        What clusters are, in the plural.
    caveat : str
        Where an interval over them is too narrow; empty if nothing speaks for that.
    """

    names: Sequence[str]
    kind: str
    caveat: str = ""


def clusters_of(sessions: Sequence[str], therapists: Sequence[str]) -> Clusters:
    """Name the cluster of each session: its therapist, or itself if that is not known (empty).

    Examples
    --------
    >>> found = clusters_of(["a", "b"], ["T1", ""])
    >>> found.names, found.kind
    (['therapist T1', 'session b'], 'therapists and single sessions')
    >>> clusters_of(["a", "b"], ["", ""]).caveat
    'too narrow if sessions share a therapist'
    """
    kind, caveat = "sessions", "too narrow if sessions share a therapist"
    if any(therapists):
        kind, caveat = "therapists and single sessions", "too narrow if these share a therapist"
        if all(therapists):
            kind, caveat = "therapists", ""
    names = [
        f"therapist {therapist}" if therapist else f"session {session}"
        for session, therapist in zip(sessions, therapists, strict=True)
    ]
    return Clusters(names, kind, caveat)


@dataclass(frozen=True, slots=True)
class ClusteredShare:
    """A number between 0 and 1 over cases that come in clusters, and how sure it is.

    Parameters
    ----------
    value : float
        The number.
    cases : float
        How many independent cases it is worth: as many as would give its variance.
    freedom : float or None
        Degrees of freedom of that variance; None if it is not estimated from clusters.
    clusters : int
        Number of clusters that have a case.
    kind : str
        What they are, in the plural.
    reason : str
        Why there is no interval over clusters; empty if there is one.
    """

    value: float
    cases: float
    freedom: float | None
    clusters: int
    kind: str
    reason: str = ""

    @property
    def bounds(self) -> Bounds:
        """Wilson's interval with the cases it is worth, and Student's t in place of the normal."""
        z = Z if self.freedom is None else float(stdtrit(self.freedom, 0.975))
        low, high = score_interval(np.array(self.value * self.cases), np.array(self.cases), z)
        return Bounds(self.value, float(low), float(high))

    def estimate(self) -> Estimate:
        """Put the interval around the value, unless there is a reason against it."""
        if self.reason:
            return Estimate(self.value, n=self.clusters, reason=f"no interval ({self.reason})")
        return Estimate(*self.bounds, self.clusters, f"over {self.clusters:,} {self.kind}")


def clustered_share(
    value: float,
    influences: npt.ArrayLike,
    cases: npt.ArrayLike,
    clusters: Clusters,
    independent: float,
) -> ClusteredShare:
    """Find how many independent cases a share over clustered cases is worth.

    The variance over clusters, divided by the one that the same cases would have if they were
    independent, is the design effect. Few clusters show it badly: if by chance none of those with
    many hits was observed, the share and the effect are both too low. So the effect is averaged
    with that of one more cluster whose cases are a little alike (intraclass correlation
    `ALIKE`), weighted by the number of clusters that the variance rests on; it is at least 1. Only
    the excess over 1 is estimated, so the degrees of freedom are that number of clusters times
    effect / (effect - 1). Where the share is 0 or 1, the one more cluster alone decides.

    Parameters
    ----------
    value : float
        The share, or another number between 0 and 1: F1, average precision.
    influences : array-like, shape (n,)
        The influence of each entry (utterance, session) on it: how much it would change if the
        entry had a little more weight, over that weight. They sum to 0.
    cases : array-like, shape (n,)
        How many of the cases that the share is about each entry has.
    clusters : Clusters
        The cluster of each entry, in any order.
    independent : float
        How many cases it would be worth if they were independent.

    References
    ----------
    Korn & Graubard (1998). Survey Methodology, 24(2), 193-201: Wilson's interval with effective
    cases. Franco, Little, Louis & Slud (2019). Journal of Survey Statistics and Methodology,
    7(3), 334-364: comparison with others. Satterthwaite (1946). Biometrics Bulletin, 2(6),
    110-114: degrees of freedom.
    """
    sums = _cluster_sums(np.stack([influences, cases], axis=1).astype(float), clusters)
    sums = sums[sums.any(axis=1)]
    sizes = sums[:, 1]
    count, total = int((sizes > 0).sum()), sizes.sum()
    if count < FEWEST_CLUSTERS:
        reason = f"fewer than {FEWEST_CLUSTERS} {clusters.kind}"
        return ClusteredShare(value, independent, None, count, clusters.kind, reason)
    without = sums[:, 0] / (1 - sizes / total)  # how the share changes without the cluster
    squares = float((without**2).sum())
    carrying = found = 0.0  # at 0 or 1, nothing shows how alike cases are
    if 0 < value < 1:
        # the number of clusters that the variance rests on: 1 if it is all one's
        alike = squares <= _ROUNDING
        carrying = float(count if alike else squares**2 / (without**4).sum())
        found = independent * squares * (count - 1) / count / (value * (1 - value))
    assumed = 1 + max(float((sizes**2).sum() / total) - 1, 0.0) * ALIKE
    effect = max((assumed + carrying * found) / (1 + carrying), 1.0)
    freedom = max(carrying, 1.0) * effect / (effect - 1) if effect > 1 else None
    return ClusteredShare(value, float(independent / effect), freedom, count, clusters.kind)


def clustered_ratio(
    numerators: npt.ArrayLike, denominators: npt.ArrayLike, clusters: Clusters
) -> ClusteredShare:
    """Pool a share over clusters: the cases that count, over all cases.

    Parameters
    ----------
    numerators, denominators : array-like, shape (n,)
        Hits, and cases, of each entry (utterance, session). Some entry must have a case.
    clusters : Clusters
        The cluster of each, in any order.

    Examples
    --------
    >>> sessions = Clusters(list("abcdefgh"), "sessions")
    >>> found = clustered_ratio([1, 0, 2, 0, 5, 1, 0, 3], [40] * 8, sessions)
    >>> found.value, round(found.cases), [round(bound, 3) for bound in found.bounds[1:]]
    (0.0375, 154, [0.014, 0.097])
    """
    hits, cases = np.asarray(numerators, float), np.asarray(denominators, float)
    total = float(cases.sum())
    value = float(hits.sum()) / total
    return clustered_share(value, (hits - value * cases) / total, cases, clusters, total)


def independent_share(hits: float, n: float, kind: str) -> ClusteredShare:
    """Pool a share over cases that are taken as independent; its interval is Wilson's.

    Parameters
    ----------
    hits, n : float
        Cases that count, and all cases; at least one.
    kind : str
        What the cases are, in the plural.

    Examples
    --------
    >>> found = independent_share(3, 60, "utterances, taken as independent").estimate()
    >>> found.value, round(found.low, 3), round(found.high, 3), found.reason
    (0.05, 0.017, 0.137, 'over 60 utterances, taken as independent')
    """
    return ClusteredShare(hits / n, n, None, int(n), kind)


def _cluster_sums(columns: Floats, clusters: Clusters) -> Floats:
    """Add up the entries of each cluster; shape (clusters, columns)."""
    _, number = np.unique(np.asarray(list(clusters.names), dtype=str), return_inverse=True)
    order = np.lexsort((*columns.T, number))  # sums of floats depend on the order
    sums: Floats = np.stack(
        [np.bincount(number[order], weights=column[order]) for column in columns.T], axis=1
    )
    return sums


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
    sums = _cluster_sums(np.stack([numerators, denominators], axis=1).astype(float), clusters)
    sums = sums[sums[:, 1] > 0]
    count, kind, none = len(sums), clusters.kind, np.empty(0)
    if count < FEWEST_CLUSTERS:
        return Resampled(count, kind, none, f"fewer than {FEWEST_CLUSTERS} {kind}")
    blocks = [(times @ sums).T for times in resamples_of(count, resamples, seed)]
    draws = np.concatenate([above / below for above, below in blocks])
    if np.ptp(draws) <= 1e-9 * np.abs(draws).max():
        return Resampled(count, kind, none, f"{kind} do not differ")
    return Resampled(count, kind, draws)


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
