from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.words_seen import read_and_left_out, words_of
from tsd.errors import ReadError
from tsd.readers import read_file

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Lisa Dorn: How was the week?

2
00:00:03.500 --> 00:00:05.000
Paul Moss (he/him): Bad.

3
00:00:05.500 --> 00:00:07.000
I barely ate.

4
00:00:20.000 --> 00:00:22.000
Lisa Dorn: I had that as well.

5
00:00:23.000 --> 00:00:24.000
Paul Moss (he/him): Really?
"""
TEAMS = """WEBVTT

0a1b/12-0
00:00:01.000 --> 00:00:03.000
<v Lisa Dorn>How was
the week?</v>

0a1b/12-1
00:00:03.500 --> 00:00:05.000
<v Paul Moss>Bad.

0a1b/13-0
00:00:20.000 --> 00:00:22.000
<v Lisa Dorn>I had that.</v> <v Paul Moss>Really?</v>

0a1b/13-1
00:00:25.000 --> 00:00:26.000
Well then.
"""
NOSCRIBE = """WEBVTT A talk

NOTE
Transcribed with noScribe vers. 0.7 (Overlapping speech: 1)

1
00:00:00.000 --> 00:00:04.000
(4 seconds pause)

2
00:00:04.000 --> 00:00:08.000
<v S00>How did you sleep? (..) //S01: Badly. // And the dreams?

3
00:00:08.000 --> 00:00:12.000
<v S01>Worse.

4
00:00:12.000 --> 00:00:13.000
<v //S00>//S00: I know that. // It was

5
00:00:13.000 --> 00:00:14.000
<v S01>// the worst.

