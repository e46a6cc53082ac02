"""Guideline indicators in the light of other sessions: the therapist's own, and the case's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tsd.measure.talk import Counts, Floats

GuidelineColumns = Mapping[str, list[Any]]

OTHERS_FOR: tuple[str, ...] = ("rare", "brief", "focus_returned", "client_response")
"""Indicators that are compared with the same therapist's other sessions."""


def add_session_numbers(rows: GuidelineColumns, number_of: Mapping[str, Any]) -> None:
    """Say in the detail of ``position`` which session of the case it is.

    Parameters
    ----------
    rows : mapping of str to list
        The columns of the table ``guidelines`` of all sessions; changed in place.
    number_of : mapping of str to int
        Session to its number in the case; None where not known.

    Examples
    --------
    >>> rows = {"session_id": ["a"], "indicator": ["position"], "detail": ["late"]}
    >>> add_session_numbers(rows, {"a": 3})
    >>> rows["detail"]
    ['late; session 3 of the case']
    """
    for place, indicator in enumerate(rows["indicator"]):
        number = number_of.get(rows["session_id"][place])
        if indicator == "position" and number is not None:
            rows["detail"][place] += f"; session {int(number)} of the case"


def add_others(rows: GuidelineColumns, therapist_of: Mapping[str, str]) -> None:
    """Fill ``others``: the median of an indicator in the same therapist's other sessions.

    Parameters
    ----------
    rows : mapping of str to list
        The columns of the table ``guidelines`` of all sessions; changed in place for
        `OTHERS_FOR` where another session has a value.
    therapist_of : mapping of str to str
        Session to therapist. Sessions that it lacks, or whose therapist is empty, get no figure.
    """
    same: dict[tuple[str, str], list[int]] = {}
    for place, indicator in enumerate(rows["indicator"]):
        therapist = therapist_of.get(rows["session_id"][place])
        if therapist and indicator in OTHERS_FOR:
            same.setdefault((indicator, therapist), []).append(place)
    for places in same.values():
        values = np.array([rows["value"][place] for place in places], dtype=float)
        for place, median in zip(places, _medians_of_others(values).tolist(), strict=True):
            rows["others"][place] = median


def _medians_of_others(values: Floats) -> Floats:
    """Return for each value the median of all the others that are not missing."""
    known = np.isfinite(values)
    ordered = np.sort(values[known])
    if not len(ordered):
        return np.full(len(values), np.nan)
    left = len(ordered) - known
    own = np.where(known, np.searchsorted(ordered, values), len(ordered))

    def without_own(order: Counts) -> Floats:
        order = np.clip(order + (order >= own), 0, len(ordered) - 1)
        found: Floats = ordered[order]
        return found

    middle = (without_own((left - 1) // 2) + without_own(left // 2)) / 2
    return np.where(left > 0, middle, np.nan)
