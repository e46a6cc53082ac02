"""What a reader reports about a file: problems, and the words that are no talk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tsd.errors import MissingExtraError, ReadError
from tsd.schema import Problem, Severity, count_words


class NotTalk(StrEnum):
    """A kind of words in a file that nobody said; readers leave them out of the utterances."""

    LABEL = "names of speakers"
    TIME = "times"
    NUMBER = "numbers of cues, lines and turns"
    HEADING = "headings and notes"
    FOOTER = "notes below the talk"
    PAGE = "running heads and page numbers"
    PAUSE = "pauses and sounds"
    TIER = "tiers and codes that are not speech"
    AGAIN = "words that the file has twice"
    SERVICE = "lines of the service that made the file"
    MARKUP = "markup"


@dataclass(slots=True)
class LeftOut:
    """How much of a file is no talk: `passages` of one kind, with their `words` in all.

    `line` is the line of the first passage.
    """

    passages: int = 0
    words: int = 0
    line: int | None = None


def as_problem(error: ReadError | MissingExtraError, path: str) -> Problem:
    """Return what stopped a file from being read as a problem of that file.

    >>> print(as_problem(ReadError("a.txt", "is empty."), "a.txt"))
    a.txt: is empty.
    """
    if isinstance(error, ReadError):
        return Problem(error.message, path=error.path, line=error.line)
    return Problem(f"{error}.", path=path)


class ProblemLog:
    """Collects what the user must know about one file; repeated problems are reported once.

    `path` is the file, as the user named it. `left_out` says how much of it is no talk.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.left_out: dict[NotTalk, LeftOut] = {}
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

    def leave_out(self, kind: NotTalk, text: str, *, line: int | None = None) -> None:
        """Count words of the file that are not part of any utterance.

        Every word of a file is in an utterance or was left out by this.

        Examples
        --------
        >>> log = ProblemLog("a.txt")
        >>> log.leave_out(NotTalk.FOOTER, "Transcribed by a service", line=90)
        >>> log.left_out[NotTalk.FOOTER]
        LeftOut(passages=1, words=4, line=90)
        """
        about = self.left_out.setdefault(kind, LeftOut(line=line))
        about.passages += 1
        about.words += count_words(text)

    @property
    def problems(self) -> list[Problem]:
        """The problems, each with the first line that has it and how many more do."""
        found = []
        for problem, (first, *others) in self._found.items():
            n = len(others)
            more = f" (And on {n} more line{'s' if n > 1 else ''}.)" if others else ""
            found.append(replace(problem, line=first, message=problem.message + more))
        return found
