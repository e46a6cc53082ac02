"""What a format is, and what it yields: utterances as the file has them, not yet interpreted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tsd.schema import Problem, Session, Severity
from tsd.settings import Reading


@dataclass(frozen=True, slots=True)
class Record:
    """One utterance as its source has it: every field is text.

    Parameters
    ----------
    text, speaker : str
        The words and who spoke them.
    line : int or None
        Line in the file, counted from 1.
    fields : mapping of str to str
        Whatever else the source has, under the names of `tsd.readers.columns_patterns.NAMES`.
    """

    text: str
    speaker: str
    line: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a further field; empty if the source has none."""
        return self.fields.get(name, "")


class ProblemLog:
    """Collects the problems of one file; what is wrong on many lines is reported once.

    `path` is the file, as the user named it.
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
        """Add a problem."""
        about = Problem(message, severity, self.path, None, session_id)
        self._found.setdefault(about, []).append(line)

    @property
    def problems(self) -> list[Problem]:
        """The problems, each with the first line that has it and how many more do."""
        found = []
        for problem, (first, *others) in self._found.items():
            n = len(others)
            more = f" (And on {n} more line{'s' if n > 1 else ''}.)" if others else ""
            found.append(replace(problem, line=first, message=problem.message + more))
        return found


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that sessions are read from.

    Parameters
    ----------
    name : str
        Its name in messages.
    suffixes : tuple of str
        How its files usually end: lower case, with the dot.
    recognises : callable
        Takes the first bytes of a file and its path. Returns whether the content is clearly of
        this format. Use `tsd.readers.decoding.decode_start` to see the bytes as text.
    read : callable
        Takes the path, the options and the log of problems. Yields the utterances in the order
        of the file. Raises `tsd.errors.ReadError` if the whole file cannot be read; damage to
        single lines goes to the log.

    Raises
    ------
    ValueError
        If a suffix could never match a file.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, Path], bool]
    read: Callable[[Path, Reading, ProblemLog], Iterator[Record]]

    def __post_init__(self) -> None:
        for suffix in self.suffixes:
            if not suffix.startswith(".") or suffix != suffix.lower():
                raise ValueError(f"suffix {suffix!r} must be lower case and start with a dot")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The sessions of one file, in its order, and what the user must know about the file."""

    sessions: list[Session]
    problems: list[Problem]
