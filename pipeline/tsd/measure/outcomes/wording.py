"""What is said along with the slopes: what was done, and what they do not show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tsd.measure.outcomes.cells import words_of
from tsd.measure.outcomes.predictors import same_session
from tsd.measure.outcomes.related_sessions import Related
from tsd.measure.outcomes.relation import Relation
from tsd.settings import Associating
from tsd.stats import FEWEST_CLUSTERS
from tsd.words import count

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

OF_BETWEEN = (
    "Do not rest a conclusion on a p between therapists near 0.05. If therapists differ strongly "
    "in their slopes within, it is too small: in simulations, chance alone gave a p under 0.05 in "
    "6 to 9 of 100 studies with 20 therapists, not in 5."
)
"""Shown where slopes between are tested."""


def notes(related: Related, relations: Sequence[Relation], how: Associating) -> list[str]:
    """Say what was done."""
    found = _about_units(related, how) + _about_several_therapists(related, how)
    if "therapist_utterances" in related.table and any(each.units for each in relations):
        found.append(
            "amounts of disclosing are adjusted for how much the therapist says, since long "
            "sessions have more disclosures"
        )
    if related.covariates:
        found.append(f"all slopes are adjusted for {', '.join(related.covariates)}")
    if any(each.therapists >= FEWEST_CLUSTERS for each in relations):
        found.append(
            "slopes are averages over therapists, who may differ in their slopes; intervals and p "
            "are about therapists like these (cluster-robust, CR2)"
        )
    return found


def words_as_numbers(sessions: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Say which word counts as 1 in the columns that hold words."""
    words = {name: words_of(sessions[name]) for name in dict.fromkeys(names)}
    return [
        f"in {name}, {pair[1]} counts as 1 and {pair[0]} as 0"
        for name, pair in words.items()
        if pair
    ]


def _about_units(related: Related, how: Associating) -> list[str]:
    found = []
    if how.lag:
        later = f"{count(how.lag, 'session')} later"
        found.append(
            f"disclosures of a session and the outcome {later} in the same case: "
            f"{len(related.table):,} pairs of sessions"
        )
    if related.kind == "case":
        found.append(
            "the outcome is the same in all sessions of a case: each case counts once, by its means"
        )
        if alone := int(related.table["case"].isna().sum()):
            found.append(f"sessions without a case each count as a separate case ({alone:,})")
    elif related.without_outcome and not how.lag and related.table["case"].notna().any():
        found.append(
            "an outcome of a whole case must be in every row of the case: rows without it are left "
            "out"
        )
    return found


def _about_several_therapists(related: Related, how: Associating) -> list[str]:
    """Say what was done with cases that have several therapists."""
    if not (number := len(related.shared.names)):
        return []
    cases = "1 case has" if number == 1 else f"{number:,} cases have"
    found = f"{cases} sessions with several therapists"
    left = related.changed_therapist
    if not related.shared.one_client:
        return [
            f"{found}, but some with the same session numbers or with different outcomes: the "
            "names are taken as those of different clients"
        ]
    if related.kind == "case":
        sessions = count(left, "session")
        return [
            f"{found}: left out ({sessions}), because one outcome cannot be assigned to one of "
            "several therapists"
        ]
    notes = [f"{found}: those with each therapist count as a separate case"]
    if how.lag:
        pairs = "1 pair of sessions is" if left == 1 else f"{left:,} pairs of sessions are"
        notes.append(f"{pairs} left out because the later session is with another therapist")
    return notes


def cautions(
    related: Related,
    relations: Sequence[Relation],
    outcome: str,
    how: Associating,
    event: str,
    human_labels: bool,
) -> list[str]:
    """Say what the slopes do not show; `event` is that of `Association`."""
    found = [*CAUTIONS]
    if any(each.between_test.p is not None for each in relations):
        found.append(OF_BETWEEN)
    if not human_labels:
        found.insert(1, OF_CLASSIFIER)
    if how.lag:
        found.append(_of_lag(outcome, related))
    if related.kind == "session" and "session_number" not in how.covariate:
        found.append(
            "The model does not include the session number, so it does not adjust for change over "
            "the course of treatment (--covariate session_number)."
        )
    if event:
        found.append(
            f"The outcome has two values: slopes are odds ratios of {outcome} = {event}; 1 means "
            "no association."
        )
    return found


def _of_lag(outcome: str, related: Related) -> str:
    """Say that a slope may come from how the client was doing at the time of the disclosures."""
    if (now := same_session(outcome)) in related.covariates:
        return (
            f"Slopes are adjusted for {now}. That removes how the client was already doing only as "
            "far as this outcome measures it without error."
        )
    return (
        "How a client is doing carries over from one session to the next. If therapists disclose "
        "more (or less) when a client is doing badly, that alone gives a slope. Adjust for it with "
        f"--covariate {outcome}: it then is {now} as the disclosures."
    )
