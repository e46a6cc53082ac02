"""Zip archives of transcripts, opened without writing anything to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from tsd.errors import ReadError
from tsd.files import printable
from tsd.readers.source import Source
from tsd.readers.tables.convokit import companions
from tsd.schema import Problem, Severity

SUFFIX = ".zip"

_MOST = 2**29  # bytes of a file, once unpacked
_MOST_TIMES = 200  # as large as it is packed; no transcript is packed that well
_SMALL = 2**20  # bytes; below this, how well a file is packed does not matter
_OFFICE = "[Content_Types].xml"
"""Word and Excel files are zip archives with this file in them."""
DESCRIBED = "{n} files that describe a ConvoKit corpus were skipped; they have no talk in them."


def is_archive(source: Source) -> bool:
    """Whether a file is a zip archive of other files, and not a Word or Excel file."""
    if not source.data.startswith((b"PK\3\4", b"PK\5\6")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return _OFFICE not in archive.namelist() and "mimetype" not in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return source.suffix == SUFFIX


def members(source: Source) -> Iterator[Source | ReadError | Problem]:
    """Yield the files of an archive in alphabetical order, or why one of them cannot be read.

    Hidden files and folders, and what macOS adds, are skipped. Archives in an archive are not
    opened.

    Raises
    ------
    ReadError
        If the archive is damaged.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError(
            source.path, "is a damaged zip archive. Unpack it, or export it once more."
        ) from error
    described = _described(infos)
    with archive:
        if described:
            yield Problem(DESCRIBED.format(n=len(described)), Severity.NOTE, source.path)
        for info in infos:
            name = PurePosixPath(info.filename)
            hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in name.parts)
            if not info.is_dir() and not hidden and info.filename not in described:
                yield _unpacked(archive, info, printable(f"{source.path}/{info.filename}"))


def _described(infos: list[zipfile.ZipInfo]) -> set[str]:
    """Return the files that describe a corpus in the same folder of the archive."""
    folders: dict[str, list[str]] = {}
    for info in infos:
        folder, slash, name = info.filename.rpartition("/")
        folders.setdefault(folder + slash, []).append(name)
    return {folder + name for folder, names in folders.items() for name in companions(names)}


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> Source | ReadError:
    if path.lower().endswith(SUFFIX):
        return ReadError(path, "is an archive in an archive, which is not opened. Unpack it.")
    if info.flag_bits & 1:
        return ReadError(path, "needs a password. Unpack the archive and name its folder.")
    times = info.file_size / max(info.compress_size, 1)
    if info.file_size > _MOST or (info.file_size > _SMALL and times > _MOST_TIMES):
        return ReadError(
            path,
            f"would take {info.file_size / 2**20:,.0f} MiB once unpacked, which no transcript "
            "does. If it is one, unpack it and name the file.",
        )
    try:
        with archive.open(info) as file:
            data = file.read(info.file_size + 1)  # never more than was announced
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
        return ReadError(path, "is damaged in its archive. Unpack it, or export it once more.")
    return Source(path, data)
