"""Do the intervals hold what they promise: sessions made from slopes that are known."""

import numpy as np
import pandas as pd
import pytest

from tsd.measure.outcomes.association import associate

WITHIN, BETWEEN = -0.5, 0.3
TIMES = 150
"""So many made studies per test: one figure of coverage has a standard error of 0.018."""


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


@pytest.fixture(autouse=True)
def no_garbage_collection(monkeypatch):
    """statsmodels' `multipletests` collects garbage at every call: 0.1 s in a large process."""
    monkeypatch.setattr("gc.collect", lambda: 0)


def slopes(**how):
    """Estimate both slopes of each study: (within, between), each (estimate, low, high, p)."""
    found = []
    for table in studies(**how):
        (relation,) = associate(table, "oq45", predictors=["disclosures"]).relations
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


@pytest.mark.slow
def test_known_slopes_are_found_and_covered():
    found = slopes(within=WITHIN, between=BETWEEN)
    assert np.isfinite(found).all()
    errors = found[:, :, 0].std(axis=0) / np.sqrt(len(found))
    assert abs(found[:, 0, 0].mean() - WITHIN) < 3 * errors[0] < 0.05
    assert abs(found[:, 1, 0].mean() - BETWEEN) < 3 * errors[1] < 0.15
    assert 0.90 <= coverage(found[:, 0], WITHIN) <= 0.98
    assert 0.90 <= coverage(found[:, 1], BETWEEN) <= 0.99


@pytest.mark.slow
def test_nothing_is_found_where_nothing_is():
    found = slopes(within=0, between=0)
    false_alarms = (found[:, :, 3] < 0.05).mean(axis=0)
    assert (false_alarms >= 0.01).all()
    assert (false_alarms <= 0.09).all()


@pytest.mark.slow
def test_what_the_length_of_a_session_does_is_not_found_in_the_counts():
    found = slopes(within=0, between=0, of_length=0.2)
    false_alarms = (found[:, :, 3] < 0.05).mean(axis=0)
    assert (false_alarms <= 0.09).all()


@pytest.mark.slow
def test_sessions_of_a_case_do_not_count_as_independent():
    found = slopes(within=WITHIN, between=BETWEEN, cases=1.0, times=50)
    assert coverage(found[:, 0], WITHIN) >= 0.88
    assert coverage(found[:, 1], BETWEEN) >= 0.88
