"""The estimator: is this unit a disclosure, and of which type.

Two logistic regressions over the same features, both transparent: every n-gram and cue has a
weight one can read. The first separates disclosures from all other talk; Platt's sigmoid, fitted
to grouped out-of-fold scores, makes its score a probability. The second, learned from disclosures
alone, finds their type. An encoder may read the likeliest units again before the calibration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from tsd.classify.features import EXCERPT, EXTENT
from tsd.classify.second_reading import SecondReading
from tsd.schema import TYPES
from tsd.stats import Floats

TOKEN = r"[a-z]+(?:'[a-z]+)?|[?0]"
"""A token of the ``words`` column: a word, a question mark or a number."""

FAMILIES: tuple[str, ...] = ("words", "classes", "frames", "cues", "answers", "topics")
"""The feature families, each a column of the feature table; see `make_features`."""

_WEIGHTS = {
    "words": 1.5,
    "classes": 1.0,
    "frames": 0.4,
    "cues": 0.6,
    "answers": 0.6,
    "topics": 0.4,
}
"""TF-IDF rows have length one; a unit has many frames, so each one counts for less. Chosen by
cross-validation on the corpus."""


def make_features(*, min_df: int, families: Sequence[str] = FAMILIES) -> ColumnTransformer:
    """Make an unfitted extractor of numbers from the feature table.

    It is made of scikit-learn's own parts alone: 1- and 2-grams of words and 1- to 3-grams of
    word classes, weighted by TF-IDF; the other families as present or not.

    Parameters
    ----------
    min_df : int
        An n-gram must be in this many units, a frame in one more.
    families : sequence of str, default all
        Some of `FAMILIES`; fewer to see what one is worth.
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
        "answers": presence(min_df + 1),
        "topics": presence(min_df + 1),
    }
    return ColumnTransformer(
        [(name, makers[name], name) for name in families],
        transformer_weights={name: _WEIGHTS[name] for name in families},
    )


def seen_by_detector(features: ColumnTransformer, numbers: csr_matrix) -> csr_matrix:
    """Return the columns of the features but those of the topics, which only the typer sees.

    What the client has spoken of shows whether an experience is like it. Whether there is one at
    all it does not show: measured on other sources than the corpus, it makes the detector worse.
    """
    topics = features.output_indices_.get("topics")
    return numbers if topics is None else numbers[:, : topics.start]


def make_detector(*, penalty: float) -> LogisticRegression:
    """Make an unfitted learner that separates disclosures from other talk.

    `penalty` is the inverse strength of the L2 penalty (``C`` of scikit-learn).
    """
    return LogisticRegression(C=penalty, solver="newton-cg", max_iter=2000)


def make_typer(*, penalty: float, types: int) -> LogisticRegression | DummyClassifier:
    """Make an unfitted learner of the type of a disclosure.

    The types are taken to be as frequent as in the data; a single one needs no learning. `penalty`
    is that of `make_detector`.
    """
    if types == 1:
        return DummyClassifier(strategy="prior")
    return LogisticRegression(C=penalty, solver="newton-cg", max_iter=2000)


@dataclass(frozen=True, slots=True)
class Estimator:
    """Two trained learners over the same features, with the calibration of the score.

    Parameters
    ----------
    features : ColumnTransformer
        Makes numbers of the feature table.
    detector : LogisticRegression
        Separates disclosing units from others.
    calibrator : LogisticRegression
        Makes the score a probability in a whole session.
    excerpt_calibrator : LogisticRegression
        The same in an excerpt; see `tsd.classify.features.EXCERPT_UTTERANCES`.
    typer : LogisticRegression or DummyClassifier
        Finds the type of a disclosure; a type that it has never seen has probability 0.
    second : SecondReading, optional
        Reads again the units that may disclose.
    """

    features: ColumnTransformer
    detector: LogisticRegression
    calibrator: LogisticRegression
    excerpt_calibrator: LogisticRegression
    typer: LogisticRegression | DummyClassifier
    second: SecondReading | None = None

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
        # Much of what a therapist says is "mm-hmm"; equal rows are scored once.
        keys = units["words"].str.cat(units[["cues", "answers", "topics"]].astype(str), sep="\n")
        codes, _ = pd.factorize(keys)  # counted in the order in which rows first occur
        scores, shares = linear_scores(
            self.features, self.detector, self.typer, units[~keys.duplicated()]
        )
        scores, shares = scores[codes], shares[codes]
        if self.second is not None:
            scores, shares = self.second.read(scores, shares, units)
        p_disclosure = np.where(
            units[EXTENT] == EXCERPT,
            calibrated(self.excerpt_calibrator, scores),
            calibrated(self.calibrator, scores),
        )
        return p_disclosure, shares * p_disclosure[:, None]


def linear_scores(
    features: ColumnTransformer,
    detector: LogisticRegression,
    typer: LogisticRegression | DummyClassifier,
    units: pd.DataFrame,
) -> tuple[Floats, Floats]:
    """Score units by the two linear learners.

    Returns
    -------
    scores : array of float, shape (n_units,)
        Decision values of the detector.
    shares : array of float, shape (n_units, 3)
        Probability of each of `tsd.schema.TYPES`, if the unit is a disclosure.
    """
    numbers = features.transform(units)
    scores = detector.decision_function(seen_by_detector(features, numbers))
    given = pd.DataFrame(typer.predict_proba(numbers), columns=typer.classes_)
    return scores, given.reindex(columns=list(map(str, TYPES)), fill_value=0.0).to_numpy()


def calibrated(calibrator: LogisticRegression, scores: Floats) -> Floats:
    """Make scores, shape (n_units,), probabilities of the same shape.

    The calibrator was fitted to one column of such scores.
    """
    column: Floats = calibrator.predict_proba(np.asarray(scores).reshape(-1, 1))[:, 1]
    return column
