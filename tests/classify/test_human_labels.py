from dataclasses import replace

from tsd.classify.pipeline import load
from tsd.schema import Label, Unmeasured
from tsd.settings import Finding


def test_the_labeled_utterance_is_the_span(make_session):
    session = make_session(
        ("T", "Okay. I trained in Leeds."),
        ("C", "Oh."),
        ("T", "Right."),
        ("T", "Hm."),
        ("T", "So."),
        label=[Label.TRAINING, None, Label.NONE, Label.AMBIGUOUS, None],
    )
    doc = load(Finding(use_labels=True))(session)
    (span,) = doc.spans["disclosures"]
    assert (span.text, span.label_, span._.p_disclosure, span._.cues) == (
        "Okay. I trained in Leeds.",
        "training",
        None,
        ("own training",),
    )


def test_adjacent_labeled_utterances_stay_apart(make_session):
    session = make_session(
        ("T", "I trained."), ("T", "I qualified."), label=[Label.TRAINING, Label.TRAINING]
    )
    assert len(load(Finding(use_labels=True))(session).spans["disclosures"]) == 2


def test_labels_of_a_session_that_is_not_measured_are_not_used(make_session):
    session = make_session(("T", "I trained."), label=[Label.TRAINING])
    nlp = load(Finding(use_labels=True))
    assert len(nlp(session).spans["disclosures"]) == 1
    assert len(nlp(replace(session, unfit=Unmeasured.TURNS)).spans["disclosures"]) == 0
