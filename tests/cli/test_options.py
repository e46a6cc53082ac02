import re
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from tsd.cli import app
from tsd.cli.options import GroupedCommand, takes_settings
from tsd.settings import Finding, Measuring, Output, Reading, Settings

WIDE = {"COLUMNS": "250"}


@pytest.fixture
def run():
    """Run a command with all options; return its status, what it printed, and its settings."""
    seen = []

    @takes_settings()
    def command(path: str, *, settings: Settings) -> None:
        seen.append(settings)

    made = typer.Typer(rich_markup_mode=None)
    made.command(cls=GroupedCommand)(command)

    def _run(*words):
        result = CliRunner().invoke(made, ["p", *map(str, words)], env=WIDE)
        return result.exit_code, " ".join(result.output.split()), seen

    return _run


def test_without_options_the_settings_are_the_defaults(run):
    assert run()[2] == [Settings()]


@pytest.mark.parametrize(
    ("arguments", "name", "value"),
    [
        (["--therapist", "A", "--therapist", "B"], "therapist", ("A", "B")),
        (["--threshold", "0.5"], "threshold", 0.5),
        (["--threshold", "recall"], "threshold", "recall"),
        (["--permutations", "99"], "permutations", 99),
        (["--seed", "3"], "seed", 3),
        (["--workers", "3"], "workers", 3),
        (["--no-text"], "no_text", True),
        (["--tables", "parquet"], "tables", "parquet"),
    ],
)
def test_an_option_sets_its_setting(run, arguments, name, value):
    assert run(*arguments)[2] == [Settings.of(**{name: value})]


def test_the_help_shows_the_options_under_the_titles_of_their_groups(run):
    _, text, _ = run("--help")
    titles = [f"{group.TITLE}:" for _, group in Settings.groups()]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)
    help_ = next(o.help for o in Finding.options() if o.name == "longest_session")
    assert f"--longest-session CHARACTERS {help_} [default: 2000000]" in text
    assert "Format of the tables. One of: csv, parquet." in text


@pytest.mark.parametrize("group", [Reading, Finding, Measuring, Output])
def test_every_option_of_a_group_is_an_option_of_analyze(group):
    text = CliRunner().invoke(app, ["analyze", "--help"], env=WIDE).output
    assert f"\n{group.TITLE}:\n" in text
    plain = " ".join(text.split())
    for option in group.options():
        assert f"--{option.name.replace('_', '-')} " in text
        assert option.help in plain


@pytest.mark.parametrize(
    ("command", "has", "has_not"),
    [
        (
            ["train"],
            {"--penalty", "--therapist", "--seed"},
            {"--audit-size", "--tables", "--metadata"},
        ),
        (["evaluate"], {"--natural-rate", "--model"}, {"--use-labels", "--seed", "--resamples"}),
        (["associate"], {"--metadata", "--outcome"}, {"--therapist", "--seed"}),
        (
            ["audit", "sample"],
            {"--audit-size", "--seed", "--natural-rate"},
            {"--penalty", "--resamples"},
        ),
        (
            ["config"],
            {f"--{o.name.replace('_', '-')}" for _, g in Settings.groups() for o in g.options()},
            set(),
        ),
    ],
)
def test_a_command_has_the_options_that_it_uses(command, has, has_not):
    text = CliRunner().invoke(app, [*command, "--help"], env=WIDE).output
    flags = set(re.findall(r"(?m)^  (--[a-z-]+)", text))
    assert has | {"--config"} <= flags
    assert not has_not & flags


def test_a_bad_option_ends_with_status_2_and_the_name_of_the_option(run):
    status, output, seen = run("--threshold", 2)
    assert (status, seen) == (2, [])
    assert "--threshold: threshold must be between 0 and 1; got 2.0." in output


def test_a_command_may_take_some_options_of_a_group():
    seen = []

    @takes_settings("seed")
    def command(*, settings: Settings) -> None:
        seen.append(settings)

    made = typer.Typer(rich_markup_mode=None)
    made.command()(command)
    assert CliRunner().invoke(made, ["--seed", "2"]).exit_code == 0
    assert CliRunner().invoke(made, ["--permutations", "99"]).exit_code == 2
    assert seen == [Settings.of(seed=2)]


# --- the settings file


def test_the_command_line_takes_precedence_over_a_settings_file(run, tmp_path):
    path = tmp_path / "tsd.toml"
    path.write_text(
        '[reading]\ntherapist = ["Anna", "Bo"]\nmetadata = "m.csv"\n'
        "[measuring]\nseed = 5\nshare_window = 60\n[output]\nno_text = true\n"
    )
    _, _, seen = run("--config", path, "--seed", 6)
    assert seen == [
        Settings.of(
            therapist=("Anna", "Bo"),
            metadata=tmp_path / "m.csv",
            seed=6,
            share_window=60.0,
            no_text=True,
        )
    ]


