"""Files appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a name to write to that takes the target's place when all went well.

    The staged file stands beside the target, so that the replacement is one step of the file
    system; a crash leaves the target as it was.

    Parameters
    ----------
    target : Path
        The file that shall appear.

    Yields
    ------
    Path
        The file to write.

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
