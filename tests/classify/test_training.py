import json
from dataclasses import replace

import pytest

from tsd.classify.store import METADATA_FILE, MODEL_FILE
from tsd.classify.training import TrainingPlan, save, train
from tsd.errors import AnnotationError
from tsd.schema import Label

SMALL = TrainingPlan(fewest=10)


def relabelled(sessions, change):
    return [
        replace(s, utterances=tuple(replace(u, label=change(u.label)) for u in s.utterances))
        for s in sessions
    ]


def test_training_twice_gives_the_same_bytes(annotated, small_model, tmp_path):
    save(train(annotated, SMALL), tmp_path)
    for name in (MODEL_FILE, METADATA_FILE):
        assert (tmp_path / name).read_bytes() == (small_model / name).read_bytes()


def test_metadata_says_what_was_learned_from(small_model):
    about = json.loads((small_model / METADATA_FILE).read_text())
    assert about["data"]["sessions"] == 24
    assert about["data"]["labels"]["none"] == 72
    assert about["data"]["disclosing_units"] == 48
    assert set(about["cross_validation"]) == {
        "utterances",
        "disclosing_utterances",
        "precision_at_natural_rate",
        "recall",
        "f1_at_natural_rate",
        "average_precision_at_natural_rate",
        "average_precision_in_the_data",
        "type_accuracy",
    }


def test_what_is_easy_to_tell_is_learned(small_model):
    figures = json.loads((small_model / METADATA_FILE).read_text())["cross_validation"]
    assert figures["average_precision_in_the_data"] > 0.9


def test_labels_without_relation_to_the_words_are_not_learned(make_session):
    """Cross-validation keeps sessions whole, so that it can fail."""
    kinds = [Label.TRAINING, Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS, Label.NONE]
    sessions = [
        make_session(("T", "Same words."), session_id=str(n), label=[kinds[n % 4]])
        for n in range(40)
    ]
    figures = train(sessions, SMALL).metadata["cross_validation"]
    assert figures["type_accuracy"] < 0.7
    assert figures["average_precision_at_natural_rate"] < 0.1


def test_metadata_holds_no_words_of_the_sessions(small_model):
    text = (small_model / METADATA_FILE).read_text()
    assert not any(word in text for word in ("divorce", "Leeds", "farm", "daughter"))


def test_too_few_disclosures(annotated):
    with pytest.raises(
        AnnotationError, match=r"48 disclosing utterances are too few .* at least 50"
    ):
        train(annotated, TrainingPlan(fewest=50))


def test_disclosures_alone(annotated):
    only = relabelled(annotated, lambda label: None if label is Label.NONE else label)
    with pytest.raises(AnnotationError, match="every labelled utterance is a disclosure"):
        train(only, SMALL)


def test_a_type_that_is_missing(annotated):
    lacking = relabelled(annotated, lambda label: Label.NONE if label is Label.TRAINING else label)
    with pytest.raises(AnnotationError, match="training occurs in 0 sessions"):
        train(lacking, SMALL)


def test_too_few_sessions(annotated):
    with pytest.raises(AnnotationError, match="are too few for a cross-validation in 5 parts"):
        train(annotated[:4], TrainingPlan(fewest=2))
