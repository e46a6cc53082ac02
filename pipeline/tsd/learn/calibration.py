"""Calibration: whether predicted probabilities match how often utterances disclose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tsd.stats import Floats

EDGES: tuple[float, ...] = (0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1)
"""Bounds of the bins; a bin includes its lower bound, the last one also its upper."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The utterances with probabilities from `low` to under `high`.

    `n` is how many there are, `predicted` their mean probability, `observed` the share of them
    that disclose.
    """

    low: float
    high: float
    n: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted and observed shares.

    Parameters
    ----------
    bins : tuple of Bin
        Those that hold an utterance.
    brier : float
        Mean of (probability - outcome) squared [1]_.
    expected_error : float
        Mean of abs(predicted - observed) over the utterances, by their bins: the expected
        calibration error [2]_.

    References
    ----------
    .. [1] Brier (1950). Verification of forecasts expressed in terms of probability. Monthly
       Weather Review, 78(1), 1-3.
    .. [2] Naeini, Cooper & Hauskrecht (2015). Obtaining well calibrated probabilities using
       Bayesian binning. Proceedings of AAAI, 29(1), 2901-2907.
    """

    bins: tuple[Bin, ...]
    brier: float
    expected_error: float


def natural_weights(disclosing: npt.NDArray[np.bool_], rate: float) -> Floats | None:
    """Weight utterances so that a given share of them disclose.

    Parameters
    ----------
    disclosing : array of bool, shape (n_utterances,)
        Which do.
    rate : float
        The share.

    Returns
    -------
    array of float, shape (n_utterances,), or None
        They sum to 1. None where no weights give that share: all utterances disclose, or none.

    Examples
    --------
    >>> natural_weights(np.array([True, False, False]), 0.25)
    array([0.25 , 0.375, 0.375])
    """
    if disclosing.all() or not disclosing.any():
        return None
    weights: Floats = np.where(
        disclosing, rate / disclosing.sum(), (1 - rate) / (~disclosing).sum()
    )
    return weights


def calibration(
    p: Floats, disclosing: npt.NDArray[np.bool_], weights: Floats | None = None
) -> Calibration:
    """Compare probabilities with outcomes.

    Parameters
    ----------
    p : array of float, shape (n_utterances,)
        Probabilities.
    disclosing : array of bool, shape (n_utterances,)
        Outcomes.
    weights : array of float, shape (n_utterances,), optional
        As from `natural_weights`; all the same if None.

    Returns
    -------
    Calibration
        `Bin.n` is not weighted.

    Examples
    --------
    >>> found = calibration(np.array([0.0, 0.5]), np.array([False, True]))
    >>> found.brier, found.expected_error, len(found.bins)
    (0.125, 0.25, 2)
    """
    weights = np.full(len(p), 1 / len(p)) if weights is None else weights
    where = np.digitize(p, EDGES[1:-1])
    bins, error = [], 0.0
    for number in np.unique(where):
        inside = where == number
        w = weights[inside]
        predicted = float(np.average(p[inside], weights=w))
        observed = float(np.average(disclosing[inside], weights=w))
        bins.append(Bin(EDGES[number], EDGES[number + 1], int(inside.sum()), predicted, observed))
        error += float(w.sum()) * abs(predicted - observed)
    return Calibration(tuple(bins), float(weights @ (p - disclosing) ** 2), error)
