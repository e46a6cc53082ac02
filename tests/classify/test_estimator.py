import numpy as np
import pandas as pd
import pytest

from tsd.classify.features import unit_table
from tsd.classify.pipeline import segmenter
from tsd.classify.store import load_model
from tsd.schema import TYPES


@pytest.fixture
def estimator(small_model):
    return load_model(small_model).estimator


def rows(*words: str) -> pd.DataFrame:
    return pd.DataFrame({"words": words, "cues": [""] * len(words)}, dtype=object)


def test_types_share_the_probability_of_a_disclosure(estimator):
    p_disclosure, p_types = estimator.predict(rows("i went through a divorce too", "hello", ""))
    assert p_types.shape == (3, len(TYPES))
    np.testing.assert_allclose(p_types.sum(axis=1), p_disclosure)
    assert ((p_disclosure > 0) & (p_disclosure < 1)).all()


def test_no_units_give_no_scores(estimator):
    p_disclosure, p_types = estimator.predict(rows())
    assert p_disclosure.shape == (0,)
    assert p_types.shape == (0, len(TYPES))


def test_a_unit_scores_the_same_alone_and_among_others(estimator):
    words = [f"i went through a divorce {n} times" for n in range(50)]
    together, _ = estimator.predict(rows(*words))
    alone = [estimator.predict(rows(each))[0][0] for each in words]
    assert together.tolist() == alone


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I've worked with families for years.", "training"),
        ("I used to panic on trains too.", "similar_challenge"),
        ("My daughter loves dogs.", "personal_details"),
    ],
)
def test_the_types_learned_are_told_apart(estimator, text, label):
    _, p_types = estimator.predict(unit_table(segmenter()(text)))
    assert str(TYPES[p_types[0].argmax()]) == label
