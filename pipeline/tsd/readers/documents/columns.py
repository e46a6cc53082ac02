"""Columns of a table in Word that hold no talk, next to one in which each turn has its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tsd.readers.documents.word_xml import Paragraph, Table
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.roles import known_role
from tsd.schema import Role, Severity, count_words
from tsd.words import count

_LABEL_WORDS, _LABEL_LENGTH = 4, 40


def talk_columns(block: Paragraph | Table, log: ProblemLog) -> Paragraph | Table:
    """Leave out the columns with words next to a column of "T: words", such as codes and notes.

    The names can also stand in a column of their own, left of the words: "T:".
    """
    if isinstance(block, Paragraph):
        return block
    width = max((len(cells) for _, cells in block.rows), default=0)
    columns = [
        [cells[place].strip() if place < len(cells) else "" for _, cells in block.rows]
        for place in range(width)
    ]
    kept = _with_talk(columns)
    if not kept:
        return block
    others = [
        place
        for place, cells in enumerate(columns)
        if place not in kept and any(sign.isalpha() for cell in cells[1:] for sign in cell)
    ]
    for place in others:
        for number, cells in block.rows:
            if place < len(cells):
                log.leave_out(NotTalk.HEADING, cells[place], line=number)
    if others:
        log.add(
            f"{count(len(others), 'column')} of a table, next to the column with the talk, "
            "not read as talk. If one is talk, put it into the column with the talk.",
            Severity.NOTE,
            line=block.rows[0][0],
        )
    several = len(kept) > 1 and all(_are(columns[place], _begins_with_label) for place in kept)
    # Where each of several columns has names, each of their cells is a line of its own.
    apart = [[place] for place in sorted(kept)] if several else [range(width)]
    rows = [
        (number, [cells[place] for place in places if place < len(cells) and place not in others])
        for number, cells in block.rows
        for places in apart
    ]
    return Table(rows)


def _with_talk(columns: Sequence[Sequence[str]]) -> set[int]:
    """Return the columns with "T: words"; or else the one with "T:" and the longest behind it."""
    kept = {place for place, cells in enumerate(columns) if _are(cells, _begins_with_label)}
    if kept:
        return kept
    names = next((place for place, cells in enumerate(columns) if _are(cells, _ends_label)), None)
    if names is None or names + 1 >= len(columns):
        return set()
    words = [sum(map(count_words, cells)) for cells in columns]
    return {names, max(range(names + 1, len(columns)), key=lambda place: words[place])}


def _are(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether several cells of a column, and most of those with words, fit."""
    fitting, filled = sum(map(fits, cells)), sum(map(bool, cells))
    return fitting > 1 and 2 * fitting >= filled


def _begins_with_label(cell: str) -> bool:
    label, colon, words = cell.partition(":")
    return bool(colon) and is_label(f"{label}:") and words[:1].isspace() and bool(words.strip())


def _ends_label(cell: str) -> bool:
    return cell.endswith(":") and is_label(cell)


def is_label(line: str) -> bool:
    """Whether a line is a name with a colon, or the name of a role, and nothing else."""
    plain = line.strip()
    named = plain.endswith(":") or known_role(plain) is not Role.UNKNOWN
    return named and len(plain) <= _LABEL_LENGTH and len(plain.split()) <= _LABEL_WORDS
