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
        ("I //Nora Hale: yes", [("A", "I"), ("Nora Hale", "yes")]),
        ("// Well then", [("A", "Well then")]),
        ("//B: //", []),
        ("see http://a.org and // that", [("A", "see http://a.org and // that")]),
        ("he//she: both", [("A", "he//she: both")]),
        ("I //B: see http://a.org // yes", [("A", "I"), ("B", "see http://a.org"), ("A", "yes")]),
        ("", []),
    ],
)
def test_words_go_to_the_one_who_says_them(text, parts):
    assert list(split_overlaps(text, "A")) == parts


@given(st.text(st.sampled_from("ab/: \n")))
def test_any_text_keeps_its_letters(text):
    parts = list(split_overlaps(text, "A"))
    said = "".join(words for _, words in parts)
    assert all(words.strip() == words != "" for _, words in parts)
    assert not has_overlaps(text) or any(who != "A" for who, _ in parts) or len(said) <= len(text)
    if not has_overlaps(text) and not text.startswith("//"):
        assert said == text.strip()


def test_many_marks_take_no_longer_than_few():
    text = "a //B: b // " * 100_000
    assert sum(1 for _ in split_overlaps(text, "A")) == 200_000
    assert list(split_overlaps("//" * 500_000, "A"))
