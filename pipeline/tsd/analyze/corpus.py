"""The numbers of many sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tsd.analyze.session import SessionResult
from tsd.analyze.tables import (
    DISCLOSURE_COLUMNS,
    FRACTIONS,
    PROBLEM_COLUMNS,
    SESSION_COLUMNS,
    UTTERANCE_COLUMNS,
)
from tsd.schema import TYPES, Problem

_WHOLE_NUMBERS: dict[str, tuple[str, ...]] = {
    "sessions": (
        "disclosures",
        "disclosing_utterances",
        *(f"disclosures_{t}" for t in TYPES),
        "disclosure_words",
        "episodes",
    ),
    "disclosures": ("turns_to_return",),
    "problems": ("line",),
}
"""Columns of counts that can be missing; without this they would be written as 3.0."""


@dataclass(frozen=True, slots=True, repr=False)
class CorpusResult:
    """What was measured in a run.

    Parameters
    ----------
    sessions, utterances, disclosures, problems : DataFrame
        The tables that `tsd analyze` writes.
    run : dict
        The content of ``run.json``.
    """

    sessions: pd.DataFrame
    utterances: pd.DataFrame
    disclosures: pd.DataFrame
    problems: pd.DataFrame
    run: dict[str, Any]

    @property
    def summary(self) -> dict[str, Any]:
        """The numbers of the corpus; see `summarise`."""
        return summarise(self.sessions, self.disclosures)

    def __repr__(self) -> str:
        return (
            f"<CorpusResult: {len(self.sessions)} sessions, {len(self.disclosures)} disclosures, "
            f"{len(self.problems)} problems>"
        )

    def _repr_html_(self) -> str:
        return self.sessions.to_html(index=False)


def gather(
    results: Sequence[SessionResult], problems: Sequence[Problem], run: dict[str, Any]
) -> CorpusResult:
    """Put the results of sessions into the tables of a run.

    Parameters
    ----------
    results : sequence of SessionResult
        In the order of the tables.
    problems : sequence of Problem
        In the order of the table.
    run : dict
        What is known of the run.

    Returns
    -------
    CorpusResult
        With every column, also when there are no rows.
    """
    tables = {
        "sessions": pd.DataFrame([r.summary for r in results], columns=list(SESSION_COLUMNS)),
        "utterances": _stack([r.utterances for r in results], UTTERANCE_COLUMNS),
        "disclosures": _stack([r.disclosures for r in results], DISCLOSURE_COLUMNS),
        "problems": pd.DataFrame(
            [(p.path, p.line, p.session_id, str(p.severity), p.message) for p in problems],
            columns=list(PROBLEM_COLUMNS),
        ),
    }
    for name, columns in _WHOLE_NUMBERS.items():
        for column in columns:
            tables[name][column] = tables[name][column].astype("Int64")
    tables["disclosures"] = tables["disclosures"].astype(dict.fromkeys(FRACTIONS, float))
    return CorpusResult(**tables, run=run)


def _stack(tables: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    if not filled:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(filled, ignore_index=True)


def summarise(sessions: pd.DataFrame, disclosures: pd.DataFrame) -> dict[str, Any]:
    """Summarise a corpus.

    Rates are pooled: all disclosures over all that was said. Focus shift and talk share are
    means over the sessions that have one, so that a long session counts as much as a short one.

    Parameters
    ----------
    sessions, disclosures : DataFrame
        As in `CorpusResult`.

    Returns
    -------
    dict
        Counts, rates, lengths; None where there is nothing to compute from.
    """
    measured = sessions[sessions["disclosures"].notna()]
    with_any = measured[measured["disclosures"] > 0]
    said = int(measured["therapist_utterances"].sum())
    hours = float(measured["session_seconds"].sum()) / 3600
    total = int(measured["disclosures"].sum())
    return {
        "sessions": len(sessions),
        "sessions_measured": len(measured),
        "sessions_with_disclosure": len(with_any),
        "utterances": int(sessions["utterances"].sum()),
        "therapist_utterances": said,
        "disclosures": total,
        **{f"disclosures_{t}": int(measured[f"disclosures_{t}"].sum()) for t in TYPES},
        "disclosures_per_session": _ratio(total, len(measured)),
        "disclosures_per_100": _ratio(100 * int(measured["disclosing_utterances"].sum()), said),
        "disclosures_per_hour": _ratio(total, hours),
        "median_disclosure_words": _or_none(disclosures["words"].astype(float).median()),
        "longest_disclosure_words": _or_none(disclosures["words"].astype(float).max()),
        "disclosure_word_share": _ratio(
            int(measured["disclosure_words"].sum()), int(measured["therapist_words"].sum())
        ),
        "therapist_talk_share": _or_none(sessions["therapist_talk_share"].astype(float).mean()),
        "focus_shift": _or_none(sessions["focus_shift"].astype(float).mean()),
        "focus_shift_sessions": int(sessions["focus_shift"].notna().sum()),
        "returned_share": _or_none(disclosures["returned"].astype(float).mean()),
    }


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
