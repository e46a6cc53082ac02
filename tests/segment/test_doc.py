from dataclasses import replace

import pytest
from hypothesis import given, settings
from spacy.tokens import Doc, DocBin, Span

from tests.segment.sessions_by_hand import C, O, T, session, sessions
from tsd.schema import TYPES, Unmeasured
from tsd.segment.doc import (
    COLUMNS,
    P_TYPES,
    column,
    not_measured,
    register,
    set_column,
    spans,
)

THREE = session((T, "I was sad."), (C, "Oh."), (O, "Time is up."))


def test_any_span_knows_the_utterance_it_is_in(bare):
    doc = bare(THREE)
    word = next(token for token in doc if token.text == "Time")
    span = doc[word.i : word.i + 1]
    assert (span._.utterance, span._.role, span._.speaker) == (2, "other", "other")


def test_a_span_over_two_utterances_belongs_to_the_first(bare):
    doc = bare(THREE)
    assert doc[0 : len(doc)]._.utterance == 0


def test_a_separator_belongs_to_the_utterance_before_it(bare):
    doc = bare(THREE)
    separator = next(token.i for token in doc if token.is_space)
    assert doc[separator : separator + 1]._.utterance == 0


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_every_token_of_an_utterance_finds_back_to_it(bare, made):
    doc = bare(made)
    for number, span in enumerate(doc.spans["utterances"]):
        assert {doc[token.i : token.i + 1]._.utterance for token in span} == {number}


@pytest.mark.parametrize("name", ["session_id", "source", "problem", "not_measured"])
def test_the_doc_has_the_attribute(bare, name):
    bare(THREE)
    assert Doc.has_extension(name)


def test_every_column_is_a_span_attribute(bare):
    doc = bare(THREE)
    span = doc.spans["utterances"][0]
    assert all(span._.has(name) for name in (*COLUMNS, "utterance", "cues"))


def test_there_is_one_probability_per_type():
    assert tuple(f"p_{label}" for label in TYPES) == P_TYPES
    assert all(Span.has_extension(name) for name in P_TYPES)


def test_probabilities_are_missing_until_a_model_has_run(bare):
    doc = bare(THREE)
    span = doc.spans["utterances"][0]
    assert [span._.get(name) for name in ("p_disclosure", *P_TYPES)] == [None] * 4
    assert span._.cues == ()


def test_registering_again_changes_nothing(bare):
    doc = bare(THREE)
    register()
    register()
    assert doc._.session_id == "demo"


def test_a_doc_that_is_no_session_has_no_session_id(bare):
    assert Doc(bare.vocab, words=["Hello"])._.session_id is None


def test_equal_ids_of_the_source_stay_apart_by_position(bare):
    made = session((T, "One."), (C, "Two."))
    same_id = (replace(utterance, utterance_id="7") for utterance in made.utterances)
    doc = bare(replace(made, utterances=tuple(same_id)))
    found = [(span._.utterance_id, span._.utterance) for span in doc.spans["utterances"]]
    assert found == [("7", 0), ("7", 1)]


# --- what is missing is an error


@pytest.mark.parametrize("group", ["utterances", "units", "cues", "disclosures"])
def test_a_missing_group_is_an_error(bare, group):
    with pytest.raises(ValueError, match=f"the Doc has no span group {group!r}; run it"):
        spans(Doc(bare.vocab, words=["Hello"]), group)


def test_a_doc_that_is_no_session_has_no_columns(bare):
    doc = Doc(bare.vocab, words=["Hello"])
    with pytest.raises(ValueError, match=r"the Doc is no session; run it .*tsd\.load"):
        column(doc, "role")
    with pytest.raises(ValueError, match="the Doc is no session"):
        _ = doc[:]._.role


def test_a_missing_column_is_an_error(bare):
    with pytest.raises(ValueError, match="the Doc has no column 'mood'"):
        column(bare(THREE), "mood")


def test_a_column_has_one_value_per_utterance(bare):
    doc = bare(THREE)
    set_column(doc, "p_disclosure", [0.5, None, None])
    assert column(doc, "p_disclosure") == [0.5, None, None]
    with pytest.raises(ValueError, match="'p_disclosure' must have one value per utterance"):
        set_column(doc, "p_disclosure", [0.5])


def test_every_column_exists_from_the_start(bare):
    assert [len(column(bare(THREE), name)) for name in COLUMNS] == [3] * len(COLUMNS)
    assert [column(bare(" "), name) for name in COLUMNS] == [[]] * len(COLUMNS)


@pytest.mark.parametrize(
    ("turns", "unfit", "why"),
    [
        ([(T, "Hm.")], None, None),
        ([(C, "Hm.")], None, Unmeasured.NO_THERAPIST),
        ([(T, "Hm.")], Unmeasured.LANGUAGE, Unmeasured.LANGUAGE),
        ([(C, "Hm.")], Unmeasured.TURNS, Unmeasured.TURNS),
    ],
)
def test_a_doc_knows_why_nothing_is_measured(bare, turns, unfit, why):
    doc = bare(replace(session(*turns), unfit=unfit))
    assert not_measured(doc) is why
    (stored,) = DocBin(store_user_data=True, docs=[doc]).get_docs(bare.vocab)
    assert not_measured(stored) is why


def test_a_doc_that_is_no_session_may_be_measured(bare):
    assert not_measured(Doc(bare.vocab, words=["Hm"])) is None
    assert not_measured(bare("I trained in Leeds.")) is None
