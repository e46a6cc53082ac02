import numpy as np
import pandas as pd
import pytest

from tsd.measure import tables
from tsd.measure.tables import ALL_TABLES, TYPE_NAMES, Column, Table

PETS = Table(
    "pets",
    "one row per pet",
    (
        Column("name", "its name", "object", holds_text=True),
        Column("legs", "how many legs", "int64"),
        Column("age", "years", "Int64"),
        Column("weight", "kilograms", "float64"),
        Column("tame", "whether it is tame", "bool"),
        Column("chipped", "whether it has a chip, if known", "boolean"),
        Column("toys", "its toys", "list", joined_by=", "),
    ),
)
REX = {
    "name": "Rex",
    "legs": 4,
    "age": None,
    "weight": 8.1234567,
    "tame": True,
    "chipped": None,
    "toys": ["ball"],
}

# --- making a table


def test_values_get_the_type_of_their_column():
    made = PETS.frame(PETS.of_rows([REX]))
    assert made.dtypes.map(str).tolist() == [
        *("object", "int64", "Int64", "float64", "bool", "boolean", "object")
    ]
    assert made["age"][0] is made["chipped"][0] is pd.NA
    assert made["toys"][0] == ["ball"]


def test_an_empty_table_has_the_same_types():
    filled, empty = PETS.frame(PETS.of_rows([REX])), PETS.frame(PETS.of_rows([]))
    assert empty.dtypes.tolist() == filled.dtypes.tolist()


def test_numbers_are_rounded():
    assert PETS.frame(PETS.of_rows([REX]))["weight"][0] == 8.123457


def test_a_number_that_is_missing_stays_missing():
    assert np.isnan(PETS.frame(PETS.of_rows([REX | {"weight": None}]))["weight"][0])


def test_the_order_of_the_columns_is_that_of_the_table():
    mixed = dict(reversed(PETS.of_rows([REX]).items()))
    assert tuple(PETS.frame(mixed).columns) == PETS.names


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.pop("legs"), "table pets: no values for legs"),
        (lambda row: row.update(wings=2), "table pets: no column for wings"),
        (
            lambda row: row.update(lges=row.pop("legs")),
            "table pets: no values for legs; no column for lges",
        ),
    ],
)
def test_a_missing_or_misspelled_name_is_an_error(change, message):
    row = dict(REX)
    change(row)
    with pytest.raises(ValueError, match=f"^{message}$"):
        PETS.of_rows([row])
    with pytest.raises(ValueError, match=f"^{message}$"):
        PETS.frame({name: [value] for name, value in row.items()})


def test_parts_are_stacked_in_their_order():
    parts = [PETS.of_rows([REX | {"name": name}]) for name in "abc"]
    assert PETS.stack(parts)["name"] == ["a", "b", "c"]


# --- the tables of tsd


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_column_has_a_name_a_type_and_a_meaning(table):
    assert len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert column.dtype in TYPE_NAMES
        assert column.help
        assert bool(column.joined_by) == (column.dtype == "list")


def test_the_columns_that_hold_text():
    holds = {f"{t.name}.{c.name}" for t in ALL_TABLES for c in t.columns if c.holds_text}
    assert holds == {
        *("utterances.speaker", "utterances.text", "disclosures.text", "guidelines.evidence")
    }


@pytest.mark.parametrize(
    ("table", "promised"),
    [
        (
            tables.UTTERANCES,
            "session_id utterance utterance_id speaker role start end words seconds p_disclosure "
            "is_disclosure label text",
        ),
        (
            tables.DISCLOSURES,
            "session_id utterance start_char end_char text label p_disclosure p_training "
            "p_similar_challenge p_personal_details words seconds cues episode "
            "client_share_before client_share_after focus_shift focus_shift_adjusted "
            "asked addressed client_resumed turns_to_return",
        ),
        (
            tables.SESSIONS,
            "session_id source utterances therapist_utterances client_utterances "
            "therapist_words client_words talk_time_basis therapist_talk_share disclosures "
            "disclosures_per_100 disclosures_per_1000_words disclosure_words focus_shift "
            "focus_shift_adjusted focus_shift_p focus_shift_p_floor",
        ),
        (tables.PROBLEMS, "path line session_id severity message"),
    ],
)
def test_the_promised_columns_exist_in_the_promised_order(table, promised):
    assert [name for name in table.names if name in promised.split()] == promised.split()
