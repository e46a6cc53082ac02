import pytest

from tsd.readers import roles_patterns as patterns
from tsd.readers.roles import (
    is_unknown_speaker,
    known_role,
    meant_names,
    roles_together,
    speaker_key,
)
from tsd.schema import Role

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Therapist", "therapist"),
        ("[THERAPIST_2]:", "therapist"),
        ("  T1 ", "t"),
        ("co-therapist", "co therapist"),
        ("Dr. O'Neil", "dr o neil"),
        ("SPEAKER_00", "speaker"),
        ("Ärztin", "ärztin"),
        ("00", ""),
    ],
)
def test_numbers_brackets_and_case_do_not_matter(name, plain):
    assert speaker_key(name) == plain


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("T", T),
        ("t", T),
        ("Th", T),
        ("T2", T),
        ("THERAPIST", T),
        ("[Therapist 2]", T),
        ("Therapist_1", T),
        ("Dr. Weiss", T),
        ("dr weiss", T),
        ("Counsellor", T),
        ("Counselor Kim", T),
        ("Co-Therapist", T),
        ("Interviewer", T),
        ("C", C),
        ("Cl", C),
        ("P", C),
        ("pt", C),
        ("Patient", C),
        ("Client Anna", C),
        ("CLIENT_2", C),
        ("Husband", C),
        ("Wife", C),
        ("service user", C),
        ("Interpreter", O),
        ("All", O),
        ("Anna", U),
        ("SPEAKER_00", U),
        ("Speaker 1", U),
        ("0", U),
        ("", U),
        ("Tom", U),
        ("Carl", U),
        ("Drew", U),
        ("Clientele", U),
    ],
)
def test_roles_that_names_show(name, role):
    assert known_role(name) is role


@pytest.mark.parametrize("name", sorted(patterns.THERAPIST | patterns.THERAPIST_TITLES))
def test_every_listed_name_of_a_therapist_is_recognized(name):
    assert known_role(name) is T


@pytest.mark.parametrize("name", sorted(patterns.CLIENT | patterns.CLIENT_TITLES))
def test_every_listed_name_of_a_client_is_recognized(name):
    assert known_role(name) is C


@pytest.mark.parametrize("name", sorted(patterns.OTHER))
def test_every_listed_name_of_somebody_else_is_recognized(name):
    assert known_role(name) is O


def test_no_name_is_listed_on_two_sides():
    sides = [
        patterns.THERAPIST | patterns.THERAPIST_TITLES,
        patterns.CLIENT | patterns.CLIENT_TITLES,
        patterns.OTHER,
    ]
    assert sum(map(len, sides)) == len(frozenset.union(*sides))


def test_listed_names_are_plain():
    names = patterns.THERAPIST | patterns.CLIENT | patterns.OTHER
    assert {name for name in names if speaker_key(name) != name} == set()


@pytest.mark.parametrize("name", ["Anna (Therapist)", "Anna [T]", "Anna, Therapist"])
def test_a_role_after_a_name(name):
    assert known_role(name) is Role.THERAPIST


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Therapist (Anna)", T),
        ("Anna Berg - Interviewer", T),
        ("Interviewer | Anna", T),
        ("Patient/Ben", C),
        ("Dr. Weiss (she/her)", T),
        ("Family therapist", T),
        ("Mental Health Counsellor 2", T),
        ("Female Participant", C),
        ("Patient's Mother", C),
        ("Ben (Husband)", C),
        ("Klientin", C),
        ("Therapeut:in", T),
        ("Befr.", C),
        ("Int.", T),
        ("Moderator", T),
        ("Respondent 3", C),
        ("Agent", T),
        ("Customer", C),
        ("Group member 3", C),
        ("Co-T", T),
        ("Thérapeute", T),
        ("Paciente", C),
        ("Психолог", T),
        ("Клієнтка", C),
        ("المعالج", T),
        ("מטופלת", C),
        ("Danışan", C),
        ("Danışman", T),
        ("咨询师", T),
        ("来访者1", C),
        ("カウンセラー", T),
        ("내담자", C),
        ("Dolmetscherin", O),
        ("My therapist", U),
        ("the doctor", U),
        ("Weber, T.", U),
        ("Anna, P", U),
        ("T/C", U),
        ("Q", U),
        ("Host", U),
        ("Coach Carter Coach", T),
    ],
)
def test_words_of_other_languages_and_forms_of_names(name, role):
    assert known_role(name) is role


@pytest.mark.parametrize(
    "name",
    [
        "Unknown",
        "Unidentified",
        "Unknown Speaker 2",
        "[unclear]",
        "Speaker ?",
        "???",
        "[Inaudible]",
    ],
)
def test_an_unknown_speaker_has_no_role(name):
    assert is_unknown_speaker(name)
    assert known_role(name) is U


@pytest.mark.parametrize("name", ["Speaker 1", "Speaker", "", "0", "Anna", "Anna?", "Person 2?"])
def test_a_speaker_without_a_name_is_not_an_unknown_speaker(name):
    assert not is_unknown_speaker(name)


@pytest.mark.parametrize("pair", patterns.CLEAR_TOGETHER)
def test_both_names_of_a_pair_are_needed(pair):
    assert roles_together(set(pair))[pair[0]] is T
    assert roles_together(set(pair))[pair[1]] is C
    assert roles_together({pair[0]}) == roles_together({pair[1]}) == {}


@pytest.mark.parametrize(
    ("given", "speakers", "meant"),
    [
        (["C"], ["C0", "C1", "S0", "S1"], {"C0": "C", "C1": "C"}),
        (["C"], ["C", "C1", "S"], {"C": "C", "C1": "C"}),
        (["c"], ["[C 1]", "C-2", "Cl 1"], {"[C 1]": "c", "C-2": "c"}),
        (["C", "C1"], ["C0", "C1", "T"], {"C0": "C", "C1": "C1"}),
        (["Speaker"], ["Speaker 1", "Speaker 2"], {}),
        (["Speaker"], ["Speaker", "Speaker 1"], {"Speaker": "Speaker"}),
        (["Speaker 1"], ["Speaker 1", "Speaker 10"], {"Speaker 1": "Speaker 1"}),
        (["Anna"], ["Annab", "Ben"], {}),
        (["anna"], ["Anna (she/her)", "Ben"], {"Anna (she/her)": "anna"}),
        (["Anna"], ["Anna", "Anna (iPhone)"], {"Anna": "Anna"}),
        (["Anna"], ["Anna (Client)", "Anna (Therapist)"], {}),
        ([], ["A"], {}),
    ],
)
def test_a_name_means_its_numbers_too(given, speakers, meant):
    assert meant_names(given, speakers) == meant
