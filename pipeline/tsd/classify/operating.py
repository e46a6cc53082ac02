"""From scores to probabilities and a threshold: what a score means where the model is used.

The data a model learns from hold far more disclosures than nature does, so probabilities are
calibrated twice, each time on grouped out-of-fold scores: for whole sessions, whose rate is the
natural one, and for excerpts, which somebody has chosen (see
`tsd.classify.features.EXCERPT_UTTERANCES`), at the rate of the excerpts in the data.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from tsd.classify.estimator import Floats, calibrated
from tsd.classify.features import EXTENT, WHOLE
from tsd.classify.labelled import LabelledUnits

Flags = npt.NDArray[np.bool_]


def natural_weights(disclosing: Flags, rate: float) -> Floats:
    """Weigh cases so that disclosures are as frequent as in nature.

    Parameters
    ----------
    disclosing : array of bool, shape (n_cases,)
        Which cases are disclosures; there are both kinds.
    rate : float
        Share of disclosures in nature.

    Returns
    -------
    array of float, shape (n_cases,)
        Weights whose sum is the number of cases.

    Examples
    --------
    >>> natural_weights(np.array([True, False]), 0.02).tolist()
    [0.04, 1.96]
    """
    share = disclosing.mean()
    weights: Floats = np.where(disclosing, rate / share, (1 - rate) / (1 - share))
    return weights


def calibrators(
    scores: Floats, units: LabelledUnits, rate: float, fewest: int
) -> tuple[LogisticRegression, LogisticRegression]:
    """Learn what a score means: Platt's sigmoid, for whole sessions and for excerpts.

    Of whole sessions, disclosures are few; those of excerpts are added to them, the other units
    of excerpts are not: they were written or chosen to be hard.

    Parameters
    ----------
    scores : array of float, shape (n_units,)
        Out of fold.
    units : LabelledUnits
        What the scores are of.
    rate : float
        Share of therapist utterances in whole sessions that disclose.
    fewest : int
        With fewer disclosing or other units in excerpts, these are calibrated as sessions are;
        with fewer in whole sessions, those are learned from excerpts, at the natural rate.

    Returns
    -------
    tuple of LogisticRegression
        For whole sessions and for excerpts; each takes one column of scores.
    """
    natural = _natural(units, fewest)
    per_utterance = _units_each(units, natural & units.disclosing) / _units_each(units, natural)
    whole = _sigmoid(
        scores[natural],
        units.disclosing[natural],
        natural_weights(units.disclosing[natural], rate * per_utterance),
    )
    chosen = units.table[EXTENT].to_numpy() != WHOLE
    if _fewer(units.disclosing[chosen]) < fewest:
        return whole, whole
    return whole, _sigmoid(scores[chosen], units.disclosing[chosen], None)


def operating_points(
    scores: Floats,
    whole: LogisticRegression,
    excerpt: LogisticRegression,
    units: LabelledUnits,
    *,
    rate: float,
    slack: float,
    fewest: int,
) -> tuple[float, float, dict[str, Any]]:
    """Choose the thresholds by F1 over utterances, and say what is to be expected there.

    Parameters
    ----------
    scores : array of float, shape (n_units,)
        Out of fold.
    whole, excerpt : LogisticRegression
        From `calibrators`.
    units : LabelledUnits
        What the scores are of.
    rate, slack, fewest
        See `tsd.settings.Settings.natural_rate` and `tsd.classify.training.TrainingPlan`.

    Returns
    -------
    threshold : float
        A probability, for whole sessions at the natural rate.
    excerpt_threshold : float
        A probability, for excerpts at the rate of the excerpts in the data; the same as for
        whole sessions where there are too few.
    figures : dict
        Of both.
    """
    natural = _natural(units, fewest)
    y, p = _by_utterance(calibrated(whole, scores), units, natural)
    threshold, figures = _best_f1(y, p, natural_weights(y, rate), slack)
    every_y, every_p = _by_utterance(scores, units, np.ones(len(natural), dtype=bool))
    about: dict[str, Any] = {
        "utterances": len(every_y),
        "disclosing_utterances": int(every_y.sum()),
        "average_precision_in_the_data": _average_precision(every_y, every_p),
        "at_natural_rate": figures,
    }
    if whole is excerpt:
        return threshold, threshold, about
    chosen = units.table[EXTENT].to_numpy() != WHOLE
    y, p = _by_utterance(calibrated(excerpt, scores), units, chosen)
    excerpt_threshold, figures = _best_f1(y, p, np.ones(len(y)), slack)
    return threshold, excerpt_threshold, {**about, "in_excerpts": figures}


def _by_utterance(values: Floats, units: LabelledUnits, rows: Flags) -> tuple[Flags, Floats]:
    """Return for each utterance whether it discloses, and its highest value."""
    frame = pd.DataFrame({"v": values, "y": units.disclosing, "u": units.utterances})
    said = frame[rows].groupby("u").max()
    return said["y"].to_numpy(dtype=bool), said["v"].to_numpy()


def _best_f1(y: Flags, p: Floats, weights: Floats, slack: float) -> tuple[float, dict[str, float]]:
    order = np.argsort(-p, kind="stable")
    hits = np.cumsum((weights * y)[order])
    flagged = np.cumsum(weights[order])
    f1 = 2 * hits / (flagged + (weights * y).sum())
    # The curve is flat at its top, and where in it the highest point lies is chance.
    best = int(np.flatnonzero(f1 >= (1 - slack) * f1.max()).max())
    below = p[order][best + 1] if best + 1 < len(p) else 0.0
    threshold = round(float((p[order][best] + below) / 2), 4)
    found = p >= threshold
    precision = float((weights * (y & found)).sum() / (weights * found).sum())
    recall = float((y & found).sum() / y.sum())
    return threshold, {
        "rate": round(float((weights * y).sum() / weights.sum()), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "average_precision": _average_precision(y, p, weights),
    }


def _average_precision(y: Flags, p: Floats, weights: Floats | None = None) -> float:
    return round(float(average_precision_score(y, p, sample_weight=weights)), 4)


def _natural(units: LabelledUnits, fewest: int) -> Flags:
    """Select all units of whole sessions and the disclosing ones of excerpts."""
    whole: Flags = units.table[EXTENT].to_numpy() == WHOLE
    if (whole & ~units.disclosing).sum() < fewest:
        return np.ones(len(whole), dtype=bool)
    return whole | units.disclosing


def _units_each(units: LabelledUnits, rows: Flags) -> float:
    """Return how many units the utterances of some rows have on average."""
    return float(rows.sum() / len(np.unique(units.utterances[rows])))


def _fewer(disclosing: Flags) -> int:
    return int(min(disclosing.sum(), (~disclosing).sum()))


def _sigmoid(scores: Floats, disclosing: Flags, weights: Floats | None) -> LogisticRegression:
    return LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), disclosing, sample_weight=weights)
