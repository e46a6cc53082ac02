"""Do intervals over therapists cover a flagged rate?

Therapists have 1 to 8 sessions of 20 to 80 utterances. Their own rates differ by a beta
distribution with a given intraclass correlation, and the rates of their sessions by .02. The truth
is the mean of the therapists' rates.
"""

import numpy as np
import pytest

from tsd.stats import Clusters, clustered_ratio, resample_ratio

REPETITIONS = 1000
ALL_CELLS = [
    (therapists, rate, icc)
    for therapists in (6, 10, 20, 40, 60)
    for rate in (0.005, 0.01, 0.035, 0.1)
    for icc in (0.0, 0.02, 0.05, 0.1)
]


def beta(mean, icc, rng, size=None):
    if icc == 0:
        return np.broadcast_to(mean, size)
    left = 1 / icc - 1
    return rng.beta(np.maximum(left * mean, 1e-9), np.maximum(left * (1 - mean), 1e-9), size)


def corpus(therapists, rate, icc, rng):
    """Return flagged and all utterances of each session, and its therapist."""
    sessions = rng.integers(1, 9, therapists)
    names = np.repeat([f"t{n}" for n in range(therapists)], sessions)
    own = np.repeat(beta(rate, icc, rng, therapists), sessions)
    utterances = rng.integers(20, 81, len(names))
    return (
        rng.binomial(utterances, beta(own, 0.02 if icc else 0.0, rng, len(own))),
        utterances,
        names,
    )


def by_clusters(hits, utterances, names):
    return clustered_ratio(hits, utterances, Clusters(list(names), "therapists")).bounds[1:]


def by_percentiles(hits, utterances, names):
    """Return percentiles of resampled therapists, which a mean over therapists has."""
    found = resample_ratio(hits, utterances, Clusters(list(names), "therapists"), 500, 0)
    return found.interval or (np.nan, np.nan)


def simulate(therapists, rate, icc, method=by_clusters, repetitions=REPETITIONS, seed=0):
    """Return the share too low and too high, the median half-width, and the share with none."""
    rng = np.random.default_rng(seed)
    made = [method(*corpus(therapists, rate, icc, rng)) for _ in range(repetitions)]
    low, high = np.array(made).T
    known = ~np.isnan(low)
    half = np.median((high - low)[known]) / 2
    return (high < rate)[known].mean(), (low > rate)[known].mean(), half, 1 - known.mean()


@pytest.mark.slow
@pytest.mark.parametrize("therapists", [6, 20, 60])
@pytest.mark.parametrize(("rate", "icc"), [(0.01, 0.05), (0.035, 0.05), (0.035, 0.1), (0.1, 0.02)])
def test_the_rate_is_covered(therapists, rate, icc):
    too_low, too_high, *_ = simulate(therapists, rate, icc)
    assert 0.92 <= 1 - too_low - too_high <= 0.985  # .93 to .97, and three errors of .007


@pytest.mark.slow
def test_percentiles_would_be_too_low():
    too_low, too_high, *_ = simulate(20, 0.01, 0.05, by_percentiles)
    assert too_low > 0.1 > 0.05 > too_high


def test_a_few_repetitions():
    too_low, too_high, half, none = simulate(10, 0.035, 0.05, repetitions=40)
    assert too_low + too_high < 0.25
    assert 0.01 < half < 0.1
    assert none == 0


if __name__ == "__main__":
    for method in (by_clusters, by_percentiles):
        for cell in ALL_CELLS:
            low, high, half, none = simulate(*cell, method, 2000, seed=1)
            print(  # noqa: T201
                f"| {method.__name__} | {cell[0]} | {cell[1]:.1%} | {cell[2]} "
                f"| {1 - low - high:.3f} | {low:.3f} | {high:.3f} | {100 * half:.2f} |",
                flush=True,
            )
