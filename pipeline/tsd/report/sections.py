"""Parts of the report: rates with their intervals, and guideline indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import pandas as pd

from tsd.measure.corpus import CorpusMeasures
from tsd.measure.focus.returning import Facts
from tsd.measure.guidelines.advice import INDICATORS
from tsd.report.shares import after_disclosures, share_in_words
from tsd.words import count

_RATES = ("flagged", "adjusted", "audited")
_MEDIANS = {"length": "words", "client_reply": "reply_ratio", "position": "position"}
"""Indicators of which the median disclosure is shown, and the column of the table disclosures."""


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


def guideline_overview(result: CorpusMeasures) -> Iterator[dict[str, Any]]:
    """Yield each indicator of the table ``guidelines``, over all disclosures of all sessions.

    Its words, its value as ``shown`` and, where there is one, the share ``elsewhere``; what the
    value is ``over``, and the number of disclosures ``to_review``. The disclosures are pooled, as
    in the headline numbers: most sessions have one or two, so that a median of the sessions' own
    shares would nearly always be 0% or 100%.
    """
    groups = dict(iter(result.guidelines.groupby("indicator", sort=False)))
    for key, indicator in INDICATORS.items():
        if key not in groups:
            continue
        pooled = _pooled(key, result)
        counted = groups[key]["to_review"].dropna()
        yield {
            "title": indicator.title,
            "advice": indicator.advice,
            "shown": pooled.shown,
            "elsewhere": pooled.elsewhere,
            "unit": "" if _is_share(key) else indicator.unit,
            "over": pooled.over,
            "to_review": int(counted.sum()) if len(counted) else None,
            "literature": groups[key]["literature"].iloc[0],
            "cannot_know": indicator.cannot_know,
        }


class _Pooled(NamedTuple):
    """An indicator over all sessions: its value, what it is over, and the share elsewhere."""

    shown: str | None
    over: str
    elsewhere: str | None = None


def _pooled(key: str, result: CorpusMeasures) -> _Pooled:
    s, disclosures = result.summary, result.disclosures
    total = len(disclosures)
    if key == "frequency":
        rate = s["disclosures_per_100"]
        over = f"over {count(s['sessions_measured'], 'session')}"
        return _Pooled(None if rate is None else _shown(rate, key), over)
    if key in Facts._fields:
        after = after_disclosures(s, key)
        return _Pooled(after.shown, f"over {_of(after.disclosures, total)}", after.elsewhere)
    over = f"over {count(total, 'disclosure')}"
    if not total:
        return _Pooled(None, over)
    if key in ("solicited", "permission"):
        return _Pooled(share_in_words(float(disclosures[key].mean()), total), over)
    if key.endswith("_cues"):
        flag = key.removesuffix("_cues")
        flagged = sum(flag in flags for flags in disclosures["flags"])
        return _Pooled(str(flagged), f"of {count(total, 'disclosure')}")
    values = disclosures[_MEDIANS[key]].astype(float).dropna()
    shown = _shown(float(values.median()), key) if len(values) else None
    return _Pooled(shown, f"median over {_of(len(values), total)}")


def _of(some: int, total: int) -> str:
    """Say how many of the disclosures a value is over."""
    disclosures = count(total, "disclosure")
    return disclosures if some == total else f"{some:,} of {disclosures}"


def guidelines_of(rows: pd.DataFrame, disclosures: int) -> Iterator[dict[str, Any]]:
    """Yield one session's rows of the table ``guidelines``, with numbers as people read them.

    `disclosures` is the number of disclosures in the session.
    """
    for row in records(rows):
        key = row["indicator"]
        shown = None if row["value"] is None else _shown(row["value"], key)
        if shown is not None and row["unit"] == "share of disclosures":
            shown = share_in_words(row["value"], disclosures)
        yield {
            **row,
            "title": INDICATORS[key].title,
            "shown": shown,
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
