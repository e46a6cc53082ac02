"""How disclosures and an outcome go together, within therapists and between them.

The question of Levitt et al. (2016), who related the number of disclosures, by type, to the
outcome of 52 dyads of client and therapist. Two questions hide in it, which one slope would mix:
do sessions in which a therapist discloses more than they usually do have other outcomes
(*within*), and do therapists who disclose more have other outcomes (*between*).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from tsd.analyze.tables import SESSION_COLUMNS
from tsd.errors import MissingExtraError, SettingsError
from tsd.schema import TYPES

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

PREDICTORS: tuple[str, ...] = (
    "disclosures",
    *(f"disclosures_{label}" for label in TYPES),
    "focus_shift_centred",
)
"""What is related to an outcome: columns of the table of sessions."""

LENGTH = "therapist_utterances"
"""Counts are compared among sessions in which the therapist spoke as often."""

MIN_UNITS = 20
"""Fewer sessions (or cases) give no slope."""

MIN_THERAPISTS = 6
"""Fewer therapists give no slope between them, as they give no interval elsewhere."""

_LEVEL = 0.95
_SAME = 1e-9  # of the size of the values: what differs less than this is rounding
_WITH_LENGTH = "cannot be told apart from the number of therapist utterances"
_NOT_CONVERGED = "the model did not converge"

CAUTIONS = (
    "Associations, not effects: what a client or a therapist is like can bring about both.",
    "The numbers of disclosures carry the classifier's errors, which mostly pull slopes towards 0.",
    "'between' rests on the therapists' means in these sessions, not on all of their work.",
)
"""What has to be said beside every such slope."""


@dataclass(frozen=True, slots=True)
class Slope:
    """The change of the outcome that goes with one more of a predictor.

    Parameters
    ----------
    estimate, low, high : float or None
        In units of the outcome, with the 95 % interval.
    p, p_holm : float or None
        Two-sided, and the same adjusted for the number of predictors (Holm 1979).
    df : int or None
        Degrees of freedom of the t distribution that interval and p-value are from.
    reason : str
        Why there are no numbers; empty where there are.
    """

    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    p_holm: float | None = None
    df: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """How one predictor and the outcome go together.

    Parameters
    ----------
    predictor : str
        A column of the table of sessions.
    units, therapists : int
        Sessions (or cases) and therapists that have all that is needed.
    dropped : int
        Sessions left out because the predictor is missing in them.
    within : Slope
        For one more than this therapist's own mean.
    between : Slope
        For a therapist's mean that is higher by one.
    notes : tuple of str
        In what the model differs from the one described in `associate`.
    """

    predictor: str
    units: int
    therapists: int
    dropped: int
    within: Slope
    between: Slope
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Association:
    """How the predictors and an outcome go together.

    Parameters
    ----------
    outcome : str
        Its column.
    unit : str
        ``session``, or ``case`` for an outcome that each case has once.
    sessions, without_outcome, without_therapist : int
        All sessions, and those left out because they lack the outcome, or else the therapist.
    relations : tuple of Relation
        One per predictor.
    notes, cautions : tuple of str
        What was done, and what the numbers do not say.
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
        """Return everything as JSON-ready values; what cannot be computed is None."""
        return asdict(self)


