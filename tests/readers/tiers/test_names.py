import pytest

from tsd.readers.log import ProblemLog
from tsd.readers.tiers.names import Choice, Tier, choose, person_of, report


def _chosen(*tiers):
    return [tier.name for tier in choose(tiers).talk]


@pytest.mark.parametrize(
    "name",
    ["Comments", "T comment", "T_gaze", "SpL gaze-direction", "headNods", "T-translation@1",
     "Übersetzung", "gestes", "Silence", "phones", "T - phones", "SYLL", "pos", "codes"],
)  # fmt: skip
def test_names_of_tiers_that_are_no_talk(name):
    assert _chosen(Tier(name, ["one two"]), Tier("Anna", ["hello"])) == ["Anna"]


@pytest.mark.parametrize(
    "name", ["Tim", "MOT", "Mod", "Anna 2", "N_SPK1", "Participant", "L1", "Observateur", "PS"]
)
def test_names_of_speakers(name):
    assert _chosen(Tier(name, ["one two"]), Tier("Anna", ["hello"])) == [name, "Anna"]


def test_the_kind_says_that_a_tier_is_no_talk():
    tiers = [Tier("A", ["nod"], kind="head"), Tier("B", ["yes"], kind="orthography")]
    assert _chosen(*tiers) == ["B"]


def test_a_tier_with_choices_from_a_list_is_no_talk_unless_it_says_so():
    assert _chosen(Tier("A", ["left"], coded=True), Tier("B", ["yes"])) == ["B"]
    assert _chosen(Tier("A text", ["left"], coded=True)) == ["A text"]


def test_a_tier_without_a_letter_is_no_talk():
    assert _chosen(Tier("A", ["0.5", "1.2"]), Tier("B", ["yes"])) == ["B"]


def test_whole_utterances_are_read_in_place_of_their_words():
    tiers = [Tier("Anna - words", ["hello", "you"]), Tier("Anna - utterances", ["hello you"])]
    choice = choose(tiers)
    assert ([t.name for t in choice.talk], choice.doubtful) == (["Anna - utterances"], ())


def test_words_are_read_if_there_is_nothing_else():
    tiers = [Tier(f"{name} - {level}", ["hello"]) for name in "AB" for level in ("words", "phones")]
    assert _chosen(*tiers) == ["A - words", "B - words"]


def test_a_second_tier_of_a_person_is_doubtful():
    tiers = [Tier("X", ["a b c"], person="Anna"), Tier("Y", ["d"], person="Anna"), Tier("Z", ["e"])]
    choice = choose(tiers)
    assert [t.name for t in choice.talk] == ["X", "Z"]
    log = ProblemLog("a.eaf")
    report(choice, log)
    assert [(p.severity.value, p.message) for p in log.problems] == [
        (
            "warning",
            "the tier 'Y' belongs to the same person as 'X' and was not read as talk. If it is "
            "talk, merge the two tiers, or give it a person of its own.",
        )
    ]


def test_a_person_that_all_tiers_have_says_nothing():
    tiers = [Tier("T", ["hello"], person="Session 3"), Tier("C", ["hi"], person="Session 3")]
    assert _chosen(*tiers) == ["T", "C"]


def test_a_tier_without_a_speaker_repeats_the_others():
    assert _chosen(Tier("words", ["hi"]), Tier("A", ["hi"]), Tier("B", ["hi"])) == ["A", "B"]


def test_what_is_no_talk_is_named():
    log = ProblemLog("a.eaf")
    report(Choice((), tuple(Tier(f"gaze {i}", ["up"]) for i in range(9))), log)
    assert [(p.severity.value, p.message) for p in log.problems] == [
        (
            "note",
            "tiers that were not read as talk: 9 ('gaze 0', 'gaze 1', 'gaze 2', 'gaze 3', "
            "'gaze 4', 'gaze 5', 'gaze 6', 'gaze 7', ...). If one is talk, rename it: a tier of "
            "talk has the speaker's name.",
        )
    ]


def test_a_tier_with_the_name_of_the_program_is_doubtful():
    log = ProblemLog("a.eaf")
    report(choose([Tier("default", ["hello"]), Tier("C", ["hi"])]), log)
    assert [(p.severity.value, p.message) for p in log.problems] == [
        (
            "warning",
            "the tier 'default' does not say who speaks; it is read as a speaker of this name. "
            "Rename it if it is talk; otherwise, take it out.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "person"),
    [("Anna", "Anna"), ("tx@Anna", "Anna"), ("SpeechT", "T"), ("T_speech", "T"), ("Speech-1", "1"),
     ("text", ""), ("Anna-Maria words", "Anna-Maria"), ("", "")],
)  # fmt: skip
def test_the_person_in_a_name(name, person):
    assert person_of(name) == person


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["TSD", "none"] * 5, True),
        (["left", "Left "] * 3, True),
        (["mhm"] * 4, False),
        (["yes", "no", "so", "I see", "oh", "well"], False),
        (["I did that too."] * 6, False),
    ],
)
def test_a_tier_that_may_hold_codes_is_doubtful(texts, told):
    log = ProblemLog("a.eaf")
    report(choose([Tier("X", texts), Tier("C", ["hi"])]), log)
    assert [(p.severity.value, p.message) for p in log.problems] == told * [
        (
            "warning",
            "the tier 'X' says the same few words again and again; it is read as talk. If these "
            "are codes, put 'codes' into its name.",
        )
    ]
    assert _chosen(Tier("X codes", texts), Tier("C", ["hi"])) == ["C"]


@pytest.mark.parametrize("name", ["K-RH", "K RH", "K_hands2", "Anna_lx", "Anna:x"])
def test_another_tier_of_a_person_with_a_tier_of_talk_is_not_talk(name):
    talk = [Tier("K-Spch", ["I was there that day"]), Tier("Anna", ["and I was not there"])]
    assert _chosen(*talk, Tier(name, ["up", "down"])) == ["K-Spch", "Anna"]


@pytest.mark.parametrize("name", ["Anna Maria", "Anna-2", "Anna 2", "K2", "Anna-Lena"])
def test_a_name_that_begins_with_another_one_is_a_person(name):
    talk = [Tier("K", ["I was there that day"]), Tier("Anna", ["and I was not there"])]
    assert name in _chosen(*talk, Tier(name, ["but you could have been"]))


def test_quotation_marks_around_the_name_of_a_level_are_no_person():
    assert person_of('"word"') == ""
    assert person_of('"Anna"') == "Anna"
