import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tsd.measure.rates.resampling import resample_ratio, resampled_mean

from tsd.measure.rates import resampling


def resampled_ratio(*arguments):
    return resample_ratio(*arguments).interval


def same(found, expected, atol=5e-5):
    np.testing.assert_allclose(found, expected, atol=atol)


# --- sessions and therapists drawn anew

TEN = [f"s{n}" for n in range(10)]
HITS = [0, 1, 2, 0, 5, 1, 0, 3, 1, 2]


@pytest.mark.parametrize("clusters", [0, 1, 5])
def test_under_6_clusters_there_is_no_interval(clusters):
    found = resample_ratio(range(clusters), [9] * clusters, TEN[:clusters], 100, 0)
    assert np.isnan(found.interval).all()
    assert math.isnan(found.variance)


def test_6_clusters_are_enough():
    low, high = resampled_ratio(range(6), [9] * 6, TEN[:6], 100, 0)
    assert 0 <= low < 15 / 54 < high


def test_sessions_of_one_therapist_are_one_cluster():
    assert np.isnan(resampled_ratio(HITS, [9] * 10, [name[-1] < "5" for name in TEN], 100, 0)).all()


def test_clusters_without_anything_counted_are_not_drawn():
    with_empty = resample_ratio([*HITS, 0], [9] * 10 + [0], [*TEN, "s10"], 100, 0)
    assert with_empty.clusters == 10
    same(with_empty.draws, resample_ratio(HITS, [9] * 10, TEN, 100, 0).draws)


@pytest.mark.parametrize("hits", [[0] * 10, [3] * 10])
def test_clusters_that_do_not_differ_give_no_interval(hits):
    assert np.isnan(resampled_ratio(hits, [9] * 10, TEN, 100, 0)).all()


@given(st.permutations(range(10)))
def test_the_order_does_not_matter(order):
    expected = resampled_ratio(HITS, range(20, 30), TEN, 100, 0)
    shuffled = [[each[i] for i in order] for each in (HITS, range(20, 30), TEN)]
    assert resampled_ratio(*shuffled, 100, 0) == expected


def test_the_order_within_a_cluster_does_not_matter():
    values = np.random.default_rng(0).normal(size=60)
    names = np.repeat(TEN[:6], 10)
    back = resampled_mean(values[::-1], names[::-1], 100, 0)
    assert back == resampled_mean(values, names, 100, 0)


def test_the_seed_decides():
    assert resampled_ratio(HITS, [9] * 10, TEN, 100, 0) == resampled_ratio(
        HITS, [9] * 10, TEN, 100, 0
    )
    assert resampled_ratio(HITS, [9] * 10, TEN, 100, 1) != resampled_ratio(
        HITS, [9] * 10, TEN, 100, 0
    )


def test_draws_in_blocks_are_the_same(monkeypatch):
    whole = resample_ratio(HITS, [9] * 10, TEN, 100, 0).draws
    monkeypatch.setattr(resampling, "_CELLS", 70)
    same(resample_ratio(HITS, [9] * 10, TEN, 100, 0).draws, whole, atol=0)


def test_the_levels_lie_further_out_than_plain_percentiles():
    # n = 10: Phi(-sqrt(10/9) * 2.2622) = .00855
    found = resample_ratio(HITS, [9] * 10, TEN, 20_000, 0)
    same(found.interval, np.quantile(found.draws, [0.00855, 0.99145]), atol=1e-3)


def test_the_variance_is_that_of_a_mean():
    # of equal clusters, a ratio is a mean: its variance is s^2 / n
    found = resample_ratio(HITS, [1] * 10, TEN, 200_000, 0)
    assert found.variance == pytest.approx(np.var(HITS, ddof=1) / 10, rel=0.02)


def test_a_mean_leaves_out_what_is_missing():
    nan = float("nan")
    expected = resampled_mean([0.1, 0.2, 0.3, -0.1, 0.0, 0.5], TEN[:6], 100, 0)
    assert resampled_mean([0.1, 0.2, 0.3, -0.1, 0.0, 0.5, nan], TEN[:7], 100, 0) == expected
    assert np.isnan(resampled_mean([0.1, 0.2, nan, nan, nan, nan], TEN[:6], 100, 0)).all()
    assert np.isnan(resampled_mean([], [], 100, 0)).all()


@pytest.mark.slow
def test_intervals_over_sessions_cover():
    """15 therapists of unequal rate with 4 sessions each; nominal 95 %."""
    rng, names = np.random.default_rng(0), np.repeat([f"t{n:02}" for n in range(15)], 4)
    covered = 0
    for seed in range(1500):
        own = rng.beta(3.5, 96.5, 15)
        hits = rng.binomial(60, np.repeat(own, 4))
        low, high = resampled_ratio(hits, [60] * 60, names, 500, seed)
        covered += low <= 0.035 <= high
    assert 0.92 <= covered / 1500 <= 0.97
