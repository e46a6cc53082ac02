from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.classify.scores_by_hand import sigmoid
from tsd.classify.component import _NEIGHBOR, DisclosureFinder, _join_units
from tsd.classify.model import Model
from tsd.classify.pipeline import load, segmenter
from tsd.schema import Unmeasured
from tsd.segment.doc import column
from tsd.settings import Finding


@pytest.fixture(scope="module")
def model(small_model):
    return Model.load(small_model)


@pytest.fixture
def doc(make_session):
    return segmenter()(
        make_session(
            ("C", "Hello."),
            ("T", "Okay. I trained in Leeds. I worked there. It rained. My dog barked."),
            ("T", "And you?"),
        )
    )


def flagged(doc, model, p_units, types=None, threshold=0.5):
    """Write hand-made scores and return the disclosures."""
    p_units = np.array(p_units)
    types = np.array(types or [[1, 0, 0]] * len(p_units)) * p_units[:, None]
    return DisclosureFinder(model, threshold).set_annotations(doc, (p_units, types))


def test_adjacent_units_are_one_disclosure(doc, model):
    flagged(doc, model, [0.9, 0.1, 0.1, 0.6, 0.8, 0.1])
    assert [span.text for span in doc.spans["disclosures"]] == [
        "Okay.",
        "It rained. My dog barked.",
    ]


def test_a_plain_unit_between_or_next_to_flagged_ones_belongs_to_them(doc, model):
    """Between two, whatever its probability; next to one, from 0.3 of the threshold on."""
    flagged(doc, model, [0.14, 0.9, 0.0, 0.8, 0.16, 0.1])
    (span,) = doc.spans["disclosures"]
    assert span.text == "I trained in Leeds. I worked there. It rained. My dog barked."


def test_units_of_two_utterances_are_never_joined(doc, model):
    flagged(doc, model, [0.1, 0.1, 0.1, 0.1, 0.8, 0.9])
    assert [span.text for span in doc.spans["disclosures"]] == ["My dog barked.", "And you?"]


def test_the_threshold_itself_is_flagged(doc, model):
    flagged(doc, model, [0.5, 0, 0, 0, 0, 0])
    assert len(doc.spans["disclosures"]) == 1


@pytest.mark.parametrize(
    ("utterances", "threshold", "expected"),
    [
        (4, "balanced", ["My dog barked."]),
        (5, "balanced", []),
        (4, "recall", ["My dog barked."]),
        (5, "recall", ["My dog barked."]),
        (4, "precision", []),
        (5, "precision", []),
        (4, 0.6, []),
        (5, 0.6, []),
        (4, 0.5, ["My dog barked."]),
        (5, 0.5, ["My dog barked."]),
    ],
)
def test_excerpts_have_their_own_threshold_unless_one_is_given(
    make_session, model, utterances, threshold, expected
):
    """Balanced, they are 0.7 for whole sessions and 0.4 for excerpts; the dog is at 0.5."""
    thresholds = {
        "recall": {"session": 0.45, "excerpt": 0.35},
        "balanced": {"session": 0.7, "excerpt": 0.4},
        "precision": {"session": 0.9, "excerpt": 0.8},
    }
    model = replace(model, metadata={**model.metadata, "thresholds": thresholds})
    turns = [("T", "My dog barked."), *[("T", "Hm.")] * (utterances - 1), *[("C", "Oh.")] * 9]
    doc = segmenter()(make_session(*turns))
    p_units = [0.5, *[0.1] * (utterances - 1)]
    flagged(doc, model, p_units, threshold=threshold)
    assert [span.text for span in doc.spans["disclosures"]] == expected


def test_excerpts_have_their_own_calibrator(make_session, model):
    """The same words: in whole sessions, the logarithm of their odds is lower by 4."""
    estimator = replace(
        model.estimator, calibrator=sigmoid(shift=-2), excerpt_calibrator=sigmoid(shift=2)
    )
    turns = [("T", "My dog barked."), *[("T", "Hm.")] * 4]
    nlp = segmenter()
    docs = [nlp(make_session(*turns[:length])) for length in (4, 5)]
    excerpt, whole = DisclosureFinder(replace(model, estimator=estimator)).predict(docs)
    odds = [p_units[0] / (1 - p_units[0]) for p_units, _ in (excerpt, whole)]
    assert np.log(odds[0]) - np.log(odds[1]) == pytest.approx(4)


def test_probabilities_of_a_disclosure_and_of_its_utterance(doc, model):
    flagged(doc, model, [0.1, 0.9, 0.6, 0.2, 0.1, 0.3])
    span = doc.spans["disclosures"][0]
    assert span._.p_disclosure == 0.9
    assert span._.p_training + span._.p_similar_challenge + span._.p_personal_details == (
        pytest.approx(0.9)
    )
    assert column(doc, "p_disclosure") == [None, 0.9, 0.3]


