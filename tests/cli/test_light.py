"""`import tsd` and `tsd --help` must be quick: nothing heavy is imported."""

import subprocess
import sys

import pytest

HEAVY = (
    *("spacy", "sklearn", "pandas", "numpy", "scipy", "skops", "joblib", "matplotlib"),
    "statsmodels",
)

CHECK = "import sys\n{what}\nprint(sorted(name for name in sys.modules if name in {heavy!r}))"


@pytest.mark.parametrize(
    "what",
    [
        "import tsd",
        "import tsd; tsd.Settings, tsd.Session, tsd.__version__",
        "import tsd.cli",
        "from tsd.settings import Settings; Settings.of(seed=1).to_toml()",
        "from typer.testing import CliRunner; from tsd.cli import app; "
        "assert CliRunner().invoke(app, ['config', '--seed', '1']).exit_code == 0",
        "from typer.testing import CliRunner; from tsd.cli import app; "
        "CliRunner().invoke(app, ['--help'])",
        "from typer.testing import CliRunner; from tsd.cli import app; "
        "CliRunner().invoke(app, ['analyze', '--help'])",
        "from tsd.readers import FORMATS, read_sessions",
    ],
)
def test_nothing_heavy_is_loaded(what):
    done = subprocess.run(
        [sys.executable, "-c", CHECK.format(what=what, heavy=HEAVY)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_command_is_installed():
    done = subprocess.run(
        [sys.executable, "-c", "from tsd.cli import main; main()", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    import tsd

    assert done.stdout.strip() == tsd.__version__
