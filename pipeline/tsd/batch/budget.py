"""A review budget: the threshold at which the N likeliest utterances of a run are flagged."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Budget:
    """What a review budget comes to.

    Parameters
    ----------
    utterances : int
        So many are to be reviewed at most.
    threshold : float
        Probability from which the units of this run are flagged.
    expected_disclosures : float
        Sum of the probabilities of the flagged utterances; it trusts the model's calibration.
    """

    utterances: int
    threshold: float
    expected_disclosures: float


def spend(budget: int, probabilities: Iterable[float]) -> Budget:
    """Find the threshold that a budget pays for.

    Parameters
    ----------
    budget : int
        Utterances to be reviewed.
    probabilities : iterable of float
        Of every therapist utterance of the run; NaN counts for nothing.

    Returns
    -------
    Budget
        Never more utterances than the budget: where several share the last place, none of them.

    Examples
    --------
    >>> spend(2, [0.1, 0.7, 0.4]).threshold
    0.4
    >>> spend(2, [0.7, 0.4, 0.4]).threshold
    0.7
    """
    p = np.array([each for each in probabilities if not math.isnan(each)])
    highest = np.sort(p)[::-1]
    if len(highest) > budget:
        highest = highest[highest > highest[budget]][:budget]
    threshold = float(highest[-1]) if len(highest) else 1.0
    return Budget(budget, threshold, round(float(highest.sum()), 2))
