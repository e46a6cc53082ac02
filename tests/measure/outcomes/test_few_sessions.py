import numpy as np
import pandas as pd
import pytest

from tsd.measure.outcomes.association import associate


@pytest.fixture
def table():
    rng = np.random.default_rng(8)
    x = rng.normal(size=10).repeat(4) + rng.normal(size=40)
    return pd.DataFrame(
        {
            "session_id": [f"{n:02}" for n in range(40)],
            "therapist": np.arange(10).repeat(4).astype(str),
            "disclosures": x,
            "oq45": x + rng.normal(size=10).repeat(4) + rng.normal(size=40),
        }
    )


def test_the_reliability_is_that_of_an_analysis_of_variance(table):
    (relation,) = associate(table, "oq45", predictors=["disclosures"]).relations
    x = table["disclosures"].to_numpy().reshape(10, 4)
    between = 4 * x.mean(axis=1).var(ddof=1)
    within = x.var(axis=1, ddof=1).mean()
    chance = within / between * (9 - 2) / 9
    assert relation.reliability.value == pytest.approx(1 - chance)
    expected = (relation.between.value - chance * relation.within.value) / (1 - chance)
    assert relation.between_latent.value == pytest.approx(expected)
    assert relation.between_latent.low < expected < relation.between_latent.high


def test_the_interval_is_wider_than_that_of_the_means(table):
    (relation,) = associate(table, "oq45", predictors=["disclosures"]).relations
    width = relation.between.high - relation.between.low
    assert relation.between_latent.high - relation.between_latent.low > width


def test_means_that_are_all_chance_are_not_corrected(table):
    x = np.random.default_rng(3).normal(size=40)
    (relation,) = associate(
        table.assign(disclosures=x), "oq45", predictors=["disclosures"]
    ).relations
    assert relation.reliability.value < 0.3
    assert relation.between.reason == ""
    reason = "too much of the predictor's variation would be noise"
    assert (relation.between_latent.value, relation.between_latent.reason) == (None, reason)


def test_nothing_to_correct_without_both_slopes(table):
    table["disclosures"] = np.arange(10).repeat(4)
    (relation,) = associate(table, "oq45", predictors=["disclosures"]).relations
    assert relation.reliability.reason == "every therapist's own values are the same"
    assert relation.between_latent.reason == "every therapist's own values are the same"
