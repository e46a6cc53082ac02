"""The README's commands and code are run as they are written."""

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tsd
from tsd.classify.shipped import DEFAULT_CORPUS, shipped
from tsd.cli import app

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.M | re.S)


def run(command: str, folder: Path) -> str:
    """Run a shell command with the environment the tests run in."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-ec", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
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
    # What the samples are for: one therapist tells too much, another hardly anything.
    sessions = tsd.load_result(checkout / "out").sessions.set_index("session_id")
    assert sessions["disclosures_per_100"].idxmax() == "dyn-23"
    assert sessions.loc["grief_video", "disclosures"] <= 1


@pytest.mark.parametrize(
    ("mark", "variable", "last"),
    [
        ("main job", "first_command", ".venv/bin/tsd analyze data/samples/sessions --out out"),
        ("test command", "readme_command", ".venv/bin/python -m pytest -n auto"),
    ],
)
def test_ci_runs_the_command(root, mark, variable, last):
    (command,) = re.findall(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", README)
    assert command.endswith(last)
    script = (root / ".ci/run").read_text()
    found = subprocess.run(
        ["sh", "-c", re.search(rf"^{variable}=\$\((.*)\)$", script, re.M)[1]],
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


@pytest.mark.slow
def test_the_commands_for_own_transcripts(root, tmp_path, monkeypatch):
    """In this process: starting takes longer than most of the commands do.

    With the beginnings of two transcripts, which the twelve runs read soon, and with one file in
    place of the default corpus, which takes minutes to learn from.
    """
    monkeypatch.chdir(tmp_path)
    small = {DEFAULT_CORPUS: root / "data/corpus/trial.csv"}
    monkeypatch.setattr(
        "tsd.classify.shipped.shipped", lambda folder: small.get(folder) or shipped(folder)
    )
    Path("transcripts").mkdir()
    for name in ("alcohol_checkup.txt", "grief_video.txt"):
        lines = (root / "data/samples/sessions" / name).read_text(encoding="utf-8").splitlines()
        Path("transcripts", name).write_text("\n".join(lines[:30]), encoding="utf-8")
    for name in ("coded.csv", "more.csv"):
        shutil.copy(root / "data/samples/sessions/annotated.csv", name)
    cues = [
        f"00:0{i}.000 --> 00:0{i}.900\n{'Anna' if i % 2 else 'Ben'}: so {i}\n" for i in range(1, 7)
    ]
    Path("session.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))
    Path("roles.csv").write_text("file,speaker,role\nalcohol_checkup.txt,Clinician,therapist\n")
    shutil.copy(root / "data/metadata.csv", "sessions.csv")
    commands = "".join(block for block in blocks("sh") if block.startswith("tsd "))
    for command in commands.splitlines():
        words = shlex.split(command, comments=True)
        if not words:
            continue
        target = Path(words[-1]) if ">" in words else None
        done = CliRunner().invoke(app, words[1:-2] if target else words[1:])
        assert done.exit_code == 0, f"{command}: {done.output}"
        if target:
            target.write_text(done.stdout, encoding="utf-8")
        if command.startswith("tsd audit sample"):
            fill_in(Path("sheet.csv"))
    settings = json.loads(Path("out/run.json").read_text())["settings"]
    assert settings["finding"]["model"] == "my-model"
    about = json.loads(Path("my-model/model.json").read_text())
    assert about["cross_validation"]["own"]["utterances"] > 0


def test_the_python_code(small_checkout, monkeypatch, capsys):
    monkeypatch.chdir(small_checkout)
    names: dict[str, object] = {}
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), names)
    assert "training" in capsys.readouterr().out
    assert len(names["result"].sessions) == 3
    page = small_checkout / "report.html"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_links_lead_somewhere(root):
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (root / target).exists(), target
