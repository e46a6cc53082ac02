"""Rates in three columns: as flagged, adjusted for known errors, estimated from a review."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tsd.measure.rates.audited import AuditedSample, audited
from tsd.measure.tables import RATES
from tsd.measure.unmeasured import why_not_measured
from tsd.stats import (
    ClusteredShare,
    Clusters,
    Estimate,
    adjusted_bounds,
    clustered_ratio,
    clusters_of,
    independent_share,
)

FEWEST_CODED = 10
"""With fewer coded utterances of a kind than this, its error rate is not known."""

LEAST_DIFFERENCE = 0.2
"""A classifier whose sensitivity is not this much above its false alarms cannot be adjusted for:
what it flags hardly depends on what was said."""

NO_REVIEW = "no review sheet"
OTHER_RUN = "the review sheet was drawn from another run"
SAME_ERRORS = "too narrow if the classifier errs more, or less, in this session than in others"


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
    def worth(self) -> tuple[float, float]:
        """How many independent coded utterances are behind the one and the other."""
        if self.clustered is not None:
            return self.clustered[0].cases, self.clustered[1].cases
        return self.disclosing, self.others

    @property
    def unsure(self) -> str:
        """Why it is not known how sure they are; empty if it is."""
        if self.clustered is None:
            return "the error rates do not say how they vary between sessions"
        reasons = (each.reason for each in self.clustered if each.reason)
        return next((f"error rates from {reason}" for reason in reasons), "")


def adjusted(flagged: ClusteredShare, errors: ErrorRates) -> Estimate:
    """Adjust a flagged rate for the classifier's errors.

    The share that discloses is (q - f) / (s - f): q the share flagged, s the sensitivity, f the
    false alarms, as measured on coded sessions. It holds where disclosing utterances, and others,
    look the same in both, and only their numbers differ. Where q is below f it is 0, with the
    upper bound that q, s and f allow. It has an interval only where q, s and f each have one.

    Parameters
    ----------
    flagged : ClusteredShare
        The share of the utterances that is flagged.
    errors : ErrorRates
        Of the same model at the same threshold.

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
    >>> coded = (
    ...     ClusteredShare(0.9, 120, 40, 30, "coded sessions"),
    ...     ClusteredShare(0.01, 1500, 20, 60, "coded sessions"),
    ... )
    >>> errors = ErrorRates(0.9, 0.01, 150, 3000, clustered=coded)
    >>> found = adjusted(ClusteredShare(0.06, 700, 20, 30, "therapists"), errors)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2), found.reason
    (5.62, 3.65, 8.16, 'over 30 therapists')
    >>> found = adjusted(ClusteredShare(0.06, 1000, None, 3, "", "fewer than 6 therapists"), errors)
    >>> round(found.value, 2), found.low, found.reason
    (5.62, None, 'no interval (fewer than 6 therapists)')
    """
    if reason := refusal(errors):
        return Estimate(reason=reason)
    below = flagged.value < errors.false_alarms
    note = "fewer are flagged than false alarms alone would be" if below else ""
    if flagged.reason or errors.clustered is None or errors.unsure:
        value = (flagged.value - errors.false_alarms) / (errors.sensitivity - errors.false_alarms)
        reason = f"no interval ({flagged.reason or errors.unsure})"
        found = Estimate(min(max(value, 0.0), 1.0), n=flagged.clusters, reason=reason)
    else:
        sensitivity, false_alarms = (each.bounds for each in errors.clustered)
        bounds = adjusted_bounds(flagged.bounds, sensitivity, false_alarms)
        found = replace(flagged.estimate(), **bounds._asdict())
    return _noted(found, note).per_100()


def _noted(found: Estimate, *notes: str) -> Estimate:
    """Add notes to what the interval is over, or to why there is none."""
    return replace(found, reason="; ".join(filter(None, (found.reason, *notes))))


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
    (a session without a known therapist is a cluster of its own, and a note says so). Where there
    is none for the flagged rate, there is none for the adjusted rate either.

    Parameters
    ----------
    sessions : DataFrame
        ``session_id``, ``therapist`` (empty if not known), ``therapist_utterances`` and
        ``disclosing_utterances`` (missing if not measured; the session then counts nowhere) and
        ``not_measured`` (why, or empty).
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

    def row(
        level: str, name: str, some: pd.DataFrame, over: Clusters | None, reasons: pd.Series
    ) -> list[Any]:
        why = why_not_measured(reasons)
        cells = [
            cell
            for e in _estimates(some, over, errors, unknown, audit, why)
            for cell in (*np.array([e.value, e.low, e.high], dtype=float).tolist(), e.reason)
        ]
        return [level, name, len(some), int(some["therapist_utterances"].sum()), *cells]

    everybody = clusters_of(list(known["session_id"]), list(known["therapist"]))
    rows = [row("corpus", "", known, everybody, table["not_measured"])]
    groups, reasons = dict(list(known.groupby("therapist"))), table.groupby("therapist")
    for name in sorted(set(table["therapist"]) - {""}):
        some = groups.get(name, known[:0])
        over = Clusters(list(some["session_id"]), "sessions")
        rows.append(row("therapist", name, some, over, reasons.get_group(name)["not_measured"]))
    for place, name in enumerate(table["session_id"]):
        one = table.iloc[place : place + 1]
        rows.append(row("session", name, one, None, one["not_measured"]))
    return pd.DataFrame(rows, columns=list(RATES.names))


def _estimates(
    some: pd.DataFrame,
    over: Clusters | None,
    errors: ErrorRates | None,
    unknown: str,
    audit: AuditedSample | None,
    why: str,
) -> tuple[Estimate, Estimate, Estimate]:
    """Return the flagged, the adjusted and the audited rate of some sessions.

    `why` is the reason if none of them was measured.
    """
    n = int(some["therapist_utterances"].sum())
    if some["disclosing"].isna().any() or not n:
        missing = Estimate(reason=why)
        return missing, missing, Estimate(reason=NO_REVIEW) if audit is None else missing
    hits = int(some["disclosing"].sum())
    if over is None:
        share = independent_share(hits, n, "utterances, taken as independent")
        caveat, of_adjusted = "", SAME_ERRORS
    else:
        share = clustered_ratio(some["disclosing"], some["therapist_utterances"], over)
        caveat, of_adjusted = ("" if share.reason else over.caveat), ""
    corrected = Estimate(reason=unknown) if errors is None else adjusted(share, errors)
    return (
        _noted(share.estimate(), caveat).per_100(),
        _noted(corrected, of_adjusted) if corrected.interval else corrected,
        Estimate(reason=NO_REVIEW) if audit is None else _audited(some, n, audit),
    )


def _audited(some: pd.DataFrame, n: int, audit: AuditedSample) -> Estimate:
    among = list(some["session_id"])
    if audit.of(among)[..., 0].sum() != n:
        return Estimate(reason=OTHER_RUN)
    return audited(audit, among)
