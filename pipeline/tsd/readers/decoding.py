"""The bytes of a text file as text, whatever program wrote it."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHOWN = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
_SEEN, _FEWEST = 2000, 8  # bytes, by which UTF-16 without a mark is recognized
_MAC_APOSTROPHE = re.compile(rb"[A-Za-z]\xd5[a-z]")
_LINE_ENDS = re.compile(r"(\r\n|\n|\r)")
_WRONG_LETTERS = re.compile("[ÂÃâÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""What an accented letter, a quotation mark or a dash becomes if UTF-8 is read as Windows-1252."""


class Decoded(NamedTuple):
    """The text of a file, the encoding it was read in, and what is doubtful about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_start(start: bytes) -> str:
    r"""Return the first bytes of a file as text; empty if they are not text.

    Examples
    --------
    >>> decode_start(b"T: caf\xc3"), decode_start(b"PK\0")
    ('T: caf', '')
    """
    encoding = _encoding(start)
    if encoding is None:
        return ""
    return start.decode(encoding, "ignore").removeprefix("\ufeff")


def decode(data: bytes) -> Decoded | str:
    r"""Return the text of a file: UTF-8, UTF-16, UTF-32, Windows-1252 or Mac Roman.

    Line ends stay as they are. Letters that were saved in a wrong encoding once ("â€™" for an
    apostrophe) are repaired. If the bytes are not text, the answer is the reason, as a plain text.

    Examples
    --------
    >>> decode("naïve".encode("utf-16")).encoding
    'UTF-16'
    >>> decode("It’s naïve".encode("cp1252")).text
    'It’s naïve'
    >>> decode(b"PK\0")
    'is not a text file. Export the transcript as text or a table.'
    """
    encoding = _encoding(data)
    if encoding is None:
        return "is not a text file. Export the transcript as text or a table."
    try:
        text, warnings = data.decode(encoding).removeprefix("\ufeff"), []
    except UnicodeDecodeError:
        if encoding not in ("utf-8", "utf-8-sig"):
            return f"is damaged: not valid {encoding.upper()}. Save or export it once more."
        text, encoding = _old_encoding(data.removeprefix(codecs.BOM_UTF8))
        warnings = [
            f"is not UTF-8; read as {encoding}. Save it as UTF-8 if letters look wrong.",
        ]
    text, repaired = _repair(text)
    if repaired:
        warnings.append(
            f"letters on {repaired} line{'s' if repaired > 1 else ''} were saved in a wrong "
            "encoding and have been repaired (for example, an apostrophe had become three other "
            "signs). Check a line with an accented letter."
        )
    return Decoded(text, _SHOWN.get(encoding, encoding), tuple(warnings))


def _encoding(data: bytes) -> str | None:
    """Return the encoding that the first bytes show; None if they are not text."""
    announced = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if announced in ("utf-16", "utf-32"):
        return announced
    if b"\0" not in data:
        return announced or "utf-8"
    # UTF-16 without a mark: in most scripts every other byte of many is zero.
    some = data[:_SEEN]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = some[first::2].count(0), some[1 - first :: 2].count(0)
        if len(some) >= _FEWEST and zeros > len(some) / 4 and not others:
            return name
    return None


def _old_encoding(data: bytes) -> tuple[str, str]:
    """Decode what is not UTF-8; what is UTF-8 in it, since files are pasted together, stays so."""
    if _MAC_APOSTROPHE.search(data):
        return data.decode("mac_roman"), "Mac Roman"
    text = data.decode("utf-8", "surrogateescape")
    table = {
        0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
    }
    return text.translate(table), "Windows-1252"


def _repair(text: str) -> tuple[str, int]:
    """Undo what happens to UTF-8 that was read as Windows-1252 and saved; count the lines."""
    if not _WRONG_LETTERS.search(text):
        return text, 0
    import ftfy

    parts = _LINE_ENDS.split(text)
    repaired = 0
    for place in range(0, len(parts), 2):
        if _WRONG_LETTERS.search(parts[place]):
            better = ftfy.fix_encoding(parts[place])
            repaired += better != parts[place]
            parts[place] = better
    return "".join(parts), repaired


def split_lines(text: str) -> list[str]:
    """Split a text at line ends only; `str.splitlines` also splits inside JSON strings."""
    return re.split(r"\r\n|\n|\r", text)
