"""What is said along with the slopes: what was done, and what they do not show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tsd.measure.outcomes.relation import Relation
from tsd.settings import Associating
from tsd.stats import FEWEST_CLUSTERS

CAUTIONS = (
    "These are associations, not effects: traits of the client or the therapist may cause both.",
    "'between' is based on the therapists' means in these sessions, not on all of their work.",
)
"""Shown with all slopes."""

OF_CLASSIFIER = (
    "The classifier's errors can make a slope smaller or larger than it is: noise in a count pulls "
    "it toward 0, but where disclosures are missed, one flagged disclosure stands for more than "
    "one."
)
"""Shown where a classifier found the disclosures."""


def notes(
    table: pd.DataFrame,
    unit: str,
    relations: Sequence[Relation],
    how: Associating,
    left_out: bool,
) -> list[str]:
    """Say what was done."""
    found = []
    if how.lag:
        found.append(
            f"disclosures of a session and the outcome {how.lag} "
            f"session{'' if how.lag == 1 else 's'} later in the same case: {len(table):,} pairs of "
            "sessions"
        )
    if unit == "case":
        found.append(
            "the outcome is the same in all sessions of a case: each case counts once, by its means"
        )
        if alone := int(table["case"].isna().sum()):
            found.append(f"sessions without a case each count as a separate case ({alone:,})")
    elif left_out and not how.lag and table["case"].notna().any():
        found.append(
            "an outcome of a whole case must be in every row of the case: rows without it are left "
            "out"
        )
    if "therapist_utterances" in table and any(each.units for each in relations):
        found.append(
            "amounts of disclosing are adjusted for how much the therapist says, since long "
            "sessions have more disclosures"
        )
    if how.covariate:
        found.append(f"all slopes are adjusted for {', '.join(how.covariate)}")
    if any(each.therapists >= FEWEST_CLUSTERS for each in relations):
        found.append(
            "slopes are averages over therapists, who may differ in their slopes; intervals and p "
            "are about therapists like these (cluster-robust, CR2)"
        )
    return found


def cautions(unit: str, how: Associating, two_values: bool, human_labels: bool) -> list[str]:
    """Say what the slopes do not show."""
    found = [*CAUTIONS]
    if not human_labels:
        found.insert(1, OF_CLASSIFIER)
    if unit == "session" and "session_number" not in how.covariate:
        found.append(
            "The model does not include the session number, so it does not adjust for change over "
            "the course of treatment (--covariate session_number)."
        )
    if two_values:
        found.append(
            "The outcome has two values: slopes are odds ratios of the higher one; 1 means no "
            "association."
        )
    return found
