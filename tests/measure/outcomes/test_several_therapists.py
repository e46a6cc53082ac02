import pandas as pd
import pytest

from tsd.measure.outcomes.several_therapists import Shared, pairs_across, shared_cases


@pytest.fixture
def table():
    """Case c goes from A to B after its second session; case d stays."""
    return pd.DataFrame(
        {
            "therapist": list("AABBAA"),
            "case": list("ccccdd"),
            "number": [1, 2, 3, 4, 1, 2],
            "outcome": [5.0, 6.0, 7.0, 8.0, 1.0, 2.0],
        }
    )


@pytest.mark.parametrize(("lag", "pairs"), [(1, 1), (2, 2), (3, 1), (4, 0)])
def test_pairs_across_therapists(table, lag, pairs):
    shared = shared_cases(table, of_cases=False)
    assert shared == Shared(("c",), one_client=True)
    assert pairs_across(table, shared, lag) == pairs


def test_a_pair_needs_the_later_outcome_and_both_therapists(table):
    shared = shared_cases(table, of_cases=False)
    table.loc[2, "outcome"] = None
    assert pairs_across(table, shared, 1) == 0
    assert pairs_across(table, shared, 2) == 1
    table.loc[3, "therapist"] = None
    assert pairs_across(table, shared, 2) == 0


def test_different_outcomes_are_of_different_clients(table):
    assert not shared_cases(table, of_cases=True).one_client
    assert shared_cases(table.assign(outcome=3.0), of_cases=True).one_client


def test_the_same_numbers_are_of_different_clients(table):
    shared = shared_cases(table.assign(number=[1, 2, 1, 2, 1, 2]), of_cases=False)
    assert shared == Shared(("c",), one_client=False)
    assert pairs_across(table, shared, 1) == 0


def test_without_numbers_a_name_can_be_one_client(table):
    assert shared_cases(table.drop(columns="number"), of_cases=False).one_client


def test_no_case_and_no_therapist_are_not_shared(table):
    table["case"] = None
    assert shared_cases(table, of_cases=False) == Shared((), one_client=True)
