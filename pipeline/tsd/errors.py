"""The typed exceptions. Each builds its own message: what is wrong, what to do about it.

No message holds words of a transcript, so that a traceback can be shown to anybody.
"""

from __future__ import annotations

import os
from typing import Any


class TsdError(Exception):
    """The base of all errors that tsd raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error come back from another process, whatever its constructor takes."""
        return _restore, (type(self), self.args, vars(self))


def _restore(kind: type[TsdError], args: tuple[Any, ...], state: dict[str, Any]) -> TsdError:
    error = kind.__new__(kind)
    error.args = args
    vars(error).update(state)
    return error


class SettingsError(TsdError):
    """A setting `name` has a value that it cannot have; `expected` completes "must be ..."."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        self.name, self.value, self.expected = name, value, expected
        super().__init__(f"{name} must be {expected}; got {value!r}.")


class ReadError(TsdError):
    """A file cannot be read.

    Parameters
    ----------
    path : path-like
        The file.
    message : str
        What is wrong, what was expected, what to do.
    line : int or None
        The line, counted from 1, if there is one.
    """

    def __init__(
        self, path: str | os.PathLike[str], message: str, *, line: int | None = None
    ) -> None:
        self.path, self.message, self.line = os.fspath(path), message, line
        where = self.path if line is None else f"{self.path}, line {line}"
        super().__init__(f"{where}: {message}")


class SessionTooLongError(TsdError):
    """A session has more characters than the pipeline takes (its `limit`)."""

    def __init__(self, session_id: str, characters: int, limit: int) -> None:
        self.session_id, self.characters, self.limit = session_id, characters, limit
        super().__init__(
            f"session {session_id!r} has {characters:,} characters, more than the limit of "
            f"{limit:,}. If it is several sessions in one, split it. Otherwise raise "
            "--longest-session."
        )


class ModelError(TsdError):
    """The model in a folder cannot be used; `message` is what is wrong and what to do."""

    def __init__(self, path: str | os.PathLike[str], message: str) -> None:
        self.path = os.fspath(path)
        super().__init__(f"model {self.path}: {message}")


class AnnotationError(TsdError):
    """A model cannot be learned from annotated data, or labels do not fit their text."""


class NoInputError(TsdError):
    """Nothing among the given paths can be read."""


class OutputError(TsdError):
    """Results cannot be written to a folder; `message` is what is wrong and what to do."""

    def __init__(self, path: str | os.PathLike[str], message: str) -> None:
        self.path = os.fspath(path)
        super().__init__(f"{self.path}: {message}")


class MissingExtraError(TsdError):
    """An optional package, part of an extra of this project, is not installed."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        self.package, self.extra = package, extra
        super().__init__(
            f"{purpose} needs {package}, which is not installed. "
            f"Install it with: pip install 'therapist-self-disclosure[{extra}]' "
            f"(in a clone: pip install '.[{extra}]')"
        )
