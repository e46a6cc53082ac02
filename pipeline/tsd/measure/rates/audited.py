"""What a human review of some utterances says about all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tsd.schema import TYPES, Label
from tsd.stats import Counts, Estimate, mover, ratio, wilson_for_few

STRATA: tuple[str, ...] = ("top", "next", "rest")
"""Strata of a review sample: utterances by falling probability over the whole corpus. A sample may
have fewer of them: all in the last if it is not stratified."""

FEWEST_REVIEWED = 20
"""With fewer reviewed there is no rate: even after 0 of 20 the rate could be 16%, more than the 1
to 13% that studies report (Hill & Knox 2002)."""

_UNSEEN = 0.1
"""Share of the flagged utterances that may lie in strata where none of them was reviewed: often a
few lie below the top, and none of those happens to be drawn."""

_IN_ALL, _REVIEWED, _FIRST_TYPE = 0, 1, 2
_AMBIGUOUS = _FIRST_TYPE + len(TYPES)
_UNLABELED = _AMBIGUOUS + 1
_OF_ANY_TYPE = slice(_FIRST_TYPE, _AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class AuditedSample:
    """A reviewed sample, counted; see `audited_sample`.

    Parameters
    ----------
    rows : dict of str to int
        Session to its row of `counts`.
    counts : array of int, shape (n_sessions, 3, 2, 7)
        By session, stratum, and not flagged or flagged: utterances in all, those reviewed, those
        reviewed that are of each type, and those drawn that do not count as reviewed: ambiguous
        (the reviewer could not tell), and without a label.
    """

    rows: dict[str, int]
    counts: Counts

    @property
    def drawn(self) -> int:
        """Utterances on the sheet."""
        return int(self.counts[..., [_REVIEWED, _AMBIGUOUS, _UNLABELED]].sum())

    @property
    def ambiguous(self) -> int:
        """Utterances on the sheet that the reviewer could not tell."""
        return int(self.counts[..., _AMBIGUOUS].sum())

    @property
    def unlabeled(self) -> int:
        """Utterances on the sheet without a label."""
        return int(self.counts[..., _UNLABELED].sum())

    def of(self, among: Collection[str] | None = None) -> Counts:
        """Add up the counts of some sessions, of all if None; shape (3, 2, 6)."""
        names = self.rows if among is None else set(among) & set(self.rows)
        some: Counts = self.counts[[self.rows[name] for name in names]].sum(axis=0)
        return some


def audited_sample(key: pd.DataFrame, labels: Mapping[int, str]) -> AuditedSample:
    """Count what a reviewer found in a sample, whose `key` is as `draw` returns it.

    `labels` holds ``none``, a type or ``ambiguous`` by item; items without a label are not in it.
    """
    names = sorted(set(key["session_id"]))
    rows = {name: row for row, name in enumerate(names)}
    items = key["item"].astype("Int64")
    label = items.map(lambda item: labels.get(item, ""), na_action="ignore").fillna("")
    session = key["session_id"].map(rows).to_numpy(np.int64)
    stratum = key["stratum"].map({name: row for row, name in enumerate(STRATA)}).to_numpy(np.int64)
    flagged = key["flagged"].to_numpy(bool).astype(np.int64)
    counts = np.zeros((len(names), len(STRATA), 2, _UNLABELED + 1), dtype=np.int64)
    marks = {
        _IN_ALL: np.ones(len(key), dtype=bool),
        _REVIEWED: label.isin([str(each) for each in (Label.NONE, *TYPES)]).to_numpy(bool),
        **{_FIRST_TYPE + n: (label == str(each)).to_numpy(bool) for n, each in enumerate(TYPES)},
        _AMBIGUOUS: (label == str(Label.AMBIGUOUS)).to_numpy(bool),
        _UNLABELED: (items.notna() & (label == "")).to_numpy(bool),
    }
    for column, mark in marks.items():
        np.add.at(counts[..., column], (session[mark], stratum[mark], flagged[mark]), 1)
    return AuditedSample(rows, counts)


def audited(sample: AuditedSample, among: Collection[str] | None = None) -> Estimate:
    """Estimate from a review how many therapist utterances disclose.

    The share in each stratum, weighted by the stratum's size, with MOVER of Wilson's intervals
    (corrected for few hits, and for the part of the stratum that was reviewed). It uses only the
    order of the model's scores: no calibration, no known error rates. It assumes that the
    reviewer is right, and is about these utterances only, not about other sessions. With `among`
    it is about these sessions only, with the sizes that the strata have in them.

    Returns
    -------
    Estimate
        Per 100 therapist utterances. No value with fewer than `FEWEST_REVIEWED`, or with none
        in a stratum that has utterances. Else its reason says what it rests on, and what was left
        out: the rate if none, or all, of the ambiguous utterances disclose, and whether some had
        no label.

    References
    ----------
    Zou & Donner (2008), see `tsd.stats.mover`.
    """
    counts = sample.of(among).sum(axis=1)
    found = _rate(counts, fewest=FEWEST_REVIEWED)
    return found if found.value is None else replace(found, reason=_what_it_rests_on(counts))


def _what_it_rests_on(counts: Counts) -> str:
    """Say how many utterances a rate is from, and what was left out; a row per stratum."""
    reviewed, ambiguous, unlabeled = counts[:, [_REVIEWED, _AMBIGUOUS, _UNLABELED]].sum(axis=0)
    notes = [f"from {reviewed:,} reviewed utterances, about these sessions only"]
    if ambiguous:
        none, every = _if_ambiguous(counts)
        notes.append(
            f"{ambiguous:,} ambiguous left out: {none:.1f} if none of them discloses, {every:.1f} "
            "if all do"
        )
    if unlabeled:
        notes.append(
            f"{unlabeled:,} without a label left out: holds only if they were skipped at random"
        )
    return "; ".join(notes)


def _if_ambiguous(counts: Counts) -> tuple[float | None, float | None]:
    """Return the rate if none, and if all, of the ambiguous utterances disclose."""
    none, every = (
        _rate(_settled(counts, disclose=each), fewest=FEWEST_REVIEWED).value
        for each in (False, True)
    )
    return none, every


def _rate(
    counts: Counts, types: slice = _OF_ANY_TYPE, *, fewest: int = 0, unseen: float = 0.0
) -> Estimate:
    """Estimate the share of some types over strata; `counts` has a row per stratum.

    Strata without a review may hold a share of `unseen` of the utterances; the interval then
    allows for any or none of these being hits.
    """
    present, seen = counts[:, _IN_ALL] > 0, counts[:, _REVIEWED] > 0
    if not present.any():
        return Estimate(reason="these sessions are not in the key of the review sheet")
    if (reviewed := counts[:, _REVIEWED].sum()) < fewest:
        return Estimate(
            reason=f"too few reviewed utterances: {reviewed}; at least {fewest} are needed"
        )
    part = counts[seen, _IN_ALL].sum() / counts[:, _IN_ALL].sum()
    if 1 - part > unseen:
        unreviewed = ", ".join(np.array(STRATA)[present & ~seen])
        return Estimate(reason=f"no reviewed utterance in stratum: {unreviewed}")
    n, population = counts[seen, _REVIEWED], counts[seen, _IN_ALL]
    hits = counts[seen, types].sum(axis=1)
    shares, weights = hits / n, population / population.sum()
    low, high = mover(shares, *wilson_for_few(hits, n, population=population), weights)
    bounds = float(part * low), float(part * high + 1 - part)
    return Estimate(float(weights @ shares), *bounds, int(reviewed)).per_100()


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """What a review says.

    Parameters
    ----------
    utterances : int
        Therapist utterances that could have been drawn.
    drawn, reviewed, ambiguous, unlabeled : int
        Utterances on the sheet; those with a clear label; those without.
    flagged : float or None
        What the model flagged, per 100 therapist utterances; counted, not estimated.
    rate : Estimate
        Therapist utterances that disclose, per 100. The interval is for the clear labels.
    rate_if_none, rate_if_all : float or None
        The rate if none, or all, of the ambiguous utterances were disclosures.
    types : dict of str to Estimate
        The same, by type.
    precision : Estimate
        How many of 100 flagged utterances disclose.
    recall : Estimate
        How many of 100 utterances that disclose are flagged. The interval is the widest that
        the intervals of the found and of the missed allow, so it covers more than 95%.
    """

    utterances: int
    drawn: int
    reviewed: int
    ambiguous: int
    unlabeled: int
    flagged: float | None
    rate: Estimate
    rate_if_none: float | None
    rate_if_all: float | None
    types: dict[str, Estimate]
    precision: Estimate
    recall: Estimate

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values that JSON has; what is missing is None."""
        return asdict(self)


