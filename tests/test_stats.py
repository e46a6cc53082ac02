import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from tsd.stats import (
    Bounds,
    Clusters,
    Estimate,
    adjusted_bounds,
    clustered_ratio,
    clustered_share,
    clusters_of,
    mover,
    resample_ratio,
    resampling,
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
    assert found.interval is None
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
    monkeypatch.setattr(resampling, "_CELLS", 70)
    same(resampled(HITS, [9] * 10, TEN, 100, 0).draws, whole, atol=0)


def test_the_levels_lie_further_out_than_plain_percentiles():
    # n = 10: Phi(-sqrt(10/9) * 2.2622) = .00855
    found = resampled(HITS, [9] * 10, TEN, 20_000, 0)
    same(found.interval, np.quantile(found.draws, [0.00855, 0.99145]), atol=1e-3)


def test_an_interval_says_what_it_is_over():
    found = resampled(HITS, [9] * 10, TEN)
    made = found.estimate(0.5)
    assert (made.interval, made.n, made.reason) == (
        found.interval,
        10,
        "from resampling 10 sessions",
    )


# --- shares over clusters


def shared(hits, cases=40, names=None):
    names = [f"s{n}" for n in range(len(hits))] if names is None else names
    return clustered_ratio(hits, np.broadcast_to(cases, len(hits)), Clusters(names, "sessions"))


def test_a_share_over_clusters_by_hand():
    # 15 of 400 in ten sessions of 40: without one of them, the share changes by (hits - 1.5) / 360
    without = (np.array(HITS) - 1.5) / 360
    squares = (without**2).sum()
    carrying = squares**2 / (without**4).sum()
    found = 400 * 0.9 * squares / (0.0375 * 0.9625)
    effect = (1 + 39 * 0.02 + carrying * found) / (1 + carrying)
    share = shared(HITS)
    assert (share.value, share.clusters, share.reason) == (0.0375, 10, "")
    assert share.cases == pytest.approx(400 / effect)
    assert share.freedom == pytest.approx(carrying * effect / (effect - 1))
    t = stdtrit(share.freedom, 0.975)
    # the ends of Wilson's interval are as far from the share as t of their own standard errors
    for end in share.bounds[1:]:
        assert abs(end - 0.0375) == pytest.approx(t * np.sqrt(end * (1 - end) / share.cases))
    assert share.estimate() == Estimate(*share.bounds, 10, "over 10 sessions")


def test_clusters_no_more_alike_than_chance_have_wilsons_interval():
    share = shared([10, 9, 11, 10, 10, 9, 11, 10], cases=40)
    assert (share.cases, share.freedom) == (320, None)
    same(share.bounds[1:], wilson(80, 320))


@pytest.mark.parametrize(("hits", "value"), [([0] * 8, 0), ([40] * 8, 1)])
def test_none_or_all_is_as_sure_as_a_little_likeness_allows(hits, value):
    share = shared(hits)
    effect = 1 + 39 * 0.02
    assert share.cases == pytest.approx(320 / effect)
    assert share.freedom == pytest.approx(effect / (effect - 1))
    assert share.value == value == share.bounds[2 if value else 1]
    same(share.bounds[1 if value else 2], wilson(0, 320 / effect)[1], atol=1)


def test_all_hits_in_one_cluster_give_a_wide_interval():
    one, many = shared([8, 0, 0, 0, 0, 0, 0, 0]), shared([1] * 8)
    assert one.value == many.value
    assert one.freedom < 2
    assert one.bounds.high > 4 * many.bounds.high


def test_cases_one_by_one_are_the_same_as_sums():
    hits = [1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1]
    names = list("aaabbbcccdddeeefff")
    found = clustered_ratio(hits, np.ones(18), Clusters(names, "sessions"))
    sums = clustered_ratio([1, 1, 1, 0, 2, 1], [3] * 6, Clusters(list("abcdef"), "sessions"))
    assert (found.cases, found.freedom) == (sums.cases, sums.freedom)


@pytest.mark.parametrize("count", [1, 5])
def test_a_share_over_under_6_clusters_has_no_interval(count):
    share = shared([1] * count)
    reason = "no interval (fewer than 6 sessions)"
    assert share.estimate() == Estimate(0.025, n=count, reason=reason)
    assert (share.cases, share.freedom) == (40 * count, None)


def test_clusters_without_a_case_do_not_count():
    assert shared([*HITS, 0], [*[40] * 10, 0]) == shared(HITS)
    assert shared([1] * 5 + [0], [9] * 5 + [0]).reason == "fewer than 6 sessions"


@given(st.permutations(range(10)))
def test_the_order_of_the_entries_does_not_matter(order):
    names = [name[-1] < "5" for name in TEN]
    cases = list(range(20, 30))
    for each in (TEN, [f"{name}" for name in names]):
        mixed = [[values[i] for i in order] for values in (HITS, cases, each)]
        assert clustered_ratio(*mixed[:2], Clusters(mixed[2], "x")) == clustered_ratio(
            HITS, cases, Clusters(each, "x")
        )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(9, 60)), min_size=6, max_size=20))
