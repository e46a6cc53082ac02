import json

import pytest

from tests.readers.speech.examples import EXAMPLES, segments
from tsd.readers import read_file
from tsd.readers.speech.segments import find_segments


def word(text, speaker=None, start=None):
    found = {"word": text, "start": start, "end": start}
    return {k: v for k, v in {**found, "speaker": speaker}.items() if v is not None}


def whisperx(*found):
    return json.dumps({"segments": list(found), "language": "en"})


def test_a_segment_with_two_speakers_is_divided_at_their_words(turns):
    text = whisperx(
        {
            "start": 1,
            "end": 9,
            "text": " I'm home. Hey, how was it?",
            "speaker": "A",
            "words": [
                word("I'm"),
                word("home.", "A", 2),
                word("Hey,", "B", 7),
                word("how"),
                word("was", "B", 8),
                word("it?", "B", 8.5),
            ],
        },
        {"start": 12, "end": 13, "text": "Fine.", "words": [word("Fine.")]},
        {"start": 14, "end": 15, "text": "And you?", "words": [word("And", "A"), word("you?")]},
    )
    assert turns(text, "s.json") == [
        ("A", "I'm home."),
        ("B", "Hey, how was it?"),
        ("", "Fine."),
        ("A", "And you?"),
    ]


def test_words_that_do_not_fit_the_text_do_not_divide_it(turns, messages):
    text = whisperx(
        {
            "start": 1,
            "end": 9,
            "text": "I am home. Hey",
            "speaker": "A",
            "words": [word("home", "A", 2), word("Hey", "B", 7)],
        }
    )
    assert turns(text, "s.json") == [("A", "I am home. Hey")]
    assert messages(text, "s.json", therapist=("A",))[0] == (
        "warning",
        None,
        "1 segment with words of several speakers that do not fit the text; each is read as its "
        "first speaker's. Check them in the recording.",
    )


def test_words_that_bring_their_own_spaces(turns):
    words = [word(" I", "A", 1), word("'m", "A", 2), word(" in", "A", 3), word(" Oh", "B", 4)]
    text = whisperx({"start": 1, "end": 5, "text": "I'm in Oh", "words": words})
    assert turns(text, "s.json") == [("A", "I'm in"), ("B", "Oh")]


@pytest.mark.parametrize(
    "value",
    [
        [{"timestamp": [1.0, 2.0], "text": "hi", "speaker": "A"}],
        [{"start_time": "00:00:01.000", "end_time": "00:00:02.000", "text": "hi", "speaker": "A"}],
        [{"begin": 1, "stop": 2, "utterance": "hi", "speakerId": "A"}],
        [{"start": 1, "end": 2, "content": "hi", "speaker": {"name": "A"}}],
        {"output": {"segments": [{"start": 1, "end": 2, "text": "hi", "speaker": "A"}]}},
        {"speakers": [{"timestamp": [1, 2], "text": "hi", "speaker": "A"}], "chunks": []},
    ],
)
def test_other_names_of_the_keys(read, value):
    (session,) = read(json.dumps(value), "s.json").sessions
    (u,) = session.utterances
    assert (u.speaker, u.text, u.start, u.end) == ("A", "hi", 1.0, 2.0)


@pytest.mark.parametrize("more", [{"session_id": "1"}, {"role": "therapist"}, {"label": "none"}])
def test_rows_of_a_table_are_not_segments_of_a_recording(write, more):
    found = segments("A", "B", **more)
    for value in (found, {"segments": found}):
        path = write(
            "\n".join(map(json.dumps, found)) if value is found else json.dumps(value), "s.jsonl"
        )
        assert read_file(path).files[0].format in ("json", "jsonl")


@pytest.mark.parametrize(
    "value",
    [None, 1, [], {}, [1], [{"text": "hi"}], [{"start": 1}], {"segments": {"a": 1}}, "text"],
)
def test_what_has_no_segments(value):
    assert find_segments(value, speakers=False) is None


def test_segments_of_other_recognizers_are_not_taken_for_whisper():
    assert find_segments(EXAMPLES["deepgram_words"][1], speakers=True) is None


def test_a_session_with_a_name_keeps_it(read):
    value = {"session_id": "seven", "utterances": segments("T", "C")}
    result = read(json.dumps(value), "s.json")
    assert [session.session_id for session in result.sessions] == ["seven"]
    assert result.files[0].format == "json"


@pytest.mark.parametrize("huge", [10**400, -(10**400), 1e300])
def test_times_without_end_are_no_times(read, huge):
    found = [{"speaker": "A", "text": "yes", "start": 1, "end": huge, "duration": huge}]
    (session,) = read(json.dumps(found), "s.json").sessions
    assert session.utterances[0].end is None
    del found[0]["end"]
    (session,) = read(json.dumps(found), "s.json").sessions
    assert session.utterances[0].end is None


def test_whole_seconds_stay_seconds(read):
    found = [{"speaker": "A", "text": "yes I did that", "start": 10, "end": 12}]
    (session,) = read(json.dumps(found), "s.json").sessions
    assert (session.utterances[0].start, session.utterances[0].end) == (10.0, 12.0)
