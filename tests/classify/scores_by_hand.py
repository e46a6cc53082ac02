"""Small tables of scores for the tests of this folder, and sigmoids without any learning."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from tsd.classify.features import EXCERPT, EXTENT, WHOLE
from tsd.learn.examples import ExampleUnits


def sigmoid(slope=1.0, shift=0.0):
    """Make a calibrator that gives 1 / (1 + exp(-(slope * score + shift)))."""
    made = LogisticRegression()
    made.classes_ = np.array([False, True])
    made.coef_, made.intercept_ = np.array([[slope]]), np.array([shift])
    return made


def logit(p):
    """Return the score that `sigmoid` makes a probability of."""
    return np.log(np.divide(p, np.subtract(1, p)))


def labeled(*rows):
    """Make units from ("S"|"E", utterance, disclosing): of a whole session or of an excerpt."""
    extents, utterances, disclosing = zip(*rows, strict=True)
    whole = [{"S": WHOLE, "E": EXCERPT}[extent] for extent in extents]
    return ExampleUnits(
        table=pd.DataFrame({EXTENT: whole}, dtype=object),
        disclosing=np.array(disclosing, dtype=bool),
        types=np.array(["training" if flag else "" for flag in disclosing]),
        marked=np.ones(len(rows), dtype=bool),
        utterances=np.array(utterances),
        groups=np.zeros(len(rows), dtype=int),
        apart=np.zeros(len(rows), dtype=int),
    )
