"""Reading annotated transcripts, for the commands that learn from labels or measure by them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tsd.schema import Problem, Session
    from tsd.settings import Settings


def read_annotated(
    paths: Sequence[str | Path],
    settings: Settings,
    told: Callable[[Problem], None] | None = None,
) -> list[Session]:
    """Read annotated transcripts, all or none.

    Parameters
    ----------
    paths : sequence of path-like
        Files, folders, glob patterns; with a column ``label``.
    settings : Settings
        For the roles of the speakers.
    told : callable, optional
        Is given each problem of the input that is no error.

    Returns
    -------
    list of Session
        In the order of the files.

    Raises
    ------
    TsdError
        If a file cannot be read, or a label. Half of the data, taken by accident for all of it,
        would be worse than none, so every error counts.
    """
    from tsd.batch.inputs import find_files
    from tsd.errors import AnnotationError
    from tsd.readers import read_sessions
    from tsd.schema import Severity

    settings = replace(settings, use_labels=True)  # a label that cannot be read is an error
    files, problems = find_files(paths)
    sessions: list[Session] = []
    for file in files:
        reading = read_sessions(file, settings)
        sessions += reading.sessions
        problems += reading.problems
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise AnnotationError(str(problem))
        if told is not None:
            told(problem)
    return sessions


def echo_problem(problem: Problem) -> None:
    """Tell a problem of the input on standard error."""
    typer.echo(
        f"{problem.severity}: {problem.path} {problem.session_id}: {problem.message}", err=True
    )
