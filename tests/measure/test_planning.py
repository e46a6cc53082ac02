import math

import numpy as np
import pandas as pd
import pytest

from tsd.measure.planning import (
    Inputs,
    expected_episodes,
    inputs_of_run,
    inputs_of_settings,
    power,
    power_table,
)
from tsd.settings import Planning

GIVEN = Inputs(0.02, 120, 6000, 0.18, 0.05, 2.0)


def test_the_settings_say_everything():
    found = inputs_of_settings(Planning(), 0.02, 100)
    assert found == GIVEN._replace(episodes=expected_episodes(0.02, 120, 6000, 100))


# --- testable episodes


def test_episodes_by_hand():
    # 2.4 disclosures; 5,800 of 6,000 words have whole windows; exp(-2.4 * 100 / 6000) begin anew
    expected = 2.4 * 5800 / 6000 * math.exp(-0.04)
    assert expected_episodes(0.02, 120, 6000, 100) == pytest.approx(expected)


@pytest.mark.parametrize(("words", "utterances"), [(0, 60), (150, 60), (250, 60), (6000, 24)])
def test_short_sessions_have_none(words, utterances):
    assert expected_episodes(0.02, utterances, words, 100) == 0


# --- power


def test_without_a_drop_the_power_is_the_level_of_the_test():
    # all 20 therapists have something to test: 2 ** 20 patterns allow almost exactly .05
    assert power(0, 20, 8, GIVEN._replace(episodes=3.0)) == pytest.approx(0.05, abs=1e-4)


def test_six_therapists_are_tested_at_2_of_64():
    assert power(0, 6, 40, GIVEN._replace(episodes=3.0)) == pytest.approx(2 / 64, abs=1e-6)


def test_power_grows_with_drop_therapists_and_sessions_and_falls_with_spread():
    least = power(0.05, 10, 2, GIVEN)
    assert least < power(0.1, 10, 2, GIVEN) < 1
    assert least < power(0.05, 20, 2, GIVEN)
    assert least < power(0.05, 10, 4, GIVEN)
    assert least < power(0.05, 10, 2, GIVEN._replace(episodes=4.0))
    assert least > power(0.05, 10, 2, GIVEN._replace(episode_sd=0.3))
    assert least > power(0.05, 10, 2, GIVEN._replace(therapist_sd=0.1))
    assert least == power(-0.05, 10, 2, GIVEN)


@pytest.mark.parametrize(
    ("therapists", "sessions", "episodes", "expected"), [(5, 16, 2.0, 0), (40, 16, 2.0, 1)]
)
def test_power_at_its_ends(therapists, sessions, episodes, expected):
    assert power(0.2, therapists, sessions, GIVEN._replace(episodes=episodes)) == pytest.approx(
        expected, abs=1e-6
    )


def test_without_a_testable_episode_nothing_is_found():
    assert power(0.2, 40, 16, GIVEN._replace(episodes=0.0)) == 0


def test_every_cell_of_the_table_is_a_share():
    rows = power_table(GIVEN)
    assert [row[:2] for row in rows[:6]] == [(6, 1), (6, 2), (6, 4), (6, 8), (6, 16), (10, 1)]
    assert all(0 <= share <= 1 for *_, shares in rows for share in shares)


# --- what an earlier run shows


def run_of(therapists, each=8, between=0.3, within=0.1):
    """Make a run with two sessions per therapist, and known spreads of the shifts."""
    random = np.random.default_rng(0)
    sessions = pd.DataFrame(
        {
            "session_id": [f"{t}{n}" for t in range(therapists) for n in "ab"],
            "therapist": [f"T{t}" for t in range(therapists) for _ in "ab"],
            "disclosures": each,
            "disclosing_utterances": each,
            "therapist_utterances": 100,
            "therapist_words": 1500,
            "client_words": 3000,
        }
    )
    own = np.repeat(random.normal(0, between, therapists), 2)
    disclosures = pd.DataFrame(
        {
            "session_id": np.repeat(sessions["session_id"], each),
            "episode": np.tile(np.arange(each), len(sessions)),
            "focus_test": "tested",
            "focus_shift_adjusted": np.repeat(own, each)
            + random.normal(0, within, each * len(sessions)),
        }
    )
    return sessions, disclosures


def shown(sessions, disclosures, window=100):
    return inputs_of_run(sessions, disclosures, GIVEN, window=window, window_of_run=100)


def test_an_earlier_run_shows_everything():
    sessions, disclosures = run_of(400)
    found, missing = shown(sessions, disclosures)
    assert missing == []
    assert found[:3] == (0.08, 100, 4500)
    assert found.episodes == 8
    assert found.episode_sd == pytest.approx(0.1, abs=0.005)
    assert found.therapist_sd == pytest.approx(0.3, abs=0.03)


def test_disclosures_of_one_episode_count_once():
    sessions, disclosures = run_of(12)
    twice = pd.concat([disclosures, disclosures])
    assert shown(sessions, twice) == shown(sessions, disclosures)


def test_therapists_who_do_not_differ():
    sessions, disclosures = run_of(8, between=0, within=0.3)
    means = disclosures.groupby("session_id")["focus_shift_adjusted"].transform("mean")
    disclosures["focus_shift_adjusted"] -= means
    found, missing = shown(sessions, disclosures)
    assert missing == ["how much therapists differ: no more than chance makes them"]
    assert found.therapist_sd == GIVEN.therapist_sd


def test_episodes_of_sessions_without_a_test_count():
    sessions, disclosures = run_of(10)
    disclosures.loc[disclosures["session_id"].str.endswith("a"), "focus_test"] = "not tested: why"
    assert shown(sessions, disclosures)[0].episodes == 4


def test_with_another_window_the_formula_says_how_many_episodes_can_be_tested():
    found, _ = shown(*run_of(10), window=50)
    assert found.episodes == expected_episodes(0.08, 100, 4500, 50)


@pytest.mark.parametrize(
    ("therapists", "each", "missing"),
    [
        (1, 8, "how much shifts vary: too few episodes were tested (16)"),
        (4, 8, "how much therapists differ: fewer than 6 are known"),
    ],
)
def test_what_a_small_run_does_not_show_is_as_given(therapists, each, missing):
    found, reasons = shown(*run_of(therapists, each))
    assert reasons == [missing]
    assert found.therapist_sd == GIVEN.therapist_sd
    assert (found.episode_sd == GIVEN.episode_sd) == (therapists == 1)


def test_a_run_without_therapists_shows_nothing():
    sessions, disclosures = run_of(2)
    sessions["disclosures"] = np.nan
    found, reasons = shown(sessions, disclosures)
    assert (found, reasons) == (GIVEN, ["anything: no therapist utterance was measured in it"])
