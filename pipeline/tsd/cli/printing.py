"""What the commands print, and how they end: exit status, messages, numbers and tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import typer

from tsd.errors import TsdError
from tsd.schema import Problem

ALL_READ, SOME_FAILED, NOTHING_DONE = 0, 1, 2
"""Exit status."""

MISSING = "-"
"""What is printed where a number is missing."""

TOGETHER = "\N{NO-BREAK SPACE}"
"""A space at which `fitted` breaks no line."""

_LONG_WORD = 24  # characters; a longer one may be broken
_NARROWEST = 10  # characters of a column


@contextmanager
def nothing_done_on_error(path: Path) -> Iterator[None]:
    """End the command with a message instead of a traceback.

    The message names `path`, what the command reads or writes, if the system reports the error.
    """
    try:
        yield
    except (TsdError, OSError) as error:
        message = str(error) if isinstance(error, TsdError) else f"{path}: {error.strerror}"
        typer.echo(f"tsd: {message}", err=True)
        raise typer.Exit(NOTHING_DONE) from error


def echo_problem(problem: Problem) -> None:
    """Show a problem of the input on standard error."""
    message = located(problem.path, problem.session_id, problem.message)
    typer.echo(f"{problem.severity}: {message}", err=True)


def located(path: str, session_id: str, message: str) -> str:
    """Put the file and the session, as far as they are known, before a message.

    >>> located("a.csv", "", "no therapist."), located("", "", "no therapist.")
    ('a.csv: no therapist.', 'no therapist.')
    """
    where = f"{path} {session_id}".strip()
    return f"{where}: {message}" if where else message


def shown(value: float | None, form: str = ".3f") -> str:
    """Format a number; a missing one is a dash.

    >>> shown(0.5), shown(None)
    ('0.500', '-')
    """
    return MISSING if value is None else format(value, form)


def interval(low: float | None, high: float | None, form: str = ".3f") -> str:
    """Format an interval.

    >>> interval(0.1, 0.9, ".1f"), interval(None, None)
    ('0.1 to 0.9', '-')
    """
    return MISSING if low is None or high is None else f"{low:{form}} to {high:{form}}"


def listed(counts: Sequence[tuple[int, str]]) -> str:
    """List the counts that are not 0.

    >>> listed([(3, "ambiguous"), (0, "without a label")])
    '3 ambiguous'
    """
    return ", ".join(f"{number:,} {what}" for number, what in counts if number)


def aligned(rows: Sequence[Sequence[str]], first: int = 0, left: int = 1) -> list[str]:
    """Align the cells of a table: the first `left` columns to the left, the others to the right.

    >>> aligned([["", "n"], ["words", "12"]])
    ['        n', 'words  12']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = max(widths[0], first)
    return [
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def fitted(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    r"""Align the cells of a table to the left; break cells into lines if it is wider than `width`.

    They are broken between words, not at `TOGETHER`, and within a word only if it is long or there
    is no other way.

    >>> print(*fitted([["file", "says"], ["a.txt", "one two three"]], 15), sep="\n")
    file   says
    a.txt  one two
           three
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    words = [max(len(w) for cell in column for w in cell.split(" ")) for column in columns]
    for smallest in ([min(most, _LONG_WORD) for most in words], [_NARROWEST] * len(columns)):
        while sum(widths) + 2 * (len(widths) - 1) > width:
            room = [have - least for have, least in zip(widths, smallest, strict=True)]
            if max(room) <= 0:
                break
            widths[max(range(len(room)), key=lambda i: (room[i] > 0, widths[i]))] -= 1
    lines = [
        line
        for row in rows
        for line in zip_longest(
            *(textwrap.wrap(cell, most) for cell, most in zip(row, widths, strict=True)),
            fillvalue="",
        )
    ]
    return [line.replace(TOGETHER, " ") for line in aligned(lines, left=len(columns))]
