import pytest

from tsd.errors import ReadError
from tsd.readers.source import Source
from tsd.readers.tiers.elan import ELAN


def _tier(name, *values, start=0, step=2, kind="l", of=(), **attributes):
    """Write a tier; times are seconds. With `of`, its annotations refer to those."""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    rows = []
    for i, value in enumerate(values):
        key = f'ANNOTATION_ID="{name}{i}"'
        inner = f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE>"
        if of:
            what = f'REF_ANNOTATION {key} ANNOTATION_REF="{of[i]}"'
        else:
            at = start + step * i
            what = f'ALIGNABLE_ANNOTATION {key} TIME_SLOT_REF1="s{at}" TIME_SLOT_REF2="s{at + 1}"'
        rows.append(f"<ANNOTATION><{what}>{inner}</{what.split()[0]}></ANNOTATION>")
    return f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="{kind}"{more}>{"".join(rows)}</TIER>'


def _eaf(*tiers, slots=None, kinds='<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="l"/>', units=""):
    if slots is None:
        slots = {f"s{i}": i * 1000 for i in range(20)}
    order = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{name}"'
        + (f' TIME_VALUE="{value}"/>' if value is not None else "/>")
        for name, value in slots.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT FORMAT="3.0">\n'
        f"<HEADER{units}/><TIME_ORDER>{order}</TIME_ORDER>\n" + "\n".join(tiers) + f"\n{kinds}"
        "\n</ANNOTATION_DOCUMENT>\n"
    )


def _utterances(result):
    (session,) = result.sessions
    return [(u.speaker, u.text, u.start, u.end) for u in session.utterances]


def test_tiers_are_merged_by_time(read):
    result = read(_eaf(_tier("T", "Hello.", "I see."), _tier("C", "Hi.", "Yes.", start=1)), "s.eaf")
    assert _utterances(result) == [
        ("T", "Hello.", 0.0, 1.0),
        ("C", "Hi.", 1.0, 2.0),
        ("T", "I see.", 2.0, 3.0),
        ("C", "Yes.", 3.0, 4.0),
    ]
    assert result.problems == []
    assert [u.line for u in result.sessions[0].utterances] == [4, 5, 4, 5]


def test_pieces_of_a_turn_are_joined_and_overlaps_stay(read):
    text = _eaf(_tier("T", "I had", "that too."), _tier("C", "mhm", start=4))
    assert _utterances(read(text, "s.eaf")) == [
        ("T", "I had that too.", 0.0, 3.0),
        ("C", "mhm", 4.0, 5.0),
    ]
    assert len(_utterances(read(text, "s.eaf", join_within=0.0))) == 3


def test_an_utterance_without_a_time_of_its_own_keeps_its_place(read):
    slots = {"s0": 6000, "s1": 8000, "s2": 0, "s3": None, "s4": 4000}
    client = _tier("C", "Bad.", start=3)
    result = read(_eaf(_tier("T", "I had that.", "How was it?"), client, slots=slots), "s.eaf")
    assert _utterances(result) == [
        ("T", "How was it?", 0.0, None),
        ("C", "Bad.", None, 4.0),
        ("T", "I had that.", 6.0, 8.0),
    ]


def test_empty_annotations_and_silence_are_no_utterances(read):
    text = _eaf(_tier("T", "", "Hello.", "(.)", " "), _tier("C", "yes", "&lt;p&gt;", start=9))
    assert [row[1] for row in _utterances(read(text, "s.eaf"))] == ["Hello.", "yes"]


def test_tiers_below_a_tier_with_words_are_no_talk(read):
    text = _eaf(
        _tier("T", "Hello."),
        _tier("T-mor", "co|hello", of=["T0"], PARENT_REF="T"),
        _tier("x", "Hallo.", of=["T0"], PARENT_REF="T", PARTICIPANT="T"),
        _tier("C", "Hi.", start=5),
    )
    result = read(text, "s.eaf")
    assert [row[:2] for row in _utterances(result)] == [("T", "Hello."), ("C", "Hi.")]
    assert [(p.severity.value, p.message) for p in result.problems] == [
        (
            "note",
            "tiers that were not read as talk: 2 ('T-mor', 'x'). If one is talk, rename it: a "
            "tier of talk has the speaker's name.",
        )
    ]


@pytest.mark.parametrize("numbers", [("ab.001", "ab.002"), ("1", "2"), ("", "")])
def test_talk_can_be_below_a_tier_that_has_only_numbers(read, numbers):
    text = _eaf(
        _tier("ref@A", *numbers, PARTICIPANT="Therapist"),
        _tier("tx@A", "Hello there.", "I see.", of=["ref@A0", "ref@A1"], PARENT_REF="ref@A"),
        _tier("ft@A", "Hallo.", "Ja.", of=["ref@A0", "ref@A1"], PARENT_REF="ref@A"),
        _tier("C", "Hi.", start=7, PARTICIPANT="Client"),
    )
    assert _utterances(read(text, "s.eaf", join_within=0.0)) == [
        ("Therapist", "Hello there.", 0.0, 1.0),
        ("Therapist", "I see.", 2.0, 3.0),
        ("Client", "Hi.", 7.0, 8.0),
    ]


