"""The cells of a table of sessions: numbers, yes and no, and names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tsd.errors import SettingsError
from tsd.readers.tables.columns_patterns import MISSING
from tsd.stats import Floats

WORDS = (("no", "yes"), ("false", "true"))
"""Pairs of words that are read as 0 and 1."""


def checked_numbers(sessions: pd.DataFrame, setting: str, name: str) -> Floats:
    """Read a column as numbers, or as 0 and 1 if it holds yes and no, or true and false.

    Raises
    ------
    SettingsError
        If a cell is anything else, and not empty; `setting` named the column.

    Examples
    --------
    >>> table = pd.DataFrame({"recovered": ["Yes", "no", "", "yes"]})
    >>> checked_numbers(table, "outcome", "recovered").tolist()
    [1.0, 0.0, nan, 1.0]
    """
    cells = sessions[name]
    texts = _texts(cells)
    if words := words_of(cells):
        is_one = (texts == words[1]).to_numpy(dtype=bool)
        return np.where(texts.isin(words), is_one.astype(float), np.nan)
    numbers = as_numbers(cells)
    given = ~texts.isin(MISSING)
    if wrong := int((np.isnan(numbers) & given).sum()):
        expected = (
            "a column of numbers with a decimal point, or of yes and no, or of true and false"
        )
        if wrong == given.sum() and texts[given].nunique() == 2:
            expected += "; code two other words as 0 and 1"
        raise SettingsError(setting, name, f"{expected} (cells that are not: {wrong})")
    return numbers


def words_of(cells: pd.Series[Any]) -> tuple[str, str] | None:
    """Return the words of a column that count as 0 and as 1; None if it does not hold words.

    >>> words_of(pd.Series(["TRUE", "false", None]))
    ('false', 'true')
    """
    texts = _texts(cells)
    found = set(texts) - MISSING
    return next((words for words in WORDS if found and found <= set(words)), None)


def as_numbers(column: pd.Series[Any]) -> Floats:
    """Read a column as numbers; anything else is missing."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def as_names(sessions: pd.DataFrame, column: str) -> list[str | None]:
    """Read a column as names; None where there is none, or no such column."""
    if column not in sessions:
        return [None] * len(sessions)
    cells = sessions[column]
    return [
        (str(cell).strip() or None) if known else None
        for cell, known in zip(cells, cells.notna(), strict=True)
    ]


def _texts(cells: pd.Series[Any]) -> pd.Series[str]:
    return cells.astype(object).where(cells.notna(), "").astype(str).str.strip().str.lower()
