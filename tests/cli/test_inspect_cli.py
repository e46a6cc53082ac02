import json

import pytest
from typer.testing import CliRunner

from tests.readers.talk_in_languages import SENTENCES
from tsd.cli import app

SECRET = "zebrafinch"


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(app, ["inspect", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(f"Date: today\n\nDr. Weiss: hi {SECRET}\nAnna: oh\n")
    return tmp_path / "in"


def test_a_table_per_folder(run, folder):
    (folder / "more").mkdir()
    (folder / "more/b.csv").write_bytes(
        "session,speaker,text,start\n1,T,ça va,1\n1,Wife,yes,2\n1,Husband,no,3\n2,T,x,1\n2,C,y,2\n"
        "".encode("cp1252")
    )
    result = run("in")
    assert result.exit_code == 0
    assert result.output.splitlines()[:8] == [
        "in (1 file, 1 session)",
        "  file   format  utterances  therapist    client  roles from                times",
        "  a.txt  text    2           Dr. Weiss 1  Anna 1  its name, by elimination  none",
        "",
        "in/more (1 file, 2 sessions)",
        "  file      format               utterances  therapist  client           "
        "  roles from  times",
        "  b.csv: 1  table, Windows-1252  3           T 1        Wife 1, Husband 1"
        "  its name    start only",
        "  b.csv: 2  table, Windows-1252  2           T 1        C 1              "
        "  its name    start only",
    ]
    assert (
        "Warnings:\n  in/more/b.csv: is not UTF-8; read as Windows-1252. Save it" in result.output
    )
    assert SECRET not in result.output


def test_many_speakers_are_counted(run, folder):
    turns = "".join(f"Wife {letter}: hello\n" for letter in "ABCDE")
    (folder / "a.txt").write_text("T: hi\nT: ho\n" + turns)
    output = run("in").output
    assert "T 2        Wife A 1, Wife B 1, " in output
    assert "  Wife C 1, and 2 more\n" in output


def test_what_is_the_same_in_many_files_is_said_once(run, folder):
    for name in "bcde":
        (folder / f"{name}.txt").write_text("no labels at all\n")
    output = run("in").output
    assert output.count("no speaker labels found") == 1
    assert "  in/b.txt; in/c.txt; in/d.txt and 1 more: no speaker labels found." in output


def test_a_speaker_of_unknown_role_has_a_question_mark(run, folder):
    (folder / "a.txt").write_text("Ann: hi\nBob: oh\nAnn: well\nBob: yes\n")
    result = run("in")
    assert "Ann? 2, Bob? 2" in result.output
    assert result.exit_code == 1


def test_a_wide_table_is_broken_into_lines_of_100_characters(run, folder):
    long = "Anna Maria Katharina Elisabeth"
    names = [f"Therapist {long}", *(f"Client {letter} {long}" for letter in "ABC")]
    (folder / f"{'session' * 9}.txt").write_text("".join(f"{n}: hi\n" for n in names * 2))
    lines = run("in").output.splitlines()
    assert max(map(len, lines)) <= 100
    assert f"{'session' * 9}.txt" in "".join(line.split()[0] for line in lines if "sess" in line)


def test_times_are_described_in_short(run, folder):
    (folder / "a.csv").write_text(
        "speaker,text,start\n"
        + "".join(f"{who},one two three four,18:16:{i}\n" for i, who in enumerate("TCTC", 10))
    )
    line = run("in").output.splitlines()[2]
    assert line.endswith("  start only; times of day")


def test_a_language_other_than_english_has_a_column(run, folder):
    (folder / "b.txt").write_text(f"T: {SENTENCES['de']}\nC: {SENTENCES['de']}\n")
    output = run("in").output
    lines = output.splitlines()
    assert [line.split()[-1] for line in lines[1:4]] == ["language", "-", "German"]
    assert (
        "Warnings:\n"
        "  in/b.txt: the talk seems to be German. The model knows English only, so `tsd analyze` "
        "measures\n"
    ) in output


def test_json_has_everything_but_words(run, folder):
    result = run("in", "--json")
    assert result.exit_code == 0
    (file,) = json.loads(result.output)["files"]
    assert file["path"] == "in/a.txt"
    assert file["sessions"][0]["speakers"][0] == {
        "name": "Dr. Weiss",
        "role": "therapist",
        "reason": "its name",
        "utterances": 1,
        "words": 2,
    }
    assert SECRET not in result.output


def test_nothing_read_is_exit_status_2(run, folder):
    (folder / "a.txt").write_text("no labels\n")
    assert run("in").exit_code == 2
    assert run("none").exit_code == 2


def test_nothing_wrong_is_said(run, folder):
    (folder / "a.txt").write_text("T: hi\nC: oh\n")
    assert run("in").output.endswith("\nNo problems.\n")


def test_a_table_of_roles_that_cannot_be_used_ends_the_command(run, tmp_path):
    (tmp_path / "a.txt").write_text("Ann: hi\nBob: oh\nAnn: well\nBob: yes\n")
    roles = tmp_path / "roles.csv"
    roles.write_text("speaker,role\nAnn,boss\n")
    result = run(tmp_path, "--roles", roles)
    assert result.exit_code == 2
    assert result.stderr == (
        f"tsd: {roles}, line 2: 'boss' is not a role; expected therapist, client, other, unknown, "
        "or a word such as Interviewer or Patient. Correct the word.\n"
    )


def test_identifiers_are_counted_and_never_shown(run, folder):
    (folder / "b.txt").write_text(f"T: mail {SECRET}@example.com on June 3rd\nC: hi Mrs. Weiss\n")
    result = run("in")
    assert result.exit_code == 0
    assert (
        "Identifiers:\n"
        "  Found in 1 of 2 sessions: 1 e-mail address, 1 date.\n"
        "  Possibly also in 1 of 2 sessions: 1 name.\n"
        "  This looks for obvious patterns only. It cannot show that a transcript is "
        "de-identified.\n"
    ) in result.output
    assert "it has 1 e-mail address (utterance 0), 1 date (utterance 0)." in " ".join(
        result.output.split()
    )
    assert SECRET not in result.output
    assert run("in", "--require-deidentified").exit_code == 1


def test_identifiers_in_json(run, folder):
    (folder / "a.txt").write_text("T: on June 3rd\nC: [NAME] left\n")
    (file,) = json.loads(run("in", "--json").output)["files"]
    assert file["sessions"][0]["identifiers"] == {
        "strong": {"date": [0]},
        "weak": {},
        "placeholders": 1,
        "words": 5,
    }


def test_no_identifiers_is_no_guarantee(run, folder):
    output = run("in").output
    assert "  No obvious identifiers found in 1 session.\n  This looks for obvious" in output


def test_an_option_that_names_nobody_is_a_warning(run, folder):
    output = " ".join(run("in", "--therapist", "Zoe").output.split())
    assert (
        "Warnings: --therapist 'Zoe' is not a speaker in any session; the speakers are 'Dr. "
        "Weiss', 'Anna'. Correct the name."
    ) in output


def test_a_table_of_roles_among_the_transcripts_is_recognized(run, folder):
    (folder / "roles.csv").write_text("file,speaker,role\na,Anna,client\n")
    output = " ".join(run("in").output.split())
    assert "If it is a table of roles, give it with --roles." in output
    assert run("in", "--roles", folder / "roles.csv").exit_code == 0
