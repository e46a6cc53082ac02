"""The training corpus: schema, duplicates, openings, and what it must hold."""

from collections import Counter

import pytest

from tsd.readers import read_sessions
from tsd.schema import TYPES, Label, Role, count_words


@pytest.fixture(scope="module")
def sessions(root):
    readings = [read_sessions(path) for path in sorted((root / "data/corpus").glob("*.csv"))]
    assert [r.problems for r in readings if r.problems] == []
    return [session for reading in readings for session in reading.sessions]


@pytest.fixture(scope="module")
def said(sessions):
    return [u for s in sessions for u in s.utterances if u.role is Role.THERAPIST]


def test_session_names_are_unique(sessions):
    assert max(Counter(s.session_id for s in sessions).values()) == 1


def test_it_is_large_enough(said):
    assert len(said) >= 1200


def test_every_therapist_utterance_has_a_label_and_nobody_else(sessions, said):
    assert all(u.label is not None for u in said)
    others = [u for s in sessions for u in s.utterances if u.role is not Role.THERAPIST]
    assert all(u.label is None for u in others)


def test_every_disclosure_has_its_words_marked(said):
    for u in said:
        assert bool(u.disclosing) == (u.label in TYPES)


def test_every_type_is_well_represented(said):
    labels = Counter(u.label for u in said)
    assert all(labels[label] >= 200 for label in TYPES)
    assert labels[Label.NONE] > sum(labels[label] for label in TYPES)


def test_no_utterance_stands_twice(said):
    texts = Counter(u.text.lower() for u in said if u.words > 3)
    assert [text for text, n in texts.items() if n > 1] == []


def test_no_opening_is_a_template(said):
    openings = Counter(" ".join(u.text.lower().split()[:3]) for u in said if u.words > 3)
    assert [o for o, n in openings.items() if n > 0.003 * len(said)] == []


def test_length_alone_does_not_tell_the_label(said):
    lengths = {
        flag: sorted(count_words(u.text) for u in said if (u.label in TYPES) is flag)
        for flag in (True, False)
    }
    medians = {flag: values[len(values) // 2] for flag, values in lengths.items()}
    assert 0.6 < medians[True] / medians[False] < 1.7
