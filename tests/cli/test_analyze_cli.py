import csv
import json

import pytest
from typer.testing import CliRunner

from tsd.cli import app

GOOD = (
    "T: How are you?\nC: I could not sleep all week.\nT: I used to panic on trains too.\nC: Oh.\n"
)


@pytest.fixture
def run(small_model, tmp_path):
    """Run `tsd analyze` with the small model, writing to ``out``."""

    def call(*arguments: object):
        return CliRunner().invoke(
            app,
            [
                "analyze",
                *map(str, arguments),
                "--out",
                str(tmp_path / "out"),
                "--model",
                str(small_model),
            ],
        )

    return call


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "s1.txt"
    path.write_text(GOOD)
    return path


def test_all_read(run, transcript, tmp_path):
    result = run(transcript)
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "utterances.csv",
        "disclosures.csv",
        "sessions.csv",
        "guidelines.csv",
        "dynamics.csv",
        "rates.csv",
        "problems.csv",
        "report.html",
        "run.json",
    }


def test_the_summary_can_be_read(run, transcript):
    lines = run(transcript).stdout.splitlines()
    assert lines[0] == "1 session, 4 utterances, 2 of them the therapist's"
    assert lines[1].startswith("1 disclosure (0 training, 1 similar challenge, 0 personal details)")
    assert lines[-1].endswith("report.html in a browser")


def test_no_word_of_a_transcript_is_printed(run, transcript, tmp_path):
    (tmp_path / "bad.csv").write_text('speaker,text\nT,"never closed, secret words\n')
    result = run(transcript, tmp_path / "bad.csv")
    for word in ("panic", "sleep", "secret"):
        assert word not in result.output


def test_some_inputs_failed(run, transcript, tmp_path):
    result = run(transcript, tmp_path / "nowhere.txt")
    assert result.exit_code == 1
    assert "About the input: 1 error; see problems.csv" in result.stdout
    with (tmp_path / "out/problems.csv").open(newline="") as file:
        (problem,) = csv.DictReader(file)
    assert problem["message"] == "no such file or folder."
    assert problem["line"] == ""


def test_nothing_could_be_read(run, tmp_path):
    result = run(tmp_path / "nowhere.txt")
    assert result.exit_code == 2
    assert result.stderr.startswith("tsd: no session could be read.")
    assert not (tmp_path / "out").exists()


def test_wrong_usage(run):
    assert run().exit_code == 2
    result = run("x.txt", "--threshold", "1.5")
    assert result.exit_code == 2
    assert "threshold must be between 0 and 1; got 1.5." in " ".join(result.stderr.split())


def test_an_output_folder_that_is_a_file(small_model, transcript):
    result = CliRunner().invoke(
        app, ["analyze", str(transcript), "--out", str(transcript), "--model", str(small_model)]
    )
    assert result.exit_code == 2
    assert result.stderr.startswith(f"tsd: {transcript}: is a file. Name a folder.")


def test_a_model_that_is_none(transcript, tmp_path):
    result = CliRunner().invoke(
        app, ["analyze", str(transcript), "--out", str(tmp_path / "o"), "--model", str(tmp_path)]
    )
    assert result.exit_code == 2
    assert "Expected a folder with model.skops and model.json" in result.stderr


def test_options_reach_the_settings(run, transcript, tmp_path):
    run(transcript, "--threshold", "0.9", "--share-step", "7.5", "--therapist", "C")
    settings = json.loads((tmp_path / "out/run.json").read_text())["settings"]
    assert settings["finding"]["threshold"] == 0.9
    assert settings["measuring"]["share_step"] == 7.5
    assert settings["reading"]["therapist"] == ["C"]


def test_without_text_the_settings_name_no_speaker(run, transcript, tmp_path):
    run(transcript, "--no-text", "--therapist", "C", "--client", "T")
    settings = json.loads((tmp_path / "out/run.json").read_text())["settings"]
    assert settings["output"]["no_text"] is True
    assert (settings["reading"]["therapist"], settings["reading"]["client"]) == ([], [])


def test_a_threshold_of_one_flags_nothing(run, transcript):
    assert "0 disclosures" in run(transcript, "--threshold", "1").stdout


def test_human_labels_instead_of_the_classifiers(run, tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("speaker,text,label\nT,Hello.,personal_details\nC,Hi.,\nT,So.,none\n")
    result = run(path, "--use-labels")
    assert result.exit_code == 0
    assert "1 disclosure (0 training, 0 similar challenge, 1 personal details)" in result.stdout


def test_a_progress_bar_only_on_a_terminal(run, transcript):
    assert "utterance/s" not in run(transcript).stderr


def test_the_input_is_searched_once(run, transcript, monkeypatch):
    from tsd.batch import inputs

    searched = []
    real = inputs.find_files
    monkeypatch.setattr(inputs, "find_files", lambda *a: searched.append(a) or real(*a))
    assert run(transcript).exit_code == 0
    assert len(searched) == 1
