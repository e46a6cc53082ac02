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
from tsd.settings import Measuring

few = runs(max_examples=80, deadline=None)
SETTINGS = Measuring()


def chance(made, measuring=SETTINGS):
    return session_against_chance(made, measure_focus(made, measuring), measuring)


def alternating(pairs, *, before=100, after=100, name="s"):
    """Make a talk of (therapist, client) word counts between two long turns of the client."""
    turns = [
        (C, before),
        *((role, n) for pair in pairs for role, n in zip((T, C), pair, strict=True)),
    ]
    roles, words = zip(*turns, (C, after), strict=True)
    return talk_of_turns(list(roles), words, name)


def word_by_word(made, utterance, window=100):
    """Return the shift around one utterance, counted word by word."""
    counted = [u for u, n in enumerate(made.words) for _ in range(n) if made.roles[u] in (T, C)]

    def share(places):
        return np.mean([made.roles[u] is C for u in places])

    before = [u for u in counted if u < utterance][-window:]
    after = [u for u in counted if u > utterance][:window]
    return share(before) - share(after)


UNEVEN = [(10, 9 * (1 + n % 4)) for n in range(12)]


# --- one session


def test_the_centred_shift_is_the_shift_minus_its_mean_over_comparable_utterances():
    made = disclose(alternating(UNEVEN), [9])
    own = np.flatnonzero(made.of(T))  # all of 10 words, so of one third by length
    shifts = np.array([word_by_word(made, u) for u in own])
    found = chance(made, Measuring(permutations=20_000))
    assert found.centred == pytest.approx(word_by_word(made, 9) - shifts.mean(), abs=0.005)


def test_p_is_the_share_of_comparable_utterances_with_as_large_a_shift():
    made = disclose(alternating(UNEVEN), [9])
    shifts = np.array([word_by_word(made, u) for u in np.flatnonzero(made.of(T))])
    away = np.abs(shifts - shifts.mean())
    exact = np.mean(away >= abs(word_by_word(made, 9) - shifts.mean()) - 1e-9)
    found = chance(made, Measuring(permutations=20_000))
    assert 0.05 < exact < 0.95
    assert found.p == pytest.approx(exact, abs=0.02)


def test_p_is_never_0():
    made = session_like_the_samples(np.random.default_rng(0), utterances=200)
    made = disclose(made, [u for u in range(60, 70) if made.roles[u] is T][:1])
    assert chance(made, Measuring(permutations=99)).p >= 1 / 100


def test_an_utterance_is_compared_with_those_of_its_third_by_length():
    # the long ones come before client talk, the short ones before the therapist's
    pairs = [(30, 60), (5, 5)] * 10
    made = alternating(pairs)
    long_ = [u for u in np.flatnonzero(made.of(T)) if made.words[u] == 30]
    made = disclose(made, [long_[4]])
    shifts = [word_by_word(made, u) for u in long_]
    found = chance(made, Measuring(permutations=20_000))
    assert found.centred == pytest.approx(word_by_word(made, long_[4]) - np.mean(shifts), abs=0.005)


def test_an_episode_of_several_utterances_is_compared_with_as_many():
    made = disclose(alternating(UNEVEN), [9, 11])
    focus = measure_focus(made, SETTINGS)
    own = np.flatnonzero(made.of(T))
    before, after = focus.line.around(own[:-1], own[1:], SETTINGS)
    found = chance(made, Measuring(permutations=20_000))
    assert len(focus.first) == 1
    expected = focus.shift[0] - (before - after).mean()
    assert found.centred == pytest.approx(expected, abs=0.005)


def test_episodes_without_whole_windows_are_counted_not_tested():
    made = disclose(alternating(UNEVEN, before=30), [1, 13])
    assert np.isfinite(measure_focus(made, SETTINGS).shift).all()
    found = chance(made)
    assert (found.episodes_tested, found.episodes_not_testable) == (1, 1)
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
            "not tested: fewer than 8 comparable stretches of the therapist's utterances",
        ),
        (talk((O, 5)), "not tested: no disclosure"),
    ],
)
def test_what_cannot_be_tested_says_why_and_has_no_p(made, reason):
    found = chance(made)
    assert found.outcome == reason
    assert np.isnan([found.p, found.centred]).all()
    assert (found.episodes_tested, len(found.null)) == (0, 0)


