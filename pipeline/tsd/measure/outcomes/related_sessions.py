"""Which sessions an outcome is related in, and which are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tsd.errors import SettingsError
from tsd.measure.outcomes.cells import as_names, as_numbers, checked_numbers
from tsd.measure.outcomes.predictors import LENGTHS, same_session
from tsd.measure.outcomes.several_therapists import Shared, pairs_across, shared_cases
from tsd.measure.tables import SESSIONS
from tsd.settings import Associating

IDS = ["therapist", "case", "session_id"]


@dataclass(frozen=True, slots=True)
class Related:
    """The sessions with the outcome and a therapist, in a fixed order, and what is not among them.

    Parameters
    ----------
    table : DataFrame
        ``therapist``, ``case``, ``session_id``, ``of_case`` (each case with each of its therapists
        is one), ``number`` (if known), ``outcome``, and the numbers needed.
    kind : {'session', 'case'}
        What the unit is.
    covariates : tuple of str
        Columns that all slopes are adjusted for.
    shared : Shared
        Cases with several therapists.
    without_outcome, without_therapist : int
        Sessions left out because they lack the outcome (with a lag: a later session with the
        outcome), or else the therapist.
    changed_therapist : int
        Sessions left out because the case has several therapists: with a lag, those whose later
        session is with another therapist; otherwise, those of cases with one outcome.
    """

    table: pd.DataFrame
    kind: str
    covariates: tuple[str, ...]
    shared: Shared
    without_outcome: int
    without_therapist: int
    changed_therapist: int


def related_sessions(
    sessions: pd.DataFrame, outcome: str, names: Sequence[str], how: Associating
) -> Related:
    """Take the sessions that an outcome is related in, and say what the unit is.

    A case that has several therapists is a case of each of them. If it has one outcome only, that
    cannot be assigned to one of them, and would count twice: the case is left out.

    Parameters
    ----------
    sessions : DataFrame
        The table of sessions with its metadata.
    outcome : str
        A column of the metadata.
    names : sequence of str
        The columns of the predictors; one may be missing.
    how : Associating
        The covariates and the lag.

    Raises
    ------
    SettingsError
        If a column is not there, is a predictor, or is not numeric, or sessions cannot be paired.
    """
    read = read_columns(sessions, outcome, [*LENGTHS, *names], how.covariate, how.lag)
    for name, what in ((outcome, "outcome"), *((each, "covariate") for each in how.covariate)):
        if name in names:
            raise SettingsError(what, name, "a column that is not itself a predictor")
    table = with_outcome(read, how.lag)
    without_outcome = len(read) - len(table)
    known = table[table["therapist"].notna()]
    without_therapist = len(table) - len(known)
    kind = "case" if is_of_cases(known) else "session"
    if how.lag and kind == "case":
        expected = "0 for an outcome that is the same in all sessions of a case"
        raise SettingsError("lag", how.lag, expected)
    shared = shared_cases(read if how.lag else known, of_cases=kind == "case")
    changed = 0
    if how.lag:
        changed = pairs_across(read, shared, how.lag)
        without_outcome -= changed
    elif kind == "case" and shared.one_client:
        left = known[~known["case"].isin(shared.names)]
        changed, known = len(known) - len(left), left
    covariates = covariates_of(outcome, how.covariate)
    return Related(known, kind, covariates, shared, without_outcome, without_therapist, changed)


def covariates_of(outcome: str, covariates: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of covariates; one that is the outcome is that of the same session.

    >>> covariates_of("oq45", ["age", "oq45"])
    ('age', 'oq45 in the same session')
    """
    return tuple(same_session(outcome) if name == outcome else name for name in covariates)


def read_columns(
    sessions: pd.DataFrame, outcome: str, names: Sequence[str], covariates: Sequence[str], lag: int
) -> pd.DataFrame:
    """Take what is needed of the sessions, in a fixed order, each with its own outcome.

    Parameters and errors are those of `related_sessions`; `names` are columns of the predictors
    and of what they are adjusted for.
    """
    _check_columns(sessions, outcome, covariates, lag)
    numbers = [name for name in dict.fromkeys(names) if name in sessions]
    columns = zip(covariates_of(outcome, covariates), covariates, strict=True)
    table: pd.DataFrame = pd.DataFrame(
        {"outcome": checked_numbers(sessions, "outcome", outcome)}
        | {name: as_names(sessions, name) for name in IDS}
        | {name: as_numbers(sessions[name]) for name in numbers}
        | {column: checked_numbers(sessions, "covariate", name) for column, name in columns}
    )
    if "disclosures" in sessions:
        counts = as_numbers(sessions["disclosures"])
        table["any_disclosure"] = np.where(np.isnan(counts), np.nan, counts > 0)
    if "session_number" in sessions:
        table["number"] = as_numbers(sessions["session_number"])
    return table.sort_values(IDS, kind="stable")


def with_outcome(table: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Take the sessions with the outcome: with a lag, that of so many sessions later in the case.

    `table` is what `read_columns` returns.
    """
    if lag:
        table = _later_outcome(table, lag)
    table = table.loc[np.isfinite(table["outcome"])].copy()
    # A session without a case is a case of its own; cases of two therapists are two.
    alone = table["case"].isna()
    case = table["case"].where(~alone, table["session_id"])
    table["of_case"] = list(zip(table["therapist"], case, alone, strict=True))
    return table


def is_of_cases(table: pd.DataFrame) -> bool:
    """Whether the outcome is the same in all sessions of each case."""
    by_case = table.groupby("of_case", sort=False)["outcome"]
    return bool(by_case.size().gt(1).any() and by_case.nunique().eq(1).all())


def _later_outcome(table: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Give each session the outcome of a later session of its case; missing if there is none."""
    keys = ["therapist", "case", "number"]
    if "number" not in table or not table[keys].notna().all(axis=1).any():
        expected = "0, unless the metadata have 'therapist', 'case' and 'session_number'"
        raise SettingsError("lag", lag, expected)
    numbered = table[table[keys].notna().all(axis=1)]
    if twice := int(numbered.duplicated(keys).sum()):
        expected = (
            "0, unless each session of a case has a number of its own (sessions that have the "
            f"number of another: {twice})"
        )
        raise SettingsError("lag", lag, expected)
    later = numbered[[*keys, "outcome"]].assign(number=numbered["number"] - lag)
    paired = numbered.drop(columns="outcome").merge(later, on=keys, how="left")
    rest = table[~table.index.isin(numbered.index)].assign(outcome=np.nan)
    return pd.concat([paired, rest], ignore_index=True).sort_values(IDS, kind="stable")


def _check_columns(
    sessions: pd.DataFrame, outcome: str, covariates: Sequence[str], lag: int
) -> None:
    if outcome not in sessions or outcome in SESSIONS.names:
        others = [repr(name) for name in sessions if name not in SESSIONS.names]
        choice = ", ".join(others) or "none here; add them with --metadata"
        raise SettingsError("outcome", outcome, f"a column of the metadata ({choice})")
    for name in covariates:
        if name == outcome and not lag:
            expected = (
                "a column other than the outcome; only with a lag can it be the outcome, and it "
                "is then that of the session with the disclosures"
            )
            raise SettingsError("covariate", name, expected)
        if name not in sessions:
            others = [repr(n) for n in sessions if n not in (*SESSIONS.names, outcome)]
            choice = ", ".join(others) or "none here"
            expected = f"a column of the metadata other than the outcome ({choice})"
            raise SettingsError("covariate", name, f"{expected}, or a number of the sessions")
