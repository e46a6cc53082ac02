"""Which column of a table is which field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from tsd.readers.tables.columns_patterns import NAMES

# Units in which times can be read; milliseconds are not among them.
_UNIT = re.compile(r"[\[(](?:s|sec|secs|seconds|h*:?m+:s+(?:[.,]m+)?)[\])]$")


def find_columns(names: Iterable[str], wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Find the column of each wanted field: the first of the field's names that is still free.

    >>> find_columns(["Session-ID", "Start Time (s)"], NAMES)
    {'session_id': 'Session-ID', 'start': 'Start Time (s)'}
    """
    free: dict[str, str] = {}
    for name in names:
        without_unit = _UNIT.sub("", name.strip().lower().lstrip("\ufeff")).strip()
        free.setdefault(re.sub(r"[\s.\-/]+", "_", without_unit), name)
    found = {}
    for field, aliases in wanted.items():
        if alias := next((each for each in aliases if each in free), None):
            found[field] = free.pop(alias)
    return found


def map_columns(names: Collection[str]) -> dict[str, str]:
    """Find the column of each field of an utterance.

    Examples
    --------
    >>> map_columns(["transcript_id", "interlocutor", "utterance_text", "timestamp"])
    {'session_id': 'transcript_id', 'speaker': 'interlocutor', 'text': 'utterance_text',
     'start': 'timestamp'}
    >>> map_columns(["session", "turn", "speaker", "utterance"])["text"]
    'utterance'
    """
    found = find_columns(names, NAMES)
    if "text" in found:
        return found
    # No other column has the words, so `transcript` does, and is not the session.
    session_names = [name for name in NAMES["session_id"] if name not in NAMES["text"]]
    return find_columns(names, {**NAMES, "session_id": session_names})


def missing_columns(names: Collection[str]) -> str | None:
    """Describe which columns are missing; None if a table has the words and their speaker."""
    found = map_columns(names)
    missing = []
    if "text" not in found:
        missing.append(f"the words (such as {', '.join(map(repr, NAMES['text'][:3]))})")
    if "speaker" not in found and "role" not in found:
        missing.append(f"the speaker (such as {', '.join(map(repr, NAMES['speaker'][:4]))})")
    return f"no column for {' or '.join(missing)}; {shown_names(names)}" if missing else None


def shown_names(names: Collection[str]) -> str:
    """List the columns, unless they look like spoken words."""
    if any(
        len(name.split()) > 3 or len(name) > 40 or name.endswith((".", "?", "!")) for name in names
    ):
        return f"the first row has {len(names)} fields. Put a row with the column names above it."
    return f"the columns are {', '.join(map(repr, names))}. Rename a column."
