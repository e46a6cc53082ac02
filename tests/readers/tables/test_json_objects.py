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
