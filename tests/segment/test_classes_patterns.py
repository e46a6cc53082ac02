from collections import Counter

import pytest

from tsd.classify.words import normalize, read_words
from tsd.segment import classes_patterns as patterns

CLASSES = {name: words.split() for name, words in patterns.WORD_CLASSES.items()}
EVERY = [word for words in CLASSES.values() for word in words]
FILLERS = patterns.FILLERS.split()


def test_no_word_is_in_two_classes_or_twice_in_one():
    assert [word for word, times in Counter(EVERY).items() if times > 1] == []


def test_everything_is_in_lower_case():
    words = [*EVERY, *FILLERS, *patterns.CONTRACTIONS, *patterns.IRREGULAR_PAST.split()]
    assert [word for word in words if word != word.lower()] == []


def test_no_filler_is_in_a_class():
    assert [word for word in FILLERS if word in EVERY] == []
    assert len(set(FILLERS)) == len(FILLERS)


@pytest.mark.parametrize("name", CLASSES)
def test_every_word_is_found_in_its_class(name):
    found = {word: read_words(normalize(word)) for word in CLASSES[name]}
    assert [word for word, read in found.items() if not read or read[0][1] != name] == []


@pytest.mark.parametrize(("contraction", "parts"), patterns.CONTRACTIONS.items())
def test_every_contraction_is_divided_into_known_classes(contraction, parts):
    assert [name for _, name in read_words(contraction)] == parts.split()
    assert set(parts.split()) <= {*CLASSES, "DID", "HAD"}


def test_fillers_are_left_out():
    assert [word for word in FILLERS if read_words(word)] == []


def test_classes_with_plurals_are_classes():
    assert set(patterns.PLURALS) <= set(CLASSES)


def test_irregular_past_tenses_are_in_a_class():
    assert [word for word in patterns.IRREGULAR_PAST.split() if word not in EVERY] == []
