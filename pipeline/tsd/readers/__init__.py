"""From files to sessions.

Each format is a `Format` in a module of its own; `tsd.readers.formats` chooses among them.
Roles, times and labels are interpreted in one place for all formats.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from tsd.errors import ReadError
from tsd.files import printable
from tsd.readers.assemble import assemble
from tsd.readers.formats import FORMATS, known_suffixes, read_records
from tsd.readers.records import Format, ProblemLog, ReadResult
from tsd.schema import Session, Severity
from tsd.settings import Reading

__all__ = [
    "FORMATS",
    "Format",
    "ReadResult",
    "known_suffixes",
    "read",
    "read_file",
    "read_sessions",
]


def read_file(
    path: str | os.PathLike[str], reading: Reading | None = None, *, labels_needed: bool = False
) -> ReadResult:
    """Read every session of a file, with the problems as data.

    Parameters
    ----------
    path : path-like
        A file in one of the `FORMATS`, or of a plug-in. The content decides which, then the
        suffix.
    reading : Reading, optional
        For the roles of the speakers.
    labels_needed : bool, default False
        Whether a label that cannot be read is an error, not a warning.

    Raises
    ------
    ReadError
        If the file as a whole cannot be read.
    """
    reading = reading or Reading()
    file = Path(path)
    if file.is_dir():
        raise ReadError(path, "is a folder. Name a file in it, or use tsd.analyze_corpus.")
    log = ProblemLog(printable(path))
    records = read_records(file, reading, log)
    sessions = assemble(records, file, reading, log, labels_needed=labels_needed)
    if not sessions:
        log.add("has no utterances. Expected words and their speaker in each row or turn.")
    return ReadResult(sessions, log.problems)


def read_sessions(path: str | os.PathLike[str], reading: Reading | None = None) -> list[Session]:
    r"""Read all sessions of a file.

    Errors and warnings about the file become Python warnings; `tsd.readers.read_file` returns
    them as data.

    Parameters
    ----------
    path : path-like
        A transcript: CSV, TSV, JSON Lines or labeled text.
    reading : Reading, optional
        For the roles of the speakers.

    Returns
    -------
    list of Session
        In the order of the file.

    Raises
    ------
    ReadError
        If the file as a whole cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "demo.csv"
    ...     _ = path.write_text("session,speaker,text\n1,T,Come in.\n1,C,Thanks.\n2,T,Hello.\n")
    ...     sessions = read_sessions(path)
    >>> [(session.session_id, len(session)) for session in sessions]
    [('1', 2), ('2', 1)]
    """
    found = read_file(path, reading)
    for problem in found.problems:
        if problem.severity is not Severity.NOTE:
            warnings.warn(str(problem), stacklevel=2)
    return found.sessions


def read(path: str | os.PathLike[str], reading: Reading | None = None) -> Session:
    r"""Read the one session of a file.

    Parameters
    ----------
    path, reading
        As for `read_sessions`.

    Returns
    -------
    Session

    Raises
    ------
    ReadError
        If the file cannot be read, or does not have exactly one session.

    Examples
    --------
    If the names do not show the roles, say who is who.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "demo.txt"
    ...     _ = path.write_text("Anna: Come in.\nBen: Thanks.\n")
    ...     session = read(path, Reading(therapist=("Anna",), client=("Ben",)))
    >>> [(u.role.value, u.text) for u in session.utterances]
    [('therapist', 'Come in.'), ('client', 'Thanks.')]
    """
    sessions = read_sessions(path, reading)
    if len(sessions) != 1:
        raise ReadError(path, f"has {len(sessions)} sessions; expected one. Use tsd.read_sessions.")
    return sessions[0]
