import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.overlaps import has_overlaps, split_overlaps


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I slept.", [("A", "I slept.")]),
        ("I slept. //B: Oh. // Well", [("A", "I slept."), ("B", "Oh."), ("A", "Well")]),
        ("I slept. //B: Oh.// Well", [("A", "I slept."), ("B", "Oh."), ("A", "Well")]),
        ("//S02: Oh. //S03: No.//", [("S02", "Oh."), ("S03", "No.")]),
        ("I //Lisa Dorn: yes", [("A", "I"), ("Lisa Dorn", "yes")]),
        ("// Well then", [("A", "Well then")]),
        ("//B: //", []),
        ("see http://a.org and // that", [("A", "see http://a.org and // that")]),
        ("he//she: both", [("A", "he//she: both")]),
        ("I //B: see http://a.org // yes", [("A", "I yes"), ("B", "see http://a.org")]),
        ("", []),
    ],
)
def test_words_go_to_the_one_who_says_them(text, parts):
    assert split_overlaps(text, "A") == parts


def test_names_that_are_no_speakers_stay_among_the_words():
    knows = {"B": "Ben"}.get
    assert split_overlaps("I. //B: see.// //x: y// so", "A", knows) == [
        ("A", "I."),
        ("Ben", "see."),
        ("A", "//x: y// so"),
    ]


def test_an_overlap_without_an_end_can_stay_among_the_words():
    assert split_overlaps("I. //B: see. So", "A", to_end=False) == [("A", "I. //B: see. So")]


def test_what_is_said_meanwhile_does_not_divide_a_sentence():
    assert split_overlaps("I was //B: no// //C: yes// ill. //B: Oh.// So", "A") == [
        ("A", "I was ill."),
        ("B", "no"),
        ("C", "yes"),
        ("B", "Oh."),
        ("A", "So"),
    ]


@given(st.text(st.sampled_from("ab/: .\n")))
def test_no_letter_is_lost(text):
    names = []
    parts = split_overlaps(text, "A", lambda name: names.append(name) or "B")
    said = "".join(words for _, words in parts) + "".join(names)
    assert sorted(re.sub(r"[^ab]", "", said)) == sorted(re.sub(r"[^ab]", "", text))
    assert all(words.strip() == words != "" for _, words in parts)
    assert has_overlaps(text.removeprefix("//")) or not names or text.startswith("//")


def test_a_great_many_marks_do_not_hang():
    assert len(split_overlaps("a //B: b // " * 10_000, "A")) == 10_001
    assert len(split_overlaps("a. //B: b // " * 10_000, "A")) == 20_000
    assert split_overlaps("//" * 100_000, "A")
