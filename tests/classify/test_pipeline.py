import pytest
import spacy

from tsd.classify.pipeline import load, segmenter
from tsd.settings import POINTS, Finding


def test_the_components_by_name(small_model):
    assert load(Finding(model=small_model)).pipe_names == [
        "tsd_units",
        "tsd_cues",
        "tsd_disclosures",
    ]
    assert load(Finding(use_labels=True)).pipe_names == ["tsd_units", "tsd_cues", "tsd_labels"]


def test_settings_reach_the_components(small_model):
    nlp = load(Finding(model=small_model, threshold=0.7, longest_unit=12, longest_session=9))
    assert nlp.max_length == 9
    assert nlp.get_pipe("tsd_units").longest_unit == 12
    assert nlp.get_pipe("tsd_disclosures").threshold == 0.7


def test_the_threshold_is_the_models_own_by_default(small_model):
    finder = load(Finding(model=small_model)).get_pipe("tsd_disclosures")
    own = finder.disclosure_model.thresholds["balanced"]
    assert {"session": finder.threshold, "excerpt": finder.excerpt_threshold} == own


@pytest.mark.parametrize("name", POINTS)
def test_a_threshold_can_be_named(small_model, name):
    finder = load(Finding(model=small_model, threshold=name)).get_pipe("tsd_disclosures")
    assert finder.threshold == finder.disclosure_model.thresholds[name]["session"]


def test_a_plain_spacy_pipeline_takes_our_components(make_session):
    doc = segmenter().session_doc(make_session(("T", "I trained. And you?")))
    nlp = spacy.blank("en")
    nlp.add_pipe("tsd_units")
    nlp.add_pipe("tsd_cues")
    assert [unit.text for unit in nlp(doc).spans["units"]] == ["I trained.", "And you?"]
