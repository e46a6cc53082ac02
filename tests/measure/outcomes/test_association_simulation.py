"""Do the intervals hold what they promise: sessions made from slopes that are known."""

import numpy as np
import pandas as pd
import pytest

from tsd.measure.outcomes.association import associate
from tsd.measure.rates.rates import ErrorRates
from tsd.settings import Associating

pytestmark = pytest.mark.usefixtures("no_garbage_collection")

WITHIN, BETWEEN = -0.5, 0.3
TIMES = 60
"""So many made studies per test: one figure of coverage has a standard error of 0.028."""


def differing(*, slopes, therapists=20, times=40):
    """Yield made studies without a slope on average: 4 to 8 sessions, therapists' slopes differ."""
    rng = np.random.default_rng(5)
    for _ in range(times):
        number = rng.integers(4, 9, therapists)
        therapist = np.repeat(np.arange(therapists), number)
        x = rng.poisson((1.5 * np.exp(0.5 * rng.normal(size=therapists)))[therapist])
        y = (slopes * rng.normal(size=therapists))[therapist] * x
        y = y + rng.normal(size=therapists)[therapist] + 1.5 * rng.normal(size=len(x))
        yield table_of(therapist, x, y)


def flagged(*, within, between, sensitivity=1.0, false_alarms=0.0, therapists=20, times=60):
    """Yield made studies: 6 sessions of each therapist, and a classifier that errs.

    `between` is the slope on what therapists usually do: their rate in 60 utterances.
    """
    rng = np.random.default_rng(3)
    therapist = np.repeat(np.arange(therapists), 6)
    for _ in range(times):
        said = np.maximum(rng.poisson(60, len(therapist)), 10)
        rate = 0.035 * np.exp(0.6 * rng.normal(size=therapists) - 0.18)[therapist]
        real = rng.binomial(said, np.minimum(rate, 0.5))
        y = within * (real - 60 * rate) + between * 60 * rate
        y = y + rng.normal(size=therapists)[therapist] + 1.5 * rng.normal(size=len(said))
        found = rng.binomial(real, sensitivity) + rng.binomial(said - real, false_alarms)
        yield table_of(therapist, found, y, therapist_utterances=said)


