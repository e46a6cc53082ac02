import numpy as np
import pytest
from spacy.tokens import Doc, DocBin, Span

from tests.measure.talks_by_hand import C, O, T, doc, talk
from tsd.measure.talk import talk_of
from tsd.schema import Label
from tsd.segment.doc import set_column

TRAINED, ALSO = Label.TRAINING, Label.SIMILAR_CHALLENGE


# --- from a Doc to columns


def test_the_columns_of_a_doc_have_one_entry_per_utterance():
    made = doc((C, "Are you well?"), (T, "I am, thank you."), starts=[0, 2.5], session_id="s1")
    found = talk_of(made)
    assert (found.session_id, found.source) == ("s1", "")
    assert found.ids == ["0", "1"]
    assert found.speakers == ["client", "therapist"]
    assert found.texts == ["Are you well?", "I am, thank you."]
    assert found.roles == [C, T]
    assert found.words.tolist() == [3, 4]
    assert found.starts.tolist() == [0, 2.5]


def test_missing_times_and_probabilities_are_nan():
    found = talk_of(doc((T, "Yes."), starts=[None]))
    assert np.isnan([found.starts, found.ends, found.p_disclosure]).all()


def test_the_source_is_kept():
    assert talk_of(doc((T, "Yes."), source="in/a.csv")).source == "in/a.csv"


@pytest.mark.parametrize(
    ("text", "words"),
    [("I don't -- well, 12 years ...", 5), ("...", 0), ("😀", 0), ("я тоже", 2), ("三十 岁", 2)],
)
def test_words_are_white_space_tokens_with_a_letter_or_digit(text, words):
    assert talk_of(doc((C, text))).words.tolist() == [words]


def test_a_doc_without_disclosures_set_is_refused():
    made = doc((T, "Yes."))
    del made.spans["disclosures"]
    with pytest.raises(ValueError, match=r"no span group 'disclosures'.*tsd\.load"):
        talk_of(made)


def test_a_doc_of_another_pipeline_is_refused(en_doc):
    with pytest.raises(ValueError, match="disclosures"):
        talk_of(en_doc)


@pytest.fixture
def en_doc():
    return Doc(doc((T, "Yes.")).vocab, words=["Hello"])


def test_roles_are_marked():
    marked = talk((T, 1), (C, 1), (O, 1), (T, 1)).of(T)
    assert marked.tolist() == [True, False, False, True]


# --- disclosures


def disclosures_of(made):
    return talk_of(made).disclosures


def test_offsets_are_in_the_text_of_the_utterance():
    text = "Yes. I trained in Leeds. And you?"
    [found] = disclosures_of(
        doc((C, "Where did you train?"), (T, text, [("I trained in Leeds.", TRAINED)]))
    )
    assert (found.utterance, found.start_char, found.end_char) == (1, 5, 24)
    assert text[found.start_char : found.end_char] == found.text == "I trained in Leeds."
    assert found.label is TRAINED


@pytest.mark.parametrize("before", ["😀😀 ", "我们 ", "e\u0301 "])
def test_offsets_count_characters_in_any_script(before):
    text = f"{before}I trained."
    [found] = disclosures_of(doc((C, before + "x"), (T, text, [("I trained.", TRAINED)])))
    assert text[found.start_char : found.end_char] == "I trained."


def test_disclosures_come_in_the_order_of_the_text():
    text = "I trained. Hm. Me too."
    found = disclosures_of(
        doc((T, text, [("I trained.", TRAINED), ("Me too.", ALSO)]), (T, "I did.", True))
    )
    assert [(each.utterance, each.label) for each in found] == [
        (0, TRAINED),
        (0, ALSO),
        (1, TRAINED),
    ]


def test_without_a_model_there_are_no_probabilities():
    [found] = disclosures_of(doc((T, "I trained.", True)))
    assert (found.p_disclosure, found.p_types, found.cues) == (None, (), ())


def test_probabilities_and_cues_are_taken_from_the_span():
    made = doc((T, "I trained.", True))
    span = made.spans["disclosures"][0]
    span._.p_disclosure, span._.cues = 0.9, ("own role",)
    span._.p_training, span._.p_similar_challenge, span._.p_personal_details = 0.7, 0.15, 0.05
    [found] = disclosures_of(made)
    assert found.p_disclosure == 0.9
    assert found.p_types == (0.7, 0.15, 0.05)
    assert found.cues == ("own role",)


def test_a_stored_doc_gives_the_same_columns():
    made = doc((C, "And you?"), (T, "Yes. I trained.", [("I trained.", TRAINED)]), starts=[0, 1])
    [back] = DocBin(store_user_data=True, docs=[made]).get_docs(made.vocab)
    before, after = talk_of(made), talk_of(back)
    for name in ("disclosures", "ids", "speakers", "texts", "roles"):
        assert getattr(after, name) == getattr(before, name)
    np.testing.assert_array_equal(after.starts, before.starts)


# --- questions of the client, flags of a coder


def test_utterances_with_a_question_about_the_therapist_are_marked():
    made = doc((C, "Do you have kids? Have you been there?"), (T, "I do."), (C, "So."))
    cues = [Span(made, 0, 2, label="client asks"), Span(made, 11, 12, label="own role")]
    made.spans["cues"] = cues
    assert talk_of(made).asked.tolist() == [True, False, False]


@pytest.mark.parametrize("name", ["utterances", "cues"])
def test_a_doc_without_a_group_is_refused(name):
    made = doc((C, "Do you have kids?"), (T, "I do."))
    del made.spans[name]
    with pytest.raises(ValueError, match=f"no span group '{name}'"):
        talk_of(made)


def test_flags_of_a_coder_are_kept():
    made = doc((C, "So?"), (T, "I do."))
    set_column(made, "human_flags", [[], ["intimate"]])
    assert talk_of(made).flags == [(), ("intimate",)]
