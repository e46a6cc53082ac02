"""Learning a detector where annotators labeled utterances and did not mark the words.

A long turn holds one disclosing sentence among many; to learn from all of them as disclosures
would teach much that is none. At first all units of such an utterance count as one together;
then, in some rounds, those count that the detector before thinks likeliest (multiple-instance
learning; Andrews, Tsochantaridis and Hofmann 2003).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression

from tsd.classify.estimator import make_detector
from tsd.learn.examples import ExampleUnits

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ROUNDS = 3
"""How often the detector is fitted anew."""

MARGIN = 0.3
"""A unit counts if it scores no further than this below the likeliest of its utterance."""


def fit_detector(
    numbers: csr_matrix, units: ExampleUnits, rows: npt.NDArray[np.int64], *, penalty: float
) -> tuple[LogisticRegression, npt.NDArray[np.bool_]]:
    """Fit a detector on some units.

    Parameters
    ----------
    numbers : sparse matrix, shape (n_rows, n_features)
        Features of the rows.
    units : ExampleUnits
        All units.
    rows : array of int, shape (n_rows,)
        Which of them to learn from.
    penalty : float
        See `tsd.classify.estimator.make_detector`.

    Returns
    -------
    detector : LogisticRegression
        Fitted.
    taken : array of bool, shape (n_rows,)
        Which of the rows it was learned from at last; all, where all words are marked.
    """
    disclosing, marked = units.disclosing[rows], units.marked[rows]
    utterances = pd.Series(units.utterances[rows])
    sizes = utterances.map(utterances.value_counts()).to_numpy()
    detector = make_detector(penalty=penalty)
    detector.fit(numbers, disclosing, sample_weight=np.where(marked, 1, 1 / sizes))
    taken = np.ones(len(rows), dtype=bool)
    for _ in range(0 if marked.all() else ROUNDS):
        scores = pd.Series(detector.decision_function(numbers))
        highest = scores.groupby(utterances).transform("max")
        taken = marked | (scores >= highest - MARGIN).to_numpy()
        detector = make_detector(penalty=penalty).fit(numbers[taken], disclosing[taken])
    return detector, taken
