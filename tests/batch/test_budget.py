import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.batch.budget import spend


def test_the_last_that_is_paid_for_sets_the_threshold():
    budget = spend(2, [0.1, 0.9, 0.5])
    assert (budget.threshold, budget.expected_disclosures) == (0.5, 1.4)


def test_a_budget_larger_than_the_run_flags_everything():
    assert spend(5, [0.2, 0.1]).threshold == 0.1


def test_who_shares_the_last_place_is_left_out():
    assert spend(2, [0.9, 0.5, 0.5]).threshold == 0.9


def test_where_all_are_alike_and_too_many_none_is_flagged():
    budget = spend(1, [0.5, 0.5])
    assert (budget.threshold, budget.expected_disclosures) == (1.0, 0.0)


@pytest.mark.parametrize("probabilities", [[], [math.nan]])
def test_nothing_to_flag(probabilities):
    assert spend(3, probabilities).threshold == 1.0


@given(st.lists(st.floats(0, 0.999)), st.integers(1, 20))
def test_never_more_than_the_budget(probabilities, budget):
    threshold = spend(budget, probabilities).threshold
    assert sum(p >= threshold for p in probabilities) <= budget
