"""What every format module yields: one utterance as the file has it, before any interpretation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from tsd.schema import Problem, Session, Severity
from tsd.settings import Reading


@dataclass(slots=True)
class Record:
    """One utterance in the words of its source: every field is text, absent ones are empty.

    Parameters
    ----------
    text, speaker : str
        The words and who spoke them.
    line : int or None
        Line in the file, counted from 1.
    fields : mapping of str to str
        Whatever else the source has, under the names of `tsd.readers.columns.FIELDS`.
    """

    text: str
    speaker: str
    line: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a further field, empty where the source has none."""
        return self.fields.get(name, "")


class ProblemLog:
    """Collects the problems of one file; what is wrong on many lines is told once.

    Parameters
    ----------
    path : str
        The file, as the user named it.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: dict[Problem, list[int | None]] = {}

    def add(
        self,
        message: str,
        severity: Severity = Severity.ERROR,
        *,
        line: int | None = None,
        session_id: str = "",
    ) -> None:
        """Remember a problem."""
        about = Problem(message, severity, self.path, None, session_id)
        self._found.setdefault(about, []).append(line)

    @property
    def problems(self) -> list[Problem]:
        """The problems, each with the first line that has it and how many more do."""
        return [
            replace(
                problem,
                line=lines[0],
                message=problem.message
                if len(lines) == 1
                else f"{problem.message} (And on {len(lines) - 1} more lines.)",
            )
            for problem, lines in self._found.items()
        ]


class Format(Protocol):
    """What a module of this room has to offer to be a format."""

    def read_records(self, path: Path, reading: Reading, log: ProblemLog) -> Iterator[Record]:
        """Yield the utterances of a file in its order.

        Raises `tsd.errors.ReadError` if the file as a whole cannot be read; damage that is
        confined to a line goes to the log.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came out of one file.

    Parameters
    ----------
    sessions : list of Session
        In the order of the file.
    problems : list of Problem
        What the user must know about the file.
    """

    sessions: list[Session]
    problems: list[Problem]
