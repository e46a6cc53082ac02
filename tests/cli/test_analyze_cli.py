import csv
import json

import pytest
from typer.testing import CliRunner

import tsd
from tsd.cli import app
from tsd.cli.analyze import _rate
from tsd.files import sha256_of
from tsd.report.reporting import methods_page

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
        "following.csv",
        "curve.csv",
        "rates.csv",
        "missing.csv",
        "problems.csv",
        "report.html",
        "methods.md",
        "run.json",
    }


def test_the_text_for_a_paper_is_that_of_the_run(run, transcript, tmp_path):
    run(transcript, "--no-text")
    result = tsd.load_result(tmp_path / "out")
    assert (tmp_path / "out/methods.md").read_text(encoding="utf-8") == methods_page(result)


def test_the_summary(run, transcript):
    lines = run(transcript).stdout.splitlines()
    assert lines[0] == "1 session, 4 utterances, 2 of them by therapists"
    assert lines[1:-1] == [
        "1 disclosure in 1 of 1 session: 0 training, 1 similar challenge, 0 personal details",
        "  flagged: 50.0 per 100 therapist utterances; no interval (fewer than 6 sessions)",
        "  length: median 7 words; all together 70.0% of the therapists' words",
        "  focus shift against what is expected (positive: away from the client): not tested: no "
        "session has a testable episode",
        "    could be tested: 0 of 1 similar challenge",
        "    raw shift, share before minus after: not computed (fewer than 20 words before or "
        "after, or only one side talks)",
        "  afterward (none can be compared with other utterances of like length):",
        "    the therapist asks something: 0 of 1",
        "    the therapist says “you” to the client: 0 of 1",
        "    the client's next turn is at least as long as usual: 0 of 1",
    ]
    assert lines[-1].endswith("report.html in a browser")


@pytest.mark.parametrize(
    ("value", "low", "note", "lines"),
    [
        (
            11.5,
            5.3,
            "over 9 sessions; too narrow if sessions share a therapist",
            [
                "  rate: 11.5 per 100 therapist utterances (95% interval 5.3 to 20.0, over 9 "
                "sessions)",
                "    too narrow if sessions share a therapist",
            ],
        ),
        (
            11.5,
            5.3,
            "over 7 therapists",
            [
                "  rate: 11.5 per 100 therapist utterances (95% interval 5.3 to 20.0, over 7 "
                "therapists)"
            ],
        ),
        (
            0.0,
            None,
            "no interval (fewer than 6 therapists); fewer are flagged than false alarms",
            [
                "  rate: 0.0 per 100 therapist utterances; no interval (fewer than 6 therapists)",
                "    fewer are flagged than false alarms",
            ],
        ),
        (
            None,
            None,
            "the classifier is too inaccurate",
            ["  rate: not computed (the classifier is too inaccurate)"],
        ),
    ],
)
def test_a_rate_says_what_its_interval_is_over(value, low, note, lines):
    s = {"it": value, "it_low": low, "it_high": 20.0, "it_note": note}
    assert _rate(s, "it", "rate") == lines


def test_the_summary_without_a_disclosure(run, tmp_path):
    (tmp_path / "a.txt").write_text("T: How was your week?\nC: Good.\n")
    lines = run(tmp_path / "a.txt").stdout.splitlines()
    assert lines[:-1] == [
        "1 session, 2 utterances, 1 of them by therapists",
        "No disclosures in 1 session",
        "  flagged: 0.0 per 100 therapist utterances; no interval (fewer than 6 sessions)",
    ]


def test_a_session_without_a_word_is_written(run, tmp_path):
    (tmp_path / "a.txt").write_text("T: ...\nC: ---\n")
    result = run(tmp_path / "a.txt")
    assert result.exit_code == 0
    assert (tmp_path / "out/methods.md").exists()


@pytest.mark.parametrize("name", ["Anna", "C"])
def test_the_summary_without_a_therapist(run, tmp_path, name):
    (tmp_path / "a.txt").write_text(f"{name}: I used to panic too.\n{name}: And you?\n")
    result = run(tmp_path / "a.txt")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[:3] == [
        "1 session, 2 utterances, 0 of them by therapists",
        "Nothing was measured: no therapist was recognized (name the therapist with --therapist "
        "NAME)",
        "About the input: 1 error, 1 warning; see problems.csv",  # only one speaker
    ]


def test_the_summary_with_a_therapist_in_some_sessions(run, transcript, tmp_path):
    (tmp_path / "a.txt").write_text("Anna: words\nBert: words\nAnna: more\nBert: more\n")
    lines = run(transcript, tmp_path / "a.txt").stdout.splitlines()
    assert lines[1].startswith("1 disclosure in 1 of 1 session: ")
    assert lines[11].startswith("1 session not measured: no therapist was recognized (name the")


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


def test_a_session_with_an_identifier_is_refused_on_demand(run, transcript, tmp_path):
    (tmp_path / "s2.txt").write_text("T: Ring 212-555-0123.\nC: Yes.\n")
    assert run(tmp_path / "s*.txt").exit_code == 0
    result = run(tmp_path / "s*.txt", "--require-deidentified")
    assert result.exit_code == 1
    with (tmp_path / "out/problems.csv").open(newline="") as file:
        (problem,) = csv.DictReader(file)
    assert (problem["session_id"], problem["severity"]) == ("s2", "error")
    assert problem["message"].startswith("left out (--require-deidentified): it has 1 telephone")
    record = json.loads((tmp_path / "out/run.json").read_text())
    assert record["counts"]["sessions"] == 1
    assert record["identifiers"]["strong"] == {"telephone number": {"count": 1, "sessions": 1}}


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


