"""A linear model with random intercepts.

statsmodels estimates the variances; the slopes are those of generalized least squares with these
variances, which also exist where a variance is 0.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_triangular

from tsd.measure.outcomes.robust import Fit
from tsd.stats import Floats

Codes = npt.NDArray[np.int64]


def blocks_of(group: Codes) -> list[slice]:
    """Return the rows of each group; the rows of a group are next to each other.

    >>> blocks_of(np.array([0, 0, 1]))
    [slice(0, 2, None), slice(2, 3, None)]
    """
    edges = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(group)]
    return [slice(low, high) for low, high in pairwise(edges)]


def fit_mixed(y: Floats, x: Floats, therapist: Codes, levels: Sequence[Codes]) -> Fit | None:
    """Fit a model with random intercepts; None without convergence.

    Parameters
    ----------
    y, x : array of float, shape (n_units,) and (n_units, n_columns)
        The outcome, and columns of full rank, among them those of the level.
    therapist : array of int, shape (n_units,)
        The therapist of each unit; units of a therapist are next to each other.
    levels : sequence of array of int
        What has a random intercept: nothing, the therapist, or the therapist and then the case.
    """
    scale_y, scale_x = y.std(), np.sqrt((x**2).mean(axis=0))
    y, x = (y - y.mean()) / scale_y, x / scale_x
    ratios = _variances(y, x, levels) if levels else []
    if ratios is None:
        return None
    blocks, roots = blocks_of(therapist), []
    white = np.empty((len(y), x.shape[1] + 1))
    for rows in blocks:
        covariance = np.eye(rows.stop - rows.start)
        for level, ratio in zip(levels, ratios, strict=True):
            covariance += ratio * (level[rows, None] == level[rows])
        lower = np.linalg.cholesky(covariance)
        roots.append(solve_triangular(lower, np.eye(len(lower)), lower=True))
        white[rows] = roots[-1] @ np.column_stack([x[rows], y[rows]])
    slopes = np.linalg.lstsq(white[:, :-1], white[:, -1], rcond=None)[0]
    residuals = white[:, -1] - white[:, :-1] @ slopes
    return Fit(
        slopes * scale_y / scale_x, white[:, :-1] * scale_x, residuals * scale_y, blocks, roots
    )


def model_errors(fit: Fit) -> Floats:
    """Return the standard errors of the slopes if the working model is true."""
    size = np.sqrt((fit.x**2).sum(axis=0))
    inverse = np.linalg.inv(fit.x.T @ fit.x / np.outer(size, size))
    residual = float(fit.residuals @ fit.residuals) / (len(fit.x) - fit.x.shape[1])
    errors: Floats = np.sqrt(residual * np.diag(inverse)) / size
    return errors


def _variances(y: Floats, x: Floats, levels: Sequence[Codes]) -> list[float] | None:
    """Estimate the variances of the intercepts by REML, as multiples of the residual variance."""
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec

    outer, *inner = levels
    components = None
    if inner:
        each = [inner[0][outer == group] for group in np.unique(outer)]
        names = [[str(case) for case in np.unique(cases)] for cases in each]
        dummies = [(cases[:, None] == np.unique(cases)).astype(float) for cases in each]
        components = VCSpec(["case"], [names], [dummies])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a variance of 0, which is a result like any other
        try:
            # Powell needs no gradient, which the other methods lose where a variance is 0.
            intercepts = np.ones((len(y), 1))
            model = MixedLM(y, x, groups=outer, exog_re=intercepts, exog_vc=components)
            fit = model.fit(reml=True, method=["powell"])
            found = np.array([fit.cov_re[0, 0], *fit.vcomp]) / fit.scale
        except (np.linalg.LinAlgError, ValueError):
            return None
    return found.tolist() if fit.converged and np.isfinite(found).all() else None
