"""The numbers of many sessions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure.focus.chance import CorpusChance, corpus_against_chance
from tsd.measure.guidelines.other_sessions import add_others, add_session_numbers
from tsd.measure.rates.audited import AuditedSample
from tsd.measure.rates.rates import ErrorRates, rates
from tsd.measure.session import SessionResult
from tsd.measure.tables import (
    DISCLOSURE_COLUMNS,
    DYNAMICS_COLUMNS,
    FRACTIONS,
    GUIDELINE_COLUMNS,
    PROBLEM_COLUMNS,
    SESSION_COLUMNS,
    UTTERANCE_COLUMNS,
)
from tsd.schema import TYPES, Problem
from tsd.settings import Measuring

_WHOLE_NUMBERS: dict[str, tuple[str, ...]] = {
    "sessions": (
        "session_number",
        "disclosures",
        "disclosing_utterances",
        *(f"disclosures_{t}" for t in TYPES),
        "disclosure_words",
        "episodes",
        "episodes_tested",
        "episodes_not_testable",
        "therapist_turns",
        "client_turns",
        "therapist_longest_turn",
        "client_longest_turn",
        "balance_windows",
        "balance_windows_therapist",
        "balance_windows_client",
    ),
    "disclosures": ("turns_to_return", "reply_words"),
    "guidelines": ("to_review",),
    "problems": ("line",),
}
"""Columns of counts that can be missing; without this they would be written as 3.0."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sessions beside their words; by default nothing.

    Parameters
    ----------
    columns : mapping of str to mapping of str to object
        Column of the table of sessions, to session, to value: ``therapist``, ``case``,
        ``session_number`` and any outcomes.
    errors : ErrorRates or None
        How often the classifier errs on sessions like these.
    errors_unknown : str
        Why that is not known.
    audit : AuditedSample or None
        A reviewed sample of the utterances.
    """

    columns: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    errors: ErrorRates | None = None
    errors_unknown: str = "the error rates on sessions like these are not known"
    audit: AuditedSample | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CorpusResult:
    """What was measured in a run.

    Parameters
    ----------
    sessions, utterances, disclosures, guidelines, dynamics, rates, problems : DataFrame
        The tables that `tsd analyze` writes.
    chance : CorpusChance
        The focus shift of all sessions against chance.
    run : dict
        The content of ``run.json``.
    """

    sessions: pd.DataFrame
    utterances: pd.DataFrame
    disclosures: pd.DataFrame
    guidelines: pd.DataFrame
    dynamics: pd.DataFrame
    rates: pd.DataFrame
    problems: pd.DataFrame
    chance: CorpusChance
    run: dict[str, Any]

    @property
    def summary(self) -> dict[str, Any]:
        """The numbers of the corpus: those of `summarise`, the focus test and the rates."""
        chance = {f"focus_{name}": value for name, value in asdict(self.chance).items()}
        corpus = self.rates[self.rates["level"] == "corpus"].iloc[0]
        names = [c for c in self.rates.columns if c.startswith(("flagged", "adjusted", "audited"))]
        return {
            **summarise(self.sessions, self.disclosures),
            **{name: _plain(value) for name, value in chance.items()},
            **{name: _plain(corpus[name]) for name in names},
        }

    def __repr__(self) -> str:
        return (
            f"<CorpusResult: {len(self.sessions)} sessions, {len(self.disclosures)} disclosures, "
            f"{len(self.problems)} problems>"
        )

    def _repr_html_(self) -> str:
        return self.sessions.to_html(index=False)


def gather(
    results: Sequence[SessionResult],
    problems: Sequence[Problem],
    run: dict[str, Any],
    measuring: Measuring | None = None,
    known: Known | None = None,
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
    measuring : Measuring, optional
        Number of resamples, and the seed.
    known : Known, optional
        What is known of the sessions beside their words.

    Returns
    -------
    CorpusResult
        With every column, also when there are no rows.
    """
    measuring, known = measuring or Measuring(), known or Known()
    sessions = pd.DataFrame([r.summary for r in results], columns=list(SESSION_COLUMNS))
    for column, values in known.columns.items():
        sessions[column] = [values.get(name) for name in sessions["session_id"]]
    for column in ("therapist", "case"):
        sessions[column] = sessions[column].fillna("").astype(str)
    therapists = dict(zip(sessions["session_id"], sessions["therapist"], strict=True))
    numbers = dict(zip(sessions["session_id"], sessions["session_number"], strict=True))
    tables = {
        "sessions": sessions,
        "utterances": _stack([r.utterances for r in results], UTTERANCE_COLUMNS),
        "disclosures": _stack([r.disclosures for r in results], DISCLOSURE_COLUMNS),
        "guidelines": add_session_numbers(
            add_others(_stack([r.guidelines for r in results], GUIDELINE_COLUMNS), therapists),
            numbers,
        ),
        "dynamics": _stack([r.dynamics for r in results], DYNAMICS_COLUMNS),
        "rates": rates(
            sessions,
            errors=known.errors,
            unknown=known.errors_unknown,
            audit=known.audit,
            measuring=measuring,
        ),
        "problems": pd.DataFrame(
            [(p.path, p.line, p.session_id, str(p.severity), p.message) for p in problems],
            columns=list(PROBLEM_COLUMNS),
        ),
    }
    for name, columns in _WHOLE_NUMBERS.items():
        for column in columns:
            tables[name][column] = tables[name][column].astype("Int64")
    tables["disclosures"] = tables["disclosures"].astype(dict.fromkeys(FRACTIONS, float))
    chance = corpus_against_chance(
        list(therapists), list(therapists.values()), [r.chance for r in results], measuring
    )
    return CorpusResult(**tables, chance=chance, run=run)


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
    hours = math.fsum(measured["session_seconds"]) / 3600
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
        "therapist_talk_share": _mean(sessions["therapist_talk_share"]),
        "focus_shift": _mean(sessions["focus_shift"]),
        "focus_shift_sessions": int(sessions["focus_shift"].notna().sum()),
        "returned_share": _mean(disclosures["returned"]),
    }


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _mean(column: pd.Series) -> float | None:
    """Return the mean of what is not missing, exactly summed: the order changes nothing."""
    known = column.astype(float).dropna()
    return math.fsum(known) / len(known) if len(known) else None


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a number or a text
    """Return a value that JSON has, None where a number is missing."""
    return value if isinstance(value, str | int) else _or_none(value)
