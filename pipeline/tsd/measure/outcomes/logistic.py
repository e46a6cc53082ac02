"""An outcome with two values: a logistic model of the odds of the higher one."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np

from tsd.measure.outcomes.mixed import Codes, blocks_of
from tsd.measure.outcomes.robust import Fit
from tsd.stats import Estimate, Floats

EVENTS_PER_SLOPE = 5
"""With fewer cases of the rarer value than this for each slope of the model, there is none."""

_CERTAIN = 1e-4  # a fitted probability nearer to 0 or 1 than this: the values are separated


def too_few_events(y: Floats, slopes: int) -> str:
    """Return why a model with so many slopes is not computed; empty if it is.

    References
    ----------
    Vittinghoff & McCulloch (2007). American Journal of Epidemiology, 165(6), 710-718.

    Examples
    --------
    >>> too_few_events(np.array([0.0, 0.0, 1.0]), 2)
    'the rarer value occurs 1 time; at least 10 are needed for 2 slopes'
    """
    rarer = int(min(y.sum(), len(y) - y.sum()))
    needed = EVENTS_PER_SLOPE * slopes
    if rarer >= needed:
        return ""
    times, several = "time" if rarer == 1 else "times", "slope" if slopes == 1 else "slopes"
    return (
        f"the rarer value occurs {rarer} {times}; at least {needed} are needed for {slopes} "
        f"{several}"
    )


def fit_logistic(y: Floats, x: Floats, therapist: Codes) -> Fit | None:
    """Fit a logistic model by generalized estimating equations; None without convergence.

    Units of a therapist are equally correlated in the working model (independent if that
    correlation comes out below 0). The slopes are log odds ratios over all therapists.

    Parameters
    ----------
    y, x : array of float, shape (n_units,) and (n_units, n_columns)
        0 or 1, and columns of full rank, among them a constant.
    therapist : array of int, shape (n_units,)
        The therapist of each unit; units of a therapist are next to each other.

    References
    ----------
    Liang & Zeger (1986). Biometrika, 73(1), 13-22.
    """
    from statsmodels.genmod.cov_struct import Exchangeable, Independence

    size = np.sqrt((x**2).mean(axis=0))
    x = x / size
    for structure in (Exchangeable(), Independence()):
        found = _estimated(y, x, therapist, structure)
        if found is not None and found[1] >= 0:
            break
    if found is None or found[1] < 0:
        return None
    slopes, correlation = found
    probability = 1 / (1 + np.exp(-(x @ slopes)))
    if min(probability.min(), 1 - probability.max()) < _CERTAIN:
        return None
    spread = np.sqrt(probability * (1 - probability))
    blocks, roots = blocks_of(therapist), []
    white = np.empty((len(y), x.shape[1] + 1))
    values = np.column_stack([spread[:, None] * x, (y - probability) / spread])
    for rows in blocks:
        count = rows.stop - rows.start
        alike = np.full((count, count), correlation) + (1 - correlation) * np.eye(count)
        roots.append(np.linalg.inv(np.linalg.cholesky(alike)))
        white[rows] = roots[-1] @ values[rows]
    return Fit(slopes / size, white[:, :-1] * size, white[:, -1], blocks, roots)


def _estimated(
    y: Floats, x: Floats, therapist: Codes, structure: object
) -> tuple[Floats, float] | None:
    """Return the slopes and the correlation of units of a therapist."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_estimating_equations import GEE

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a failure shows in the result
        try:
            model = GEE(y, x, groups=therapist, family=Binomial(), cov_struct=structure)
            fit = model.fit(maxiter=100)
        except (np.linalg.LinAlgError, ValueError, FloatingPointError):
            return None
    correlation = float(getattr(structure, "dep_params", None) or 0.0)
    if not (fit.converged and np.isfinite(fit.params).all() and correlation < 1):
        return None
    return np.asarray(fit.params, dtype=float), correlation


def odds_ratio(log_odds: Estimate) -> Estimate:
    """Turn a log odds ratio into an odds ratio.

    >>> odds_ratio(Estimate(0.0, -1.0, 1.0)).value
    1.0
    """
    numbers = log_odds.value, log_odds.low, log_odds.high
    value, low, high = (None if each is None else float(np.exp(each)) for each in numbers)
    return replace(log_odds, value=value, low=low, high=high)