def test_eight_comparable_utterances_are_enough_and_seven_are_not():
    outcomes = [
        chance(disclose(alternating([(10, 20)] * n), [5])).outcome == TESTED for n in (8, 7)
    ]
    assert outcomes == [True, False]


def test_the_draws_depend_on_the_seed_and_on_the_name_of_the_session():
    made = disclose(alternating(UNEVEN), [9])
    once, again = chance(made), chance(made)
    assert once.p == again.p
    assert (once.null == again.null).all()
    assert (once.null != chance(made, Measuring(seed=1)).null).any()
    assert (once.null != chance(replace(made, session_id="t")).null).any()


def test_more_words_of_others_change_nothing():
    made = disclose(alternating(UNEVEN), [9])
    more = talk_of_turns([*made.roles, O], [*made.words, 500], "s")
    more = replace(more, disclosures=made.disclosures)
    assert chance(more).p == chance(made).p
    assert chance(more).centred == chance(made).centred


@few
@given(talks)
def test_p_is_between_0_and_1_or_missing(made):
    found = chance(made, Measuring(focus_window=20, permutations=99))
    assert (found.outcome == TESTED) == (0 < found.p <= 1)
    assert found.episodes_tested + found.episodes_not_testable == len(
        measure_focus(made, Measuring(focus_window=20)).first
    )


def test_swapping_the_sides_does_not_leave_a_therapist_to_compare_with():
    made = swapped(disclose(alternating(UNEVEN), [9]))
    assert chance(made).episodes_not_testable + chance(made).episodes_tested == 1


# --- a corpus


def with_a_test(centred, null):
    return SessionChance(centred, 0.5, 1, 0, TESTED, np.array(null, dtype=float))


NOT = SessionChance(np.nan, np.nan, 0, 1, "not tested: no disclosure", np.empty(0))


def corpus(chances, therapists=None, measuring=SETTINGS):
    names = [f"s{number}" for number in range(len(chances))]
    return corpus_against_chance(names, therapists or [""] * len(names), chances, measuring)


def test_the_corpus_is_the_mean_over_tested_sessions():
    found = corpus([with_a_test(0.2, [0.1, -0.1]), NOT, with_a_test(0.4, [-0.5, 0.5])])
    assert found.centred.value == pytest.approx(0.3)
    assert found.sessions_tested == 2


def test_p_compares_with_the_means_of_the_sessions_permuted_values():
    # means of the permuted values: .3, -.2, -.1; the centred mean is .2: two of them are as far
    found = corpus([with_a_test(0.1, [0.2, -0.4, 0.2]), with_a_test(0.3, [0.4, 0.0, -0.4])])
    assert found.p == pytest.approx((1 + 2) / 4)


def test_without_a_tested_session_the_corpus_is_not_tested():
    found = corpus([NOT, NOT])
    assert found.outcome == "not tested: no session has a testable episode"
    assert (found.centred.value, found.p) == (None, None)


def test_therapists_are_resampled_if_all_are_known():
    chances = [with_a_test(0.1 * n, [0.1, -0.1]) for n in range(12)]
    named = corpus(chances, [f"t{n % 6}" for n in range(12)])
    assert named.centred.reason == "from resampling 6 therapists"
    assert named.centred.low < named.centred.value < named.centred.high
    assert corpus(chances).centred.reason == "from resampling 12 sessions"
    mixed = corpus(chances, [*["t"] * 6, *[""] * 6])
    assert mixed.centred.reason == "from resampling 7 therapists and single sessions"
    few = corpus(chances, [*["t"] * 11, ""])
    reason = "no interval (fewer than 6 therapists and single sessions)"
    assert (few.centred.reason, few.centred.interval) == (reason, None)


def test_under_six_there_is_no_interval():
    found = corpus([with_a_test(0.1 * n, [0.1, -0.1]) for n in range(5)])
    assert found.centred.reason == "no interval (fewer than 6 sessions)"
    assert found.centred.interval is None


def test_the_order_of_sessions_changes_nothing():
    random = np.random.default_rng(2)
    chances = [with_a_test(random.normal(), random.normal(size=99)) for _ in range(9)]
    names, whose = [f"s{n}" for n in range(9)], [f"t{n % 7}" for n in range(9)]
    forward = corpus_against_chance(names, whose, chances, SETTINGS)
    backward = corpus_against_chance(names[::-1], whose[::-1], chances[::-1], SETTINGS)
    assert forward == backward
