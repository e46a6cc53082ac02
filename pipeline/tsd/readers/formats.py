"""Which format a file has: the built-in formats, and those that other packages add.

A package adds a format with the entry point group ``tsd_formats``; each entry point names a
`Format`::

    [project.entry-points.tsd_formats]
    elan = "my_package.elan:ELAN"
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from tsd.errors import ReadError
from tsd.readers.json_lines import JSON_LINES
from tsd.readers.records import Format, ProblemLog, Record
from tsd.readers.tabular import TABLE
from tsd.readers.text import LABELED_TEXT
from tsd.schema import Severity
from tsd.settings import Reading

FORMATS: tuple[Format, ...] = (TABLE, JSON_LINES, LABELED_TEXT)
"""The built-in formats."""

_START = 2**20  # the first bytes of a file, by which its format is recognized
_ADVICE = "Update the package that it comes from, or uninstall it."


@cache
def _plug_ins() -> tuple[tuple[Format, ...], tuple[str, ...]]:
    """Load the formats that other packages add; those that fail give a message each."""
    formats, failures = [], []
    for point in sorted(entry_points(group="tsd_formats")):
        try:
            found = point.load()
            if not isinstance(found, Format):
                raise TypeError("it is not a tsd.readers.Format")
            formats.append(found)
        except Exception as error:
            failures.append(
                f"the plug-in format {point.name!r} ({point.value}) cannot be loaded: "
                f"{type(error).__name__}: {error}. Files are read without it. {_ADVICE}"
            )
    return tuple(formats), tuple(failures)


def known_suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that a folder is searched for."""
    formats = (*FORMATS, *_plug_ins()[0])
    return tuple(dict.fromkeys(suffix for each in formats for suffix in each.suffixes))


def read_records(path: Path, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    """Read a file in its format, as `Format.read` does; report the plug-ins that fail.

    The format is the one that recognizes the content. If several do, one that also knows the
    suffix comes first, then a plug-in before a built-in format. If none does, the suffix decides.

    Raises
    ------
    ReadError
        If no format fits, or the file as a whole cannot be read.
    """
    plug_ins, failures = _plug_ins()
    for failure in failures:
        log.add(failure, Severity.WARNING)
    suffix = path.suffix.lower()
    formats = sorted((*plug_ins, *FORMATS), key=lambda each: suffix not in each.suffixes)
    start = _start(path)
    found = next((each for each in formats if _recognises(each, start, path, log)), None)
    if found is None:  # built-in formats first: they explain what is wrong
        found = next((each for each in (*FORMATS, *plug_ins) if suffix in each.suffixes), None)
    if found is None:
        raise ReadError(
            log.path,
            f"files that end in {path.suffix!r} are not read, and the content is not a known "
            f"format either. Expected {', '.join(known_suffixes())}.",
        )
    try:
        yield from found.read(path, reading, log)
    except Exception as error:
        if found in FORMATS or isinstance(error, ReadError):
            raise
        raise ReadError(log.path, _failure(found, error)) from error


def _start(path: Path) -> bytes:
    """Read the first bytes of a file, except from a pipe, which can be read only once."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_START)
    except OSError:
        return b""


def _recognises(each: Format, start: bytes, path: Path, log: ProblemLog) -> bool:
    try:
        return bool(start) and each.recognises(start, path)
    except Exception as error:
        if each in FORMATS:
            raise
        log.add(_failure(each, error), Severity.WARNING)
        return False


def _failure(plug_in: Format, error: Exception) -> str:
    """Name a plug-in and its error, without the error's message: it could hold spoken words."""
    return f"the plug-in format {plug_in.name!r} failed ({type(error).__name__}). {_ADVICE}"
