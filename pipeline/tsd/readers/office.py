"""Word and Excel files, which are zip archives of XML: what is checked before one is opened."""

from __future__ import annotations

import io
import zipfile
import zlib

from tsd.errors import ReadError
from tsd.readers.source import Source

_MOST_XML = 2**27  # bytes of all XML, unpacked; a million words have 2**25
_MOST_TIMES = 400  # as large as it is packed; tables of few different cells are packed well
_SMALL = 2**22  # bytes; below this, how well a part is packed does not matter
_XML = (".xml", ".rels", ".vml")
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office before 2007 begin, and those with a password."""


def is_office(source: Source, folder: str) -> bool:
    """Whether a file is a zip archive with a folder of the program: ``word`` or ``xl``."""
    if not source.data.startswith(b"PK\3\4"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return any(name.startswith(f"{folder}/") for name in archive.namelist())
    except _DAMAGED:
        return False


def opened(source: Source, program: str) -> zipfile.ZipFile:
    """Open a file of an office program, if it is safe to have its XML parsed.

    Raises
    ------
    ReadError
        If it is damaged, has a password, would take too much memory, or declares entities, with
        which a small file can become a huge one.
    """
    advice = f"Open it in {program} and save it once more."
    if source.data.startswith(_OLD):
        raise ReadError(
            source.path,
            f"has a password, or is of an old version of {program}. Open it there, and save a "
            "copy without a password in the current format.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
        parts = [info for info in archive.infolist() if info.filename.lower().endswith(_XML)]
        if sum(part.file_size for part in parts) > _MOST_XML or any(map(_is_packed_oddly, parts)):
            raise ReadError(
                source.path,
                "would take more memory once unpacked than any transcript does. Copy the talk to "
                "a new file, or save it as text.",
            )
        for part in parts:
            if any(mark in archive.read(part) for mark in _DECLARATIONS):
                raise ReadError(
                    source.path, f"declares XML entities, which no program needs. {advice}"
                )
    except (*_DAMAGED, RuntimeError) as error:  # RuntimeError: a part has a password
        raise ReadError(source.path, f"is damaged. {advice}") from error
    return archive


def _is_packed_oddly(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > _MOST_TIMES * max(part.compress_size, 1)
