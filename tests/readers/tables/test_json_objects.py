import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import ReadError
from tsd.readers import read_file
from tsd.schema import Label, Role

T, C = Role.THERAPIST, Role.CLIENT
TALK = [{"speaker": "T", "text": "How are you?"}, {"speaker": "C", "text": "Fine."}]


def lines_of(session):
    return [u.line for u in session.utterances]


# JSON Lines


def jsonl(*objects):
    return "".join(json.dumps(each) + "\n" for each in objects)


def test_one_object_per_utterance(read):
    (session,) = read(
        jsonl(
            {"session_id": "s", "speaker": "T", "text": "hi", "start": 1, "end": 2.5},
            {"session_id": "s", "speaker": "C", "text": "ho", "start": None},
        ),
        "a.jsonl",
    ).sessions
    assert [(u.text, u.start, u.end) for u in session.utterances] == [
        ("hi", 1.0, 2.5),
        ("ho", None, None),
    ]


def test_ndjson_is_the_same(turns):
    assert turns(jsonl({"speaker": "T", "text": "hi"}, {"speaker": "C", "text": "ho"}), "a.ndjson")


@pytest.mark.parametrize("key", ["utterances", "turns", "dialogue", "messages", "segments"])
def test_one_object_per_session(read, key):
    result = read(
        jsonl(
            {
                "session_id": "s1",
                key: [{"speaker": "T", "text": "a"}, {"speaker": "C", "text": "b"}],
            },
            {
                "session_id": "s2",
                key: [{"speaker": "C", "text": "c"}, {"speaker": "T", "text": "d"}],
            },
        ),
        "a.jsonl",
    )
    assert [(s.session_id, [u.text for u in s.utterances]) for s in result.sessions] == [
        ("s1", ["a", "b"]),
        ("s2", ["c", "d"]),
    ]
    assert result.problems == []


def test_a_field_of_an_utterance_overrides_that_of_its_session(read):
    (session,) = read(
        jsonl(
            {"speaker": "C", "session": 1, "turns": [{"speaker": "T", "text": "a"}, {"text": "b"}]}
        ),
        "a.jsonl",
    ).sessions
    assert [u.speaker for u in session.utterances] == ["T", "C"]


def test_speakers_0_and_1_are_names(read):
    (session,) = read(
        jsonl({"speaker": 0, "text": "hi"}, {"speaker": 1, "text": "ho"}),
        "a.jsonl",
        therapist=("0",),
    ).sessions
    assert [(u.speaker, u.role) for u in session.utterances] == [("0", T), ("1", C)]


def test_columns_may_differ_from_line_to_line(turns):
    content = jsonl({"speaker": "T", "text": "hi"}, {"who": "C", "utterance": "ho", "time": 3})
    assert turns(content, "a.jsonl") == [("T", "hi"), ("C", "ho")]


def test_a_line_that_is_not_json_is_left_out_and_reported(read):
    result = read('{"speaker": "T", "text": "hi"}\n{"speaker": "C", "text": zebra}\n', "a.jsonl")
    assert [(p.severity.value, p.line, p.message) for p in result.problems] == [
        (
            "error",
            2,
            "is not valid JSON; the line is left out. Expected one object per line.",
        )
    ]
    assert [u.text for u in result.sessions[0].utterances] == ["hi"]


@pytest.mark.parametrize("line", ["[1]", '"zebra"', "3", "null", "[" * 100_000])
def test_a_line_that_is_not_an_object_is_left_out_and_reported(messages, line):
    ((severity, number, message),) = messages(
        f'{{"speaker": "T", "text": "hi"}}\n{line}\n', "a.jsonl"
    )
    assert (severity, number) == ("error", 2)
    assert message.endswith("the line is left out. Expected one object per line.")
    assert "zebra" not in message


def test_blank_lines_between_objects_are_ignored(read):
    (session,) = read(
        '\n{"speaker": "T", "text": "hi"}\n\n{"speaker": "C", "text": "ho"}\n', "a.jsonl"
    ).sessions
    assert lines_of(session) == [2, 4]


def test_an_object_without_words_among_others_is_left_out_and_reported(messages):
    content = jsonl(
        {"speaker": "T", "text": "hi"}, {"event": "pause"}, {"speaker": "C", "text": "ho"}
    )
    ((severity, line, message),) = messages(content, "a.jsonl")
    assert (severity, line) == ("error", 2)
    assert message.startswith("no column for the words")


