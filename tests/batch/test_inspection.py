import json

from tsd.batch.inspection import inspect
from tsd.readers.role_table import read_role_table
from tsd.schema import Severity
from tsd.settings import Reading

TALK = "Therapist: hi there\nAnna: oh\n"
SECRET = "zebrafinch"


def test_files_folders_and_archives_are_inspected_in_order(tmp_path):
    (tmp_path / "b.txt").write_text(TALK)
    (tmp_path / "a.csv").write_text("speaker,text\nT,hi\nC,ho\n")
    found = inspect(tmp_path)
    assert [file.path for file in found.files] == [
        str(tmp_path / "a.csv"),
        str(tmp_path / "b.txt"),
    ]
    assert not found.failed
    (session,) = found.files[1].sessions
    assert [(s.name, s.role.value, s.reason, s.utterances, s.words) for s in session.speakers] == [
        ("Therapist", "therapist", "its name", 1, 2),
        ("Anna", "client", "by elimination", 1, 1),
    ]


def test_what_cannot_be_read_is_a_problem_and_stops_nothing(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)
    (tmp_path / "b.txt").write_text("no labels\n")
    found = inspect(tmp_path)
    assert len(found.files) == 1
    assert found.failed
    (problem,) = (p for p in found.problems if p.severity is Severity.ERROR)
    assert problem.path == str(tmp_path / "b.txt")


def test_roles_given_by_the_user_are_used(tmp_path):
    (tmp_path / "a.txt").write_text("Ann: hi\nBob: oh\nAnn: well\nBob: yes\n")
    (file,) = inspect(tmp_path, Reading(therapist=("Bob",))).files
    assert {s.name: s.role.value for s in file.sessions[0].speakers} == {
        "Ann": "client",
        "Bob": "therapist",
    }


def test_no_word_of_the_talk_is_in_it_even_if_it_was_taken_for_a_name(tmp_path):
    name = f"then {SECRET} said to me that"
    rows = f"speaker,text\nT,{SECRET}\n{name},ho\n"
    (tmp_path / "a.csv").write_text(rows)
    everything = json.dumps(inspect(tmp_path).as_dict())
    assert SECRET not in everything
    assert '"name": "a name of 6 words"' in everything


def test_a_table_of_roles_is_read_once_and_its_rows_are_checked(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Ann: hi\nBob: oh\nAnn: well\nBob: yes\n")
    roles = tmp_path / "roles.csv"
    roles.write_text("file,speaker,role\n,Ann,client\n,Bob,therapist\nb,Ann,other\nc,Ann,other\n")
    read = []
    monkeypatch.setattr(
        "tsd.batch.inspection.read_role_table",
        lambda path: read.append(path) or read_role_table(path),
    )
    found = inspect(tmp_path, Reading(roles=roles), [str(roles)])
    assert read == [roles]
    speakers = [
        {s.name: (s.role.value, s.reason) for s in f.sessions[0].speakers} for f in found.files
    ]
    assert speakers == [
        {"Ann": ("client", "roles file"), "Bob": ("therapist", "roles file")},
        {"Ann": ("other", "roles file"), "Bob": ("therapist", "roles file")},
    ]
    assert [(p.path, p.line, p.message) for p in found.problems] == [
        (
            str(roles),
            5,
            "no session or file of this name was read, so the row is not used. Expected the name "
            "of a session, or of a file with or without its suffix.",
        )
    ]
