from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.measure.dynamics.test_balance import sessions, timed
from tests.measure.talks_by_hand import C, O, T, U, swapped, talk, talks
from tsd.measure.dynamics.balance import MOST_WINDOWS, balance
from tsd.measure.dynamics.share import (
    _turn_lengths,
    dynamics_columns,
    dynamics_summary,
    share_over_session,
)
from tsd.measure.tables import DYNAMICS
from tsd.measure.talk_time import session_axis, talk_time
from tsd.settings import Measuring

few = runs(max_examples=120, deadline=None)
NONE = float("nan")
SUMMARY = (
    "therapist_turns therapist_turn_words therapist_longest_turn client_turns client_turn_words "
    "client_longest_turn floor_therapist floor_client floor_shared balance_score balance_primary "
    "balance_type balance_windows balance_windows_therapist balance_windows_client"
)


def measure(session, **options):
    measuring = Measuring(**options)
    basis, seconds = talk_time(session.starts, session.ends, session.words, measuring)
    return share_over_session(
        session, session_axis(session, basis, seconds, measuring.share_unit), seconds, measuring
    )


def by_words(*turns, window=10, step=5):
    return measure(talk(*turns), share_unit="words", share_window=window, share_step=step)


def by_clock(*turns, window=10, step=5, **options):
    return measure(timed(*turns), share_window=window, share_step=step, **options)


def summary(session, **options):
    measuring = Measuring(**options)
    basis, seconds = talk_time(session.starts, session.ends, session.words, measuring)
    share = share_over_session(
        session, session_axis(session, basis, seconds, measuring.share_unit), seconds, measuring
    )
    return dynamics_summary(session, share, balance(session, basis))


def same(found, begins, ends, share, floor):
    np.testing.assert_allclose(found.begins, begins, atol=1e-9)
    np.testing.assert_allclose(found.ends, ends, atol=1e-9)
    np.testing.assert_allclose(found.therapist_share, share, atol=1e-9)
    assert found.floor.tolist() == floor


# --- the share along words


def test_the_share_along_words():
    found = by_words((T, 10), (C, 10))
    same(found, [0, 5, 10], [10, 15, 20], [1, 0.5, 0], ["therapist", "shared", "client"])
    assert found.unit == "words"


def test_the_last_window_is_cut_at_the_end():
    same(by_words((T, 10), (C, 3)), [0, 5], [10, 13], [1, 0.625], ["therapist", "therapist"])


def test_a_session_shorter_than_a_window_has_one():
    same(by_words((T, 2), (C, 2)), [0], [4], [0.5], ["shared"])


def test_a_session_as_long_as_a_window_has_one():
    same(by_words((T, 2), (C, 8)), [0], [10], [0.2], ["client"])


@pytest.mark.parametrize("role", [O, U])
def test_words_of_others_change_nothing(role):
    same(
        by_words((role, 40), (T, 10), (role, 7), (C, 0), (C, 10), (role, 2)),
        [0, 5, 10],
        [10, 15, 20],
        [1, 0.5, 0],
        ["therapist", "shared", "client"],
    )


def test_a_step_longer_than_the_window_leaves_gaps():
    found = by_words((T, 12), (C, 30), window=10, step=20)
    same(found, [0, 20, 40], [10, 30, 42], [1, 0, 0], ["therapist", "client", "client"])


def test_a_step_past_the_end_makes_no_window():
    same(by_words((T, 12), (C, 5), window=10, step=20), [0], [10], [1], ["therapist"])


def test_if_one_side_is_missing_so_are_the_shares():
    same(by_words((T, 12), (O, 30), window=10, step=20), [0], [10], [NONE], [""])


@pytest.mark.parametrize("turns", [[], [(T, 0)], [(T, 0), (C, 0)], [(O, 50), (U, 9)]])
def test_without_words_of_either_side_there_is_no_window(turns):
    same(by_words(*turns), [], [], [], [])


def test_words_count_also_where_there_are_times():
    found = by_clock((T, 0, 900, 4), (C, 900, 901, 4), share_unit="words")
    same(found, [0], [8], [0.5], ["shared"])


# --- the share along the clock


def test_silence_counts_for_nobody():
    found = by_clock((T, 0, 4), (C, 6, 8), (T, 25, 30))
    same(
        found,
        [0, 5, 10, 15, 20],
        [10, 15, 20, 25, 30],
        [4 / 6, 0, NONE, NONE, 1],
        ["therapist", "client", "", "", "therapist"],
    )


