"""Which format a file has: the built-in formats, and those that other packages add.

A package adds a format with the entry point group ``tsd_formats``; each entry point names a
`Format`::

    [project.entry-points.tsd_formats]
    clinic = "my_package.clinic:CLINIC"
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points

from tsd.errors import ReadError
from tsd.readers.archives import SUFFIX
from tsd.readers.captions import CAPTIONS
from tsd.readers.documents import DOCUMENTS
from tsd.readers.log import ProblemLog
from tsd.readers.other_files import advice_by_content, advice_by_name
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.speech import SPEECH
from tsd.readers.tables import TABLES
from tsd.readers.text.labeled import LABELED_TEXT
from tsd.readers.tiers import TIERS
from tsd.schema import Severity
from tsd.settings import Reading

FORMATS: tuple[Format, ...] = (
    *CAPTIONS,
    *SPEECH,
    *TIERS,
    *DOCUMENTS,
    *TABLES,
    LABELED_TEXT,
)
"""The built-in formats."""

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


def choose(source: Source, reading: Reading, log: ProblemLog) -> Format:
    """Choose the format of a file; report the plug-ins that fail.

    It is the one that the user names, else one that recognizes the content: a plug-in comes
    first, a generic format last. If none does, the suffix decides.

    Raises
    ------
    ReadError
        If no format fits, or the user names one that does not exist.
    """
    plug_ins, failures = _plug_ins()
    for failure in failures:
        log.add(failure, Severity.WARNING)
    formats = (*plug_ins, *FORMATS)
    if reading.format is not None:
        named = next((each for each in formats if each.name == reading.format.lower()), None)
        if named is None:
            names = ", ".join(sorted(each.name for each in formats))
            raise ReadError(
                log.path, f"there is no format {reading.format!r}. --format is one of {names}."
            )
        return named
    ranked = _ranked(formats, source)
    found = next((each for each in ranked if _recognises(each, source, log)), None)
    if found not in plug_ins and (advice := advice_by_content(source)):
        raise ReadError(log.path, advice)
    if found is None:
        # The last one takes most, so it explains best what is wrong; a built-in one comes first.
        explaining = (*reversed(FORMATS), *plug_ins)
        found = next((each for each in explaining if source.suffix in each.suffixes), None)
    if found is None:
        if advice := advice_by_name(source.suffix):
            raise ReadError(log.path, advice)
        raise ReadError(
            log.path,
            f"files that end in {source.suffix!r} are not read, and the content is not a known "
            f"format either. Expected {', '.join((*known_suffixes(), SUFFIX))}.",
        )
    return found


def _ranked(formats: Sequence[Format], source: Source) -> list[Format]:
    """Put generic formats last, and of these first what knows the suffix."""
    return sorted(formats, key=lambda f: (f.generic, f.generic and source.suffix not in f.suffixes))


def read_records(found: Format, source: Source, reading: Reading, log: ProblemLog) -> list[Record]:
    """Read a file in a format, as `Format.read` does.

    Raises
    ------
    ReadError
        If the file as a whole cannot be read.
    """
    try:
        return list(found.read(source, reading, log))
    except Exception as error:
        if found in FORMATS or isinstance(error, ReadError):
            raise
        raise ReadError(log.path, _failure(found, error)) from error


def _recognises(each: Format, source: Source, log: ProblemLog) -> bool:
    try:
        return bool(source.data) and each.recognises(source)
    except Exception as error:
        if each in FORMATS:
            raise
        log.add(_failure(each, error), Severity.WARNING)
        return False


def _failure(plug_in: Format, error: Exception) -> str:
    """Name a plug-in and its error, without the error's message: it could hold spoken words."""
    return f"the plug-in format {plug_in.name!r} failed ({type(error).__name__}). {_ADVICE}"
