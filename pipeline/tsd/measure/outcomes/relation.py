"""How one predictor and the outcome go together: the slopes within and between therapists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tsd.measure.outcomes.design import Part, constant, parts_of
from tsd.measure.outcomes.few_sessions import latent_slope, share_of_chance
from tsd.measure.outcomes.logistic import fit_logistic, odds_ratio, too_few_events
from tsd.measure.outcomes.mixed import fit_mixed, model_errors
from tsd.measure.outcomes.noise import Slope, slope_of
from tsd.measure.outcomes.robust import FEW_DF, Fit, SlopeTest, cluster_robust, estimate_and_test
from tsd.measure.outcomes.units import Units
from tsd.stats import FEWEST_CLUSTERS, Estimate, Floats

MIN_UNITS = 20
"""With fewer sessions (or cases) there is no slope."""

NOT_CONVERGED = "the model did not converge"
NOT_LINEAR = "not computed for an outcome with two values"

_FEW = f"fewer than {FEWEST_CLUSTERS} therapists"


@dataclass(frozen=True, slots=True)
class Relation:
    """How one predictor and the outcome go together.

    Parameters
    ----------
    predictor : str
        A column of the table of sessions, or ``any_disclosure``.
    units, therapists : int
        Sessions (or cases) and therapists without a missing value.
    dropped : int
        Sessions left out because the predictor, or what it is adjusted for, is missing in them.
    within : Estimate
        Change in the outcome for `per` more than the therapist's own mean; `n` counts the units.
        If the outcome has two values, the odds are multiplied by it (odds ratio); the same holds
        for `between`.
    between : Estimate
        Change in the outcome for a therapist's mean that is higher by `per`; `n` counts the
        therapists.
    within_test, between_test : SlopeTest
        Their tests.
    reliability : Estimate
        Reliability of the therapists' means: the share of their differences that is not chance.
    between_latent : Estimate
        The slope between on what therapists usually do, of which the mean of a few sessions is
        an unreliable measure.
    per : float
        The difference in the predictor that the slopes are for.
    notes : tuple of str
        How the model differs from the one described in `associate`, and what to be careful of.
    """

    predictor: str
    units: int
    therapists: int
    dropped: int
    within: Estimate
    between: Estimate
    within_test: SlopeTest = SlopeTest()
    between_test: SlopeTest = SlopeTest()
    reliability: Estimate = Estimate()
    between_latent: Estimate = Estimate()
    per: float = 1.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """The slopes with what their corrections need; None where there is nothing to correct.

    `reason` says why a slope that is there cannot be corrected.
    """

    within: Slope | None = None
    between: Slope | None = None
    reason: str = ""


_Tested = tuple[Estimate, SlopeTest]


def relate(
    units: Units, name: str, dropped: int, two_values: bool, per: float = 1.0
) -> tuple[Relation, Behind]:
    """Relate one predictor to the outcome, with reasons in place of slopes that do not exist.

    Parameters
    ----------
    units : Units
        Of this predictor.
    name : str
        The predictor.
    dropped : int
        Sessions left out.
    two_values : bool
        Whether the outcome has two values.
    per : float
        The difference in the predictor that the slopes are for.
    """
    scaled = np.column_stack([units.x[:, 0] / per, units.x[:, 1:]])
    units = replace(units, x=scaled)
    within, between, behind, notes = _slopes(units, two_values)
    relation = Relation(
        name,
        len(units.y),
        units.therapists,
        dropped,
        *(within[0], between[0], within[1], between[1]),
        per=per,
        notes=tuple(notes),
    )
    return _with_latent(relation, behind), behind


def missing(name: str, reason: str) -> Relation:
    """Return a relation without slopes."""
    none = Estimate(reason=reason)
    return Relation(name, 0, 0, 0, none, none, reliability=none, between_latent=none)


def _slopes(units: Units, two_values: bool) -> tuple[_Tested, _Tested, Behind, list[str]]:
    """Estimate both slopes of the first column of x, at the same values of the others."""
    if reason := _no_slope(units):
        none = Estimate(reason=reason), SlopeTest()
        return none, none, Behind(), []
    within, between = parts_of(units.x, units.therapist, units.kind, units.adjusted)
    notes = []
    if units.kind == "session" and units.therapists == units.cases < len(units.y):
        notes.append("every therapist has one case: therapists and cases cannot be separated")
    if units.therapists < FEWEST_CLUSTERS:
        between_none = Estimate(reason=_FEW), SlopeTest()
        if two_values:
            return between_none, between_none, Behind(), notes
        slope, more = _of_these_therapists(units, within)
        return slope, between_none, Behind(reason=_FEW), [*more, *notes]
    design = np.hstack([within.columns, between.columns, np.ones((len(units.y), 1))])
    if two_values:
        slopes = within.columns.shape[1] + between.columns.shape[1]
        fit, no_fit = _logistic(units, design, slopes)
    else:
        fit, no_fit = _mixed(units, design, notes), NOT_CONVERGED
    if fit is None:
        tests = [(Estimate(reason=p.reason or no_fit), SlopeTest()) for p in (within, between)]
        return tests[0], tests[1], Behind(), notes
    return *_tests(fit, units, (within, between), two_values, notes), notes


def _no_slope(units: Units) -> str:
    """Return why there is nothing to relate; empty if there is."""
    if len(units.y) < MIN_UNITS:
        return f"fewer than {MIN_UNITS} {units.kind}s"
    if constant(units.y):
        return f"the outcome is the same in every {units.kind}"
    if constant(units.x[:, 0]):
        return f"the predictor is the same in every {units.kind}"
    return ""


def _mixed(units: Units, design: Floats, notes: list[str]) -> Fit | None:
    """Fit the linear model, without the case where the model with it does not converge."""
    random = [] if units.therapists == len(units.y) else [units.therapist]
    levels = [*random, units.case] if units.repeats else random
    fit = fit_mixed(units.y, design, units.therapist, levels)
    if fit is None and units.repeats:
        notes.append("no random intercept of the case: the model with one did not converge")
        fit = fit_mixed(units.y, design, units.therapist, random)
    return fit


def _logistic(units: Units, design: Floats, slopes: int) -> tuple[Fit | None, str]:
    """Fit the logistic model; the higher of the two values is the event."""
    event = (units.y > units.y.min()).astype(float)
    if reason := too_few_events(event, slopes):
        return None, reason
    return fit_logistic(event, design, units.therapist), NOT_CONVERGED


def _of_these_therapists(units: Units, part: Part) -> tuple[_Tested, list[str]]:
    """Estimate the slope within for a few therapists: they are fixed effects."""
    slopes = part.columns.shape[1]
    df = (units.cases if units.repeats else len(units.y)) - units.therapists - slopes
    reason = part.reason
    if not reason and df < 1:
        what = "case" if units.repeats else units.kind
        reason = f"too few {what}s beyond one per therapist"
    if reason:
        return (Estimate(reason=reason), SlopeTest()), []
    notes = [
        f"fixed effects, not random ones, for {_FEW}: the slope within is about these therapists "
        "only"
    ]
    design = np.hstack([part.columns, np.eye(units.therapists)[units.therapist]])
    fit = fit_mixed(units.y, design, units.therapist, [units.case] if units.repeats else [])
    if fit is None and units.repeats:
        notes.append("no random intercept of the case: the model with one did not converge")
        fit = fit_mixed(units.y, design, units.therapist, [])
    if fit is None:
        return (Estimate(reason=NOT_CONVERGED), SlopeTest()), notes
    return estimate_and_test(fit.slopes[0], model_errors(fit)[0], df, len(units.y)), notes


def _tests(
    fit: Fit, units: Units, parts: Sequence[Part], two_values: bool, notes: list[str]
) -> tuple[_Tested, _Tested, Behind]:
    """Test both slopes of a fit, with cluster-robust errors."""
    robust = cluster_robust(fit)
    within, between = parts
    inside, outside = within.columns.shape[1], between.columns.shape[1]
    spreads = (len(units.y) - units.therapists - inside + 1, units.therapists - outside)
    found: list[_Tested] = []
    behind: list[Slope | None] = []
    for kind, part, place, n, spread in (
        ("within", within, 0, len(units.y), spreads[0]),
        ("between", between, inside, units.therapists, spreads[1]),
    ):
        reason = part.reason
        if not reason and not np.isfinite(robust.df[place]):
            reason = "it rests on one therapist alone"
        if reason:
            found.append((Estimate(reason=reason), SlopeTest()))
            behind.append(None)
            continue
        df = float(robust.df[place])
        error = float(np.sqrt((robust.scores[:, place] ** 2).sum()))
        slope, test = estimate_and_test(float(fit.slopes[place]), error, df, n)
        found.append((odds_ratio(slope) if two_values else slope, test))
        means = kind == "between"
        behind.append(
            None if two_values else slope_of(fit, robust, place, means=means, spread=spread)
        )
        if df < FEW_DF:
            notes.append(
                f"the slope {kind} rests on few therapists (under {FEW_DF:g} degrees of freedom, "
                "df), so its interval is wide"
            )
    return found[0], found[1], Behind(behind[0], behind[1], NOT_LINEAR if two_values else "")


def _with_latent(relation: Relation, behind: Behind) -> Relation:
    """Add the slope between on what therapists usually do."""
    reason = relation.between.reason or relation.within.reason or behind.reason
    if behind.within is None or behind.between is None:
        none = Estimate(reason=reason)
        return replace(relation, reliability=none, between_latent=none)
    share = share_of_chance(behind.within, behind.between)
    reliability = Estimate(max(1 - share.value, 0.0), n=relation.therapists)
    if share.refused:
        latent = Estimate(reason=share.refused)
    else:
        latent = latent_slope(behind.within, behind.between, share).estimate()
    return replace(relation, reliability=reliability, between_latent=latent)
