"""From scores to probabilities and a threshold: what a score means where the model is used.

The data a model learns from contain far more disclosures than ordinary sessions do. So
probabilities are calibrated twice, each time on grouped out-of-fold scores: for whole sessions, at
the natural rate, and for excerpts, which somebody has chosen (see
`tsd.classify.features.EXCERPT_UTTERANCES`), at the rate of the excerpts in the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from tsd.classify.estimator import calibrated
from tsd.classify.features import EXCERPT, WHOLE
from tsd.learn.examples import ExampleUnits
from tsd.learn.figures import Scores, figures, natural_weights
from tsd.settings import POINTS
from tsd.stats import Flags, Floats


def calibrators(
    scores: Floats, units: ExampleUnits, rate: float, fewest: int
) -> tuple[LogisticRegression, LogisticRegression]:
    """Learn what a score means: Platt's sigmoid, for whole sessions and for excerpts.

    Learned from utterances; the score of an utterance is that of its highest unit. `natural_units`
    says which represent whole sessions.

    Parameters
    ----------
    scores : array of float, shape (n_units,)
        Out of fold.
    units : ExampleUnits
        What the scores are of.
    rate : float
        Share of therapist utterances in whole sessions that disclose.
    fewest : int
        With fewer disclosing or other utterances in excerpts, these are calibrated as sessions are;
        with fewer in whole sessions, those are learned from excerpts, at the natural rate.

    Returns
    -------
    tuple of LogisticRegression
        For whole sessions and for excerpts; each takes one column of scores.
    """
    y, s = by_utterance(scores, units, natural_units(units, fewest))
    whole = _sigmoid(s, y, _weights(y, rate))
    y, s = by_utterance(scores, units, ~units.whole)
    if min(y.sum(), (~y).sum()) < fewest:
        return whole, whole
    return whole, _sigmoid(s, y, None)


def _sigmoid(scores: Floats, disclosing: Flags, weights: Floats | None) -> LogisticRegression:
    return LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), disclosing, sample_weight=weights)


def operating_points(
    scores: Floats,
    whole: LogisticRegression,
    excerpt: LogisticRegression,
    units: ExampleUnits,
    *,
    rate: float,
    slack: float,
    fewest: int,
) -> tuple[dict[str, dict[str, float]], dict[str, Any]]:
    """Choose the named thresholds, and compute what to expect at each.

    Parameters
    ----------
    scores : array of float, shape (n_units,)
        Out of fold.
    whole, excerpt : LogisticRegression
        From `calibrators`.
    units : ExampleUnits
        What the scores are of.
    rate, slack, fewest
        See `tsd.settings.Learning`.

    Returns
    -------
    thresholds : dict
        For each of `tsd.settings.POINTS`, a probability for whole sessions, at the natural rate,
        and one for excerpts, at the rate of the excerpts in the data. They are the same where
        there are too few excerpts.
    figures : dict
        Of both.
    """
    all_y, all_scores = by_utterance(scores, units, np.ones(len(scores), dtype=bool))
    precision = float(average_precision_score(all_y, all_scores))
    about: dict[str, Any] = {
        "utterances": len(all_y),
        "disclosing_utterances": int(all_y.sum()),
        "average_precision_in_the_data": round(precision, 4),
    }
    rows = natural_units(units, fewest)
    y, p = by_utterance(calibrated(whole, scores), units, rows)
    in_sessions, about["at_natural_rate"] = _points(y, p, rate, slack)
    in_excerpts = in_sessions
    if whole is not excerpt:
        y, p = by_utterance(calibrated(excerpt, scores), units, ~units.whole)
        in_excerpts, about["in_excerpts"] = _points(y, p, None, slack)
    thresholds = {n: {WHOLE: in_sessions[n], EXCERPT: in_excerpts[n]} for n in POINTS}
    return thresholds, about


def figures_at(
    scores: Floats,
    sigmoids: tuple[LogisticRegression, LogisticRegression],
    thresholds: Mapping[str, float],
    units: ExampleUnits,
    rows: Flags,
) -> dict[str, float | int | None]:
    """Compute what is found in some of the sessions, at the thresholds and at their own rate.

    Parameters
    ----------
    scores : array of float, shape (n_units,)
        Out of fold.
    sigmoids, thresholds
        For whole sessions and for excerpts.
    units : ExampleUnits
        What the scores are of.
    rows : array of bool, shape (n_units,)
        Which units count.

    Returns
    -------
    dict
        ``utterances``, ``disclosing_utterances``, ``precision``, ``recall``, ``f1`` and
        ``average_precision``; None where there is nothing to compute it from.
    """
    p = np.where(units.whole, *(calibrated(sigmoid, scores) for sigmoid in sigmoids))
    y, highest = by_utterance(p, units, rows)
    least = np.where(units.whole, thresholds[WHOLE], thresholds[EXCERPT])
    _, flagged = by_utterance((p >= least).astype(float), units, rows)
    return {
        "utterances": len(y),
        "disclosing_utterances": int(y.sum()),
        **_figures(y, highest, flagged > 0),
    }


def by_utterance(values: Floats, units: ExampleUnits, rows: Flags) -> tuple[Flags, Floats]:
    """Return whether each utterance discloses, and the highest value of its units.

    `rows`, shape (n_units,), says which units count. Both results have shape (n_utterances,), in
    the order of `ExampleUnits.utterances`.
    """
    frame = pd.DataFrame({"v": values, "y": units.disclosing, "u": units.utterances})
    highest = frame[rows].groupby("u").max()
    return highest["y"].to_numpy(dtype=bool), highest["v"].to_numpy()


def natural_units(units: ExampleUnits, fewest: int) -> Flags:
    """Select the units that represent whole sessions, once weighted to the natural rate.

    Those of whole sessions, if at least `fewest` of them disclose and as many do not: what is in
    an excerpt was chosen, so its disclosures are plainer and its other units harder. With fewer
    disclosing units, those of excerpts are added; with fewer others, all units count.
    """
    if (units.whole & ~units.disclosing).sum() < fewest:
        return np.ones(len(units.whole), dtype=bool)
    if (units.whole & units.disclosing).sum() >= fewest:
        return units.whole
    selected: Flags = units.whole | units.disclosing
    return selected


def _points(
    y: Flags, p: Floats, rate: float | None, slack: float
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return each named threshold, and the figures: those of all thresholds once, then by name.

    All are at the rate; at that of the data if None.
    """
    weights = _weights(y, rate)
    thresholds: dict[str, float] = {}
    about: dict[str, Any] = {"rate": round(float((weights * y).sum() / weights.sum()), 4)}
    for name, beta in POINTS.items():
        thresholds[name] = threshold = _best_threshold(y, p, weights, beta, slack)
        found = _figures(y, p, p >= threshold, rate)
        about["average_precision"] = found.pop("average_precision")
        about[name] = found
    return thresholds, about


