"""Which files a run reads."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tsd.batch.companions import companion_files
from tsd.batch.folder import FORMATS, RUN_FILE
from tsd.readers import known_suffixes
from tsd.schema import Problem, Severity
from tsd.settings import Settings


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads.

    Parameters
    ----------
    files : list of str
        The transcripts, as paths that begin as the user's.
    problems : list of Problem
        Paths that lead nowhere (errors), and files of other kinds in folders (warnings).
    """

    files: list[str]
    problems: list[Problem]


def find_inputs(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]], settings: Settings
) -> Inputs:
    """Find the transcripts of a run; see `find_files`.

    Parameters
    ----------
    paths : path-like or sequence of path-like
        As the user gave them.
    settings : Settings
        The files that they name are no transcripts.

    Returns
    -------
    Inputs
    """
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    return Inputs(*find_files(several, companion_files(settings)))


def find_files(
    paths: Sequence[str | os.PathLike[str]], leave_out: Collection[str] = ()
) -> tuple[list[str], list[Problem]]:
    """Find the transcripts among files, folders and glob patterns.

    Folders are searched to the bottom, in the order of the alphabet; hidden files and the
    outputs of earlier runs are passed over. A file named twice is read once.

    Parameters
    ----------
    paths : sequence of path-like
        As the user gave them.
    leave_out : collection of str
        Files that are no transcripts, such as the table of metadata.

    Returns
    -------
    files : list of str
        The files to read, as paths that begin as the user's.
    problems : list of Problem
        Paths that lead nowhere (errors), and files of other kinds in folders (warnings).
    """
    files: dict[str, str] = {}
    known = set(map(os.path.realpath, leave_out))
    problems: list[Problem] = []
    for path in (os.fspath(each) for each in paths):
        found = [path] if os.path.exists(path) else _matching(path)
        if not found:
            problems.append(Problem("no such file or folder.", path=path))
        for each in found:
            if os.path.isdir(each):
                inside, others = _walk(Path(each), problems)
                if others:
                    kinds = ", ".join(
                        f"{suffix or 'no suffix'} ({n})" for suffix, n in sorted(others.items())
                    )
                    problems.append(
                        Problem(
                            f"files of other kinds are passed over: {kinds}. Export them as text "
                            "or as a table to have them read.",
                            Severity.WARNING,
                            each,
                        )
                    )
                if not inside:
                    problems.append(
                        Problem(
                            "holds no transcripts; expected files that end in "
                            f"{', '.join(known_suffixes())}.",
                            path=each,
                        )
                    )
            else:
                inside = [each]
            for file in inside:
                if os.path.realpath(file) not in known:
                    files.setdefault(os.path.realpath(file), file)
    return list(files.values()), problems


def _matching(pattern: str) -> list[str]:
    return [
        path
        for path in sorted(glob.glob(pattern, recursive=True))
        if not _is_output(os.path.dirname(path) or ".")
    ]


def _is_output(folder: str) -> bool:
    """Tell whether an earlier run has written to a folder."""
    return os.path.exists(os.path.join(folder, RUN_FILE)) and any(
        os.path.exists(os.path.join(folder, f"sessions.{suffix}")) for suffix in FORMATS
    )


def _walk(folder: Path, problems: list[Problem]) -> tuple[list[str], Counter[str]]:
    inside: list[str] = []
    others: Counter[str] = Counter()

    def unreadable(error: OSError) -> None:
        problems.append(Problem("this folder cannot be opened.", path=str(error.filename)))

    for here, folders, names in os.walk(folder, onerror=unreadable):
        if _is_output(here):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(_visible(names)):
            suffix = Path(name).suffix.lower()
            if suffix in known_suffixes():
                inside.append(os.path.join(here, name))
            elif suffix != ".md":
                others[suffix] += 1
    return inside, others


def _visible(names: Iterable[str]) -> Iterable[str]:
    return (name for name in names if not name.startswith((".", "~$")))
