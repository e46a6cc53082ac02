import json
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.mixed_linear_model import MixedLM

from tsd.errors import MissingExtraError, SettingsError
from tsd.measure.outcomes.association import associate
from tsd.measure.outcomes.predictors import predictors_of
from tsd.measure.outcomes.wording import CAUTIONS, OF_BETWEEN, OF_CLASSIFIER
from tsd.settings import Associating
from tsd.stats import Estimate

pytestmark = pytest.mark.usefixtures("no_garbage_collection")

PREDICTORS = predictors_of(Associating())
LINE = np.array([0, 1, 2, 3])
WAVE = np.array([1, -1, -1, 1])  # has nothing to do with LINE
CURVE = np.array([-1, 3, -3, 1])  # has nothing to do with either
T_5, T_7 = 2.570582, 2.364624  # 97.5% points of t


def sessions(therapist, x, y, **more):
    """Make a table of sessions from columns."""
    table = {
        "session_id": [f"s{number:03}" for number in range(len(y))],
        "therapist": [f"T{each}" for each in therapist],
        "disclosures": x,
        "oq45": y,
    }
    return pd.DataFrame({**table, **more})


def by_hand(therapists=8, turn=0.2):
    """Make four sessions per therapist: -0.5 within; between them 0.3 on top of a wave of 2.

    The therapists' own slopes within are -0.5 + turn and -0.5 - turn.
    """
    level = np.arange(therapists) // 2
    own = np.where(np.arange(therapists) % 2, -2, 2)
    x = (level[:, None] + LINE).ravel()
    slope = -0.5 + turn * own[:, None] / 2
    y = (60 + 0.3 * level + own)[:, None] + slope * (LINE - 1.5) + WAVE
    return sessions(np.repeat(np.arange(therapists), 4), x, y.ravel())


def relate(table):
    """Relate the count alone, without the corrections for a classifier's errors."""
    found = associate(table, "oq45", predictors=["disclosures"], human_labels=True)
    (relation,) = found.relations
    return relation


def approximately(relation, kind, estimate, error, t, df):
    slope = getattr(relation, kind)
    assert slope.reason == ""
    assert getattr(relation, f"{kind}_test").df == pytest.approx(df)
    found = [slope.value, slope.low, slope.high]
    assert found == pytest.approx([estimate, estimate - t * error, estimate + t * error], rel=1e-3)


# by hand


def test_both_slopes_by_hand():
    relation = relate(by_hand())
    assert (relation.predictor, relation.units, relation.therapists) == ("disclosures", 32, 8)
    # Within: all therapists have as much variation, so it is a mean of their 8 slopes.
    approximately(relation, "within", -0.5, 0.2 / np.sqrt(7), T_7, 7)
    p = 2 * stats.t.sf(0.5 / (0.2 / np.sqrt(7)), 7)
    assert relation.within_test.p == pytest.approx(p, rel=1e-6)
    # Between: a line through the 8 means, whose residuals are 2, by CR2: as HC2, since a therapist
    # is one mean. At 1.5 from the mean level the leverage is 1/8 + 2.25/10, at 0.5 it is 0.15.
    levels = np.array([-1.5, -1.5, -0.5, -0.5, 0.5, 0.5, 1.5, 1.5])
    leverage = 1 / 8 + levels**2 / 10
    error = np.sqrt((levels**2 * 4 / (1 - leverage)).sum()) / 10
    moved = np.eye(8) - 1 / 8 - np.outer(levels, levels) / 10
    gram = (moved @ np.diag(levels / 10 / np.sqrt(1 - leverage))).T
    gram = gram @ gram.T
    df = np.trace(gram) ** 2 / (gram**2).sum()
    assert relation.between_test.df == pytest.approx(df)
    half = stats.t.ppf(0.975, df) * error
    numbers = [relation.between.value, relation.between.low, relation.between.high]
    assert numbers == pytest.approx([0.3, 0.3 - half, 0.3 + half], rel=1e-3)
    note = "the slope between rests on few therapists (under 4 degrees of freedom, df), so its "
    assert relation.notes == (f"{note}interval is wide",)


