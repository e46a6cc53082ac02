from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.measure.talks_by_hand import C, O, T, U, swapped, talk
from tsd.measure.dynamics.balance import MOST_WINDOWS, Balance, balance

few = runs(max_examples=200, deadline=None)


def timed(*turns):
    """Make a talk of (role, start, end) or (role, start, end, number of words) turns."""
    made = talk(*((turn[0], turn[3] if len(turn) > 3 else 5) for turn in turns))
    return replace(
        made,
        starts=np.array([turn[1] for turn in turns], dtype=float),
        ends=np.array([turn[2] for turn in turns], dtype=float),
    )


def of(*turns, **lengths):
    """Measure a session between two utterances that do not count."""
    hello, goodbye = (C, 0, 10), (C, turns[-1][2] + 5, turns[-1][2] + 900)
    return balance(timed(hello, *turns, goodbye), "timestamps", **lengths)


def is_missing(found):
    others = (found.primary, found.held, found.counts, found.session_type)
    return np.isnan(found.score) and others == (None, None, None, "")


def reference(roles, starts, stops, window=150.0, step=30.0):
    """Compute score, primary role, windows (1 therapist, -1 client) and type by plain loops."""
    turns = list(zip(roles, starts, stops, strict=True))[1:-1]
    total = {T: 0, C: 0, O: 0, U: 0}
    for role, start, stop in turns:
        total[role] += stop - start
    both = total[T] + total[C]
    primary = next((role for role in (T, C) if total[role] > both * 0.50001), None)
    held, begin, end, finished = [], turns[0][1], turns[0][1] + window, len(turns) == 1
    while not finished and end < turns[-1][2]:
        inside = {T: 0, C: 0, O: 0, U: 0}
        for number, (role, start, stop) in enumerate(turns):
            if stop <= begin:
                continue
            if start <= end:
                inside[role] += min(stop, end) - max(start, begin)
            if stop > end:
                finished = number == len(turns) - 1 and start <= end
                break
        talked = inside[T] + inside[C]
        if talked:
            held.append((inside[T] / talked > 0.6) - (inside[C] / talked > 0.6))
        begin, end = begin + step, end + step
    percent = {side: held.count(side) / max(len(held), 1) * 100 for side in (1, 0, -1)}
    session_type = "no_label"
    if max(percent[1], percent[-1]) >= 75:
        session_type = "dominating_throughout"
    elif percent[0] >= 60:
        session_type = "back_and_forth"
    elif primary and percent[-1 if primary is T else 1] > 25:
        session_type = "alter_dominance"
    return max(total[T], total[C]) / both if both else None, primary, held, session_type


# --- the definition


def test_score_primary_and_windows_of_a_session():
    found = of((T, 10, 100), (C, 100, 400), (T, 400, 430))
    assert found.score == 300 / 420
    assert found.primary is C
    # 90 and 60 s of the first 150 are a share of .6, which is not above it
    assert found.held.tolist() == [0, 0, -1, -1, -1, -1, -1, -1, -1]
    assert found.counts == (0, 7, 2)
    assert found.session_type == "dominating_throughout"


def test_the_windows_of_a_therapist_who_talks_more():
    found = of((C, 10, 100), (T, 100, 400), (C, 400, 430))
    assert found.primary is T
    assert found.held.tolist() == [0, 0, 1, 1, 1, 1, 1, 1, 1]


def test_the_first_and_the_last_utterance_are_left_out():
    found = balance(timed((T, 0, 500), (C, 500, 520), (T, 520, 999)), "timestamps")
    assert (found.score, found.primary) == (1.0, C)


def test_windows_without_talk_are_left_out():
    assert of((T, 10, 40), (C, 500, 600)).held.tolist() == [1, -1]


def test_others_are_no_side_but_their_time_makes_windows():
    alone = of((T, 10, 200))
    assert alone.held.tolist() == []
    with_others = of((T, 10, 200), (O, 200, 290), (U, 290, 300))
    assert with_others.score == alone.score == 1.0
    assert with_others.held.tolist() == [1, 1, 1, 1, 1]


