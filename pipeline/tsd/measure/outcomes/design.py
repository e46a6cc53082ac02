"""The columns of a regression: a predictor and what it is adjusted for, within and between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tsd.measure.outcomes.mixed import Codes
from tsd.stats import Floats

_SAME = 1e-9  # of the size of the values: what differs less than this is rounding


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of one kind, within or between.

    Parameters
    ----------
    columns : array of float, shape (n_units, n)
        The predictor first, if it has a slope; then the columns that it is adjusted for.
    reason : str
        Why the predictor has no slope; empty if it has one.
    """

    columns: Floats
    reason: str


def parts_of(x: Floats, therapist: Codes, unit: str, adjusted: str) -> tuple[Part, Part]:
    """Divide columns into the deviations from the therapists' means and these means.

    Parameters
    ----------
    x : array of float, shape (n_units, n_columns)
        The predictor, and what it is adjusted for.
    therapist : array of int, shape (n_units,)
        The therapist of each unit.
    unit : {'session', 'case'}
        For the reasons.
    adjusted : str
        What the predictor is adjusted for, for the reasons.

    Returns
    -------
    within, between : Part
        The deviations, and the means less the mean of all units.
    """
    means = means_of(x, therapist)
    deviations, centered = x - means, means - means.mean(axis=0)
    if len(np.unique(therapist)) == len(x):
        no_within = f"every therapist has one {unit}"
    else:
        no_within = "every therapist's own values are the same"
    return (
        _part(deviations, x, no_within, adjusted),
        _part(centered, x, "every therapist's mean is the same", adjusted),
    )


def _part(part: Floats, whole: Floats, same: str, adjusted: str) -> Part:
    others = _independent(part[:, 1:], whole[:, 1:])
    if constant(part[:, 0], whole[:, 0]):
        return Part(others, same)
    both = np.column_stack([part[:, 0], others])
    if _rank(both) < both.shape[1]:
        return Part(others, f"cannot be separated from {adjusted}")
    return Part(both, "")


def means_of(values: Floats, group: Codes) -> Floats:
    """Return the mean of its group for each row.

    >>> means_of(np.array([[1.0], [3.0], [5.0]]), np.array([0, 0, 1])).ravel().tolist()
    [2.0, 2.0, 5.0]
    """
    sums = np.zeros((group.max(initial=-1) + 1, values.shape[1]))
    np.add.at(sums, group, values)
    means: Floats = (sums / np.maximum(np.bincount(group, minlength=len(sums)), 1)[:, None])[group]
    return means


def constant(values: Floats, size: Floats | None = None) -> bool:
    """Whether values differ by no more than rounding; `size` is what they came from."""
    return bool(np.ptp(values) <= _SAME * np.abs(values if size is None else size).max())


def _independent(part: Floats, whole: Floats) -> Floats:
    """Leave out columns that do not vary, or that follow from the columns before them."""
    kept: list[int] = []
    for place in range(part.shape[1]):
        if constant(part[:, place], whole[:, place]):
            continue
        if _rank(part[:, [*kept, place]]) > len(kept):
            kept.append(place)
    return part[:, kept]


def _rank(columns: Floats) -> int:
    """Return the rank of columns, whatever their units."""
    return int(np.linalg.matrix_rank(columns / np.sqrt((columns**2).sum(axis=0))))
