"""What a format is, and what it yields: utterances as the file has them, not yet interpreted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tsd.readers.identifiers.look import Identifiers
from tsd.readers.log import LeftOut, NotTalk, ProblemLog
from tsd.readers.source import Source
from tsd.schema import Problem, Role, Session
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
        Whatever else the source has, under the names of
        `tsd.readers.tables.columns_patterns.NAMES`.
    """

    text: str
    speaker: str
    line: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a further field; empty if the source has none."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that sessions are read from.

    Parameters
    ----------
    name : str
        Its name in messages and for ``--format``: lower case, without spaces.
    suffixes : tuple of str
        How its files usually end: lower case, with the dot.
    recognises : callable
        Takes a `Source`. Returns whether its content is clearly of this format.
    read : callable
        Takes the source, the options and the log. Yields the utterances in the order of the
        file. Raises `tsd.errors.ReadError` if the whole file cannot be read; damage to single
        lines goes to the log, and so do words that are no talk (`ProblemLog.leave_out`).
    cues : bool, default False
        Whether its records are pieces of a turn, such as subtitles, which are joined.
    generic : bool, default False
        Whether content of other formats can look like it. It is chosen if no other format
        recognizes the content; of several, the one that knows the suffix.

    Raises
    ------
    ValueError
        If the name or a suffix could never match.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Source], bool]
    read: Callable[[Source, Reading, ProblemLog], Iterator[Record]]
    cues: bool = False
    generic: bool = False

    def __post_init__(self) -> None:
        if self.name != self.name.lower() or len(self.name.split()) != 1:
            raise ValueError(f"name {self.name!r} must be lower case and have no spaces")
        for suffix in self.suffixes:
            if not suffix.startswith(".") or suffix != suffix.lower():
                raise ValueError(f"suffix {suffix!r} must be lower case and start with a dot")


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """What was recognized about a speaker of a session.

    `reason` says where the role comes from: "its name", "--therapist", "role column" ...; it is
    empty if the role is unknown.
    """

    name: str
    role: Role
    reason: str
    utterances: int
    words: int


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What was recognized about a session, for people to check.

    Parameters
    ----------
    session_id : str
        The name of the session in its file.
    speakers : tuple of SpeakerFacts
        In the order in which they first speak.
    times : str
        What times the utterances have, and what was done to them.
    language : str
        What the language was found to be; empty if that could not be decided.
    identifiers : Identifiers
        Which obvious identifiers were found, and how many placeholders, such as [NAME].
    """

    session_id: str
    speakers: tuple[SpeakerFacts, ...]
    times: str
    language: str = ""
    identifiers: Identifiers = field(default_factory=Identifiers)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was recognized about a file, or a file of an archive, for people to check.

    `encoding` is empty for files that are not text. `left_out` is what of the file is no talk.
    """

    path: str
    format: str
    encoding: str
    left_out: Mapping[NotTalk, LeftOut]
    sessions: tuple[SessionFacts, ...]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The sessions of one file, in its order, and what the user must know about the file.

    A zip archive has several `files`; any other file is one. `sha256` is the hash of what was read.
    """

    sessions: list[Session]
    problems: list[Problem]
    files: list[FileFacts] = field(default_factory=list)
    sha256: str = ""
