import pytest
import typer
from typer.testing import CliRunner

from tsd.cli import app
from tsd.cli.options import takes_settings
from tsd.settings import Settings, describe


def command_with(*names: str, seen: list[Settings]):
    app = typer.Typer(rich_markup_mode=None)

    @app.command()
    @takes_settings(*names)
    def command(*, settings: Settings) -> None:
        seen.append(settings)

    return app


def test_without_options_the_settings_are_the_defaults():
    seen: list[Settings] = []
    assert CliRunner().invoke(command_with(*describe(), seen=seen), []).exit_code == 0
    assert seen == [Settings()]


@pytest.mark.parametrize(
    ("arguments", "name", "value"),
    [
        (["--therapist", "A", "--therapist", "B"], "therapist", ("A", "B")),
        (["--threshold", "0.5"], "threshold", 0.5),
        (["--workers", "3"], "workers", 3),
        (["--no-text"], "no_text", True),
        (["--tables", "parquet"], "tables", "parquet"),
    ],
)
def test_an_option_sets_its_setting(arguments, name, value):
    seen: list[Settings] = []
    result = CliRunner().invoke(command_with(*describe(), seen=seen), arguments)
    assert result.exit_code == 0, result.output
    assert seen == [Settings(**{name: value})]


def test_help_comes_from_the_settings():
    text = " ".join(
        CliRunner().invoke(app, ["analyze", "--help"], terminal_width=200).stdout.split()
    )
    for name in ("therapist", "threshold", "no_text", "tables", "workers"):
        assert describe()[name]["help"] in text
