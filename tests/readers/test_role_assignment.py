from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.role_assignment import assign_roles
from tsd.readers.roles import known_role, speaker_key
from tsd.schema import Role
from tsd.settings import Reading

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741

ASKS = (
    "Thanks for coming in today. What brings you here?",
    "It sounds like that has been hard. How did you feel about it?",
    "And what do you do when that happens?",
    "Okay. So you stay at home. Is there anybody you can talk to?",
    "Mm-hmm. What would you like to work on until next time?",
    "Let's look at that together. Could you tell me a bit more about the evenings?",
)
TELLS = (
    "I don't know. I was so tired and my boss was shouting at everybody again.",
    "I felt awful. I just went home and I never told my wife.",
    "Nothing. I had a drink and then I was lying there all night.",
    "No. They all moved away. He was the last one, my brother.",
    "I guess I want to sleep. I haven't slept because of my back.",
    "Yeah, they were worse. I was always waiting for her, and she never came.",
)


def talk(asks="A", tells="B"):
    """Return turns of two speakers, of whom the first leads the talk."""
    return [
        turn
        for asked, told in zip(ASKS * 2, TELLS * 2, strict=True)
        for turn in ((asks, asked), (tells, told))
    ]


def roles_of(*speakers, given=None, **options):
    roles = assign_roles(speakers, Reading(**options), given)
    return [roles.of[name] for name in speakers]


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
    assert all(
        known_role(name) is U or speaker_key(name) in "cp"
        for name in roles.because("by elimination")
    )


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


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (["C", "S"], [U, U]),
        (["T", "S"], [U, U]),
        (["C", "P"], [U, U]),
        (["C1", "S1", "C2", "S2"], [U, U, U, U]),
        (["O", "M"], [U, U]),
        (["A", "I", "B"], [U, U, U]),
        (["T", "C"], [T, C]),
        (["T", "P"], [T, C]),
        (["T", "C", "M"], [T, C, U]),
        (["T", "D", "P"], [T, U, C]),
        (["T", "K"], [T, C]),
        (["I", "R"], [T, C]),
        (["I1", "B1"], [T, C]),
        (["Q", "A"], [T, C]),
        (["D", "P"], [T, C]),
        (["IV", "IP"], [T, C]),
        (["Host", "Guest"], [T, C]),
        (["Т", "К"], [T, C]),
        (["INT", "P1", "P2"], [T, C, C]),
        (["Int.", "Befr."], [T, C]),
        (["Client", "S"], [C, T]),
        (["Client", "T", "S"], [C, T, U]),
        (["Dr. Weiss", "C", "S"], [T, C, U]),
    ],
)
def test_letters_count_only_if_they_are_clear(speakers, expected):
    assert roles_of(*speakers) == expected


def test_a_letter_given_by_the_user_means_its_numbers():
    assert roles_of("C", "S0", "C0", "S1", therapist=("C",)) == [T, C, T, C]
    assert roles_of("C0", "S0", client=("S",)) == [T, C]


def test_numbers_in_a_role_column_are_people_of_their_own():
    given = {"C1": T, "C2": O}
    assert roles_of("C0", "C1", "C2", "S", given=given, client=("C",)) == [C, T, O, U]


def test_a_name_given_without_its_remark_comes_before_a_role_column():
    given = {"Anna (she/her)": C, "Ben": T}
    assert roles_of("Anna (she/her)", "Ben", given=given, therapist=("Anna",)) == [T, T]
    assert roles_of("Anna (she/her)", "Ben", therapist=("Anna",)) == [T, C]


def test_an_interviewer_beside_a_therapist_may_be_the_interpreter():
    assert roles_of("Therapist", "Client", "INT") == [T, C, U]
    assert roles_of("INT", "Anna") == [T, C]


@pytest.mark.parametrize("name", ["Unknown Speaker", "[unclear]", "Speaker ?", "Unidentified 2"])
def test_an_unknown_speaker_is_never_a_client_by_elimination(name):
    assert roles_of("Therapist", name, "Anna") == [T, U, C]
    assert roles_of("Client", name) == [C, U]
    assert assign_roles(["A", name], Reading(), turns=talk(tells=name)).of["A"] is U


def test_each_role_has_its_reason():
    roles = assign_roles(
        ["Ann", "Ben", "Cy", "Dr. Doe", "Eve"],
        Reading(therapist=("Ben",), client=("Cy",)),
        {"Dr. Doe": O},
        listed={"Ann": T, "Ben": C},
    )
    assert dict(roles.reasons) == {
        "Ann": "roles file",
        "Ben": "roles file",
        "Cy": "--client",
        "Dr. Doe": "role column",
        "Eve": "",
    }
    assert [roles.of[name] for name in ("Ann", "Ben", "Cy", "Dr. Doe", "Eve")] == [T, C, C, O, U]
    assert dict(assign_roles(["T", "Anna"], Reading()).reasons) == {
        "T": "its name",
        "Anna": "by elimination",
    }


