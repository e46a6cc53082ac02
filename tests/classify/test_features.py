import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.classify.features import COLUMNS, normalise, unit_table
from tsd.classify.pipeline import segmenter


@pytest.fixture(scope="module")
def nlp():
    return segmenter()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("I’ve been there", "i've been there"),
        ("I ' m sorry , it ' s hard", "i'm sorry , it's hard"),
        ("at [NAME] in <CITY>", "at placeholder in placeholder"),
        ("XXXX told me", "placeholder told me"),
        ("since 1999", "since 0"),
        ("I'm 'fine'", "i'm 'fine'"),
    ],
)
def test_normalise(said, read):
    assert normalise(said) == read


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once or "placeholder" in normalise(once)


def test_one_row_per_unit_in_order(nlp, make_session):
    doc = nlp(make_session(("T", "Okay. I trained in Leeds."), ("C", "Oh."), ("T", "And you?")))
    table = unit_table(doc)
    assert list(table.columns) == list(COLUMNS)
    assert table["words"].tolist() == ["okay.", "i trained in leeds.", "and you?"]


def test_cues_stand_with_their_unit_and_beside_its_neighbours(nlp, make_session):
    doc = nlp(make_session(("T", "I trained in Leeds. It rained.")))
    first, second = unit_table(doc)["cues"].str.split()
    assert "cue:own_role" in first
    assert "near:own_role" in second
    assert "cue:own_role" not in second


def test_what_the_client_asked_before_is_seen(nlp, make_session):
    doc = nlp(make_session(("C", "Do you have kids?"), ("T", "Two.")))
    assert "before:client_asks" in unit_table(doc)["cues"][0].split()


def test_cues_of_the_client_are_not_the_therapists(nlp, make_session):
    doc = nlp(make_session(("C", "I trained in Leeds."), ("T", "In Leeds.")))
    assert "own_role" not in unit_table(doc)["cues"][0]


@pytest.mark.parametrize(
    ("said", "token"),
    [
        ("I left.", "i"),
        ("You left.", "you"),
        ("I left you.", "iyou"),
        ("It rained.", "nobody"),
        ("Did it?", "question"),
        ("We left.", "we"),
        ("Then I left.", "i_later"),
        ("My dog.", "i_first"),
    ],
)
def test_persons(nlp, make_session, said, token):
    assert token in unit_table(nlp(make_session(("T", said))))["cues"][0].split()


def test_a_session_without_therapist_has_no_units(nlp, make_session):
    assert unit_table(nlp(make_session(("C", "Hello.")))).empty
