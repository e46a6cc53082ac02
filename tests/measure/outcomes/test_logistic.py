import numpy as np
import pandas as pd
import pytest

from tsd.measure.outcomes.association import associate
from tsd.measure.outcomes.logistic import fit_logistic, odds_ratio, too_few_events
from tsd.stats import Estimate


def test_a_table_of_four_fields_by_hand():
    """Every therapist has the same four fields: the odds are 3 and 1/2, their ratio 6."""
    x = np.tile([1, 1, 1, 1, 0, 0, 0], 6).astype(float)
    y = np.tile([1, 1, 1, 0, 1, 0, 0], 6).astype(float)
    design = np.column_stack([x, np.ones(42)])
    fit = fit_logistic(y, design, np.repeat(np.arange(6), 7))
    assert np.exp(fit.slopes) == pytest.approx([6, 0.5], rel=1e-4)
    assert fit.x.T @ fit.residuals == pytest.approx([0, 0], abs=1e-4)


def test_values_that_a_predictor_separates_have_no_slope():
    x = np.tile([0.0, 0, 0, 1, 1, 1], 6)
    design = np.column_stack([x, np.ones(36)])
    assert fit_logistic(x, design, np.repeat(np.arange(6), 6)) is None


def test_too_few_events():
    y = np.repeat([1.0, 0.0], [9, 91])
    assert too_few_events(y, 1) == ""
    reason = "the rarer value occurs 9 times; at least 10 are needed for 2 slopes"
    assert too_few_events(y, 2) == too_few_events(1 - y, 2) == reason


def test_an_odds_ratio():
    found = odds_ratio(Estimate(np.log(2), np.log(0.5), np.log(8), 12))
    assert [found.value, found.low, found.high, found.n] == pytest.approx([2, 0.5, 8, 12])
    assert odds_ratio(Estimate(reason="none")) == Estimate(reason="none")


@pytest.fixture
def table():
    rng = np.random.default_rng(6)
    x = rng.poisson(1.5, 80)
    likely = 1 / (1 + np.exp(-(x - 1.5)))
    return pd.DataFrame(
        {
            "session_id": [f"{n:02}" for n in range(80)],
            "therapist": np.repeat(list("ABCDEFGHIJ"), 8),
            "disclosures": x,
            "dropout": np.where(rng.random(80) < likely, 7, 3),
        }
    )


def test_an_outcome_with_two_values_has_odds_ratios(table):
    found = associate(table, "dropout", predictors=["disclosures"])
    (relation,) = found.relations
    assert found.scale == "odds ratio"
    assert 1 < relation.within.low < relation.within.value < relation.within.high
    other = associate(
        table.assign(dropout=-table["dropout"]), "dropout", predictors=["disclosures"]
    )
    assert other.relations[0].within.value == pytest.approx(1 / relation.within.value, rel=1e-4)
    assert relation.reliability.reason == "not computed for an outcome with two values"


def test_few_events_and_few_therapists_are_refused(table):
    rare = table.assign(dropout=np.arange(80) < 9)
    (relation,) = associate(rare, "dropout", predictors=["disclosures"]).relations
    reason = "the rarer value occurs 9 times; at least 10 are needed for 2 slopes"
    assert relation.within.reason == relation.between.reason == reason
    (relation,) = associate(table[:40], "dropout", predictors=["disclosures"]).relations
    assert relation.within.reason == relation.between.reason == "fewer than 6 therapists"


def test_separated_values_are_refused(table):
    split = table.assign(dropout=table["disclosures"] > 1)
    (relation,) = associate(split, "dropout", predictors=["disclosures"]).relations
    assert relation.within.reason == "the model did not converge"
