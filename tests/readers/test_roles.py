import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers import roles_patterns as patterns
from tsd.readers.role_assignment import assign_roles
from tsd.readers.roles import known_role, speaker_key
from tsd.schema import Role
from tsd.settings import Reading

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741


def roles_of(*speakers, given=None, **options):
    roles = assign_roles(speakers, Reading(**options), given)
    return [roles.of[name] for name in speakers]


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


# one session's speakers


def test_a_therapist_and_a_client_need_no_assumption():
    roles = assign_roles(["T", "C"], Reading())
    assert dict(roles.of) == {"T": T, "C": C}
    assert roles.because("by elimination") == ()
    assert T in roles.of.values()


def test_next_to_a_therapist_everybody_else_is_a_client_by_elimination():
    roles = assign_roles(["Dr. Weiss", "Anna", "Ben"], Reading())
    assert dict(roles.of) == {"Dr. Weiss": T, "Anna": C, "Ben": C}
    assert roles.because("by elimination") == ("Anna", "Ben")


def test_next_to_a_client_one_remaining_speaker_is_the_therapist():
    roles = assign_roles(["Client", "Anna"], Reading())
    assert dict(roles.of) == {"Client": C, "Anna": T}
    assert roles.because("by elimination") == ("Anna",)


def test_next_to_a_client_two_remaining_speakers_stay_unknown():
    assert roles_of("Client", "Anna", "Ben") == [C, U, U]


def test_next_to_both_sides_a_further_speaker_stays_unknown():
    assert roles_of("T", "C", "Anna") == [T, C, U]


def test_an_interpreter_is_not_eliminated_into_a_side():
    assert roles_of("T", "Interpreter", "Anna") == [T, O, C]


def test_two_unknown_speakers_stay_unknown():
    roles = assign_roles(["SPEAKER_00", "SPEAKER_01"], Reading())
    assert set(roles.of.values()) == {U}
    assert T not in roles.of.values()


def test_a_couple_with_their_therapist():
    assert roles_of("Therapist", "Husband", "Wife") == [T, C, C]


def test_several_therapists_and_clients():
    assert roles_of("T1", "T2", "C1", "C2") == [T, T, C, C]


def test_c_and_p_together_show_nothing():
    assert roles_of("C", "P") == [U, U]


@pytest.mark.parametrize("names", [("c", "p"), ("C1", "P1"), ("[C]", "[P]")])
def test_c_and_p_show_nothing_in_any_spelling(names):
    assert roles_of(*names) == [U, U]


def test_c_and_p_are_both_clients_next_to_a_therapist():
    assert roles_of("T", "C", "P") == [T, C, C]


def test_c_alone_and_p_alone_are_clients():
    assert roles_of("C", "Anna") == [C, T]
    assert roles_of("P", "Anna") == [C, T]


def test_the_user_can_say_who_c_and_p_are():
    assert roles_of("C", "P", therapist=("C",)) == [T, C]
    assert roles_of("C", "P", therapist=("P",)) == [C, T]


def test_what_the_user_says_overrides_role_column_and_name():
    assert roles_of(
        "Therapist",
        "Anna",
        given={"Therapist": T, "Anna": C},
        client=("Therapist",),
        therapist=("Anna",),
    ) == [C, T]


def test_what_the_user_says_is_matched_without_case():
    assert roles_of("SPEAKER_00", "SPEAKER_01", therapist=("speaker_00",)) == [T, C]


def test_naming_the_client_of_two_makes_the_other_the_therapist():
    assert roles_of("SPEAKER_00", "SPEAKER_01", client=("SPEAKER_01",)) == [T, C]


def test_several_names_can_be_given_for_files_with_different_speakers():
    options = {"therapist": ("Weiss", "Kim"), "client": ("Anna",)}
    assert roles_of("Weiss", "Anna", **options) == [T, C]
    assert roles_of("Kim", "Ben", **options) == [T, C]


def test_a_role_column_overrides_the_name():
    assert roles_of("Client", "Anna", given={"Client": T, "Anna": C}) == [T, C]


def test_a_role_column_may_say_unknown():
    assert roles_of("T", "C", "Nurse", given={"Nurse": U}) == [T, C, U]


SPEAKERS = st.lists(
    st.sampled_from(
        ["T", "C", "P", "Therapist 2", "Dr. Weiss", "Anna", "Ben", "Wife", "Interpreter", "", "0"]
    )
    | st.text(max_size=8),
    unique=True,
    max_size=6,
)


@given(SPEAKERS)
def test_everybody_has_a_role_and_nobody_is_invented(speakers):
    roles = assign_roles(speakers, Reading())
    assert list(roles.of) == speakers
    assert set(roles.because("by elimination")) <= set(speakers)


@given(SPEAKERS, st.randoms(use_true_random=False))
def test_the_order_of_the_speakers_does_not_matter(speakers, random):
    mixed = list(speakers)
    random.shuffle(mixed)
    assert dict(assign_roles(speakers, Reading()).of) == dict(assign_roles(mixed, Reading()).of)


@given(SPEAKERS)
def test_a_role_is_assumed_only_if_the_name_shows_nothing(speakers):
    roles = assign_roles(speakers, Reading())
    assert all(known_role(name) is U or speaker_key(name) in "cp" for name in roles.because("by elimination"))


@given(SPEAKERS, st.data())
def test_what_the_user_says_always_holds(speakers, data):
    named = [name for name in speakers if name]
    therapist = data.draw(st.sampled_from(named)) if named else "nobody"
    roles = assign_roles(speakers, Reading(therapist=(therapist,)))
    assert all(roles.of[name] is T for name in named if name == therapist)


@pytest.mark.parametrize(("client", "expected"), [("P", [T, C]), ("C", [C, T])])
def test_naming_the_client_of_c_and_p_makes_the_other_the_therapist(client, expected):
    assert roles_of("C", "P", client=(client,)) == expected


def test_c_and_p_keep_the_roles_of_a_role_column():
    assert roles_of("C", "P", "Anna", given={"C": O, "P": C}) == [O, C, T]


def test_a_name_given_without_its_brackets_is_found():
    assert roles_of("[SPEAKER_00]", "[SPEAKER_01]", therapist=("SPEAKER_00",)) == [T, C]


def test_naming_the_therapist_overrides_a_title():
    roles = assign_roles(["Anna", "Dr. Weber"], Reading(therapist=("Anna",)))
    assert roles.of["Dr. Weber"] is Role.CLIENT


@pytest.mark.parametrize("name", ["Anna (Therapist)", "Anna [T]", "Anna, Therapist"])
def test_a_role_after_a_name(name):
    assert known_role(name) is Role.THERAPIST