def test_the_type_with_the_most_words_wins(doc, model):
    types = [[1, 0, 0], [0, 0, 1], [1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]]
    flagged(doc, model, [0, 0.9, 0.9, 0, 0, 0], types)
    assert doc.spans["disclosures"][0].label_ == "personal_details"


@pytest.mark.parametrize(
    ("shares", "also"),
    [
        ([0.6, 0.4, 0], ("similar_challenge",)),
        ([0.7, 0.3, 0], ()),
        ([0, 0.4, 0.6], ("similar_challenge",)),
    ],
)
def test_a_further_type_with_a_third_of_the_probability_is_named(doc, model, shares, also):
    flagged(doc, model, [0, 0.9, 0, 0, 0, 0], [shares] * 6)
    assert doc.spans["disclosures"][0]._.also == also


def test_cues_are_named_once_in_the_order_of_the_text(doc, model):
    flagged(doc, model, [0, 0.9, 0.9, 0.9, 0.9, 0])
    assert doc.spans["disclosures"][0]._.cues == ("own training", "own circle")


LOW, HIGH, NEAR = 0.0, 0.9, _NEIGHBOR * 0.5


@pytest.mark.parametrize(
    ("p", "utterances", "expected"),
    [
        ([LOW, HIGH, LOW], [0, 0, 0], [[1]]),
        ([HIGH, HIGH], [0, 0], [[0, 1]]),
        ([HIGH, HIGH], [0, 1], [[0], [1]]),
        ([NEAR, NEAR, HIGH, NEAR, LOW, NEAR], [0] * 6, [[0, 1, 2, 3]]),
        ([NEAR, HIGH], [0, 1], [[1]]),
        ([HIGH, LOW, HIGH], [0] * 3, [[0, 1, 2]]),
        ([HIGH, LOW, HIGH], [0, 0, 1], [[0], [2]]),
        ([HIGH, LOW, LOW, HIGH], [0] * 4, [[0], [3]]),
        ([NEAR, NEAR], [0, 0], []),
        ([], [], []),
    ],
)
def test_which_units_are_one_disclosure(p, utterances, expected):
    assert _join_units(np.array(p), utterances, 0.5) == expected


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), max_size=30),
    st.floats(0.01, 1),
)
def test_disclosures_hold_every_flagged_unit_and_stay_in_their_utterance(units, threshold):
    p = np.array([value for value, _ in units])
    utterances = sorted(number for _, number in units)
    runs = _join_units(p, utterances, threshold)
    joined = [unit for run in runs for unit in run]
    assert joined == sorted(set(joined))
    assert set(np.flatnonzero(p >= threshold).tolist()) <= set(joined)
    for run in runs:
        assert run == list(range(run[0], run[-1] + 1))
        assert len({utterances[unit] for unit in run}) == 1
        assert max(p[unit] for unit in run) >= threshold


def test_predict_leaves_the_doc_alone(doc, model):
    before = doc.to_bytes()
    DisclosureFinder(model).predict([doc])
    assert doc.to_bytes() == before


def test_pipe_gives_the_same_as_single_calls(small_model, annotated):
    nlp = load(Finding(model=small_model))

    def facts(doc):
        return [(s.text, s.label_, s._.p_disclosure) for s in doc.spans["disclosures"]]

    piped = [facts(doc) for doc in nlp.pipe(annotated, batch_size=5)]
    single = [facts(nlp(each)) for each in annotated]
    assert piped == single
    assert sum(map(len, piped)) > 10


def test_an_empty_text_has_no_disclosures(small_model):
    doc = load(Finding(model=small_model))("  ")
    assert len(doc.spans["disclosures"]) == 0


@pytest.mark.parametrize("neighbors", [0, 1])
def test_a_session_that_is_not_measured_gets_no_number(make_session, model, small_model, neighbors):
    whole = make_session(("T", "I trained in Leeds."), ("C", "Oh."), ("T", "I have two sons."))
    unfit = replace(whole, unfit=Unmeasured.LANGUAGE)
    nlp = load(Finding(model=small_model, threshold=0.0))
    *others, doc = nlp.pipe([whole] * neighbors + [unfit])
    assert doc._.not_measured == Unmeasured.LANGUAGE
    assert column(doc, "p_disclosure") == [None, None, None]
    assert list(doc.spans["disclosures"]) == []
    assert len(doc.spans["units"]) == 2
    for other in others:
        alone = nlp(whole)
        assert column(other, "p_disclosure") == column(alone, "p_disclosure")
        assert len(other.spans["disclosures"]) == 2
    p_units, p_types = DisclosureFinder(model).predict([doc])[0]
    assert np.isnan(p_units).all()
    assert p_types.shape == (2, 3)
