"""The numbers of many sessions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure import tables
from tsd.measure.focus.chance import corpus_against_chance
from tsd.measure.guidelines.other_sessions import add_others, add_session_numbers
from tsd.measure.rates.audited import AuditedSample
from tsd.measure.rates.rates import ErrorRates, rates
from tsd.measure.session import SessionResult
from tsd.schema import TYPES, Problem
from tsd.settings import Measuring


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sessions besides their words; by default nothing.

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


@dataclass(frozen=True, repr=False)
class CorpusMeasures:
    """What was measured in many sessions.

    Parameters
    ----------
    sessions, utterances, disclosures, guidelines, dynamics, rates, problems : DataFrame
        The tables; `tsd.measure.tables` defines their columns.
    summary : dict
        The numbers of the corpus: those of `summarize`, the focus test (``focus_...``) and the
        rates of all sessions (``flagged...``, ``adjusted...``, ``audited...``). A number that
        cannot be computed is None.
    """

    sessions: pd.DataFrame
    utterances: pd.DataFrame
    disclosures: pd.DataFrame
    guidelines: pd.DataFrame
    dynamics: pd.DataFrame
    rates: pd.DataFrame
    problems: pd.DataFrame
    summary: dict[str, Any]

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__}: {len(self.sessions)} sessions, "
            f"{len(self.disclosures)} disclosures, {len(self.problems)} problems>"
        )

    def _repr_html_(self) -> str:
        return self.sessions.to_html(index=False)


def gather(
    results: Sequence[SessionResult],
    problems: Sequence[Problem],
    measuring: Measuring | None = None,
    known: Known | None = None,
) -> CorpusMeasures:
    """Put the results of sessions together.

    Parameters
    ----------
    results : sequence of SessionResult
        In the order of the tables.
    problems : sequence of Problem
        In the order of the table.
    measuring : Measuring, optional
        Number of resamples, and the seed.
    known : Known, optional
        What is known of the sessions besides their words.

    Returns
    -------
    CorpusMeasures
        With every column, also when there are no rows.
    """
    measuring, known = measuring or Measuring(), known or Known()
    columns = tables.SESSIONS.of_rows([r.summary for r in results])
    ids = columns["session_id"]
    for name, values in known.columns.items():
        if name in columns:
            missing = None if name == "session_number" else ""
            columns[name] = [missing if (value := values.get(i)) is None else value for i in ids]
    therapists = dict(zip(ids, columns["therapist"], strict=True))
    sessions = pd.DataFrame(columns)  # numbers not rounded yet
    found_rates = rates(
        sessions,
        errors=known.errors,
        unknown=known.errors_unknown,
        audit=known.audit,
        measuring=measuring,
    )
    chance = corpus_against_chance(
        list(therapists), list(therapists.values()), [r.chance for r in results], measuring
    )
    parts = {
        name: getattr(tables, name.upper()).stack([r.columns[name] for r in results])
        for name in ("utterances", "disclosures", "guidelines", "dynamics")
    }
    add_others(parts["guidelines"], therapists)
    add_session_numbers(parts["guidelines"], dict(zip(ids, columns["session_number"], strict=True)))
    corpus = found_rates.iloc[0]
    summary = {
        **summarize(sessions, parts["disclosures"]),
        **{f"focus_{name}": value for name, value in chance.summary().items()},
        **{name: _or_none(corpus[name]) for name in tables.RATES.names[4:]},
    }
    framed = tables.SESSIONS.frame(columns)
    for name, values in known.columns.items():  # outcomes stay as the user has them
        if name not in columns:
            framed[name] = [values.get(i) for i in ids]
    return CorpusMeasures(
        sessions=framed,
        **{name: getattr(tables, name.upper()).frame(part) for name, part in parts.items()},
        rates=tables.RATES.frame({str(name): found_rates[name].tolist() for name in found_rates}),
        problems=tables.PROBLEMS.frame(
            {
                "path": [p.path for p in problems],
                "line": [p.line for p in problems],
                "session_id": [p.session_id for p in problems],
                "severity": [str(p.severity) for p in problems],
                "message": [p.message for p in problems],
            }
        ),
        summary=summary,
    )


def summarize(sessions: pd.DataFrame, disclosures: tables.Columns) -> dict[str, Any]:
    """Summarize a corpus.

    Rates are pooled: all disclosures over all that was said. Focus shift and talk share are
    means over the sessions that have one, so that a long session counts as much as a short one.

    Parameters
    ----------
    sessions : DataFrame
        The table ``sessions``.
    disclosures : mapping of str to sequence
        The columns of the table ``disclosures``.

    Returns
    -------
    dict
        Counts, rates, lengths; None where there is nothing to compute from.
    """
    measured = sessions[sessions["disclosures"].notna()]
    lengths = np.array(disclosures["words"], dtype=float)
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
        "median_disclosure_words": float(np.median(lengths)) if len(lengths) else None,
        "longest_disclosure_words": float(lengths.max()) if len(lengths) else None,
        "disclosure_word_share": _ratio(
            int(measured["disclosure_words"].sum()), int(measured["therapist_words"].sum())
        ),
        "therapist_talk_share": _mean(sessions["therapist_talk_share"]),
        "focus_shift": _mean(sessions["focus_shift"]),
        "focus_shift_sessions": int(sessions["focus_shift"].notna().sum()),
        "returned_share": _mean(pd.Series(disclosures["returned"], dtype=float)),
    }


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _mean(column: pd.Series) -> float | None:
    """Return the mean of what is not missing, exactly summed: the order changes nothing."""
    known = column.astype(float).dropna()
    return math.fsum(known) / len(known) if len(known) else None


def _or_none(value: Any) -> Any:  # noqa: ANN401 - a number or a text
    """Return a value that JSON has, None where a number is missing."""
    if value is None or isinstance(value, str | int):
        return value
    return None if np.isnan(value) else float(value)