def _best_threshold(y: Flags, p: Floats, weights: Floats, beta: float, slack: float) -> float:
    """Return the lowest threshold whose F-beta is near the best."""
    order = np.argsort(-p, kind="stable")
    hits = np.cumsum((weights * y)[order])
    flagged = np.cumsum(weights[order])
    f = (1 + beta**2) * hits / (flagged + beta**2 * (weights * y).sum())
    # No threshold separates utterances of the same probability.
    f[:-1][np.diff(p[order]) == 0] = 0
    # The curve is flat at its top, and where exactly its highest point is depends on chance.
    best = int(np.flatnonzero(f >= (1 - slack) * f.max()).max())
    below = p[order][best + 1] if best + 1 < len(p) else 0.0
    middle = float((p[order][best] + below) / 2)
    # Four digits are enough, unless nothing or all would be flagged.
    return short if 0 < (short := round(middle, 4)) <= p.max() else middle


def _weights(disclosing: Flags, rate: float | None) -> Floats:
    """Weight cases to the rate, or all the same; their weights add up to their number."""
    weights = None if rate is None else natural_weights(disclosing, rate)
    return np.ones(len(disclosing)) if weights is None else weights * len(disclosing)


def _figures(
    y: Flags, p: Floats, flagged: Flags, rate: float | None = None
) -> dict[str, float | None]:
    """Compute the figures, rounded and without intervals."""
    order = np.argsort(-p, kind="stable")
    one_session = np.zeros(len(y), dtype=np.int64)  # there are no intervals
    scores = Scores(one_session, y[order], flagged[order], p[order])
    found = figures(scores, None if y.all() else rate)
    return {name: None if e.value is None else round(e.value, 4) for name, e in found.items()}
