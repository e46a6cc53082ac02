import dataclasses
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsd.schema import (
    TYPES,
    Label,
    Problem,
    Role,
    Session,
    Severity,
    Utterance,
    count_words,
)


def test_the_words_of_a_very_long_text_take_no_memory():
    text = "so - how\u2003was\x1cit  \n" * 100_000
    tracemalloc.start()
    words = count_words(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert words == 400_000
    assert peak < len(text) * 4
    assert count_words("a" * 300_000 + text + "b") == 400_001


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("don't", 1),
        ("well-being", 1),
        ("12 years", 2),
        ("-- ... — ?!", 0),
        ("um -- I, well ...", 3),
        ("___", 0),
        ("one_two", 1),
        ("[NAME] [laughs]", 2),
        ("two  spaces\nand a\tline", 5),
        ("no\u00a0break", 2),
        ("да, конечно", 2),
        ("你好 吗", 2),
        ("😀 fine 😀", 1),
    ],
)
def test_a_word_is_a_token_with_a_letter_or_a_digit(text, words):
    assert count_words(text) == words


@settings(deadline=None)
@given(st.text())
def test_the_word_count_is_the_definition_counted_naively(text):
    assert count_words(text) == len([t for t in text.split() if any(c.isalnum() for c in t)])


@settings(deadline=None)
@given(st.text(), st.text())
def test_words_of_two_texts_add_up(one, two):
    assert count_words(f"{one} {two}") == count_words(one) + count_words(two)


def test_an_utterance_counts_its_words():
    assert Utterance("I -- trained in Leeds.", "T").words == 4


@pytest.mark.parametrize("text", ["", " ", " a", "a ", "a\n", "\ta", "a\u00a0"])
def test_an_utterance_without_tidy_text_is_refused_without_quoting_it(text):
    with pytest.raises(ValueError, match=r"^the text of an utterance must not be empty"):
        Utterance(text, "T")


def test_an_utterance_without_more_is_of_unknown_role_and_has_no_times():
    utterance = Utterance("Hi.", "Anna")
    assert (utterance.role, utterance.start, utterance.end) == (Role.UNKNOWN, None, None)
    assert (utterance.label, utterance.also, utterance.flags) == (None, (), ())


@pytest.mark.parametrize(
    "noun", [Utterance("Hi.", "T"), Session("s", (Utterance("Hi.", "T"),)), Problem("bad.")]
)
def test_nouns_cannot_be_changed(noun):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(noun, dataclasses.fields(noun)[0].name, "other")


def test_a_session_counts_the_utterances_of_a_role(make_session):
    session = make_session(("T", "a"), ("C", "b"), ("T", "c"), ("?", "d"))
    assert len(session) == 4
    assert [session.count(role) for role in Role] == [2, 1, 0, 1]


def test_the_types_of_disclosure_are_the_labels_that_are_neither_none_nor_ambiguous():
    assert set(TYPES) == set(Label) - {Label.NONE, Label.AMBIGUOUS}


def test_the_order_of_the_types_is_fixed():
    assert [str(each) for each in TYPES] == ["training", "similar_challenge", "personal_details"]


def test_a_problem_is_an_error_about_the_run_unless_told_otherwise():
    problem = Problem("bad.")
    assert (problem.severity, problem.path, problem.line) == (Severity.ERROR, "", None)


def test_roles_labels_and_severities_are_written_as_their_words():
    assert f"{Role.THERAPIST} {Label.PERSONAL_DETAILS} {Severity.NOTE}" == (
        "therapist personal_details note"
    )
