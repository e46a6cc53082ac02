import docx
import pytest

from tests.readers.documents.test_word import saved, table

NOTE = (
    "note",
    1,
    "1 column of a table, next to the column with the talk, not read as talk. If one is talk, put "
    "it into the column with the talk.",
)
TURNS = [("T", "How was it?"), ("C", "Bad."), ("T", "Oh?")]


def written(*rows):
    document = docx.Document()
    table(document, *rows)
    return saved(document)


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "T: How was it?", "open"], ["2", "C: Bad.", ""], ["3", "T: Oh?", "minimal"]],
        [["", "Talk", "Codes"], ["", "T: How was it?", "open"], ["", "C: Bad.", "so: short"],
         ["", "T: Oh?", ""]],
        [["1", "T:", "How was it?", "x"], ["2", "C:", "Bad.", "sad"], ["3", "T:", "Oh?", "x"]],
    ],
)  # fmt: skip
def test_columns_of_codes_next_to_labeled_talk_are_left_out(turns, messages, rows):
    assert turns(written(*rows), "s.docx") == TURNS
    found = messages(written(*rows), "s.docx", therapist=("T",), client=("C",))
    assert [each[0::2] for each in found if "column" in each[2]] == [NOTE[0::2]]


def test_labels_in_two_columns_are_both_talk(turns):
    rows = [["T: How was it?", "C: Bad."], ["T: Oh?", "C: I slept."]]
    assert turns(written(*rows), "s.docx") == [
        ("T", "How was it?"),
        ("C", "Bad."),
        ("T", "Oh?"),
        ("C", "I slept."),
    ]