def test_overlapping_speech_is_lost_in_the_windows_but_not_in_the_score():
    found = of((T, 10, 300), (C, 20, 155), (C, 300, 400))
    assert found.score == 290 / 525
    # in the first window the client talks 135 s, after an utterance that outlasts it
    assert found.held.tolist() == [1, 1, 1, 1, 1, 1]


def test_the_windows_end_with_the_first_that_the_last_utterance_outlasts():
    assert of((T, 10, 100), (C, 100, 9000)).counts == (0, 0, 1)


def test_a_session_of_four_parts_is_alter_dominance():
    found = of((T, 10, 170), (C, 170, 331), (O, 400, 410))
    assert found.primary is C
    assert found.counts == (3, 5, 1)
    assert found.session_type == "alter_dominance"


def test_a_session_in_which_mostly_nobody_holds_the_floor_is_back_and_forth():
    turns = [((T, C)[n % 2], 10 * n, 10 * n + 10) for n in range(1, 61)]
    found = of(*turns, (T, 610, 611))
    assert found.session_type == "back_and_forth"
    assert found.counts == (0, 0, 16)


def blocks(shares):
    """Measure a session in windows of 10 s, in each of which the therapist talks a share."""
    turns = []
    for number, share in enumerate(shares, start=1):
        middle = 10 * (number + share)
        turns += [(T, 10 * number, middle), (C, middle, 10 * number + 10)]
    end = 10 * len(shares) + 10
    return of(*turns, (O, end, end + 10), window=10, step=10)


@pytest.mark.parametrize(
    ("shares", "counts", "session_type"),
    [
        ([1, 1, 1, 0], (3, 1, 0), "dominating_throughout"),
        ([0.5, 0, 0, 0], (0, 3, 1), "dominating_throughout"),
        ([0.5, 0.5, 0.5, 1, 1], (2, 0, 3), "back_and_forth"),
        ([0.5, 0.5, 0, 1, 1], (2, 1, 2), "no_label"),
        ([0.5, 0, 1, 1], (2, 1, 1), "no_label"),
        ([0, 1, 1], (2, 1, 0), "alter_dominance"),
    ],
)
def test_the_limits_of_the_session_types(shares, counts, session_type):
    found = blocks(shares)
    assert (found.counts, found.session_type) == (counts, session_type)


def test_a_session_shorter_than_a_window_has_no_label():
    found = of((T, 10, 50), (C, 50, 70))
    assert (found.score, found.primary, found.session_type) == (40 / 60, T, "no_label")
    assert found.counts == (0, 0, 0)


def test_window_and_step_can_be_set():
    found = of((T, 10, 20), (C, 20, 35), (T, 35, 45), window=10, step=5)
    # the fifth would be from 30 to 40, but the last utterance begins at the fourth's end
    assert found.held.tolist() == [1, 0, -1, -1]


@pytest.mark.parametrize("lengths", [{"window": 0}, {"step": 0}, {"step": float("nan")}])
def test_a_window_and_a_step_are_above_0(lengths):
    window, step = lengths.get("window", 150.0), lengths.get("step", 30.0)
    message = f"window and step must be above 0 seconds, not {window!r} and {step!r}"
    with pytest.raises(ValueError, match=f"^{message}$"):
        of((T, 10, 20), **lengths)


# --- where ConvoKit stops with an error


def test_a_tie_has_a_score_and_windows_but_no_primary_speaker():
    found = of((T, 10, 100), (C, 100, 190))
    assert (found.score, found.primary) == (0.5, None)
    assert (found.counts, found.session_type) == ((0, 0, 1), "back_and_forth")


def test_a_tie_can_be_dominating_throughout():
    found = of((T, 10, 170), (C, 170, 330))
    assert (found.primary, found.counts) == (None, (2, 0, 0))
    assert found.session_type == "dominating_throughout"


