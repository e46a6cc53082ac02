from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

from tests.classify.scores_by_hand import sigmoid
from tsd.classify.estimator import (
    FAMILIES,
    calibrated,
    linear_scores,
    make_detector,
    make_features,
    make_typer,
    seen_by_detector,
)
from tsd.classify.features import BEFORE, COLUMNS, EXCERPT, EXTENT, WHOLE, unit_table
from tsd.classify.model import Model
from tsd.classify.pipeline import segmenter
from tsd.schema import TYPES

SAID = (
    *("I went through a divorce too.", "My daughter is six.", "I trained as a nurse.", "Mm-hmm."),
    *("I'm glad you came.", "Do you sleep?", "If I were you I'd call.", "It rained."),
)


@pytest.fixture(scope="module")
def estimator(small_model):
    return Model.load(small_model).estimator


@pytest.fixture(scope="module")
def table():
    """Every unit of `SAID`, once in a whole session and once in an excerpt."""
    nlp = segmenter()
    one = unit_table([nlp(text) for text in SAID])
    return pd.concat([one, one.assign(**{EXTENT: WHOLE})], ignore_index=True)


@pytest.fixture(scope="module")
def alone(estimator, table):
    """Each row of `table`, scored by itself."""
    return [estimator.predict(table.iloc[[number]]) for number in range(len(table))]


def rows(*words: str) -> pd.DataFrame:
    columns = {**dict.fromkeys([*COLUMNS, BEFORE], [""] * len(words)), "words": words}
    return pd.DataFrame({**columns, EXTENT: [WHOLE] * len(words)}, dtype=object)


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
def test_each_type_is_recognized(estimator, text, label):
    _, p_types = estimator.predict(unit_table([segmenter()(text)]))
    assert str(TYPES[p_types[0].argmax()]) == label


@given(st.lists(st.integers(0, 15), min_size=1, max_size=30))
def test_neither_order_nor_company_nor_repetition_matters(estimator, table, alone, chosen):
    """Units, sessions and batches come in any order."""
    p_disclosure, p_types = estimator.predict(table.iloc[chosen])
    assert p_disclosure.tolist() == [alone[number][0][0] for number in chosen]
    assert p_types.tolist() == [alone[number][1][0].tolist() for number in chosen]


def test_the_index_of_the_table_does_not_matter(estimator, table):
    again = table.set_axis([7] * len(table))
    assert estimator.predict(again)[0].tolist() == estimator.predict(table)[0].tolist()


def test_each_extent_has_its_own_calibrator(estimator, table):
    sigmoids = {"calibrator": sigmoid(shift=-1), "excerpt_calibrator": sigmoid(shift=2)}
    by_hand = replace(estimator, second=None, **sigmoids)
    p_disclosure, p_types = by_hand.predict(table)
    scores, _ = linear_scores(estimator.features, estimator.detector, estimator.typer, table)
    shift = np.where(table[EXTENT] == EXCERPT, 2, -1)
    assert set(shift) == {2, -1}
    np.testing.assert_allclose(p_disclosure, 1 / (1 + np.exp(-(scores + shift))))
    np.testing.assert_allclose(p_types.sum(axis=1), p_disclosure)


def test_a_second_reading_comes_before_the_calibration(estimator, table):
    """Equal words after other talk are read apart from one another."""
    linear = linear_scores(estimator.features, estimator.detector, estimator.typer, table)
    scores, shares = estimator.second.read(*linear, table)
    assert not np.allclose(scores, linear[0])
    p_disclosure, p_types = replace(estimator, excerpt_calibrator=estimator.calibrator).predict(
        table
    )
    assert p_disclosure.tolist() == calibrated(estimator.calibrator, scores).tolist()
    np.testing.assert_allclose(p_types, shares * p_disclosure[:, None])
    later = table.assign(**{BEFORE: "client: I trained as a nurse."})
    assert not np.allclose(estimator.predict(later)[0], estimator.predict(table)[0])


def test_a_calibrated_score_by_hand():
    assert calibrated(sigmoid(2, -1), np.array([0.5, 1])).tolist() == pytest.approx(
        [0.5, 1 / (1 + np.exp(-1))]
    )


# the parts, not yet learned


def test_disclosures_and_others_have_their_own_weight():
    """The calibration gives a score its meaning, so nothing is balanced before."""
    parts = make_detector(penalty=3), make_typer(penalty=3, types=3)
    expected = LogisticRegression(C=3, solver="newton-cg", max_iter=2000).get_params()
    assert [part.get_params() for part in parts] == [expected] * 2


def test_the_topics_show_the_type_alone(estimator, table):
    """A detector that sees them takes every line after a client's trouble for a disclosure."""
    names = estimator.features.get_feature_names_out()
    seen = seen_by_detector(estimator.features, estimator.features.transform(table))
    assert {name.split("__")[0] for name in names[: seen.shape[1]]} == {*FAMILIES} - {"topics"}
    assert {name.split("__")[0] for name in names[seen.shape[1] :]} == {"topics"}
    assert estimator.typer.n_features_in_ == len(names)


def test_one_type_needs_no_learning_and_the_others_have_no_probability(estimator, table):
    typer = make_typer(penalty=1, types=1).fit([[0]], ["training"])
    assert isinstance(typer, DummyClassifier)
    p_disclosure, p_types = replace(estimator, typer=typer).predict(table)
    assert p_types[:, TYPES.index("training")].tolist() == p_disclosure.tolist()
    assert p_types.sum() == pytest.approx(p_disclosure.sum())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_features_can_be_taken_alone(table, family):
    features = make_features(min_df=1, families=[family])
    # Nobody has said anything before these units: one token stands for that.
    fewest = 0 if family in ("answers", "topics") else 3
    assert features.fit_transform(table).shape[1] > fewest
    assert [name for name, *_ in features.transformers_ if name in FAMILIES] == [family]


def test_families_are_the_columns_of_the_table():
    assert FAMILIES == COLUMNS


def test_a_frame_must_be_in_one_unit_more_than_an_ngram():
    frames = ["f g", "f g", "f"]
    features = make_features(min_df=2, families=["words", "frames"])
    features.fit(rows("a b", "a b", "c").assign(frames=frames))
    made = features.named_transformers_
    assert set(made["words"].vocabulary_) == {"a", "b", "a b"}
    assert set(made["frames"].vocabulary_) == {"f"}
