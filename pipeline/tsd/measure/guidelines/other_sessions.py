"""Guideline indicators in the light of other sessions: the therapist's own, and the case's.

Both functions change the columns of the table ``guidelines`` of all sessions in place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import Any

import numpy as np

OTHERS_FOR: tuple[str, ...] = ("frequency", "length", "client_resumed", "client_reply")
"""Indicators that are compared with the same therapist's other sessions."""


def add_session_numbers(rows: Mapping[str, list[Any]], number_of: Mapping[str, Any]) -> None:
    """Add to the detail of ``position`` which session of the case it is, where that is known.

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


def add_others(rows: Mapping[str, list[Any]], therapist_of: Mapping[str, str]) -> None:
    """Fill ``others``: the median of an indicator in the same therapist's other sessions.

    Only for `OTHERS_FOR`, and only where the therapist is known and another session has a value.

    Examples
    --------
    >>> rows = {"session_id": ["a", "b", "c"], "indicator": ["frequency"] * 3}
    >>> rows |= {"value": [1.0, 2.0, 4.0], "others": [float("nan")] * 3}
    >>> add_others(rows, {"a": "A", "b": "A", "c": "A"})
    >>> rows["others"]
    [3.0, 2.5, 1.5]
    """
    same: dict[tuple[str, str], list[int]] = {}
    for place, indicator in enumerate(rows["indicator"]):
        therapist = therapist_of.get(rows["session_id"][place])
        if therapist and indicator in OTHERS_FOR:
            same.setdefault((indicator, therapist), []).append(place)
    for places in same.values():
        values = np.array([rows["value"][place] for place in places], dtype=float)
        known = np.sort(values[np.isfinite(values)]).tolist()
        for place, value in zip(places, values.tolist(), strict=True):
            rows["others"][place] = _median_of_others(known, value)


def _median_of_others(known: Sequence[float], value: float) -> float:
    """Return the median of sorted values without one of them; without none if it is NaN."""
    own = len(known) if isnan(value) else bisect_left(known, value)
    left = len(known) - (not isnan(value))
    if not left:
        return nan
    low, high = (known[place + (place >= own)] for place in ((left - 1) // 2, left // 2))
    return (low + high) / 2
