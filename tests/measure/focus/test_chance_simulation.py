"""What docs/methods.md promises of the focus-shift test, on sessions like the samples."""

import numpy as np
import pytest

from tests.measure.simulated import (
    PLACEMENTS,
    T,
    disclose,
    place,
    plant_drop,
    session_like_the_samples,
)
from tsd.measure.focus.chance import corpus_against_chance, session_against_chance
from tsd.measure.focus.shift import measure_focus
from tsd.measure.focus.stretches import compare
from tsd.settings import Measuring

SETTINGS = Measuring()


def chance(made):
    return session_against_chance(compare(made, measure_focus(made, SETTINGS), SETTINGS), SETTINGS)


@pytest.mark.slow
@pytest.mark.parametrize("how", PLACEMENTS)
def test_false_alarms_stay_below_6_5_percent(how):
    """Four fake disclosures a session, 1,500 sessions a placement: standard error .006."""
    random = np.random.default_rng(sorted(PLACEMENTS).index(how))
    sessions = (session_like_the_samples(random, name=f"{how} {n}") for n in range(1500))
    found = [chance(place(random, made, how)) for made in sessions]
    p = np.array([each.p for each in found])
    tested = np.isfinite(p)
    assert tested.mean() > 0.9
    assert (p[tested] <= 0.05).mean() <= 0.065
    assert (p[tested] <= 0.5).mean() > 0.35  # nor is it a test that never finds anything
    assert abs(np.nanmean([each.adjusted for each in found])) <= 0.025  # standard error .003


def corpus(random, number, drop, sessions=60):
    """Test a corpus with one to three disclosures a session, each followed by the drop."""
    names, chances = [f"{number} {n}" for n in range(sessions)], []
    for name in names:
        made = session_like_the_samples(random, name=name)
        own = np.flatnonzero(made.of(T) & (made.words > 0))
        made = disclose(made, random.choice(own, random.integers(1, 4), replace=False))
        chances.append(chance(plant_drop(made, drop)))
    return corpus_against_chance(names, [""] * sessions, chances, SETTINGS)


@pytest.mark.slow
def test_a_drop_of_the_clients_share_by_0_3_is_found_in_60_sessions():
    random = np.random.default_rng(5)
    found = [corpus(random, number, 0.3) for number in range(25)]
    assert np.mean([each.p <= 0.05 for each in found]) >= 0.95
    assert np.mean([each.adjusted.value for each in found]) == pytest.approx(0.27, abs=0.03)


@pytest.mark.slow
def test_a_drop_of_0_1_is_found_in_most_corpora_of_20_sessions():
    random = np.random.default_rng(7)
    found = [corpus(random, number, 0.1, sessions=20) for number in range(60)]
    assert np.mean([each.p <= 0.05 for each in found]) >= 0.65  # .79; standard error .05
    assert np.mean([each.adjusted.value for each in found]) == pytest.approx(0.1, abs=0.02)


@pytest.mark.slow
def test_the_corpus_test_rarely_finds_what_is_not_there():
    """Eighty corpora of 20 sessions: with false alarms at 5%, over 10 are a chance of .003."""
    random = np.random.default_rng(6)
    found = [corpus(random, number, 0.0, sessions=20) for number in range(80)]
    assert sum(each.p <= 0.05 for each in found) <= 10
    inside = [each.adjusted.low <= 0 <= each.adjusted.high for each in found]
    assert np.mean(inside) >= 0.88
