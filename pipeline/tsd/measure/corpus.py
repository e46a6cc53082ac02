"""The numbers of many sessions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure import tables
from tsd.measure.focus.chance import TESTED, corpus_against_chance, session_against_chance
from tsd.measure.focus.returning import Facts
from tsd.measure.focus.stretches import Slopes
from tsd.measure.following.curve import curve_rows
from tsd.measure.following.lags import following_rows
from tsd.measure.guidelines.other_sessions import add_others, add_session_numbers
from tsd.measure.missing import missing_rows
from tsd.measure.rates.audited import AuditedSample
from tsd.measure.rates.rates import ErrorRates, rates
from tsd.measure.rows import focus_test_row
from tsd.measure.session import SessionResult
from tsd.schema import TYPES, Problem
from tsd.settings import Measuring
from tsd.stats import ratio

RETURN_COLUMNS = (*Facts._fields, *(f"{fact}_base" for fact in Facts._fields))
"""The facts about the return of the focus, and their base rates."""

_BY_SESSION = (tables.UTTERANCES, tables.DISCLOSURES, tables.GUIDELINES, tables.DYNAMICS)
"""The tables whose rows come from the sessions one by one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the sessions besides their words; by default nothing.

    Parameters
    ----------
    columns : mapping of str to mapping of str to object
        For each column of the table of sessions (``therapist``, ``case``, ``session_number`` and
        any outcomes) the value of each session.
    errors : ErrorRates or None
        How often the classifier errs on sessions like these.
    errors_unknown : str
        Why that is not known.
    audit : AuditedSample or None
        A reviewed sample of the utterances.
    """

    columns: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    errors: ErrorRates | None = None
    errors_unknown: str = "not computed: this needs the error rates on sessions like these"
    audit: AuditedSample | None = None


@dataclass(frozen=True, repr=False)
class CorpusMeasures:
    """What was measured in many sessions.

    Parameters
    ----------
    sessions, utterances, disclosures, guidelines, dynamics : DataFrame
    following, curve, rates, missing, problems : DataFrame
        The tables; `tsd.measure.tables` defines their columns.
    summary : dict
        The numbers of the corpus: counts, pooled rates and lengths, the focus test
        (``focus_...``) and the rates of all sessions (``flagged...``, ``adjusted...``,
        ``audited...``). A number that cannot be computed is None.
    """

    sessions: pd.DataFrame
    utterances: pd.DataFrame
    disclosures: pd.DataFrame
    guidelines: pd.DataFrame
    dynamics: pd.DataFrame
    following: pd.DataFrame
    curve: pd.DataFrame
    rates: pd.DataFrame
    missing: pd.DataFrame
    problems: pd.DataFrame
    summary: dict[str, Any]

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__}: sessions {len(self.sessions)}, "
            f"disclosures {len(self.disclosures)}, problems {len(self.problems)}>"
        )

    def _repr_html_(self) -> str:
        return self.sessions.to_html(index=False)


def gather(
    results: Sequence[SessionResult],
    problems: Sequence[Problem],
    measuring: Measuring | None = None,
    known: Known | None = None,
) -> CorpusMeasures:
    """Put the results of sessions together, in their order; every table has all its columns."""
    measuring, known = measuring or Measuring(), known or Known()
    results = _with_pooled_slopes(results, measuring)
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
    )
    chance = corpus_against_chance(
        list(therapists), list(therapists.values()), [r.chance for r in results], measuring
    )
    parts = {
        table.name: table.stack([r.columns[table.name] for r in results]) for table in _BY_SESSION
    }
    add_others(parts["guidelines"], therapists)
    add_session_numbers(parts["guidelines"], dict(zip(ids, columns["session_number"], strict=True)))
    (corpus,) = found_rates[:1].to_dict("records")
    summary = {
        **_summarize(sessions, parts["disclosures"]),
        **chance.summary(),
        **{
            name: None if pd.isna(corpus[name]) else corpus[name] for name in tables.RATES.names[4:]
        },
    }
    framed = tables.SESSIONS.frame(columns)
    for name, values in known.columns.items():  # outcomes stay as the user has them
        if name not in columns:
            framed[name] = [values.get(i) for i in ids]
    frames = {
        "sessions": framed,
        **{table.name: table.frame(parts[table.name]) for table in _BY_SESSION},
        "following": _frame(tables.FOLLOWING, following_rows([r.lags for r in results])),
        "curve": _frame(tables.CURVE, curve_rows([r.curve for r in results])),
        "rates": tables.RATES.frame(
            {str(name): cells for name, cells in found_rates.to_dict("list").items()}
        ),
        "problems": _frame(
            tables.PROBLEMS, [asdict(p) | {"severity": str(p.severity)} for p in problems]
        ),
    }
    lacking = missing_rows(frames, summary, problems, known.columns, measuring)
    return CorpusMeasures(**frames, missing=_frame(tables.MISSING, lacking), summary=summary)


def _with_pooled_slopes(
    results: Sequence[SessionResult], measuring: Measuring
) -> list[SessionResult]:
    """Test the focus shift of sessions with few stretches by the slopes of all such sessions."""
    pooled = Slopes.none()
    for result in sorted(results, key=lambda each: each.comparisons.session_id):
        pooled += result.comparisons.short
    return [
        _tested_again(result, pooled, measuring) if result.comparisons.need_pooling else result
        for result in results
    ]


def _tested_again(result: SessionResult, pooled: Slopes, measuring: Measuring) -> SessionResult:
    chance = session_against_chance(result.comparisons, measuring, pooled)
    disclosures = dict(result.columns["disclosures"])
    episodes = list(disclosures["episode"])
    shifts = np.full(len(chance.outcomes), np.nan)
    shifts[episodes] = list(disclosures["focus_shift"])
    disclosures["focus_shift_adjusted"] = chance.by_episode[episodes].tolist()
    disclosures["focus_test"] = [chance.outcomes[episode] for episode in episodes]
    return replace(
        result,
        summary=result.summary | focus_test_row(chance, shifts),
        columns={**result.columns, "disclosures": disclosures},
        chance=chance,
    )


def _frame(table: tables.Table, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    return table.frame(table.of_rows(rows))


def _summarize(sessions: pd.DataFrame, disclosures: tables.Columns) -> dict[str, Any]:
    """Return counts, rates and lengths; None if there is nothing to compute them from.

    Rates are pooled: all disclosures over all that was said. Focus shift and talk share are
    means over the sessions that have one, so that a long session counts as much as a short one.
    ``focus_shift_tested`` is the raw shift of the episodes that ``focus_shift_adjusted`` is about.
    """
    measured = sessions[sessions["disclosures"].notna()]
    lengths = np.array(disclosures["words"], dtype=float)
    with_any = measured[measured["disclosures"] > 0]
    utterances = int(measured["therapist_utterances"].sum())
    hours = math.fsum(measured["session_seconds"]) / 3600
    total = int(measured["disclosures"].sum())
    return {
        "sessions": len(sessions),
        "sessions_measured": len(measured),
        "sessions_with_disclosure": len(with_any),
        "utterances": int(sessions["utterances"].sum()),
        "therapist_utterances": utterances,
        "disclosures": total,
        **{f"disclosures_{t}": int(measured[f"disclosures_{t}"].sum()) for t in TYPES},
        "disclosures_per_session": ratio(total, len(measured)),
        "disclosures_per_100": ratio(
            100 * int(measured["disclosing_utterances"].sum()), utterances
        ),
        "disclosures_per_1000_words": ratio(1000 * total, int(measured["therapist_words"].sum())),
        "disclosures_per_hour": ratio(total, hours),
        "median_disclosure_words": float(np.median(lengths)) if len(lengths) else None,
        "longest_disclosure_words": float(lengths.max()) if len(lengths) else None,
        "disclosure_word_share": ratio(
            int(measured["disclosure_words"].sum()), int(measured["therapist_words"].sum())
        ),
        "therapist_talk_share": _mean(sessions["therapist_talk_share"]),
        "focus_shift": _mean(sessions["focus_shift"]),
        "focus_shift_sessions": int(sessions["focus_shift"].notna().sum()),
        "focus_shift_tested": _mean(sessions["focus_shift_tested"]),
        **_focus_tested(disclosures),
        **_returned(disclosures),
    }


def _returned(disclosures: tables.Columns) -> dict[str, Any]:
    """Return how often each fact about the return of the focus holds, and how often elsewhere.

    ``..._share`` is over all disclosures; ``..._compared_share`` and ``..._base_share`` are both
    over the ``returns_compared`` disclosures that have a base rate. ``client_resumed_known`` counts
    the disclosures in sessions in which a client speaks.
    """
    table = pd.DataFrame({name: list(disclosures[name]) for name in RETURN_COLUMNS}, dtype=float)
    compared = table.dropna()
    shares: dict[str, Any] = {
        "returns_compared": len(compared),
        "client_resumed_known": int(table["client_resumed"].notna().sum()),
    }
    for fact in Facts._fields:
        shares |= {
            f"{fact}_share": _mean(table[fact]),
            f"{fact}_compared_share": _mean(compared[fact]),
            f"{fact}_base_share": _mean(compared[f"{fact}_base"]),
        }
    return shares


def _focus_tested(disclosures: tables.Columns) -> dict[str, int]:
    """Count by type the disclosures in episodes whose focus shift could be tested."""
    tested = [
        label
        for label, outcome in zip(disclosures["label"], disclosures["focus_test"], strict=True)
        if outcome == TESTED
    ]
    return {
        "focus_tested": len(tested),
        **{f"focus_tested_{label}": tested.count(str(label)) for label in TYPES},
    }


def _mean(column: pd.Series) -> float | None:
    """Return the mean of what is not missing, exactly summed: the order changes nothing."""
    known = column.astype(float).dropna()
    return math.fsum(known) / len(known) if len(known) else None
