"""From files to sessions.

A format is a module with a function ``read_records`` (see `tsd.readers.records.Format`) and a
line in `FORMATS`. Roles, times and labels are interpreted in one place for all formats.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import cast

from tsd.errors import ReadError
from tsd.readers.assemble import assemble
from tsd.readers.files import printable
from tsd.readers.records import Format, ProblemLog, Reading
from tsd.schema import Severity
from tsd.settings import Settings

__all__ = ["FORMATS", "Reading", "printable", "read_sessions"]

FORMATS: dict[str, str] = {
    ".csv": "tsd.readers.tabular",
    ".tsv": "tsd.readers.tabular",
    ".jsonl": "tsd.readers.tabular",
    ".ndjson": "tsd.readers.tabular",
    ".txt": "tsd.readers.text",
}
"""File suffix to the module that reads it."""


def read_sessions(path: str | os.PathLike[str], settings: Settings | None = None) -> Reading:
    r"""Read every session of a file.

    Parameters
    ----------
    path : path-like
        A file in one of the `FORMATS`, told by its suffix.
    settings : Settings, optional
        For the roles of the speakers.

    Returns
    -------
    Reading
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
    ...     reading = read_sessions(file)
    >>> [u.role.value for u in reading.sessions[0].utterances]
    ['therapist', 'client']
    """
    settings = settings or Settings()
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
    sessions = assemble(reader.read_records(file, settings, log), file, settings, log)
    if not sessions:
        log.add("holds no utterances.", Severity.ERROR)
    return Reading(sessions, log.problems)