def carried_over(*, levels=0.0, error=0.0, times=20):
    """Yield made studies without an effect: 16 therapists, two clients each, six sessions.

    How a client is doing carries over to the next session (.6), and therapists disclose more when
    it is worse. `levels` is the SD of what clients differ in for good, `error` that of measuring.
    """
    rng = np.random.default_rng(3)
    case = np.repeat(np.arange(32), 6)
    for _ in range(times):
        level = levels * rng.normal(size=32)
        states = [rng.normal(size=32)]
        for _ in range(5):
            states.append(0.6 * states[-1] + 0.8 * rng.normal(size=32))
        doing = (level + states).T.ravel()
        x = rng.poisson(np.exp(0.2 - 0.5 * doing))
        more = {"case": case.astype(str), "session_number": np.tile(np.arange(6), 32)}
        yield table_of(case // 2, x, 10 + doing + error * rng.normal(size=192), **more)


def table_of(therapist, x, y, **more):
    return pd.DataFrame(
        {
            "session_id": [f"{number:04}" for number in range(len(y))],
            "therapist": [f"T{number:02}" for number in therapist],
            "disclosures": x,
            "oq45": y,
            **more,
        }
    )


def studies(*, within, between, cases=0, of_length=0.0, times=TIMES):
    """Yield made studies: 12 therapists with 8 sessions, in cases of 4 where there are cases."""
    rng = np.random.default_rng(12)
    therapist = np.repeat(np.arange(12), 8)
    case = np.repeat(np.arange(24), 4)
    for _ in range(times):
        length = rng.poisson(60, 96) + rng.normal(0, 10, 12)[therapist]
        rate = np.exp(0.4 * rng.normal(size=12))[therapist] * np.maximum(length, 5) / 30
        x = rng.poisson(rate).astype(float)
        means = (np.bincount(therapist, x) / 8)[therapist]
        y = within * (x - means) + between * means + of_length * length
        y += rng.normal(0, 1, 12)[therapist] + rng.normal(0, 1.5, 96)
        more = {}
        if cases:
            y += cases * rng.normal(size=24)[case]
            more["case"] = case.astype(str)
        if of_length:
            more["therapist_utterances"] = length
        yield pd.DataFrame(
            {
                "session_id": np.arange(96).astype(str),
                "therapist": therapist.astype(str),
                "disclosures": x,
                "oq45": y,
                **more,
            }
        )


def relate(table):
    """Relate the count alone, without the corrections for a classifier's errors."""
    found = associate(table, "oq45", predictors=["disclosures"], human_labels=True)
    return found.relations[0]


def slopes(**how):
    """Estimate both slopes of each study: (within, between), each (estimate, low, high, p)."""
    found = []
    for table in studies(**how):
        relation = relate(table)
        found.append(
            [
                (s.value, s.low, s.high, test.p)
                for s, test in (
                    (relation.within, relation.within_test),
                    (relation.between, relation.between_test),
                )
            ]
        )
    return np.array(found, dtype=float)


def coverage(found, truth):
    return float(np.mean((found[:, 1] <= truth) & (truth <= found[:, 2])))


def numbers(estimates):
    """Return (estimate, low, high) of those that are not missing."""
    return np.array([(e.value, e.low, e.high) for e in estimates if e.value is not None])


@pytest.mark.slow
def test_known_slopes_are_found_and_covered():
    found = slopes(within=WITHIN, between=BETWEEN)
    assert np.isfinite(found).all()
    errors = found[:, :, 0].std(axis=0) / np.sqrt(len(found))
    assert abs(found[:, 0, 0].mean() - WITHIN) < 3 * errors[0] < 0.05
    assert abs(found[:, 1, 0].mean() - BETWEEN) < 3 * errors[1] < 0.15
    assert 0.90 <= coverage(found[:, 0], WITHIN) <= 0.98
    assert coverage(found[:, 1], BETWEEN) >= 0.90


@pytest.mark.slow
@pytest.mark.parametrize("therapists", [6, 20])
def test_nothing_is_found_where_therapists_differ_but_not_on_average(therapists):
    """With errors that take slopes as equal, 22% to 27% are found."""
    found = [relate(table) for table in differing(slopes=0.7, therapists=therapists)]
    for kind in ("within_test", "between_test"):
        false_alarms = np.mean([getattr(each, kind).p < 0.05 for each in found])
        assert false_alarms <= 0.1


@pytest.mark.slow
def test_what_the_length_of_a_session_does_is_not_found_in_the_counts():
    found = slopes(within=0, between=0, of_length=0.2)
    false_alarms = (found[:, :, 3] < 0.05).mean(axis=0)
    assert (false_alarms <= 0.1).all()


@pytest.mark.slow
def test_sessions_of_a_case_do_not_count_as_independent():
    found = slopes(within=WITHIN, between=BETWEEN, cases=1.0, times=40)
    assert coverage(found[:, 0], WITHIN) >= 0.88
    assert coverage(found[:, 1], BETWEEN) >= 0.88


@pytest.mark.slow
@pytest.mark.parametrize(("sensitivity", "false_alarms"), [(0.8, 0.01), (0.6, 0.002)])
def test_slopes_are_right_without_the_classifiers_errors(sensitivity, false_alarms):
    rates = ErrorRates(sensitivity, false_alarms, 150, 3000)
    made = flagged(within=-1, between=-0.5, sensitivity=sensitivity, false_alarms=false_alarms)
    found = [associate(t, "oq45", predictors=["disclosures"], errors=rates) for t in made]
    plain = numbers(each.relations[0].within for each in found)
    within = numbers(each.corrected.within for each in found)
    assert len(within) >= 0.9 * len(found)
    assert abs(within[:, 0].mean() + 1) < 0.1
    assert coverage(within, -1) >= 0.87
    assert abs(plain[:, 0].mean() + 1) > 0.05
    latent = numbers(each.corrected.between_latent for each in found)
    assert abs(latent[:, 0].mean() + 0.5) < 3 * latent[:, 0].std() / np.sqrt(len(latent))


@pytest.mark.slow
def test_slopes_between_are_right_for_few_sessions():
    made = flagged(within=0, between=0.5, therapists=30, times=50)
    found = [relate(table) for table in made]
    means = numbers(each.between for each in found)
    latent = numbers(each.between_latent for each in found)
    assert means[:, 0].mean() < 0.45
    assert len(latent) >= 0.95 * len(found)
    assert abs(latent[:, 0].mean() - 0.5) < 0.05
    assert coverage(latent, 0.5) >= 0.9


@pytest.mark.slow
def test_nothing_is_found_in_an_outcome_with_two_values():
    made = differing(slopes=0.7, therapists=12, times=80)
    found = [relate(t.assign(oq45=t["oq45"] > t["oq45"].median())) for t in made]
    tests = [each.within_test.p for each in found]
    assert None not in tests
    assert np.mean(np.array(tests) < 0.05) <= 0.1


@pytest.mark.slow
def test_with_a_lag_the_outcome_of_the_same_session_takes_out_what_carries_over():
    found = {}
    for covariate in ((), ("oq45",)):
        how = Associating(lag=1, covariate=covariate)
        made = carried_over(levels=1.0)
        slopes = [
            associate(t, "oq45", predictors=["disclosures"], associating=how, human_labels=True)
            .relations[0]
            .within.value
            for t in made
        ]
        found[covariate] = np.mean(slopes) / (np.std(slopes) / np.sqrt(len(slopes)))
    assert found[()] < -4
    assert abs(found["oq45",]) < 3