def test_a_folder_without_a_model(transcript, tmp_path):
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
    assert "No disclosures in 1 session\n" in run(transcript, "--threshold", "1").stdout


def test_human_labels_instead_of_the_classifiers(run, tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("speaker,text,label\nT,Hello.,personal_details\nC,Hi.,\nT,So.,none\n")
    result = run(path, "--use-labels")
    assert result.exit_code == 0
    types = "0 training, 0 similar challenge, 1 personal details"
    assert f"1 disclosure in 1 of 1 session: {types}\n" in result.stdout
    assert "  labeled: 50.0 per 100 therapist utterances; no interval (few" in result.stdout


def test_a_progress_bar_only_on_a_terminal(run, transcript):
    assert "utterance/s" not in run(transcript).stderr


def test_a_settings_file_gives_the_options(run, transcript, tmp_path):
    (tmp_path / "tsd.toml").write_text(
        "[finding]\nthreshold = 0.9\n[measuring]\nseed = 5\nfocus_window = 60\n"
    )
    result = run(transcript, "--config", tmp_path / "tsd.toml", "--seed", "6")
    assert result.exit_code == 0, result.output
    made = json.loads((tmp_path / "out/run.json").read_text())
    settings = made["settings"]
    assert settings["finding"]["threshold"] == 0.9
    assert (settings["measuring"]["seed"], settings["measuring"]["focus_window"]) == (6, 60)
    assert settings["measuring"]["permutations"] == 999
    assert made["settings_file"]["sha256"] == sha256_of(tmp_path / "tsd.toml")
    assert {"option": "seed", "planned": 5, "used": 6} in made["settings_file"]["departures"]


def test_what_is_not_as_the_settings_file_says_is_named(run, transcript, tmp_path):
    plan = tmp_path / "plan.toml"
    (tmp_path / "clinic.csv").write_text("session_id,therapist\ns1,Wanda\n")
    plan.write_text(
        'finding.model = "small"\n[reading]\ntherapist = ["Anna", "Bo"]\n'
        "[measuring]\nseed = 5\nfocus_window = 80\n"
    )
    options = "--threshold", "recall", "--focus-window", "60", "--therapist", "T"
    assert run(transcript, "--config", plan, *options).exit_code == 0
    made = json.loads((tmp_path / "out/run.json").read_text())["settings_file"]
    assert made == {
        "sha256": sha256_of(plan),
        "departures": [
            {"option": "therapist", "planned": "2 names", "used": "1 name"},
            {"option": "model", "planned": "a folder", "used": "another folder"},
            {"option": "threshold", "planned": "balanced", "used": "recall"},
            {"option": "focus_window", "planned": 80, "used": 60},
        ],
    }
    methods = (tmp_path / "out/methods.md").read_text(encoding="utf-8")
    assert (
        f"The settings are those of a settings file (sha256 {made['sha256']}) except for what "
        "options on the command line changed: therapist = 1 name in place of 2 names, model = "
        "another folder in place of a folder, threshold = recall in place of balanced and "
        "focus_window = 60 in place of 80."
    ) in methods
    assert "Anna" not in methods


def test_a_run_as_the_settings_file_says_has_no_departures(run, transcript, tmp_path, small_model):
    plan = tmp_path / "plan.toml"
    plan.write_text(f"[finding]\nmodel = {json.dumps(str(small_model))}\n")
    assert run(transcript, "--config", plan, "--no-text").exit_code == 0
    made = json.loads((tmp_path / "out/run.json").read_text())["settings_file"]
    assert made == {"sha256": sha256_of(plan), "departures": []}
    assert (
        f"The settings are those of a settings file (sha256 {made['sha256']}); no option on the "
        "command line changed one."
    ) in (tmp_path / "out/methods.md").read_text(encoding="utf-8")


def test_without_a_settings_file_there_is_nothing_to_depart_from(run, transcript, tmp_path):
    run(transcript)
    assert json.loads((tmp_path / "out/run.json").read_text())["settings_file"] is None
    assert "settings file" not in (tmp_path / "out/methods.md").read_text(encoding="utf-8")


def test_a_run_can_be_repeated_from_its_settings(run, transcript, tmp_path):
    from tsd.settings import Settings

    run(transcript, "--focus-window", "60", "--permutations", "99", "--therapist", "T")
    first = json.loads((tmp_path / "out/run.json").read_text())
    groups = dict(Settings.groups())
    settings = Settings(**{name: groups[name](**v) for name, v in first["settings"].items()})
    (tmp_path / "tsd.toml").write_text(settings.to_toml())
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")}
    assert run(transcript, "--config", tmp_path / "tsd.toml").exit_code == 0
    assert len(before) == 10
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")}
    second = json.loads((tmp_path / "out/run.json").read_text())
    assert second["settings"] == first["settings"]


def test_the_report_is_that_of_the_result(run, transcript, tmp_path):
    from tsd.report.page import render

    run(transcript)
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert page == render(tsd.load_result(tmp_path / "out"))


def test_the_input_is_searched_once(run, transcript, monkeypatch):
    from tsd.batch import inputs

    searched = []
    real = inputs.find_files
    monkeypatch.setattr(inputs, "find_files", lambda *a: searched.append(a) or real(*a))
    assert run(transcript).exit_code == 0
    assert len(searched) == 1


def test_without_a_client_nothing_is_said_about_their_next_turn(run, tmp_path):
    path = tmp_path / "alone.csv"
    path.write_text("speaker,role,text\nT,therapist,I used to panic on trains too.\n")
    result = run(path)
    line = (
        "    the client's next turn is at least as long as usual: not computed (no client says a "
        "word)\n"
    )
    assert line in result.stdout
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "no words of a client to look at" in page
