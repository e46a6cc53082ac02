"""Slopes within and between therapists: a linear model with random intercepts.

statsmodels estimates the variances; the slopes and their errors are those of generalized least
squares with these variances, which are also valid where a variance is 0.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from tsd.stats import FEWEST_CLUSTERS, Estimate, Floats

Codes = npt.NDArray[np.int64]

LENGTH = "therapist_utterances"
"""Counts are compared between sessions with the same number of therapist utterances."""

MIN_UNITS = 20
"""With fewer sessions (or cases) there is no slope."""

_LEVEL = 0.95
_SAME = 1e-9  # of the size of the values: what differs less than this is rounding
_WITH_LENGTH = "cannot be separated from the number of therapist utterances"
_NOT_CONVERGED = "the model did not converge"


@dataclass(frozen=True, slots=True)
class SlopeTest:
    """The two-sided test of a slope against 0; None where there is no slope.

    `p_holm` is `p` adjusted for the number of predictors (Holm 1979). `df` are the degrees of
    freedom of the t distribution behind the p-value and the slope's interval.
    """

    p: float | None = None
    p_holm: float | None = None
    df: int | None = None


_Slope = tuple[Estimate, SlopeTest]


@dataclass(frozen=True, slots=True)
class Relation:
    """How one predictor and the outcome go together.

    Parameters
    ----------
    predictor : str
        A column of the table of sessions.
    units, therapists : int
        Sessions (or cases) and therapists without a missing value.
    dropped : int
        Sessions left out because the predictor is missing in them.
    within : Estimate
        Change in the outcome for one more than the therapist's own mean; `n` counts the units.
    between : Estimate
        Change in the outcome for a therapist's mean that is higher by one; `n` counts the
        therapists.
    within_test, between_test : SlopeTest
        Their tests.
    notes : tuple of str
        How the model differs from the one described in `associate`.
    """

    predictor: str
    units: int
    therapists: int
    dropped: int
    within: Estimate
    between: Estimate
    within_test: SlopeTest = SlopeTest()
    between_test: SlopeTest = SlopeTest()
    notes: tuple[str, ...] = ()


def relate(table: pd.DataFrame, name: str, unit: str, length: bool) -> Relation:
    """Relate one predictor to the outcome, with reasons in place of slopes that do not exist.

    Parameters
    ----------
    table : DataFrame
        A row per session, with ``outcome``, ``therapist``, ``of_case`` and the predictors.
    name : str
        The predictor.
    unit : {'session', 'case'}
        With ``case``, each case counts once, by its means.
    length : bool
        Compare at the same number of therapist utterances.
    """
    if name not in table:
        none = Estimate(reason="the column is missing")
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
    (within, within_test), (between, between_test), notes = _slopes(
        values[:, 0], values[:, 1:], therapist.astype(np.int64), case.astype(np.int64), unit
    )
    return Relation(
        name,
        len(rows),
        int(therapist.max(initial=-1)) + 1,
        int((~has_all).sum()),
        within,
        between,
        within_test,
        between_test,
        tuple(notes),
    )


def _slopes(
    y: Floats, x: Floats, therapist: Codes, case: Codes, unit: str
) -> tuple[_Slope, _Slope, list[str]]:
    """Estimate both slopes of the first column of x, at the same values of the others."""
    units, therapists, cases = len(y), therapist.max(initial=-1) + 1, case.max(initial=-1) + 1
    reason = ""
    if units < MIN_UNITS:
        reason = f"fewer than {MIN_UNITS} {unit}s"
    elif _constant(y):
        reason = f"the outcome is the same in every {unit}"
    elif _constant(x[:, 0]):
        reason = f"the predictor is the same in every {unit}"
    if reason:
        none = Estimate(reason=reason), SlopeTest()
        return none, none, []

    means = _means(x, therapist)
    inside, outside = _varying(x - means, x), _varying(means - means.mean(axis=0), x)
    repeats = unit == "session" and therapists < cases < units
    df_within = (cases if repeats else units) - therapists - inside.shape[1]
    df_between = therapists - 1 - outside.shape[1]
    few = therapists < FEWEST_CLUSTERS

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
        no_between = f"fewer than {FEWEST_CLUSTERS} therapists"
    elif _constant(means[:, 0], x[:, 0]):
        no_between = "every therapist's mean is the same"
    elif np.linalg.matrix_rank(outside) < outside.shape[1]:
        no_between = _WITH_LENGTH

    notes = []
    if few and not no_within:
        notes.append(f"fixed effects, not random ones, for fewer than {FEWEST_CLUSTERS} therapists")
    if unit == "session" and therapists == cases < units:
        notes.append("every therapist has one case: therapists and cases cannot be separated")
    inside = inside[:, :0] if no_within else inside
    outside = outside[:, :0] if no_between else outside
    level = np.eye(therapists)[therapist] if few else np.ones((units, 1))
    random = [] if few or therapists == units else [therapist]
    design = np.hstack([inside, outside, level])
    fit = _fit(y, design, [*random, case] if repeats else random)
    if fit is None and repeats:
        notes.append("no random intercept of the case: the model with one did not converge")
        fit = _fit(y, design, random)
    if fit is None:
        no_within, no_between = no_within or _NOT_CONVERGED, no_between or _NOT_CONVERGED
    within = _slope(fit, 0, df_within, units, no_within)
    between = _slope(fit, inside.shape[1], df_between, therapists, no_between)
    return within, between, notes


def _fit(y: Floats, x: Floats, levels: Sequence[Codes]) -> tuple[Floats, Floats] | None:
    """Return slopes and standard errors by generalized least squares; None without convergence.

    `levels` are nested, the first one outermost. statsmodels estimates the variances of their
    intercepts. Where it finds one to be 0, on the boundary, its own standard errors may be
    missing; these are not.
    """
    scale_y, scale_x = y.std(), np.sqrt((x**2).mean(axis=0))
    y, x = (y - y.mean()) / scale_y, x / scale_x
    ratios = _variances(y, x, levels) if levels else []
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


def _variances(y: Floats, x: Floats, levels: Sequence[Codes]) -> list[float] | None:
    """Estimate the variances of the intercepts by REML, as multiples of the residual variance."""
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec

    outer, *inner = levels
    components = None
    if inner:
        each = [inner[0][outer == group] for group in np.unique(outer)]
        names = [[str(case) for case in np.unique(cases)] for cases in each]
        dummies = [(cases[:, None] == np.unique(cases)).astype(float) for cases in each]
        components = VCSpec(["case"], [names], [dummies])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a variance of 0, which is a result like any other
        try:
            # Powell needs no gradient, which the other methods lose where a variance is 0.
            intercepts = np.ones((len(y), 1))
            model = MixedLM(y, x, groups=outer, exog_re=intercepts, exog_vc=components)
            fit = model.fit(reml=True, method=["powell"])
            found = np.array([fit.cov_re[0, 0], *fit.vcomp]) / fit.scale
        except (np.linalg.LinAlgError, ValueError):
            return None
    return found.tolist() if fit.converged and np.isfinite(found).all() else None


def _slope(fit: tuple[Floats, Floats] | None, place: int, df: int, n: int, reason: str) -> _Slope:
    if fit is None or reason:
        return Estimate(reason=reason), SlopeTest()
    slope, error = (float(column[place]) for column in fit)
    half = error * float(stats.t.ppf((1 + _LEVEL) / 2, df))
    p = 2 * float(stats.t.sf(abs(slope) / error, df)) if error > 0 else None
    return Estimate(slope, slope - half, slope + half, int(n)), SlopeTest(p, None, int(df))


def _means(values: Floats, group: Codes) -> Floats:
    """Return the mean of its group for each row."""
    sums = np.zeros((group.max() + 1, values.shape[1]))
    np.add.at(sums, group, values)
    means: Floats = (sums / np.bincount(group)[:, None])[group]
    return means


def _constant(values: Floats, size: Floats | None = None) -> bool:
    """Whether values differ by no more than rounding; `size` is what they came from."""
    return bool(np.ptp(values) <= _SAME * np.abs(values if size is None else size).max())


def _varying(part: Floats, whole: Floats) -> Floats:
    """Leave out the columns that do not vary."""
    keep = [j for j in range(part.shape[1]) if not _constant(part[:, j], whole[:, j])]
    return part[:, keep]
