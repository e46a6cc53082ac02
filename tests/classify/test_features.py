import pytest

from tsd.classify.features import BEFORE, COLUMNS, EXCERPT, EXTENT, WHOLE, extent, unit_table
from tsd.classify.pipeline import segmenter


@pytest.fixture(scope="module")
def nlp():
    return segmenter()


def test_one_row_per_unit_in_order(nlp, make_session):
    doc = nlp(make_session(("T", "Okay. I trained in Leeds."), ("C", "Oh."), ("T", "And you?")))
    table = unit_table([doc])
    assert list(table.columns) == [*COLUMNS, EXTENT, BEFORE]
    assert table["words"].tolist() == ["okay.", "i trained in leeds.", "and you?"]
    assert table["classes"].tolist() == ["", "I WORKING PREP w", "AND YOU ASK"]
    assert [row.split()[0] for row in table["frames"] if row] == ["i:past:WORKING", "you"]


def test_sessions_follow_one_another(nlp, make_session):
    docs = [nlp(make_session(("T", text))) for text in ("One.", "Two. Three.")]
    assert unit_table(docs)["words"].tolist() == ["one.", "two.", "three."]


def test_the_same_words_are_read_the_same_each_time(nlp, make_session):
    table = unit_table([nlp(make_session(("T", "My dog. My dog."), ("T", "My dog.")))])
    assert table[BEFORE].tolist() == ["", "therapist: My dog.", "therapist: My dog. My dog."]
    assert len(table.drop(columns=BEFORE).drop_duplicates()) == 1


def test_a_cue_is_only_in_its_own_unit(nlp, make_session):
    doc = nlp(make_session(("T", "It rained. I trained in Leeds. It rained.")))
    before, own, after = unit_table([doc])["cues"].str.split()
    assert own == ["cue:own_training", "i"]
    assert before == after == ["nobody"]


def test_a_cue_found_twice_in_a_unit_is_named_once(nlp, make_session):
    (cues,) = unit_table([nlp(make_session(("T", "My mum and my dad.")))])["cues"]
    assert cues.split() == ["cue:own_circle", "i"]


def test_what_the_client_asked_before_is_seen(nlp, make_session):
    doc = nlp(make_session(("C", "Do you have kids?"), ("T", "Two.")))
    assert "before:client_asks" in unit_table([doc])["cues"][0].split()


def test_what_the_client_asked_longer_ago_is_not_seen(nlp, make_session):
    doc = nlp(make_session(("C", "Do you have kids?"), ("T", "Why?"), ("T", "Two.")))
    first, second = unit_table([doc])["cues"].str.split()
    assert ("before:client_asks" in first, "before:client_asks" in second) == (True, False)


def test_cues_of_the_client_are_not_the_therapists(nlp, make_session):
    doc = nlp(make_session(("C", "I trained in Leeds."), ("T", "In Leeds.")))
    assert "own_training" not in unit_table([doc])["cues"][0]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("I left.", "i"),
        ("My.", "i"),
        ("You left.", "you"),
        ("I left you.", "iyou"),
        ("It rained.", "nobody"),
        ("Did it?", "nobody question"),
        ("We left you.", "you we"),
    ],
)
def test_persons(nlp, make_session, text, token):
    assert unit_table([nlp(make_session(("T", text)))])["cues"].tolist() == [token]


def test_a_session_without_therapist_has_no_units(nlp, make_session):
    table = unit_table([nlp(make_session(("C", "Hello.")))])
    assert (len(table), list(table.columns)) == (0, [*COLUMNS, EXTENT, BEFORE])


@pytest.mark.parametrize(
    ("count", "expected"), [(1, EXCERPT), (4, EXCERPT), (5, WHOLE), (9, WHOLE)]
)
def test_a_session_with_under_five_therapist_utterances_is_an_excerpt(
    nlp, make_session, count, expected
):
    """Whatever the others say, and even if what the therapist says is no unit."""
    doc = nlp(make_session(*[("T", "...")] * (count - 1), *[("C", "Oh.")] * 7, ("T", "Yes.")))
    assert extent(doc) == expected
    assert unit_table([doc])[EXTENT].tolist() == [expected]
