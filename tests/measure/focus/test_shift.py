from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.measure.talks_by_hand import C, O, T, U, disclosure, swapped, talk, talks, turns, words
from tsd.measure.focus.shift import measure_focus
from tsd.settings import Measuring

few = runs(max_examples=120, deadline=None)
NONE = float("nan")


def measure(made, measuring=None):
    return measure_focus(made, measuring or Measuring())


def focus(*utterances, **options):
    return measure(talk(*utterances), Measuring(**options))


def same(found, expected):
    np.testing.assert_allclose(found, expected, atol=1e-12)


# --- the windows


def test_shares_and_shift_of_one_disclosure():
    found = focus((C, 80), (T, 20), (T, 10, True), (C, 60), (T, 40))
    same(found.before, [0.8])
    same(found.after, [0.6])
    same(found.shift, [0.2])


def test_a_positive_shift_means_towards_the_therapist():
    assert focus((C, 100), (T, 5, True), (T, 100)).shift[0] == 1
    assert focus((T, 100), (T, 5, True), (C, 100)).shift[0] == -1


def test_a_window_is_cut_inside_an_utterance_before():
    # the last 100 words before: 50 of the client's 150, and the therapist's 50
    same(focus((C, 150), (T, 50), (T, 9, True), (C, 100)).before, [0.5])


def test_a_window_is_cut_inside_an_utterance_after():
    same(focus((C, 100), (T, 9, True), (T, 60), (C, 300)).after, [0.4])


def test_windows_are_cut_at_the_ends_of_the_session():
    found = focus((C, 15), (T, 10), (T, 9, True), (T, 5), (C, 35))
    same(found.before, [0.6])
    same(found.after, [0.875])


@pytest.mark.parametrize(("words", "before"), [(19, NONE), (20, 1.0)])
def test_a_side_with_fewer_than_20_words_is_missing(words, before):
    found = focus((C, words), (T, 9, True), (C, 100))
    same(found.before, [before])
    same(found.after, [1.0])
    same(found.shift, [before - 1])


def test_a_disclosure_in_the_first_utterance_has_nothing_before():
    assert np.isnan(focus((T, 9, True), (C, 100)).before[0])


def test_a_disclosure_in_the_last_utterance_has_nothing_after():
    found = focus((C, 100), (T, 9, True))
    assert np.isnan(found.after[0])
    assert np.isnan(found.shift[0])


def test_the_other_words_of_the_disclosing_utterance_are_in_no_window():
    text = f"{words(40)} I trained. {words(40)}"
    found = focus((C, 100), (T, text, "I trained."), (C, 100))
    same(found.before, [1.0])
    same(found.after, [1.0])


@pytest.mark.parametrize("role", [O, U])
def test_the_words_of_others_are_neither_side_and_fill_no_window(role):
    found = focus((C, 50), (role, 500), (T, 50), (T, 9, True), (role, 500), (C, 30), (T, 70))
    same(found.before, [0.5])
    same(found.after, [0.3])


def test_utterances_without_words_change_nothing():
    found = focus((C, 50), (T, 50), (C, 0), (T, 9, True), (T, 0), (C, 30), (O, 0), (T, 70))
    same(found.before, [0.5])
    same(found.after, [0.3])


def test_a_session_without_a_client_has_no_shares():
    found = focus((T, 100), (T, 9, True), (T, 100))
    assert np.isnan([found.before, found.after]).all()


def test_a_one_utterance_session_has_no_shares():
    found = focus((T, 9, True))
    assert np.isnan([found.before, found.after, found.shift]).all()


def test_the_window_can_be_set():
    found = focus((T, 50), (C, 50), (T, 9, True), (C, 25), (T, 99), focus_window=50)
    same(found.before, [1.0])
    same(found.after, [0.5])


def test_the_fewest_words_can_be_set():
    same(focus((C, 3), (T, 9, True), (C, 30), focus_minimum=3).before, [1.0])


def test_words_are_counted_in_any_script():
    chinese, arabic = " ".join(["我们"] * 60), " ".join(["نحن"] * 40)
    same(focus((C, chinese), (T, arabic), (T, 9, True), (C, 100)).before, [0.6])


# --- episodes


def test_99_words_between_make_one_episode():
    found = focus((T, 9, True), (C, 99), (T, 9, True))
    assert found.episode.tolist() == [0, 0]


def test_100_words_between_make_two_episodes():
    found = focus((T, 9, True), (C, 100), (T, 9, True))
    assert found.episode.tolist() == [0, 1]


def test_the_words_between_include_those_of_the_disclosing_utterances():
    first, second = f"I trained. {words(40)}", f"{words(40)} Me too."
    gap = [focus((T, first, "I trained."), (C, n), (T, second, "Me too.")) for n in (19, 20)]
    assert [found.episode.tolist() for found in gap] == [[0, 0], [0, 1]]


def test_the_words_of_others_are_not_between():
    found = focus((T, 9, True), (O, 500), (C, 20), (T, 9, True))
    assert found.episode.tolist() == [0, 0]


def test_disclosures_of_one_utterance_are_one_episode():
    text = f"I trained. {words(150)} Me too."
    assert focus((T, text, ["I trained.", "Me too."])).episode.tolist() == [0, 0]


