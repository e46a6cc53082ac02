import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.classify.joining import NEIGHBOR, join_units

LOW, HIGH, NEAR = 0.0, 0.9, NEIGHBOR * 0.5


@pytest.mark.parametrize(
    ("p", "utterances", "expected"),
    [
        ([LOW, HIGH, LOW], [0, 0, 0], [[1]]),
        ([HIGH, HIGH], [0, 0], [[0, 1]]),
        ([HIGH, HIGH], [0, 1], [[0], [1]]),
        ([NEAR, NEAR, HIGH, NEAR, LOW, NEAR], [0] * 6, [[0, 1, 2, 3]]),
        ([NEAR, HIGH], [0, 1], [[1]]),
        ([HIGH, LOW, HIGH], [0] * 3, [[0, 1, 2]]),
        ([HIGH, LOW, HIGH], [0, 0, 1], [[0], [2]]),
        ([HIGH, LOW, LOW, HIGH], [0] * 4, [[0], [3]]),
        ([NEAR, NEAR], [0, 0], []),
        ([], [], []),
    ],
)
def test_which_units_are_one_disclosure(p, utterances, expected):
    assert join_units(np.array(p), utterances, 0.5) == expected


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), max_size=30),
    st.floats(0.01, 1),
)
def test_disclosures_hold_every_flagged_unit_and_stay_in_their_utterance(units, threshold):
    p = np.array([value for value, _ in units])
    utterances = sorted(number for _, number in units)
    runs = join_units(p, utterances, threshold)
    joined = [unit for run in runs for unit in run]
    assert joined == sorted(set(joined))
    assert set(np.flatnonzero(p >= threshold).tolist()) <= set(joined)
    for run in runs:
        assert run == list(range(run[0], run[-1] + 1))
        assert len({utterances[unit] for unit in run}) == 1
        assert max(p[unit] for unit in run) >= threshold
