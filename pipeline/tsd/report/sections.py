"""Parts of the report: rates with their intervals, and guideline indicators."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from tsd.measure.guidelines.advice import INDICATORS

RATES: tuple[str, ...] = ("flagged", "adjusted", "audited")
"""The three kinds of rate, the least trustworthy first."""


def rate_rows(rates: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rates of the corpus and of the therapists, for the table of rates.

    Parameters
    ----------
    rates : DataFrame
        The table ``rates``.

    Yields
    ------
    dict
        ``name``, ``sessions``, ``utterances``, and for each of `RATES` a dict of ``value``,
        ``low``, ``high`` and ``note``.
    """
    given: set[tuple[str, str]] = set()  # each reason is given once
    for row in rates[rates["level"] != "session"].to_dict("records"):
        known = present(row)
        for rate in RATES:
            note = (rate, str(known[f"{rate}_note"] or ""))
            if note in given:
                known[f"{rate}_note"] = None
            given.add(note)
        yield {
            "name": known["name"] if known["level"] == "therapist" else "all sessions",
            "sessions": known["sessions"],
            "utterances": known["therapist_utterances"],
            **{
                rate: {
                    "value": known[rate],
                    "low": known[f"{rate}_low"],
                    "high": known[f"{rate}_high"],
                    "note": known[f"{rate}_note"],
                }
                for rate in RATES
            },
        }


def guideline_overview(guidelines: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each indicator with the median of its values over the sessions.

    Parameters
    ----------
    guidelines : DataFrame
        The table ``guidelines``.

    Yields
    ------
    dict
        The indicator's texts, the median of its values as ``shown``, the number of ``sessions``
        with a value, and the number of disclosures ``to_review``.
    """
    groups = dict(iter(guidelines.groupby("indicator", sort=False)))
    for key, indicator in INDICATORS.items():
        rows = groups.get(key)
        if rows is None:
            continue
        values = rows["value"].astype(float)
        counted = rows["to_review"].dropna()
        yield {
            "title": indicator.title,
            "advice": indicator.advice,
            "shown": None if values.isna().all() else _shown(float(values.median()), key),
            "unit": "" if _is_share(key) else indicator.unit,
            "sessions": int(values.notna().sum()),
            "to_review": int(counted.sum()) if len(counted) else None,
            "literature": rows["literature"].iloc[0],
            "cannot_know": indicator.cannot_know,
        }


def guidelines_of(rows: pd.DataFrame | None) -> Iterator[dict[str, Any]]:
    """Yield the indicators of one session.

    Parameters
    ----------
    rows : DataFrame or None
        Its rows of the table ``guidelines``.

    Yields
    ------
    dict
        The row with its ``title``, and its value as ``shown``.
    """
    for row in [] if rows is None else rows.to_dict("records"):
        known = present(row)
        key = str(known["indicator"])
        yield {
            **known,
            "title": INDICATORS[key].title,
            "shown": None if known["value"] is None else _shown(known["value"], key),
            "others": None if known["others"] is None else _shown(known["others"], key),
            "unit": "" if _is_share(key) else known["unit"],
        }


def _is_share(key: str) -> bool:
    return INDICATORS[key].unit.startswith("share")


def _shown(value: float, key: str) -> str:
    if _is_share(key):
        return f"{100 * value:.0f}%"
    if value == round(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def present(row: dict[Hashable, Any]) -> dict[str, Any]:
    """Return a row with None for whatever is missing."""
    return {str(name): None if is_missing(value) else value for name, value in row.items()}


def is_missing(value: Any) -> bool:  # noqa: ANN401 - a cell
    """Return whether a cell of a table is empty."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