def test_the_clock_counts_from_the_first_start():
    one = by_clock((T, 0, 4), (C, 6, 8), (T, 25, 30))
    later = by_clock((T, 3600, 3604), (C, 3606, 3608), (T, 3625, 3630))
    same(later, one.begins, one.ends, one.therapist_share, one.floor.tolist())


def test_seconds_since_1970_make_no_talk_where_there_is_none():
    turns = (T, 1.7e9 + 0.1, 1.7e9 + 10.1), (O, 1.7e9 + 10.1, 1.7e9 + 20.1)
    found = by_clock(*turns, (C, 1.7e9 + 40.1, 1.7e9 + 50.1))
    assert found.floor.tolist()[:3] == ["therapist", "therapist", ""]


def test_overlapping_speech_counts_for_both():
    same(by_clock((T, 0, 10), (C, 5, 10)), [0], [10], [10 / 15], ["therapist"])


def test_the_clock_runs_while_others_talk():
    found = by_clock((T, 0, 2), (O, 2, 12), (C, 12, 14))
    same(found, [0, 5], [10, 14], [1, 0], ["therapist", "client"])


def test_a_window_cuts_an_utterance():
    assert by_clock((T, 0, 7), (C, 7, 20)).therapist_share[1] == pytest.approx(0.2)


def test_utterances_out_of_order_are_taken_by_their_times():
    one = by_clock((T, 0, 7), (C, 7, 20), (T, 20, 31))
    other = by_clock((T, 20, 31), (C, 7, 20), (T, 0, 7))
    same(other, one.begins, one.ends, one.therapist_share, one.floor.tolist())


def test_the_session_ends_with_the_last_word_not_with_the_last_utterance():
    assert by_clock((T, 0, 17), (C, 2, 3)).ends.tolist() == [10, 15, 17]


def test_rounded_times_make_no_further_window():
    assert len(by_clock((T, 0.1, 0.3), (C, 0.3, 15.1 + 1e-9)).begins) == 2


def test_a_session_without_length_has_no_window():
    same(by_clock((T, 5, 5)), [], [], [], [])


def test_an_outlier_of_the_clock_makes_no_windows():
    same(by_clock((T, 0, 10), (C, 1e12, 1e12 + 5)), [], [], [], [])


def test_the_most_windows():
    end = 10 + 5 * (MOST_WINDOWS - 1)
    assert len(by_clock((T, 0, 10), (C, end - 1, end)).begins) == MOST_WINDOWS
    assert len(by_clock((T, 0, 10), (C, end - 1, end + 1)).begins) == 0


# --- the share along talk time, where the clock is not known


def test_without_times_talk_is_placed_end_to_end():
    # 150 words/min: 25 words are 10 seconds
    found = measure(talk((T, 25), (O, 25), (C, 25)), share_window=10, share_step=5)
    same(
        found,
        [0, 5, 10, 15, 20],
        [10, 15, 20, 25, 30],
        [1, 1, NONE, 0, 0],
        ["therapist", "therapist", "", "client", "client"],
    )
    assert found.unit == "seconds"


def test_with_start_times_only_the_silence_is_left_out():
    session = timed((T, 0, NONE, 10), (C, 600, NONE, 25))
    # at 60 words/min, 10 words take no more than 10 seconds
    same(measure(session, share_window=30), [0], [20], [0.5], ["shared"])


# --- the floor


@pytest.mark.parametrize(
    ("own", "floor"),
    [(4, "client"), (39, "client"), (40, "shared"), (60, "shared"), (61, "therapist")],
)
def test_a_side_holds_the_floor_above_60_percent(own, floor):
    found = by_words((T, own), (C, 100 - own), window=100)
    assert found.floor.tolist() == [floor]


def test_the_limit_is_not_crossed_by_rounding():
    found = by_clock((T, 0.1, 0.7), (C, 0.7, 1.1))  # .6 s of 1 s
    assert found.floor.tolist() == ["shared"]


def test_the_limit_can_be_set():
    assert by_words((T, 7), (C, 3)).floor.tolist() == ["therapist"]
    strict = measure(talk((T, 7), (C, 3)), floor_share=0.7)
    assert strict.floor.tolist() == ["shared"]


def test_the_floor_is_shared_among_windows_with_talk():
    found = by_clock((T, 0, 4), (C, 6, 8), (T, 25, 30))
    assert found.floor_shares() == {"therapist": 2 / 3, "client": 1 / 3, "shared": 0}


def test_without_windows_nobody_held_the_floor():
    assert np.isnan(list(by_words().floor_shares().values())).all()


# --- turns


def lengths(*turns):
    therapist, client = _turn_lengths(talk(*turns))
    return therapist.tolist(), client.tolist()