6
00:00:14.000 --> 00:00:15.000
<v //S00>Of all of //S00: them.//
"""


def test_zoom_names_speakers_before_words_and_goes_on_without(turns, messages):
    assert turns(ZOOM, "s.vtt") == [
        ("Lisa Dorn", "How was the week?"),
        ("Paul Moss (he/him)", "Bad. I barely ate."),
        ("Lisa Dorn", "I had that as well."),
        ("Paul Moss (he/him)", "Really?"),
    ]
    assert messages(ZOOM, "s.vtt", therapist=("Lisa Dorn",), client=("Paul Moss (he/him)",))[0] == (
        "note",
        13,
        "1 cue without a name; the words are read as those of the speaker before, as Zoom writes "
        "them. If somebody else says them, write the name before them.",
    )


def test_times_and_lines_are_kept(read):
    (session,) = read(ZOOM, "s.vtt", join_within=0.0).sessions
    assert [(u.line, u.start, u.end) for u in session.utterances] == [
        (5, 1.0, 3.0),
        (9, 3.5, 5.0),
        (13, 5.5, 7.0),
        (17, 20.0, 22.0),
        (21, 23.0, 24.0),
    ]


def test_many_cues_without_a_name_are_a_warning(messages):
    text = "WEBVTT\n\n" + "".join(
        f"00:0{i}.000 --> 00:0{i}.500\n{'T: ' if i in (0, 5) else 'C: ' if i == 1 else ''}so\n\n"
        for i in range(8)
    )
    assert [m[:2] for m in messages(text, "s.vtt")] == [("warning", 10)]


def test_teams_names_speakers_in_voice_tags(turns):
    assert turns(TEAMS, "s.vtt") == [
        ("Lisa Dorn", "How was the week?"),
        ("Paul Moss", "Bad."),
        ("Lisa Dorn", "I had that."),
        ("Paul Moss", "Really?"),
        ("", "Well then."),
    ]


def test_noscribe_overlaps_belong_to_who_says_them(turns, messages):
    assert turns(NOSCRIBE, "s.vtt") == [
        ("S00", "How did you sleep?"),
        ("S01", "Badly."),
        ("S00", "And the dreams?"),
        ("S01", "Worse."),
        ("S00", "I know that."),
        ("S01", "It was the worst."),
        ("", "Of all of"),
        ("S00", "them."),
    ]
    assert messages(NOSCRIBE, "s.vtt", therapist=("S00",))[0] == (
        "warning",
        28,
        "the speaker of 1 cue is not known: noScribe marks them with the speaker of an overlap at "
        "their end. Save the transcript as HTML in noScribe.",
    )


@pytest.mark.parametrize("name", ["s.vtt", "s.txt", "s"])
@pytest.mark.parametrize("change", ["bom", "crlf", "utf-16", "hourless", "tabs"])
def test_other_ways_to_write_the_same(turns, name, change):
    data = ZOOM
    if change == "crlf":
        data = ZOOM.replace("\n", "\r\n")
    if change == "hourless":
        data = ZOOM.replace("00:00:", "00:")
    if change == "tabs":
        data = ZOOM.replace("WEBVTT", "WEBVTT\tx").replace(" --> ", "\t-->\t")
    encoded = data.encode({"bom": "utf-8-sig", "utf-16": "utf-16"}.get(change, "utf-8"))
    assert turns(encoded, name) == turns(ZOOM, "s.vtt")


def test_a_file_without_its_first_line_is_read_by_its_suffix(turns):
    assert turns(TEAMS.removeprefix("WEBVTT\n"), "s.vtt") == turns(TEAMS, "s.vtt")


def test_lines_of_a_cue_can_be_of_different_speakers(turns):
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nT: Why?\nC: Well,\nso\n\n00:03.000 --> 00:04.000\n"
    assert turns(f"{text}C: I\nT: Oh\n", "s.vtt", join_within=0.0) == [
        ("T", "Why?"),
        ("C", "Well, so"),
        ("C", "I"),
        ("T", "Oh"),
    ]


def test_marks_of_a_change_of_speaker_end_what_the_speaker_before_says(turns):
    cues = ["T: hi", "C: ho", ">> So", "go on", "T: I", "- Yes\n- No"]
    text = "WEBVTT\n\n" + "".join(
        f"00:{3 * i:02}.000 --> 00:{3 * i + 2:02}.000\n{cue}\n\n" for i, cue in enumerate(cues)
    )
    assert turns(text, "s.vtt", join_within=0.0) == [
        ("T", "hi"),
        ("C", "ho"),
        ("", "So"),
        ("", "go on"),
        ("T", "I"),
        ("", "Yes"),
        ("", "No"),
    ]


def test_lines_that_youtube_repeats_are_read_once(turns):
    text = (
        "WEBVTT\nKind: captions\n\n00:01.000 --> 00:02.000\n \nT: so<00:00:01.500><c> then</c>\n\n"
        "00:02.000 --> 00:02.010\nT: so then\n\n00:02.010 --> 00:03.000\nT: so then\n"
        "C: I<00:00:02.500><c> see</c>\n\n00:03.000 --> 00:03.010\nC: I see\n"
    )
    assert turns(text, "s.vtt") == [("T", "so then"), ("C", "I see")]


def test_a_name_on_a_line_of_its_own(turns):
    cues = ["Lisa Dorn\nHow was it?", "Paul Moss\nBad.\nBad.", "Lisa Dorn\nOh.", "Paul Moss\nYes."]
    text = "WEBVTT\n\n" + "".join(
        f"00:{3 * i:02}.000 --> 00:{3 * i + 2:02}.000\n{cue}\n\n" for i, cue in enumerate(cues)
    )
    assert turns(text, "s.vtt") == [
        ("Lisa Dorn", "How was it?"),
        ("Paul Moss", "Bad. Bad."),
        ("Lisa Dorn", "Oh."),
        ("Paul Moss", "Yes."),
    ]


def test_more_words_than_can_be_said_are_reported(messages):
    text = "WEBVTT\n\n00:01.000 --> 00:01.500\n<v T>" + "so " * 12 + "\n\n"
    text += "00:02.000 --> 00:08.000\n<v C>" + "so " * 12
    assert messages(text, "s.vtt") == [
        (
            "warning",
            4,
            "1 cue with more than 10 words per second: the times cannot be right, and talk time "
            "from them is too short. Export it once more; from noScribe, as HTML.",
        )
    ]


# no speakers

NO_NAMES = "WEBVTT\n\n00:01.000 --> 00:02.000\nHow was it?\n\n00:03.000 --> 00:04.000\nBad.\n"


@pytest.mark.parametrize(
    "text",
    [
        NO_NAMES,
        NO_NAMES.replace("How", "Tom Hale How").replace("Bad", "Ann Low Bad"),
        NO_NAMES + "\n00:05.000 --> 00:06.000\nNote: so\n",
        NO_NAMES.replace("How", "- How").replace("Bad", ">> Bad"),
    ],
)
def test_a_file_without_names_is_refused(read, text):
    with pytest.raises(ReadError) as caught:
        read(text, "s.vtt")
    assert caught.value.message == (
        "has no speakers: it does not say who spoke. Export it again with the names of the "
        "speakers, if the program can (Zoom: the audio transcript; Teams: a transcript with names; "
        "speech recognition: switch on speaker labels). If names stand before the words without a "
        "colon, write a colon behind each. Or write it as a text file in which each turn begins "
        "with its speaker ('Therapist: words'), or as a table with the columns speaker and text."
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NO_NAMES.replace("How", "Tom Hale: How").replace("Bad", "Ann Low: Bad"), "s.vtt"),
        ("Therapist: How was it?\nClient: Bad.\n", "s.txt"),
        ("speaker,text\nTom Hale,How was it?\nAnn Low,Bad.\n", "s.csv"),
    ],
)
def test_doing_what_the_message_says_works(turns, text, name):
    assert [words for _, words in turns(text, name)] == ["How was it?", "Bad."]


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\nLisa: hi\n"])
def test_a_file_without_cues_is_refused(read, text):
    with pytest.raises(ReadError) as caught:
        read(text, "s.vtt")
    assert caught.value.message == (
        "has no cues: there is no line with times. Expected lines such as "
        "'00:00:01.000 --> 00:00:03.000' above the words. Export it once more."
    )


def test_cues_without_words_are_refused(read):
    with pytest.raises(ReadError, match="has no words in it"):
        read("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\n[Music]\n", "s.vtt")


@pytest.mark.parametrize("text", ["WEBVTTX\n", "My WEBVTT\n", "T: hi\nC: WEBVTT\n"])
def test_other_files_are_not_taken_for_webvtt(text, tmp_path):
    (tmp_path / "s.txt").write_text(f"{text}T: hi\nC: ho\nT: so\nC: no\n")
    assert read_file(tmp_path / "s.txt").files[0].format == "text"


# every word, any file


@pytest.mark.parametrize("text", [ZOOM, TEAMS, NOSCRIBE])
def test_every_word_is_said_or_left_out(write, monkeypatch, text):
    said, left_out = read_and_left_out(write(text, "s.vtt"), monkeypatch)
    assert said | left_out >= words_of(text)
    assert not {"Lisa", "Cole", "WEBVTT", "pause", "NOTE", "noScribe"} & said


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_broken_file_is_read_or_refused(write, data):
    text = data.draw(st.sampled_from([ZOOM, TEAMS, NOSCRIBE]))
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        new = data.draw(
            st.sampled_from(
                ["", "<v", "</v> //", "NOTE", "00:01 --> ", "//S: x", "Lisa:", "\0", "(..)"]
            )
            | st.text(max_size=12)
        )
        lines[place : place + data.draw(st.integers(0, 2))] = [new]
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    raw = raw[: data.draw(st.integers(0, len(raw)))]
    with suppress(ReadError):
        sessions = read_file(write(raw, "s.vtt")).sessions
        assert all(u.text for session in sessions for u in session.utterances)


def test_words_behind_a_voice_are_not_those_of_the_name_before_it(turns):
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nT: hi <v C>ho</v> so\n\n"
    text += "00:05.000 --> 00:06.000\nT: yes\n"
    assert turns(text, "s.vtt") == [("T", "hi"), ("C", "ho"), ("", "so"), ("T", "yes")]


def test_lines_of_a_service_are_no_talk(turns):
    text = ZOOM + "\nTranscribed by https://otter.ai\n"
    assert turns(text, "s.vtt") == turns(ZOOM, "s.vtt")


def test_the_name_of_a_voice_can_also_stand_before_its_words(turns):
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v S00>S00: How was it?\n\n"
        "00:05.000 --> 00:06.000\n<v S01>S00: that is what you asked\n"
    )
    assert turns(text, "s.vtt") == [
        ("S00", "How was it?"),
        ("S01", "S00: that is what you asked"),
    ]


def above(*names):
    texts = ("How was it?", "Bad: I slept.", "Oh.", "So.")
    return "WEBVTT\n\n" + "\n\n".join(
        f"{name}\n00:0{i}.000 --> 00:0{i}.900\n{text}"
        for i, (name, text) in enumerate(zip(names, texts, strict=False), 1)
    )


def test_webex_names_the_speaker_next_to_the_number_of_a_cue(turns):
    text = above('1 "Lisa Dorn" (314159)', '2 "Ben" (271828)', '3 "Lisa Dorn" (314159)', '4 ""')
    assert turns(text, "s.vtt") == [
        ("Lisa Dorn", "How was it?"),
        ("Ben", "Bad: I slept."),
        ("Lisa Dorn", "Oh."),
        ("", "So."),
    ]


def test_names_above_the_times_of_all_cues_are_speakers(turns, read):
    text = above("Nora", "Ben", "Nora", "Ben")
    assert [who for who, _ in turns(text, "s.vtt")] == ["Nora", "Ben", "Nora", "Ben"]
    with pytest.raises(ReadError, match="has no speakers"):
        read(above("Intro", "Question", "Answer", "End"), "s.vtt")
