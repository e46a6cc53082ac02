"""Where in a table the talk is: its header, its columns, or what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tsd.readers.roles import known_role, same_name
from tsd.readers.tables.columns import map_columns, missing_columns
from tsd.readers.times import is_no_time, seconds
from tsd.schema import Role

Row = tuple[int | None, list[str]]
"""The line of a row, and its cells."""

_SEARCHED = 20  # rows, at the top, among which the header can be
_SEEN = 500  # rows, by which a column is judged
_LABEL_WORDS, _LABEL_LENGTH = 4, 40
_HEADER_WORDS = 3
_LONG = 200  # characters; what is longer has more words than a header or a label
_FEWEST_ROWS = 4
_TALK_WORDS = 3
"""Words that a row of talk has on average, if nothing else shows that it is talk."""
_SIDES = {Role.THERAPIST, Role.CLIENT}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the talk of a table is.

    Parameters
    ----------
    first : int
        The first row of talk; those above are the header, and headings.
    names : tuple of str
        The names of the columns; empty if the table has none.
    columns : mapping of str to int
        The place of each field.
    sides : tuple of int
        The places of columns that each hold the words of one speaker, named in the header.
    header : int or None
        The row with the names.
    remark : str
        What the user should check, if the names alone do not show the columns.
    """

    first: int
    names: tuple[str, ...]
    columns: Mapping[str, int]
    sides: tuple[int, ...] = ()
    header: int | None = None
    remark: str = ""


def find_layout(rows: Sequence[Row], named: Collection[str] = ()) -> Layout | str:
    """Find where the talk of a table is; otherwise say what is missing.

    `named` are the speakers that the user names.

    >>> rows = [(1, ["Interview 3", ""]), (2, ["Who", "Words"]), (3, ["T", "Come in."])]
    >>> found = find_layout(rows)
    >>> found.first, found.columns
    (2, {'speaker': 0, 'text': 1})
    """
    for place, (_, cells) in enumerate(rows[:_SEARCHED]):
        if (place == 0 or _is_short(cells)) and missing_columns(cells) is None:
            return Layout(place + 1, tuple(cells), _places(cells), header=place)
    keys = set(map(same_name, named))
    found = _with_roles(rows, keys) or _with_sides(rows, keys) or _without_names(rows, keys)
    if found is not None:
        return found
    titled = next((cells for _, cells in rows if sum(map(bool, map(str.strip, cells))) > 1), None)
    names = titled or (rows[0][1] if rows else [])
    return missing_columns(names) or "no column for the words."


def _places(cells: Sequence[str]) -> dict[str, int]:
    names = unique(cells)
    return {field: names.index(name) for field, name in map_columns(names).items()}


def unique(names: Sequence[str]) -> list[str]:
    """Rename all but the first of several columns with the same name.

    >>> unique(["text", "text"])
    ['text', 'text (column 2)']
    """
    seen: set[str] = set()
    found = []
    for place, name in enumerate(map(str.strip, names), 1):
        found.append(f"{name} (column {place})" if name in seen else name)
        seen.add(name)
    return found


def _is_short(cells: Sequence[str]) -> bool:
    return all(_has_few_words(cell, _HEADER_WORDS) for cell in cells)


def _has_few_words(cell: str, most: int) -> bool:
    return len(cell) <= _LONG and len(cell.split()) <= most


def _is_label(cell: str) -> bool:
    return len(cell) <= _LABEL_LENGTH and _has_few_words(cell, _LABEL_WORDS)


def _role(cell: str, named: Collection[str]) -> Role:
    if same_name(cell) in named:
        return Role.THERAPIST
    return known_role(cell.strip().rstrip(":"))


def _column(rows: Sequence[Row], place: int) -> list[str]:
    cells = (cells[place].strip() for _, cells in rows[:_SEEN] if place < len(cells))
    return [cell for cell in cells if cell]


def _words(cells: Collection[str]) -> float:
    return sum(len(cell.split()) for cell in cells) / max(len(cells), 1)


