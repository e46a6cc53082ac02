"""Estimates and their 95% intervals. Every number with an interval in this package is one."""

from tsd.stats.clusters import (
    ALIKE,
    FEWEST_CLUSTERS,
    ROUNDING,
    ClusteredShare,
    Clusters,
    clustered_ratio,
    clustered_share,
    clusters_of,
    independent_share,
)
from tsd.stats.estimates import (
    Bounds,
    Counts,
    Estimate,
    Flags,
    Floats,
    Z,
    adjusted_bounds,
    mover,
    ratio,
    wilson,
    wilson_for_few,
)
from tsd.stats.resampling import Resampled, resample_ratio, resamples_of, sign_flip

__all__ = [
    "ALIKE",
    "FEWEST_CLUSTERS",
    "ROUNDING",
    "Bounds",
    "ClusteredShare",
    "Clusters",
    "Counts",
    "Estimate",
    "Flags",
    "Floats",
    "Resampled",
    "Z",
    "adjusted_bounds",
    "clustered_ratio",
    "clustered_share",
    "clusters_of",
    "independent_share",
    "mover",
    "ratio",
    "resample_ratio",
    "resamples_of",
    "sign_flip",
    "wilson",
    "wilson_for_few",
]
