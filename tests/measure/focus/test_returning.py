import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs

from tests.measure.talks_by_hand import C, O, T, talk, talks
from tsd.measure.focus.returning import Facts, asks, returns_of, turns_to_return

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


# --- what the therapist says afterward


ONCE = "I lost my dad too."


def facts(*utterances):
    """Return the facts after the first disclosure of a session."""
    return Facts(*(each[0] for each in returns_of(talk(*utterances)).facts))


def after(text):
    """Return the facts where the therapist's next utterance is this text."""
    return facts((T, ONCE, True), (C, 1), (T, text))


def test_a_question_in_the_same_utterance_counts():
    assert facts((T, f"{ONCE} Was it sudden?", ONCE)).asked


def test_a_you_in_the_same_utterance_counts():
    found = facts((T, f"{ONCE} Tell me about your mum.", ONCE))
    assert (found.asked, found.addressed) == (False, True)


def test_what_is_said_before_or_in_the_disclosure_does_not_count():
    found = facts((T, f"How are you? {ONCE}", ONCE))
    assert (found.asked, found.addressed) == (False, False)
    found = facts((T, "Do you see why I left?", True))
    assert (found.asked, found.addressed) == (False, False)


def test_the_therapist_utterance_after_the_next_comes_too_late():
    found = facts((T, ONCE, True), (C, 1), (T, "Mm."), (T, "And you?"))
    assert (found.asked, found.addressed) == (False, False)


def test_a_question_of_the_client_is_not_the_therapists():
    assert not facts((T, ONCE, True), (C, "And you?"), (T, "Mm.")).asked


def test_nothing_after_the_disclosure():
    assert facts((C, 9), (T, ONCE, True)) == (False, False, False)


@pytest.mark.parametrize(
    "text",
    ["And your week?", "你呢？", "how did it go", "was it sudden", "okay. what happened then?"],
)
def test_words_that_ask(text):
    assert after(text).asked


@pytest.mark.parametrize(
    "text",
    [
        "It was hard, you know?",
        "it was hard you know?",
        "So that was that, right?",
        "Okay?",
        "When I was ten I lost my dad.",
        "What helped me was running.",
        "Who knows, it was long ago.",
        "Tell me about yours.",
        "",
    ],
)
def test_words_that_ask_nothing(text):
    assert not after(text).asked


@pytest.mark.parametrize(
    "text",
    [
        "do you still see him",
        "YOUR turn",
        "you’re right",
        "so youre feeling low",
        "that sounds like you know yourself",
        "How does that make you feel?",
        "You just said that you left.",
        "When you lost your dad, what helped?",
        "Do you have kids?",
    ],
)
def test_words_to_the_client(text):
    assert after(text).addressed


@pytest.mark.parametrize(
    "text",
    [
        "It was hard, you know.",
        "Thank you.",
        "When you lose somebody it takes years.",
        "You can't help it at that age.",
        "You'd think it gets easier.",
        "youth",
        "...",
        "Me too.",
    ],
)
def test_words_to_nobody_or_anybody(text):
    assert not after(text).addressed


# --- the client's next turn


def test_the_client_resumes_with_a_turn_of_median_length():
    # turns of 4, 6 and 1 words: the median is 4
    assert facts((C, 6), (T, 9, True), (C, 4), (T, 1), (C, 1)).client_resumed
    assert not facts((C, 6), (T, 9, True), (C, 3), (T, 1), (C, 4)).client_resumed


def test_a_turn_is_all_that_the_client_says_until_the_therapist_speaks():
    session = [(C, 6), (T, 9, True), (C, 2), (O, 50), (C, 0), (C, 2), (T, 1), (C, 1)]
    assert facts(*session).client_resumed


def test_an_utterance_without_words_is_no_turn():
    assert facts((C, 4), (T, 9, True), (C, 0), (T, 1), (C, 4)).client_resumed


def test_a_client_who_says_nothing_more_does_not_resume():
    assert not facts((C, 4), (T, 9, True), (T, 5)).client_resumed


@pytest.mark.parametrize("client", [[], [(C, 0)], [(O, 9)]])
def test_without_a_word_of_a_client_it_is_missing_whether_they_resume(client):
    found = returns_of(talk((T, "And you?"), (T, 5, True), *client, *[(T, 5)] * 9))
    assert np.isnan([found.facts.client_resumed, found.base.client_resumed]).all()
    assert (found.facts.asked, found.base.asked) == ([False], [0])


# --- how often it holds anyway


def base(*utterances):
    return Facts(*(float(each[0]) for each in returns_of(talk(*utterances)).base))


def test_the_base_rates_are_over_other_utterances_of_like_length():
    # all of five words, so of one third; every other one is followed by a question
    rest = [(T, 5), (C, 3), (T, "And you, now or then?"), (C, 9)] * 4
    found = base((T, 5, True), (C, 9), *rest)
    assert found.asked == 4 / 8
    assert found.addressed == 4 / 8
    assert found.client_resumed == 4 / 8


def test_utterances_of_other_lengths_do_not_count():
    short, long_ = [(T, "Why?"), (C, 9)], [(T, 30), (C, 9)]
    assert base((T, 30, True), (C, 9), *long_ * 9, *short * 9).asked == 1 / 9


def test_of_each_utterance_the_part_after_as_many_of_its_words_counts():
    # half of the disclosing utterance is disclosed; in the others, only the second half counts
    text = "I was there too, and so on then."
    late, early = "Well now let me see, what about you?", "And you? Well now let me see then."
    disclosing = (T, text, "I was there too")
    nothing = [(C, 3), (T, "one"), (C, 3)]
    rest = [each for part in (late, early) for each in [(T, part), *nothing] * 5]
    assert base(disclosing, *nothing, *rest).addressed == 0.5


@pytest.mark.parametrize(("others", "known"), [(8, True), (7, False)])
def test_fewer_than_eight_of_like_length_give_no_base_rate(others, known):
    found = base((T, 5, True), *[(C, 3), (T, 5)] * others)
    assert np.isfinite(found).tolist() == [known] * 3


def test_another_disclosure_is_no_base():
    found = base((T, 5, True), *[(C, 3), (T, 5)] * 8, (T, 5, True), (C, 30))
    assert found.client_resumed == 1  # the client never changes, but after the disclosure


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
def test_there_is_one_fact_of_each_kind_per_disclosure(made):
    found = returns_of(made)
    a_client_speaks = (made.words[made.of(C)] > 0).any()
    for name, fact, often in zip(Facts._fields, found.facts, found.base, strict=True):
        assert len(fact) == len(often) == len(made.disclosures)
        if name == "client_resumed" and not a_client_speaks:
            assert np.isnan([fact, often]).all()
            continue
        assert np.isin(fact, (0, 1)).all()
        assert ((often >= 0) & (often <= 1) | np.isnan(often)).all()
