import numpy as np
import pandas as pd
import pytest

from tsd.classify.second_reading import SecondReading, log_odds


class OneAnswer:
    """An encoder that finds `similar_challenge` in whatever it reads, and notes what that was."""

    def __init__(self):
        self.texts = []

    def read(self, before, units, *, as_new):
        self.texts += [(*texts, as_new) for texts in zip(before, units, strict=True)]
        return np.tile([0.0, 0, 3, 0], (len(units), 1))


UNITS = pd.DataFrame({"before": ["a", "b", "c"], "words": ["x", "y", "z"]})
SCORES = np.array([-5.0, 0.0, 2.0])
SHARES = np.array([[1.0, 0, 0], [0.5, 0.5, 0], [0.2, 0.2, 0.6]])


@pytest.fixture
def encoder():
    return OneAnswer()


def test_only_likely_units_are_read(encoder):
    SecondReading(encoder, least=0, otherwise=-9).read(SCORES, SHARES, UNITS)
    assert encoder.texts == [("b", "y", False), ("c", "z", False)]


def test_scores_are_averaged(encoder):
    scores, _ = SecondReading(encoder, least=0, otherwise=-9).read(SCORES, SHARES, UNITS)
    odds = np.log(np.exp(3) + 2)
    np.testing.assert_allclose(scores, [-6.6, 0.4 * odds, 1.2 + 0.4 * odds])


def test_types_are_averaged(encoder):
    _, shares = SecondReading(encoder, least=0, otherwise=-9).read(SCORES, SHARES, UNITS)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares[0].tolist() == SHARES[0].tolist()
    assert shares[1].argmax() == 1
    assert shares[2, 1] > SHARES[2, 1]
    assert shares[1, 2] == 0, "a type that the typer has never seen stays impossible"


def test_nothing_is_likely(encoder):
    scores, shares = SecondReading(encoder, least=5, otherwise=-9).read(SCORES, SHARES, UNITS)
    np.testing.assert_allclose(scores, [-6.6, -3.6, -2.4])
    assert (shares == SHARES).all()


def test_log_odds_are_of_any_type_against_none():
    p = np.array([0.25, 0.25, 0.25, 0.25])
    np.testing.assert_allclose(log_odds(np.log([p])), [np.log(3)])
