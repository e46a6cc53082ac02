import copy
import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.speech.examples import EXAMPLES, without_speakers
from tests.readers.words_seen import read_and_left_out, words_of
from tsd.errors import ReadError
from tsd.readers import read_file
from tsd.readers.speech import SPEECH
from tsd.settings import Reading

ADVICE = {
    "whisper": "Whisper alone does not tell speakers apart: run WhisperX with --diarize, or "
    "noScribe.",
    "whisper_cpp": "whisper.cpp tells speakers apart only on two channels, with --diarize: record "
    "each speaker on one channel, or use WhisperX or noScribe.",
    "aws": "Run the job in Amazon Transcribe again with speaker partitioning (ShowSpeakerLabels), "
    "or with channel identification if each speaker has a channel.",
    "deepgram": "Run it in Deepgram again with diarize=true and utterances=true.",
    "assemblyai": "Run it in AssemblyAI again with speaker_labels=true.",
    "google": "Run it in Google Speech-to-Text again with speaker diarization "
    "(enableSpeakerDiarization).",
    "speechmatics": "Run it in Speechmatics again with diarization set to speaker.",
    "trint": "Name the speakers in the editor of Trint, and export it again.",
    "fireflies": "Ask Fireflies for speaker_name or speaker_id of the sentences.",
    "elevenlabs": "Run it in ElevenLabs again with diarize=true.",
    "azure": "Run it in Azure again with diarizationEnabled=true.",
    "ibm": "Run it in Watson again with speaker_labels=true.",
    "rev": "Run it in Rev again without skip_diarization.",
}


@pytest.mark.parametrize("shape", EXAMPLES)
def test_the_same_talk_comes_out_of_every_shape(read, shape):
    name, value, a, b = EXAMPLES[shape]
    result = read(json.dumps(value), "s.json", therapist=(a,), client=(b,))
    (session,) = result.sessions
    assert result.files[0].format == name
    assert [(u.speaker, u.text, u.start, u.end) for u in session.utterances] == [
        (a, "How was it?", 1.0, 2.0),
        (b, "Bad. I slept.", 3.0, 5.0),
        (a, "Oh.", 9.0, 9.5),
    ]
    assert result.problems == []


@pytest.mark.parametrize("shape", EXAMPLES)
def test_every_word_is_said_or_left_out(write, monkeypatch, shape):
    value = EXAMPLES[shape][1]
    said, left_out = read_and_left_out(write(json.dumps(value), "s.json"), monkeypatch)
    assert said == words_of("How was it Bad slept Oh")
    assert left_out <= said | words_of("how bad oh laughs")


@pytest.mark.parametrize("name", ["s.txt", "s.jsonl", "s"])
@pytest.mark.parametrize("shape", ["whisperx", "deepgram_words", "diarized_list"])
def test_the_content_decides_under_any_name(read, shape, name):
    format_name, value, *_ = EXAMPLES[shape]
    assert read(json.dumps(value, indent=1), name).files[0].format == format_name


@pytest.mark.parametrize("shape", [s for s in EXAMPLES if EXAMPLES[s][0] in ADVICE])
def test_without_speakers_it_is_refused_with_what_to_do(read, shape):
    name, value, *_ = EXAMPLES[shape]
    if shape in ("aws_channels", "aws_health"):
        value = EXAMPLES["aws_segments"][1]
    if shape == "deepgram_channels":
        value = EXAMPLES["deepgram_words"][1]
    with pytest.raises(ReadError) as caught:
        read(json.dumps(without_speakers(value)), "s.json")
    assert caught.value.message == (
        f"has no speakers: it does not say who spoke. {ADVICE[name]} Or write it as a text file in "
        "which each turn begins with its speaker ('Therapist: words'), or as a table with the "
        "columns speaker and text."
    )


def test_one_speaker_alone_is_read(read):
    value = copy.deepcopy(EXAMPLES["assemblyai_words"][1])
    for word in value["words"]:
        word["speaker"] = "A"
    (session,) = read(json.dumps(value), "s.json").sessions
    assert {u.speaker for u in session.utterances} == {"A"}


