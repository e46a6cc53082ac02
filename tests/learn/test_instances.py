import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from tsd.learn.examples import ExampleUnits
from tsd.learn.instances import fit_detector


def labeled(disclosing, marked, utterances) -> ExampleUnits:
    count = len(disclosing)
    return ExampleUnits(
        pd.DataFrame(index=range(count)),
        np.array(disclosing, dtype=bool),
        np.array([""] * count),
        np.array(marked, dtype=bool),
        np.array(utterances),
        np.array(utterances),
    )


# Every disclosing utterance is a telling unit (feature 0) and a plain one (feature 1), which
# other utterances have too.
NUMBERS = csr_matrix([[1.0, 0.0], [0.0, 1.0]] * 4 + [[0.0, 1.0]] * 8)
SAYS = [True] * 8 + [False] * 8
WHO = [0, 0, 1, 1, 2, 2, 3, 3, *range(4, 12)]


def test_without_marks_the_telling_units_are_found():
    units = labeled(SAYS, [False] * 8 + [True] * 8, WHO)
    detector, taken = fit_detector(NUMBERS, units, np.arange(16), penalty=1.0)
    assert taken.tolist() == [True, False] * 4 + [True] * 8
    assert detector.predict(csr_matrix([[1.0, 0.0], [0.0, 1.0]])).tolist() == [True, False]


def test_where_words_are_marked_all_units_are_learned_from():
    units = labeled(SAYS, [True] * 16, WHO)
    _, taken = fit_detector(NUMBERS, units, np.arange(16), penalty=1.0)
    assert taken.all()
