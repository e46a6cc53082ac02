import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.captions.cues import is_timing, split_cues
from tsd.readers.decoding import split_lines
from tsd.readers.log import NotTalk, ProblemLog


def cues(text, webvtt=True):
    log = ProblemLog("a")
    found = list(split_cues(split_lines(text), log, webvtt=webvtt))
    return [(cue.start, cue.end, [line for _, line in cue.lines]) for cue in found], log


@pytest.mark.parametrize(
    "line",
    [
        "00:00:01.000 --> 00:00:03.000",
        "00:01.000 --> 00:03.000",
        "100:00:01.000 --> 100:00:03.000",
        "00:00:01,000 --> 00:00:03,000",
        "0:00:01,5-->0:00:03,5",
        "00:01 -> 00:03",
        "00:01.000 --> 00:03.000 align:start position:0%",
        "00:01.000\t-->\t00:03.000",
        "00:00:01.000 --> 00:00:",
        "--> 00:00:03.000",
    ],
)
def test_lines_with_times(line):
    assert is_timing(line)


@pytest.mark.parametrize(
    "line", ["", "A --> B", "at 10:30 --> home", "10:30", "-->", "00:01.000 --> 00:03.000x"]
)
def test_other_lines(line):
    assert not is_timing(line)


def test_what_is_no_cue_is_left_out():
    found, log = cues(
        "WEBVTT - my talk\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:one\n\n"
        "NOTE\nmade by hand\nLisa: hi\n\nNOTE one line\n\nNOTE-1\n00:01.000 --> 00:02.000\nyes\n\n"
        "intro two\n00:02.000 --> 00:03.000\n\n00:03.000 --> 00:04.000\nA --> B\nand C\n"
    )
    assert found == [
        ("00:01.000", "00:02.000", ["yes"]),
        ("00:02.000", "00:03.000", []),
        ("00:03.000", "00:04.000", ["A --> B", "and C"]),
    ]
    assert log.left_out[NotTalk.HEADING].passages == 10
    assert log.left_out[NotTalk.NUMBER].words == 3
    assert log.left_out[NotTalk.TIME].passages == 3
    assert log.problems == []


def test_a_cue_without_an_empty_line_above_it_is_a_cue():
    text = "WEBVTT\n00:01.000 --> 00:02.000\nyes\n2\n00:02.000 --> 00:03.000\nno\n"
    assert [lines for *_, lines in cues(text)[0]] == [["yes"], ["no"]]


def test_a_line_note_above_times_is_the_name_of_the_cue():
    assert cues("WEBVTT\n\nNOTE\n00:01.000 --> 00:02.000\nyes\n")[0][0][2] == ["yes"]


def test_paragraphs_stay_in_a_cue():
    text = "1\n00:00:01,0 --> 00:00:02,0\nYes.\n\nI did.\n\n42\n\n7\n00:00:03,0 --> 00:00:04,0\nNo"
    found, log = cues(text, webvtt=False)
    assert [lines for *_, lines in found] == [["Yes.", "I did.", "42"], ["No"]]
    assert log.problems == []


def test_webvtt_reports_an_empty_line_in_a_cue_once():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\nI did.\n\nI know.\n"
    found, log = cues(text)
    assert found[0][2] == ["Yes.", "I did.", "I know."]
    (problem,) = log.problems
    assert (problem.line, problem.message) == (
        6,
        "there is an empty line inside a cue; the words below it are read as part of the cue. If "
        "they are a note, begin it with NOTE.",
    )


@pytest.mark.parametrize("name", ["91b3f3c3-44c6/32-0", "cue-0001"])
def test_srt_can_have_names_of_cues(name):
    text = f"{name}\n00:00:01,0 --> 00:00:02,0\nYes.\n\n{name}\n00:00:03,0 --> 00:00:04,0\nNo."
    assert [lines for *_, lines in cues(text, webvtt=False)[0]] == [["Yes."], ["No."]]


def test_broken_times_are_reported_and_the_words_stay():
    found, log = cues("WEBVTT\n\n00:00:01.000 --> 00:00:\nYes.\n")
    assert found == [("", "", ["Yes."])]
    (problem,) = log.problems
    assert (problem.line, problem.message) == (
        3,
        "the times of the cue cannot be read: expected HH:MM:SS.mmm --> HH:MM:SS.mmm. They count "
        "as missing. Correct them.",
    )


@given(
    st.lists(
        st.sampled_from(
            ["", "7", "NOTE", "STYLE", "words", "WEBVTT", "00:01.0 --> 00:02.0", "--> 00:03"]
        )
    ),
    st.booleans(),
)
def test_every_line_is_in_a_cue_or_left_out(lines, webvtt):
    log = ProblemLog("a")
    found = list(split_cues(lines, log, webvtt=webvtt))
    left_out = sum(each.passages for each in log.left_out.values())
    assert left_out + sum(len(cue.lines) for cue in found) == sum(map(bool, lines))


def test_lines_above_the_first_cue_are_reported():
    found, log = cues("T: hi\n00:01.0 --> 00:02.0\nT: ho\n", webvtt=False)
    assert [lines for *_, lines in found] == [["T: ho"]]
    (problem,) = log.problems
    assert problem.message == "1 line above the first cue left out as a heading."
