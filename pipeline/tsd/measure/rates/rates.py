"""Rates in three columns: as flagged, adjusted for known errors, estimated from a review."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure.rates.audited import AuditedSample, audited
from tsd.measure.tables import RATES
from tsd.stats import (
    Bounds,
    ClusteredShare,
    Clusters,
    Estimate,
    adjusted_bounds,
    clustered_ratio,
    clusters_of,
    wilson,
)

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
    clustered : tuple of ClusteredShare, optional
        Sensitivity and false alarms over the coded sessions; None if not known.
    """

    sensitivity: float
    false_alarms: float
    disclosing: int
    others: int
    threshold: float = math.nan
    excerpt_threshold: float = math.nan
    model: str = ""
    clustered: tuple[ClusteredShare, ClusteredShare] | None = None

    @property
    def bounds(self) -> tuple[Bounds, Bounds]:
        """Sensitivity and false alarms with their intervals, as wide as the sessions make them."""
        if self.clustered is not None:
            return self.clustered[0].bounds, self.clustered[1].bounds
        return (
            _independent(self.sensitivity, self.disclosing),
            _independent(self.false_alarms, self.others),
        )

    @property
    def worth(self) -> tuple[float, float]:
        """How many independent coded utterances are behind the one and the other."""
        if self.clustered is not None:
            return self.clustered[0].cases, self.clustered[1].cases
        return self.disclosing, self.others

    @property
    def note(self) -> str:
        """Why the coded utterances are taken as independent; empty if they are not."""
        if self.clustered is None:
            return "the error rates do not say how they vary between sessions"
        return next((each.reason for each in self.clustered if each.reason), "")


def _independent(share: float, n: int) -> Bounds:
    low, high = wilson(share * n, n)
    return Bounds(share, float(low), float(high))


def adjusted(
    flagged: int, n: int, errors: ErrorRates, clustered: ClusteredShare | None = None
) -> Estimate:
    """Adjust a flagged rate for the classifier's errors.

    The share that discloses is (q - f) / (s - f): q the share flagged, s the sensitivity, f the
    false alarms, as measured on coded sessions. It holds where disclosing utterances, and others,
    look the same in both, and only their numbers differ. Where q is below f it is 0, with the
    upper bound that q, s and f allow.

    Parameters
    ----------
    flagged, n : int
        Number of flagged utterances, and of all utterances.
    errors : ErrorRates
        Of the same model at the same threshold.
    clustered : ClusteredShare, optional
        The share flagged over sessions or therapists; without it, or where it has no interval,
        utterances are taken as independent.

    Returns
    -------
    Estimate
        Per 100 therapist utterances. No value, but a reason, where the adjustment would be
        meaningless (see the constants of this module).

    References
    ----------
    See `tsd.stats.adjusted_bounds`.

    Examples
    --------
    >>> found = adjusted(60, 1000, ErrorRates(0.9, 0.01, 150, 3000))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (5.62, 4.07, 7.56)
    >>> found = adjusted(5, 1000, ErrorRates(0.9, 0.01, 150, 3000))
    >>> round(found.value, 2), round(found.high, 2)
    (0.0, 0.82)
    """
    if n == 0:
        return Estimate(reason="no therapist utterances")
    if reason := refusal(errors):
        return Estimate(reason=reason)
    over = clustered is not None and not clustered.reason
    q = clustered.bounds if clustered is not None and over else _independent(flagged / n, n)
    notes = []
    if q.value < errors.false_alarms:
        notes.append("fewer are flagged than false alarms alone would be")
    if clustered is not None and not over:
        notes.append(f"the interval assumes that utterances are independent ({clustered.reason})")
    if errors.note:
        notes.append(f"the interval assumes that coded utterances are independent ({errors.note})")
    found = adjusted_bounds(q, *errors.bounds)
    return Estimate(*found, n, "; ".join(notes)).per_100()


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
) -> pd.DataFrame:
    """Compute the rates of a corpus, of its therapists and of its sessions in three columns.

    The interval of a session's flagged rate is Wilson's and takes its utterances as independent.
    That of a therapist is over sessions, that of the corpus over therapists with all their sessions
    (a session without a known therapist is a cluster of its own).

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
            for e in _estimates(some, over, errors, unknown, audit)
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
) -> tuple[Estimate, Estimate, Estimate]:
    """Return the flagged, the adjusted and the audited rate of some sessions."""
    n = int(some["therapist_utterances"].sum())
    if some["disclosing"].isna().any() or not n:
        missing = Estimate(reason=NO_THERAPIST)
        return missing, missing, Estimate(reason=NO_REVIEW) if audit is None else missing
    hits, clustered = int(some["disclosing"].sum()), None
    if over is None:
        flagged = Estimate(*_independent(hits / n, n), n)
    else:
        clustered = clustered_ratio(some["disclosing"], some["therapist_utterances"], over)
        flagged = clustered.estimate()
    return (
        flagged.per_100(),
        Estimate(reason=unknown) if errors is None else adjusted(hits, n, errors, clustered),
        Estimate(reason=NO_REVIEW) if audit is None else _audited(some, n, audit),
    )


def _audited(some: pd.DataFrame, n: int, audit: AuditedSample) -> Estimate:
    among = list(some["session_id"])
    if audit.of(among)[..., 0].sum() != n:
        return Estimate(reason=OTHER_RUN)
    return audited(audit, among)