def test_utterances_of_one_role_in_a_row_are_one_turn():
    assert lengths((T, 3), (T, 4), (C, 5), (T, 6), (C, 7), (C, 1)) == ([7, 6], [5, 8])


def test_two_clients_in_a_row_are_one_turn():
    session = replace(talk((C, 3), (C, 4), (T, 1)), speakers=["Ann", "Ben", "T"])
    assert _turn_lengths(session)[1].tolist() == [7]


def test_utterances_without_words_end_no_turn():
    assert lengths((C, 0), (T, 3), (C, 0), (O, 0), (T, 4), (C, 5), (U, 0)) == ([7], [5])


@pytest.mark.parametrize("role", [O, U])
def test_words_of_another_speaker_end_a_turn(role):
    assert lengths((role, 2), (T, 3), (role, 1), (T, 4), (role, 9)) == ([3, 4], [])


@pytest.mark.parametrize("turns", [[], [(T, 0)], [(O, 5)]])
def test_a_session_without_words_has_no_turns(turns):
    assert lengths(*turns) == ([], [])


# --- the columns of the session


def test_the_summary_of_a_session():
    session = timed(
        (C, 0, 10, 9),
        (T, 10, 100, 30),
        (C, 100, 400, 80),
        (T, 400, 410, 4),
        (T, 410, 430, 2),
        (C, 430, 460, 40),
        (T, 460, 461, 2),
    )
    found = summary(session)
    assert list(found) == SUMMARY.split()
    # the windows begin at 0, 30, ... 300 and 330; in the first, 90 of 150 seconds are .6
    assert found == {
        "therapist_turns": 3,
        "client_turns": 3,
        "therapist_turn_words": 6.0,
        "client_turn_words": 40.0,
        "therapist_longest_turn": 30,
        "client_longest_turn": 80,
        "floor_therapist": 0.0,
        "floor_client": 10 / 12,
        "floor_shared": 2 / 12,
        "balance_score": 330 / 450,
        "balance_primary": "client",
        "balance_type": "dominating_throughout",
        "balance_windows": 10,
        "balance_windows_therapist": 0,
        "balance_windows_client": 8,
    }


def test_a_role_that_never_speaks_has_no_turns():
    found = summary(talk((T, 5), (C, 0), (O, 3), (T, 8)))
    assert (found["therapist_turns"], found["therapist_turn_words"]) == (2, 6.5)
    missing = ("client_turns", "client_turn_words", "client_longest_turn")
    assert np.isnan([found[name] for name in missing]).all()


def test_without_times_the_balance_is_missing():
    found = summary(talk((T, 5), (C, 5), (T, 8), (C, 3)))
    assert np.isnan([found["balance_score"], found["balance_windows"]]).all()
    assert (found["balance_primary"], found["balance_type"]) == ("", "")


def test_a_tie_has_no_primary_speaker():
    found = summary(timed((C, 0, 10), (T, 10, 100), (C, 100, 190), (T, 190, 200)))
    assert (found["balance_score"], found["balance_primary"]) == (0.5, "")
    assert (found["balance_type"], found["balance_windows"]) == ("back_and_forth", 1)


# --- the rows of the table


def test_the_rows_of_a_session():
    rows = DYNAMICS.frame(dynamics_columns("demo", by_words((T, 10), (C, 10))))
    assert tuple(rows.columns) == DYNAMICS.names
    assert rows.to_dict("records") == [
        {
            "session_id": "demo",
            "window": number,
            "unit": "words",
            "begin": begin,
            "end": end,
            "therapist_share": share,
            "floor": floor,
        }
        for number, begin, end, share, floor in [
            (0, 0.0, 10.0, 1.0, "therapist"),
            (1, 5.0, 15.0, 0.5, "shared"),
            (2, 10.0, 20.0, 0.0, "client"),
        ]
    ]


def test_a_session_without_windows_has_columns_but_no_rows():
    rows = DYNAMICS.frame(dynamics_columns("demo", by_words()))
    assert (tuple(rows.columns), len(rows)) == (DYNAMICS.names, 0)
    numbers = ["window", "begin", "end", "therapist_share"]
    assert [dtype.kind for dtype in rows[numbers].dtypes] == ["i", "f", "f", "f"]


# --- what must hold for every session

_options = st.fixed_dictionaries(
    {
        "share_unit": st.sampled_from(["seconds", "words"]),
        "share_window": st.sampled_from([1, 7.5, 60, 150]),
        "share_step": st.sampled_from([2, 10.5, 30, 200]),
        "floor_share": st.sampled_from([0.5, 0.6, 1]),
    }
)
_sessions = st.one_of(talks, sessions.map(lambda turns: timed(*turns)))


