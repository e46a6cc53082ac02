import math

import numpy as np
import pytest

from tests.measure.simulated import disclose, session_like_the_samples
from tests.measure.talks_by_hand import C, T, talk
from tsd.measure.focus.shift import measure_focus
from tsd.measure.following.curve import OFFSETS, CurveSums, curve_rows, curve_sums
from tsd.settings import Measuring

MEASURING = Measuring()


def sums(made):
    return curve_sums(made, measure_focus(made, MEASURING), MEASURING)


def at(rows, offset):
    (found,) = (row for row in rows if row["offset"] == offset)
    return found


def turns(number, *, disclosing, answers=None):
    """Make turns of 10 words each; the client's answer after some is as long as given."""
    answers = answers or {}
    made = []
    for n in range(number):
        made += [(T, 10, True) if n == disclosing else (T, 10), (C, answers.get(n, 10))]
    return talk(*made)


def test_no_window_reaches_into_the_episode():
    assert OFFSETS.tolist() == [*range(-200, -10, 10), *range(20, 210, 10)]


def test_shares_are_those_of_the_windows():
    found = sums(turns(60, disclosing=30, answers={30: 30}))
    rows = curve_rows([found])
    assert at(rows, -20)["client_share"] == 0.5
    assert at(rows, 20)["client_share"] == 0.75  # 30 of the client, 10 of the therapist
    assert at(rows, 30)["client_share"] == 0.75  # 20, 10, and 10 of the client
    assert at(rows, 40)["client_share"] == 0.5  # 10 of each, twice
    assert at(rows, 30)["episodes"] == 1


def test_the_share_expected_from_comparable_stretches():
    rows = curve_rows([sums(turns(60, disclosing=30))])
    assert at(rows, 20)["chance"] == 0.5
    assert at(rows, -200)["chance"] == 0.5


def test_a_window_that_is_cut_by_the_end_does_not_count():
    found = sums(turns(60, disclosing=57))
    # three turns of 20 words and the rest of its own come after it: 50 words
    assert found.episodes[OFFSETS > 0].tolist() == [1, 1, *[0] * 17]
    assert found.episodes[OFFSETS < 0].all()


def test_a_session_too_short_to_compare_counts_nowhere():
    assert not sums(turns(7, disclosing=3)).episodes.any()
    assert not sums(talk((T, 100), (T, 50, True), (T, 100))).episodes.any()
    assert not sums(talk((C, 100))).episodes.any()


def test_the_order_of_the_sessions_changes_nothing():
    random = np.random.default_rng(0)
    made = [session_like_the_samples(random, name=str(n)) for n in range(12)]
    found = [sums(disclose(each, each.of(T).nonzero()[0][20:24:3])) for each in made]
    assert repr(curve_rows(found)) == repr(curve_rows(found[::-1]))


def one(episodes, share=0.5, chance=0.5, variance=0.04):
    count = np.full(len(OFFSETS), episodes)
    return CurveSums(count, count * share, count * chance, count * variance)


def test_the_band_is_that_of_a_mean():
    row = curve_rows([one(15), one(10)])[0]
    assert row["chance_high"] - 0.5 == pytest.approx(1.959964 * math.sqrt(0.04 / 25))
    assert row["chance_low"] == pytest.approx(1 - row["chance_high"])
    assert (row["episodes"], row["sessions"], row["note"]) == (25, 2, "")


def test_the_band_ends_at_0_and_1():
    row = curve_rows([one(10, chance=0.01)])[0]
    assert row["chance_low"] == 0
    assert curve_rows([one(10, chance=0.99)])[0]["chance_high"] == 1


def test_few_episodes_have_no_band():
    row = curve_rows([one(9)])[0]
    assert (row["client_share"], row["chance"]) == (0.5, 0.5)
    assert math.isnan(row["chance_low"])
    assert math.isnan(row["chance_high"])
    assert row["note"] == "no chance band: fewer than 10 episodes"


def test_without_episodes_nothing_is_known():
    row = curve_rows([])[0]
    assert row["episodes"] == 0
    assert math.isnan(row["client_share"])
    assert row["note"] == "no episode has so many words on this side and comparable stretches"
