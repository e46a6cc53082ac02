"""``tsd config``: the settings as a file."""

from __future__ import annotations

import typer

from tsd.cli.options import takes_settings
from tsd.settings import Finding, Learning, Measuring, Output, Reading, Settings


@takes_settings
def config_cli(
    *,
    reading: Reading,
    finding: Finding,
    measuring: Measuring,
    learning: Learning,
    output: Output,
) -> None:
    """Print the settings as a settings file, with what each option means.

    Keep it with a study, so that it can be repeated:
    tsd config --seed 1 > tsd.toml; tsd analyze transcripts --out out --config tsd.toml
    """
    settings = Settings(
        reading=reading, finding=finding, measuring=measuring, learning=learning, output=output
    )
    typer.echo(settings.to_toml(), nl=False)
