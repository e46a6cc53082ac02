"""Guideline indicators in the light of other sessions: the therapist's own, and the case's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure.talk import Counts, Floats

OTHERS_FOR: tuple[str, ...] = ("rare", "brief", "focus_returned", "client_response")
"""Indicators that are shown beside the same therapist's other sessions."""


def add_session_numbers(rows: pd.DataFrame, number_of: Mapping[str, Any]) -> pd.DataFrame:
    """Say in the detail of ``position`` which session of the case it is.

    Parameters
    ----------
    rows : DataFrame
        The rows of `tsd.measure.guidelines.indicators.guideline_rows` of all sessions.
    number_of : mapping of str to int
        Session to its number in the case; missing where not known.

    Returns
    -------
    DataFrame
        A copy.

    Examples
    --------
    >>> rows = pd.DataFrame({"session_id": ["a"], "indicator": ["position"], "detail": ["late"]})
    >>> add_session_numbers(rows, {"a": 3})["detail"].tolist()
    ['late; session 3 of the case']
    """
    known = {session: number for session, number in number_of.items() if pd.notna(number)}
    numbers = rows["session_id"].map(known)
    told = (rows["indicator"] == "position") & numbers.notna()
    ends = [f"; session {int(number)} of the case" for number in numbers[told]]
    detail = rows["detail"].astype(object)
    detail[told] = [f"{text}{end}" for text, end in zip(detail[told], ends, strict=True)]
    return rows.assign(detail=detail)


def add_others(rows: pd.DataFrame, therapist_of: Mapping[str, str]) -> pd.DataFrame:
    """Fill ``others``: the median of an indicator in the same therapist's other sessions.

    Parameters
    ----------
    rows : DataFrame
        The rows of `guideline_rows` of all sessions.
    therapist_of : mapping of str to str
        Session to therapist. Sessions that it lacks, or whose therapist is empty, get no figure.

    Returns
    -------
    DataFrame
        A copy, with ``others`` filled for `OTHERS_FOR` where another session has a value.
    """
    rows = rows.copy()
    known = {session: name for session, name in therapist_of.items() if name}
    keys = pd.DataFrame(
        {
            "indicator": rows["indicator"].to_numpy(),
            "therapist": rows["session_id"].map(known).to_numpy(),
        }
    )
    keys = keys[keys["indicator"].isin(OTHERS_FOR)]
    values = rows["value"].to_numpy(dtype=float)
    others = rows["others"].to_numpy(dtype=float, copy=True)
    for _, same in keys.groupby(["indicator", "therapist"]):  # leaves unknown therapists out
        others[same.index] = _medians_of_others(values[same.index])
    rows["others"] = others
    return rows


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