def test_it_is_the_model_of_statsmodels():
    rng = np.random.default_rng(4)
    therapist = np.repeat(np.arange(10), rng.integers(3, 9, 10))
    x = rng.poisson(2, len(therapist)) + (therapist % 3)
    y = 40 - x + rng.normal(0, 3, 10)[therapist] + rng.normal(0, 1, len(therapist))
    means = (np.bincount(therapist, x) / np.bincount(therapist))[therapist]
    design = np.column_stack([np.ones(len(y)), x - means, means])
    fit = MixedLM(y, design, groups=therapist).fit()
    relation = relate(sessions(therapist, x, y))
    slopes = [relation.within.value, relation.between.value]
    assert slopes == pytest.approx(fit.fe_params[1:], rel=1e-3)


def test_under_six_therapists_only_within_and_with_fixed_effects():
    relation = relate(by_hand(5, turn=0))
    # 20 sessions - 5 means - 1 slope
    approximately(relation, "within", -0.5, np.sqrt(20 / 14 / 25), 2.144787, 14)
    assert relation.between == Estimate(reason="fewer than 6 therapists")
    assert relation.notes == (
        "fixed effects, not random ones, for fewer than 6 therapists: the slope within is about "
        "these therapists only",
    )


def test_one_therapist():
    table = sessions([1] * 20, np.tile(LINE, 5), np.tile(3 - 0.5 * LINE + WAVE, 5))
    relation = relate(table)
    approximately(relation, "within", -0.5, np.sqrt(20 / 18 / 25), 2.100922, 18)
    assert relation.between.reason == "fewer than 6 therapists"


def test_without_noise_the_slope_within_is_exact():
    table = by_hand(5)
    table["oq45"] = 7 - 0.5 * table["disclosures"] + np.repeat([3, 1, 4, 1, 5], 4)
    assert relate(table).within.value == pytest.approx(-0.5, abs=1e-12)


@pytest.mark.parametrize("level", [0, 3])
def test_without_any_noise_a_mixed_model_is_refused_or_right(level):
    table = by_hand(8)
    table["oq45"] = 7 - 0.5 * table["disclosures"] + level * np.repeat(np.arange(8) % 2, 4)
    within = relate(table).within
    refused = within == Estimate(reason="the model did not converge")
    assert refused or within.value == pytest.approx(-0.5)


# cases


def cases(x_of_case, x_of_session, y):
    """Make six therapists with four cases of two sessions each."""
    x = np.tile(np.add.outer(x_of_case, x_of_session), (6, 1, 1)).ravel()
    y = np.tile(y, (6, 1, 1)).ravel() + np.repeat([0, 4, 1, 5, 2, 9], 8)
    therapist = np.repeat(np.arange(6), 8)
    return sessions(therapist, x, y, case=np.tile(np.repeat(list("abcd"), 2), 6))


def test_sessions_of_a_case_do_not_count_as_independent():
    """With x between cases only, twice the sessions per case change nothing."""
    y = (-0.5 * LINE + 3 * WAVE)[:, None] + np.array([0.5, -0.5])
    table = cases(LINE, [0, 0], y)
    table["oq45"] += 0.3 * np.repeat([1, -1, 2, -2, 0, 1], 8) * (table["disclosures"] - 1.5)
    relation = relate(table)
    own = -0.5 + 0.3 * np.array([1, -1, 2, -2, 0, 1])
    approximately(relation, "within", own.mean(), own.std(ddof=1) / np.sqrt(6), T_5, 5)
    twice = pd.concat([table, table.assign(session_id="x" + table["session_id"])])
    close(relate(twice).within, replace(relation.within, n=96))


