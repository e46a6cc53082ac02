import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.speakers import merge_numbered, merge_remarks


def merged(*labels):
    return sorted(set(merge_numbered(labels).values()))


@pytest.mark.parametrize(
    ("labels", "speakers"),
    [
        (["T1", "C2", "T3", "C4", "T5", "C6"], ["C", "T"]),
        (["T1", "C1", "T2", "C2", "T3", "C3", "T4"], ["C", "T"]),
        (["C", "S0", "C0", "S1", "C1", "S2", "C2", "S2", "C3"], ["C", "S"]),
        (["[T 1]", "[C 1]", "[T 2]", "[C 2]", "[T 3]", "[C 3]"], ["C", "T"]),
        (["Th-1", "Cl-1", "Th-2", "Cl-2", "Th-3", "Cl-3"], ["Cl", "Th"]),
        (["Anna", *[f"Ben {n}" for n in range(12)]], ["Anna", "Ben"]),
    ],
)
def test_numbers_of_turns_do_not_make_speakers(labels, speakers):
    assert merged(*labels) == speakers


@pytest.mark.parametrize(
    "labels",
    [
        ["Client 1", "T", "Client 2", "T", "Client 1", "T", "Client 2"],
        ["Speaker 1", "Speaker 2"] * 9,
        ["S00", "S01"] * 4,
        ["T", "P1", "P2", "P3", "P4", "P1", "P3", "P2"],
        ["Interviewer", "Respondent 1", "Interviewer", "Respondent 2", "Respondent 3"],
        ["T1", "C1", "T2", "C2", "T1", "C1", "T2", "C2"],
        ["T", *[f"Client {n}" for n in range(20)]],
        [f"SPEAKER_{n:02}" for n in range(20)],
        ["T1", "T2", "C1", "C2", "T1", "C2"],
        ["Anna", "Ben"],
        [],
    ],
)
def test_numbers_that_tell_people_apart_stay(labels):
    assert merged(*labels) == sorted(set(labels))


def test_the_label_without_a_number_is_the_speaker():
    assert merge_numbered(["t", "C1", "T1", "C2", "T2", "C3", "T3"])["T1"] == "t"


@given(st.lists(st.sampled_from(["T", "C", "T1", "C2", "T3", "Client 1"]) | st.text(max_size=6)))
def test_every_label_has_a_speaker(labels):
    found = merge_numbered(labels)
    assert list(found) == list(dict.fromkeys(labels))
    assert all(found.values()) or "" in labels


@given(st.integers(3, 40), st.sampled_from(["T", "Anna", "Ther"]), st.sampled_from(["C", "Bo"]))
def test_turns_that_are_numbered_through_have_two_speakers(turns, one, other):
    labels = [f"{name}{turn}" for turn in range(turns) for name in (one, other)]
    assert merged(*labels) == sorted([one, other])


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("Anna", "she/her")] * 2, ["Anna (she/her)"]),
        ([("Anna", "she/her"), ("Anna", "")], ["Anna (she/her)"]),
        ([("Ben", "iPhone"), ("Ben", "iPhone")], ["Ben (iPhone)"]),
        ([("Vera K", "SL"), ("Vera K", "SL")], ["Vera K (SL)"]),
        ([("Vera K", "SL")], ["Vera K"]),
        ([("Anna", "laughs"), ("Anna", "")], ["Anna"]),
        ([("Anna", "laughs"), ("Anna", "laughs")], ["Anna"]),
        ([("Anna", "to Ben"), ("Anna", "to Cy")], ["Anna"]),
        ([("Anna", "Therapist"), ("Anna", ""), ("anna", "laughs")],
         ["Anna (Therapist)", "anna (Therapist)"]),
        ([("Kim", "Therapist"), ("Kim", "Client"), ("Kim", "")],
         ["Kim", "Kim (Client)", "Kim (Therapist)"]),
        ([("Anna", "")], ["Anna"]),
        ([], []),
    ],
)  # fmt: skip
def test_what_stands_behind_a_name_each_time_belongs_to_it(labels, expected):
    assert sorted(set(merge_remarks(labels).values())) == expected


@given(st.lists(st.tuples(st.sampled_from(["Anna", "Ben"]), st.sampled_from(["", "T", "x", "y"]))))
def test_a_speaker_keeps_the_name(labels):
    found = merge_remarks(labels)
    assert set(found) == set(labels)
    assert all(speaker.startswith(name) for (name, _), speaker in found.items())
