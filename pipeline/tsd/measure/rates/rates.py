"""Rates in three columns: as flagged, adjusted for known errors, estimated from a review."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure.rates.audited import AuditedSample, audited
from tsd.measure.tables import RATES
from tsd.settings import Measuring
from tsd.stats import Clusters, Estimate, Resampled, Z, clusters_of, resample_ratio, wilson

FEWEST_CODED = 10
"""With fewer coded utterances of a kind than this, its error rate is not known."""

LEAST_DIFFERENCE = 0.2
"""A classifier whose sensitivity is not this much above its false alarms cannot be adjusted for:
what it flags hardly depends on what was said."""

NO_THERAPIST = "not measured: no therapist was recognized"
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


def adjusted(flagged: int, n: int, errors: ErrorRates, variance: float | None = None) -> Estimate:
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
        Number of flagged utterances, and of all utterances.
    errors : ErrorRates
        Of the same model at the same threshold.
    variance : float, optional
        Of the share flagged, in place of q(1-q)/n, which takes utterances as independent.

    Returns
    -------
    Estimate
        Per 100 therapist utterances. No value, but a reason, where the adjustment would be
        meaningless (see the constants of this module), and where q is below f.

    References
    ----------
    Rogan & Gladen (1978). Estimating prevalence from the results of a screening test. American
    Journal of Epidemiology, 107(1), 71-76.

    Examples
    --------
    >>> found = adjusted(60, 1000, ErrorRates(0.9, 0.01, 150, 3000))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (5.62, 3.88, 7.35)
    >>> adjusted(5, 1000, ErrorRates(0.9, 0.01, 150, 3000)).reason
    'the flagged rate is below the false alarm rate'
    """
    if n == 0:
        return Estimate(reason="no therapist utterances")
    if reason := refusal(errors):
        return Estimate(reason=reason)
    q, s, f = flagged / n, errors.sensitivity, errors.false_alarms
    if q < f:
        return Estimate(reason="the flagged rate is below the false alarm rate")
    p = min((q - f) / (s - f), 1.0)
    spread = share_variance(q, n) if variance is None else variance
    spread += p**2 * share_variance(s, errors.disclosing) + (1 - p) ** 2 * share_variance(
        f, errors.others
    )
    half = Z * math.sqrt(spread) / (s - f)
    return Estimate(p, max(p - half, 0.0), min(p + half, 1.0), n).per_100()


def share_variance(share: float, n: int) -> float:
    """Return the variance of a share, with a hit and a miss added: 0 of 20 does not mean never."""
    padded = (share * n + 1) / (n + 2)
    return padded * (1 - padded) / n


def refusal(errors: ErrorRates) -> str:
    """Return why no rate can be adjusted by these errors; empty if it can."""
    for count, kind in ((errors.disclosing, "disclosing"), (errors.others, "non-disclosing")):
        if count < FEWEST_CODED:
            return (
                f"too few coded {kind} utterances for error rates: {count}; at least "
                f"{FEWEST_CODED} are needed"
            )
    difference = errors.sensitivity - errors.false_alarms
    if not difference >= LEAST_DIFFERENCE:
        return (
            "the classifier is too inaccurate: sensitivity minus false alarms is "
            f"{difference:.2f}; at least {LEAST_DIFFERENCE:g} is needed"
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
    """Compute the rates of a corpus, of its therapists and of its sessions in three columns.

    The interval of a session's flagged rate is Wilson's and takes its utterances as independent.
    That of a therapist comes from resampling sessions, that of the corpus from resampling
    therapists with all their sessions (a session without a known therapist is a cluster of its
    own).

    Parameters
    ----------
    sessions : DataFrame
        ``session_id``, ``therapist`` (empty if not known), ``therapist_utterances`` and
        ``disclosing_utterances`` (missing if not measured; the session then counts nowhere).
    errors : ErrorRates or None
        Of the model that flagged.
    unknown : str
        The reason if `errors` is None.
    audit : AuditedSample or None
        A review of utterances of these sessions.
    measuring : Measuring
        ``resamples`` and ``seed``.

    Returns
    -------
    DataFrame
        `tsd.measure.tables.RATES`: a row for the corpus, then for each therapist with a
        name, then for each session. Rates are per 100 therapist utterances.
    """
    table = sessions.assign(disclosing=sessions["disclosing_utterances"].astype(float))
    known = table[table["disclosing"].notna() & (table["therapist_utterances"] > 0)]

    def row(level: str, name: str, some: pd.DataFrame, over: Clusters | None) -> list[Any]:
        cells = [
            cell
            for e in _estimates(some, over, errors, unknown, audit, measuring)
            for cell in (*np.array([e.value, e.low, e.high], dtype=float).tolist(), e.reason)
        ]
        return [level, name, len(some), int(some["therapist_utterances"].sum()), *cells]

    everybody = clusters_of(list(known["session_id"]), list(known["therapist"]))
    rows = [row("corpus", "", known, everybody)]
    groups = dict(list(known.groupby("therapist")))
    for name in sorted(set(table["therapist"]) - {""}):
        some = groups.get(name, known[:0])
        rows.append(row("therapist", name, some, Clusters(list(some["session_id"]), "sessions")))
    rows += [
        row("session", name, table.iloc[place : place + 1], None)
        for place, name in enumerate(table["session_id"])
    ]
    return pd.DataFrame(rows, columns=list(RATES.names))


def _estimates(
    some: pd.DataFrame,
    over: Clusters | None,
    errors: ErrorRates | None,
    unknown: str,
    audit: AuditedSample | None,
    measuring: Measuring,
) -> tuple[Estimate, Estimate, Estimate]:
    """Return the flagged, the adjusted and the audited rate of some sessions."""
    n = int(some["therapist_utterances"].sum())
    if some["disclosing"].isna().any() or not n:
        missing = Estimate(reason=NO_THERAPIST)
        return missing, missing, Estimate(reason=NO_REVIEW) if audit is None else missing
    hits = int(some["disclosing"].sum())
    if over is None:
        drawn = None
        low, high = wilson(hits, n)
        flagged = Estimate(hits / n, float(low), float(high), n)
    else:
        columns = some["disclosing"], some["therapist_utterances"]
        drawn = resample_ratio(*columns, over, measuring.resamples, measuring.seed)
        flagged = drawn.estimate(hits / n)
    return (
        flagged.per_100(),
        Estimate(reason=unknown) if errors is None else _adjusted(hits, n, errors, drawn),
        Estimate(reason=NO_REVIEW) if audit is None else _audited(some, n, audit),
    )


def _adjusted(hits: int, n: int, errors: ErrorRates, drawn: Resampled | None) -> Estimate:
    estimate = adjusted(hits, n, errors, None if drawn is None else drawn.variance)
    if drawn is None or estimate.reason or not drawn.reason:
        return estimate
    reason = f"the interval assumes that utterances are independent ({drawn.reason})"
    return replace(estimate, reason=reason)


def _audited(some: pd.DataFrame, n: int, audit: AuditedSample) -> Estimate:
    among = list(some["session_id"])
    if audit.of(among)[..., 0].sum() != n:
        return Estimate(reason=OTHER_RUN)
    return audited(audit, among)
