"""A file to read, or one file of a zip archive: its bytes, and what can be seen in them."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from tsd.errors import ReadError
from tsd.files import printable
from tsd.readers.decoding import Decoded, decode, decode_start
from tsd.readers.log import ProblemLog
from tsd.schema import Severity

_START = 2**20  # bytes


class Source:
    """The content of one transcript file, wherever it lies.

    Parameters
    ----------
    path : str
        The file, as the user named it; for a file in a zip archive, both names. It can be shown.
    data : bytes
        The content.

    Examples
    --------
    >>> source = Source("Session 3.TXT", b"T: hello")
    >>> source.stem, source.suffix, source.start
    ('Session 3', '.txt', 'T: hello')
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> Source:
        """Read a file.

        Raises
        ------
        ReadError
            If the file cannot be opened.
        """
        try:
            return cls(printable(path), Path(path).read_bytes())
        except OSError as error:
            raise ReadError(printable(path), f"cannot be opened: {error.strerror}.") from error

    @property
    def stem(self) -> str:
        """The name of the file without its folder and its suffix."""
        return PurePath(self.path).stem

    @property
    def suffix(self) -> str:
        """How the name of the file ends: lower case, with the dot."""
        return PurePath(self.path).suffix.lower()

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def start(self) -> str:
        """The first million bytes as text, to recognize a format by; empty if they are not text."""
        return decode_start(self.data[:_START])

    @cached_property
    def _decoded(self) -> Decoded | str:
        return decode(self.data)

    @property
    def encoding(self) -> str:
        """The encoding of a text file; empty if the file is not text."""
        return "" if isinstance(self._decoded, str) else self._decoded.encoding

    def text(self, log: ProblemLog) -> str:
        """Return the content as text; the log gets a warning if the encoding is a guess.

        Raises
        ------
        ReadError
            If the file is empty or is not text.
        """
        if not self.data.strip():
            raise ReadError(self.path, "is empty.")
        if isinstance(self._decoded, str):
            raise ReadError(self.path, self._decoded)
        if not self._decoded.text.strip():
            raise ReadError(self.path, "is empty.")
        for warning in self._decoded.warnings:
            log.add(warning, Severity.WARNING)
        return self._decoded.text

    @cached_property
    def json(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """The content if it is one JSON value, an object or a list; otherwise None."""
        if not self.start.lstrip().startswith(("{", "[")) or isinstance(self._decoded, str):
            return None
        try:
            return json.loads(self._decoded.text)
        except (ValueError, RecursionError):  # also numbers with thousands of digits
            return None
