from importlib import import_module
from pathlib import Path

import pytest

from tsd.errors import ReadError
from tsd.readers import FORMATS, ReadResult, read_sessions
from tsd.schema import Role, Severity


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_has_a_reader(suffix):
    assert callable(import_module(FORMATS[suffix]).read_records)


def test_suffixes_are_in_lower_case_with_their_dot():
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in FORMATS)


SMALL = {
    ".csv": "speaker,text\nT,hi\nC,ho\n",
    ".tsv": "speaker\ttext\nT\thi\nC\tho\n",
    ".jsonl": '{"speaker": "T", "text": "hi"}\n{"speaker": "C", "text": "ho"}\n',
    ".ndjson": '{"speaker": "T", "text": "hi"}\n{"speaker": "C", "text": "ho"}\n',
    ".txt": "T: hi\nC: ho\n",
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_the_same_session_comes_out_of_every_format(write, suffix, change):
    path = write(SMALL[suffix], f"demo{change(suffix)}")
    reading = read_sessions(path)
    assert isinstance(reading, ReadResult)
    (session,) = reading.sessions
    assert (session.session_id, session.source) == ("demo", str(path))
    assert [(u.role, u.text) for u in session.utterances] == [
        (Role.THERAPIST, "hi"),
        (Role.CLIENT, "ho"),
    ]
    assert reading.problems == []


@pytest.mark.parametrize("name", ["a.doc", "a.pdf", "a", "a.csv.gz"])
def test_another_suffix_is_told_with_those_that_are_read(name):
    with pytest.raises(ReadError) as caught:
        read_sessions(name)
    assert caught.value.message == (
        f"files that end in {Path(name).suffix!r} are not read; expected {', '.join(FORMATS)}."
    )


def test_a_path_may_be_text_or_path(write):
    path = write(SMALL[".txt"])
    assert read_sessions(str(path)) == read_sessions(path)


def test_a_missing_file_is_a_read_error():
    with pytest.raises(ReadError, match=r"^no\.txt: cannot be opened: No such file"):
        read_sessions("no.txt")


def test_problems_name_the_path_as_the_user_gave_it(write):
    path = write("A: hi\nB: ho\nA: x\nB: y\n")
    assert {p.path for p in read_sessions(path).problems} == {str(path)}


def test_problems_of_a_session_name_it(read):
    (problem,) = read("session_id,speaker,text\ns9,A,hi\n", "a.csv").problems
    assert problem.session_id == "s9"


def test_a_file_whose_utterances_are_all_empty_is_an_error(read):
    reading = read("speaker,text\nT,\nC,\n", "a.csv")
    assert reading.sessions == []
    assert reading.problems[-1].severity is Severity.ERROR
    assert reading.problems[-1].message == "holds no utterances."


def test_reading_leaves_the_file_as_it_was(write):
    path = write(SMALL[".csv"], "a.csv")
    read_sessions(path)
    assert path.read_text() == SMALL[".csv"]


@pytest.mark.parametrize(
    "name",
    [
        "alcohol_checkup.txt",
        "annotated.csv",
        "cbt_panic.csv",
        "couples.tsv",
        "grief_video.txt",
        "peer_chat.jsonl",
        "school_asr.txt",
        "too_much_about_me.csv",
    ],
)
def test_the_samples_are_read_with_both_sides_and_without_errors(root, name):
    reading = read_sessions(root / "data" / "samples" / name)
    assert not [p for p in reading.problems if p.severity is not Severity.NOTE]
    for session in reading.sessions:
        assert session.count(Role.THERAPIST) > 5
        assert session.count(Role.CLIENT) > 5
        assert session.count(Role.UNKNOWN) == 0
