"""Which column of a table is which field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tsd.readers.columns_patterns import NAMES

FIELDS: tuple[str, ...] = tuple(NAMES)
"""The fields of an utterance that a table can have, under the project's own names."""

# The order in which fields take their columns: `utterance` holds the words if no other column
# does, and the number of the turn otherwise.
_ORDER = (
    "session_id",
    "speaker",
    "text",
    *(f for f in FIELDS if f not in ("session_id", "speaker", "text")),
)
_SHARED = {"utterance": "utterance_id", "transcript": "session_id"}


# Units in which times can be read; milliseconds are not among them.
_UNIT = re.compile(r"[\[(](?:s|sec|secs|seconds|h*:?m+:s+(?:[.,]m+)?)[\])]$")


def column_key(name: str) -> str:
    """Return the name of a column as it is spelled in `NAMES`.

    >>> column_key("Start Time (s)"), column_key("Session-ID")
    ('start_time', 'session_id')
    """
    without_unit = _UNIT.sub("", name.strip().lower().lstrip("\ufeff"))
    return re.sub(r"[\s.\-/]+", "_", without_unit.strip())


def map_columns(names: Iterable[str]) -> dict[str, str]:
    """Find the column of each field.

    Parameters
    ----------
    names : iterable of str
        The columns of a table.

    Returns
    -------
    dict
        Field to column, for the fields that were found.

    Examples
    --------
    >>> map_columns(["transcript_id", "interlocutor", "utterance_text", "timestamp"])
    {'session_id': 'transcript_id', 'speaker': 'interlocutor', 'text': 'utterance_text',
     'start': 'timestamp'}
    >>> map_columns(["session", "turn", "speaker", "utterance"])["text"]
    'utterance'
    """
    free: dict[str, str] = {}
    for name in names:
        free.setdefault(column_key(name), name)
    found: dict[str, str] = {}
    for field in _ORDER:
        for alias in NAMES[field]:
            if alias in free and not _belongs_elsewhere(field, alias, free):
                found[field] = free.pop(alias)
                break
    return found


def _belongs_elsewhere(field: str, alias: str, free: Collection[str]) -> bool:
    """Check whether `transcript` must be the words here, because no other column is."""
    if _SHARED.get(alias) != field:
        return False
    return field == "session_id" and not any(
        name in free for name in NAMES["text"] if name != alias
    )


def missing_columns(found: dict[str, str], names: Iterable[str]) -> str | None:
    """Describe the required columns that a table lacks.

    Parameters
    ----------
    found : dict
        What `map_columns` found.
    names : iterable of str
        The columns of the table, for the message.

    Returns
    -------
    str or None
        The message; None if the table has the words and their speaker.
    """
    lacking = []
    if "text" not in found:
        lacking.append(f"the words (such as {', '.join(map(repr, NAMES['text'][:3]))})")
    if "speaker" not in found and "role" not in found:
        lacking.append(f"the speaker (such as {', '.join(map(repr, NAMES['speaker'][:4]))})")
    if not lacking:
        return None
    return f"no column for {' or '.join(lacking)}; {shown_names(list(map(str, names)))}"


def shown_names(names: list[str]) -> str:
    """List the columns, unless they look like spoken words."""
    if any(
        len(name.split()) > 3 or len(name) > 40 or name.endswith((".", "?", "!")) for name in names
    ):
        return f"the first row has {len(names)} fields. Put a row with the column names above it."
    return f"the columns are {', '.join(map(repr, names))}. Rename a column."
