"""Which utterances a human reviews: a random sample, stratified by score."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tsd.measure.rates.audited import STRATA
from tsd.schema import Role
from tsd.stats import Counts

_ENDS = (0.05, 0.2)
"""Share of the utterances at which the first two strata end."""

_ALLOCATION = (0.25, 0.25, 0.5)
"""Share of the sample that each stratum gets. The rest holds what the model misses; if few are
drawn there, none is found and the interval is too narrow."""

KEY_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "stratum",
    "selection_probability",
    "flagged",
    "item",
)
"""Columns of the key of a review sheet: a row per utterance that could have been drawn."""


def strata_sizes(utterances: int) -> Counts:
    """Return how many utterances each stratum has.

    Examples
    --------
    >>> strata_sizes(5000).tolist()
    [250, 750, 4000]
    """
    ends = [0, *(round(share * utterances) for share in _ENDS), utterances]
    return np.diff(ends).astype(np.int64)


def allocate(size: int, available: Counts) -> Counts:
    """Divide a sample among the strata.

    Parameters
    ----------
    size : int
        Utterances to draw.
    available : array of int, shape (3,)
        Utterances in each stratum.

    Returns
    -------
    array of int, shape (3,)
        A quarter, a quarter, a half; what a stratum lacks is taken from the next one below,
        and in the end from the top ones.

    Examples
    --------
    >>> allocate(200, strata_sizes(5000)).tolist(), allocate(200, strata_sizes(600)).tolist()
    ([50, 50, 100], [30, 70, 100])
    """
    wanted = [round(share * size) for share in _ALLOCATION[:-1]]
    wanted.append(size - sum(wanted))
    given, left = np.zeros(len(available), dtype=np.int64), 0
    for stratum, number in enumerate(wanted):
        given[stratum] = min(number + left, available[stratum])
        left += number - given[stratum]
    for stratum in range(len(available)):
        more = min(left, available[stratum] - given[stratum])
        given[stratum] += more
        left -= more
    return given


def draw(utterances: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Draw utterances for a human review.

    Simple random draws without replacement within strata of the score, so that every utterance,
    flagged or not, has a known probability of being reviewed.

    Parameters
    ----------
    utterances : DataFrame
        ``session_id``, ``utterance``, ``role``, ``p_disclosure``, ``is_disclosure``; in any
        order.
    size : int
        Utterances to draw; all, if there are fewer.
    seed : int
        Of the generator. Equal scores are put in random order.

    Returns
    -------
    DataFrame
        `KEY_COLUMNS`, a row per therapist utterance with a score: its stratum (by rank: the 5%
        of highest probability, the next 15%, the rest), the probability with which it was
        drawn, whether it is flagged, and, if it was drawn, its number on the sheet. The
        numbers are in random order, so that any first part of a sheet is a random sample.

    Examples
    --------
    >>> table = pd.DataFrame({"session_id": "a", "utterance": range(40), "role": "therapist",
    ...                       "p_disclosure": 0.1, "is_disclosure": False})
    >>> key = draw(table, 20, seed=0)
    >>> key["item"].notna().groupby(key["stratum"]).sum().to_dict()
    {'next': 6, 'rest': 12, 'top': 2}
    """
    table = utterances[utterances["role"] == str(Role.THERAPIST)]
    table = table[table["p_disclosure"].notna()]
    table = table.sort_values(["session_id", "utterance"], ignore_index=True)
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.permutation(len(table)), -table["p_disclosure"].to_numpy(float)))
    sizes = strata_sizes(len(table))
    stratum = np.empty(len(table), dtype=np.int64)
    stratum[order] = np.repeat(np.arange(len(STRATA)), sizes)
    given = allocate(min(size, len(table)), sizes)
    drawn = np.concatenate(
        [
            rng.choice(np.flatnonzero(stratum == each), number, replace=False)
            for each, number in enumerate(given)
        ]
    )
    item = pd.array([pd.NA] * len(table), dtype="Int64")
    item[drawn] = 1 + rng.permutation(len(drawn))
    probability = np.divide(given, sizes, out=np.zeros(len(STRATA)), where=sizes > 0)
    columns = {
        "session_id": table["session_id"],
        "utterance": table["utterance"],
        "stratum": np.array(STRATA, dtype=object)[stratum],
        "selection_probability": probability[stratum],
        "flagged": table["is_disclosure"].astype(bool),
        "item": item,
    }
    return pd.DataFrame(columns, columns=list(KEY_COLUMNS))
