"""The README's commands and code are run as they are written."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.M | re.S)


def run(command: str, folder: Path, **environment: str) -> str:
    """Run a shell command with the environment the tests run in, and more of it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-ec", command],
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def checkout(root, tmp_path):
    shutil.copytree(root / "data/samples", tmp_path / "data/samples")
    return tmp_path


def test_the_main_job_prints_what_the_readme_shows(checkout):
    (command,) = re.findall(r"<!-- main job -->\n```sh\n(.*?)\n```", README)
    (shown,) = re.findall(r"<!-- output of the main job -->\n```text\n(.*?)```", README, re.S)
    environment, install, job = command.split(" && ")
    assert (environment, install) == ("python3 -m venv .venv", ".venv/bin/pip install -q .")
    assert run(job.removeprefix(".venv/bin/"), checkout) == shown
    named = re.findall(r"^\| `([\w.]+)` \|", README, flags=re.M)
    assert sorted(named) == sorted(path.name for path in (checkout / "out").iterdir())


def test_ci_runs_the_test_command(root):
    (command,) = re.findall(r"<!-- test command -->\n```sh\n(.*?)\n```", README)
    assert command.endswith(".venv/bin/python -m pytest -n auto")
    script = (root / ".ci/run").read_text()
    found = subprocess.run(
        ["sh", "-c", re.search(r"^readme_command=\$\((.*)\)$", script, re.M)[1]],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == command


def fill_in(sheet: Path) -> None:
    with sheet.open(newline="", encoding="utf-8") as file:
        rows = [{**row, "label": "none"} for row in csv.DictReader(file)]
    with sheet.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def small_installation(root, tmp_path):
    """Make a copy of the package that learns from one file of the corpus, in seconds."""
    folder = tmp_path / "installed"
    shutil.copytree(root / "pipeline/tsd", folder / "tsd")
    shutil.copytree(root / "models", folder / "tsd/models")
    (folder / "tsd/data/corpus").mkdir(parents=True)
    shutil.copy(root / "data/corpus/trial.csv", folder / "tsd/data/corpus")
    return folder


@pytest.mark.slow
def test_the_commands_for_own_transcripts(checkout, root, small_installation):
    commands = "".join(block for block in blocks("sh") if block.startswith("tsd "))
    shutil.copytree(checkout / "data/samples", checkout / "transcripts")
    for name in ("coded.csv", "more.csv"):
        shutil.copy(checkout / "data/samples/annotated.csv", checkout / name)
    (checkout / "session.txt").write_text("Anna: How are you?\nBen: Well.\nAnna: Good.\nBen: So.\n")
    shutil.copy(root / "data/metadata.csv", checkout / "sessions.csv")
    for command in commands.splitlines():
        run(command, checkout, PYTHONPATH=str(small_installation))
        if command.startswith("tsd audit sample"):
            fill_in(checkout / "sheet.csv")
    settings = json.loads((checkout / "out/run.json").read_text())["settings"]
    assert settings["finding"]["model"] == "my-model"
    about = json.loads((checkout / "my-model/model.json").read_text())
    assert about["cross_validation"]["own"]["utterances"] > 0


def test_the_python_code(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    names: dict[str, object] = {}
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), names)
    assert "training" in capsys.readouterr().out
    assert len(names["result"].sessions) == 9
    assert (checkout / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_links_lead_somewhere(root):
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (root / target).exists(), target
