import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs

from tests.measure.talks_by_hand import C, O, T, talk, talks
from tsd.measure.focus.returning import asks, returned, turns_to_return

few = runs(max_examples=120, deadline=None)


def turns(*utterances):
    return turns_to_return(talk(*utterances))


# --- turns to return


def test_it_counts_utterances_until_a_client_utterance_of_median_length():
    # the client's lengths are 4, 1, 6: the median is 4
    session = [(C, 4), (T, 9, True), (C, 1), (T, 9), (C, 6)]
    assert turns(*session).tolist() == [3]


def test_the_median_itself_is_long_enough():
    assert turns((C, 2), (T, 9, True), (C, 4), (C, 8)).tolist() == [1]


def test_the_median_of_an_even_number_is_between():
    # 2 and 5: 3.5, so 2 words are not enough
    assert turns((T, 9, True), (C, 2), (C, 5)).tolist() == [2]


def test_it_is_missing_when_no_long_utterance_follows():
    assert np.isnan(turns((C, 9), (T, 9, True), (C, 1))[0])


def test_it_is_missing_without_a_client():
    assert np.isnan(turns((T, 9, True), (T, 9))[0])


def test_utterances_of_others_count_as_turns_but_are_no_return():
    assert turns((T, 9, True), (O, 90), (C, 5)).tolist() == [2]


def test_each_disclosure_of_an_episode_has_its_own_turns():
    session = [(T, 9, True), (C, 1), (T, 9, True), (C, 7), (C, 7)]
    assert turns(*session).tolist() == [3, 1]


# --- returned


ONCE = "I lost my dad too."
LATE = [(C, 1), (T, "Mm."), (C, 1), (C, 50), (C, 50)]
"""After this, the client's words come back only after more than two turns."""


def came_back(text, *after, disclosed=None):
    made = talk((T, text, [disclosed or text]), *after)
    return returned(made, turns_to_return(made))[0]


@pytest.mark.parametrize("after", [[(C, 9)], [(T, "Mm."), (C, 9)]])
def test_it_returned_when_the_client_speaks_within_two_turns(after):
    assert came_back(ONCE, *after)


def test_it_did_not_when_the_client_needs_three_turns():
    assert not came_back(ONCE, *LATE)


def test_it_returned_when_the_disclosing_utterance_asks():
    assert came_back(f"{ONCE} Was it sudden?", *LATE, disclosed=ONCE)


def test_it_returned_when_the_disclosing_utterance_turns_to_you():
    assert came_back(f"{ONCE} Tell me about your mum.", *LATE, disclosed=ONCE)


def test_what_was_asked_before_the_disclosure_is_no_return():
    assert not came_back(f"How are you? {ONCE}", *LATE, disclosed=ONCE)


def hands_over(text):
    """Return whether the focus came back with the therapist's next utterance."""
    return came_back(ONCE, (C, 1), (T, text), (C, 1), (C, 50), (C, 50))


@pytest.mark.parametrize("text", ["And your mum?", "how long ago was it", "Tell me about yours."])
def test_it_returned_when_the_next_therapist_utterance_does(text):
    assert hands_over(text)


def test_the_therapist_utterance_after_the_next_comes_too_late():
    assert not came_back(ONCE, (C, 1), (T, "Mm."), (T, "And you?"), (C, 50), (C, 50))


def test_a_question_of_the_client_is_no_return():
    assert not came_back(ONCE, (C, "What?"), (T, "Mm."), (C, 1), (C, 50), (C, 50))


def test_nothing_after_the_disclosure_is_no_return():
    made = talk((C, 9), (T, ONCE, True))
    assert returned(made, turns_to_return(made)) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "And your week?",
        "你呢？",
        "how did it go",
        "do you still see him",
        "YOUR turn",
        "you’re right",
        "that sounds like you know yourself",
    ],
)
def test_words_that_hand_over_to_the_client(text):
    assert hands_over(text)


@pytest.mark.parametrize(
    "text",
    ["It was hard, you know.", "Thank you.", "It took years.", "youth", "", "...", "Me too."],
)
def test_words_that_do_not(text):
    assert not hands_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "When I was ten I lost my dad.",
        "What helped me was running.",
        "Where I grew up it was cold.",
        "Who knows, it was long ago.",
    ],
)
def test_a_statement_that_begins_like_a_question_asks_nothing(text):
    assert not hands_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "so youre feeling low",
        "I can see you are upset.",
    ],
)
def test_words_that_hand_over_and_are_not_seen(text):
    assert hands_over(text)


@pytest.mark.parametrize("text", ["And you?", "how did it go", "你呢？"])
def test_questions_are_recognized_by_mark_or_opening(text):
    assert asks(text)


@pytest.mark.parametrize("text", ["You were there.", "when I was ten", ""])
def test_a_you_alone_asks_nothing(text):
    assert not asks(text)


# --- what always holds


@few
@given(talks)
def test_turns_to_return_leads_to_a_client_utterance(made):
    for each, wait in zip(made.disclosures, turns_to_return(made), strict=True):
        if np.isfinite(wait):
            assert wait >= 1
            assert made.roles[each.utterance + int(wait)] is C


@few
@given(talks)
def test_a_return_within_two_turns_is_always_a_return(made):
    waits = turns_to_return(made)
    for wait, came in zip(waits, returned(made, waits), strict=True):
        assert came or not wait <= 2