def test_a_share_lies_in_its_interval(entries):
    hits, cases = zip(*entries, strict=True)
    share = shared(list(hits), list(cases))
    assert 0 <= share.bounds.low <= share.value <= share.bounds.high <= 1
    assert 0 < share.cases <= sum(cases)
    assert share.freedom is None or share.freedom >= 1


def test_another_number_than_a_ratio():
    influences = np.array([0.02, -0.03, 0.01, 0.0, 0.04, -0.04])
    made = Clusters(list("abcdef"), "sessions")
    share = clustered_share(0.7, influences, [5] * 6, made, 40)
    assert share.value == 0.7
    assert share.cases < 40
    assert clustered_share(0.7, influences / 100, [5] * 6, made, 40).cases > share.cases


# --- shares adjusted for errors

exact = Bounds(0.0, 0.0, 0.0)


def test_a_perfect_classifier_leaves_a_share_as_it_is():
    flagged = Bounds(0.06, 0.04, 0.09)
    assert adjusted_bounds(flagged, Bounds(1, 1, 1), exact) == pytest.approx(flagged)


def test_a_share_below_the_false_alarms_is_0():
    sure = Bounds(0.8, 0.8, 0.8), Bounds(0.02, 0.02, 0.02)
    for flagged in (Bounds(0.01, 0, 0.03), Bounds(0.02, 0, 0.04)):
        found = adjusted_bounds(flagged, *sure)
        assert (found.value, found.low) == (0, 0)
        assert found.high == pytest.approx(0.02 / 0.78)  # what q could be higher, over .8 - .02


def test_the_bounds_solve_the_equation():
    q, s, f = Bounds(0.1, 0.07, 0.14), Bounds(0.8, 0.7, 0.87), Bounds(0.02, 0.01, 0.04)
    found = adjusted_bounds(q, s, f)
    for p, of_q, of_s, of_f in ((found.low, 0.03, 0.07, 0.02), (found.high, 0.04, 0.1, 0.01)):
        spread = np.sqrt(of_q**2 + (p * of_s) ** 2 + ((1 - p) * of_f) ** 2)
        assert abs(0.1 - p * 0.8 - (1 - p) * 0.02) == pytest.approx(spread)


def test_where_sensitivity_may_be_no_higher_than_false_alarms_any_share_is_possible():
    found = adjusted_bounds(Bounds(0.3, 0.2, 0.4), Bounds(0.6, 0.1, 0.9), Bounds(0.3, 0.05, 0.7))
    assert found == (0, 0, 1)


numbers = st.floats(0, 1)
intervals = st.tuples(numbers, numbers, numbers).map(sorted).map(lambda n: Bounds(n[1], n[0], n[2]))


@given(intervals, intervals, intervals)
def test_adjusted_shares_lie_in_their_intervals(q, s, f):
    if s.value - f.value >= 0.2:
        found = adjusted_bounds(q, s, f)
        assert 0 <= found.low <= found.value <= found.high <= 1


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