def test_labels_and_flags_may_be_lists(read):
    (session,) = read(
        jsonl(
            {
                "speaker": "T",
                "text": "hi",
                "label": "training",
                "also": ["personal_details"],
                "flags": ["a", "b"],
            }
        ),
        "a.jsonl",
    ).sessions
    assert session.utterances[0].also == (Label.PERSONAL_DETAILS,)
    assert session.utterances[0].flags == ("a", "b")


@pytest.mark.parametrize("key", ["id", "file", "name"])
def test_objects_that_each_hold_a_session_are_separate_sessions(read, key):
    content = jsonl(
        {key: "s1", "turns": [{"speaker": "T", "text": "a"}, {"speaker": "C", "text": "b"}]},
        {key: "s2", "turns": [{"speaker": "T", "text": "c"}, {"speaker": "C", "text": "d"}]},
    )
    assert [len(s) for s in read(content, "a.jsonl").sessions] == [2, 2]


def test_objects_that_each_hold_a_session_without_an_id_are_not_merged(read):
    turn = [{"speaker": "T", "text": "a"}, {"speaker": "C", "text": "b"}]
    result = read(jsonl({"turns": turn}, {"turns": turn}), "a.jsonl")
    assert len(result.sessions) == 2


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_characters_that_json_allows_in_a_text_do_not_split_a_line(turns, character):
    content = f'{{"speaker": "T", "text": "a{character}b"}}\n{{"speaker": "C", "text": "d"}}\n'
    assert turns(content, "a.jsonl") == [("T", f"a{character}b"), ("C", "d")]


def test_an_endless_number_in_json_is_reported(messages):
    assert messages(f'{{"speaker": "T", "text": "hi"}}\n{{"id": {"1" * 5000}}}\n', "a.jsonl")


def test_half_a_character_in_json_can_be_written_again(turns):
    ((_, text), *_) = turns('{"speaker": "T", "text": "a \\ud83d b"}\n', "a.jsonl")
    assert text.encode()


def test_an_object_instead_of_words_is_not_read_as_words(read):
    lines = '{"speaker": "T", "text": "ho"}\n{"speaker": "T", "text": {"content": "hi"}}\n'
    result = read(lines, "a.jsonl")
    assert "the words are a JSON object; expected text in quotation marks." in [
        p.message for p in result.problems
    ]
    assert not any("{" in u.text for s in result.sessions for u in s.utterances)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from("TC"),
            st.text('ab,\n"\\é\u2028 ', min_size=1).map(str.strip).filter(bool),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_python_writes_as_json_lines_we_read(tmp_path, pairs):
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(*({"speaker": s, "text": t} for s, t in pairs)))
    (session,) = read_file(path).sessions
    assert [(u.speaker, u.text) for u in session.utterances] == pairs


# one value

