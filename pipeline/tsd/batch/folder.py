"""The result folder: what a run writes, and how it is read again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tsd.errors import MissingExtraError, OutputError, ReadError
from tsd.files import printable, read_csv, staged, write_bytes, write_csv
from tsd.measure.corpus import CorpusMeasures
from tsd.measure.tables import ALL_TABLES, SESSIONS, TABLES, Column, Table
from tsd.settings import Output

RUN_FILE = "run.json"
"""A folder that holds this file is the result of a run."""

REPORT_FILE = "report.html"
"""The page that `tsd analyze` adds to a result."""

METHODS_FILE = "methods.md"
"""The methods paragraph and the reporting checklist that `tsd analyze` adds to a result."""

FORMATS: tuple[str, ...] = next(o.choices for o in Output.options() if o.name == "tables")
"""What tables can be written as; the suffixes of their files."""

_ARROW = {
    "object": "string",
    "int64": "int64",
    "Int64": "int64",
    "float64": "double",
    "bool": "bool",
    "boolean": "bool",
}
_BOOLS = {"True": True, "False": False}
_DAMAGED = "is not what `tsd analyze` writes. Run it again, or name another folder."


@dataclass(frozen=True, repr=False)
class CorpusResult(CorpusMeasures):
    """The result of a run: its tables, the numbers of the corpus, and the record of the run.

    Parameters
    ----------
    sessions, utterances, disclosures, guidelines, dynamics, following, curve, rates
    missing, problems, summary
        See `tsd.measure.corpus.CorpusMeasures`.
    run : dict
        The content of ``run.json``: versions, model, settings, inputs.
    sensitivity : DataFrame or None
        The table of a run with ``sensitivity``.
    """

    run: dict[str, Any]
    sensitivity: pd.DataFrame | None = None

    def write(self, folder: str | os.PathLike[str], output: Output | None = None) -> list[Path]:
        """Write the tables and ``run.json``; `tsd.load_result` reads them again.

        Parameters
        ----------
        folder : path-like
            Created if it does not exist; files of an earlier run are replaced.
        output : Output, optional
            Format of the tables, and whether words are left out; as in the run if None.

        Returns
        -------
        list of Path
            The files, in the order in which they were written; ``run.json`` is last.

        Raises
        ------
        OutputError, MissingExtraError
            If the result cannot be written there.
        """
        return write(self, Path(folder), output)


def check_output(folder: Path, output: Output, inputs: Sequence[str] = ()) -> None:
    """Raise, before a run that reads the files `inputs`, what would stop it from writing.

    Raises
    ------
    MissingExtraError
        If the chosen table format cannot be written.
    OutputError
        If the folder is a file, contains transcripts that will be read, or contains tables or a
        report that tsd has not written.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(folder, "is a file. Name a folder.")
    if any(Path(path).resolve().parent == folder.resolve() for path in inputs):
        raise OutputError(folder, "contains the transcripts to read. Name another folder.")
    if not (folder / RUN_FILE).exists():
        for path in _all_files(folder):
            if path.exists():
                raise OutputError(
                    folder,
                    f"contains a file {path.name} that tsd has not written. Name another folder.",
                )
    if output.tables == "parquet" and find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "parquet", "--tables parquet")


