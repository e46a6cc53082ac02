"""Reading the files of a run: session names become unique, and one bad file stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tsd.batch.inputs import find_files
from tsd.errors import AnnotationError, MissingExtraError, ReadError
from tsd.files import printable
from tsd.readers import ReadResult, read_file
from tsd.readers.identifiers.look import Identifiers
from tsd.readers.identifiers.totals import totals
from tsd.readers.log import as_problem
from tsd.readers.role_table import RoleTable, read_role_table
from tsd.readers.roles import meant_names, shown_name
from tsd.schema import Label, Problem, Role, Session, Severity
from tsd.settings import Reading, Settings


def read_each(
    files: Sequence[str],
    reading: Reading,
    problems: list[Problem],
    *,
    table: RoleTable | None,
    labels_needed: bool = False,
) -> Iterator[tuple[str, ReadResult]]:
    """Yield each file with what was read from it; one that cannot be read is a problem.

    `table` is what `reading.roles` holds. When all files are read, `problems` has its rows that
    are about nobody.
    """
    sessions: list[Session] = []
    for file in files:
        try:
            found = read_file(file, reading, labels_needed=labels_needed, table=table)
        except (ReadError, MissingExtraError) as error:
            problems.append(as_problem(error, printable(file)))
            continue
        except Exception as error:  # a bug in a reader must not stop the other files
            problems.append(
                Problem(f"could not be read ({type(error).__name__}).", path=printable(file))
            )
            continue
        if table is not None:
            sessions += found.sessions
        yield file, found
    if table is not None:
        problems += (*table.problems, *table.unmatched(sessions, whole_run=True))


def read_all(
    files: Sequence[str], settings: Settings, problems: list[Problem], table: RoleTable | None
) -> tuple[list[Session], list[dict[str, Any]], dict[str, Any]]:
    """Read all files; return the sessions, and what ``run.json`` says of files and identifiers.

    Session ids become unique. If labels are measured, sessions without labels are left out.
    `table` is what `settings.reading.roles` holds.
    """
    sessions: list[Session] = []
    inputs: list[dict[str, Any]] = []
    identifiers: list[Identifiers] = []
    taken: set[str] = set()
    use_labels = settings.finding.use_labels
    for file, found in read_each(
        files, settings.reading, problems, table=table, labels_needed=use_labels
    ):
        inputs.append(
            {
                "path": printable(file),
                "sha256": found.sha256,
                "sessions": len(found.sessions),
                "utterances": sum(map(len, found.sessions)),
            }
        )
        identifiers += [each.identifiers for facts in found.files for each in facts.sessions]
        names: dict[tuple[str, str], str] = {}  # by the file, which can be in an archive
        broken = {(p.path, p.session_id) for p in found.problems if p.severity is Severity.ERROR}
        for each in found.sessions:
            session = _renamed(each, taken, problems)
            taken.add(session.session_id)
            names[each.source, each.session_id] = session.session_id
            if not use_labels or (
                (each.source, each.session_id) not in broken and _has_labels(session, problems)
            ):
                sessions.append(session)
        problems += [
            replace(p, session_id=names.get((p.path, p.session_id), p.session_id))
            for p in found.problems
        ]
    problems += unmatched_names(
        [{u.speaker: None for u in s.utterances} for s in sessions], settings.reading
    )
    return sessions, inputs, totals(identifiers)


def unmatched_names(by_session: Sequence[Iterable[str]], reading: Reading) -> list[Problem]:
    """Report names in the options that no speaker has; `by_session` are the speakers."""
    seen = list(dict.fromkeys(speaker for speakers in by_session for speaker in speakers))
    return [
        Problem(
            f"--{option} {name!r} is not a speaker in any session; the speakers are "
            f"{', '.join(map(shown_name, seen[:8]))}. Correct the name.",
            Severity.WARNING,
        )
        for option in ("therapist", "client")
        for name in getattr(reading, option)
        if not any(meant_names([name], speakers) for speakers in by_session)
    ]


def _renamed(session: Session, taken: set[str], problems: list[Problem]) -> Session:
    """Give a session another id if another file has used it."""
    if session.session_id not in taken:
        return session
    source = Path(session.source)
    above = source.parent.name if source.stem == session.session_id else source.stem
    name, number = f"{above}/{session.session_id}", 2
    while name in taken:
        name, number = f"{above}/{session.session_id}/{number}", number + 1
    problems.append(
        Problem(
            f"another file has a session with this name; this one is now called {name!r}.",
            Severity.NOTE,
            session.source,
            session_id=session.session_id,
        )
    )
    return replace(session, session_id=name)


def _has_labels(session: Session, problems: list[Problem]) -> bool:
    """Whether a session has a label; report therapist utterances without a clear one."""
    labels = [u.label for u in session.utterances if u.role is Role.THERAPIST]
    empty, ambiguous = labels.count(None), labels.count(Label.AMBIGUOUS)
    if empty == len(labels):
        problems.append(
            Problem(
                "no therapist utterance has a label, which --use-labels needs; the session is left "
                "out. Expected a column 'label' with none or a type.",
                path=session.source,
                session_id=session.session_id,
            )
        )
        return False
    if empty or ambiguous:
        problems.append(
            Problem(
                f"therapist utterances that count as no disclosure: {empty} without a label, "
                f"{ambiguous} ambiguous.",
                Severity.NOTE,
                session.source,
                session_id=session.session_id,
            )
        )
    return True


def read_annotated(
    paths: Sequence[str | os.PathLike[str]],
    reading: Reading | None = None,
    report: Callable[[Problem], None] | None = None,
) -> list[Session]:
    """Read transcripts with a column ``label``, all or none; `report` gets warnings and notes.

    Raises
    ------
    ReadError, AnnotationError
        If a file or a label cannot be read: half of the data taken for all of it would be worse
        than none.
    """
    files, problems = find_files(paths)
    sessions: list[Session] = []
    roles = None if reading is None else reading.roles
    table = None if roles is None else read_role_table(roles)
    for file in files:
        found = read_file(file, reading, labels_needed=True, table=table)
        sessions += found.sessions
        problems += found.problems
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise AnnotationError(str(problem))
        if report is not None:
            report(problem)
    return sessions