def test_an_outcome_of_the_case_makes_the_case_the_unit():
    y = (-0.5 * LINE + WAVE)[:, None] + np.zeros(2)
    table = cases(LINE, [1, -1], y)
    association = associate(table, "oq45", predictors=["disclosures"])
    assert (association.unit, association.sessions) == ("case", 48)
    (relation,) = association.relations
    assert (relation.units, relation.therapists) == (24, 6)
    assert relation.within.value == pytest.approx(-0.5)
    assert relation.within_test.df == pytest.approx(5)
    assert association.notes[:1] == (
        "the outcome is the same in all sessions of a case: each case counts once, by its means",
    )
    table.loc[7, "oq45"] += 1  # now sessions have outcomes of their own
    assert associate(table, "oq45", predictors=["disclosures"]).unit == "session"


def test_a_case_is_measured_by_the_sessions_that_have_the_predictor():
    table = cases(LINE, [0, 0], (-0.5 * LINE + WAVE)[:, None] + np.zeros(2))
    whole = relate(table)
    table["disclosures"] = table["disclosures"].astype(float)
    table.loc[[0, 9], "disclosures"] = np.nan
    relation = relate(table)
    assert (relation.units, relation.dropped) == (24, 2)
    assert relation.within == whole.within


def test_sessions_without_a_case_are_cases_of_their_own():
    table = cases(LINE, [1, -1], (-0.5 * LINE + WAVE)[:, None] + np.zeros(2))
    table["case"] = table["case"].where(table.index > 1)
    association = associate(table, "oq45", predictors=["disclosures"])
    assert (association.unit, association.relations[0].units) == ("case", 25)
    assert association.notes[1] == "sessions without a case each count as a separate case (2)"


def test_cases_of_one_name_under_two_therapists_are_two():
    table = cases(LINE, [1, -1], (-0.5 * LINE + WAVE)[:, None] + np.zeros(2))
    named = table.assign(case=table["therapist"] + table["case"])
    assert relate(table) == relate(named)


def test_one_case_per_therapist_is_noted():
    table = by_hand()
    table["case"] = table["therapist"]
    relation = relate(table)
    assert relation.notes[0] == (
        "every therapist has one case: therapists and cases cannot be separated"
    )
    assert relation.within == relate(by_hand()).within


def test_an_outcome_in_one_row_of_each_case_is_hinted_at():
    table = by_hand().assign(case="c")
    table.loc[::4, "oq45"] = np.nan
    association = associate(table, "oq45", predictors=["disclosures"])
    assert association.notes[:1] == (
        "an outcome of a whole case must be in every row of the case: rows without it are left out",
    )


# the length of the session


def test_counts_are_compared_at_the_same_length():
    length = LINE + WAVE
    y = 2 * length + CURVE + 3 * np.array([[0], [2], [1], [4], [3], [5], [1], [0]])
    table = sessions(np.repeat(np.arange(8), 4), np.tile(LINE, 8), y.ravel())
    assert relate(table).within.value == pytest.approx(2)
    table["therapist_utterances"] = np.tile(length, 8)
    association = associate(table, "oq45", predictors=["disclosures"])
    (relation,) = association.relations
    assert relation.within.value == pytest.approx(0, abs=1e-9)
    assert association.notes[0] == (
        "amounts of disclosing are adjusted for how much the therapist says, since long sessions "
        "have more disclosures"
    )


def test_a_shift_is_not_compared_at_the_same_length():
    table = by_hand().rename(columns={"disclosures": "focus_shift_adjusted"})
    name = ["focus_shift_adjusted"]
    before = associate(table, "oq45", predictors=name)
    table["therapist_utterances"] = np.arange(32) % 7
    assert associate(table, "oq45", predictors=name).relations == before.relations


def test_a_length_that_does_not_vary_changes_nothing():
    table = by_hand()
    assert relate(table.assign(therapist_utterances=40)) == relate(table)


def test_counts_that_are_the_length_are_refused():
    table = by_hand()
    table["therapist_utterances"] = 40 + 10 * table["disclosures"]
    reason = "cannot be separated from the number of therapist utterances"
    relation = relate(table)
    assert relation.within == relation.between == Estimate(reason=reason)


