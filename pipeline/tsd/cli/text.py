"""Numbers and tables as the commands print them."""

from __future__ import annotations

from collections.abc import Sequence

MISSING = "-"
"""What is printed where a number is missing."""


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


def in_words(name: str) -> str:
    """Write the name of a column, a figure or a type as words.

    >>> in_words("similar_challenge"), in_words("f1")
    ('similar challenge', 'F1')
    """
    return "F1" if name == "f1" else name.replace("_", " ")


def count(number: int, noun: str) -> str:
    """Write a number of things.

    >>> count(1, "session"), count(1200, "session")
    ('1 session', '1,200 sessions')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(counts: Sequence[tuple[int, str]]) -> str:
    """List the counts that are not 0.

    >>> listed([(3, "ambiguous"), (0, "without a label")])
    '3 ambiguous'
    """
    return ", ".join(f"{number:,} {what}" for number, what in counts if number)


def aligned(rows: Sequence[Sequence[str]], first: int = 0) -> list[str]:
    """Align the cells of a table: the first column to the left, the others to the right.

    >>> aligned([["", "n"], ["words", "12"]])
    ['        n', 'words  12']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = max(widths[0], first)
    return [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        ).rstrip()
        for row in rows
    ]
