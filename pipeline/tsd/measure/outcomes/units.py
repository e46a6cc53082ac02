"""What is compared: sessions, pairs of sessions, or cases, with an outcome and predictors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tsd.measure.outcomes.mixed import Codes
from tsd.measure.outcomes.predictors import LENGTHS
from tsd.stats import Floats


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
        That of `tsd.measure.outcomes.related_sessions.Related`.
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