SESSION = {"id": "a", "turns": TALK}
SHAPES = {
    "a list of utterances": TALK,
    "a session": {"turns": TALK},
    "a session with facts": {"meta": {"x": 1}, "tags": ["a"], "dialog": TALK},
    "columns": {"speaker": {"0": "T", "1": "C"}, "text": {"0": "How are you?", "1": "Fine."}},
    "lists": {"speaker": ["T", "C"], "text": ["How are you?", "Fine."]},
    "a table": {"columns": ["speaker", "text"], "data": [["T", "How are you?"], ["C", "Fine."]]},
    "rows": [["speaker", "text"], ["T", "How are you?"], ["C", "Fine."]],
    "pairs": [["T", "How are you?"], ["C", "Fine."]],
    "tasks of an annotation tool": [
        {"id": i, "data": each, "annotations": [{"result": []}]} for i, each in enumerate(TALK)
    ],
    "a text of an annotation tool": {"id": 3, "data": "T: How are you?\nC: Fine.", "label": []},
    "labeled lines": ["T: How are you?", "C: Fine."],
    "a text": {"transcript": "T: How are you?\nC: Fine."},
    "a role column": [
        {"Type": "T", "Utterance": "How are you?"},
        {"Type": "C", "Utterance": "Fine."},
    ],
    "speakers with facts": {
        "result": {
            "transcript": [
                {"speaker": {"id": 7, "name": "T"}, "text": "How are you?"},
                {"speaker": {"id": 8, "name": "C"}, "text": "Fine."},
            ]
        }
    },
    "roles of chats": {
        "messages": [{"role": "T", "content": "How are you?"}, {"role": "C", "content": "Fine."}]
    },
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_talk_in_every_shape(turns, shape, suffix, indent):
    content = json.dumps(SHAPES[shape], indent=indent)
    assert turns(content, f"a{suffix}") == [("T", "How are you?"), ("C", "Fine.")]


SEVERAL = {
    "a list": [SESSION, {**SESSION, "id": "b"}],
    "in an object": {"version": 1, "data": [SESSION, {**SESSION, "id": "b"}]},
    "by name": {"a": {"turns": TALK}, "b": {"turns": TALK}},
    "in objects": {"result": {"all": {"conversations": [SESSION, {**SESSION, "id": "b"}]}}},
    "lists by name": {"a": TALK, "b": TALK},
}


@pytest.mark.parametrize("shape", SEVERAL)
def test_several_sessions(read, shape):
    result = read(json.dumps(SEVERAL[shape]), "x.json")
    assert [(s.session_id, len(s)) for s in result.sessions] == [("a", 2), ("b", 2)]
    assert result.problems == []


def test_a_published_corpus_of_support_talk(read):
    dialog = [
        {"speaker": "seeker", "annotation": {}, "content": "I feel low.\n"},
        {"speaker": "supporter", "annotation": {"strategy": "Question"}, "content": "Why?"},
    ]
    about = {"problem_type": "x", "situation": "I lost it.", "survey_score": {"a": {"b": "5"}}}
    result = read(json.dumps([{**about, "dialog": dialog}] * 2, indent=1), "x.json")
    assert [[(u.speaker, u.role, u.text) for u in s.utterances] for s in result.sessions] == [
        [("seeker", C, "I feel low."), ("supporter", T, "Why?")]
    ] * 2
    assert [s.session_id for s in result.sessions] == ["x-1", "x-2"]


def test_objects_over_several_lines(read):
    content = "\n".join(json.dumps(each, indent=1) for each in TALK)
    (session,) = read(content, "a.jsonl").sessions
    assert lines_of(session) == [1, 5]


def test_items_of_a_list_know_their_line(read):
    (session,) = read("[\n" + ",\n".join(map(json.dumps, TALK)) + "\n]", "a.json").sessions
    assert lines_of(session) == [2, 3]


def test_milliseconds_in_names(read):
    rows = [{**each, "startMs": 1000 * i, "endMs": 1000 * i + 500} for i, each in enumerate(TALK)]
    (session,) = read(json.dumps(rows), "a.json").sessions
    assert [(u.start, u.end) for u in session.utterances] == [(0.0, 0.5), (1.0, 1.5)]


def test_labels_of_passages_are_reported_as_not_used(messages):
    row = {"id": 1, "text": "T: How are you?\nC: Fine.", "label": [[0, 5, "x"]]}
    assert messages(json.dumps(row), "a.jsonl") == [
        (
            "warning",
            None,
            "labels of passages are not used; expected one label for each utterance.",
        )
    ]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (json.dumps(TALK, indent=1)[:-12], 8, "is not valid JSON from here on."),
        ("speaker: T", None, "is not JSON: expected an object or a list at the beginning."),
        ("[]", None, "has no utterances. Expected a list of utterances or sessions."),
        ('{"a": 1}', None, "no column for the words"),
        ("[1, 2]", None, "no column for the words"),
        ('{"dialog": ["Hello", "Hi you"]}', None, "no column for the speaker"),
        ('{"data":' * 200 + "[]" + "}" * 200, None, "no column for the words"),
        ("[" * 100_000, 1, "is not valid JSON from here on."),
    ],
)
def test_what_is_no_talk_is_refused(write, content, line, message):
    with pytest.raises(ReadError) as caught:
        read_file(write(content, "a.json"))
    assert (caught.value.line, caught.value.message[: len(message)]) == (line, message)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["speaker", "text", "dialog", "data", "id", "role", "start", "a", "T", "C"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(JSON_VALUES, min_size=1, max_size=3), st.sampled_from([None, 1]))
def test_any_json_gives_a_reading_or_a_clear_error(tmp_path, values, indent):
    path = tmp_path / "a.json"
    path.write_text("\n".join(json.dumps(value, indent=indent) for value in values))
    try:
        assert read_file(path).files
    except ReadError as error:
        assert error.message  # noqa: PT017
