import pytest

from tsd.errors import AnnotationError
from tsd.learn.examples import example_units
from tsd.schema import Label


def units_of(session):
    units = example_units([session])
    return list(zip(units.table["words"], units.disclosing.tolist(), strict=True))


def test_without_marks_every_unit_of_a_disclosing_utterance_discloses(make_session):
    session = make_session(("T", "Okay. I trained in Leeds."), label=[Label.TRAINING])
    assert units_of(session) == [("okay.", True), ("i trained in leeds.", True)]


def test_with_marks_only_the_marked_unit_does(make_session):
    session = make_session(
        ("T", "Okay. I trained in Leeds, you see. And you?"),
        label=[Label.TRAINING],
        disclosing=[("I trained in Leeds",)],
    )
    assert units_of(session) == [
        ("okay.", False),
        ("i trained in leeds, you see.", True),
        ("and you?", False),
    ]


def test_several_pieces_can_be_marked(make_session):
    session = make_session(
        ("T", "I trained. And you? I taught."),
        label=[Label.TRAINING],
        disclosing=[("I trained.", "I taught.")],
    )
    assert [flag for _, flag in units_of(session)] == [True, False, True]


def test_unlabeled_ambiguous_and_client_utterances_are_context_only(make_session):
    session = make_session(
        ("T", "One."),
        ("T", "Two."),
        ("C", "Three."),
        ("T", "Four."),
        label=[None, Label.AMBIGUOUS, None, Label.NONE],
    )
    assert units_of(session) == [("four.", False)]


def test_utterances_of_several_types_teach_no_type(make_session):
    session = make_session(
        ("T", "I trained when my twins came."),
        label=[Label.TRAINING],
        also=[(Label.PERSONAL_DETAILS,)],
    )
    units = example_units([session])
    assert units.disclosing.tolist() == [True]
    assert units.types.tolist() == [""]


def test_utterances_and_sessions_are_numbered_over_all(make_session):
    first = make_session(("T", "One."), ("C", "Two."), label=[Label.NONE, None])
    second = make_session(("T", "Three."), label=[Label.NONE])
    units = example_units([first, second])
    assert (units.utterances.tolist(), units.groups.tolist()) == ([0, 2], [0, 1])


def test_no_label_at_all_is_an_error(make_session):
    with pytest.raises(AnnotationError, match="no therapist utterance has a label"):
        example_units([make_session(("T", "One."))])
