"""How disclosures and an outcome go together, within therapists and between them.

This is the question of Levitt et al. (2016), who related the number of disclosures, by type, to
the outcome of 52 pairs of client and therapist. It is really two questions, which a single slope
would mix: do sessions in which a therapist discloses more than usual have different outcomes
(*within*), and do therapists who disclose more have different outcomes (*between*)?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tsd.errors import MissingExtraError, SettingsError
from tsd.measure.outcomes.mixed import LENGTH, Relation, SlopeTest, relate
from tsd.measure.tables import SESSIONS
from tsd.schema import TYPES
from tsd.stats import Estimate, Floats

PREDICTORS: tuple[str, ...] = (
    "disclosures",
    *(f"disclosures_{label}" for label in TYPES),
    "focus_shift_adjusted",
)
"""What is related to an outcome: columns of the table of sessions."""

CAUTIONS = (
    "These are associations, not effects: traits of the client or the therapist may cause both.",
    "Disclosures flagged by a classifier carry its errors, which mostly pull slopes toward 0.",
    "'between' is based on the therapists' means in these sessions, not on all of their work.",
)
"""Shown with all slopes."""


@dataclass(frozen=True, slots=True)
class Association:
    """How the predictors and an outcome go together.

    `unit` is ``session``, or ``case`` for an outcome that each case has once. `without_outcome` and
    `without_therapist` count the sessions left out because they lack the outcome, or else the
    therapist. `notes` say what was done, `cautions` what the numbers do not show.
    """

    outcome: str
    unit: str
    sessions: int
    without_outcome: int
    without_therapist: int
    relations: tuple[Relation, ...]
    notes: tuple[str, ...]
    cautions: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values that JSON has."""
        return asdict(self)


def associate(
    sessions: pd.DataFrame, outcome: str, *, predictors: Sequence[str] = PREDICTORS
) -> Association:
    """Relate disclosures and focus shift to an outcome, within and between therapists.

    For each predictor x, one linear mixed model by REML: outcome ~ (x - the therapist's mean of
    x) + (the therapist's mean - the grand mean) + a random intercept of the therapist. Where a
    case has several sessions with outcomes of their own, the case has a random intercept, too.
    A count is compared between sessions with the same number of therapist utterances: that
    number, split in the same way, is in the model, since a long session has more of everything.

    An outcome that is the same in all sessions of a case belongs to the case: then the case is the
    unit, and its predictors are means over its sessions.

    The deviations from a therapist's mean are orthogonal to all that is constant in a therapist;
    so the slope within is the one with therapists as fixed effects, and has the degrees of freedom
    that are left after one mean per therapist: units - therapists - (slopes within). With a random
    intercept of the case it has no more than cases - therapists - (slopes within), since sessions
    of a case are not independent. The slope between rests on one mean per therapist: therapists -
    1 - (slopes between). With as many units for every therapist both are exact; a normal
    distribution would make intervals too short. With fewer than `tsd.stats.FEWEST_CLUSTERS`
    therapists, these are fixed effects, which does not change the slope within.

    Parameters
    ----------
    sessions : DataFrame
        The table of sessions with its metadata: ``session_id``, ``therapist``, ``case`` (if
        known), ``therapist_utterances``, the predictors and the outcome.
    outcome : str
        A column of numbers.
    predictors : sequence of str
        Columns; one that is missing has no slope, with that reason.

    Returns
    -------
    Association
        Slopes with 95% intervals, or the reason why there are none.

    Raises
    ------
    SettingsError
        If the outcome is not a column, is a predictor, or is not numeric.
    MissingExtraError
        If statsmodels is not installed.

    Notes
    -----
    The question is from Levitt et al. (2016), centering within clusters from Mundlak (1978).

    Examples
    --------
    >>> x = np.tile([0, 1, 2, 3], 6)
    >>> wave = np.tile([1, -1, -1, 1], 6)  # has nothing to do with x
    >>> table = pd.DataFrame(
    ...     {
    ...         "session_id": [f"s{number:02}" for number in range(24)],
    ...         "therapist": np.repeat(list("ABCDEF"), 4),
    ...         "disclosures": x,
    ...         "oq45": 60 - 0.5 * x + 0.1 * wave + np.repeat([0, 3, 1, 5, 2, 4], 4),
    ...     }
    ... )
    >>> (relation,) = associate(table, "oq45", predictors=["disclosures"]).relations
    >>> round(relation.within.value, 3), relation.within_test.df
    (-0.5, 17)
    >>> relation.between.reason
    "every therapist's mean is the same"
    """
    try:
        from statsmodels.regression import mixed_linear_model  # noqa: F401 - `relate` uses it
    except ImportError as error:
        raise MissingExtraError("statsmodels", "outcomes", "tsd associate") from error
    table = _units_of(sessions, outcome, predictors)
    known = table[table["therapist"].notna()]
    unit = "case" if _is_of_cases(known) else "session"
    counts = [name for name in predictors if LENGTH in table and name.startswith("disclosures")]
    relations = [relate(known, name, unit, name in counts) for name in predictors]
    if len(table) and known.empty:
        reason = "no session has a known therapist: add a column 'therapist' to the metadata"
        none = Estimate(reason=reason)
        relations = [replace(each, within=none, between=none) for each in relations]
    within = _with_holm([each.within_test for each in relations])
    between = _with_holm([each.between_test for each in relations])
    without_outcome = len(sessions) - len(table)
    return Association(
        outcome,
        unit,
        len(sessions),
        without_outcome,
        len(table) - len(known),
        tuple(
            replace(each, within_test=w, between_test=b)
            for each, w, b in zip(relations, within, between, strict=True)
        ),
        tuple(_notes(known, unit, bool(counts), without_outcome > 0)),
        (*CAUTIONS, *_more_cautions(table, unit)),
    )


