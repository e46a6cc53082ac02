"""Files that are not read: how to make one that is."""

from __future__ import annotations

from tsd.readers import other_files_patterns as patterns
from tsd.readers.source import Source

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITH_PASSWORD = (".docx", ".docm", ".xlsx", ".xlsm")
_SEEN = 200  # bytes, in which a LibreOffice file says what it is


def advice_by_content(source: Source) -> str | None:
    """Return what a file is that cannot be read, and what to do; None if its content may be talk.

    >>> advice_by_content(Source("notes.txt", b"%PDF-1.7 ..."))[:8]
    'is a PDF'
    """
    start = source.data[:_SEEN]
    for mark, kind in patterns.BEGINNINGS:
        if start.startswith(mark):
            return patterns.ADVICE[kind]
    if start.startswith(_OLD_OFFICE):
        # Files with a password begin in the same way.
        kind = patterns.SUFFIXES.get(source.suffix, "")
        if source.suffix in _WITH_PASSWORD:
            return (
                "has a password, or is of an old version of Office. Open it, and save a copy "
                f"without a password as {source.suffix[:-1]}x."
            )
        return patterns.ADVICE[kind if kind in ("word", "excel") else "word"]
    if start.startswith(b"PK\3\4"):
        return next(
            (patterns.ADVICE[k] for mark, k in patterns.OPEN_DOCUMENT if mark in start), None
        )
    return None


def advice_by_name(suffix: str) -> str | None:
    """Return what to do with a file whose name ends in a certain way, if that is known.

    >>> advice_by_name(".doc")[:20]
    'is a Word document o'
    """
    kind = patterns.SUFFIXES.get(suffix)
    return None if kind is None else patterns.ADVICE[kind]
