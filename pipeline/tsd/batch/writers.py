"""The output folder: tables, pages and ``run.json``, each whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from tsd.analyze.corpus import CorpusResult
from tsd.atomic import staged, write_bytes
from tsd.batch.inputs import RUN_FILE
from tsd.errors import MissingExtraError
from tsd.settings import Settings

_DECIMALS = 6
_TEXT_OF_SESSIONS = ("text",)
"""Columns that hold words of the transcripts."""

_FORMULA_STARTS = frozenset("=+-@\t\r\0")
"""What a spreadsheet computes begins with one of these; see OWASP on CSV injection."""


def check_tables(settings: Settings) -> None:
    """Raise `MissingExtraError` if the chosen table format cannot be written."""
    if settings.tables == "parquet" and find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "parquet", "--tables parquet")


def write_outputs(
    result: CorpusResult, folder: Path, settings: Settings, pages: Mapping[str, str]
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
    pages : mapping of str to str
        Further files, name to content.

    Returns
    -------
    list of Path
        The files, in the order in which they were written; ``run.json`` is last.
    """
    check_tables(settings)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in ("utterances", "disclosures", "sessions", "problems"):
        target = folder / f"{name}.{settings.tables}"
        table = getattr(result, name).round(_DECIMALS)
        if settings.no_text:
            table = table.assign(**{c: "" for c in _TEXT_OF_SESSIONS if c in table})
        with staged(target) as part:
            if settings.tables == "csv":
                guard(table).to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
            else:
                table.to_parquet(part, index=False)
        written.append(target)
    run = json.dumps(result.run, indent=1, ensure_ascii=False) + "\n"
    for name, content in {**pages, RUN_FILE: run}.items():
        write_bytes(folder / name, content.encode())
        written.append(folder / name)
    return written


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
    table = table.copy()
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].map(
                lambda cell: f"'{cell}" if isinstance(cell, str) and _is_formula(cell) else cell
            )
    return table


def _is_formula(cell: str) -> bool:
    return cell.lstrip("'")[:1] in _FORMULA_STARTS
