"""What `tsd plan` says of power and of testable episodes, against sessions like the samples."""

from functools import cache

import numpy as np
import pytest

from tests.measure.simulated import C, T, disclose, plant_drop, session_like_the_samples
from tsd.measure.focus.chance import session_against_chance
from tsd.measure.focus.shift import measure_focus
from tsd.measure.focus.stretches import compare
from tsd.measure.planning import Inputs, expected_episodes, power
from tsd.settings import Measuring, Planning
from tsd.stats import clusters_of, sign_flip

SETTINGS = Measuring(permutations=99)
RATE = 0.03


@cache
def bank(drop, sessions=1000):
    """Return shift and tested episodes of each of many sessions, and what they are like."""
    random = np.random.default_rng(8)
    shifts, tested, single, own, words = [], [], [], [], []
    for number in range(sessions):
        made = session_like_the_samples(random, name=f"{drop} {number}", utterances=160)
        mine = np.flatnonzero(made.of(T) & (made.words > 0))
        made = plant_drop(disclose(made, mine[random.random(len(mine)) < RATE]), drop)
        found = session_against_chance(
            compare(made, measure_focus(made, SETTINGS), SETTINGS), SETTINGS
        )
        shifts.append(found.adjusted)
        tested.append(found.episodes_tested)
        single += found.by_episode[np.isfinite(found.by_episode)].tolist()
        own.append(len(mine))
        words.append(made.words[made.of(T) | made.of(C)].sum())
    like = np.mean(own), np.mean(words), np.std(single, ddof=1)
    return np.array(shifts), np.array(tested), like


@pytest.mark.slow
def test_the_spread_of_an_episode_is_the_default():
    """About 1,800 episodes: standard error .003."""
    assert bank(0.0)[2][2] == pytest.approx(Planning().episode_sd, abs=0.01)


@pytest.mark.slow
def test_expected_episodes():
    """A thousand sessions: standard error .04."""
    _, tested, (own, words, _) = bank(0.0)
    expected = expected_episodes(RATE, own, words, window=100)
    assert expected == pytest.approx(tested.mean(), rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drop", "therapists", "sessions"), [(0.1, 6, 4), (0.1, 10, 2), (0.05, 20, 4), (0.2, 6, 1)]
)
def test_power(drop, therapists, sessions):
    """A thousand corpora: standard error at most .016."""
    random = np.random.default_rng(9)
    shifts, tested, (own, words, spread) = bank(drop)
    hits = 0
    for _ in range(1000):
        drawn = shifts[random.integers(len(shifts), size=(therapists, sessions))]
        drawn = drawn + random.normal(0, 0.05, therapists)[:, None]
        names = [f"T{n}" for n in np.nonzero(np.isfinite(drawn))[0]]
        values = drawn[np.isfinite(drawn)]
        p = sign_flip(values, clusters_of(names, names), 999, 0).value
        hits += p is not None and p <= 0.05
    inputs = Inputs(RATE, own, words, spread, 0.05, tested.mean())
    expected = power(np.nanmean(shifts), therapists, sessions, inputs)
    assert expected == pytest.approx(hits / 1000, abs=0.06)
