"""A human review of some utterances: which are drawn, and what it says about all of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsd.analyze.intervals import Estimate, mover, per_100, wilson_for_few
from tsd.schema import TYPES, Label, Role

Counts = npt.NDArray[np.int64]

STRATA: tuple[str, ...] = ("top", "next", "rest")
"""Utterances by falling probability over the whole corpus."""

_ENDS = (0.05, 0.2)
"""Share of the utterances at which the first two strata end."""

_ALLOCATION = (0.25, 0.25, 0.5)
"""Share of the sample that each stratum gets. The rest holds what the model misses; with few
drawn there, none is found and the interval comes out too narrow."""

FEWEST_REVIEWED = 20
"""With fewer reviewed there is no rate: even 0 of 20 leaves up to 16 %, more than the 1 to 13 %
that studies report (Hill & Knox 2002), so fewer say nothing."""

_UNSEEN = 0.1
"""Of flagged utterances, so many may lie in strata where none of them was reviewed: often a few
lie below the top, and none of those happens to be drawn."""

KEY_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "stratum",
    "selection_probability",
    "flagged",
    "item",
)
"""The key of a review sheet: a row per utterance that could have been drawn."""

_IN_ALL, _REVIEWED, _FIRST_TYPE = 0, 1, 2


def strata_sizes(utterances: int) -> Counts:
    """Return how many utterances each stratum has.

    Examples
    --------
    >>> strata_sizes(5000).tolist()
    [250, 750, 4000]
    """
    ends = [0, *(round(share * utterances) for share in _ENDS), utterances]
    return np.diff(ends).astype(np.int64)


def allocate(size: int, available: Counts) -> Counts:
    """Divide a sample among the strata.

    Parameters
    ----------
    size : int
        Utterances to draw.
    available : array of int, shape (3,)
        Utterances in each stratum.

    Returns
    -------
    array of int, shape (3,)
        A quarter, a quarter, a half; what a stratum does not have is handed on to the next
        below, and from the rest back to the top.

    Examples
    --------
    >>> allocate(200, strata_sizes(5000)).tolist(), allocate(200, strata_sizes(600)).tolist()
    ([50, 50, 100], [30, 70, 100])
    """
    wanted = [round(share * size) for share in _ALLOCATION[:-1]]
    wanted.append(size - sum(wanted))
    given, left = np.zeros(len(available), dtype=np.int64), 0
    for stratum, number in enumerate(wanted):
        given[stratum] = min(number + left, available[stratum])
        left += number - given[stratum]
    for stratum in range(len(available)):
        more = min(left, available[stratum] - given[stratum])
        given[stratum] += more
        left -= more
    return given


def draw(utterances: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Draw utterances for a human review.

    Simple random draws without replacement within strata of the score, so that every utterance
    has a known probability to be asked about, the unflagged ones, too.

    Parameters
    ----------
    utterances : DataFrame
        ``session_id``, ``utterance``, ``role``, ``p_disclosure``, ``is_disclosure``; in any
        order.
    size : int
        Utterances to draw; all, if there are fewer.
    seed : int
        Of the generator. Equal scores are put in an order by chance.

    Returns
    -------
    DataFrame
        `KEY_COLUMNS`, a row per therapist utterance with a score: its stratum (by rank: the 5 %
        of highest probability, the next 15 %, the rest), the probability with which it was
        drawn, whether it is flagged, and, if it was drawn, its number on the sheet. The
        numbers are in an order by chance, so that any first part of a sheet is a fair sample.

    Examples
    --------
    >>> table = pd.DataFrame({"session_id": "a", "utterance": range(40), "role": "therapist",
    ...                       "p_disclosure": 0.1, "is_disclosure": False})
    >>> key = draw(table, 20, seed=0)
    >>> key["item"].notna().groupby(key["stratum"]).sum().to_dict()
    {'next': 6, 'rest': 12, 'top': 2}
    """
    table = utterances[utterances["role"] == str(Role.THERAPIST)]
    table = table[table["p_disclosure"].notna()]
    table = table.sort_values(["session_id", "utterance"], ignore_index=True)
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.permutation(len(table)), -table["p_disclosure"].to_numpy(float)))
    sizes = strata_sizes(len(table))
    stratum = np.empty(len(table), dtype=np.int64)
    stratum[order] = np.repeat(np.arange(len(STRATA)), sizes)
    given = allocate(min(size, len(table)), sizes)
    drawn = np.concatenate(
        [
            rng.choice(np.flatnonzero(stratum == each), number, replace=False)
            for each, number in enumerate(given)
        ]
    )
    item = pd.array([pd.NA] * len(table), dtype="Int64")
    item[drawn] = 1 + rng.permutation(len(drawn))
    probability = np.divide(given, sizes, out=np.zeros(len(STRATA)), where=sizes > 0)
    columns = {
        "session_id": table["session_id"],
        "utterance": table["utterance"],
        "stratum": np.array(STRATA, dtype=object)[stratum],
        "selection_probability": probability[stratum],
        "flagged": table["is_disclosure"].astype(bool),
        "item": item,
    }
    return pd.DataFrame(columns, columns=list(KEY_COLUMNS))


