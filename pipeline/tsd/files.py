"""Files appear whole or not at all, and no table carries a formula into a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A cell that begins with one of these is computed by spreadsheets; see OWASP on CSV injection."""


def printable(path: str | os.PathLike[str]) -> str:
    """Return a path as text that can be written to any file, whatever its bytes."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode()


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield a path to write to; the file then takes the target's place if all went well.

    It is next to the target, so that the replacement is one step of the file system. A crash
    leaves the target as it was.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with staged(folder / "table.csv") as path:
    ...     _ = path.write_text("a")
    >>> [file.name for file in folder.iterdir()]
    ['table.csv']
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    part.touch(exist_ok=False)
    if target.exists():
        part.chmod(target.stat().st_mode)
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def write_bytes(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    with staged(target) as part:
        part.write_bytes(data)


def write_csv(table: pd.DataFrame, target: Path) -> None:
    """Write a table as CSV, guarded against formulas, whole or not at all."""
    with staged(target) as part:
        put_csv(table, part)


def put_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, guarded against formulas, to a staged file."""
    guarded = guard(table)
    cells = (cell for name in guarded for cell in (name, *guarded[name]))
    # By default a lone carriage return is not quoted, and every reader ends the row there.
    returns = any(isinstance(cell, str) and "\r" in cell for cell in cells)
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    guarded.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", quoting=quoting)


def read_csv(path: Path) -> pd.DataFrame:
    """Read a table that `write_csv` wrote: every cell as text, with the guard taken off."""
    import pandas as pd

    table = pd.read_csv(path, dtype=object, keep_default_na=False, encoding="utf-8")
    return table.rename(columns=unguard).map(unguard)


def unpacked_size(data: bytes) -> int:
    """Return how many bytes the files of a zip archive say that they take once unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


def guard(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of a table with an apostrophe before texts that look like a formula.

    Numbers stay numbers. `unguard` takes the apostrophe off again.

    Examples
    --------
    >>> import pandas as pd
    >>> guard(pd.DataFrame({"text": ["=1+1", "-and then"], "n": [-1, 2]}))["text"].tolist()
    ["'=1+1", "'-and then"]
    """
    import pandas as pd

    table = table.rename(columns=_guarded)
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].map(_guarded)
    return table


def _guarded(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` puts before what a spreadsheet would compute.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    rest = text.lstrip("'")
    return text[1:] if rest != text and rest.startswith(FORMULA_STARTS) else text
