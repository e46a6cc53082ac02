"""Intervals over clusters: therapists with their sessions, or sessions with their utterances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from tsd.stats.estimates import Bounds, Estimate, Floats, Z, score_interval

FEWEST_CLUSTERS = 6
"""With fewer therapists (or sessions) than this, there is no interval over them."""

ALIKE = 0.02
"""Intraclass correlation assumed of one more cluster than was observed. In simulations of 6 to 60
clusters, with correlations of .02 to .1, intervals covered best with this one."""

ROUNDING = 1e-24
"""Sums of squared influences below this are due to rounding."""


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
    sums = cluster_sums(np.stack([influences, cases], axis=1).astype(float), clusters)
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
        alike = squares <= ROUNDING
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


def cluster_sums(columns: Floats, clusters: Clusters) -> Floats:
    """Add up the entries of each cluster; shape (clusters, columns)."""
    _, number = np.unique(np.asarray(list(clusters.names), dtype=str), return_inverse=True)
    order = np.lexsort((*columns.T, number))  # sums of floats depend on the order
    sums: Floats = np.stack(
        [np.bincount(number[order], weights=column[order]) for column in columns.T], axis=1
    )
    return sums
