"""Parts of the report: rates with their intervals, and guideline indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pandas as pd

from tsd.measure.guidelines.advice import INDICATORS

_RATES = ("flagged", "adjusted", "audited")


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, with None for whatever is missing."""
    present = table.astype(object).where(table.notna(), None)
    return cast(list[dict[str, Any]], present.to_dict("records"))


def rate_rows(rates: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table ``rates`` for all sessions and for each therapist.

    ``name`` says what a row is about. A note that an earlier row has too is None.
    """
    seen: set[tuple[str, str]] = set()
    for row in records(rates[rates["level"] != "session"]):
        for name in (f"{rate}_note" for rate in _RATES):
            note = (name, row[name])
            if note in seen:
                row[name] = None
            seen.add(note)
        yield {**row, "name": row["name"] if row["level"] == "therapist" else "all sessions"}


def guideline_overview(guidelines: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each indicator of the table ``guidelines``, over all sessions.

    Its words, the median of its values as ``shown``, the number of ``sessions`` with a value, and
    the number of disclosures ``to_review``.
    """
    groups = dict(iter(guidelines.groupby("indicator", sort=False)))
    for key, indicator in INDICATORS.items():
        if key not in groups:
            continue
        values = groups[key]["value"].astype(float)
        base = groups[key]["elsewhere"].astype(float)
        if base.notna().any():  # both medians over the same sessions
            values = values[base.notna()]
        elsewhere = base.median()
        counted = groups[key]["to_review"].dropna()
        yield {
            "title": indicator.title,
            "advice": indicator.advice,
            "shown": None if values.isna().all() else _shown(float(values.median()), key),
            "elsewhere": None if pd.isna(elsewhere) else _shown(float(elsewhere), key),
            "unit": "" if _is_share(key) else indicator.unit,
            "sessions": int(values.notna().sum()),
            "to_review": int(counted.sum()) if len(counted) else None,
            "literature": groups[key]["literature"].iloc[0],
            "cannot_know": indicator.cannot_know,
        }


def guidelines_of(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield one session's rows of the table ``guidelines``, with numbers as people read them."""
    for row in records(rows):
        key = row["indicator"]
        yield {
            **row,
            "title": INDICATORS[key].title,
            "shown": None if row["value"] is None else _shown(row["value"], key),
            "others": None if row["others"] is None else _shown(row["others"], key),
            "unit": "" if _is_share(key) else row["unit"],
        }


def _is_share(key: str) -> bool:
    return INDICATORS[key].unit.startswith("share")


def _shown(value: float, key: str) -> str:
    if _is_share(key):
        return f"{100 * value:.0f}%"
    if value == round(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