@dataclass(frozen=True, slots=True)
class AuditedSample:
    """A reviewed sample, counted; see `audited_sample`.

    Parameters
    ----------
    rows : dict of str to int
        Session to its row of `counts`.
    counts : array of int, shape (n_sessions, 3, 2, 5)
        By session, stratum, and not flagged or flagged: utterances in all, those reviewed, and
        those reviewed that are of each type.
    drawn : int
        Utterances on the sheet.
    ambiguous, unlabelled : int
        Those of them that count as not reviewed: the reviewer could not tell, or gave no label.
    """

    rows: dict[str, int]
    counts: Counts
    drawn: int
    ambiguous: int
    unlabelled: int

    def of(self, among: Collection[str] | None = None) -> Counts:
        """Add up the counts of some sessions, of all if None; shape (3, 2, 5)."""
        if among is None:
            total: Counts = self.counts.sum(axis=0)
            return total
        rows = [self.rows[name] for name in set(among) if name in self.rows]
        some: Counts = self.counts[rows].sum(axis=0)
        return some


def audited_sample(key: pd.DataFrame, labels: Mapping[int, str]) -> AuditedSample:
    """Put what a reviewer said to the key of the sheet.

    Parameters
    ----------
    key : DataFrame
        As from `draw`.
    labels : mapping of int to str
        Item to its label: ``none``, a type, or ``ambiguous``; items without one are left out.

    Returns
    -------
    AuditedSample
        All that the estimates need.
    """
    names = sorted(set(key["session_id"]))
    rows = {name: row for row, name in enumerate(names)}
    items = key["item"].astype("Int64")
    label = items.map(lambda item: labels.get(item, ""), na_action="ignore").fillna("")
    session = key["session_id"].map(rows).to_numpy(np.int64)
    stratum = key["stratum"].map({name: row for row, name in enumerate(STRATA)}).to_numpy(np.int64)
    flagged = key["flagged"].to_numpy(bool).astype(np.int64)
    counts = np.zeros((len(names), len(STRATA), 2, _FIRST_TYPE + len(TYPES)), dtype=np.int64)
    marks = {
        _IN_ALL: np.ones(len(key), dtype=bool),
        _REVIEWED: label.isin([str(each) for each in (Label.NONE, *TYPES)]).to_numpy(bool),
        **{_FIRST_TYPE + n: (label == str(each)).to_numpy(bool) for n, each in enumerate(TYPES)},
    }
    for column, mark in marks.items():
        np.add.at(counts[..., column], (session[mark], stratum[mark], flagged[mark]), 1)
    drawn, ambiguous = int(items.notna().sum()), int((label == str(Label.AMBIGUOUS)).sum())
    return AuditedSample(
        rows, counts, drawn, ambiguous, drawn - ambiguous - int(counts[..., _REVIEWED].sum())
    )


def audited(sample: AuditedSample, among: Collection[str] | None = None) -> Estimate:
    """Estimate from a review how many therapist utterances disclose.

    The share in each stratum, weighted by the stratum's size, with MOVER of Wilson's intervals
    (mended for few hits, and for the part of the stratum that was reviewed). It needs nothing of
    the model but its order: no calibration, no known error rates. It takes the reviewer as
    right, and speaks of these utterances only, not of other sessions.

    Parameters
    ----------
    sample : AuditedSample
        The review.
    among : collection of str, optional
        Speak of these sessions only; strata count by what these sessions have of them.

    Returns
    -------
    Estimate
        Per 100 therapist utterances. No value with fewer than `FEWEST_REVIEWED`, or with none
        in a stratum that has utterances.

    References
    ----------
    Zou & Donner (2008), see `tsd.analyze.intervals.mover`.
    """
    counts = sample.of(among).sum(axis=1)
    return _rate(counts, counts[:, _FIRST_TYPE:].sum(axis=1), FEWEST_REVIEWED)