def _with_roles(rows: Sequence[Row], named: Collection[str]) -> Layout | None:
    """Find a column of roles next to a named column of words."""
    for place, (_, cells) in enumerate(rows[:_SEARCHED]):
        if not _is_short(cells):
            continue
        columns = _places(cells)
        if "text" not in columns:
            continue
        for other in range(len(cells)):
            found = set(_column(rows[place + 1 :], other))
            if (
                other not in columns.values()
                and found
                and {_role(cell, named) for cell in found} >= _SIDES
                and all(_role(cell, named) is not Role.UNKNOWN for cell in found)
            ):
                remark = (
                    f"no column is named as the speaker; column {other + 1} has roles in it and "
                    "was taken. If that is wrong, name the right column 'speaker'."
                )
                places = {**columns, "speaker": other}
                return Layout(place + 1, tuple(cells), places, header=place, remark=remark)
    return None


def _with_sides(rows: Sequence[Row], named: Collection[str]) -> Layout | None:
    """Find a column for each speaker, with the role as its name."""
    for place, (_, cells) in enumerate(rows[:_SEARCHED]):
        roles = {i: _role(cell, named) for i, cell in enumerate(cells) if _is_label(cell)}
        sides = tuple(i for i, role in roles.items() if role is not Role.UNKNOWN)
        columns = {k: i for k, i in _places(cells).items() if i not in sides}
        if not set(roles.values()) >= _SIDES or "text" in columns:
            continue
        talk = [cell for i in sides for cell in _column(rows[place + 1 :], i)]
        if talk and _words(talk) >= 2 and not any(map(_is_time, talk)):
            return Layout(place + 1, tuple(cells), columns, sides, place)
    return None


def _is_time(cell: str) -> bool:
    return seconds(cell) is not None


def _without_names(rows: Sequence[Row], named: Collection[str]) -> Layout | None:
    """Find a column of labels and one of words by what stands in them."""
    width = max((len(cells) for _, cells in rows[:_SEEN]), default=0)
    filled = {i: cells for i in range(width) if (cells := _column(rows, i))}
    kinds = {i: _kind(cells) for i, cells in filled.items()}
    rest = [i for i in filled if not kinds[i]]
    if len(rest) != 2 or len(rows) < 2:
        return None
    text, speaker = sorted(rest, key=lambda i: -_words(filled[i]))
    labels = filled[speaker]
    first = rows[0][1][speaker].strip() if speaker < len(rows[0][1]) else ""
    titled = first not in labels[1:] and _role(first, named) is Role.UNKNOWN
    titled = titled and _is_short(rows[0][1])
    counts = Counter(labels[1:] if titled and first else labels)
    roles = {_role(name, named) for name in counts}
    clear = Role.THERAPIST in roles and len(counts) > 1 and all(map(_is_label, counts))
    plain = (
        not titled
        and len(rows) >= _FEWEST_ROWS
        and 2 <= len(counts) <= len(labels) / 2
        and all(map(_is_label, counts))
        and _words(filled[text]) >= _TALK_WORDS
    )
    if not (clear or plain) or len(counts) > len(rows) / 2 + 1:
        return None
    columns = {"speaker": speaker, "text": text}
    if clock := next((i for i, kind in kinds.items() if kind == "time"), None):
        columns["start"] = clock
    elif kinds.get(0) == "time":
        columns["start"] = 0
    remark = (
        f"no column has a name that is known: column {speaker + 1} was taken as the speaker, "
        f"column {text + 1} as the words. If that is wrong, put 'speaker' and 'text' above the "
        "right columns."
    )
    names = tuple(rows[0][1]) if titled else ()
    return Layout(int(titled), names, columns, header=0 if titled else None, remark=remark)


def _kind(cells: Sequence[str]) -> str:
    """Say what a column holds if it is neither names nor words; its first cell may be a title."""
    body = cells[1:] or cells
    if all(cell.rstrip(".").isdigit() for cell in body):
        return "number"
    return "time" if all(_is_time(cell) or is_no_time(cell) for cell in body) else ""
