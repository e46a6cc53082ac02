import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.segment.phrases import GAP, MARKS, any_of, members, plain, up_to, whole
from tsd.segment.phrases_patterns import GROUPS


def found(phrases, text, **more):
    return [match[0] for match in whole(phrases, **more).finditer(plain(text))]


@pytest.mark.parametrize(
    "text", ["I'm sad", "I’m sad", "im sad", "i ' m sad", "I am sad", "i'm, sad"]
)
def test_a_phrase_is_found_as_people_write_it(text):
    assert found(["i'm sad"], text) == [plain(text)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("don't know", "do not know"),
        ("i've seen", "i have seen"),
        ("we're here", "we are here"),
        ("what's up", "whats up"),
        ("grie*", "grieving"),
        ("grie*", "grief"),
        ("my ... died", "my poor old dog died"),
        ("my ... died", "my died"),
        ("my {kin} left", "my sister left"),
        ("my {kin} left", "my mother-in-law left"),
        ("my {kin} left", "my sister's left"),
        ("my {kin} left", "my ex husband left"),
        ("break up", "break-up"),
    ],
)
def test_signs_of_the_syntax(phrase, text):
    assert found([phrase], f"so {text} again") == [text]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("grie", "grief"),
        ("rief", "grief"),
        ("i am sad", "i'm sad"),
        ("my ... died", "my very poor old dog died"),
        ("my {kin} left", "my teacher left"),
        ("so sad", "so. sad"),
        ("a.c", "abc"),
    ],
)
def test_what_is_not_meant_is_not_found(phrase, text):
    assert found([phrase], text) == []


def test_marks_may_stand_between_words_where_a_list_says_so():
    assert found(["oh i'm sorry"], "Oh. Im sorry!", gap=MARKS) == ["oh. im sorry"]
    assert found(["oh i'm sorry"], "Oh. Im sorry!", gap=GAP) == []


def test_the_longest_phrase_is_found():
    assert found(["my dog", "my", "my dog died"], "my dog died, my cat") == ["my dog died", "my"]


@pytest.mark.parametrize(
    ("text", "expected"), [("a b", True), ("a x, x b", True), ("a x x x b", False), ("ab", False)]
)
def test_words_between_two_phrases(text, expected):
    assert bool(re.fullmatch(any_of(["a"]) + up_to(2) + any_of(["b"]), text)) is expected


@given(st.text(max_size=30))
def test_plain_keeps_every_character_in_its_place(text):
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


@given(st.lists(st.sampled_from(["my", "my dog", "his dog ran", "i'm", "grie*"]), min_size=1))
def test_each_of_some_phrases_is_found(phrases):
    for phrase in phrases:
        assert found(phrases, phrase.replace("*", "")) != []


def test_groups_hold_words_once_and_groups_that_exist():
    for name in GROUPS:
        words = list(members(name))
        assert len(set(words)) == len(words), name
        assert all(word == " ".join(word.lower().split()) for word in words), name
