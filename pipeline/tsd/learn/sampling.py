"""Which utterances a human reviews: a random sample, stratified by score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tsd.measure.rates.audited import STRATA
from tsd.schema import Role

_ENDS = (0.05, 0.2)
"""Share of the utterances at which the first two strata end."""

KEY_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "stratum",
    "selection_probability",
    "flagged",
    "item",
)
"""Columns of the key of a review sheet: a row per utterance that could have been drawn."""


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
        Seed of the random draws. Equal scores are put in random order.

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
    scored = (utterances["role"] == str(Role.THERAPIST)) & utterances["p_disclosure"].notna()
    table = utterances[scored].sort_values(["session_id", "utterance"], ignore_index=True)
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.permutation(len(table)), -table["p_disclosure"].to_numpy(float)))
    sizes = np.diff([0, *(round(share * len(table)) for share in _ENDS), len(table)])
    stratum = np.empty(len(table), dtype=np.int64)
    stratum[order] = np.repeat(np.arange(len(STRATA)), sizes)
    numbers = _allocate(min(size, len(table)), sizes.tolist())
    drawn = np.concatenate(
        [
            rng.choice(np.flatnonzero(stratum == each), number, replace=False)
            for each, number in enumerate(numbers)
        ]
    )
    return table[["session_id", "utterance"]].assign(
        stratum=np.array(STRATA, dtype=object)[stratum],
        selection_probability=(np.array(numbers) / np.maximum(sizes, 1))[stratum],
        flagged=table["is_disclosure"].astype(bool),
        item=pd.Series(1 + rng.permutation(len(drawn)), drawn, dtype="Int64"),
    )


def _allocate(size: int, available: Sequence[int]) -> list[int]:
    """Divide a sample among the strata: a quarter, a quarter, a half.

    What is missing in a stratum is taken from the next one below. The rest gets half because it
    has what the model misses; if few are drawn there, none is found and the interval is too
    narrow.
    """
    quarter = round(size / 4)
    numbers: list[int] = []
    for wanted_so_far, most in zip((quarter, 2 * quarter, size), available, strict=True):
        numbers.append(min(wanted_so_far - sum(numbers), most))
    return numbers
