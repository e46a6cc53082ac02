import numpy as np
import pandas as pd
import pytest

from tsd.errors import SettingsError
from tsd.measure.outcomes.long_table import long_table
from tsd.settings import Associating


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "session_id": list("abcde"),
            "therapist": ["T2", "T1", "T1", "T1", None],
            "case": ["c1", "c1", None, "c2", "c9"],
            "session_number": pd.array([1, 2, 1, None, 5], dtype="Int64"),
            "therapist_utterances": [40, 50, 60, 70, 80],
            "disclosures": pd.array([4, 0, 2, None, 7], dtype="Int64"),
            "oq45": [50, 61, 62, 63, 64],
            "age": [30, 31, 32, 33, 34],
        }
    )


@pytest.fixture
def three_in_a_row():
    return pd.DataFrame(
        {
            "session_id": list("abc"),
            "therapist": "T1",
            "case": "c",
            "session_number": [1, 2, 3],
            "disclosures": [0, 1, 3],
            "oq45": [10, 20, 30],
        }
    )


def test_a_row_per_session(table):
    long = long_table(table, "oq45", Associating(covariate=("age",)))
    assert list(long) == [
        *("therapist", "case", "session_id", "session_number", "oq45", "therapist_utterances"),
        *("age", "disclosures", "disclosures_within", "disclosures_between"),
    ]
    assert long["session_id"].tolist() == ["b", "d", "c", "a"]
    assert long["case"].tolist() == ["c1", "c2", "c", "c1"]
    assert long["oq45"].tolist() == [61, 63, 62, 50]
    assert long["disclosures_within"].tolist() == pytest.approx([-1, np.nan, 1, 0], nan_ok=True)
    assert long["disclosures_between"].tolist() == pytest.approx([-1, np.nan, -1, 2], nan_ok=True)


def test_the_parts_are_those_of_the_units_with_covariates(table):
    table["age"] = table["age"].where(table["session_id"] != "c")
    long = long_table(table, "oq45", Associating(covariate=("age",))).set_index("session_id")
    assert np.isnan(long.loc["c", "disclosures_within"])
    assert long.loc["b", "disclosures_within"] == 0


def test_a_row_per_case(table):
    table["case"] = ["c1", "c1", "c1", "c2", "c9"]
    table["oq45"] = [50, 61, 61, 63, 64]
    long = long_table(table, "oq45")
    assert list(long[["therapist", "case", "sessions"]].itertuples(index=False, name=None)) == [
        ("T1", "c1", 2),
        ("T1", "c2", 1),
        ("T2", "c1", 1),
    ]
    assert long["disclosures"].tolist() == pytest.approx([1, np.nan, 4], nan_ok=True)
    assert long["disclosures_within"].tolist() == pytest.approx([0, np.nan, 0], nan_ok=True)
    assert "session_id" not in long


def test_with_a_lag_the_outcome_is_the_later_one(three_in_a_row):
    long = long_table(three_in_a_row, "oq45", Associating(lag=1, dose=("count", "any")))
    assert long["session_id"].tolist() == ["a", "b"]
    assert long["oq45"].tolist() == [20, 30]
    assert long["any_disclosure"].tolist() == [0, 1]


def test_with_a_lag_the_outcome_of_the_same_session_has_a_name_of_its_own(three_in_a_row):
    long = long_table(three_in_a_row, "oq45", Associating(lag=1, covariate=("oq45",)))
    assert list(long[["oq45", "oq45_same_session"]].itertuples(index=False, name=None)) == [
        (20, 10),
        (30, 20),
    ]


def test_session_number_as_a_covariate_is_there_once(table):
    long = long_table(table, "oq45", Associating(covariate=("session_number",)))
    assert list(long).count("session_number") == 1


def test_a_name_for_two_columns(table):
    with pytest.raises(SettingsError) as caught:
        long_table(table.rename(columns={"oq45": "disclosures_within"}), "disclosures_within")
    assert str(caught.value) == (
        "outcome must be a name that no other column of the export has; got 'disclosures_within'."
    )
