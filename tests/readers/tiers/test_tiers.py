"""What holds for each format of tiers: the same session, every word, and any damage."""

import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import ReadError
from tsd.readers import read_file
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source
from tsd.readers.tiers import TIERS
from tsd.schema import count_words
from tsd.settings import Reading

CHAT = """@UTF8
@Begin
@Participants:\tT Nora Therapist, C Ben Client
*T:\thow was the week ? \x150_2000\x15
%com:\tleans forward
*C:\t&=sighs bad (.) [% looks up] again . \x153000_4500\x15
*T:\t0 [=! nods] I see . \x155000_6000\x15
@End
"""
ELAN = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT FORMAT="3.0"><HEADER TIME_UNITS="milliseconds"><PROPERTY NAME="URN">urn one
</PROPERTY></HEADER><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="s0" TIME_VALUE="0"/>
<TIME_SLOT TIME_SLOT_ID="s1" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="s2" TIME_VALUE="3000"/>
<TIME_SLOT TIME_SLOT_ID="s3" TIME_VALUE="4500"/><TIME_SLOT TIME_SLOT_ID="s4" TIME_VALUE="5000"/>
<TIME_SLOT TIME_SLOT_ID="s5" TIME_VALUE="6000"/></TIME_ORDER>
<TIER TIER_ID="T" LINGUISTIC_TYPE_REF="l">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="s0" TIME_SLOT_REF2="s1">
<ANNOTATION_VALUE>how was the week ?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="s4" TIME_SLOT_REF2="s5">
<ANNOTATION_VALUE>I see .</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="C" LINGUISTIC_TYPE_REF="l">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="s2" TIME_SLOT_REF2="s3">
<ANNOTATION_VALUE>bad (1.5) again . ((sighs))</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
</TIER><TIER TIER_ID="C gaze" LINGUISTIC_TYPE_REF="g" PARENT_REF="C">
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a3">
<ANNOTATION_VALUE>up and left</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>
"""
EXMARALDA = """<?xml version="1.0" encoding="UTF-8"?>
<basic-transcription><head><comment>two words</comment><speakertable>
<speaker id="S0"><abbreviation>T</abbreviation></speaker>
<speaker id="S1"><abbreviation>C</abbreviation></speaker></speakertable></head>
<basic-body><common-timeline><tli id="p0" time="0"/><tli id="p1"/><tli id="p2" time="2.0"/>
<tli id="p3" time="3.0"/><tli id="p4" time="4.5"/><tli id="p5" time="5"/><tli id="p6" time="6"/>
</common-timeline>
<tier id="a" speaker="S0" category="v" type="t"><event start="p0" end="p1">how was </event>
<event start="p1" end="p2">the week?</event><event start="p5" end="p6">I see.</event></tier>
<tier id="b" speaker="S1" category="v" type="t">
<event start="p3" end="p4">bad (1.5) again. ((sighs))</event></tier>
<tier id="c" speaker="S1" category="nv" type="d"><event start="p3" end="p4">looks up</event></tier>
</basic-body></basic-transcription>
"""
TEXTGRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 9
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "T"
        xmin = 0
        xmax = 9
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 2
            text = "how was the week ?"
        intervals [2]:
            xmin = 2
            xmax = 5
            text = "_"
        intervals [3]:
            xmin = 5
            xmax = 6
            text = "I see ."
    item [2]:
        class = "IntervalTier"
        name = "C"
        xmin = 0
        xmax = 9
        intervals: size = 1
        intervals [1]:
            xmin = 3
            xmax = 4.5
            text = "bad (1.5) again . ((sighs))"
    item [3]:
        class = "IntervalTier"
        name = "Comments"
        xmin = 0
        xmax = 9
        intervals: size = 1
        intervals [1]:
            xmin = 3
            xmax = 4.5
            text = "looks ""up"" here"
"""
SAMPLES = {"chat": CHAT, "elan": ELAN, "exmaralda": EXMARALDA, "textgrid": TEXTGRID}
FORMATS = {each.name: each for each in TIERS}


def test_each_format_has_a_sample():
    assert set(SAMPLES) == set(FORMATS)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_session_comes_out_of_every_format(read, name):
    result = read(SAMPLES[name], f"s{FORMATS[name].suffixes[0]}")
    (session,) = result.sessions
    assert [(u.speaker, u.text, u.start, u.end) for u in session.utterances] == [
        ("T", "how was the week?", 0.0, 2.0),
        ("C", "bad again.", 3.0, 4.5),
        ("T", "I see.", 5.0, 6.0),
    ]
    assert [u.role.value for u in session.utterances] == ["therapist", "client", "therapist"]
    assert [p for p in result.problems if p.severity.value != "note"] == []
    assert result.files[0].format == name


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("other", [".txt", ".xml", ""])
def test_the_content_decides_about_the_format(read, name, other):
    assert read(SAMPLES[name], f"s{other}").files[0].format == name


@pytest.mark.parametrize("name", SAMPLES)
def test_every_word_is_in_an_utterance_or_left_out(name):
    text = SAMPLES[name]
    if name == "chat":
        words = count_words(text.replace("*T:", " T ").replace("*C:", " C "))
    elif name == "textgrid":
        texts = re.findall(r'text = "((?:[^"]|"")*)"', text)
        words = sum(map(count_words, texts))
    else:
        words = sum(map(count_words, re.findall(r">([^<]*)<", text)))
    log = ProblemLog("s")
    found = list(FORMATS[name].read(Source("s", text.encode()), Reading(), log))
    in_records = sum(count_words(record.text) for record in found)
    assert in_records + sum(about.words for about in log.left_out.values()) == words
    assert in_records == 8


INSERTED = [
    *("\x00", "\x15", '"', "<", ">", "&#0;", "é\u2028", "1e999", "-1", "\ud800"),
    *("\n*X:\t", "</TIER>", "<!ENTITY x 'y'>"),
]


@st.composite
def _damaged(draw, sample):
    """Cut, double, swap and replace pieces of a sample."""
    text = sample
    for _ in range(draw(st.integers(1, 4))):
        a, b = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        b = min(b, a + draw(st.sampled_from([1, 20, 400])))
        piece = text[a:b]
        new = draw(st.sampled_from(["", piece * 2, piece[::-1], *INSERTED]))
        text = text[:a] + new + text[b:]
    return text


@pytest.mark.parametrize("name", SAMPLES)
def test_damage_gives_a_reading_or_a_clear_error(name, tmp_path):
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(text=_damaged(SAMPLES[name]), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
    def check(text, encoding):
        path = tmp_path / f"s{FORMATS[name].suffixes[0]}"
        path.write_bytes(text.encode(encoding, "ignore"))
        with suppress(ReadError):
            result = read_file(path, Reading(format=name))
            assert all(u.text for session in result.sessions for u in session.utterances)

    check()
