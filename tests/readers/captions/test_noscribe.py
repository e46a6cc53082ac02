from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.words_seen import read_and_left_out, words_of
from tsd.errors import ReadError
from tsd.readers import read_file

HEAD = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/html40/strict.dtd">
<html ><head ><meta charset="UTF-8" /><meta name="qrichtext" content="1" />
<style type="text/css" >p, li { white-space: pre-wrap; }</style></head>
<body style="font-family: 'Arial'" ><div ><p style="font-weight: 600" >Session three</p>
<p ><span >Transcribed with noScribe vers. 0.7<br />Audio file: ./three.m4a</span></p>
"""


def stretch(start, end, who, text):
    return f'<a name="ts_{start}_{end}_{who}" >{text}</a>'


def label(name, clock="[00:00:04]"):
    return f'{name}: <span style="color: #78909C" >{clock}</span>'


TALK = [
    [stretch(0, 4000, "", "(4 seconds pause) ")],
    [
        stretch(4000, 6000, "S00", f"{label('S00')} How did you sleep?"),
        stretch(6000, 6500, "S00", " (..)"),
        stretch(6500, 7000, "//S01", " //S01: Badly."),
        stretch(7000, 7500, "//S01", " So badly."),
        stretch(7500, 9000, "S00", "// And the dreams &amp; all?"),
    ],
    [stretch(12000, 13000, "S01", f"{label('S01')} Worse.")],
    [
        stretch(13500, 14000, "S00", f"{label('S00')} I know"),
        stretch(14000, 15000, "//S01", " //S01: that. //"),
    ],
]


def page(talk=TALK):
    body = "\n".join("<p >" + "".join(paragraph) + "</p>" for paragraph in talk)
    return f"{HEAD}{body}\n</div></body></html>"


def test_stretches_of_one_speaker_are_joined_and_overlaps_are_not(read):
    result = read(page(), "s.html")
    (session,) = result.sessions
    assert [(u.speaker, u.text, u.start, u.end) for u in session.utterances] == [
        ("S00", "How did you sleep?", 4.0, 6.0),
        ("S01", "Badly. So badly.", 6.5, 7.5),
        ("S00", "And the dreams & all?", 7.5, 9.0),
        ("S01", "Worse.", 12.0, 13.0),
        ("S00", "I know", 13.5, 14.0),
        ("S01", "that.", 14.0, 15.0),
    ]
    assert result.files[0].format == "noscribe"


def test_the_same_talk_as_in_webvtt(turns):
    vtt = "WEBVTT\n\n"
    for start, end, words in [
        (
            "00:04.000",
            "00:09.000",
            "<v S00>How did you sleep? (..) //S01: Badly. So badly.// And the dreams &amp; all?",
        ),
        ("00:12.000", "00:13.000", "<v S01>Worse."),
        ("00:13.500", "00:15.000", "<v S00>I know //S01: that.//"),
    ]:
        vtt += f"{start} --> {end}\n{words}\n\n"
    assert turns(vtt, "s.vtt") == turns(page(), "s.html")


def test_names_that_a_person_wrote_are_the_speakers(turns):
    edited = page().replace("S00: <", "Dr. Weiss: <").replace("S01: <", "Anna: <")
    assert [speaker for speaker, _ in turns(edited, "s.html")] == [
        *("Dr. Weiss", "Anna", "Dr. Weiss", "Anna", "Dr. Weiss", "Anna"),
    ]


def test_a_name_that_is_changed_in_one_paragraph_counts_there(turns):
    talk = [
        [stretch(i, i + 1, "S00", f"{label('S00')} a"), stretch(i + 1, i + 2, "S00", " b")]
        for i in range(4)
    ]
    talk[2][0] = talk[2][0].replace("S00: <", "Client: <")
    assert turns(page(talk), "s.html", join_within=0.0) == [
        ("S00", "a b"),
        ("S00", "a b"),
        ("Client", "a b"),
        ("S00", "a b"),
    ]


def test_paragraphs_that_a_person_added(turns, messages):
    talk = [*TALK[1:3], ["S00: I see."], ["<b>So then</b>"]]
    assert turns(page(talk), "s.html")[-2:] == [
        ("S00", "I see."),
        ("S00", "So then"),
    ]
    assert messages(page(talk), "s.html", therapist=("S00",))[0] == (
        "warning",
        8,
        "2 paragraphs without times; the words are read as those of the speaker before. If "
        "somebody else says them, begin the paragraph with the name and a colon.",
    )


def test_without_clocks(turns):
    plain = page().replace('<span style="color: #78909C" >[00:00:04]</span>', "")
    assert turns(plain, "s.html") == turns(page(), "s.html")


def test_without_speakers_it_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read(
            page([[stretch(0, 4000, "", "How was it?")], [stretch(4000, 5000, "", "Bad.")]]),
            "s.html",
        )
    assert caught.value.message.startswith(
        "has no speakers: it does not say who spoke. In noScribe, set 'Speaker detection' to "
        "'auto' or to the number of speakers. Or write it as a text file"
    )


def test_other_html_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read("<html><body><p>T: hi</p><p>C: ho</p></body></html>", "s.html")
    assert caught.value.message == (
        "has no talk as noScribe writes it, with times in its HTML. Open it in the editor of "
        "noScribe and save it as HTML, or save it as text."
    )


@pytest.mark.parametrize("piece", ["<p ", "<!--", "<!-- >", "<a name='", "</", "&#", "<![CDATA["])
def test_thousands_of_broken_tags_take_no_longer_than_whole_ones(turns, piece):
    text = page().replace("</body>", piece * 20_000)
    assert turns(text, "s.html")[0] == ("S00", "How did you sleep?")


def test_comments_are_no_talk(turns):
    text = page().replace("Worse.", "Worse.<!-- <b>not</b> said -->")
    assert turns(text, "s.html") == turns(page(), "s.html")


def test_every_word_is_said_or_left_out(write, monkeypatch):
    said, left_out = read_and_left_out(write(page(), "s.html"), monkeypatch)
    body = page().partition("<body")[2]
    words = words_of(body) - words_of(HEAD.partition("<body")[2].partition("Session")[0])
    markup = {
        "span",
        "style",
        "color",
        "name",
        "ts",
        "div",
        "body",
        "html",
        "amp",
        "br",
        "font",
        "weight",
        "S",
    }
    assert said | left_out >= words - markup - {"C"}
    assert not {"noScribe", "Session", "pause"} & said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_broken_file_is_read_or_refused(write, data):
    raw = bytearray(page().encode())
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 60))] = data.draw(
            st.binary(max_size=8)
            | st.sampled_from(
                [b"</a>", b"<p>", b'<a name="ts_1_2_X">', b"<!--", b"&#x;", b"<![CDATA["]
            )
        )
    raw = raw[: data.draw(st.integers(0, len(raw)))]
    with suppress(ReadError):
        read_file(write(bytes(raw), "s.html"))


def test_a_sentence_goes_on_around_an_overlap(read):
    talk = [
        [
            stretch(0, 1000, "S00", f"{label('S00')} I was"),
            stretch(1000, 2000, "//S01", " //S01: no"),
            stretch(2000, 3000, "S00", "// ill. So"),
            stretch(3000, 4000, "S00", " that is that."),
            stretch(4000, 5000, "//S01", " //S01: Oh. //"),
            stretch(5000, 6000, "S00", " Yes."),
        ],
        [stretch(7000, 8000, "S01", f"{label('S01')} Well.")],
    ]
    (session,) = read(page(talk), "s.html", join_within=0.0).sessions
    assert [(u.speaker, u.text, u.start, u.end) for u in session.utterances] == [
        ("S00", "I was ill. So that is that.", 0.0, 4.0),
        ("S01", "no", 1.0, 2.0),
        ("S01", "Oh.", 4.0, 5.0),
        ("S00", "Yes.", 5.0, 6.0),
        ("S01", "Well.", 7.0, 8.0),
    ]