@pytest.mark.parametrize(
    ("tiers", "speakers"),
    [
        ([("L1", "Mira"), ("L2", "Elena")], ["L1", "L2"]),
        ([("A", "Therapist"), ("B", "Client")], ["Therapist", "Client"]),
        ([("A", "Therapist"), ("B", "")], ["A", "B"]),
        ([("A", "Therapist"), ("B", "Therapist")], ["A", "B"]),
        ([("tx@1", "Anna"), ("tx@2", "Ben")], ["Anna", "Ben"]),
        ([("tx@Anna", ""), ("tx@Ben", "")], ["Anna", "Ben"]),
        ([("SpeechT", ""), ("SpeechC", "")], ["T", "C"]),
    ],
)
def test_the_speaker_is_the_tier_or_a_participant_who_says_more(read, tiers, speakers):
    rows = [
        _tier(name, "Hello.", start=2 * i, **({"PARTICIPANT": person} if person else {}))
        for i, (name, person) in enumerate(tiers)
    ]
    found = read(_eaf(*rows), "s.eaf").sessions
    assert [u.speaker for session in found for u in session.utterances] == speakers


def test_a_tier_with_a_vocabulary_is_no_talk(read):
    kinds = (
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="l"/><LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="v" '
        'CONTROLLED_VOCABULARY_REF="cv"/>'
    )
    text = _eaf(
        _tier("T", "Hello."), _tier("C", "Hi.", start=3), _tier("D", "left", kind="v"), kinds=kinds
    )
    assert [row[0] for row in _utterances(read(text, "s.eaf"))] == ["T", "C"]


def test_times_in_frames_count_as_missing(read):
    text = _eaf(_tier("T", "Hello."), _tier("C", "Hi.", start=2), units=' TIME_UNITS="PAL-frames"')
    result = read(text, "s.eaf")
    assert [row[2:] for row in _utterances(result)] == [(None, None), (None, None)]
    assert [(p.severity.value, p.message) for p in result.problems] == [
        (
            "warning",
            "its times are not in milliseconds; they count as missing. Save the file with a "
            "current version of ELAN.",
        )
    ]


ADVICE = (
    "Give each speaker a tier of their own, with the speaker's name (in ELAN: Tier > Change Tier "
    "Attributes), and save the file."
)


@pytest.mark.parametrize("name", ["default", "text", "Transcription"])
def test_one_tier_without_a_name_says_nowhere_who_spoke(read, name):
    with pytest.raises(ReadError) as caught:
        read(_eaf(_tier(name, "Hello.", "Hi.")), "s.eaf")
    assert caught.value.message == (
        f"says nowhere who spoke: its only tier with talk is '{name}'. {ADVICE}"
    )
    # What the message says helps.
    parted = _eaf(_tier("T", "Hello."), _tier("C", "Hi.", start=2))
    assert read(parted, "s.eaf").problems == []


def test_a_file_without_talk_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read(_eaf(_tier("gaze", "up"), _tier("T")), "s.eaf")
    assert caught.value.message == f"has no tier with talk; its tiers are: 'gaze'. {ADVICE}"


def test_a_circle_of_tiers_and_annotations_ends(read):
    text = _eaf(
        _tier("A", "x y", of=["B0"], PARENT_REF="B"),
        _tier("B", "x y", of=["A0"], PARENT_REF="A"),
        _tier("T", "Hello."),
        _tier("C", "Hi.", start=2),
    )
    assert [row[0] for row in _utterances(read(text, "s.eaf"))] == ["T", "C"]


def test_it_is_recognized_by_its_first_element():
    assert ELAN.recognises(Source("a.xml", _eaf().encode("utf-16")))
    assert not ELAN.recognises(Source("a.eaf", b"<html></html>"))


@pytest.mark.parametrize("below", [True, False])
def test_a_tier_that_says_who_speaks_is_no_talk(read, below):
    talk = _tier("text", "How was it?", "Bad.", "Oh.")
    of = [f"text{i}" for i in range(3)] if below else ()
    more = {"PARENT_REF": "text"} if below else {}
    who = _tier("Speaker", "Nora", "Ben", "Nora", of=of, **more)
    assert _utterances(read(_eaf(who, talk), "s.eaf")) == [
        ("Nora", "How was it?", 0.0, 1.0),
        ("Ben", "Bad.", 2.0, 3.0),
        ("Nora", "Oh.", 4.0, 5.0),
    ]
