"""What would be read, and how: for people to check before they analyze."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tsd.batch.inputs import find_files
from tsd.batch.reading import read_each, unmatched_names
from tsd.readers.records import FileFacts
from tsd.readers.role_table import read_role_table
from tsd.readers.roles import plain_name
from tsd.schema import Problem, Severity
from tsd.settings import Reading


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was recognized in files, without a word of what was said.

    Parameters
    ----------
    files : list of FileFacts
        The files that were read, in the order in which `analyze_corpus` reads them.
    problems : list of Problem
        What the user must know; errors are about what could not be read.
    """

    files: list[FileFacts]
    problems: list[Problem]

    @property
    def failed(self) -> bool:
        """Whether something could not be read, or not well enough to be measured."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values that JSON has."""
        files = [asdict(each) for each in self.files]
        for file in files:
            for session in file["sessions"]:
                for speaker in session["speakers"]:  # what a reader took for a name may be words
                    speaker["name"] = plain_name(speaker["name"])
        return {"files": files, "problems": [asdict(each) for each in self.problems]}


def inspect(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    reading: Reading | None = None,
    leave_out: Sequence[str] = (),
) -> Inspection:
    r"""Read files, folders and glob patterns, and say what was recognized in them.

    Parameters
    ----------
    paths : path-like or sequence of path-like
        What to read.
    reading : Reading, optional
        For the format and the roles of the speakers.
    leave_out : sequence of str
        Files that are not transcripts, such as the table of metadata.

    Returns
    -------
    Inspection

    Raises
    ------
    ReadError
        If the table of roles cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "demo.txt"
    ...     _ = path.write_text("Therapist: Come in.\nAnna: Thanks.\n")
    ...     (file,) = inspect(path).files
    >>> file.format, [(s.name, str(s.role), s.reason) for s in file.sessions[0].speakers]
    ('text', [('Therapist', 'therapist', 'its name'), ('Anna', 'client', 'by elimination')])
    """
    reading = reading or Reading()
    table = None if reading.roles is None else read_role_table(reading.roles)
    files, problems = find_files(paths, leave_out)
    found = []
    for _, result in read_each(files, reading, problems, table=table):
        found += result.files
        problems += result.problems
    speakers = [[each.name for each in facts.speakers] for file in found for facts in file.sessions]
    if speakers:
        problems += unmatched_names(speakers, reading)
    return Inspection(found, problems)
