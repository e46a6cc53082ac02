import pytest

from tsd.errors import ReadError
from tsd.readers.source import Source
from tsd.readers.tiers.exmaralda import EXMARALDA


def _tier(speaker, *events, kind="t", category="v", name=""):
    rows = "".join(
        f'<event start="T{start}" end="T{end}">{text}</event>\n' for start, end, text in events
    )
    owner = f' speaker="{speaker}"' if speaker else ""
    about = f'category="{category}" type="{kind}" display-name="{name}"'
    return f'<tier id="x"{owner} {about}>{rows}</tier>\n'


def _exb(*tiers, times=(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), names=("T", "C")):
    points = "".join(
        f'<tli id="T{i}"' + ("/>\n" if time is None else f' time="{time}"/>\n')
        for i, time in enumerate(times)
    )
    speakers = "".join(
        f'<speaker id="SPK{i}"><abbreviation>{name}</abbreviation><comment>kind</comment></speaker>'
        for i, name in enumerate(names)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<basic-transcription><head><meta-information>'
        '<referenced-file url="/home/me/secret/a.wav"/></meta-information>'
        f"<speakertable>{speakers}</speakertable></head>\n<basic-body><common-timeline>\n"
        f"{points}</common-timeline>\n{''.join(tiers)}</basic-body></basic-transcription>\n"
    )


def _utterances(result):
    (session,) = result.sessions
    return [(u.speaker, u.text, u.start, u.end) for u in session.utterances]


def test_events_are_put_together_and_tiers_are_merged(read):
    result = read(
        _exb(
            _tier("SPK0", (0, 1, "how was "), (1, 2, "the week? "), (7, 8, "I see. ")),
            _tier("SPK1", (3, 4, "bad "), (4, 5, "again. ")),
        ),
        "s.exb",
    )
    assert _utterances(result) == [
        ("T", "how was the week?", 0.0, 2.0),
        ("C", "bad again.", 3.0, 5.0),
        ("T", "I see.", 7.0, 8.0),
    ]
    assert result.problems == []


@pytest.mark.parametrize(
    ("texts", "utterances"),
    [
        (("yes|", "and then|", "no|"), ["yes", "and then", "no"]),
        (("yes. well|", "and ", "no|"), ["yes. well", "and no"]),
        (("yes.", " and", " then!"), ["yes.", "and then!"]),
        (("yes ", "and ", "then"), ["yes and then"]),
        (("yes ", "((laughs))", "then "), ["yes", "then"]),
        (("a|b ", "c|", "d|"), ["a b c", "d"]),
    ],
)
def test_where_utterances_end(read, texts, utterances):
    events = [(i, i + 1, text) for i, text in enumerate(texts)]
    text = _exb(_tier("SPK0", *events), _tier("SPK1", (8, 9, "oh ")))
    found = _utterances(read(text, "s.exb", join_within=0.0))
    assert [row[1] for row in found if row[0] == "T"] == utterances


@pytest.mark.parametrize(
    ("texts", "words", "told"),
    [
        (("over", "lapping talk "), "overlapping talk", 1),
        (("over ", "there now "), "over there now", 0),
        (("over", "there", "now"), "over there now", 0),
    ],
)
def test_blanks_between_events(read, texts, words, told):
    events = [(i, i + 1, text) for i, text in enumerate(texts)]
    result = read(_exb(_tier("SPK0", *events), _tier("SPK1", (8, 9, "oh"))), "s.exb")
    assert _utterances(result)[0][1] == words
    assert [(p.severity.value, p.message) for p in result.problems] == told * [
        (
            "note",
            "an event begins with a letter right behind a letter; the two are read as one word, "
            "as EXMARaLDA shows them. If they are two words, put a blank between them.",
        )
    ]


def test_points_without_a_time(read):
    text = _exb(
        _tier("SPK0", (0, 1, "hi "), (4, 5, "so ")),
        _tier("SPK1", (2, 3, "ho ")),
        times=(0, None, None, None, 3, 4),
    )
    assert _utterances(read(text, "s.exb")) == [
        ("T", "hi", 0.0, None),
        ("C", "ho", None, None),
        ("T", "so", 3.0, 4.0),
    ]


def test_annotations_descriptions_and_tiers_without_a_speaker_are_no_talk(read):
    result = read(
        _exb(
            _tier("SPK0", (0, 1, "hi ")),
            _tier("SPK0", (0, 1, "ITJ"), kind="a", category="v", name="T [v]"),
            _tier("SPK1", (2, 3, "ho ")),
            _tier("SPK1", (2, 3, "nods"), kind="d", category="nv", name="C [nv]"),
            _tier("", (5, 6, "door"), category="sound", name="[sound]"),
        ),
        "s.exb",
    )
    assert [row[:2] for row in _utterances(result)] == [("T", "hi"), ("C", "ho")]
    assert [(p.severity.value, p.message) for p in result.problems] == [
        (
            "note",
            "tiers that were not read as talk: 3 ('T [v]', 'C [nv]', '[sound]'). If one is talk, "
            "rename it: a tier of talk has the speaker's name.",
        )
    ]


@pytest.mark.parametrize(
    ("names", "speakers"),
    [
        (("T", "C"), ["T", "C"]),
        (("", "C"), ["SPK0", "C"]),
        (("X", "X"), ["SPK0", "SPK1"]),
        # What the first is called would be the number of the second.
        (("SPK1", "SPK2"), ["SPK0", "SPK1"]),
    ],
)
def test_the_abbreviation_is_the_name_if_it_is_clear(turns, names, speakers):
    text = _exb(_tier("SPK0", (0, 1, "hi ")), _tier("SPK1", (2, 3, "ho ")), names=names)
    found = turns(text, "s.exb", therapist=(speakers[0],))
    assert [speaker for speaker, _ in found] == speakers


def test_a_file_without_talk_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read(_exb(_tier("SPK0", (0, 1, "ITJ"), kind="a")), "s.exb")
    assert caught.value.message == (
        "has no tier with talk and its speaker. In the EXMARaLDA Partitur-Editor, give each "
        "speaker a tier of the type T(ranscription) (Tier > Tier properties)."
    )


def test_it_is_recognized_by_its_first_element():
    assert EXMARALDA.recognises(Source("a.xml", _exb().encode()))
    assert not EXMARALDA.recognises(Source("a.exb", b"<a/>"))
