"""Cluster-robust inference: slopes of therapists may differ, and the intervals allow for it.

The random intercepts of a fit are only its working model. The errors come from how much the
therapists' own contributions to a slope differ (CR2), and so do the degrees of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from tsd.stats import Estimate, Floats

FEW_DF = 4.0
"""With fewer degrees of freedom than this, a slope rests on the values of a few therapists."""

_LEVEL = 0.95
_SHOWN = 0.9  # share of a variance that the residuals must show
_DETERMINED = 1e-9  # what the regression leaves of a therapist's own values, if it is rounding


@dataclass(frozen=True, slots=True)
class SlopeTest:
    """The two-sided test of a slope against 0; None where there is no slope.

    `p_holm` is `p` adjusted for the number of tests (Holm 1979). `df` are the degrees of freedom
    of the t distribution behind the p-value and the slope's interval.
    """

    p: float | None = None
    p_holm: float | None = None
    df: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A regression, written so that its errors are independent under the working model.

    Parameters
    ----------
    slopes : array of float, shape (n_columns,)
        The estimates, one per column.
    x, residuals : array of float, shape (n_units, n_columns) and (n_units,)
        The columns and the residuals, multiplied by the roots; the units of a therapist are next
        to each other.
    blocks : list of slice
        The rows of each therapist.
    roots : list of array
        For each therapist, a matrix R with R' R = the inverse of the covariance of the units.
    """

    slopes: Floats
    x: Floats
    residuals: Floats
    blocks: list[slice]
    roots: list[Floats]


@dataclass(frozen=True, slots=True)
class Robust:
    """The cluster-robust errors of a fit.

    Parameters
    ----------
    scores : array of float, shape (n_therapists, n_columns)
        How far each therapist moves each slope; the sum of squares is the slope's variance.
    df : array of float, shape (n_columns,)
        Degrees of freedom; NaN where a slope, or much of it, rests on one therapist alone, whose
        residuals then say nothing about its error.
    """

    scores: Floats
    df: Floats


def cluster_robust(fit: Fit) -> Robust:
    """Compute CR2 errors and Satterthwaite degrees of freedom, with therapists as clusters.

    The residuals of each therapist are enlarged by (I - H)^(-1/2), H being the therapist's block
    of the hat matrix; with this the variance is right on average if the working model is true,
    and nearly so if it is not. The degrees of freedom are those of the chi-square distribution
    with the mean and the variance that the estimated variance has under the working model. With
    few therapists, or if a few of them have most of the variation of a predictor, they are far
    fewer than the number of therapists.

    References
    ----------
    Bell & McCaffrey (2002). Survey Methodology, 28(2), 169-181. Pustejovsky & Tipton (2018).
    Journal of Business & Economic Statistics, 36(4), 672-683.

    Examples
    --------
    For a mean of 4 values in clusters of one, this is the usual standard error with n - 1.

    >>> values = np.array([1.0, 2.0, 4.0, 5.0])
    >>> alone = [slice(row, row + 1) for row in range(4)]
    >>> roots = [np.eye(1)] * 4
    >>> fit = Fit(np.array([3.0]), np.ones((4, 1)), values - 3, alone, roots)
    >>> robust = cluster_robust(fit)
    >>> error = np.sqrt((robust.scores**2).sum())
    >>> bool(np.isclose(error, values.std(ddof=1) / 2)), round(float(robust.df[0]), 6)
    (True, 3.0)
    """
    size = np.sqrt((fit.x**2).sum(axis=0))
    x = fit.x / size
    inverse = np.linalg.inv(x.T @ x)
    values, vectors = np.linalg.eigh(inverse)
    root = vectors * np.sqrt(np.maximum(values, 0))
    shape = (len(fit.blocks), x.shape[1])
    scores, squares, moved = np.empty(shape), np.empty(shape), np.empty((*shape, shape[1]))
    for number, rows in enumerate(fit.blocks):
        weights = _enlarged(x[rows], root) @ inverse
        scores[number] = weights.T @ fit.residuals[rows]
        squares[number] = (weights**2).sum(axis=0)
        moved[number] = x[rows].T @ weights
    return Robust(scores / size, _degrees(squares, moved, inverse))


def _enlarged(x: Floats, root: Floats) -> Floats:
    """Multiply a therapist's columns by (I - H)^(-1/2); 0 in directions that H determines."""
    left, singular, _ = np.linalg.svd(x @ root, full_matrices=False)
    rest = 1 - singular**2
    free = rest > _DETERMINED
    factor = np.where(free, 1 / np.sqrt(np.where(free, rest, 1)), 0.0)
    enlarged: Floats = x + left @ ((factor - 1)[:, None] * (left.T @ x))
    return enlarged


def _degrees(squares: Floats, moved: Floats, inverse: Floats) -> Floats:
    """Match the first two moments of each variance with those of a chi-square distribution."""
    found = []
    for place in range(squares.shape[1]):
        gram = np.diag(squares[:, place]) - moved[:, :, place] @ inverse @ moved[:, :, place].T
        trace = np.trace(gram)  # the variance, as far as the residuals show it
        shown = trace > _SHOWN * inverse[place, place]
        found.append(trace**2 / (gram**2).sum() if shown else np.nan)
    return np.array(found)


def estimate_and_test(value: float, error: float, df: float, n: int) -> tuple[Estimate, SlopeTest]:
    """Return a slope with its interval and its test, by the t distribution.

    Examples
    --------
    >>> slope, test = estimate_and_test(1.0, 0.5, 10.0, 12)
    >>> round(slope.low, 3), round(test.p, 3)
    (-0.114, 0.073)
    """
    half = error * float(stdtrit(df, (1 + _LEVEL) / 2))
    p = 2 * float(stdtr(df, -abs(value) / error)) if error > 0 else None
    return Estimate(value, value - half, value + half, int(n)), SlopeTest(p, None, float(df))
