from hypothesis import given
from hypothesis import strategies as st

from tsd.classify.word_pieces import SPECIAL, UNKNOWN, WordPieces

PIECES = WordPieces([*SPECIAL, "i", "knit", "##ted", "##s", "'", "m", ".", "k"])


def read(text):
    return [PIECES.vocabulary[number] for number in PIECES.numbers(text)]


def test_each_piece_is_the_longest_possible():
    assert read("i knitted. knits") == ["i", "knit", "##ted", ".", "knit", "##s"]


def test_marks_are_pieces_of_their_own():
    assert read("i'm.") == ["i", "'", "m", "."]


def test_a_word_with_an_unknown_part_is_unknown_as_a_whole():
    assert read("knitting i") == [UNKNOWN, "i"]


def test_a_very_long_word_is_unknown():
    assert read("k" + "s" * 99) == ["k", *["##s"] * 99]
    assert read("k" + "s" * 100) == [UNKNOWN]


def test_no_text():
    assert read("") == []


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(0 <= number < len(PIECES.vocabulary) for number in PIECES.numbers(text))
