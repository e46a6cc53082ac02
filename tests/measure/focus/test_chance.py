from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs

from tests.measure.simulated import disclose, session_like_the_samples, talk_of_turns
from tests.measure.talks_by_hand import C, O, T, swapped, talk, talks
from tsd.measure.focus.chance import (
    TESTED,
    SessionChance,
    corpus_against_chance,
    session_against_chance,
)
from tsd.measure.focus.shift import measure_focus
from tsd.measure.focus.stretches import Slopes, compare
from tsd.settings import Measuring

few = runs(max_examples=80, deadline=None)
SETTINGS = Measuring()


def comparisons(made, measuring=SETTINGS):
    return compare(made, measure_focus(made, measuring), measuring)


def chance(made, measuring=SETTINGS, pooled=None):
    return session_against_chance(comparisons(made, measuring), measuring, pooled)


def alternating(pairs, *, before=100, after=100, name="s"):
    """Make a talk of (therapist, client) word counts between two long turns of the client."""
    turns = [
        (C, before),
        *((role, n) for pair in pairs for role, n in zip((T, C), pair, strict=True)),
    ]
    roles, words = zip(*turns, (C, after), strict=True)
    return talk_of_turns(list(roles), words, name)


LONG = [(10, 9 * (1 + n % 4) + n // 3) for n in range(40)]
"""Enough stretches for slopes of the session's own."""


# --- one session


def test_the_adjusted_shift_is_the_mean_over_episodes():
    made = disclose(alternating(LONG), [21, 61])
    found = chance(made)
    falls = [each.stretches.falls(Slopes.none())[each.place] for each in comparisons(made).each]
    assert found.adjusted == pytest.approx(np.mean(falls))
    assert found.by_episode == pytest.approx(falls)


def test_p_is_the_share_of_stretches_that_fall_as_far():
    made = disclose(alternating(LONG), [41])
    (one,) = comparisons(made).each
    falls = one.stretches.falls(Slopes.none())
    away = np.abs(falls - falls.mean())
    exact = np.mean(away >= away[one.place] - 1e-9)
    found = chance(made, Measuring(permutations=20_000))
    assert 0.05 < exact < 0.95
    assert found.p == pytest.approx(exact, abs=0.02)


def test_the_floor_of_p_is_the_share_of_the_farthest_stretch():
    made = disclose(alternating(LONG), [41])
    falls = comparisons(made).each[0].stretches.falls(Slopes.none())
    away = np.abs(falls - falls.mean())
    exact = np.mean(away >= away.max() - 1e-9)
    found = chance(made, Measuring(permutations=20_000))
    assert found.p_floor == pytest.approx(exact, abs=0.01)
    assert found.p_floor <= found.p


def test_several_episodes_lower_the_floor():
    made = alternating(LONG)
    one, two = (chance(disclose(made, where)).p_floor for where in ([21], [21, 61]))
    assert two < one


def test_p_is_never_0():
    made = session_like_the_samples(np.random.default_rng(0), utterances=200)
    made = disclose(made, [u for u in range(60, 70) if made.roles[u] is T][:1])
    assert chance(made, Measuring(permutations=99)).p >= 1 / 100


def test_episodes_without_whole_windows_are_counted_not_tested():
    made = disclose(alternating(LONG, before=30), [1, 41])
    assert np.isfinite(measure_focus(made, SETTINGS).shift).all()
    found = chance(made)
    assert (found.episodes_tested, found.episodes_not_testable) == (1, 1)
    assert found.outcomes == ("not tested: fewer than 100 words before", TESTED)
    assert np.isfinite(found.by_episode).tolist() == [False, True]
    assert found.outcome == TESTED


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (talk((C, 100), (T, 9)), "not tested: no disclosure"),
        (talk((T, 100), (T, 9, True), (T, 100)), "not tested: only one side speaks"),
        (
            talk((C, 99), (T, 9, True), (C, 100)),
            "not tested: no episode has 100 words on both sides",
        ),
        (
            talk((C, 100), (T, 9, True), (C, 100)),
            "not tested: too few comparable stretches of the therapist's utterances",
        ),
        (
            disclose(alternating(LONG[:12]), [9]),
            "not tested: fewer than 30 places to compare with, here and in other short sessions",
        ),
        (talk((O, 5)), "not tested: no disclosure"),
    ],
)
def test_what_cannot_be_tested_says_why_and_has_no_p(made, reason):
    found = chance(made)
    assert found.outcome == reason
    assert np.isnan([found.p, found.p_floor, found.adjusted, *found.by_episode]).all()
    assert (found.episodes_tested, len(found.null)) == (0, 0)


def test_a_short_session_is_tested_with_the_slopes_of_others():
    made = disclose(alternating(LONG[:12]), [9])
    others = comparisons(alternating(LONG[:25], name="t")).short
    pooled = comparisons(made).short + others
    assert (pooled.n, chance(made).outcome == TESTED) == (37, False)
    found = chance(made, pooled=pooled)
    assert found.outcome == TESTED
    (one,) = comparisons(made).each
    assert found.adjusted == pytest.approx(one.stretches.falls(pooled)[one.place])


