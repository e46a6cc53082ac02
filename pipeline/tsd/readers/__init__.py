"""From files to sessions.

A format is a module with a function ``read_records`` (see `tsd.readers.records.Format`) and a
line in `FORMATS`. Roles, times and labels are interpreted in one place for all formats.
"""

from __future__ import annotations

import os
import warnings
from importlib import import_module
from pathlib import Path
from typing import cast

from tsd.errors import ReadError
from tsd.readers.assemble import assemble
from tsd.readers.decoding import printable
from tsd.readers.records import Format, ProblemLog, ReadResult
from tsd.schema import Session, Severity
from tsd.settings import Reading

__all__ = ["FORMATS", "ReadResult", "printable", "read", "read_file", "read_sessions"]

FORMATS: dict[str, str] = {
    ".csv": "tsd.readers.tabular",
    ".tsv": "tsd.readers.tabular",
    ".jsonl": "tsd.readers.tabular",
    ".ndjson": "tsd.readers.tabular",
    ".txt": "tsd.readers.text",
}
"""File suffix to the module that reads it."""


def known_suffixes() -> tuple[str, ...]:
    """Return the suffixes of files that a folder is searched for."""
    return tuple(FORMATS)


def read_file(
    path: str | os.PathLike[str], reading: Reading | None = None, *, labels_needed: bool = False
) -> ReadResult:
    r"""Read every session of a file, with the problems as data.

    Parameters
    ----------
    path : path-like
        A file in one of the `FORMATS`, told by its suffix.
    reading : Reading, optional
        For the roles of the speakers.
    labels_needed : bool, default False
        Whether a label that cannot be read is an error, not a warning.

    Returns
    -------
    ReadResult
        The sessions, and the problems that did not prevent reading.

    Raises
    ------
    ReadError
        If the file as a whole cannot be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "demo.txt"
    ...     _ = file.write_text("T: Come in.\nC: Thanks.\n")
    ...     found = read_file(file)
    >>> [u.role.value for u in found.sessions[0].utterances]
    ['therapist', 'client']
    """
    reading = reading or Reading()
    file = Path(path)
    name = FORMATS.get(file.suffix.lower())
    if file.is_dir():
        raise ReadError(path, "is a folder. Use tsd.analyze_corpus, or name a file in it.")
    if name is None:
        raise ReadError(
            path, f"files that end in {file.suffix!r} are not read; expected {', '.join(FORMATS)}."
        )
    log = ProblemLog(printable(path))
    reader = cast("Format", import_module(name))
    records = reader.read_records(file, reading, log)
    sessions = assemble(records, file, reading, log, labels_needed=labels_needed)
    if not sessions:
        log.add("holds no utterances.", Severity.ERROR)
    return ReadResult(sessions, log.problems)


def read_sessions(path: str | os.PathLike[str], reading: Reading | None = None) -> list[Session]:
    """Read all sessions of a file.

    Problems that are errors or warnings are given as Python warnings; `tsd.readers.read_file`
    gives them as data.

    Parameters
    ----------
    path : path-like
        A transcript: CSV, TSV, JSON Lines or labelled text.
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
    """
    found = read_file(path, reading)
    for problem in found.problems:
        if problem.severity is not Severity.NOTE:
            warnings.warn(str(problem), stacklevel=2)
    return found.sessions


def read(path: str | os.PathLike[str], reading: Reading | None = None) -> Session:
    """Read the one session of a file.

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
        If the file cannot be read, or does not hold exactly one session.

    Examples
    --------
    Where the names do not tell the roles, say who is who::

        tsd.read("session.txt", tsd.Reading(therapist=("Anna",), client=("Ben",)))
    """
    sessions = read_sessions(path, reading)
    if len(sessions) != 1:
        raise ReadError(path, f"holds {len(sessions)} sessions; use tsd.read_sessions.")
    return sessions[0]
