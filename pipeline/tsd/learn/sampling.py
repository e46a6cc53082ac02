"""Which utterances a human reviews: a random sample, stratified by score."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tsd.learn.audit_plan import Design
from tsd.schema import Role

KEY_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "stratum",
    "selection_probability",
    "flagged",
    "item",
)
"""Columns of the key of a review sheet: a row per utterance that could have been drawn."""


def could_be_drawn(utterances: pd.DataFrame) -> pd.DataFrame:
    """Select the therapist utterances with a score, by session and place."""
    scored = (utterances["role"] == str(Role.THERAPIST)) & utterances["p_disclosure"].notna()
    return utterances[scored].sort_values(["session_id", "utterance"], ignore_index=True)


def draw(utterances: pd.DataFrame, size: int, seed: int, design: Design) -> pd.DataFrame:
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
    design : Design
        The strata and what each gets; see `tsd.learn.audit_plan.plan`.

    Returns
    -------
    DataFrame
        `KEY_COLUMNS`, a row per therapist utterance with a score: its stratum (by rank), the
        probability with which it was drawn, whether it is flagged, and, if it was drawn, its
        number on the sheet. The numbers are in random order, so that any first part of a sheet is
        a random sample.

    Examples
    --------
    >>> table = pd.DataFrame({"session_id": "a", "utterance": range(40), "role": "therapist",
    ...                       "p_disclosure": 0.1, "is_disclosure": False})
    >>> design = Design(("top", "rest"), (0.05, 1), (0.1, 1))
    >>> key = draw(table, 20, seed=0, design=design)
    >>> key["item"].notna().groupby(key["stratum"]).sum().to_dict()
    {'rest': 18, 'top': 2}
    """
    table = could_be_drawn(utterances)
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.permutation(len(table)), -table["p_disclosure"].to_numpy(float)))
    sizes = design.sizes(len(table))
    stratum = np.empty(len(table), dtype=np.int64)
    stratum[order] = np.repeat(np.arange(len(sizes)), sizes)
    numbers = design.allocate(min(size, len(table)), len(table))
    drawn = np.concatenate(
        [
            rng.choice(np.flatnonzero(stratum == each), number, replace=False)
            for each, number in enumerate(numbers)
        ]
    )
    return table[["session_id", "utterance"]].assign(
        stratum=np.array(design.names, dtype=object)[stratum],
        selection_probability=(np.array(numbers) / np.maximum(sizes, 1))[stratum],
        flagged=table["is_disclosure"].astype(bool),
        item=pd.Series(1 + rng.permutation(len(drawn)), drawn, dtype="Int64"),
    )
