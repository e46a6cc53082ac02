import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tables.cells import as_text, in_unit, label, plain_words, time_fields


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("caf&eacute;&#8212;bar &amp; so", "café—bar & so"),
        ("a<br>b<br />c", "a\nb\nc"),
        ("<p>so</p><p>it <b>is</b></p>", "so\nit is\n"),
        ("<a href='x y'>here</a>", "here"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("<unk> <laughs>", "<unk> <laughs>"),
        ("R&D; AT&T", "R&D; AT&T"),
        ("dog_comma_ and", "dog, and"),
    ],
)
def test_the_markup_of_web_pages_is_no_word(cell, words):
    assert plain_words(cell, ProblemLog(""), 1) == words


def test_tags_are_left_out():
    log = ProblemLog("")
    plain_words("so <i>well</i>", log, 3)
    assert log.left_out[NotTalk.MARKUP].line == 3


@given(st.text(st.characters(exclude_characters="<&_")))
def test_other_words_stay_as_they_are(text):
    assert plain_words(text, ProblemLog(""), 1) == text


@pytest.mark.parametrize("cell", ["DB", "DB:", " DB : ", "DB::"])
def test_a_colon_is_no_part_of_a_name(cell):
    assert label(cell) == "DB"


@pytest.mark.parametrize(
    ("cells", "times"),
    [
        (("0:01", "0:02", ""), ("0:01", "0:02")),
        (("0:00.0 - 0:05.3", "", ""), ("0:00.0", "0:05.3")),
        (("00:01:02-00:01:04", "", ""), ("00:01:02", "00:01:04")),
        (("[0:01 --> 0:02]", "", ""), ("0:01", "0:02")),
        (("0:01", "", "2.5"), ("0:01", "3.5")),
        (("0:01", "0:02", "9"), ("0:01", "0:02")),
        (("[00:03:43] the talk begins", "", ""), ("[00:03:43]", "")),
        (("soon", "", "3"), ("soon", "")),
        (("5 minutes", "", ""), ("5 minutes", "")),
        (("", "", "3"), ("", "")),
    ],
)
def test_times_of_a_row(cells, times):
    assert time_fields(*cells, ProblemLog(""), 1) == times


def test_words_behind_a_time_are_left_out():
    log = ProblemLog("")
    time_fields("[00:03:43] the talk begins", "", "", log, 7)
    assert (log.left_out[NotTalk.HEADING].words, log.left_out[NotTalk.HEADING].line) == (3, 7)


@given(st.text(max_size=60))
def test_no_time_raises_an_error(text):
    start, _ = time_fields(text, "", "", ProblemLog(""), 1)
    assert start in text
    assert in_unit(text, 0.001) is not None


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.5, "1.5"), (float("nan"), ""), (True, "True"), (["a", 2], "a,2"), (b"x", "x"), (0, "0")],
)
def test_values_as_text(value, text):
    assert as_text(value) == text
