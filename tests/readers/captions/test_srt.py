from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.words_seen import read_and_left_out, words_of
from tsd.errors import ReadError
from tsd.readers import read_file

SRT = """1
18:16:56,181 --> 18:16:58,435
Therapist: How was it?

3
18:16:58,435 --> 18:17:10,689
Client: Bad.

I barely ate.

It goes 42 --> 43.

4
18:17:20,000 --> 18:17:21,000
[Therapist]: I had <i>that</i> &amp; more.
"""


@pytest.mark.parametrize("name", ["s.srt", "s.txt", "s"])
def test_a_cue_ends_where_the_next_begins(read, name):
    result = read(SRT, name)
    (session,) = result.sessions
    assert [(u.speaker, u.text, u.line) for u in session.utterances] == [
        ("Therapist", "How was it?", 3),
        ("Client", "Bad. I barely ate. It goes 42 --> 43.", 7),
        ("Therapist", "I had that & more.", 15),
    ]
    assert session.utterances[2].start - session.utterances[0].start == pytest.approx(23.819)
    assert result.files[0].format == "srt"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("1\n18", "18", 1),
        lambda text: text.replace(",", ".").replace("18:", ""),
        lambda text: "\n\n" + text.replace("\n", "\r\n"),
        lambda text: text.replace(" --> 18", " -->  18").replace(",435\n", ",435 X1:40 Y1:20\n"),
    ],
)
def test_other_ways_to_write_the_same(turns, change):
    assert turns(change(SRT), "s.txt") == turns(SRT, "s.srt")


def test_labels_of_whisperx(turns):
    text = "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: Hi.\n\n"
    text += "2\n00:00:02,000 --> 00:00:03,000\n[SPEAKER_01]: Ho.\n\n"
    text += "3\n00:00:03,000 --> 00:00:04,000\n[SPEAKER_00]: So.\n"
    assert turns(text) == [("SPEAKER_00", "Hi."), ("SPEAKER_01", "Ho."), ("SPEAKER_00", "So.")]


def test_a_file_without_names_is_refused(read):
    with pytest.raises(ReadError, match="has no speakers: it does not say who spoke"):
        read("1\n00:00:01,000 --> 00:00:02,000\n Call Anna.\n", "s.srt")


def test_a_file_without_cues_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read("Nothing but words.\n", "s.srt")
    assert caught.value.message == (
        "has no cues: there is no line with times. Expected lines such as "
        "'00:00:01,000 --> 00:00:03,000' above the words. Export it once more."
    )


@pytest.mark.parametrize(
    "text",
    [
        "T: hi\nC: ho\n1\n00:00:01,000 --> 00:00:02,000\nT: so\nC: no\n",
        "0:0:1.0 --> 0:0:2.0\nT: hi\nC: ho\n",
        "7\nT: hi\nC: ho\n",
    ],
)
def test_other_files_are_not_taken_for_srt(write, text):
    assert read_file(write(text)).files[0].format == "text"


def test_every_word_is_said_or_left_out(write, monkeypatch):
    said, left_out = read_and_left_out(write(SRT, "s.srt"), monkeypatch)
    assert said | left_out >= words_of(SRT) - {"amp"}
    assert not {"Therapist", "Client"} & said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_broken_file_is_read_or_refused(write, data):
    raw = bytearray(SRT.encode())
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 40))] = data.draw(
            st.binary(max_size=8)
            | st.sampled_from([b"\n\n", b"-->", b"5\n00:00:01,0 --> 1\n", b": "])
        )
    with suppress(ReadError):
        read_file(write(bytes(raw), "s.srt"))


def cues(*texts):
    return "\n\n".join(
        f"{i}\n00:00:{i:02},000 --> 00:00:{i:02},900\n{text}" for i, text in enumerate(texts, 1)
    )


@pytest.mark.parametrize("around", ["[]", "()", "{}", "<>"])
def test_names_in_brackets_of_all_kinds(turns, around):
    a, b = (f"{around[0]}{name}{around[1]}" for name in ("Nora", "Ben"))
    text = cues(f"{a} How was it?", f"{b} Bad.", f"{a} Oh.")
    assert turns(text, "s.srt") == [("Nora", "How was it?"), ("Ben", "Bad."), ("Nora", "Oh.")]


def test_where_names_come_behind_a_dash_a_dash_is_somebody_else(turns):
    text = cues("- [Nora] How was it?", "- [Ben] Bad.", "- Oh.", "- [Nora] Why?", "- [Ben] So.")
    assert turns(text, "s.srt")[1:4] == [("Ben", "Bad."), ("", "Oh."), ("Nora", "Why?")]
    text = cues("Nora: How was it?", "Ben: Bad.", "- well, so so", "Nora: Why?", "Ben: So.")
    assert turns(text, "s.srt")[1] == ("Ben", "Bad. - well, so so")


@pytest.mark.parametrize("stamp", ["(00:01)", "[00:00:01]", "(01:00:01.250)"])
def test_times_among_the_words_are_no_talk(turns, stamp):
    text = cues(f"Nora {stamp}: How was it?", f"Ben: {stamp} Bad.", f"Nora {stamp}: Oh.")
    assert turns(text, "s.srt") == [("Nora", "How was it?"), ("Ben", "Bad."), ("Nora", "Oh.")]


def test_the_name_of_a_speaker_among_the_words_is_reported(messages, turns):
    text = cues("Speaker 1: How was it?", "Speaker 2: Bad. Speaker 1: Oh.", "Speaker 1: Why?")
    assert messages(text, "s.srt", therapist=("Speaker 1",))[1] == (
        "warning",
        7,
        "1 cue with the name of a speaker and a colon among the words; they are read as those of "
        "the speaker before. If somebody else says what comes behind it, begin a new line there.",
    )
    mended = text.replace("Bad. Speaker", "Bad.\nSpeaker")
    assert turns(mended, "s.srt")[1:] == [("Speaker 2", "Bad."), ("Speaker 1", "Oh. Why?")]
