import pytest

from tsd.readers import NotTalk
from tsd.readers.text.notes import divide, is_pause


def said(text, speakers=("S00", "S01", "T", "C")):
    left = []
    parts, signals = divide(
        text,
        lambda label: label if label in speakers else None,
        lambda kind, words: left.append((kind, words)),
    )
    return [(part.speaker, part.text) for part in parts], left, signals


@pytest.mark.parametrize(
    "note",
    [
        "(3 seconds pause)",
        "(12 seconds pause)",
        "(Pause 8 seconds.)",
        "[pause]",
        "[long pause]",
        "((laughs))",
        "(laughs softly)",
        "[Laughter]",
        "(..)",
        "(.)",
        "(...)",
        "(…)",
        "(0.5)",
        "(3)",
        "(3s)",
        "(clears throat)",
        "(lacht)",
        "(short pause, 4 sec)",
    ],
)
def test_pauses_and_sounds_are_no_words(note):
    found, left, _ = said(f"So I {note} went.")
    assert found == [("", "So I went.")]
    assert left == [(NotTalk.PAUSE, note)]


@pytest.mark.parametrize(
    "note",
    [
        "(laughs at the dog)",
        "[name]",
        "[the clinic in my town]",
        "(I mean my father)",
        "[inaudible]",
        "(2019)",
        "(she said: no)",
        "(the second)",
        "(looks at her hands)",
    ],
)
def test_a_remark_that_says_something_stays(note):
    assert said(f"So I {note} went.") == ([("", f"So I {note} went.")], [], 0)


def test_words_between_overlap_marks_are_the_named_speakers():
    found, _, _ = said("How did you sleep? //S01: Badly. // And the dreams?")
    assert found == [("", "How did you sleep?"), ("S01", "Badly."), ("", "And the dreams?")]


def test_a_sentence_goes_on_around_an_overlap():
    found, left, _ = said("So you //S01: Mhm.// and he //S01: No!// left. And then?")
    assert found == [("", "So you and he left. And then?"), ("S01", "Mhm."), ("S01", "No!")]
    assert [words for _, words in left] == ["S01", "S01"]


@pytest.mark.parametrize("text", ["see //x: y// there", "and // or", "http://a.b//c: d//"])
def test_marks_of_nobody_stay(text):
    assert said(text)[0] == [("", text)]


@pytest.mark.parametrize(
    "note",
    ["(T: Mhm)", "(T: Mhm, hmm. I see.)", "[T: Yeah]", "(T: Nods and smiles.)", "(T: But...)"],
)
def test_signals_of_the_listener_are_left_out(note):
    found, left, signals = said(f"I went {note} home.")
    assert (found, signals) == ([("", "I went home.")], 1)
    assert left[0] == (NotTalk.LABEL, "T")


def test_what_a_listener_says_is_the_listeners():
    found, _, signals = said("I failed (T: I failed that test, too.) that test.")
    assert found == [("", "I failed that test."), ("T", "I failed that test, too.")]
    assert signals == 0


def test_a_turn_of_nothing_but_a_pause_has_no_words():
    assert said("(Pause)")[0] == []


def test_a_great_many_brackets_do_not_hang():
    for text in ("(" * 10**5, "([" * 10**4, "//" * 10**4, "//T: " * 10**4, "(T: " * 10**4):
        assert "".join(words for _, words in said(text)[0])


def test_what_is_a_pause():
    assert [is_pause(note) for note in ("", "s", "sound of music", "dogs bark")] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("note", ["[crosstalk]", "[crosstalk 00:00:11]", "(overlapping speech)"])
def test_words_of_several_at_once_are_a_sound(turns, note):
    assert turns(f"T: Hi {note} there.\nC: Ho.\n") == [("T", "Hi there."), ("C", "Ho.")]
