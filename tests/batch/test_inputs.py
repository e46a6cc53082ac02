import os

import pytest

from tsd.batch.inputs import find_files
from tsd.readers import known_suffixes
from tsd.schema import Problem, Severity


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "a.txt",
        "b.csv",
        "c.xyz",
        "notes.md",
        ".hidden.txt",
        "sub/d.jsonl",
        "sub/.git/e.txt",
        "out/run.json",
        "out/sessions.csv",
        "out/utterances.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return tmp_path


def test_a_folder_is_searched_with_its_subfolders(here):
    files, problems = find_files(["."])
    assert files == [
        os.path.join(".", "a.txt"),
        os.path.join(".", "b.csv"),
        os.path.join(".", "sub", "d.jsonl"),
    ]
    assert problems == [
        Problem(
            "skipped files of other kinds: .xyz (1). Save them as text or as a table to have them "
            "read.",
            Severity.WARNING,
            ".",
        )
    ]


def test_the_result_of_a_run_is_not_read(here):
    files, _ = find_files(["out"])
    assert files == []


def test_a_file_named_twice_is_read_once(here):
    assert find_files(["a.txt", "./a.txt", "*.txt"])[0] == ["a.txt"]


def test_files_keep_the_order_in_which_the_user_named_them(here):
    assert find_files(["b.csv", "a.txt"])[0] == ["b.csv", "a.txt"]


def test_patterns(here):
    assert find_files(["**/*.jsonl"])[0] == [os.path.join("sub", "d.jsonl")]


def test_a_path_that_does_not_exist(here):
    assert find_files("nowhere.csv") == (
        [],
        [Problem("no such file or folder.", path="nowhere.csv")],
    )


def test_a_folder_without_transcripts(here):
    (here / "empty").mkdir()
    _, (problem,) = find_files(["empty"])
    assert problem.message == (
        f"contains no transcripts; expected files that end in {', '.join(known_suffixes())}."
    )
    assert problem.severity is Severity.ERROR


def test_a_file_named_by_the_user_is_read_whatever_its_name(here):
    assert find_files(["c.xyz", ".hidden.txt"])[0] == ["c.xyz", ".hidden.txt"]
