"""What is compared: sessions, pairs of sessions, or cases, with an outcome and predictors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tsd.errors import SettingsError
from tsd.measure.outcomes.mixed import Codes
from tsd.measure.tables import SESSIONS
from tsd.stats import Floats

IDS = ["therapist", "case", "session_id"]

LENGTHS = {
    "therapist_utterances": "the number of therapist utterances",
    "therapist_words": "the number of therapist words",
    "therapist_seconds": "the therapist's talk time",
}
"""What amounts of disclosing are adjusted for: sessions in which a therapist says as much."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units without a missing value; those of a therapist are next to each other.

    Parameters
    ----------
    y : array of float, shape (n_units,)
        The outcome.
    x : array of float, shape (n_units, 1 + n_others)
        The predictor, and what it is adjusted for.
    therapist, case : array of int, shape (n_units,)
        The therapist and the case of each unit, as numbers from 0.
    sessions : array of float, shape (n_units,)
        The number of sessions of each unit.
    kind : {'session', 'case'}
        What a unit is.
    others : tuple of str
        What the predictor is adjusted for.
    """

    y: Floats
    x: Floats
    therapist: Codes
    case: Codes
    sessions: Floats
    kind: str
    others: tuple[str, ...]

    @property
    def therapists(self) -> int:
        """The number of therapists."""
        return int(self.therapist.max(initial=-1)) + 1

    @property
    def cases(self) -> int:
        """The number of cases."""
        return int(self.case.max(initial=-1)) + 1

    @property
    def repeats(self) -> bool:
        """Whether cases have several sessions, and therapists several cases."""
        return self.kind == "session" and self.therapists < self.cases < len(self.y)

    @property
    def adjusted(self) -> str:
        """What the predictor is adjusted for, in words."""
        return " and ".join(LENGTHS.get(other, other) for other in self.others)


def complete(table: pd.DataFrame, name: str, others: Sequence[str], kind: str) -> pd.DataFrame:
    """Return a row per unit with ``therapist``, ``of_case``, the numbers and ``sessions``.

    Parameters
    ----------
    table : DataFrame
        What `with_outcome` returns.
    name : str
        The predictor.
    others : sequence of str
        What it is adjusted for.
    kind : {'session', 'case'}
        With ``case``, each case counts once, by its means.
    """
    columns = ["outcome", name, *others]
    rows: pd.DataFrame = table[table[columns].notna().all(axis=1)]
    if kind == "session":
        whole: pd.DataFrame = rows.assign(sessions=1)
        return whole
    grouped = rows.groupby(["therapist", "of_case"], sort=False)
    means: pd.DataFrame = grouped[columns].mean()
    means["sessions"] = grouped.size()
    return means.reset_index()


def units_of(table: pd.DataFrame, name: str, others: Sequence[str], kind: str) -> Units:
    """Take the units of a predictor; parameters are those of `complete`."""
    rows = complete(table, name, others, kind)
    values = rows[["outcome", name, *others]].to_numpy(dtype=float)
    therapist, case = (
        pd.factorize(rows[each])[0].astype(np.int64) for each in ("therapist", "of_case")
    )
    sessions = rows["sessions"].to_numpy(dtype=float)
    return Units(values[:, 0], values[:, 1:], therapist, case, sessions, kind, tuple(others))


def with_outcome(
    sessions: pd.DataFrame, outcome: str, names: Sequence[str], covariates: Sequence[str], lag: int
) -> pd.DataFrame:
    """Take the sessions with the outcome, and the columns needed of them, in a fixed order.

    Parameters
    ----------
    sessions : DataFrame
        The table of sessions with its metadata.
    outcome : str
        A column of numbers.
    names : sequence of str
        The columns of the predictors and of what they are adjusted for; one may be missing.
    covariates : sequence of str
        Columns of numbers.
    lag : int
        The outcome is that of the session so many sessions later in the same case.

    Raises
    ------
    SettingsError
        If a column is not there or not numeric, or sessions cannot be paired.
    """
    _check_outcome(sessions, outcome)
    y = _checked_numbers(sessions, "outcome", outcome)
    for name in covariates:
        if name not in sessions or name == outcome:
            others = ", ".join(repr(n) for n in sessions if n not in (*SESSIONS.names, outcome))
            expected = f"a column of the metadata other than the outcome ({others or 'none here'})"
            raise SettingsError("covariate", name, f"{expected}, or a number of the sessions")
    numbers = [name for name in dict.fromkeys(names) if name in sessions]
    table: pd.DataFrame = pd.DataFrame(
        {"outcome": y}
        | {name: _names(sessions, name) for name in IDS}
        | {name: _numbers(sessions[name]) for name in numbers}
        | {name: _checked_numbers(sessions, "covariate", name) for name in covariates}
    )
    if "disclosures" in sessions:
        counts = _numbers(sessions["disclosures"])
        table["any_disclosure"] = np.where(np.isnan(counts), np.nan, counts > 0)
    if "session_number" in sessions:
        table["number"] = _numbers(sessions["session_number"])
    table = table.sort_values(IDS, kind="stable")
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


def _check_outcome(sessions: pd.DataFrame, outcome: str) -> None:
    if outcome not in sessions or outcome in SESSIONS.names:
        others = [repr(name) for name in sessions if name not in SESSIONS.names]
        choice = ", ".join(others) or "none here; add them with --metadata"
        raise SettingsError("outcome", outcome, f"a column of the metadata ({choice})")


def _checked_numbers(sessions: pd.DataFrame, setting: str, name: str) -> Floats:
    """Read a column as numbers; anything else but an empty cell is an error."""
    cells = sessions[name]
    numbers = _numbers(cells)
    given = cells.notna() & (cells.astype(str).str.strip() != "")
    if wrong := int((np.isnan(numbers) & given).sum()):
        expected = f"a column of numbers with a decimal point (cells that are not: {wrong})"
        raise SettingsError(setting, name, expected)
    return numbers


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
