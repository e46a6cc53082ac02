"""What docs/methods.md promises of the tables following and curve, on sessions like the samples."""

from dataclasses import replace

import numpy as np
import pytest

from tests.measure.simulated import PLACEMENTS, place, session_like_the_samples
from tsd.measure.focus.shift import measure_focus
from tsd.measure.following.acts import CLIENT_ACTS, GIVEN, acts_of
from tsd.measure.following.curve import OFFSETS, curve_rows, curve_sums
from tsd.measure.following.lags import count_lags, following_rows
from tsd.settings import Measuring

SETTINGS = Measuring()


@pytest.fixture(scope="module")
def sessions():
    """Without their words, which would take most of the time: only lengths are looked for."""
    random = np.random.default_rng(0)
    made = (session_like_the_samples(random, name=str(n)) for n in range(200))
    return [replace(each, texts=[""] * len(each.texts)) for each in made]


def rows_of(acts):
    rows = following_rows([count_lags(each) for each in acts])
    return [row for row in rows if row["given"] == "disclosure"]


@pytest.mark.slow
@pytest.mark.parametrize("how", PLACEMENTS)
def test_acts_that_do_not_follow_are_rarely_found(how, sessions):
    """Sixty corpora of 30 sessions, some nine rows each: standard error about .012."""
    random = np.random.default_rng(list(PLACEMENTS).index(how))
    p = []
    for _ in range(60):
        chosen = random.choice(len(sessions), 30, replace=False)
        acts = [acts_of(place(random, sessions[n], how)) for n in chosen]
        p += [row["p"] for row in rows_of(acts) if np.isfinite(row["p"])]
    assert len(p) > 400
    assert np.mean(np.array(p) <= 0.05) <= 0.065 + 0.024
    assert np.mean(np.array(p) <= 0.5) > 0.35  # nor is it a test that never finds anything


@pytest.mark.slow
def test_an_act_that_follows_is_found(sessions):
    """After three in ten of the disclosures the next answer is made a short one."""
    random = np.random.default_rng(9)
    short = CLIENT_ACTS.index("short")
    found = []
    for _ in range(20):
        changed = []
        for n in random.choice(len(sessions), 30, replace=False):
            acts = acts_of(place(random, sessions[n], "random"))
            turns = np.flatnonzero(acts.given[:, GIVEN.index("disclosure")])
            answers = turns[random.random(len(turns)) < 0.3] + int(acts.client_first)
            client = acts.client.copy()
            client[answers[answers < len(client)], : short + 3] = [True, False, False]
            changed.append(replace(acts, client=client))
        found.append(rows_of(changed)[0])
    assert {row["target"] for row in found} == {"short"}
    assert np.mean([row["p"] <= 0.05 for row in found]) >= 0.8
    assert np.mean([row["ratio"] for row in found]) > 1.2


@pytest.mark.slow
@pytest.mark.parametrize("how", ["random", "early", "after long client turns"])
def test_the_chance_band_holds_19_of_20_curves(how, sessions):
    """Where fake disclosures say nothing, after the episode; each offset by itself.

    Where they come at random, and where the shares around them differ from those elsewhere: in the
    therapist's third of a session, and in answer to long stories.
    """
    random = np.random.default_rng(20 + list(PLACEMENTS).index(how))
    inside, off = [], []
    for _ in range(120):
        chosen = [sessions[n] for n in random.choice(len(sessions), 20, replace=False)]
        made = [place(random, each, how) for each in chosen]
        sums = [curve_sums(each, measure_focus(each, SETTINGS), SETTINGS) for each in made]
        after = [row for row in curve_rows(sums) if row["offset"] > 0]
        inside += [row["chance_low"] <= row["client_share"] <= row["chance_high"] for row in after]
        off += [row["client_share"] - row["chance"] for row in after]
    assert len(after) == (OFFSETS > 0).sum()
    assert 0.92 <= np.mean(inside) <= 0.99
    assert abs(np.mean(off)) <= 0.02
