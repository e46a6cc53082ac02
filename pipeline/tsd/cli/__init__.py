"""The command ``tsd``: one module per command."""

from __future__ import annotations

from typing import Annotated

import typer

from tsd.cli.analyze import analyze_cli
from tsd.cli.associate import associate_cli
from tsd.cli.audit import audit_app
from tsd.cli.config import config_cli
from tsd.cli.evaluate import evaluate_cli
from tsd.cli.inspect import inspect_cli
from tsd.cli.options import GroupedCommand
from tsd.cli.plan import plan_cli
from tsd.cli.train import train_cli

app = typer.Typer(
    name="tsd",
    help="Find and measure therapist self-disclosure in de-identified psychotherapy transcripts. "
    "No text leaves your computer. It shows a human reader where to look; it does not judge a "
    "therapist.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        import tsd

        typer.echo(tsd.__version__)
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options that come before a command."""


app.command("inspect", cls=GroupedCommand)(inspect_cli)
app.command("analyze", cls=GroupedCommand)(analyze_cli)
app.command("train", cls=GroupedCommand)(train_cli)
app.command("evaluate", cls=GroupedCommand)(evaluate_cli)
app.command("associate", cls=GroupedCommand)(associate_cli)
app.command("plan", cls=GroupedCommand)(plan_cli)
app.command("config", cls=GroupedCommand)(config_cli)
app.add_typer(audit_app, name="audit")


def main() -> None:
    """Run the command line."""
    app()
