"""Which files a run reads."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from tsd.batch.folder import FORMATS, RUN_FILE
from tsd.readers import known_suffixes
from tsd.readers.archives import DESCRIBED
from tsd.readers.other_files import advice_by_name
from tsd.readers.tables.convokit import companions
from tsd.schema import Problem, Severity


def find_files(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    leave_out: Collection[str] = (),
) -> tuple[list[str], list[Problem]]:
    """Find the transcripts among files, folders and glob patterns.

    Folders are searched with all their subfolders, in alphabetical order; hidden files and the
    results of earlier runs are skipped. A file named twice is read once.

    Parameters
    ----------
    paths : path-like or sequence of path-like
        As the user gave them.
    leave_out : collection of str
        Files that are not transcripts, such as the table of metadata.

    Returns
    -------
    files : list of str
        The files to read, as paths that begin as the user's.
    problems : list of Problem
        Paths that do not exist (errors), and files of other kinds in folders (warnings).
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    left_out = set(map(os.path.realpath, leave_out))
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    for path in (os.fspath(each) for each in several):
        found = [path] if os.path.exists(path) else _matching(path)
        if not found:
            problems.append(Problem("no such file or folder.", path=path))
        for each in found:
            for file in _transcripts(each, problems) if os.path.isdir(each) else [each]:
                if os.path.realpath(file) not in left_out:
                    files.setdefault(os.path.realpath(file), file)
    return list(files.values()), problems


def _matching(pattern: str) -> list[str]:
    return [
        path
        for path in sorted(glob.glob(pattern, recursive=True))
        if not _is_result(os.path.dirname(path) or ".")
    ]


def _is_result(folder: str) -> bool:
    """Whether an earlier run has written to a folder."""
    return os.path.exists(os.path.join(folder, RUN_FILE)) and any(
        os.path.exists(os.path.join(folder, f"sessions.{suffix}")) for suffix in FORMATS
    )


def _transcripts(folder: str, problems: list[Problem]) -> list[str]:
    """Search a folder, and report what in it cannot be read."""
    files: list[str] = []
    others: Counter[str] = Counter()

    def unreadable(error: OSError) -> None:
        problems.append(Problem("this folder cannot be opened.", path=str(error.filename)))

    for here, folders, names in os.walk(Path(folder), onerror=unreadable):
        if _is_result(here):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        described = companions(names)
        if described:
            problems.append(Problem(DESCRIBED.format(n=len(described)), Severity.NOTE, here))
        for name in sorted(set(names) - described):
            suffix = Path(name).suffix.lower()
            if name.startswith((".", "~$")):
                continue
            if suffix in known_suffixes():
                files.append(os.path.join(here, name))
            elif suffix != ".md":
                others[suffix] += 1
    for suffix, n in sorted(others.items()):
        if advice := advice_by_name(suffix):
            many = f"{n} files that end" if n > 1 else "1 file that ends"
            message = f"skipped {many} in {suffix}: each {advice}"
            problems.append(Problem(message, Severity.WARNING, folder))
            del others[suffix]
    if others:
        kinds = ", ".join(f"{suffix or 'no suffix'} ({n})" for suffix, n in sorted(others.items()))
        message = (
            f"skipped files of other kinds: {kinds}. Save them as text or as a table to have them "
            "read."
        )
        problems.append(Problem(message, Severity.WARNING, folder))
    if not files:
        expected = ", ".join(known_suffixes())
        message = f"contains no transcripts; expected files that end in {expected}."
        problems.append(Problem(message, path=folder))
    return files