def audit_figures(sample: AuditedSample) -> AuditFigures:
    """Estimate everything that a review shows about a run."""
    counts = sample.of()
    all_, missed, found = counts.sum(axis=1), counts[:, 0], counts[:, 1]
    total, flags = int(all_[:, _IN_ALL].sum()), int(found[:, _IN_ALL].sum())
    nothing = Estimate(reason="nothing was flagged")
    precision = _rate(found, unseen=_UNSEEN) if flags else nothing
    rate_if_none, rate_if_all = _if_ambiguous(all_)
    return AuditFigures(
        utterances=total,
        drawn=sample.drawn,
        reviewed=int(all_[:, _REVIEWED].sum()),
        ambiguous=sample.ambiguous,
        unlabeled=sample.unlabeled,
        flagged=ratio(100 * flags, total),
        rate=audited(sample),
        rate_if_none=rate_if_none,
        rate_if_all=rate_if_all,
        types={
            str(label): _rate(all_, slice(column, column + 1), fewest=FEWEST_REVIEWED)
            for column, label in enumerate(TYPES, start=_FIRST_TYPE)
        },
        precision=precision,
        recall=_recall(found, missed, precision),
    )


def _settled(counts: Counts, *, disclose: bool) -> Counts:
    """Count the ambiguous utterances as reviewed: as disclosures (of some type), or as none."""
    settled = counts.copy()
    settled[:, _REVIEWED] += counts[:, _AMBIGUOUS]
    if disclose:
        settled[:, _FIRST_TYPE] += counts[:, _AMBIGUOUS]
    return settled


def _recall(found: Counts, missed: Counts, precision: Estimate) -> Estimate:
    """Estimate the found over the found and the missed."""
    flags, others = int(found[:, _IN_ALL].sum()), int(missed[:, _IN_ALL].sum())
    misses = _rate(missed, unseen=_UNSEEN) if others else Estimate(0.0, 0.0, 0.0, 0)
    if precision.value is None or precision.interval is None:
        return Estimate(reason=precision.reason)
    if misses.value is None or misses.interval is None:
        return Estimate(reason=f"among utterances not flagged: {misses.reason}")

    def part(hits: float, lost: float) -> float | None:
        return ratio(flags * hits, flags * hits + others * lost)

    if (value := part(precision.value, misses.value)) is None:
        return Estimate(reason="the reviewer found no disclosure")
    low = part(precision.interval[0], misses.interval[1])
    high = part(precision.interval[1], misses.interval[0])
    reviewed = int(found[:, _REVIEWED].sum() + missed[:, _REVIEWED].sum())
    return Estimate(value, low, high, reviewed).per_100()
