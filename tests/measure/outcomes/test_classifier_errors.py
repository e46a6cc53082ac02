from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tsd.measure.outcomes.association import FALSE_ALARMS, SENSITIVITIES, associate
from tsd.measure.outcomes.classifier_errors import Flagged, corrected_slope
from tsd.measure.outcomes.noise import Slope
from tsd.measure.rates.rates import ErrorRates
from tsd.settings import Associating

SURE = 10**9  # coded utterances


def slope(variation=8.0):
    """Four therapists with one unit each; all units count with weight 1."""
    alone = [slice(n, n + 1) for n in range(4)]
    return Slope(-0.5, np.zeros(4), 3.0, 4, np.full(4, variation), np.ones(4), 1000, alone)


FLAGGED = Flagged(np.full(4, 5.0), np.full(4, 100.0), np.ones(4))


def test_the_variance_of_errors_by_hand():
    # 5 flagged of 100: (5 - 1) / 0.8 = 5 disclose
    variance = 5 * 0.81 * 0.19 + 95 * 0.01 * 0.99
    errors = ErrorRates(0.81, 0.01, SURE, SURE)
    assert FLAGGED.variances(errors) == pytest.approx([variance] * 4)
    of_two = replace(FLAGGED, sessions=np.full(4, 2.0))
    assert of_two.variances(errors) == pytest.approx([variance / 2] * 4)


def test_a_slope_by_hand():
    errors = ErrorRates(0.81, 0.01, SURE, SURE)
    share = (5 * 0.81 * 0.19 + 95 * 0.01 * 0.99) / 8 * 998 / 1000
    found = corrected_slope(slope(), FLAGGED, errors)
    assert found.value == pytest.approx(-0.5 * 0.8 / (1 - share))


def test_without_errors_nothing_changes():
    found = corrected_slope(slope(), FLAGGED, ErrorRates(1, 0, SURE, SURE))
    assert (found.value, found.low, found.high) == pytest.approx((-0.5, -0.5, -0.5), abs=1e-4)


def test_few_coded_utterances_make_the_interval_wider():
    widths = [
        found.high - found.low
        for n in (SURE, 1000, 100)
        for found in [corrected_slope(slope(), FLAGGED, ErrorRates(0.81, 0.01, n, 10 * n))]
    ]
    assert widths[0] < 0.01 < widths[1] < widths[2]


def test_too_much_noise_is_refused():
    found = corrected_slope(slope(2.0), FLAGGED, ErrorRates(0.81, 0.01, SURE, SURE))
    assert found.reason == "too much of the predictor's variation would be noise"


# with the table of sessions


@pytest.fixture(scope="module")
def table():
    rng = np.random.default_rng(0)
    therapist = np.repeat(np.arange(12), 8)
    said = rng.poisson(60, 96)
    real = rng.poisson(2 * np.exp(0.5 * rng.normal(size=12))[therapist])
    return pd.DataFrame(
        {
            "session_id": [f"{n:02}" for n in range(96)],
            "therapist": [f"T{n:02}" for n in therapist],
            "therapist_utterances": said,
            "disclosures": rng.binomial(real, 0.8) + rng.binomial(said - real, 0.01),
            "oq45": -real + rng.normal(size=12)[therapist] + 1.5 * rng.normal(size=96),
        }
    )


def related(table, **more):
    return associate(table, "oq45", predictors=["disclosures"], **more)


def test_all_three_slopes_are_corrected(table):
    found = related(table, errors=ErrorRates(0.8, 0.01, 150, 3000))
    (relation,) = found.relations
    c = found.corrected
    assert (c.predictor, c.sensitivity, c.false_alarms) == ("disclosures", 0.8, 0.01)
    assert c.within.value < relation.within.value < -0.5  # noise has pulled it to 0
    assert relation.between.value < c.between.value  # misses have made it larger
    assert c.between_latent.value == pytest.approx(0.79 * relation.between_latent.value)
    assert (c.within.n, c.between.n) == (96, 12)
    assert found.if_errors == ()


def test_unknown_errors_give_a_grid(table):
    found = related(table)
    assert found.corrected is None
    rates = [(c.sensitivity, c.false_alarms) for c in found.if_errors]
    assert rates == [(s, f) for s in SENSITIVITIES for f in FALSE_ALARMS]
    sure = ErrorRates(0.8, 0.01, 10**9, 10**9)
    assert related(table, errors=sure).corrected == found.if_errors[rates.index((0.8, 0.01))]


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        (
            ErrorRates(0.8, 0.01, 9, 100),
            "too few coded disclosing utterances for error rates: 9; at least 10 are needed",
        ),
        (
            ErrorRates(0.3, 0.15, 50, 500),
            "the classifier is too inaccurate: sensitivity minus false alarms is 0.15; at least "
            "0.2 is needed",
        ),
        (ErrorRates(0.8, 0.1, 50, 500), "the flagged rate is below the false alarm rate"),
    ],
)
def test_what_is_not_corrected(table, errors, reason):
    c = related(table, errors=errors).corrected
    assert (c.within.reason, c.between.reason, c.between_latent.reason) == (reason,) * 3


def test_odds_ratios_are_not_corrected(table):
    two = table.assign(oq45=(table["oq45"] > table["oq45"].median()).astype(int))
    c = related(two, errors=ErrorRates(0.8, 0.01, 150, 3000)).corrected
    assert c.within.reason == "not computed for an outcome with two values"


def test_slopes_of_a_few_therapists_are_not_corrected(table):
    few = table[table["therapist"] < "T05"]
    found = related(few, errors=ErrorRates(0.8, 0.01, 150, 3000))
    assert found.relations[0].within.reason == ""
    assert found.corrected.within.reason == "fewer than 6 therapists"
    assert related(few).if_errors == ()


def test_only_the_number_of_disclosures_is_corrected(table):
    words = table.assign(disclosure_words=10 * table["disclosures"])
    found = associate(
        words,
        "oq45",
        associating=Associating(dose=("words",)),
        errors=ErrorRates(0.8, 0.01, 150, 3000),
    )
    assert (found.corrected, found.if_errors) == (None, ())


def test_without_the_number_of_utterances_nothing_is_corrected(table):
    found = related(table.drop(columns="therapist_utterances"))
    assert (found.corrected, found.if_errors) == (None, ())
