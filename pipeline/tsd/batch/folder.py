"""The output folder: tables, pages and ``run.json``, each whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from tsd.measure.corpus import CorpusResult
from tsd.measure.tables import SESSION_COLUMNS
from tsd.files import staged, write_bytes
from tsd.batch.inputs import RUN_FILE
from tsd.errors import MissingExtraError, OutputError
from tsd.readers.tabular import FORMULA_STARTS
from tsd.settings import Settings, describe

_DECIMALS = 6
_WITH_TEXT = ("utterances", "disclosures", "guidelines")
"""Tables with words of the transcripts, or with names of speakers."""

_NAMES = (
    "utterances",
    "disclosures",
    "sessions",
    "guidelines",
    "dynamics",
    "rates",
    "problems",
)


def check_output(folder: Path, settings: Settings, inputs: Sequence[str] = ()) -> None:
    """Tell before the work what would prevent writing after it.

    Parameters
    ----------
    folder : Path
        Where to write.
    settings : Settings
        `tables`.
    inputs : sequence of str
        The files that will be read.

    Raises
    ------
    MissingExtraError
        If the chosen table format cannot be written.
    OutputError
        If the folder is a file, holds transcripts that will be read, or holds tables that no
        run of ours has written.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(folder, "is a file. Name a folder.")
    if any(Path(path).resolve().parent == folder.resolve() for path in inputs):
        raise OutputError(folder, "holds transcripts that are read. Name another folder.")
    if not (folder / RUN_FILE).exists():
        for path in _tables(folder):
            if path.exists():
                raise OutputError(
                    folder, f"holds a file {path.name} that is not of an earlier run. Name another."
                )
    if settings.tables == "parquet" and find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "parquet", "--tables parquet")


def _tables(folder: Path) -> list[Path]:
    formats = describe()["tables"]["choices"]
    return [folder / f"{name}.{suffix}" for name in _NAMES for suffix in formats]


def write_outputs(
    result: CorpusResult, folder: Path, settings: Settings, pages: Mapping[str, Callable[[], str]]
) -> list[Path]:
    """Write everything that `tsd analyze` writes.

    Parameters
    ----------
    result : CorpusResult
        The run.
    folder : Path
        Made if it does not exist; files of an earlier run are replaced.
    settings : Settings
        `tables` and `no_text`.
    pages : mapping of str to callable
        Further files, name to what makes their content; made when the tables are safe.

    Returns
    -------
    list of Path
        The files, in the order in which they were written; ``run.json`` is last.
    """
    check_output(folder, settings)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in _NAMES:
        target = folder / f"{name}.{settings.tables}"
        table = rounded(getattr(result, name))
        if settings.no_text and name in _WITH_TEXT:
            table = without_text(table)
        with staged(target) as part:
            if settings.tables == "csv":
                guard(table).to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
            else:
                table.to_parquet(part, index=False)
        written.append(target)
    for path in _tables(folder):  # of an earlier run in the other format
        if path not in written:
            path.unlink(missing_ok=True)
    run = json.dumps(_without_names(result.run, settings), indent=1, ensure_ascii=False) + "\n"
    for name, make in [*pages.items(), (RUN_FILE, lambda: run)]:
        write_bytes(folder / name, make().encode())
        written.append(folder / name)
    return written


def _without_names(run: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Leave the speakers' names out of the settings where all of their words are left out."""
    if not settings.no_text:
        return run
    return {**run, "settings": {**run["settings"], "therapist": [], "client": []}}


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Round our own numbers; a column of the user's metadata stays as it is."""
    own = [name for name in table.columns if name not in SESSION_COLUMNS]
    theirs = own if "talk_time_basis" in table else []
    return table.round({name: _DECIMALS for name in table.columns if name not in theirs})


def without_text(table: pd.DataFrame) -> pd.DataFrame:
    """Empty the words of the transcripts, and let the roles stand for the speakers' names."""
    words = [column for column in ("text", "evidence") if column in table]
    table = table.assign(**dict.fromkeys(words, ""))
    return table.assign(speaker=table["role"]) if "speaker" in table else table


def guard(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before texts that a spreadsheet would take for a formula.

    Numbers stay numbers. `tsd.readers.tabular.unguard` takes the apostrophe off again.

    Parameters
    ----------
    table : DataFrame
        Any table.

    Returns
    -------
    DataFrame
        A copy.

    Examples
    --------
    >>> guard(pd.DataFrame({"text": ["=1+1", "-and then"], "n": [-1, 2]}))["text"].tolist()
    ["'=1+1", "'-and then"]
    """
    table = table.rename(columns=_guarded)
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].map(_guarded)
    return table


def _guarded(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
