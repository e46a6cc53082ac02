import numpy as np
import pytest

from tests.measure.simulated import disclose, session_like_the_samples, talk_of_turns
from tests.measure.talks_by_hand import C, O, T, talk
from tsd.measure.focus.shift import measure_focus
from tsd.measure.focus.stretches import Slopes, compare, thirds_by_length
from tsd.settings import Measuring

SETTINGS = Measuring()


def comparisons(made, measuring=SETTINGS):
    return compare(made, measure_focus(made, measuring), measuring)


def alternating(pairs, *, before=100, after=100):
    turns = [(C, before)]
    for own, client in pairs:
        turns += [(T, own), (C, client)]
    roles, words = zip(*turns, (C, after), strict=True)
    return talk_of_turns(list(roles), words, "s")


def like_the_samples(seed=0):
    made = session_like_the_samples(np.random.default_rng(seed))
    own = np.flatnonzero(made.of(T))
    return disclose(made, [own[len(own) // 2]])


# --- which stretches


def test_an_utterance_is_compared_with_those_of_its_third_by_length():
    made = alternating([(30, 60), (5, 5)] * 10)
    long_ = [u for u in np.flatnonzero(made.of(T)) if made.words[u] == 30]
    (one,) = comparisons(disclose(made, [long_[4]])).each
    assert len(one.stretches.after) == len(long_)
    assert one.place == 4


def test_an_episode_of_several_utterances_is_compared_with_as_many():
    made = alternating([(10, 20)] * 14)
    (one,) = comparisons(disclose(made, [9, 11])).each
    assert len(one.stretches.after) == 13
    assert one.stretches.slopes.n == 13


def test_a_stretch_needs_full_windows():
    made = alternating([(10, 20)] * 12, before=80)
    (one,) = comparisons(disclose(made, [9])).each
    assert len(one.stretches.after) == 11  # not the first


@pytest.mark.parametrize(("pairs", "reason"), [(8, ""), (7, "fewer than 8 comparable stretches")])
def test_eight_comparable_utterances_are_enough_and_seven_are_not(pairs, reason):
    assert comparisons(disclose(alternating([(10, 20)] * pairs), [5])).reasons == (reason,)


def test_an_episode_of_several_utterances_needs_twelve():
    reasons = [
        comparisons(disclose(alternating([(10, 20)] * pairs), [9, 11])).reasons
        for pairs in (13, 12)
    ]
    assert reasons == [("",), ("fewer than 12 comparable stretches",)]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (talk((C, 99), (T, 9, True), (C, 100)), "fewer than 100 words before"),
        (talk((C, 100), (T, 9, True), (C, 99)), "fewer than 100 words after"),
        (talk((T, 100), (T, 9, True), (T, 100)), "only one side speaks"),
    ],
)
def test_an_episode_without_a_comparison_says_why(made, reason):
    assert comparisons(made).reasons == (reason,)


# --- their traits


def traits_of(made, number=0):
    one = comparisons(made).each[number]
    return one.stretches.traits[one.place]


def test_the_traits_of_an_utterance():
    # 100 words before it: 30 of the therapist, then a turn of the client in two utterances
    turns = [(C, 100), *[(T, 10), (C, 25)] * 9, (T, 30), (C, 30), (C, 40)]
    made = talk_of_turns(*zip(*turns, (T, 10), (C, 200), strict=True), "s")
    made = disclose(made, [len(turns)])
    share, turn, place, words, inside = traits_of(made)
    begins = 100 + 9 * 35 + 100
    assert share == pytest.approx(0.7)
    assert turn == pytest.approx(0.7)
    assert place == pytest.approx(begins / (begins + 210))
    assert words == pytest.approx(np.log(11))
    assert inside == 0


def test_the_clients_turn_counts_up_to_a_window_and_others_do_not_end_it():
    turns = [(C, 100), *[(T, 10), (C, 25)] * 9, (C, 90), (O, 50), (C, 30)]
    made = talk_of_turns(*zip(*turns, (T, 10), (C, 200), strict=True), "s")
    assert traits_of(disclose(made, [len(turns)]))[1] == 1


def test_the_clients_part_of_a_stretch():
    made = alternating([(10, 20)] * 14)
    *_, words, inside = traits_of(disclose(made, [9, 11]))
    assert words == pytest.approx(np.log(41))
    assert inside == pytest.approx(0.5)


# --- what is expected


def test_the_falls_are_those_of_a_regression_without_the_stretch_itself():
    made = like_the_samples()
    (one,) = comparisons(made).each
    slopes = np.linalg.pinv(one.stretches.slopes.products) @ one.stretches.slopes.with_after
    rest = np.delete(np.arange(len(one.stretches.after)), one.place)
    expected = one.stretches.after[rest].mean()
    expected += (one.stretches.traits[one.place] - one.stretches.traits[rest].mean(axis=0)) @ slopes
    # the slopes have seen the stretch itself, among many: nearly the same
    fall = one.stretches.falls(Slopes.none())[one.place]
    assert fall == pytest.approx(expected - one.stretches.after[one.place], abs=0.05)


def test_leaving_one_out_is_exact_where_all_stretches_are_compared():
    made = disclose(alternating([(10, 9 + 7 * n % 41) for n in range(40)]), [41])
    (one,) = comparisons(made).each
    assert len(one.stretches.after) == one.stretches.slopes.n
    rest = np.delete(np.arange(len(one.stretches.after)), one.place)
    known = np.column_stack([np.ones(len(rest)), one.stretches.traits[rest]])
    slopes, *_ = np.linalg.lstsq(known, one.stretches.after[rest], rcond=1e-9)
    expected = slopes @ [1, *one.stretches.traits[one.place]]
    fall = one.stretches.falls(Slopes.none())[one.place]
    assert fall == pytest.approx(expected - one.stretches.after[one.place], abs=1e-6)


def test_sums_of_slopes_add_up():
    made = like_the_samples()
    (one,) = comparisons(made).each
    twice = one.stretches.slopes + one.stretches.slopes
    assert twice.n == 2 * one.stretches.slopes.n
    assert np.allclose(twice.products, 2 * one.stretches.slopes.products)


def test_few_stretches_are_kept_for_pooling_and_many_are_not():
    short, long_ = alternating([(10, 20)] * 12), alternating([(10, 20)] * 40)
    assert (comparisons(short).short.n, comparisons(long_).short.n) == (12, 0)


def test_only_a_session_that_needs_others_keeps_its_comparisons():
    short = disclose(alternating([(10, 20)] * 12), [9])
    long_ = disclose(alternating([(10, 20)] * 40), [9])
    assert len(comparisons(short).for_corpus().each) == 1
    assert comparisons(long_).for_corpus().each == ()


def test_the_same_length_is_in_the_same_third():
    thirds = thirds_by_length(np.array([7, 1, 7, 3, 9, 7]))
    assert len(set(thirds[[0, 2, 5]])) == 1
    assert thirds_by_length(np.array([], dtype=np.int64)).tolist() == []
