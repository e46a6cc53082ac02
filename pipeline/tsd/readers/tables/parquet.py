"""Transcripts in Parquet files: one row per utterance, or per session."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from tsd.errors import MissingExtraError, ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.readers.tables.json_objects import json_records
from tsd.settings import Reading

_MARK = b"PAR1"
_MOST = 2**28  # bytes, unpacked
_MOST_ROWS = 5_000_000
_BATCH = 10_000


def table_rows(source: Source, log: ProblemLog) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file, each by the names of its columns.

    Raises
    ------
    ReadError
        If the file is damaged or too large.
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "reading Parquet files") from error
    try:
        file = parquet.ParquetFile(io.BytesIO(source.data))
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        size = sum(group.total_byte_size for group in groups)
        if size > _MOST or file.metadata.num_rows > _MOST_ROWS:
            raise ReadError(
                log.path, "is larger than any transcripts are. Split it, with fewer sessions each."
            )
        return [row for batch in file.iter_batches(_BATCH) for row in batch.to_pylist()]
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise ReadError(log.path, "is a damaged Parquet file. Export it once more.") from error


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    rows = table_rows(source, log)
    if not rows:
        raise ReadError(log.path, "has no rows.")
    return json_records(list(enumerate(rows, 1)), reading, log)


PARQUET = Format("parquet", (".parquet",), lambda source: source.data.startswith(_MARK), _read)