def test_a_speaker_listed_as_unknown_stays_unknown():
    roles = assign_roles(["T", "Anna"], Reading(), listed={"Anna": U})
    assert (roles.of["Anna"], roles.reasons["Anna"]) == (U, "")


def test_the_talk_decides_where_names_show_nothing():
    roles = assign_roles(
        ["Speaker 1", "Speaker 2"], Reading(), turns=talk("Speaker 2", "Speaker 1")
    )
    assert dict(roles.of) == {"Speaker 1": C, "Speaker 2": T}
    assert dict(roles.reasons) == dict.fromkeys(roles.of, "the talk, p > 0.99")
    assert roles.because("the talk") == ("Speaker 1", "Speaker 2")


def test_the_talk_is_not_asked_where_names_show_the_roles():
    roles = assign_roles(["Therapist", "Anna"], Reading(), turns=talk("Anna", "Therapist"))
    assert dict(roles.of) == {"Therapist": T, "Anna": C}
    assert roles.guess is None


@pytest.mark.parametrize(("asks", "tells"), [("C", "S"), ("C", "P"), ("S", "T"), ("P", "C")])
def test_the_talk_does_not_overrule_a_letter(asks, tells):
    roles = assign_roles([asks, tells], Reading(), turns=talk(asks, tells))
    assert set(roles.of.values()) == {U}
    assert roles.guess.therapist == asks


@pytest.mark.parametrize(("asks", "tells"), [("S", "C"), ("T", "S"), ("A", "B")])
def test_the_talk_decides_if_it_agrees_with_the_letters(asks, tells):
    assert dict(assign_roles([asks, tells], Reading(), turns=talk(asks, tells)).of) == {
        asks: T,
        tells: C,
    }


@pytest.mark.parametrize(("asks", "tells"), [("C", "Anna"), ("Anna", "T"), ("P", "Unit 7")])
def test_a_letter_that_the_talk_contradicts_is_a_question(asks, tells):
    roles = assign_roles([asks, tells], Reading(), turns=talk(asks, tells))
    assert set(roles.of.values()) == {U}
    assert roles.guess.therapist == asks


@pytest.mark.parametrize(("asks", "tells"), [("T", "Anna"), ("Anna", "C")])
def test_a_letter_beside_a_name_counts(asks, tells):
    roles = assign_roles([asks, tells], Reading(), turns=talk(asks, tells))
    assert dict(roles.of) == {asks: T, tells: C}
    assert set(roles.reasons.values()) == {"its name", "by elimination"}


@pytest.mark.parametrize(("asks", "tells"), [("Client", "Therapist"), ("Ben", "Dr. Weiss")])
def test_a_word_for_a_role_counts_whatever_the_talk_shows(asks, tells):
    roles = assign_roles([asks, tells], Reading(), turns=talk(asks, tells))
    assert dict(roles.of) == {asks: C, tells: T}


def test_talk_that_is_not_clear_decides_nothing():
    turns = [("A", "Hello. How are you?"), ("B", "Fine. How are you?")] * 20
    roles = assign_roles(["A", "B"], Reading(), turns=turns)
    assert set(roles.of.values()) == {U}
    assert not roles.guess.sure


NAMELESS = st.lists(
    st.sampled_from(["Anna", "Ben", "Speaker 1", "A", "S00"]), unique=True, max_size=4
)


@given(NAMELESS)
def test_names_that_show_nothing_decide_nothing(speakers):
    assert set(assign_roles(speakers, Reading()).of.values()) <= {U}


@given(SPEAKERS, st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(ASKS + TELLS))))
def test_a_guess_never_puts_everybody_on_one_side(speakers, lines):
    named = dict(zip("abc", [*speakers, "x", "y", "z"], strict=False))
    turns = [(named[who], text) for who, text in lines]
    roles = assign_roles(speakers, Reading(), turns=turns)
    guessed = {roles.of[name] for name in roles.because("the talk")}
    assert guessed in ({T, C}, {T}, set())
    if guessed == {T}:
        assert len(speakers) > 2


@pytest.mark.parametrize("names", [("Speaker 1", "Speaker 2"), ("Speaker 2", "Speaker 1")])
def test_renaming_and_order_do_not_change_what_the_talk_shows(names):
    asks, tells = names
    for order in permutations(names):
        roles = assign_roles(order, Reading(), turns=talk(asks, tells))
        assert dict(roles.of) == {asks: T, tells: C}
