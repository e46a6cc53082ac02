import pytest

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tiers.marks import is_silence, spoken, tidy


@pytest.mark.parametrize(
    "text",
    ["", " ", "_", "#", "...", "(.)", "(..)", "-", "sil", "SIL", "<p:>", "<usb>", "[pause]", "spn"],
)
def test_silence(text):
    assert is_silence(text)


@pytest.mark.parametrize(
    "text", ["Pause.", "Silence.", "p. 3", "no", "12", "pause it", "mhm", "嗯", "(rire)", "xxx"]
)
def test_what_somebody_says_is_not_silence(text):
    assert not is_silence(text)


@pytest.mark.parametrize(
    ("text", "words", "left_out"),
    [
        ("I see .", "I see.", 0),
        ("well , I know  ?", "well, I know?", 0),
        ("<I see> that", "I see that", 0),
        ("I s<ee that>", "I see that", 0),
        ("⌈oh⌉ yes", "oh yes", 0),
        ("°hh yes hh° hh well .h oh", "yes well oh", 4),
        ("hm ah", "hm ah", 0),
        ("so (.) I left (0.5) then (--) and (2 s) yes", "so I left then and yes", 4),
        ("((laughs)) right ((coughs twice))", "right", 2),
        ("((laughs))", "", 1),
        ("&=laughs no", "no", 1),
        ("• so • yes", "so yes", 2),
        ("(rire) oui", "(rire) oui", 0),
        ("in (about) 1999", "in (about) 1999", 0),
        ("I was [//] I am [= now] here", "I was I am here", 0),
        ("I saw [NAME] [laughs]", "I saw [NAME] [laughs]", 0),
        ("the go@s, at a@b.com: hi@home", "the go, at a@b.com: hi@home", 0),
        ("he said: no", "he said: no", 0),
        ("a\nb\tc", "a b c", 0),
        ("_", "", 1),
        ("< >", "", 1),
        ("", "", 0),
        ("Was ist (das", "Was ist (das", 0),
    ],
)
def test_marks_are_taken_out_of_the_words(text, words, left_out):
    log = ProblemLog("a.eaf")
    assert spoken(text, log, 3) == words
    found = log.left_out.get(NotTalk.PAUSE)
    assert (found.passages if found else 0) == left_out
    if found:
        assert found.line == 3


def test_tidy_leaves_a_number_alone():
    assert tidy("it was .5 percent , so") == "it was .5 percent, so"


@pytest.mark.parametrize("sign", ["(", "((", "(1", " ", ".", " .", "<", "&=", "(.", "•"])
def test_long_rows_of_signs_do_not_hang(sign):
    assert spoken(f"so {sign * 50_000} x", ProblemLog("a.eaf")).startswith("so")


def test_what_a_mark_says_about_the_voice_is_no_talk():
    log = ProblemLog("a.exb")
    assert spoken("<<p> I see> that", log, 3) == "I see that"
    assert log.left_out[NotTalk.TIER].words == 1