def associate(
    sessions: pd.DataFrame, outcome: str, *, predictors: Sequence[str] = PREDICTORS
) -> Association:
    """Relate disclosures and focus shift to an outcome, within and between therapists.

    For each predictor x, one linear mixed model by REML: outcome ~ (x - the therapist's mean of
    x) + (the therapist's mean - the grand mean) + a random intercept of the therapist. Where a
    case has several sessions with outcomes of their own, the case has a random intercept, too.
    A count is compared among sessions in which the therapist spoke as often: the number of
    therapist utterances, divided in the same way, is in the model, since a long session has more
    of everything.

    An outcome that is the same in all sessions of a case belongs to the case: then the case is the
    unit, and its predictors are means per session.

    The deviations from a therapist's mean are orthogonal to all that is constant in a therapist;
    so the slope within is the one with therapists as fixed effects, and has the degrees of freedom
    that are left after one mean per therapist: units - therapists - (slopes within). With a random
    intercept of the case it has no more than cases - therapists - (slopes within), since sessions
    of a case are not independent. The slope between rests on one mean per therapist: therapists -
    1 - (slopes between). With as many units for every therapist both are exact; a normal
    distribution would make intervals too short. Below `MIN_THERAPISTS` therapists are fixed
    effects, which leaves the slope within as it is.

    Parameters
    ----------
    sessions : DataFrame
        The table of sessions with its metadata: ``session_id``, ``therapist``, ``case`` (if
        known), ``therapist_utterances``, the predictors and the outcome.
    outcome : str
        A column of numbers.
    predictors : sequence of str
        Columns; those that are missing are refused with that reason.

    Returns
    -------
    Association
        Slopes with 95 % intervals, or the reason why there are none.

    Raises
    ------
    SettingsError
        If the outcome is no column, a predictor, or not numbers.
    MissingExtraError
        If statsmodels is not installed.

    Notes
    -----
    The question is of Levitt et al. (2016); centring within clusters is of Mundlak (1978).

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
    >>> round(relation.within.estimate, 3), relation.within.df
    (-0.5, 17)
    >>> relation.between.reason
    "every therapist's mean is the same"
    """
    mixed = _mixed_model()
    table = _units_of(sessions, outcome, predictors)
    known = table[table["therapist"].notna()]
    unit = "case" if _is_of_cases(known) else "session"
    relations, adjusted = [], False
    for name in predictors:
        length = LENGTH in table and name.startswith("disclosures")
        adjusted |= length
        relations.append(_relate(known, name, unit, length, mixed))
    if len(table) and known.empty:
        reason = "the therapist of no session is known: add a column 'therapist' to the metadata"
        relations = [
            replace(each, within=Slope(reason=reason), between=Slope(reason=reason))
            for each in relations
        ]
    relations = _adjust(relations)
    return Association(
        outcome,
        unit,
        len(sessions),
        len(sessions) - len(table),
        len(table) - len(known),
        tuple(relations),
        tuple(_notes(known, unit, adjusted, len(sessions) > len(table))),
        (*CAUTIONS, *_more_cautions(table, unit)),
    )


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjust p-values for their number by the step-down method of Holm (1979).

    Parameters
    ----------
    p_values : sequence of float or None
        None is passed on and does not count.

    Returns
    -------
    list of float or None
        In the same order.

    Examples
    --------
    >>> holm([0.01, None, 0.04, 0.03])
    [0.03, None, 0.06, 0.06]
    """
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, place) in enumerate(known):
        highest = max(highest, min(1.0, (len(known) - rank) * p))
        adjusted[place] = highest
    return adjusted


def _adjust(relations: Sequence[Relation]) -> list[Relation]:
    within = holm([each.within.p for each in relations])
    between = holm([each.between.p for each in relations])
    return [
        replace(
            each,
            within=replace(each.within, p_holm=w),
            between=replace(each.between, p_holm=b),
        )
        for each, w, b in zip(relations, within, between, strict=True)
    ]


def _mixed_model() -> Any:  # noqa: ANN401 - statsmodels has no types
    try:
        from statsmodels.regression import mixed_linear_model
    except ImportError as error:
        raise MissingExtraError("statsmodels", "outcomes", "tsd associate") from error
    return mixed_linear_model


def _units_of(sessions: pd.DataFrame, outcome: str, predictors: Sequence[str]) -> pd.DataFrame:
    """Take what is needed of the sessions that have the outcome, in an order of their own."""
    if outcome not in sessions:
        others = [repr(name) for name in sessions if name not in SESSION_COLUMNS]
        there = f" ({', '.join(others)})" if others else "; the sessions have no metadata of yours"
        raise SettingsError("outcome", outcome, f"a column of the sessions{there}")
    if outcome in predictors:
        raise SettingsError("outcome", outcome, "a column that is not itself a predictor")
    y = _numbers(sessions[outcome])
    cells = sessions[outcome]
    words = int((np.isnan(y) & cells.notna() & (cells.astype(str).str.strip() != "")).sum())
    if words:
        expected = f"a column of numbers, with a decimal point; {words} cells of it hold others"
        raise SettingsError("outcome", outcome, expected)
    columns: dict[str, Any] = {
        "outcome": y,
        "therapist": _names(sessions, "therapist"),
        "case": _names(sessions, "case"),
        "session_id": _names(sessions, "session_id"),
    }
    for name in dict.fromkeys([LENGTH, *predictors]):
        if name in sessions:
            columns[name] = _numbers(sessions[name])
    table = pd.DataFrame(columns)
    table = table[np.isfinite(y)].sort_values(["therapist", "case", "session_id"])
    # A session without a case is a case of its own; cases of two therapists are two.
    own = table["case"].isna()
    table["of_case"] = [
        (therapist, session_id if alone else case, alone)
        for therapist, case, session_id, alone in zip(
            table["therapist"], table["case"], table["session_id"], own, strict=True
        )
    ]
    return table


def _numbers(column: pd.Series[Any]) -> Floats:
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _names(sessions: pd.DataFrame, column: str) -> list[str | None]:
    if column not in sessions:
        return [None] * len(sessions)
    cells = sessions[column]
    return [
        (str(cell).strip() or None) if there else None
        for cell, there in zip(cells, cells.notna(), strict=True)
    ]


def _is_of_cases(table: pd.DataFrame) -> bool:
    """Tell an outcome that each case has once."""
    by_case = table.groupby("of_case", sort=False)["outcome"]
    return bool(by_case.size().gt(1).any() and by_case.nunique().eq(1).all())


def _relate(
    table: pd.DataFrame,
    name: str,
    unit: str,
    length: bool,
    mixed: Any,  # noqa: ANN401
) -> Relation:
    if name not in table:
        none = Slope(reason="the column is not there")
        return Relation(name, 0, 0, 0, none, none)
    columns = ["outcome", name, *([LENGTH] if length else [])]
    has_all = table[columns].notna().all(axis=1)
    rows = table[has_all]
    if unit == "case":
        grouped = rows.groupby(["therapist", "of_case"], sort=False)
        rows = grouped[columns].mean().reset_index()
    therapist, _ = pd.factorize(rows["therapist"])
    case, _ = pd.factorize(rows["of_case"])
    values = rows[columns].to_numpy(dtype=float)
    within, between, notes = _slopes(
        values[:, 0], values[:, 1:], therapist.astype(np.int64), case.astype(np.int64), unit, mixed
    )
    return Relation(
        name,
        len(rows),
        int(therapist.max(initial=-1)) + 1,
        int((~has_all).sum()),
        within,
        between,
        tuple(notes),
    )


def _slopes(
    y: Floats,
    x: Floats,
    therapist: Codes,
    case: Codes,
    unit: str,
    mixed: Any,  # noqa: ANN401
) -> tuple[Slope, Slope, list[str]]:
    """Estimate both slopes of the first column of x, at the same values of the others."""
    units, therapists, cases = len(y), therapist.max(initial=-1) + 1, case.max(initial=-1) + 1
    reason = ""
    if units < MIN_UNITS:
        reason = f"{_count(units, unit)}; at least {MIN_UNITS} are needed"
    elif _constant(y):
        reason = f"the outcome is the same in every {unit}"
    elif _constant(x[:, 0]):
        reason = f"the predictor is the same in every {unit}"
    if reason:
        return Slope(reason=reason), Slope(reason=reason), []

    means = _means(x, therapist)
    inside, outside = _varying(x - means, x), _varying(means - means.mean(axis=0), x)
    repeats = unit == "session" and therapists < cases < units
    df_within = (cases if repeats else units) - therapists - inside.shape[1]
    df_between = therapists - 1 - outside.shape[1]
    few = therapists < MIN_THERAPISTS

    no_within = no_between = ""
    if therapists == units:
        no_within = f"every therapist has one {unit}"
    elif _constant((x - means)[:, 0], x[:, 0]):
        no_within = "every therapist's own values are the same"
    elif np.linalg.matrix_rank(inside) < inside.shape[1]:
        no_within = _WITH_LENGTH
    elif df_within < 1:
        no_within = f"too few {'case' if repeats else unit}s beyond one per therapist"
    if few:
        no_between = f"{_count(therapists, 'therapist')}; at least {MIN_THERAPISTS} are needed"
    elif _constant(means[:, 0], x[:, 0]):
        no_between = "every therapist's mean is the same"
    elif np.linalg.matrix_rank(outside) < outside.shape[1]:
        no_between = _WITH_LENGTH

    notes = []
    if few and not no_within:
        notes.append(f"{_count(therapists, 'therapist')}: fixed effects in place of random ones")
    if unit == "session" and therapists == cases < units:
        notes.append("every therapist has one case: therapists and cases cannot be told apart")
    inside = inside[:, :0] if no_within else inside
    outside = outside[:, :0] if no_between else outside
    level = np.eye(therapists)[therapist] if few else np.ones((units, 1))
    random = [] if few or therapists == units else [therapist]
    fit = _fit(
        y, np.hstack([inside, outside, level]), [*random, *([case] if repeats else [])], mixed
    )
    if fit is None and repeats:
        notes.append("no random intercept of the case: the model with one did not converge")
        fit = _fit(y, np.hstack([inside, outside, level]), random, mixed)
    if fit is None:
        no_within, no_between = no_within or _NOT_CONVERGED, no_between or _NOT_CONVERGED
    return (
        Slope(reason=no_within) if fit is None or no_within else _slope(*fit, 0, df_within),
        Slope(reason=no_between)
        if fit is None or no_between
        else _slope(*fit, inside.shape[1], df_between),
        notes,
    )


def _fit(
    y: Floats,
    x: Floats,
    levels: Sequence[Codes],
    mixed: Any,  # noqa: ANN401
) -> tuple[Floats, Floats] | None:
    """Return slopes and standard errors by generalised least squares; None without convergence.

    `levels` are nested, the first one outermost. statsmodels estimates the variances of their
    intercepts. Where it finds one to be 0, on the boundary, its own standard errors may be
    missing; these are not.
    """
    scale_y, scale_x = y.std(), np.sqrt((x**2).mean(axis=0))
    y, x = (y - y.mean()) / scale_y, x / scale_x
    ratios = _variances(y, x, levels, mixed) if levels else []
    if ratios is None:
        return None
    outer = levels[0] if levels else np.arange(len(y))
    order = np.argsort(outer, kind="stable")
    information, weighted = np.zeros((x.shape[1],) * 2), np.zeros(x.shape[1])
    squares = 0.0
    for rows in np.split(order, np.flatnonzero(np.diff(outer[order])) + 1):
        covariance = np.eye(len(rows))
        for level, ratio in zip(levels, ratios, strict=True):
            covariance += ratio * (level[rows, None] == level[rows])
        solved = np.linalg.solve(covariance, np.column_stack([x[rows], y[rows]]))
        information += x[rows].T @ solved[:, :-1]
        weighted += x[rows].T @ solved[:, -1]
        squares += float(y[rows] @ solved[:, -1])
    slopes = np.linalg.solve(information, weighted)
    residual = max(squares - float(weighted @ slopes), 0.0) / (len(y) - x.shape[1])
    errors = np.sqrt(residual * np.diag(np.linalg.inv(information)))
    return slopes * scale_y / scale_x, errors * scale_y / scale_x


def _variances(
    y: Floats,
    x: Floats,
    levels: Sequence[Codes],
    mixed: Any,  # noqa: ANN401
) -> list[float] | None:
    """Estimate the variances of the intercepts by REML, as multiples of the residual variance."""
    outer, *inner = levels
    components = None
    if inner:
        each = [inner[0][outer == group] for group in np.unique(outer)]
        names = [[str(case) for case in np.unique(cases)] for cases in each]
        dummies = [(cases[:, None] == np.unique(cases)).astype(float) for cases in each]
        components = mixed.VCSpec(["case"], [names], [dummies])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a variance of 0, which is a result like any other
        try:
            # Powell needs no gradient, which the other methods lose where a variance is 0.
            fit = mixed.MixedLM(
                y, x, groups=outer, exog_re=np.ones((len(y), 1)), exog_vc=components
            ).fit(reml=True, method=["powell"])
            found = np.array([fit.cov_re[0, 0], *fit.vcomp]) / fit.scale
        except (np.linalg.LinAlgError, ValueError):
            return None
    return found.tolist() if fit.converged and np.isfinite(found).all() else None


def _slope(estimates: Floats, errors: Floats, place: int, df: int) -> Slope:
    estimate, error = float(estimates[place]), float(errors[place])
    half = error * float(stats.t.ppf((1 + _LEVEL) / 2, df))
    p = 2 * float(stats.t.sf(abs(estimate) / error, df)) if error > 0 else None
    return Slope(estimate, estimate - half, estimate + half, p, None, int(df))


def _means(values: Floats, group: Codes) -> Floats:
    """Return the mean of its group for each row."""
    sums = np.zeros((group.max() + 1, values.shape[1]))
    np.add.at(sums, group, values)
    means: Floats = (sums / np.bincount(group)[:, None])[group]
    return means


def _constant(values: Floats, size: Floats | None = None) -> bool:
    """Tell values that differ by no more than rounding, given the size of what they came from."""
    return bool(np.ptp(values) <= _SAME * np.abs(values if size is None else size).max())


def _varying(part: Floats, whole: Floats) -> Floats:
    """Leave out the columns that do not vary."""
    keep = [j for j in range(part.shape[1]) if not _constant(part[:, j], whole[:, j])]
    return part[:, keep]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _notes(table: pd.DataFrame, unit: str, adjusted: bool, lacking: bool) -> list[str]:
    notes = []
    if unit == "case":
        notes.append(
            "the outcome is the same in all sessions of a case: each case counts once, by its means"
        )
        if alone := int(table["case"].isna().sum()):
            notes.append(f"{_count(alone, 'session')} without a case count as cases of their own")
    elif lacking and table["case"].notna().any():
        notes.append(
            "an outcome of a whole case has to stand in each row of the case: empty rows are left "
            "out"
        )
    if adjusted:
        notes.append(
            "counts are compared at the same number of therapist utterances (long sessions have "
            "more)"
        )
    return notes


def _more_cautions(table: pd.DataFrame, unit: str) -> list[str]:
    cautions = []
    if unit == "session":
        cautions.append(
            "The session's number is not in the model: what changes over a treatment anyway counts."
        )
    if table["outcome"].nunique() == 2:
        cautions.append("The outcome has two values; the slopes are differences in its share.")
    return cautions
