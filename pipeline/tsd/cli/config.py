"""``tsd config``: the settings as a file."""

from __future__ import annotations

import typer

from tsd.cli.options import takes_settings
from tsd.settings import Settings


@takes_settings()
def config_cli(*, settings: Settings) -> None:
    """Print all settings as a settings file.

    It explains each option. Keep the file with your study, so that the analysis can be repeated:

    tsd config --seed 1 > tsd.toml

    tsd analyze transcripts --out out --config tsd.toml
    """
    typer.echo(settings.to_toml(), nl=False)
