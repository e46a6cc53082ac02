import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd import stats
from tsd.learn.evaluation import CodedUtterance, measure
from tsd.schema import Label
from tsd.stats import (
    Clusters,
    Estimate,
    Resampled,
    clusters_of,
    mover,
    resample_ratio,
    sign_flip,
    wilson,
    wilson_for_few,
)

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
    # the mean at which 1 or more has 5%: -log(.95); 3 or more: .8177; above 3: Wilson's
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


# --- estimates


def test_what_is_missing_is_none_never_nan():
    nan = float("nan")
    assert Estimate(nan, nan, nan) == Estimate() == Estimate(None, None, None, None, "")
    assert Estimate().per_100() == Estimate()
    assert Estimate(0.1, 0.05, 0.2, 9, "so").per_100() == Estimate(10, 5, 20, 9, "so")


def test_half_an_interval_is_none():
    assert Estimate(1, 0, None).interval is None
    assert Estimate(1, 0, 2).interval == (0, 2)


# --- clusters resampled as wholes

TEN = [f"s{n}" for n in range(10)]


def resampled(above, below, names, resamples=100, seed=0):
    return resample_ratio(above, below, Clusters(list(names), "sessions"), resamples, seed)


def interval(*arguments):
    return resampled(*arguments).interval


HITS = [0, 1, 2, 0, 5, 1, 0, 3, 1, 2]


@pytest.mark.parametrize("clusters", [0, 1, 5])
def test_under_6_clusters_there_is_no_interval(clusters):
    found = resampled(range(clusters), [9] * clusters, TEN[:clusters])
    assert (found.interval, found.variance) == (None, None)
    reason = "no interval (fewer than 6 sessions)"
    assert found.estimate(0.5) == Estimate(0.5, n=clusters, reason=reason)


def test_6_clusters_are_enough():
    low, high = interval(range(6), [9] * 6, TEN[:6], 100, 0)
    assert 0 <= low < 15 / 54 < high


def test_sessions_of_one_therapist_are_one_cluster():
    assert interval(HITS, [9] * 10, [name[-1] < "5" for name in TEN]) is None


def test_clusters_without_anything_counted_are_not_drawn():
    with_empty = resampled([*HITS, 0], [9] * 10 + [0], [*TEN, "s10"], 100, 0)
    assert with_empty.clusters == 10
    same(with_empty.draws, resampled(HITS, [9] * 10, TEN, 100, 0).draws)


@pytest.mark.parametrize("hits", [[0] * 10, [3] * 10])
def test_clusters_that_do_not_differ_give_no_interval(hits):
    found = resampled(hits, [9] * 10, TEN)
    assert (found.interval, found.reason) == (None, "sessions do not differ")


@given(st.permutations(range(10)))
def test_the_order_does_not_matter(order):
    expected = interval(HITS, range(20, 30), TEN, 100, 0)
    shuffled = [[each[i] for i in order] for each in (HITS, range(20, 30), TEN)]
    assert interval(*shuffled, 100, 0) == expected


def test_the_order_within_a_cluster_does_not_matter():
    values = np.random.default_rng(0).normal(size=60)
    names = np.repeat(TEN[:6], 10)
    back = interval(values[::-1], np.ones(60), names[::-1])
    assert back == interval(values, np.ones(60), names)


def test_the_seed_decides():
    assert interval(HITS, [9] * 10, TEN, 100, 0) == interval(HITS, [9] * 10, TEN, 100, 0)
    assert interval(HITS, [9] * 10, TEN, 100, 1) != interval(HITS, [9] * 10, TEN, 100, 0)


def test_draws_in_blocks_are_the_same(monkeypatch):
    whole = resampled(HITS, [9] * 10, TEN, 100, 0).draws
    monkeypatch.setattr(stats, "_CELLS", 70)
    same(resampled(HITS, [9] * 10, TEN, 100, 0).draws, whole, atol=0)


def test_the_levels_lie_further_out_than_plain_percentiles():
    # n = 10: Phi(-sqrt(10/9) * 2.2622) = .00855
    found = resampled(HITS, [9] * 10, TEN, 20_000, 0)
    same(found.interval, np.quantile(found.draws, [0.00855, 0.99145]), atol=1e-3)