def test_an_error_in_a_settings_file_is_reported(run, tmp_path):
    path = tmp_path / "tsd.toml"
    path.write_text("[measuring]\nsed = 5\n")
    status, output, _ = run("--config", path)
    assert status == 2
    assert "an option of [measuring] must be one of focus_window" in output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "tsd.toml: cannot be opened (No such file or directory)."),
        ("[measuring\n", "tsd.toml: is not a valid TOML file: "),
        (
            "[measurng]\n",
            "tsd.toml: a table of the file must be one of reading, finding, measuring, "
            "associating, learning, planning, output; got 'measurng'.",
        ),
        ('[measuring]\nseed = "1"\n', "tsd.toml: seed must be a whole number; got '1'."),
        ("[reading]\ntherapist = 3\n", "tsd.toml: therapist must be a list of names; got 3."),
        (
            '[finding]\nuse_labels = true\n[measuring]\naudit = "a.csv"\n',
            "/a.csv'.",
        ),
    ],
)
@pytest.mark.parametrize("command", ["analyze", "config"])
def test_a_bad_settings_file_ends_with_status_2(tmp_path, content, message, command):
    path = tmp_path / "tsd.toml"
    if content is not None:
        path.write_text(content)
    words = {"analyze": ["t.txt", "--out", str(tmp_path / "out")], "config": []}[command]
    result = CliRunner().invoke(app, [command, *words, "--config", str(path)], env=WIDE)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Invalid value for '--config': " in result.stderr
    assert message in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_options_that_do_not_go_together_across_file_and_command_line(run, tmp_path):
    path = tmp_path / "tsd.toml"
    path.write_text("[finding]\nthreshold = 0.5\n")
    status, output, seen = run("--config", path, "--review-budget", 3)
    assert (status, seen) == (2, [])
    assert "--review-budget: review_budget must be left out if threshold is set" in output


def test_the_place_of_the_settings_file_on_the_command_line_does_not_matter(run, tmp_path):
    path = tmp_path / "tsd.toml"
    path.write_text('[measuring]\nseed = 5\n[reading]\nclient = ["Kim"]\n')
    run("--seed", 6, "--client", "Bo", "--config", path)
    run("--config", path, "--seed", 6, "--client", "Bo")
    _, _, seen = run("--config", path)
    assert seen == [
        *[Settings.of(seed=6, client=("Bo",))] * 2,
        Settings.of(seed=5, client=("Kim",)),
    ]


@pytest.mark.parametrize(
    "options",
    [
        {"therapist": ("Anna", "Bo"), "model": "/m", "threshold": 0.25, "use_labels": True},
        {
            "threshold": "precision",
            "longest_unit": 9,
            "focus_window": 80,
            "share_unit": "words",
            "floor_share": 0.75,
        },
        {"natural_rate": 0.1, "audit_size": 50, "tables": "parquet", "no_text": True},
        {"review_budget": 4, "audit": "/a.csv", "metadata": "/m.csv", "workers": 3},
    ],
)
def test_any_option_goes_through_the_settings_file(run, tmp_path, options):
    path = tmp_path / "tsd.toml"
    settings = Settings.of(**options)
    path.write_text(settings.to_toml())
    status, output, seen = run("--config", path)
    assert (status, seen) == (0, [settings]), output


def test_a_command_ignores_options_of_a_settings_file_that_it_does_not_use(tmp_path):
    path = tmp_path / "tsd.toml"
    path.write_text(Settings.of(seed=2, natural_rate=0.1).to_toml())
    seen = []

    @takes_settings("seed")
    def command(*, settings: Settings) -> None:
        seen.append(settings)

    made = typer.Typer(rich_markup_mode=None)
    made.command()(command)
    assert CliRunner().invoke(made, ["--config", str(path)]).exit_code == 0
    assert seen == [Settings.of(seed=2)]


def test_what_config_prints_is_a_settings_file(run, tmp_path):
    path = tmp_path / "tsd.toml"
    printed = CliRunner().invoke(app, ["config", "--seed", "9", "--client", "Kim"])
    path.write_text(printed.stdout)
    assert Settings.from_toml(path) == Settings.of(seed=9, client=("Kim",))
    again = CliRunner().invoke(app, ["config", "--config", str(path)])
    assert again.stdout == printed.stdout


def test_the_package_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "tsd", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0.1.0"
