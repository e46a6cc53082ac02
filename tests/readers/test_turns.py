import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.turns import join_cues
from tsd.schema import Role, Utterance


def cue(text, speaker="T", start=None, end=None, **more):
    return Utterance(text, speaker, start=start, end=end, **more)


def joined(*cues, within=2.0):
    return [(u.speaker, u.text, u.start, u.end) for u in join_cues(cues, within)]


def test_cues_of_one_speaker_become_a_turn_with_the_line_and_id_of_the_first():
    first = cue("So I", start=1.0, end=2.0, line=4, utterance_id="7")
    (turn,) = join_cues([first, cue("left.", start=2.5, end=3.0, line=8, utterance_id="8")], 2.0)
    assert (turn.text, turn.start, turn.end, turn.line, turn.utterance_id) == (
        "So I left.",
        1.0,
        3.0,
        4,
        "7",
    )


@pytest.mark.parametrize(
    "second",
    [
        cue("b", "C", 2.0, 3.0),
        cue("b", start=4.1, end=5.0),
        cue("b"),
        cue("b", role=Role.THERAPIST, start=2.0, end=3.0),
        cue("b", start=0.5, end=0.9),
    ],
    ids=["another speaker", "a long pause", "no time", "another role", "back in time"],
)
def test_what_is_not_one_turn_stays_apart(second):
    assert len(joined(cue("a", start=1.0, end=2.0), second)) == 2


def test_cues_without_a_speaker_stay_apart():
    assert len(joined(cue("a", "", 1.0, 2.0), cue("b", "", 2.0, 3.0))) == 2


def test_cues_that_overlap_are_one_turn_up_to_the_latest_end():
    cues = (
        cue("a", start=1.0, end=9.0),
        cue("b", start=2.0, end=3.0),
        cue("c", start=10.0, end=11.0),
    )
    assert joined(*cues) == [("T", "a b c", 1.0, 11.0)]


def test_with_0_nothing_is_joined():
    assert len(joined(cue("a", start=1.0, end=2.0), cue("b", start=2.0, end=3.0), within=0)) == 2


TIMES = st.none() | st.floats(0, 99)
CUES = st.lists(
    st.builds(cue, st.sampled_from("abc"), st.sampled_from(["T", "C", ""]), TIMES, TIMES),
    max_size=9,
)


@given(CUES, st.sampled_from([0, 2.0, 50.0]))
def test_no_word_is_lost_and_a_turn_has_one_speaker(cues, within):
    turns = join_cues(cues, within)
    assert " ".join(u.text for u in turns) == " ".join(u.text for u in cues)
    words = [(u.speaker, word) for u in turns for word in u.text.split()]
    assert words == [(u.speaker, u.text) for u in cues]


@given(CUES)
def test_joining_again_changes_nothing(cues):
    once = join_cues(cues, 2.0)
    assert join_cues(once, 2.0) == once
