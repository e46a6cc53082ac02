"""Rates in three columns: as flagged, adjusted for known errors, estimated from a review."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure.rates.audited import AuditedSample, audited
from tsd.measure.rates.intervals import Estimate, Z, per_100, wilson
from tsd.measure.rates.resampling import FEWEST_CLUSTERS, clusters_of, resample_ratio
from tsd.measure.tables import RATES
from tsd.settings import Measuring

__all__ = ["ErrorRates", "Estimate", "adjusted", "rates"]

Clusters = tuple[list[str], str]
"""The cluster of each session, and what the clusters are."""

FEWEST_CODED = 10
"""With fewer coded utterances of a kind than this, its error rate is not known."""

LEAST_DIFFERENCE = 0.2
"""A classifier whose sensitivity is not this much above its false alarms cannot be adjusted for:
what it flags hardly depends on what is there."""

NO_THERAPIST = "not measured: no therapist was recognised"
NO_REVIEW = "no review sheet"
OTHER_RUN = "the review sheet was drawn from another run"


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How often a classifier errs, as measured on coded utterances.

    Parameters
    ----------
    sensitivity : float
        Share flagged of those that disclose.
    false_alarms : float
        Share flagged of those that do not.
    disclosing, others : int
        Coded utterances behind the one and the other.
    threshold, excerpt_threshold : float
        Probability from which a unit was flagged, in whole sessions and in excerpts; NaN if
        unknown.
    model : str
        sha256 of the model.
    """

    sensitivity: float
    false_alarms: float
    disclosing: int
    others: int
    threshold: float = math.nan
    excerpt_threshold: float = math.nan
    model: str = ""


def adjusted(
    flagged: int, n: int, errors: ErrorRates | None, variance: float | None = None
) -> Estimate:
    """Adjust a flagged rate for the classifier's errors.

    The share p that discloses is (q - f) / (s - f): q the share flagged, s the sensitivity, f
    the false alarms, as measured on coded sessions. It holds where disclosing utterances, and
    others, look the same in both, and only their numbers differ. The interval is normal, its
    variance by the delta method: (var q + p^2 s(1-s) / n1 + (1-p)^2 f(1-f) / n0) / (s - f)^2,
    where the variances of the shares are taken with a hit and a miss added, so that no false
    alarm in a small coded sample does not count as certainty.

    Parameters
    ----------
    flagged, n : int
        So many of so many utterances were flagged.
    errors : ErrorRates or None
        Of the same model at the same threshold; None if unknown.
    variance : float, optional
        Of the share flagged, in place of q(1-q)/n, which takes utterances as independent.

    Returns
    -------
    Estimate
        Per 100 therapist utterances. No value, and a note, where the adjustment would say
        nothing: see the constants of this module; and where q is below f.

    References
    ----------
    Rogan & Gladen (1978). Estimating prevalence from the results of a screening test. American
    Journal of Epidemiology, 107(1), 71-76.

    Examples
    --------
    >>> found = adjusted(60, 1000, ErrorRates(0.9, 0.01, 150, 3000))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (5.62, 3.88, 7.35)
    >>> adjusted(5, 1000, ErrorRates(0.9, 0.01, 150, 3000)).note
    'not above the false alarms'
    """
    if n == 0:
        return Estimate(note="no therapist utterances")
    if errors is None:
        return Estimate(note="error rates unknown")
    if reason := _refusal(errors):
        return Estimate(note=reason)
    q, s, f = flagged / n, errors.sensitivity, errors.false_alarms
    if q < f:
        return Estimate(note="not above the false alarms")
    p = min((q - f) / (s - f), 1.0)
    spread = _variance(q, n) if variance is None else variance
    spread += p**2 * _variance(s, errors.disclosing) + (1 - p) ** 2 * _variance(f, errors.others)
    half = Z * math.sqrt(spread) / (s - f)
    return per_100(p, (max(p - half, 0.0), min(p + half, 1.0)))


def _variance(share: float, n: int) -> float:
    """Return the variance of a share, with a hit and a miss added: none of 20 is not never."""
    mended = (share * n + 1) / (n + 2)
    return mended * (1 - mended) / n


def _refusal(errors: ErrorRates) -> str:
    """Say why no rate can be adjusted by these errors; nothing if it can."""
    for count, kind in ((errors.disclosing, "disclosing"), (errors.others, "other")):
        if count < FEWEST_CODED:
            return (
                f"error rates unknown: {count} {kind} utterances were coded, "
                f"{FEWEST_CODED} are needed"
            )
    difference = errors.sensitivity - errors.false_alarms
    if not difference >= LEAST_DIFFERENCE:
        return (
            "the classifier tells too little: sensitivity less false alarms is "
            f"{difference:.2f}, under {LEAST_DIFFERENCE:g}"
        )
    return ""


