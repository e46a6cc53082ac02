"""Which column of a table is which field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from tsd.readers.tables.columns_patterns import NAMES, UNITS

# "start_ms", "start sec"; "Start (ms)", "Start [h:mm:ss]"
_UNIT_BEHIND = re.compile(rf"_({'|'.join(UNITS)})")
_UNIT_IN_BRACKETS = re.compile(
    rf"[\[(]\s*(?:({'|'.join(UNITS)})|h*:?m+:s+(?:[.,:][a-z0]+)?)\s*[\])]"
)
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s.\-/]+")
_LONGEST = 200  # characters; a longer name is words


def _plain(name: str) -> tuple[str, float | None]:
    """Return a name as the lists spell it, and the unit of time behind it, in seconds."""
    name = _HUMP.sub("_", name.strip().lstrip("\ufeff")[:_LONGEST]).lower().rstrip(": ")
    opening = max(name.rfind("("), name.rfind("["))
    if opening > 0 and (unit := _UNIT_IN_BRACKETS.fullmatch(name[opening:])):
        plain = _BETWEEN.sub("_", name[:opening].strip())
        return plain, UNITS[unit[1]] if unit[1] else None
    plain = _BETWEEN.sub("_", name).strip("_")
    behind = plain.rfind("_")
    if behind > 0 and (unit := _UNIT_BEHIND.fullmatch(plain[behind:])):
        return plain[:behind], UNITS[unit[1]]
    return plain, None


def unit_of(name: str) -> float | None:
    """Return the unit that a column's name gives, in seconds; None if it gives none.

    >>> unit_of("Start (ms)"), unit_of("end_sec"), unit_of("Time")
    (0.001, 1.0, None)
    """
    return _plain(name)[1]


def find_columns(names: Iterable[str], wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Find the column of each wanted field: the first of the field's names that is still free.

    >>> find_columns(["Session-ID", "Start Time (s)"], NAMES)
    {'session_id': 'Session-ID', 'start': 'Start Time (s)'}
    """
    free: dict[str, str] = {}
    for name in names:
        free.setdefault(_plain(name)[0], name)
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
    if "text" not in found:
        # No other column has the words, so `transcript` does, and is not the session.
        session_names = [name for name in NAMES["session_id"] if name not in NAMES["text"]]
        found = find_columns(names, {**NAMES, "session_id": session_names})
    if "duration" in found and "start" not in found and _plain(found.get("end", ""))[0] == "offset":
        found["start"] = found.pop("end")  # where it begins, if its length stands next to it
    return found


def may_hold_words(name: str) -> bool:
    """Whether a column that was found for another field could hold the words as well.

    >>> may_hold_words("Utterance"), may_hold_words("turn")
    (True, False)
    """
    return _plain(name)[0] in NAMES["text"]


def missing_columns(names: Collection[str]) -> str | None:
    """Describe which columns are missing; None if a table has the words and their speaker."""
    found = map_columns(names)
    missing = []
    if "text" not in found:
        missing.append(f"the words (such as {', '.join(map(repr, NAMES['text'][:3]))})")
    if "speaker" not in found and "role" not in found:
        missing.append(f"the speaker (such as {', '.join(map(repr, NAMES['speaker'][:4]))})")
    if not missing:
        return None
    roles = (
        " If it is a table of roles, give it with --roles."
        if {"speaker", "role"} <= {*found}
        else ""
    )
    return f"no column for {' or '.join(missing)}; {shown_names(names)}{roles}"


def shown_names(names: Collection[str]) -> str:
    """List the columns, unless they look like spoken words."""
    names = [name for name in names if name.strip()]
    if any(
        len(name.split()) > 3 or len(name) > 40 or name.endswith((".", "?", "!")) for name in names
    ):
        return f"the first row has {len(names)} fields. Put a row with the column names above it."
    return f"the columns are {', '.join(map(repr, names))}. Rename a column."