def test_on_a_tie_nobody_can_alternate_with_the_primary_speaker():
    found = of((T, 10, 170), (C, 170, 330), (O, 400, 410))
    assert (found.primary, found.counts, found.session_type) == (None, (3, 5, 1), "no_label")


@pytest.mark.parametrize("utterances", [0, 1, 2])
def test_two_utterances_and_fewer_have_no_balance(utterances):
    turns = [(T, 0, 400), (C, 400, 900)][:utterances]
    assert is_missing(balance(timed(*turns), "timestamps"))


def test_where_neither_side_talks_there_is_no_balance():
    assert is_missing(of((O, 10, 400), (T, 400, 400), (U, 400, 500)))


@pytest.mark.parametrize("basis", ["starts", "words"])
def test_without_times_there_is_no_balance(basis):
    session = timed((T, 0, 10), (C, 10, 300), (T, 300, 400), (C, 400, 500))
    assert is_missing(balance(session, basis))


def test_an_outlier_of_the_clock_makes_no_windows():
    found = of((T, 10, 40), (C, 1e9, 1e9 + 60))
    assert (found.score, found.primary) == (60 / 90, C)
    assert (found.held, found.counts, found.session_type) == (None, None, "")


def test_many_windows_are_still_counted():
    end = 30.0 * MOST_WINDOWS
    found = of((T, 0, 30), (C, end - 150, end - 1), (C, end - 1, end))
    assert found.counts[0] == 1


# --- the same as plain loops, and what must hold for every session

_gap = st.sampled_from([-200.0, -20, -0.3, 0, 0, 0, 0, 0.1, 1.7, 30, 200])
_lasting = st.sampled_from([0.0, 0.1, 0.7, 6.3, 29.9, 30, 45.2, 60, 90, 150, 151, 400])
_turn = st.tuples(st.sampled_from([T, T, T, C, C, C, O, U]), _gap, _lasting)


def lay_out(turns, start):
    """Place turns after each other; a negative gap makes them overlap."""
    placed = []
    for role, gap, lasting in turns:
        start = max(start + gap, 0.0)
        placed.append((role, start, start + lasting))
        start += lasting
    return placed


sessions = st.builds(
    lay_out, st.lists(_turn, min_size=3, max_size=30), st.sampled_from([0.0, 0.1, 12.34])
)


@few
@given(sessions)
def test_it_is_the_same_as_plain_loops(turns):
    found = balance(timed(*turns), "timestamps")
    score, primary, held, session_type = reference(*zip(*turns, strict=True))
    if score is None:
        assert is_missing(found)
        return
    assert (found.score, found.primary) == (score, primary)  # to the last digit
    assert found.held.tolist() == held
    assert found.session_type == session_type


@few
@given(sessions)
def test_swapping_the_roles_swaps_who_holds(turns):
    session = timed(*turns)
    one, other = balance(session, "timestamps"), balance(swapped(session), "timestamps")
    assert one.session_type == other.session_type
    if np.isnan(one.score):
        assert is_missing(other)
        return
    assert one.score == other.score
    assert {T: C, C: T, None: None}[one.primary] is other.primary
    np.testing.assert_array_equal(one.held, -other.held)


@few
@given(sessions, st.sampled_from([0.5, 4.0]))
def test_the_unit_of_time_does_not_matter(turns, times):
    session = timed(*turns)
    scaled = replace(session, starts=session.starts * times, ends=session.ends * times)
    one = balance(session, "timestamps")
    other = balance(scaled, "timestamps", window=150 * times, step=30 * times)
    assert repr(one) == repr(other)


@few
@given(sessions)
def test_score_and_windows_are_in_their_bounds(turns):
    found = balance(timed(*turns), "timestamps")
    if found.held is not None:
        assert 0.5 <= found.score <= 1
        assert sum(found.counts) == len(found.held)
        assert set(found.held.tolist()) <= {-1, 0, 1}


def test_a_balance_is_missing_by_default():
    assert is_missing(Balance())
