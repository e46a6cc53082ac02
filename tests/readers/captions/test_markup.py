import pytest

from tsd.readers.captions.cues import Cue
from tsd.readers.captions.markup import decoded, is_rolling, pieces
from tsd.readers.log import NotTalk, ProblemLog


def voices(*lines):
    cue = Cue(1, "", "", list(enumerate(lines, start=2)))
    return [(piece.line, piece.voice, piece.text) for piece in pieces(cue, ProblemLog("a"))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["yes"], [(2, None, "yes")]),
        (["<v Lisa Dorn>yes"], [(2, "Lisa Dorn", "yes")]),
        (["<v Lisa>yes", "I did</v>"], [(2, "Lisa", "yes"), (3, "Lisa", "I did")]),
        (["<v Lisa>yes</v><v Ben>no</v>"], [(2, "Lisa", "yes"), (2, "Ben", "no")]),
        (["<v Lisa>yes</v> well"], [(2, "Lisa", "yes"), (2, None, "well")]),
        (["<v.loud.first Lisa Dorn>yes"], [(2, "Lisa Dorn", "yes")]),
        (["<V Lisa &amp; Ben>yes"], [(2, "Lisa & Ben", "yes")]),
        (["<v>yes"], [(2, "", "yes")]),
        (["<b>yes</b> <c.x>I</c><00:00:01.000> <lang en>did</lang>"], [(2, None, "yes I did")]),
        (['<font color="#fff">yes</font>{\\an8}<br/>I'], [(2, None, "yes I")]),
        (["I <3 you, <unclear> &lt;b&gt; a<b"], [(2, None, "I <3 you, <unclear> <b> a<b")]),
        (
            ["Tom &amp; I&nbsp;did AT&T &unknown; &#39;so&#39;"],
            [(2, None, "Tom & I did AT&T &unknown; 'so'")],
        ),
        (["<v Lisa></v>", "  "], []),
    ],
)
def test_words_and_voices(lines, expected):
    assert voices(*lines) == expected


def test_names_and_markup_are_left_out():
    log = ProblemLog("a")
    list(pieces(Cue(1, "", "", [(2, "<v Lisa Dorn><i>yes</i></v>")]), log))
    assert log.left_out[NotTalk.LABEL].words == 2
    assert log.left_out[NotTalk.MARKUP].passages == 2


def test_times_between_words_show_that_lines_are_repeated():
    assert is_rolling("so<00:00:01.200><c> then</c>")
    assert not is_rolling("at 00:00:01.200 <c>then</c>")


def test_an_endless_line_takes_no_time():
    assert len(decoded("<v " * 300_000 + "&amp" * 300_000)) > 0
    assert len(voices("<v " * 300_000)) == 1