# what is refused, and how


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rows": 16}, "fewer than 20 sessions"),
        ({"oq45": 3.0}, "the outcome is the same in every session"),
        ({"disclosures": 2}, "the predictor is the same in every session"),
        (
            {"therapist": None},
            "no session has a known therapist: add a column 'therapist' to the metadata",
        ),
    ],
)
def test_refused_altogether(change, reason):
    table = by_hand()[: change.pop("rows", None)].assign(**change)
    association = associate(table, "oq45", predictors=["disclosures"])
    (relation,) = association.relations
    assert relation.within == relation.between == Estimate(reason=reason)


def test_no_column_of_therapists():
    relation = relate(by_hand().drop(columns="therapist"))
    assert relation.within.reason.startswith("no session has a known therapist")


def test_no_column_of_the_predictor():
    (relation,) = associate(by_hand(), "oq45", predictors=["disclosures_training"]).relations
    assert relation.within == relation.between == Estimate(reason="the column is missing")


def test_no_value_of_the_predictor():
    table = by_hand().assign(focus_shift_adjusted=np.nan)
    (relation,) = associate(table, "oq45", predictors=["focus_shift_adjusted"]).relations
    assert relation.within == relation.between == Estimate(reason="fewer than 20 sessions")
    assert (relation.units, relation.therapists, relation.dropped) == (0, 0, 32)


def test_one_session_per_therapist():
    rng = np.random.default_rng(0)
    x = rng.poisson(2, 24)
    relation = relate(sessions(np.arange(24), x, rng.normal(size=24) - x))
    assert relation.within == Estimate(reason="every therapist has one session")
    assert relation.between.reason == ""
    assert 5 < relation.between_test.df < 22


def test_hardly_more_than_one_session_per_therapist():
    rng = np.random.default_rng(0)
    x = rng.poisson(2, 24)
    x[1] = x[0] + 1
    relation = relate(sessions([0, *range(23)], x, rng.normal(size=24)))
    assert relation.within == Estimate(reason="it rests on one therapist alone")
    assert relation.between.reason == ""


def test_therapists_who_do_not_vary():
    table = by_hand()
    table["disclosures"] = np.repeat(np.arange(8), 4)
    relation = relate(table)
    assert relation.within == Estimate(reason="every therapist's own values are the same")
    assert relation.between.reason == ""


def test_therapists_who_do_not_differ():
    table = by_hand()
    table["disclosures"] = np.tile(LINE, 8)
    relation = relate(table)
    assert relation.between == Estimate(reason="every therapist's mean is the same")
    approximately(relation, "within", -0.5, 0.2 / np.sqrt(7), T_7, 7)


def test_a_model_that_does_not_converge(monkeypatch):
    fit = MixedLM.fit
    monkeypatch.setattr(
        MixedLM, "fit", lambda self, **more: _without_convergence(fit(self, **more))
    )
    relation = relate(by_hand())
    assert relation.within == relation.between == Estimate(reason="the model did not converge")


def _without_convergence(fit):
    fit._results.converged = False
    return fit


def test_without_the_case_where_the_model_does_not_converge(monkeypatch):
    fit = MixedLM.fit

    def fail(self, **more):
        if self.k_vc:
            raise np.linalg.LinAlgError
        return fit(self, **more)

    monkeypatch.setattr(MixedLM, "fit", fail)
    table = cases(LINE, [0, 1], (-0.5 * LINE + WAVE)[:, None] + np.array([0.5, -0.5]))
    relation = relate(table)
    note = "no random intercept of the case: the model with one did not converge"
    assert note in relation.notes
    assert relation.within == relate(table.drop(columns="case")).within


def test_no_such_outcome():
    table = by_hand().assign(wai=1, case="c", therapist_utterances=3)
    with pytest.raises(SettingsError) as caught:
        associate(table, "phq9")
    assert str(caught.value) == (
        "outcome must be a column of the metadata ('oq45', 'wai'); got 'phq9'."
    )
    with pytest.raises(SettingsError) as caught:
        associate(table.drop(columns=["oq45", "wai"]), "phq9")
    assert str(caught.value) == (
        "outcome must be a column of the metadata (none here; add them with --metadata); "
        "got 'phq9'."
    )