def test_the_draws_depend_on_the_seed_and_on_the_name_of_the_session():
    made = disclose(alternating(LONG), [41])
    once, again = chance(made), chance(made)
    assert once.p == again.p
    assert (once.null == again.null).all()
    assert (once.null != chance(made, Measuring(seed=1)).null).any()
    assert (once.null != chance(replace(made, session_id="t")).null).any()


def test_more_words_of_others_change_nothing():
    made = disclose(alternating(LONG), [41])
    more = talk_of_turns([*made.roles, O], [*made.words, 500], "s")
    more = replace(more, disclosures=made.disclosures)
    assert chance(more).p == chance(made).p
    assert chance(more).adjusted == chance(made).adjusted


@few
@given(talks)
def test_p_is_between_its_floor_and_1_or_missing(made):
    measuring = Measuring(focus_window=20, permutations=99)
    own = comparisons(made, measuring)
    found = session_against_chance(own, measuring, Slopes(30, np.eye(5), np.zeros(5)))
    assert (found.outcome == TESTED) == (0 < found.p_floor <= found.p <= 1)
    assert len(found.outcomes) == len(measure_focus(made, measuring).first)
    assert np.isfinite(found.by_episode).sum() == found.episodes_tested


def test_swapping_the_sides_does_not_leave_a_therapist_to_compare_with():
    made = swapped(disclose(alternating(LONG), [41]))
    assert chance(made).episodes_not_testable + chance(made).episodes_tested == 1


# --- a corpus


def with_a_test(adjusted, null):
    ends = np.array([adjusted])
    return SessionChance(adjusted, 0.5, 0.1, ends, (TESTED,), TESTED, np.array(null, dtype=float))


_NO = "not tested: no disclosure"
NOT = SessionChance(np.nan, np.nan, np.nan, np.empty(0), (), _NO, np.empty(0))


def corpus(chances, therapists=None, measuring=SETTINGS):
    names = [f"s{number}" for number in range(len(chances))]
    return corpus_against_chance(names, therapists or [""] * len(names), chances, measuring)


def test_the_corpus_is_the_mean_over_tested_sessions():
    found = corpus([with_a_test(0.2, [0.1, -0.1]), NOT, with_a_test(0.4, [-0.5, 0.5])])
    assert found.adjusted.value == pytest.approx(0.3)
    assert found.sessions_tested == 2


def test_p_compares_with_the_means_of_the_sessions_permuted_values():
    # means of the permuted values: .3, -.2, -.1; the mean is .2: two of them are as far
    found = corpus([with_a_test(0.1, [0.2, -0.4, 0.2]), with_a_test(0.3, [0.4, 0.0, -0.4])])
    assert found.p == pytest.approx((1 + 2) / 4)


def test_without_a_tested_session_the_corpus_is_not_tested():
    found = corpus([NOT, NOT])
    assert found.outcome == "not tested: no session has a testable episode"
    assert (found.adjusted.value, found.p, found.p_therapists.value) == (None, None, None)


def test_therapists_are_resampled_if_all_are_known():
    chances = [with_a_test(0.1 * n, [0.1, -0.1]) for n in range(12)]
    named = corpus(chances, [f"t{n % 6}" for n in range(12)])
    assert named.adjusted.reason == "from resampling 6 therapists"
    assert named.adjusted.low < named.adjusted.value < named.adjusted.high
    assert corpus(chances).adjusted.reason == (
        "from resampling 12 sessions; too narrow if sessions share a therapist"
    )
    mixed = corpus(chances, [*["t"] * 6, *[""] * 6])
    assert mixed.adjusted.reason == (
        "from resampling 7 therapists and single sessions; too narrow if these share a therapist"
    )
    few = corpus(chances, [*["t"] * 11, ""])
    reason = "no interval (fewer than 6 therapists and single sessions)"
    assert (few.adjusted.reason, few.adjusted.interval) == (reason, None)


def test_under_six_there_is_no_interval():
    found = corpus([with_a_test(0.1 * n, [0.1, -0.1]) for n in range(5)])
    assert found.adjusted.reason == "no interval (fewer than 6 sessions)"
    assert found.adjusted.interval is None


def test_the_order_of_sessions_changes_nothing():
    random = np.random.default_rng(2)
    chances = [with_a_test(random.normal(), random.normal(size=99)) for _ in range(9)]
    names, whose = [f"s{n}" for n in range(9)], [f"t{n % 7}" for n in range(9)]
    forward = corpus_against_chance(names, whose, chances, SETTINGS)
    backward = corpus_against_chance(names[::-1], whose[::-1], chances[::-1], SETTINGS)
    assert forward == backward


def test_therapists_have_a_p_of_their_own():
    # each session far from its own chance, in both directions: some shift, but none on average
    chances = [with_a_test((-1) ** n * 0.3, [0.01, -0.01] * 50) for n in range(12)]
    chances[0] = with_a_test(0.5, [0.01, -0.01] * 50)
    found = corpus(chances, [f"t{n}" for n in range(12)])
    assert found.p == pytest.approx(1 / 101)
    assert found.p_therapists.value > 0.5
    assert found.p_therapists.reason == "by flipping 12 therapists"
    assert corpus(chances[:5]).p_therapists.reason == "fewer than 6 sessions"
