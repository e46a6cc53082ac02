"""How a command ends: its exit status, and what it says when nothing could be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from tsd.errors import TsdError
from tsd.schema import Problem

ALL_READ, SOME_FAILED, NOTHING_DONE = 0, 1, 2
"""Exit status."""


@contextmanager
def nothing_done_on_error(out: Path) -> Iterator[None]:
    """End the command with a message in place of a traceback.

    Parameters
    ----------
    out : Path
        Where the command writes, named when the system refuses to.
    """
    try:
        yield
    except (TsdError, OSError) as error:
        message = str(error) if isinstance(error, TsdError) else f"{out}: {error.strerror}"
        typer.echo(f"tsd: {message}", err=True)
        raise typer.Exit(NOTHING_DONE) from error


def echo_problem(problem: Problem) -> None:
    """Show a problem of the input on standard error."""
    typer.echo(
        f"{problem.severity}: {problem.path} {problem.session_id}: {problem.message}", err=True
    )