def test_a_chain_of_short_gaps_is_one_episode():
    found = focus((T, 9, True), (C, 60), (T, 9, True), (C, 60), (T, 9, True))
    assert found.episode.tolist() == [0, 0, 0]


def test_an_episode_is_looked_at_from_its_first_utterance_to_its_last():
    found = focus((C, 75), (T, 25), (T, 9, True), (C, 90), (T, 9, True), (C, 20), (T, 80))
    same(found.before, [0.75])
    same(found.after, [0.2])


def test_the_window_of_one_episode_may_reach_into_the_next():
    found = focus((C, 100), (T, 10, True), (C, 100), (T, 50, True), (T, 50), (C, 100))
    assert found.episode.tolist() == [0, 1]
    same(found.before, [1.0, 1.0])
    same(found.after, [1.0, 0.5])


def test_the_mean_is_over_episodes_not_disclosures():
    # episode 0 (two disclosures): 1 - 0 = 1; episode 1: the 100 words before are the therapist's
    found = focus(
        (C, 100), (T, 9, True), (C, 5), (T, 9, True), (T, 100), (T, 9, True), (T, 50), (C, 50)
    )
    assert found.episode.tolist() == [0, 0, 1]
    same(found.shift, [1.0, -0.5])
    assert found.mean_shift() == pytest.approx(0.25)


def test_the_mean_leaves_out_episodes_without_a_shift():
    found = focus((T, 9, True), (C, 100), (T, 9, True), (T, 100))
    assert np.isnan(found.shift[0])
    assert found.mean_shift() == 1.0


@pytest.mark.parametrize("session", [[(T, 9, True), (C, 10)], [(C, 100), (T, 9), (C, 100)]])
def test_the_mean_of_nothing_is_missing(session):
    assert np.isnan(focus(*session).mean_shift())


def test_a_session_without_disclosures_has_empty_columns():
    found = focus((C, 100), (T, 9))
    assert (len(found.episode), len(found.first), len(found.before)) == (0, 0, 0)


# --- what always holds


def by_words(made, measuring):
    """Find episodes and shares word by word, as the definition says it."""
    counted = [
        (u, role)
        for u, (role, n) in enumerate(zip(made.roles, made.words, strict=True))
        for _ in range(n)
        if role in (T, C)
    ]
    where = [each.utterance for each in made.disclosures]  # whole utterances
    episodes = []
    for u in where:
        last = episodes[-1][-1] if episodes else None
        between = 0 if last is None else sum(last < v < u for v, _ in counted)
        if last is not None and between < measuring.focus_window:
            episodes[-1].append(u)
        else:
            episodes.append([u])

    def share(window):
        one_sided = len({role for _, role in counted}) < 2
        if len(window) < measuring.focus_minimum or one_sided:
            return NONE
        return sum(role is C for _, role in window) / len(window)

    rows = []
    for number, members in enumerate(episodes):
        before = share([w for w in counted if w[0] < members[0]][-measuring.focus_window :])
        after = share([w for w in counted if w[0] > members[-1]][: measuring.focus_window])
        rows += [(number, before, after)] * len(members)
    return rows


@few
@given(talks)
def test_episodes_and_shares_are_those_counted_word_by_word(made):
    found = measure(made)
    expected = by_words(made, Measuring())
    same(
        np.column_stack(
            [found.episode, found.before[found.episode], found.after[found.episode]]
        ).reshape(-1, 3),
        np.array(expected, dtype=float).reshape(-1, 3),
    )


@few
@given(talks)
def test_shares_are_between_0_and_1_or_missing(made):
    found = measure(made)
    for share in (found.before, found.after):
        known = share[np.isfinite(share)]
        assert ((known >= 0) & (known <= 1)).all()


@few
@given(talks)
def test_swapping_therapist_and_client_flips_the_sign(made):
    once, other = (measure(each) for each in (made, swapped(made)))
    same(other.shift, -once.shift)
    same(other.mean_shift(), -once.mean_shift())


@few
@given(turns, st.data())
def test_more_words_of_others_change_no_share_and_no_episode(session, data):
    position = data.draw(st.integers(0, len(session)))
    longer = [*session[:position], (O, data.draw(st.integers(0, 300))), *session[position:]]
    before, after = focus(*session), focus(*longer)
    same(after.shift, before.shift)
    assert after.episode.tolist() == before.episode.tolist()


@few
@given(turns, turns, turns)
def test_what_is_outside_the_windows_changes_nothing(earlier, session, later):
    earlier, later = ([turn[:2] for turn in each] for each in (earlier, later))
    core = [(C, 60), (T, 40), *session, (T, 30), (C, 70)]
    assume(any(len(turn) > 2 for turn in session))
    near, far = focus(*core), focus(*earlier, *core, *later)
    same(far.before, near.before)
    same(far.after, near.after)
    assert far.episode.tolist() == near.episode.tolist()


@few
@given(talks)
def test_other_words_of_the_same_number_change_no_share(made):
    other = replace(made, texts=[text.replace("word", "parole") for text in made.texts])
    other = replace(
        other,
        disclosures=[
            disclosure(each.utterance, other.texts[each.utterance]) for each in made.disclosures
        ],
    )
    same(measure(other).shift, measure(made).shift)
