"""From files to sessions.

Each format is a `Format` in a module of its own; `tsd.readers.registry` chooses among them.
Roles, times and labels are interpreted in one place for all formats.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from tsd.errors import MissingExtraError, ReadError
from tsd.readers.archives import SUFFIX, is_archive, members
from tsd.readers.assemble import assemble
from tsd.readers.identifiers.check import check_identifiers
from tsd.readers.log import NotTalk, ProblemLog, as_problem
from tsd.readers.records import FileFacts, Format, ReadResult, Record, SessionFacts
from tsd.readers.registry import FORMATS, choose, read_records
from tsd.readers.registry import known_suffixes as _format_suffixes
from tsd.readers.role_table import RoleTable, read_role_table
from tsd.readers.source import Source
from tsd.schema import Problem, Session, Severity
from tsd.settings import Reading

__all__ = [
    "FORMATS",
    "FileFacts",
    "Format",
    "NotTalk",
    "ProblemLog",
    "ReadResult",
    "Record",
    "SessionFacts",
    "Source",
    "known_suffixes",
    "read",
    "read_file",
    "read_sessions",
]


def known_suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that a folder is searched for."""
    return (*_format_suffixes(), SUFFIX)


def read_file(
    path: str | os.PathLike[str],
    reading: Reading | None = None,
    *,
    labels_needed: bool = False,
    table: RoleTable | None = None,
) -> ReadResult:
    """Read every session of a file, with the problems as data.

    Parameters
    ----------
    path : path-like
        A file in one of the `FORMATS`, or of a plug-in, or a zip archive of such files. The
        content decides which, then the suffix.
    reading : Reading, optional
        For the format and the roles of the speakers.
    labels_needed : bool, default False
        Whether a label that cannot be read is an error, not a warning.
    table : RoleTable, optional
        What `reading.roles` holds, if it was read before, as for many files.

    Raises
    ------
    ReadError
        If the file as a whole cannot be read. In an archive, a file that cannot be read is one of
        the problems.
    MissingExtraError
        If the format needs a package that is not installed.
    """
    reading = reading or Reading()
    if Path(path).is_dir():
        raise ReadError(path, "is a folder. Name a file in it, or use tsd.analyze_corpus.")
    own = read_role_table(reading.roles) if reading.roles is not None and table is None else None
    source = Source.of(path)
    read_one = partial(
        _read_source, reading=reading, labels_needed=labels_needed, table=table or own
    )
    found = _read_archive(source, read_one) if is_archive(source) else read_one(source)
    if own is not None:
        found.problems.extend((*own.problems, *own.unmatched(found.sessions, whole_run=False)))
    return replace(found, sha256=source.sha256)


def _read_source(
    source: Source, reading: Reading, labels_needed: bool, table: RoleTable | None
) -> ReadResult:
    log = ProblemLog(source.path)
    named = reading if table is None else table.with_names(reading, source.path)
    chosen = choose(source, named, log)
    records = read_records(chosen, source, named, log)
    sessions, facts = assemble(
        records,
        source,
        reading,
        log,
        labels_needed=labels_needed,
        cues=chosen.cues,
        table=table,
    )
    sessions, facts = check_identifiers(sessions, facts, reading, log)
    if not facts:
        log.add("has no utterances. Expected words and their speaker in each row or turn.")
    about = FileFacts(source.path, chosen.name, source.encoding, log.left_out, tuple(facts))
    return ReadResult(sessions, log.problems, [about])


def _read_archive(archive: Source, read_one: Callable[[Source], ReadResult]) -> ReadResult:
    """Read the files of an archive; one that cannot be read is a problem, and the others go on."""
    found = [_read_member(each, read_one) for each in members(archive)]
    if not any(facts.sessions for each in found for facts in each.files):
        first = next((p for each in found for p in each.problems), None)
        reason = "it is empty" if first is None else f"{first.path}: {first.message}"
        raise ReadError(archive.path, f"has no transcript in it: {reason}")
    sessions = [session for each in found for session in each.sessions]
    problems = [problem for each in found for problem in each.problems]
    return ReadResult(sessions, problems, [facts for each in found for facts in each.files])


def _read_member(
    member: Source | ReadError | Problem, read_one: Callable[[Source], ReadResult]
) -> ReadResult:
    if isinstance(member, Problem):
        return ReadResult([], [member])
    if isinstance(member, ReadError):
        return ReadResult([], [as_problem(member, member.path)])
    try:
        return read_one(member)
    except (ReadError, MissingExtraError) as error:
        return ReadResult([], [as_problem(error, member.path)])


def read_sessions(path: str | os.PathLike[str], reading: Reading | None = None) -> list[Session]:
    r"""Read all sessions of a file.

    Errors and warnings about the file become Python warnings; `tsd.readers.read_file` returns
    them as data.

    Parameters
    ----------
    path : path-like
        A transcript in any format that `tsd inspect` knows, or a zip archive of transcripts.
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
    _warn(found.problems)
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
    found = read_file(path, reading)
    errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
    if errors and not found.sessions:
        raise ReadError(path, errors[0].message, line=errors[0].line)
    _warn(found.problems)
    sessions = found.sessions
    if len(sessions) != 1:
        raise ReadError(path, f"has {len(sessions)} sessions; expected one. Use tsd.read_sessions.")
    return sessions[0]


def _warn(problems: Sequence[Problem]) -> None:
    """Make Python warnings of problems, at the place that called the function that read them."""
    for problem in problems:
        if problem.severity is not Severity.NOTE:
            warnings.warn(str(problem), stacklevel=3)
