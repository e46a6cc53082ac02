from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsd.report import timeline
from tsd.report.timeline import WIDTH, Bar
from tsd.schema import Role

T, C, O = Role.THERAPIST, Role.CLIENT, Role.OTHER  # noqa: E741

sessions = st.lists(
    st.tuples(
        st.integers(0, 6000).map(lambda n: n / 10),
        st.sampled_from(list(Role)),
        st.sampled_from(["", "training"]),
    ),
    max_size=40,
)
few = settings(max_examples=100, deadline=None)


def draw(seconds, roles, labels):
    """Lay out utterances end to end."""
    ends = list(accumulate(seconds))
    return timeline.draw([0, *ends[:-1]][: len(ends)], ends, roles, labels)


def columns(turns):
    return [list(column) for column in zip(*turns, strict=True)] or [[], [], []]


def test_turns_share_the_width_as_they_share_the_time():
    assert draw([1, 3, 4], [T, C, O], ["", "", ""]).turns == [
        Bar(0.0, 125.0, "therapist"),
        Bar(125.0, 375.0, "client"),
        Bar(500.0, 500.0, "other"),
    ]


def test_neighbors_of_one_role_are_one_bar():
    assert draw([1, 1, 2], [T, T, C], ["", "", ""]).turns == [
        Bar(0.0, 500.0, "therapist"),
        Bar(500.0, 500.0, "client"),
    ]


def test_roles_that_come_again_get_a_bar_again():
    assert [bar.kind for bar in draw([1, 1, 1], [T, C, T], ["", "", ""]).turns] == [
        *("therapist", "client", "therapist")
    ]


def test_each_disclosing_utterance_has_a_mark_of_its_type():
    marks = draw([5, 5, 10], [T, C, T], ["training", "", "similar_challenge"]).marks
    assert marks == [Bar(0.0, 250.0, "training"), Bar(500.0, 500.0, "similar_challenge")]


def test_marks_stay_apart_where_turns_are_joined():
    found = draw([5, 5], [T, T], ["training", "training"])
    assert len(found.turns) == 1
    assert [mark.x for mark in found.marks] == [0.0, 500.0]


def test_a_short_disclosure_can_still_be_seen():
    assert draw([1, 99_999], [T, C], ["training", ""]).marks[0].width == 3.0


def test_one_utterance_fills_the_strip():
    assert draw([7], [T], [""]).turns == [Bar(0.0, WIDTH, "therapist")]


def test_a_session_without_talk_has_bars_without_width():
    found = draw([0, 0], [T, C], ["training", ""])
    assert [bar.width for bar in found.turns] == [0.0, 0.0]
    assert len(found.marks) == 1


def test_no_utterance_is_an_empty_strip():
    found = draw([], [], [])
    assert (found.turns, found.marks) == ([], [])


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        draw([1, 2], [T], ["", ""])


@few
@given(sessions)
def test_bars_lie_in_order_within_the_strip(turns):
    bars = draw(*columns(turns)).turns
    for before, after in pairwise(bars):
        assert before.x <= after.x
        assert before.kind != after.kind
    assert all(0 <= bar.x <= WIDTH and 0 <= bar.width <= WIDTH + 1 for bar in bars)


@few
@given(sessions)
def test_there_is_one_mark_per_disclosing_utterance(turns):
    seconds, roles, labels = columns(turns)
    assert len(draw(seconds, roles, labels).marks) == sum(map(bool, labels))


def test_many_joined_turns_keep_their_width():
    [bar] = draw([1] * 3000, [T] * 3000, [""] * 3000).turns
    assert bar.width == pytest.approx(WIDTH, abs=0.1)


def test_the_mark_of_the_last_utterance_stays_in_the_strip():
    [mark] = draw([9999, 1], [C, T], ["", "training"]).marks
    assert mark.x + mark.width <= WIDTH


def test_with_times_a_disclosure_is_drawn_where_it_happened():
    begins, ends = [0, 10, 620, 630], [10, 20, 630, 640]
    [mark] = timeline.draw(begins, ends, [T, C, T, C], ["", "", "training", ""]).marks
    assert mark == Bar(968.75, 15.62, "training")


def test_silence_stays_empty():
    bars = timeline.draw([0, 50], [10, 100], [T, T], ["", ""]).turns
    assert bars == [Bar(0.0, 100.0, "therapist"), Bar(500.0, 500.0, "therapist")]
