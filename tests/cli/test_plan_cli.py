import pytest
from typer.testing import CliRunner

from tsd.batch.folder import load
from tsd.cli import app
from tsd.settings import Settings

GOOD = (
    "T: How are you?\nC: I could not sleep all week.\nT: I used to panic on trains too.\nC: Oh.\n"
)


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "in" / "s1.txt"
    path.parent.mkdir()
    path.write_text(GOOD)
    return path


@pytest.fixture
def plan(small_model, tmp_path):
    path = tmp_path / "plan.toml"
    done = run("plan", "--model", small_model, "--focus-window", 80, "--seed", 7, "--write", path)
    assert done.exit_code == 0, done.output
    return path


def test_what_is_printed():
    lines = run("plan").stdout.splitlines()
    assert lines[:5] == [
        "Assumed: 2 of 100 therapist utterances disclose; a session has 120 therapist utterances "
        "and 6,000 words.",
        "Shifts of single episodes vary by a standard deviation of 0.18 around their therapist's "
        "mean, and these means by 0.05.",
        "",
        "Audit of 10,000 therapist utterances: 95% interval to expect",
        "utterances reviewed   40  100  200  400  800",
    ]
    assert "Episodes that can be tested, per session: 2.2" in lines
    header = lines.index("therapists x sessions of each  0.05   0.1   0.2")
    assert len(lines) == header + 1 + 4 * 5
    assert lines[header + 1].startswith("6 x 1  ")


def test_options_change_what_is_assumed():
    text = run("plan", "--natural-rate", 0.05, "--session-words", 190).stdout
    assert text.startswith("Assumed: 5 of 100 therapist utterances disclose;")
    assert text.endswith("Sessions like these are too short for the focus test.\n")


def test_from_an_earlier_run(transcript, small_model, tmp_path):
    out = tmp_path / "out"
    assert run("analyze", transcript, "--out", out, "--model", small_model).exit_code == 0
    lines = run("plan", "--from", out).stdout.splitlines()
    assert lines[0] == (
        "Assumed: 50 of 100 therapist utterances disclose; a session has 2 therapist utterances "
        "and 17 words."
    )
    assert lines[2:6] == [
        "The earlier run does not show how much shifts vary: too few episodes were tested (0).",
        "",
        "Audit of 2 therapist utterances: 95% interval to expect",
        "so few that a person can review them all",
    ]


def test_a_folder_that_is_no_result(tmp_path):
    done = run("plan", "--from", tmp_path)
    assert done.exit_code == 2
    assert f"tsd: {tmp_path}: is not a result of `tsd analyze`" in done.stderr


def test_a_plan_is_run_as_it_is_written(plan, transcript, small_model, tmp_path):
    out = tmp_path / "out"
    done = run("analyze", transcript, "--out", out, "--config", plan)
    assert done.exit_code == 0, done.output
    ran = load(out).run
    assert ran["settings"]["measuring"]["focus_window"] == 80
    assert ran["settings"]["measuring"]["seed"] == 7
    assert ran["settings"]["finding"]["model_hash"] == ran["model"]["sha256"]
    assert Settings.from_toml(plan).finding.model.resolve() == small_model.resolve()
    assert plan.read_text().startswith("# Plan of analysis, made with tsd ")


def test_a_plan_is_not_run_with_another_model(plan, transcript, tmp_path):
    import tsd

    sha256 = tsd.Model.load().sha256
    named = Settings.from_toml(plan).finding.model_hash
    out = tmp_path / "out"
    lines = [line for line in plan.read_text().splitlines() if not line.startswith("model = ")]
    plan.write_text("\n".join(lines))
    done = run("analyze", transcript, "--out", out, "--config", plan)
    assert done.exit_code == 2
    assert done.stderr == (
        "tsd: model that comes with tsd: is not the one that the settings name: its hash begins "
        f"with {sha256[:12]}, but model_hash with {named[:12]}. Use that model, or make a new "
        "plan with `tsd plan --write`.\n"
    )
    assert not out.exists()


def test_a_plan_with_labels_names_no_model(tmp_path):
    path = tmp_path / "plan.toml"
    assert run("plan", "--use-labels", "--write", path).exit_code == 0
    assert Settings.from_toml(path).finding.model_hash is None


def test_what_is_not_a_hash():
    done = run("plan", "--model-hash", "abc")
    assert done.exit_code == 2
    assert "model_hash must be 64 characters, each 0 to 9 or a to f; got 'abc'." in " ".join(
        done.stderr.split()
    )


def test_a_file_that_is_there_is_not_replaced(plan):
    before = plan.read_text()
    done = run("plan", "--write", plan)
    assert done.exit_code == 2
    assert done.stderr == (
        f"tsd: {plan}: is there already, and a plan is not changed afterward. Name another file.\n"
    )
    assert plan.read_text() == before
