"""The estimator: is this unit a disclosure, and of which type.

Two logistic regressions over the same features, both transparent: every n-gram and cue has a
weight one can read. The first tells disclosures from all other talk, its score made a
probability by Platt's sigmoid on grouped out-of-fold scores; the second, learned from
disclosures alone, tells their type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from tsd.classify.features import EXCERPT, EXTENT
from tsd.schema import TYPES

Floats = npt.NDArray[np.float64]

TOKEN = r"[a-z]+(?:'[a-z]+)?|[?0]"
"""A token of the ``words`` column: a word, a question mark or a number."""


FAMILIES: tuple[str, ...] = ("words", "classes", "frames", "cues")
"""The feature families, each a column of the feature table; see `make_features`."""

_WEIGHTS = {"words": 1.5, "classes": 1.0, "frames": 0.4, "cues": 0.6}
"""TF-IDF rows have length one; a unit has many frames, so each one counts for less. Chosen by
cross-validation on the corpus."""


def make_features(*, min_df: int, families: Sequence[str] = FAMILIES) -> ColumnTransformer:
    """Make an unfitted extractor of numbers from the feature table.

    Parameters
    ----------
    min_df : int
        An n-gram must be in this many units, a frame in one more.
    families : sequence of str, default all
        Some of `FAMILIES`; fewer to see what one is worth.

    Returns
    -------
    ColumnTransformer
        Of scikit-learn's own parts alone: 1- and 2-grams of words and 1- to 3-grams of word
        classes, weighted by TF-IDF; frames and cues as present or not.
    """

    def grams(pattern: str, longest: int) -> TfidfVectorizer:
        return TfidfVectorizer(
            token_pattern=pattern,
            ngram_range=(1, longest),
            min_df=min_df,
            sublinear_tf=True,
            lowercase=False,
        )

    def presence(fewest: int) -> CountVectorizer:
        return CountVectorizer(token_pattern=r"\S+", binary=True, lowercase=False, min_df=fewest)

    makers = {
        "words": grams(TOKEN, 2),
        "classes": grams(r"\S+", 3),
        "frames": presence(min_df + 1),
        "cues": presence(1),
    }
    return ColumnTransformer(
        [(name, makers[name], name) for name in families],
        transformer_weights={name: _WEIGHTS[name] for name in families},
    )


def make_detector(*, penalty: float) -> LogisticRegression:
    """Make an unfitted learner that tells disclosures from other talk.

    Parameters
    ----------
    penalty : float
        Inverse strength of the L2 penalty (``C`` of scikit-learn).

    Returns
    -------
    LogisticRegression
        Which gives disclosures and others the same weight in all; `calibrated` corrects for it.
    """
    return LogisticRegression(C=penalty, class_weight="balanced", max_iter=2000)


def make_typer(*, penalty: float, types: int) -> LogisticRegression | DummyClassifier:
    """Make an unfitted learner that tells the types apart, given a disclosure.

    Parameters
    ----------
    penalty : float
        As for `make_detector`.
    types : int
        How many types there are to learn; one needs no learning.

    Returns
    -------
    LogisticRegression or DummyClassifier
        Which takes the types to be as frequent as in the data.
    """
    if types == 1:
        return DummyClassifier(strategy="prior")
    return LogisticRegression(C=penalty, max_iter=2000)


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
        Makes the detector's score a probability in a whole session.
    excerpt_calibrator : LogisticRegression
        The same in an excerpt; see `tsd.classify.features.EXCERPT_UTTERANCES`.
    typer : LogisticRegression or DummyClassifier
        Tells the types apart, given a disclosure; a type it has never seen has probability 0.
    """

    features: ColumnTransformer
    detector: LogisticRegression
    calibrator: LogisticRegression
    excerpt_calibrator: LogisticRegression
    typer: LogisticRegression | DummyClassifier

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
        # Much of what a therapist says is "mm-hmm"; the same row is looked at once.
        keys = units["words"] + "\n" + units["cues"] + "\n" + units[EXTENT]
        codes, _ = pd.factorize(keys)  # counted in the order in which rows first occur
        p_disclosure, p_types = self._predict(units[~keys.duplicated()])
        return p_disclosure[codes], p_types[codes]

    def _predict(self, units: pd.DataFrame) -> tuple[Floats, Floats]:
        numbers = self.features.transform(units)
        scores = self.detector.decision_function(numbers)
        p_disclosure = np.where(
            units[EXTENT] == EXCERPT,
            calibrated(self.excerpt_calibrator, scores),
            calibrated(self.calibrator, scores),
        )
        given = pd.DataFrame(self.typer.predict_proba(numbers), columns=self.typer.classes_)
        shares = given.reindex(columns=list(map(str, TYPES)), fill_value=0.0).to_numpy()
        return p_disclosure, shares * p_disclosure[:, None]

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