def _with_holm(tests: Sequence[SlopeTest]) -> list[SlopeTest]:
    """Add p-values adjusted by the method of Holm; a test without a p-value does not count."""
    from statsmodels.stats.multitest import multipletests

    known = [test.p for test in tests if test.p is not None]
    adjusted = iter(multipletests(known, method="holm")[1].tolist() if known else [])
    return [test if test.p is None else replace(test, p_holm=next(adjusted)) for test in tests]


def _units_of(sessions: pd.DataFrame, outcome: str, predictors: Sequence[str]) -> pd.DataFrame:
    """Take the columns needed of the sessions with the outcome, in a fixed order."""
    if outcome not in sessions or outcome in SESSIONS.names:
        others = [repr(name) for name in sessions if name not in SESSIONS.names]
        choice = ", ".join(others) or "none here; add them with --metadata"
        raise SettingsError("outcome", outcome, f"a column of the metadata ({choice})")
    if outcome in predictors:
        raise SettingsError("outcome", outcome, "a column that is not itself a predictor")
    cells = sessions[outcome]
    y = _numbers(cells)
    if wrong := int((np.isnan(y) & cells.notna() & (cells.astype(str).str.strip() != "")).sum()):
        expected = f"a column of numbers with a decimal point (cells that are not: {wrong})"
        raise SettingsError("outcome", outcome, expected)
    ids = ["therapist", "case", "session_id"]
    numbers = [name for name in dict.fromkeys([LENGTH, *predictors]) if name in sessions]
    table = pd.DataFrame(
        {"outcome": y}
        | {name: _names(sessions, name) for name in ids}
        | {name: _numbers(sessions[name]) for name in numbers}
    )
    table = table[np.isfinite(y)].sort_values(ids)
    # A session without a case is a case of its own; cases of two therapists are two.
    alone = table["case"].isna()
    case = table["case"].where(~alone, table["session_id"])
    table["of_case"] = list(zip(table["therapist"], case, alone, strict=True))
    return table


def _numbers(column: pd.Series[Any]) -> Floats:
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _names(sessions: pd.DataFrame, column: str) -> list[str | None]:
    if column not in sessions:
        return [None] * len(sessions)
    cells = sessions[column]
    return [
        (str(cell).strip() or None) if known else None
        for cell, known in zip(cells, cells.notna(), strict=True)
    ]


def _is_of_cases(table: pd.DataFrame) -> bool:
    """Whether the outcome is the same in all sessions of each case."""
    by_case = table.groupby("of_case", sort=False)["outcome"]
    return bool(by_case.size().gt(1).any() and by_case.nunique().eq(1).all())


def _notes(table: pd.DataFrame, unit: str, adjusted: bool, left_out: bool) -> list[str]:
    notes = []
    if unit == "case":
        notes.append(
            "the outcome is the same in all sessions of a case: each case counts once, by its means"
        )
        if alone := int(table["case"].isna().sum()):
            notes.append(f"sessions without a case each count as a separate case ({alone:,})")
    elif left_out and table["case"].notna().any():
        notes.append(
            "an outcome of a whole case must be in every row of the case: rows without it are left "
            "out"
        )
    if adjusted:
        notes.append(
            "counts are adjusted for the number of therapist utterances, since long sessions have "
            "more disclosures"
        )
    return notes


def _more_cautions(table: pd.DataFrame, unit: str) -> list[str]:
    cautions = []
    if unit == "session":
        cautions.append(
            "The model does not include the session number, so it does not adjust for change over "
            "the course of treatment."
        )
    if table["outcome"].nunique() == 2:
        cautions.append(
            "The outcome has two values: slopes are differences in the share of the higher one."
        )
    return cautions
