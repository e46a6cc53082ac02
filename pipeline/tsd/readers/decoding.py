"""The bytes of a text file as text, whatever program wrote it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from tsd.errors import ReadError
from tsd.readers.records import ProblemLog
from tsd.schema import Severity

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_start(start: bytes) -> str:
    r"""Return the first bytes of a file as text; empty if they are not text.

    Examples
    --------
    >>> decode_start(b"T: caf\xc3"), decode_start(b"PK\0")
    ('T: caf', '')
    """
    encoding = _encoding(start)
    return "" if encoding is None else start.decode(encoding, "ignore")


def _encoding(data: bytes) -> str | None:
    """Return the encoding that the first bytes announce; None if they are not text."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    return None if b"\0" in data and encoding not in ("utf-16", "utf-32") else encoding


def read_text(path: Path, log: ProblemLog) -> str:
    """Read a text file as UTF-8, as UTF-16 or UTF-32 with a byte-order mark, or as Windows-1252.

    Line ends stay as they are in the file. The log gets a warning if the encoding is a guess.

    Raises
    ------
    ReadError
        If the file cannot be opened, is empty, or is not text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(log.path, f"cannot be opened: {error.strerror}.") from error
    encoding = _encoding(data)
    if encoding is None:
        raise ReadError(log.path, "is not a text file. Export the transcript as text or a table.")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding in ("utf-16", "utf-32"):
            raise ReadError(log.path, f"is damaged: not valid {encoding.upper()}.") from error
        text = data.removeprefix(codecs.BOM_UTF8).decode("cp1252", errors="replace")
        log.add(
            "is not UTF-8; read as Windows-1252. Save it as UTF-8 if letters look wrong.",
            Severity.WARNING,
        )
    if not text.strip():
        raise ReadError(log.path, "is empty.")
    return text


def split_lines(text: str) -> list[str]:
    """Split a text at line ends only; `str.splitlines` also splits inside JSON strings."""
    return re.split(r"\r\n|\n|\r", text)