def rates(
    sessions: pd.DataFrame,
    *,
    errors: ErrorRates | None,
    unknown: str,
    audit: AuditedSample | None,
    measuring: Measuring,
) -> pd.DataFrame:
    """Give the rates of a corpus, of its therapists and of its sessions in three columns.

    The interval of a session's flagged rate is Wilson's and takes its utterances as independent.
    That of a therapist is over sessions drawn anew, that of the corpus over therapists drawn
    anew with all their sessions (a session without a known therapist is drawn for itself).

    Parameters
    ----------
    sessions : DataFrame
        ``session_id``, ``therapist_utterances``, ``disclosing_utterances`` (missing where not
        measured: counted nowhere), and, where known, ``therapist``.
    errors : ErrorRates or None
        Of the model that flagged.
    unknown : str
        What to say where `errors` is None.
    audit : AuditedSample or None
        A review of utterances of these sessions.
    measuring : Measuring
        ``resamples``, ``seed``.

    Returns
    -------
    DataFrame
        `tsd.measure.tables.RATES`: a row for the corpus, then for each therapist with a
        name, then for each session. Rates are per 100 therapist utterances.
    """
    table = sessions.reset_index(drop=True)
    table = table.assign(therapist=_names(table), disclosing=_floats(table))
    known = table[table["disclosing"].notna() & (table["therapist_utterances"] > 0)]

    def row(level: str, name: str, some: pd.DataFrame, over: Clusters | None) -> list[Any]:
        flagged, adjusted_ = _flagged_and_adjusted(some, over, errors, unknown, measuring)
        audited_ = _audited(some, audit)
        estimates = (flagged, adjusted_, audited_)
        said = int(some["therapist_utterances"].sum())
        cells = [cell for e in estimates for cell in (e.value, e.low, e.high, e.note)]
        return [level, name, len(some), said, *cells]

    everybody = clusters_of(list(known["session_id"].astype(str)), list(known["therapist"]))
    rows = [row("corpus", "", known, everybody)]
    groups = dict(list(known.groupby("therapist")))
    for name in sorted(set(table["therapist"]) - {""}):
        own = groups.get(name, known[:0])
        rows.append(row("therapist", name, own, (list(own["session_id"].astype(str)), "sessions")))
    rows += [
        row("session", str(name), table[place : place + 1], None)
        for place, name in enumerate(table["session_id"])
    ]
    return pd.DataFrame(rows, columns=list(RATES.names))


def _names(table: pd.DataFrame) -> pd.Series:
    if "therapist" not in table:
        return pd.Series("", index=table.index, dtype=object)
    names = table["therapist"].astype(object)
    return names.where(names.notna(), "").astype(str).str.strip()


def _floats(table: pd.DataFrame) -> pd.Series:
    numbers: pd.Series = table["disclosing_utterances"].astype("Float64").astype(float)
    return numbers


def _flagged_and_adjusted(
    some: pd.DataFrame,
    over: Clusters | None,
    errors: ErrorRates | None,
    unknown: str,
    measuring: Measuring,
) -> tuple[Estimate, Estimate]:
    said = some["therapist_utterances"].to_numpy(float)
    disclosing = some["disclosing"].to_numpy(float)
    n = int(said.sum())
    if n == 0 or np.isnan(disclosing).any():
        return Estimate(note=NO_THERAPIST), Estimate(note=NO_THERAPIST)
    hits = int(disclosing.sum())
    if over is None:
        low, high = wilson(hits, n)
        return (
            per_100(hits / n, (float(low), float(high))),
            _told(adjusted(hits, n, errors), errors, unknown),
        )
    clusters, plural = over
    drawn = resample_ratio(disclosing, said, clusters, measuring.resamples, measuring.seed)
    lacking = _no_interval(drawn.clusters, len(drawn.draws), plural)
    flagged = per_100(hits / n, drawn.interval, lacking or f"over {drawn.clusters} {plural}")
    estimate = _told(
        adjusted(hits, n, errors, drawn.variance if len(drawn.draws) else None), errors, unknown
    )
    if lacking and not estimate.note:
        why = lacking.removesuffix(": no interval")
        estimate = replace(estimate, note=f"{why}: interval takes utterances as independent")
    return flagged, estimate


def _no_interval(clusters: int, draws: int, plural: str) -> str:
    if draws:
        return ""
    if clusters < FEWEST_CLUSTERS:
        return f"under {FEWEST_CLUSTERS} {plural}: no interval"
    return f"{plural} do not differ: no interval"


def _told(estimate: Estimate, errors: ErrorRates | None, unknown: str) -> Estimate:
    return Estimate(note=unknown) if errors is None else estimate


def _audited(some: pd.DataFrame, audit: AuditedSample | None) -> Estimate:
    if audit is None:
        return Estimate(note=NO_REVIEW)
    if some["disclosing"].isna().any() or not some["therapist_utterances"].sum():
        return Estimate(note=NO_THERAPIST)
    among: Sequence[str] = list(some["session_id"].astype(str))
    in_key = int(audit.of(among)[..., 0].sum())
    if in_key != int(some["therapist_utterances"].sum()):
        return Estimate(note=OTHER_RUN)
    return audited(audit, among)