def test_words_without_a_speaker_among_others_have_none(read):
    value = copy.deepcopy(EXAMPLES["aws_calls"][1])
    del value["Transcript"][1]["ParticipantRole"]
    (session,) = read(json.dumps(value), "s.json").sessions
    assert [u.speaker for u in session.utterances] == ["AGENT", "", "AGENT"]


@pytest.mark.parametrize("name", [each.name for each in SPEECH])
@pytest.mark.parametrize("text", ["{}", "[]", '{"results": 1}', '["a"]', '{"segments": [{}]}'])
def test_another_shape_under_the_name_of_a_format_is_refused(read, name, text):
    with pytest.raises(ReadError) as caught:
        read(text, "s.json", format=name)
    assert caught.value.message.startswith("is not JSON as ")
    assert caught.value.message.endswith(
        "Name another --format, or make it a table with the columns speaker, text, start and end."
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"results":\n {"channels": [', 2, "is not valid JSON, or is cut off here."),
        ("12", None, "is JSON, but not an object or a list."),
        ("[" * 100_000, None, "is JSON with too many brackets inside each other."),
        ('{"a": ' + "1" * 5000 + "}", None, "is JSON with a number that has too many digits."),
    ],
)
def test_damaged_json_is_refused(read, text, line, message):
    with pytest.raises(ReadError) as caught:
        read(text, "s.json", format="deepgram")
    assert (caught.value.line, caught.value.message) == (
        line,
        f"{message} Export the transcript once more.",
    )


def test_pauses_and_sounds_are_left_out(turns):
    value = copy.deepcopy(EXAMPLES["whisperx"][1])
    value["segments"].insert(1, {"start": 2.5, "end": 2.6, "text": "[BLANK_AUDIO]"})
    assert [text for _, text in turns(json.dumps(value), "s.json")] == [
        "How was it?",
        "Bad. I slept.",
        "Oh.",
    ]


def test_what_cannot_be_read_is_reported(read):
    value = copy.deepcopy(EXAMPLES["aws_calls"][1])
    value["Transcript"][2]["Content"] = {"deep": "words"}
    (problem, *_) = read(json.dumps(value), "s.json").problems
    assert problem.message == (
        "words are a JSON list or object; expected text in quotation marks. They are left out. "
        "Export the transcript once more."
    )
    value = copy.deepcopy(EXAMPLES["rev"][1])
    value["monologues"].append("words")
    (problem, *_) = read(json.dumps(value), "s.json").problems
    assert problem.message == (
        "1 monologue cannot be read: expected a JSON object. What is in them is left out. Export "
        "the transcript once more."
    )


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.text(max_size=5),
    st.just("\ud800"),
    st.just([]),
    st.just({}),
    st.just([[{"text": 1}]]),
    st.just({"seconds": "x", "nanos": None}),
)


def places(value, path=()):
    """Yield the path of every value inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inside:
        yield (*path, key)
        if isinstance(each, dict | list):
            yield from places(each, (*path, key))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_broken_file_is_read_or_refused(write, data):
    shape = data.draw(st.sampled_from(sorted(EXAMPLES)))
    name, value, *_ = copy.deepcopy(EXAMPLES[shape])
    for _ in range(data.draw(st.integers(1, 5))):
        paths = list(places(value))
        if not paths:
            break
        *outer, key = data.draw(st.sampled_from(paths))
        target = value
        for step in outer:
            target = target[step]
        if data.draw(st.booleans()):
            target[key] = copy.deepcopy(data.draw(JUNK))
        else:
            del target[key]
    text = json.dumps(value)
    if data.draw(st.integers(0, 4)) == 0:
        text = text[: data.draw(st.integers(0, len(text)))]
    forced = data.draw(st.sampled_from([None, name]))
    with suppress(ReadError):
        sessions = read_file(write(text, "s.json"), Reading(format=forced)).sessions
        assert all(u.text for session in sessions for u in session.utterances)
