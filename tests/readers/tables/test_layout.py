import pytest

from tsd.readers.tables.layout import Layout, find_layout

WORDS = ["How are you?", "Fine, I think so.", "Good to hear that.", "Yes, it is."]


def rows(*cells):
    return [(line, list(row)) for line, row in enumerate(cells, 1)]


def columns(*cells, named=()):
    found = find_layout(rows(*cells), named)
    assert isinstance(found, Layout), found
    return found.first, dict(found.columns)


def refused(*cells, named=()):
    found = find_layout(rows(*cells), named)
    assert isinstance(found, str)
    return found


def test_the_header_is_the_first_row_with_known_names():
    assert columns(("speaker", "text"), ("T", "hi")) == (1, {"speaker": 0, "text": 1})


def test_titles_may_stand_above_the_header():
    cells = [("Interview", ""), ("Date", "1 May"), ("", ""), ("Who", "Said", "Words")]
    assert columns(*cells, ("T", "", "hi")) == (4, {"speaker": 0, "text": 2})


def test_a_row_of_talk_is_no_header():
    said = "the speaker and the text were in the same place"
    assert refused(("a", "b"), ("speaker", said)).startswith("no column for the words")


def test_a_column_of_roles_is_the_speaker_next_to_named_words():
    cells = [("id", "Type", "Utterance"), *[(str(i), "TC"[i % 2], w) for i, w in enumerate(WORDS)]]
    assert columns(*cells)[1] == {"speaker": 1, "text": 2, "utterance_id": 0}


def test_a_column_of_one_role_is_not_enough():
    cells = [("id", "Type", "Utterance"), ("1", "C", "hi"), ("2", "C", "ho")]
    assert refused(*cells).startswith("no column for the speaker")


@pytest.mark.parametrize("names", [("Therapist", "Client"), ("Interviewer:", "Interviewee:")])
def test_a_column_for_each_speaker(names):
    found = find_layout(rows(("Time", *names), ("0:01", "How are you?", ""), ("0:02", "", "So.")))
    assert (found.first, found.sides, dict(found.columns)) == (1, (1, 2), {"start": 0})


@pytest.mark.parametrize(
    "cells",
    [
        [("therapist", "client", "text"), ("T1", "C4", "hi"), ("T1", "C5", "ho")],
        [("session_id", "therapist", "client"), ("1", "Ann", "C4"), ("2", "Bo", "C5")],
        [("therapist", "client"), ("0:01", "0:02"), ("0:03", "0:04")],
    ],
)
def test_columns_of_names_or_numbers_are_not_the_words_of_speakers(cells):
    assert refused(*cells).startswith("no column for the")


@pytest.mark.parametrize(
    "header", [("Wer spricht", "Was gesagt wurde"), ("X", "Y"), ("Qui", "Quoi")]
)
def test_names_in_any_words_if_the_speakers_are_known(header):
    cells = [header, *[(("Therapist", "Client")[i % 2], w) for i, w in enumerate(WORDS)]]
    assert columns(*cells) == (1, {"speaker": 0, "text": 1})


def test_no_header_at_all():
    cells = [(("T", "C")[i % 2], w) for i, w in enumerate(WORDS)]
    assert columns(*cells) == (0, {"speaker": 0, "text": 1})
    found = find_layout(rows(*cells))
    assert found.remark == (
        "no column has a name that is known: column 1 was taken as the speaker, column 2 as the "
        "words. If that is wrong, put 'speaker' and 'text' above the right columns."
    )


def test_no_header_numbers_and_times():
    cells = [(str(i), f"0:0{i}", ("Mara:", "Joe:")[i % 2], w) for i, w in enumerate(WORDS)]
    assert columns(*cells) == (0, {"speaker": 2, "text": 3, "start": 1})


def test_names_that_the_user_gives_are_known():
    cells = [("a", "b"), *[(("Mara", "Joe")[i % 2], w) for i, w in enumerate(WORDS)]]
    assert refused(*cells).startswith("no column for")
    assert columns(*cells, named=["Mara"]) == (1, {"speaker": 0, "text": 1})


@pytest.mark.parametrize(
    "cells",
    [
        [("Case", "Age", "Answer"), ("P1", "33", "I like it."), ("P2", "44", "I do not like it.")],
        [("Sex", "Answer"), *[("fm"[i % 2], w) for i, w in enumerate(WORDS)]],
        [("Interviewer", "Mara"), ("Date", "May"), ("Participant", "P3")],
        [("a", "b"), ("T", "x", "a longer text"), ("C", "y", "another longer text")],
        [("T", "hi")],
        [],
    ],
)
def test_other_tables_are_refused(cells):
    assert refused(*cells).startswith("no column for the words")
