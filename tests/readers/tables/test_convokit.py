import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.batch.inputs import find_files
from tsd.errors import ReadError
from tsd.readers.tables.convokit import _order
from tsd.schema import Role


def utterance(number, reply=None, *, text="So.", who="therapist_1", root="a", **more):
    return {
        "id": number,
        "conversation_id": root,
        "text": text,
        "speaker": who,
        "meta": {},
        "reply-to": reply,
        "timestamp": None,
        "vectors": [],
        **more,
    }


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


CORPUS = [
    utterance("a0", text="How are you?"),
    utterance("a2", "a1", text="I was, too."),
    utterance("a1", "a0", text="Tired.", who="client_1"),
    utterance("b0", root="b", text="Hello."),
    utterance("b1", "b0", root="b", text="Hi.", who="client_2"),
]


@pytest.mark.parametrize(
    ("name", "content"),
    [("utterances.jsonl", lines(*CORPUS)), ("utterances.json", json.dumps(CORPUS))],
)
def test_utterances_are_in_the_order_of_replies(read, name, content):
    result = read(content, name)
    assert result.files[0].format == "convokit"
    assert [(s.session_id, [u.text for u in s.utterances]) for s in result.sessions] == [
        ("a", ["How are you?", "Tired.", "I was, too."]),
        ("b", ["Hello.", "Hi."]),
    ]
    assert [(p.session_id, p.message) for p in result.problems] == [
        ("a", "utterances were put in the order of replies and times.")
    ]


def test_names_of_old_corpora(read):
    rows = [
        {"id": "1", "root": "1", "user": "therapist", "text": "Hi.", "reply_to": None},
        {"id": "2", "root": "1", "user": "client", "text": "Ho.", "reply_to": "1"},
    ]
    (session,) = read(lines(*rows), "utterances.jsonl").sessions
    assert [(u.speaker, u.role) for u in session.utterances] == [
        ("therapist", Role.THERAPIST),
        ("client", Role.CLIENT),
    ]


def test_a_speaker_that_is_an_object(turns):
    rows = [utterance("1", who={"id": "T"}), utterance("2", "1", who={"id": "C"})]
    assert [name for name, _ in turns(lines(*rows), "utterances.jsonl")] == ["T", "C"]


def test_dates_of_a_talk_are_times_of_the_session(read):
    rows = [utterance(str(i), timestamp=1_489_819_952 + 10 * i) for i in range(5)]
    result = read(lines(*rows), "utterances.jsonl")
    assert [u.start for u in result.sessions[0].utterances] == [0.0, 10.0, 20.0, 30.0, 40.0]


def test_dates_of_a_forum_are_no_times(read):
    rows = [utterance(str(i), timestamp=1_489_819_952 + 90_000 * i) for i in range(5)]
    result = read(lines(*rows), "utterances.jsonl")
    assert {u.start for u in result.sessions[0].utterances} == {None}
    assert "too long for one session" in result.problems[0].message


def test_deleted_accounts_are_not_one_person_and_not_the_client(read):
    rows = [utterance("1"), utterance("2", "1", who="[deleted]"), utterance("3", "2", who="x")]
    result = read(lines(*rows), "utterances.jsonl")
    assert [u.role for u in result.sessions[0].utterances] == [
        Role.THERAPIST,
        Role.OTHER,
        Role.CLIENT,
    ]
    assert result.problems[0].message == (
        "1 utterances are by deleted accounts, who can be several people; they count for neither "
        "side."
    )


@pytest.mark.parametrize("name", ["speakers.json", "conversations.json", "index.json"])
def test_a_file_that_describes_a_corpus_is_refused_with_the_one_to_read(read, name):
    with pytest.raises(ReadError) as caught:
        read('{"x": {"meta": {}, "vectors": []}}', name)
    assert caught.value.message == (
        "describes a ConvoKit corpus and has no talk in it. Name the folder that it is in, or the "
        "file utterances.jsonl there."
    )


def test_files_that_describe_a_corpus_are_skipped_in_a_folder(write, tmp_path):
    write(lines(*CORPUS), "utterances.jsonl")
    for name in ("speakers.json", "conversations.json", "corpus.json", "index.json"):
        write("{}", name)
    files, problems = find_files(tmp_path)
    assert files == [str(tmp_path / "utterances.jsonl")]
    assert [(p.severity.value, p.message) for p in problems] == [
        (
            "note",
            "4 files that describe a ConvoKit corpus were skipped; they have no talk in them.",
        )
    ]


def test_files_that_describe_a_corpus_are_skipped_in_an_archive(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("talk/utterances.jsonl", lines(*CORPUS))
        archive.writestr("talk/speakers.json", "{}")
    result = read(stream.getvalue(), "talk.zip")
    assert len(result.sessions) == 2
    assert [p.severity.value for p in result.problems] == ["note", "note"]


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.none() | st.integers(0, 8), st.none() | st.integers(0, 5)),
        max_size=9,
    )
)
def test_every_utterance_comes_once_and_after_what_it_replies_to(rows):
    made = [
        {
            "id": f"{i}-{n}",
            "reply-to": f"{reply}-{r}" if (r := reply) is not None else None,
            "timestamp": t,
        }
        for i, (n, reply, t) in enumerate(rows)
    ]
    assert sorted(_order(made)) == list(range(len(made)))
    chain = [{"id": str(i), "reply-to": str(i - 1), "timestamp": None} for i in range(len(rows))]
    assert _order(chain[::-1]) == list(range(len(rows)))[::-1]


def test_replies_in_a_circle_are_all_read():
    rows = [
        {"id": "1", "reply-to": "2"},
        {"id": "2", "reply-to": "1"},
        {"id": "3", "reply-to": "3"},
    ]
    assert _order(rows) == [0, 1, 2]
