"""How much of the variation of a predictor is noise, which makes a slope too small.

A slope is the covariation of predictor and outcome, divided by the variation of the predictor. If
part of that variation is noise, which has nothing to do with the outcome, the slope is too small.
Two kinds of noise are corrected: the classifier's errors (`classifier_errors`), and the chance in
the mean of a few sessions (`few_sessions`). Both are independent from session to session.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tsd.measure.outcomes.robust import Fit, Robust, estimate_and_test
from tsd.stats import Estimate, Floats

LEAST_SIGNAL = 0.3
"""Share of the variation that must be left without the noise; with less, nothing is corrected."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope and the variation of its predictor that the other columns leave.

    Parameters
    ----------
    value : float
        The slope.
    scores : array of float, shape (n_therapists,)
        How far each therapist moves it (`tsd.measure.outcomes.robust.Robust`).
    df : float
        Its degrees of freedom.
    n : int
        Number of units, or of therapists, behind it.
    variation : array of float, shape (n_therapists,)
        Each therapist's part of the variation of the predictor.
    weights : array of float, shape (n_units,)
        By how much the variation grows if a unit has an independent error of variance 1.
    spread : int
        Number of independent deviations that the variation is the sum of.
    blocks : list of slice
        The units of each therapist.
    """

    value: float
    scores: Floats
    df: float
    n: int
    variation: Floats
    weights: Floats
    spread: int
    blocks: list[slice]

    def noise(self, variances: Floats) -> Floats:
        """Sum up, for each therapist, the variation that errors of these variances add."""
        parts = self.weights * variances
        return np.array([parts[rows].sum() for rows in self.blocks])

    def estimate(self, more: float = 0.0) -> Estimate:
        """Return the slope with its interval; `more` is variance from other sources."""
        error = math.sqrt(float((self.scores**2).sum()) + more)
        return estimate_and_test(self.value, error, self.df, self.n)[0]


def slope_of(fit: Fit, robust: Robust, place: int, *, means: bool, spread: int) -> Slope:
    """Take a slope and the variation behind it from a fit.

    Parameters
    ----------
    fit, robust : Fit, Robust
        The regression and its errors.
    place : int
        The column.
    means : bool
        Whether the column holds the therapists' means, or else the deviations from them.
    spread : int
        See `Slope`.
    """
    others = np.delete(fit.x, place, axis=1)
    size = np.sqrt((others**2).sum(axis=0))
    others = others / size
    inverse = np.linalg.inv(others.T @ others)
    column = fit.x[:, place]
    rest = column - others @ (inverse @ (others.T @ column))
    weights = np.empty(len(column))
    for rows, root in zip(fit.blocks, fit.roots, strict=True):
        count = rows.stop - rows.start
        mean = np.full((count, count), 1 / count)
        passed = root @ (mean if means else np.eye(count) - mean)
        shared = passed.T @ others[rows]
        weights[rows] = (passed**2).sum(axis=0) - ((shared @ inverse) * shared).sum(axis=1)
    variation = np.array([float(rest[rows] @ rest[rows]) for rows in fit.blocks])
    return Slope(
        float(fit.slopes[place]),
        robust.scores[:, place],
        float(robust.df[place]),
        len(fit.blocks) if means else len(column),
        variation,
        weights,
        spread,
        fit.blocks,
    )


@dataclass(frozen=True, slots=True)
class Share:
    """The share of a variation that is noise, and how far each therapist moves it.

    Parameters
    ----------
    value : float
        Between 0 and 1; a little less than the raw quotient, since 1 / (1 - quotient) would be
        too large on average (Morris 1983).
    scores : array of float, shape (n_therapists,)
        Their sum of squares is the variance of the share.
    """

    value: float
    scores: Floats

    @property
    def refused(self) -> str:
        """Why a slope with this share cannot be corrected; empty if it can."""
        left = 1 - self.value
        error = float(np.sqrt((self.scores**2).sum()))
        if left < LEAST_SIGNAL or left < 2 * error:
            return "too much of the predictor's variation would be noise"
        return ""


def share_of_noise(slope: Slope, noise: Floats, more: Floats | float = 0.0) -> Share:
    """Divide noise by variation.

    `more` are scores of the noise itself, if it is estimated, too.

    References
    ----------
    Morris (1983). Journal of the American Statistical Association, 78(381), 47-55.
    """
    total = float(slope.variation.sum())
    raw = float(noise.sum()) / total
    scores = (noise - raw * slope.variation) / total + more
    few = len(scores) / (len(scores) - 1)
    return Share(raw * max(slope.spread - 2, 0) / slope.spread, scores * np.sqrt(few))
