"""The estimator: is this unit a disclosure, and of which type.

Two logistic regressions over the same features, both transparent: every n-gram and cue has a
weight one can read. The first tells disclosures from all other talk, its score made a
probability by Platt's sigmoid on grouped out-of-fold scores; the second, learned from
disclosures alone, tells their type.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from tsd.schema import TYPES

Floats = npt.NDArray[np.float64]

TOKEN = r"[a-z]+(?:'[a-z]+)?|[?0]"
"""A token of the ``words`` column: a word, a question mark or a number."""


def make_features(*, min_df: int) -> ColumnTransformer:
    """Make an unfitted extractor of numbers from the feature table.

    Parameters
    ----------
    min_df : int
        An n-gram must be in this many units.

    Returns
    -------
    ColumnTransformer
        Of scikit-learn's own parts alone: word 1- to 3-grams weighted by TF-IDF, and cues.
    """
    words = TfidfVectorizer(
        token_pattern=TOKEN, ngram_range=(1, 3), min_df=min_df, sublinear_tf=True, lowercase=False
    )
    cues = CountVectorizer(token_pattern=r"\S+", binary=True, lowercase=False)
    return ColumnTransformer([("words", words, "words"), ("cues", cues, "cues")])


def make_learner(*, penalty: float) -> LogisticRegression:
    """Make an unfitted learner.

    Parameters
    ----------
    penalty : float
        Inverse strength of the L2 penalty (``C`` of scikit-learn).
    """
    return LogisticRegression(C=penalty, class_weight="balanced", max_iter=2000)


@dataclass(frozen=True, slots=True)
class Estimator:
    """Two trained learners over the same features, with the calibration of the first.

    Parameters
    ----------
    features : ColumnTransformer
        Makes numbers of the feature table.
    detector : LogisticRegression
        Tells disclosing units from others.
    calibrator : LogisticRegression
        Makes the detector's score a probability.
    typer : LogisticRegression
        Tells the types apart, given a disclosure.
    """

    features: ColumnTransformer
    detector: LogisticRegression
    calibrator: LogisticRegression
    typer: LogisticRegression

    def predict(self, units: pd.DataFrame) -> tuple[Floats, Floats]:
        """Score units.

        Parameters
        ----------
        units : DataFrame
            From `tsd.classify.features.unit_table`.

        Returns
        -------
        p_disclosure : array of float, shape (n_units,)
            Probability that the unit is a disclosure.
        p_types : array of float, shape (n_units, 3)
            Probability of each of `tsd.schema.TYPES`; the rows sum to `p_disclosure`.
        """
        if units.empty:
            return np.zeros(0), np.zeros((0, len(TYPES)))
        numbers = self.features.transform(units)
        p_disclosure = calibrated(self.calibrator, self.detector.decision_function(numbers))
        given = self.typer.predict_proba(numbers)
        order = [list(self.typer.classes_).index(str(label)) for label in TYPES]
        return p_disclosure, given[:, order] * p_disclosure[:, None]

    def parts(self) -> dict[str, Any]:
        """Return the parts by name, as they are stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def calibrated(calibrator: LogisticRegression, scores: Floats) -> Floats:
    """Make scores probabilities.

    Parameters
    ----------
    calibrator : LogisticRegression
        Fitted on one column of scores.
    scores : array of float, shape (n_units,)
        Decision values of the detector.

    Returns
    -------
    array of float, shape (n_units,)
        Probabilities.
    """
    column: Floats = calibrator.predict_proba(np.asarray(scores).reshape(-1, 1))[:, 1]
    return column
