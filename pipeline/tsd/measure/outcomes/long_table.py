"""The units behind the slopes as a table, for mixed models in other programs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tsd.errors import SettingsError
from tsd.measure.outcomes.design import means_of
from tsd.measure.outcomes.predictors import LENGTHS, others_of, predictors_of, same_session
from tsd.measure.outcomes.related_sessions import related_sessions
from tsd.measure.outcomes.units import complete
from tsd.settings import Associating

_FIRST = ("therapist", "case", "session_id", "session_number", "sessions")


def long_table(
    sessions: pd.DataFrame, outcome: str, associating: Associating | None = None
) -> pd.DataFrame:
    """Make a table with one row per unit: who, the outcome, covariates, and predictors.

    Parameters
    ----------
    sessions : DataFrame
        The table of sessions with its metadata.
    outcome : str
        A column of numbers, or of yes and no, or of true and false (1 and 0 in the export).
    associating : Associating, optional
        The doses, the covariates and the lag.

    Returns
    -------
    DataFrame
        One row per session that has the outcome and a therapist, sorted by therapist and case.
        With an outcome that each case has once, one row per case with means, since sessions would
        count it several times. ``therapist``, ``case`` (of a session without one: its id),
        ``session_id`` and ``session_number``, or ``sessions`` (their number); the outcome (with a
        lag, of the later session); how much the therapist says; the covariates; and each
        predictor with its parts ``_within`` (its difference from the therapist's mean) and
        ``_between`` (that mean less the mean of all). The parts are those behind the slopes of
        `associate`, and are missing where the predictor, or what it is adjusted for, is missing.
        All predictors are as in the table of sessions: a focus shift is a difference of shares,
        so a slope on it is for a shift of 1, ten times that of `associate`. With a lag and the
        outcome as a covariate, ``<outcome>_same_session`` is that of the same session.

    Raises
    ------
    SettingsError
        As `associate`, and if a name would stand for two columns.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "session_id": ["a", "b", "c"],
    ...         "therapist": ["T1", "T1", "T2"],
    ...         "disclosures": [0, 2, 4],
    ...         "oq45": [60, 58, 52],
    ...     }
    ... )
    >>> long_table(table, "oq45")[["session_id", "disclosures_within", "disclosures_between"]]
      session_id  disclosures_within  disclosures_between
    0          a                -1.0                 -1.0
    1          b                 1.0                 -1.0
    2          c                 0.0                  2.0
    """
    how = associating or Associating()
    names = predictors_of(how)
    related = related_sessions(sessions, outcome, names, how)
    table, kind, covariates = related.table, related.kind, related.covariates
    names = tuple(name for name in names if name in table)
    lengths = [length for length in LENGTHS if length in table]
    numbers = list(dict.fromkeys(["outcome", *lengths, *covariates, *names]))
    made = _rows(table, numbers, kind, covariates)
    for name in names:
        within, between = _parts(table, name, others_of(table, name, covariates), kind)
        made[f"{name}_within"] = within.reindex(made.index)
        made[f"{name}_between"] = between.reindex(made.index)
    new = {"outcome": outcome, same_session(outcome): f"{outcome}_same_session"}
    made = made.rename(columns=new).reset_index(drop=True)
    if made.columns.has_duplicates:
        raise SettingsError("outcome", outcome, "a name that no other column of the export has")
    return made


def _rows(
    table: pd.DataFrame, numbers: Sequence[str], kind: str, covariates: Sequence[str]
) -> pd.DataFrame:
    """Return a row per unit, with its names and numbers, indexed by the unit."""
    known = table["case"].where(table["case"].notna(), table["session_id"])
    table = table.assign(case=known)
    if kind == "session":
        rows = table.set_index("session_id", drop=False)
        if "number" in rows and "session_number" not in covariates:
            rows = rows.assign(session_number=rows["number"].astype("Int64"))
    else:
        grouped = table.groupby("of_case", sort=False)
        rows = grouped[list(numbers)].mean()
        rows[["therapist", "case"]] = grouped[["therapist", "case"]].first()
        rows["sessions"] = grouped.size()
    first = [name for name in _FIRST if name in rows and name not in numbers]
    return rows[[*first, *numbers]].copy()


def _parts(
    table: pd.DataFrame, name: str, others: Sequence[str], kind: str
) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return the deviations from the therapists' means, and these means."""
    rows = complete(table, name, others, kind)
    therapist, _ = pd.factorize(rows["therapist"])
    values = rows[[name]].to_numpy(dtype=float)
    means = means_of(values, therapist)
    index = pd.Index(rows["session_id" if kind == "session" else "of_case"], tupleize_cols=False)
    within = pd.Series((values - means)[:, 0], index=index)
    return within, pd.Series((means - means.mean(axis=0))[:, 0], index=index)