def _tables_of(run: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the tables that a run has."""
    sensitivity = run["settings"].get("measuring", {}).get("sensitivity", False)
    return ALL_TABLES if sensitivity else TABLES


def _all_files(folder: Path) -> list[Path]:
    tables = [folder / f"{table.name}.{suffix}" for table in ALL_TABLES for suffix in FORMATS]
    return [*tables, folder / REPORT_FILE, folder / METHODS_FILE]


def write(
    result: CorpusResult,
    folder: Path,
    output: Output | None = None,
    pages: Mapping[str, Callable[[CorpusResult], str]] | None = None,
) -> list[Path]:
    """Write a result as `CorpusResult.write` does, each file whole or not at all.

    `pages` are further files: the name, and a function that makes the content. They are made
    last, so that the result is there and can be loaded if this fails.
    """
    output = output or Output(**result.run["settings"]["output"])
    check_output(folder, output)
    if output.no_text:
        result = _without_text(result)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in _tables_of(result.run):
        target = folder / f"{table.name}.{output.tables}"
        frame = getattr(result, table.name)
        if output.tables == "csv":
            write_csv(_joined(table, frame), target)
        else:
            _write_parquet(table, frame, target)
        written.append(target)
    for path in _all_files(folder):  # of an earlier run: in the other format, or its report
        if path not in written and path.name not in (pages or {}):
            path.unlink(missing_ok=True)
    settings = {**result.run["settings"], "output": output.as_dict()}
    run = {**result.run, "settings": settings, "counts": result.summary}
    texts: dict[str, Callable[[CorpusResult], str]] = {
        RUN_FILE: lambda _: json.dumps(run, indent=1, ensure_ascii=False) + "\n",
        **(pages or {}),
    }
    for name, make in texts.items():
        write_bytes(folder / name, make(result).encode(errors="backslashreplace"))
        written.append(folder / name)
    return written


def load(folder: str | os.PathLike[str]) -> CorpusResult:
    """Read a result that `tsd analyze` or `CorpusResult.write` wrote.

    Parameters
    ----------
    folder : path-like
        The folder.

    Returns
    -------
    CorpusResult
        As it was written: what ``--no-text`` left out is empty.

    Raises
    ------
    ReadError
        If the folder has no result, or one that was changed.
    MissingExtraError
        If its tables are in Parquet and pyarrow is not installed.
    """
    path = Path(folder) / RUN_FILE
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        suffix, summary = run["settings"]["output"]["tables"], run.pop("counts")
    except OSError as error:
        raise ReadError(
            printable(folder),
            f"is not a result of `tsd analyze`: its {RUN_FILE} cannot be opened "
            f"({error.strerror}). Name the folder that you gave as --out.",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(printable(path), _DAMAGED) from error
    tables = {
        table.name: _read(table, Path(folder) / f"{table.name}.{suffix}")
        for table in _tables_of(run)
    }
    return CorpusResult(**tables, summary=summary, run=run)


def _without_text(result: CorpusResult) -> CorpusResult:
    """Leave out the words of the transcripts; the roles replace the speakers' names."""
    frames = {}
    for table in _tables_of(result.run):
        frame = getattr(result, table.name)
        for column in table.columns:
            if column.holds_text:
                empty = column.values([[] if column.dtype == "list" else ""] * len(frame))
                frame = frame.assign(**{column.name: empty})
        if "speaker" in table.names:
            frame = frame.assign(speaker=frame["role"])
        frames[table.name] = frame
    settings = result.run["settings"]
    reading = {**settings["reading"], "therapist": [], "client": []}
    run = {**result.run, "settings": {**settings, "reading": reading}}
    return replace(result, **frames, run=run)


def _joined(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Join the lists of a table; a separator inside an item is escaped."""
    lists = {
        each.name: [_join(items, each.joined_by) for items in frame[each.name]]
        for each in table.columns
        if each.dtype == "list"
    }
    return frame.assign(**lists)


def _join(items: Sequence[str], separator: str) -> str:
    mark = separator.strip()
    return separator.join(each.replace("\\", "\\\\").replace(mark, f"\\{mark}") for each in items)


def _split(cell: str, separator: str) -> list[str]:
    """Undo `_join`."""
    item = rf"((?:\\.|[^\\{separator.strip()}])*?){re.escape(separator)}"
    items = re.findall(item, cell + separator, re.DOTALL) if cell else []
    items = [re.sub(r"\\(.)", r"\1", each, flags=re.DOTALL) for each in items]
    if _join(items, separator) != cell:
        raise ValueError("not a list that was joined here")
    return items


def _write_parquet(table: Table, frame: pd.DataFrame, target: Path) -> None:
    import pyarrow as pa

    known = [
        (
            each.name,
            pa.list_(pa.string())
            if each.dtype == "list"
            else pa.type_for_alias(_ARROW[each.dtype]),
        )
        for each in table.columns
    ]
    more = pa.Schema.from_pandas(frame[list(frame.columns[len(known) :])], preserve_index=False)
    with staged(target) as part:
        schema = pa.schema([pa.field(*each) for each in known] + list(more))
        frame.to_parquet(part, index=False, schema=schema)


def _read(table: Table, path: Path) -> pd.DataFrame:
    """Read a table as it was written."""
    try:
        frame = read_csv(path) if path.suffix == ".csv" else _read_parquet(path)
        table.check(name for name in frame.columns if table is not SESSIONS or name in table.names)
        made = table.frame(
            {each.name: _cells(each, frame[each.name].tolist()) for each in table.columns}
        )
        for name in [each for each in frame.columns if each not in table.names]:
            made[name] = _as_read(frame[name]) if path.suffix == ".csv" else frame[name]
        return made
    except (OSError, ValueError, KeyError, TypeError):  # the message may hold words
        raise ReadError(printable(path), _DAMAGED) from None


def _read_parquet(path: Path) -> pd.DataFrame:
    if find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "parquet", f"reading {path.name}")
    return pd.read_parquet(path)


def _cells(column: Column, cells: list[Any]) -> list[Any]:
    """Turn the content of a file into the values of a column."""
    if column.dtype == "list":
        return [
            _split(cell, column.joined_by) if isinstance(cell, str) else list(cell)
            for cell in cells
        ]
    if column.dtype == "object":
        return cells
    if column.dtype == "bool":
        return [_as_bool(cell) for cell in cells]
    reads: dict[str, Callable[[Any], Any]] = {"int64": int, "boolean": _as_bool}
    read = reads.get(column.dtype, float)
    return [None if cell is None or cell is pd.NA or cell == "" else read(cell) for cell in cells]


def _as_bool(cell: Any) -> bool:  # noqa: ANN401 - a text of a CSV file, or a kind of bool
    return _BOOLS[cell] if isinstance(cell, str) else bool(cell)


def _as_read(cells: pd.Series) -> list[float | None] | list[str | None]:
    """Read a column of the user's metadata: as numbers if all its values are numbers."""
    if np.isfinite(pd.to_numeric(cells[cells != ""], errors="coerce").astype(float)).all():
        return [float(cell) if cell else None for cell in cells]
    return [cell or None for cell in cells]
