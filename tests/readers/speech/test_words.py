from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.speech.words import Word, filled, joined, pieces


def said(*words):
    return [(p.speaker, p.text, p.get("start"), p.get("end")) for p in pieces(words)]


def test_a_piece_ends_where_the_speaker_changes_or_pauses():
    assert said(
        Word("So", "A", 1, 1.2),
        Word("I", "A", 1.3, 1.5),
        Word("well", "A", 2.4, 2.6),
        Word("yes", "B", 2.6, 2.8),
    ) == [
        ("A", "So I", "1", "1.5"),
        ("A", "well", "2.4", "2.6"),
        ("B", "yes", "2.6", "2.8"),
    ]


def test_a_piece_ends_where_the_file_has_a_new_part():
    assert [text for _, text, *_ in said(Word("So", "A"), Word("I", "A", part=1))] == ["So", "I"]


def test_punctuation_belongs_to_the_word_before_it():
    assert said(
        Word("Yes", "A", 1, 2), Word(",", "B", 9, 9, attached=True), Word("I", "A", 2, 3)
    ) == [("A", "Yes, I", "1", "9")]
    assert said(Word(".", attached=True)) == [("", ".", "", "")]


def test_words_without_times_or_letters():
    assert said(Word("a", "A"), Word("", "B"), Word("b", "A", 5), Word("c", "A")) == [
        ("A", "a b c", "5", "")
    ]


def test_words_without_a_speaker_take_the_nearest_one_before():
    words = [Word("a"), Word("b", "A"), Word("c"), Word("d", "B"), Word("e")]
    assert "".join(word.speaker for word in filled(words, "S")) == "AAABB"
    assert [word.speaker for word in filled([Word("a")], "S")] == ["S"]


@given(
    st.lists(
        st.builds(
            Word,
            st.sampled_from(["", "a", "bc", "."]),
            st.sampled_from(["", "A", "B"]),
            st.none() | st.floats(0, 9),
            st.none() | st.floats(0, 9),
            st.booleans(),
            st.integers(0, 1),
        )
    )
)
def test_no_word_is_lost(words):
    found = "".join(piece.text for piece in pieces(words))
    assert found.replace(" ", "") == joined(words).replace(" ", "")