def _rate(counts: Counts, hits: Counts, fewest: int = 0, unseen: float = 0.0) -> Estimate:
    """Estimate a share over strata; `counts` has a row per stratum.

    Strata without a review may hold a share of `unseen` of the utterances; the interval then lets
    any or none of these be hits.
    """
    there, seen = counts[:, _IN_ALL] > 0, counts[:, _REVIEWED] > 0
    if not there.any():
        return Estimate(note="no utterance of these sessions is in the review's key")
    if (reviewed := counts[:, _REVIEWED].sum()) < fewest:
        return Estimate(note=f"only {reviewed} utterances reviewed; {fewest} are needed")
    part = counts[seen, _IN_ALL].sum() / counts[:, _IN_ALL].sum()
    if 1 - part > unseen:
        lacking = ", ".join(np.array(STRATA)[there & ~seen])
        return Estimate(note=f"no utterance reviewed in the stratum: {lacking}")
    n, population = counts[seen, _REVIEWED], counts[seen, _IN_ALL]
    shares, weights = hits[seen] / n, population / population.sum()
    low, high = mover(shares, *wilson_for_few(hits[seen], n, population=population), weights)
    return per_100(float(weights @ shares), (float(part * low), float(part * high + 1 - part)))


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """What a review says.

    Parameters
    ----------
    utterances : int
        Therapist utterances that could have been drawn.
    drawn, reviewed, ambiguous, unlabelled : int
        Utterances on the sheet; those with a label that tells; those without.
    flagged : float
        What the model flagged, per 100 therapist utterances; counted, not estimated.
    rate : Estimate
        Therapist utterances that disclose, per 100.
    types : dict of str to Estimate
        The same, by type.
    precision : Estimate
        Of 100 flagged utterances, so many disclose.
    recall : Estimate
        Of 100 utterances that disclose, so many are flagged. The interval is the widest that
        the intervals of the found and of the missed leave open, so it covers more than 95 %.
    """

    utterances: int
    drawn: int
    reviewed: int
    ambiguous: int
    unlabelled: int
    flagged: float
    rate: Estimate
    types: dict[str, Estimate]
    precision: Estimate
    recall: Estimate

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values that JSON has; what is missing is None."""
        plain: dict[str, Any] = _without_nan(asdict(self))
        return plain


def audit_figures(sample: AuditedSample) -> AuditFigures:
    """Estimate all that a review can tell about a run.

    Parameters
    ----------
    sample : AuditedSample
        The review.

    Returns
    -------
    AuditFigures
        A figure that cannot be estimated says in its note why.
    """
    counts = sample.of()
    all_, missed, found = counts.sum(axis=1), counts[:, 0], counts[:, 1]
    total, flags = int(all_[:, _IN_ALL].sum()), int(found[:, _IN_ALL].sum())
    precision = _rate(found, found[:, _FIRST_TYPE:].sum(axis=1), unseen=_UNSEEN)
    if not flags:
        precision = Estimate(note="nothing was flagged")
    return AuditFigures(
        utterances=total,
        drawn=sample.drawn,
        reviewed=int(all_[:, _REVIEWED].sum()),
        ambiguous=sample.ambiguous,
        unlabelled=sample.unlabelled,
        flagged=100 * flags / total if total else math.nan,
        rate=audited(sample),
        types={
            str(label): _rate(all_, all_[:, _FIRST_TYPE + n], FEWEST_REVIEWED)
            for n, label in enumerate(TYPES)
        },
        precision=precision,
        recall=_recall(found, missed, precision),
    )


def _recall(found: Counts, missed: Counts, precision: Estimate) -> Estimate:
    """Estimate the found over the found and the missed."""
    if math.isnan(precision.value):
        return Estimate(note=precision.note)
    misses = _rate(missed, missed[:, _FIRST_TYPE:].sum(axis=1), unseen=_UNSEEN)
    flags, others = int(found[:, _IN_ALL].sum()), int(missed[:, _IN_ALL].sum())
    if not others:
        misses = Estimate(0.0, 0.0, 0.0)
    if math.isnan(misses.value):
        return Estimate(note=f"of those not flagged: {misses.note}")

    def part(hits: float, lost: float) -> float:
        whole = flags * hits + others * lost
        return flags * hits / whole if whole else math.nan

    value = part(precision.value, misses.value)
    if math.isnan(value):
        return Estimate(note="no disclosure was seen")
    bounds = part(precision.low, misses.high), part(precision.high, misses.low)
    return per_100(value, bounds)


def _without_nan(value: Any) -> Any:  # noqa: ANN401 - what JSON has
    if isinstance(value, dict):
        return {name: _without_nan(each) for name, each in value.items()}
    return None if isinstance(value, float) and math.isnan(value) else value