def test_the_variance_is_that_of_a_mean():
    # of equal clusters, a ratio is a mean: its variance is s^2 / n
    found = resampled(HITS, [1] * 10, TEN, 200_000, 0)
    assert found.variance == pytest.approx(np.var(HITS, ddof=1) / 10, rel=0.02)


@pytest.mark.slow
def test_intervals_over_sessions_cover():
    """15 therapists of unequal rate with 4 sessions each; nominal 95%."""
    rng, names = np.random.default_rng(0), np.repeat([f"t{n:02}" for n in range(15)], 4)
    covered = 0
    for seed in range(1500):
        own = rng.beta(3.5, 96.5, 15)
        hits = rng.binomial(60, np.repeat(own, 4))
        low, high = interval(hits, [60] * 60, names, 500, seed)
        covered += low <= 0.035 <= high
    assert 0.92 <= covered / 1500 <= 0.97


def test_an_interval_says_what_it_is_over():
    found = resampled(HITS, [9] * 10, TEN)
    made = found.estimate(0.5)
    assert (made.interval, made.n, made.reason) == (
        found.interval,
        10,
        "from resampling 10 sessions",
    )


def test_a_number_that_is_undefined_in_many_resamples_has_no_interval():
    def first(times):
        return np.where(times[:, 0] > 0, 1.0 * times[:, 1], np.nan)

    found = stats.resample(8, "sessions", first, 200, 0)
    assert found.reason == "undefined in too many resamples"


def test_the_same_clusters_give_the_same_interval_everywhere():
    """Eight sessions of 40 utterances: the rate by one way, the precision by the other."""
    hits = [3, 8, 2, 5, 9, 1, 4, 6]
    rows = [
        CodedUtterance(f"s{s}", Label.TRAINING if n < count else Label.NONE, 0.9, Label.TRAINING)
        for s, count in enumerate(hits)
        for n in range(40)
    ]
    precision = measure(rows).figures["precision"]
    rate = resampled(hits, [40] * 8, TEN[:8], 1000, 0)
    assert isinstance(rate, Resampled)
    assert precision.interval == pytest.approx(rate.interval, abs=1e-12)


# --- flipping signs


def flip(values, therapists=None, flips=999):
    names = [f"s{n}" for n in range(len(values))]
    return sign_flip(values, clusters_of(names, therapists or [""] * len(values)), flips, 0)


def test_few_clusters_are_flipped_in_every_way():
    # of 64 patterns, only all as they are and all turned around are as far from 0
    assert flip([1.0, 2, 3, 4, 5, 6]).value == 2 / 64


def test_a_mean_of_0_is_as_near_as_can_be():
    assert flip([1.0, -1, 2, -2, 3, -3]).value == 1


def test_all_sessions_of_a_therapist_are_flipped_together():
    values = [0.2, 0.4, 0.3, 0.5, 0.1, 0.6, 0.2, 0.3]
    found = flip(values, [*"abcdef", "a", "b"])
    assert (found.value, found.n) == (2 / 64, 6)
    assert found.reason == "by flipping 6 therapists"


def test_many_clusters_are_flipped_at_random():
    rng = np.random.default_rng(0)
    values = rng.normal(0.2, 1, size=40)
    exact = flip(values, flips=20_000).value
    assert flip(values, flips=999).value == pytest.approx(exact, abs=0.05)
    assert flip(np.ones(40)).value == 1 / 1000


def test_fewer_than_six_clusters_are_not_flipped():
    found = flip([1.0] * 5)
    assert (found.value, found.reason) == (None, "fewer than 6 sessions")


def test_the_order_of_the_values_changes_nothing():
    values, whose = [0.1, -0.3, 0.7, 0.2, 0.4, -0.6, 0.9], [*"abcdefa"]
    forward = flip(values, whose).value
    names = [f"s{n}" for n in range(7)]
    backward = sign_flip(values[::-1], clusters_of(names[::-1], whose[::-1]), 999, 0)
    assert backward.value == forward