def by_loops(session, found, basis, seconds):
    """Compute the therapist's share of each window by plain loops."""
    sides, clock = (T, C), found.unit == "seconds" and basis == "timestamps"
    place, spans = 0.0, []
    for u, role in enumerate(session.roles):
        amount = float((session.words if found.unit == "words" else seconds)[u])
        if clock:
            place = session.starts[u] - session.starts.min()
        elif found.unit == "words" and role not in sides:
            continue
        spans.append((role, place, place + amount))
        place += amount
    shares = []
    for begin, end in zip(found.begins, found.ends, strict=True):
        own, theirs = (
            sum(max(min(end, stop) - max(begin, start), 0) for r, start, stop in spans if r is side)
            for side in sides
        )
        shares.append(own / (own + theirs) if own + theirs > 1e-6 else NONE)
    if not all(sum(b - a for r, a, b in spans if r is side) > 1e-6 for side in sides):
        shares = [NONE] * len(shares)
    return max((stop for *_, stop in spans), default=0.0), shares


@few
@given(_sessions, _options)
def test_the_windows_cover_the_session_and_hold_what_plain_loops_find(session, options):
    measuring = Measuring(**options)
    basis, seconds = talk_time(session.starts, session.ends, session.words, measuring)
    found = share_over_session(
        session, session_axis(session, basis, seconds, measuring.share_unit), seconds, measuring
    )
    length, shares = by_loops(session, found, basis, seconds)
    np.testing.assert_allclose(found.therapist_share, shares, atol=1e-6)
    assert bool(len(found.begins)) == (length > 0)
    if length > 0:
        assert found.begins[0] == 0
        np.testing.assert_allclose(np.diff(found.begins), options["share_step"])
        full = found.begins + options["share_window"]
        np.testing.assert_allclose(found.ends, np.minimum(full, length))
        assert (full[:-1] < length).all()
        if options["share_step"] <= options["share_window"]:
            assert found.ends[-1] == pytest.approx(length)


@few
@given(_sessions, _options)
def test_shares_are_between_0_and_1_and_the_floors_sum_to_1(session, options):
    found = measure(session, **options)
    talked = found.therapist_share[found.floor != ""]
    assert ((talked >= 0) & (talked <= 1)).all()
    assert np.isnan(found.therapist_share[found.floor == ""]).all()
    if len(talked):
        assert sum(found.floor_shares().values()) == pytest.approx(1)


@few
@given(_sessions, _options)
def test_swapping_the_roles_mirrors_share_and_floor(session, options):
    one, other = measure(session, **options), measure(swapped(session), **options)
    swap = {"therapist": "client", "client": "therapist"}
    share, floor = 1 - one.therapist_share, [swap.get(who, who) for who in one.floor.tolist()]
    same(other, one.begins, one.ends, share, floor)
    assert [each.tolist() for each in _turn_lengths(session)] == [
        each.tolist() for each in _turn_lengths(swapped(session))[::-1]
    ]


@few
@given(st.lists(st.tuples(st.sampled_from([T, C]), st.integers(0, 70)), max_size=20), st.data())
def test_words_of_others_never_matter_along_words(turns, data):
    where = data.draw(st.integers(0, len(turns)))
    added = (data.draw(st.sampled_from([O, U])), data.draw(st.integers(0, 300)))
    one, other = by_words(*turns), by_words(*turns[:where], added, *turns[where:])
    same(other, one.begins, one.ends, one.therapist_share, one.floor.tolist())


@few
@given(sessions, st.sampled_from([0.5, 4.0]))
def test_the_unit_of_time_does_not_matter(turns, times):
    session = timed(*turns)
    scaled = replace(session, starts=session.starts * times, ends=session.ends * times)
    one = measure(session)
    other = measure(scaled, share_window=150 * times, share_step=30 * times)
    share, floor = one.therapist_share, one.floor.tolist()
    same(other, one.begins * times, one.ends * times, share, floor)


@few
@given(talks)
def test_turns_hold_all_the_words(session):
    for role, found in zip((T, C), _turn_lengths(session), strict=True):
        assert found.sum() == session.words[session.of(role)].sum()
        assert (found > 0).all()
        assert len(found) <= (session.words[session.of(role)] > 0).sum()


@few
@given(talks, st.data())
def test_an_utterance_without_words_changes_no_turn(session, data):
    turns = list(zip(session.roles, session.texts, strict=True))
    where = data.draw(st.integers(0, len(turns)))
    added = (data.draw(st.sampled_from([T, C, O, U])), 0)
    assert lengths(*turns[:where], added, *turns[where:]) == lengths(*turns)