def test_a_predictor_is_no_outcome():
    with pytest.raises(SettingsError, match="a column that is not itself a predictor; got"):
        associate(by_hand(), "oq45", predictors=["disclosures", "oq45"])


def test_our_own_numbers_are_no_outcome():
    with pytest.raises(SettingsError, match="must be a column of the metadata \\('oq45'\\)"):
        associate(by_hand(), "disclosures")


@pytest.mark.parametrize("cell", ["better", "12,5", "inf"])
def test_an_outcome_that_is_not_numbers(cell):
    table = by_hand()
    table["oq45"] = [cell, "", None, *(["4"] * 29)]
    with pytest.raises(SettingsError) as caught:
        associate(table, "oq45")
    assert str(caught.value) == (
        "outcome must be a column of numbers with a decimal point, or of yes and no, or of true "
        "and false (cells that are not: 1); got 'oq45'."
    )


def test_without_statsmodels(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.regression", None)
    with pytest.raises(MissingExtraError) as caught:
        associate(by_hand(), "oq45")
    assert (caught.value.package, caught.value.extra) == ("statsmodels", "outcomes")
    assert str(caught.value).startswith("tsd associate needs statsmodels, which is not installed.")


def test_what_is_missing_is_left_out_and_counted():
    table = by_hand()
    table.loc[[0, 1], "oq45"] = np.nan
    table.loc[[1, 2, 3], "therapist"] = [None, " ", np.nan]
    association = associate(table, "oq45", predictors=["disclosures"])
    assert (association.sessions, association.without_outcome) == (32, 2)
    assert association.without_therapist == 2
    assert association.relations[0].units == 28
    assert (
        association.relations == associate(table[4:], "oq45", predictors=["disclosures"]).relations
    )


def test_no_session_has_the_outcome():
    association = associate(by_hand().assign(oq45=np.nan), "oq45", predictors=["disclosures"])
    assert association.without_outcome == 32
    assert association.relations[0].within.reason == "fewer than 20 sessions"


def test_counts_with_missing_values_of_pandas():
    table = by_hand()
    table["disclosures"] = table["disclosures"].astype("Int64")
    table.loc[0, "disclosures"] = pd.NA
    assert relate(table).dropped == 1


# everything at once


def test_all_predictors_and_the_cautions():
    rng = np.random.default_rng(2)
    table = by_hand().assign(focus_shift_adjusted=rng.normal(size=32))
    table["disclosures_training"] = rng.poisson(1, 32)
    association = associate(table, "oq45")
    assert tuple(r.predictor for r in association.relations) == PREDICTORS
    assert association.cautions == (
        CAUTIONS[0],
        OF_CLASSIFIER,
        CAUTIONS[1],
        OF_BETWEEN,
        "The model does not include the session number, so it does not adjust for change over "
        "the course of treatment (--covariate session_number).",
    )
    human = associate(table, "oq45", human_labels=True)
    assert OF_CLASSIFIER not in human.cautions
    assert human.if_errors == ()
    printed = json.loads(json.dumps(association.as_dict(), allow_nan=False))
    assert printed["relations"][0]["within"]["value"] == pytest.approx(-0.5)
    assert printed["relations"][2]["within"]["value"] is None
    assert printed["unit"] == "session"


@pytest.mark.parametrize(
    ("values", "event", "note"),
    [
        ([False, True], "true", ["in oq45, true counts as 1 and false as 0"]),
        (["no", "Yes"], "yes", ["in oq45, yes counts as 1 and no as 0"]),
        ([2, 4], "4", []),
    ],
)
def test_it_is_said_which_of_two_values_counts(values, event, note):
    table = by_hand()
    higher = (table["oq45"] > table["oq45"].median()).astype(int)
    expected = relate(table.assign(oq45=higher))
    table["oq45"] = [values[place] for place in higher]
    found = associate(table, "oq45", predictors=["disclosures"])
    assert (found.scale, found.event) == ("odds ratio", event)
    assert found.relations[0].within.reason == ""
    assert found.relations[0].within == expected.within
    assert [each for each in found.notes if "counts as" in each] == note
    assert found.cautions[-1] == (
        f"The outcome has two values: slopes are odds ratios of oq45 = {event}; 1 means no "
        "association."
    )


def test_slopes_of_a_focus_shift_are_for_a_tenth():
    rng = np.random.default_rng(4)
    table = by_hand().assign(focus_shift_adjusted=rng.normal(0, 0.1, 32))
    names = ["focus_shift_adjusted", "tenths"]
    table["tenths"] = 10 * table["focus_shift_adjusted"]
    for outcome in (table["oq45"], table["oq45"] > table["oq45"].median()):
        shift, tenths = associate(table.assign(oq45=outcome), "oq45", predictors=names).relations
        assert (shift.per, tenths.per) == (0.1, 1)
        assert shift.within.reason == ""
        close(shift.within, tenths.within)
        close(shift.between, tenths.between)


# a lag


def lagged():
    """Make 8 therapists with two clients of four sessions each."""
    rng = np.random.default_rng(6)
    return sessions(
        np.repeat(np.arange(8), 8),
        rng.poisson(2, 64),
        rng.normal(60, 5, 64).round(2),
        case=np.repeat([f"c{number}" for number in range(16)], 4),
        session_number=np.tile([1, 2, 3, 4], 16),
    )


def test_with_a_lag_the_outcome_of_the_same_session_can_be_a_covariate():
    table = lagged()
    by_lag = Associating(lag=1, covariate=("oq45",))
    found = associate(table, "oq45", predictors=["disclosures"], associating=by_lag)
    later = table.assign(now=table["oq45"], oq45=table.groupby("case")["oq45"].shift(-1))
    by_column = Associating(covariate=("now",))
    expected = associate(later, "oq45", predictors=["disclosures"], associating=by_column)
    assert found.relations == expected.relations
    assert found.relations[0].within.reason == ""
    assert found.covariates == ("oq45 in the same session",)
    assert "all slopes are adjusted for oq45 in the same session" in found.notes
    assert (
        "Slopes are adjusted for oq45 in the same session. That removes how the client was already "
        "doing only as far as this outcome measures it without error."
    ) in found.cautions


def test_a_lag_without_it_is_a_caution():
    how = Associating(lag=1, covariate=("session_number",))
    found = associate(lagged(), "oq45", predictors=["disclosures"], associating=how)
    assert found.cautions[-1] == (
        "How a client is doing carries over from one session to the next. If therapists disclose "
        "more (or less) when a client is doing badly, that alone gives a slope. Adjust for it with "
        "--covariate oq45: it then is oq45 in the same session as the disclosures."
    )


# cases with several therapists


def moved(table, cases):
    """Give the last two sessions of these cases to another therapist."""
    late = table["case"].isin(cases) & (table["session_number"] > 2)
    return table.assign(therapist=table["therapist"].mask(late, "T7"))


def test_a_case_with_one_outcome_and_several_therapists_is_left_out():
    table = lagged()
    table["oq45"] = table.groupby("case")["oq45"].transform("first")
    more = table.assign(session_id="x" + table["session_id"], case="x" + table["case"])
    more["oq45"] += np.repeat(np.arange(16), 4)
    table = pd.concat([table, more], ignore_index=True)
    found = associate(moved(table, ["c0", "c4"]), "oq45", predictors=["disclosures"])
    rest = table[~table["case"].isin(["c0", "c4"])]
    assert found.relations == associate(rest, "oq45", predictors=["disclosures"]).relations
    assert (found.unit, found.relations[0].units) == ("case", 30)
    assert (found.sessions, found.without_outcome, found.changed_therapist) == (128, 0, 8)
    assert found.notes[1] == (
        "2 cases have sessions with several therapists: left out (8 sessions), because one outcome "
        "cannot be assigned to one of several therapists"
    )


def test_sessions_of_a_case_with_several_therapists_are_two_cases():
    table = moved(lagged(), ["c0"])
    found = associate(table, "oq45", predictors=["disclosures"])
    assert (found.relations[0].units, found.changed_therapist) == (64, 0)
    assert found.notes[0] == (
        "1 case has sessions with several therapists: those with each therapist count as a "
        "separate case"
    )


def test_pairs_across_therapists_are_counted():
    table = moved(lagged(), ["c0", "c4"])
    found = associate(table, "oq45", predictors=["disclosures"], associating=Associating(lag=1))
    assert found.relations[0].units == 46
    assert (found.without_outcome, found.changed_therapist) == (16, 2)
    assert found.notes[1:3] == (
        "2 cases have sessions with several therapists: those with each therapist count as a "
        "separate case",
        "2 pairs of sessions are left out because the later session is with another therapist",
    )


def test_names_of_cases_that_are_used_by_several_therapists():
    table = lagged()
    table["case"] = np.tile(np.repeat(["c0", "c1"], 4), 8)
    found = associate(table, "oq45", predictors=["disclosures"], associating=Associating(lag=1))
    assert (found.without_outcome, found.changed_therapist) == (16, 0)
    assert found.notes[1] == (
        "2 cases have sessions with several therapists, but some with the same session numbers or "
        "with different outcomes: the names are taken as those of different clients"
    )


def test_holm_by_hand():
    rng = np.random.default_rng(7)
    shift = by_hand()["oq45"] + rng.normal(0, [1, 3, 9, 9], (8, 4)).ravel()
    more = {name: np.roll(shift, step) for step, name in enumerate(PREDICTORS[1:])}
    relations = associate(by_hand().assign(**more), "oq45").relations
    tests = sorted(
        (test for r in relations for test in (r.within_test, r.between_test)), key=lambda t: t.p
    )
    highest = 0
    for left, test in zip(range(10, 0, -1), tests, strict=True):
        highest = max(highest, min(left * test.p, 1))
        assert test.p_holm == pytest.approx(highest, rel=1e-12)


def test_holm_counts_only_the_tests_that_exist():
    table = by_hand().assign(focus_shift_adjusted=np.tile([3, 1, 4, 1, 5, 9, 2, 6], 4))
    first, *missing, last = associate(table, "oq45").relations
    tests = [first.within_test, first.between_test, last.within_test, last.between_test]
    assert min(t.p_holm for t in tests) == 4 * min(t.p for t in tests)
    assert {test.p_holm for r in missing for test in (r.within_test, r.between_test)} == {None}


# invariants


@st.composite
def tables(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    therapist = rng.integers(0, draw(st.integers(4, 9)), 40)
    x = rng.poisson(1.5, 40)
    y = rng.normal(size=40).round(3) + therapist * draw(st.sampled_from([0, 1]))
    more = {"therapist_utterances": rng.integers(20, 60, 40)}
    if draw(st.booleans()):
        more["case"] = rng.integers(0, 3, 40).astype(str)
    return sessions(therapist, x, y, **more)


def close(one, other, **more):
    """Compare two slopes up to rounding and the search for variances."""
    assert (one.reason, one.n) == (other.reason, other.n)
    if one.value is not None:
        numbers = [[s.value, s.low, s.high] for s in (one, other)]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-3, abs=1e-3, **more)


@settings(max_examples=8)
@given(
    tables(),
    st.randoms(use_true_random=False),
    st.floats(-100, 100),
    st.sampled_from([-2.0, 0.5, 4.0]),
)
def test_neither_order_nor_names_nor_units_matter(table, random, constant, factor):
    before = relate(table)
    order = list(table.index)
    random.shuffle(order)
    assert relate(table.loc[order]) == before
    names = [f"Dr {each[::-1]}" for each in table["therapist"]]
    for same in (table.assign(therapist=names), table.assign(oq45=table["oq45"] + constant)):
        after = relate(same)
        close(before.within, after.within)
        close(before.between, after.between)
    after = relate(table.assign(disclosures=table["disclosures"] * factor))
    for one, other in ((before.within, after.within), (before.between, after.between)):
        if other.value is not None:
            ends = sorted([other.low * factor, other.high * factor])
            other = replace(other, value=other.value * factor, low=ends[0], high=ends[1])
        close(one, other)
