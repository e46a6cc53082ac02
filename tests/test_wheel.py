"""What users install: the wheel, in an environment of its own, far from the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, root],
        check=True,
        capture_output=True,
    )
    (path,) = out.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_the_model_and_no_transcripts(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "tsd/models/default/model.skops" in names
    assert "tsd/models/default/encoder.npz" in names
    assert "tsd/models/default/README.md" in names
    assert "tsd/report/templates/report.html.j2" in names
    assert "tsd/py.typed" in names
    assert "tsd/data/corpus/trial.csv" in names  # tsd train adds it to a user's own files
    assert not [name for name in names if "samples" in name]
    assert [name for name in names if name.endswith("licenses/models/default/LICENSE-encoder.txt")]


@pytest.mark.slow
def test_the_wheel_works_elsewhere(wheel, tmp_path):
    """With the libraries of this environment; `.ci/run` installs those that the wheel names."""
    folder = tmp_path / "env"
    venv.create(folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "--no-input"]
    install = ["install", "-q", "--no-deps", "--disable-pip-version-check", wheel]
    subprocess.run([*pip, *install], check=True, capture_output=True, env=environment)
    (packages,) = folder.glob("**/site-packages")
    (packages / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "s.txt").write_text("T: I'm a licensed counselor, I trained in ACT.\nC: Oh.\n")

    def printed(*command):
        done = subprocess.run(
            command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    where = printed(scripts / "python", "-c", "import tsd; print(tsd.__file__)")
    assert where.startswith(str(packages))
    said = printed(scripts / "tsd", "analyze", "s.txt", "--out", "out")
    assert said.startswith("1 session, 2 utterances")
    run = json.loads((elsewhere / "out/run.json").read_text())
    assert run["counts"]["disclosures_training"] == 1
