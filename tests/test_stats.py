import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tsd.measure.rates.intervals import Estimate, mover, per_100, wilson, wilson_for_few

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def same(found, expected, atol=5e-5):
    np.testing.assert_allclose(found, expected, atol=atol)


# --- Wilson


def test_wilson_by_hand():
    # (10 + 1.9208) / 103.8415 -+ 1.95996 / 103.8415 * sqrt(100 * .1 * .9 + .9604)
    same(wilson(10, 100), (0.0552, 0.1744))


@pytest.mark.parametrize(
    ("hits", "n", "expected"),
    [(0, 10, (0, 0.2775)), (10, 10, (0.7225, 1)), (1, 10, (0.0179, 0.4042)), (0, 20, (0, 0.1611))],
)
def test_wilson_at_the_ends(hits, n, expected):
    same(wilson(hits, n), expected)


def test_wilson_takes_many_at_once():
    low, high = wilson([0, 10], [10, 100])
    same(low, [0, 0.0552])
    same(high, [0.2775, 0.1744])


def test_without_cases_there_is_no_interval():
    assert np.isnan(wilson(0, 0)).all()
    assert np.isnan(wilson_for_few([0, 1], [0, 10])[0]).tolist() == [True, False]


def test_a_finite_population_draws_the_ends_in():
    # half of 200 seen: distances .0448 and .0744 times sqrt(1/2)
    same(wilson(10, 100, population=200), (0.1 - 0.03168, 0.1 + 0.05259))


def test_when_all_are_seen_nothing_is_uncertain():
    same(wilson(3, 10, population=10), (0.3, 0.3))
    same(wilson_for_few(3, 10, population=10), (0.3, 0.3))


def test_a_poisson_bound_for_few_hits():
    # the mean at which 1 or more has 5 %: -log(.95); 3 or more: .8177; above 3: Wilson's
    low, high = wilson_for_few([1, 3, 4], [100, 100, 100])
    same(low, [0.000513, 0.008177, wilson(4, 100)[0]], atol=1e-6)
    same(high, wilson([1, 3, 4], 100)[1])


def test_with_up_to_50_cases_two_hits_are_few():
    assert wilson_for_few(2, 50)[0] < wilson(2, 50)[0]
    assert wilson_for_few(3, 50)[0] == wilson(3, 50)[0]
    assert wilson_for_few(3, 51)[0] < wilson(3, 51)[0]


@given(counts)
def test_hits_and_misses_are_mirrored(case):
    hits, n = case
    for method in (wilson, wilson_for_few):
        low, high = method(hits, n)
        other = method(n - hits, n)
        same((low, high), (1 - other[1], 1 - other[0]), atol=1e-12)


@given(counts, st.integers(0, 1000))
def test_the_share_lies_inside_and_a_population_only_narrows(case, more):
    hits, n = case
    for method in (wilson, wilson_for_few):
        low, high = method(hits, n)
        near = method(hits, n, population=n + more)
        assert 0 <= low <= near[0] + 1e-12
        assert near[0] - 1e-12 <= hits / n <= near[1] + 1e-12
        assert near[1] - 1e-12 <= high <= 1
    assert wilson_for_few(hits, n)[0] <= wilson(hits, n)[0]


# --- over strata


def test_mover_by_hand():
    # .3 * .5 + .7 * .1 = .22; below sqrt(.09^2 + .07^2), above sqrt(.06^2 + .14^2)
    low, high = mover([0.5, 0.1], [0.2, 0.0], [0.7, 0.3], [0.3, 0.7])
    same((low, high), (0.22 - 0.114018, 0.22 + 0.152315))


def test_mover_of_one_stratum_is_its_own_interval():
    same(mover([0.5], [0.2], [0.9], [1.0]), (0.2, 0.9))


def test_mover_stays_between_0_and_1():
    same(mover([0.0, 1.0], [0.0, 0.0], [1.0, 1.0], [0.0, 1.0]), (0, 1))


def test_mover_takes_many_at_once():
    low, high = mover(np.full((3, 2), 0.5), np.full((3, 2), 0.4), np.full((3, 2), 0.6), [0.5, 0.5])
    same(low, [0.5 - 0.0707] * 3)
    same(high, [0.5 + 0.0707] * 3)


# --- rates


def test_a_rate_is_per_100_and_missing_by_default():
    assert per_100(0.1, (0.05, 0.2), "so") == Estimate(10, 5, 20, "so")
    assert all(map(math.isnan, (Estimate().value, Estimate().low, Estimate().high)))
