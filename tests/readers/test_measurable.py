import pytest

from tests.readers.talk_in_languages import ENGLISH, SENTENCES
from tsd.readers import read_file
from tsd.readers.language import NAMES
from tsd.readers.measurable import LARGE, LONGEST_TURN, check_talk
from tsd.schema import Role, Session, Severity, Unmeasured, Utterance
from tsd.settings import Reading

T, C, O = Role.THERAPIST, Role.CLIENT, Role.OTHER  # noqa: E741
INSIST = Reading(language="en")


def checked(*turns, reading=None):
    """Return why the talk cannot be measured, its language, and what was reported."""
    reports = []

    def report(message, severity, line=None):
        assert severity is Severity.WARNING
        reports.append((line, message))

    utterances = [Utterance(text, str(r), r, line=n) for n, (r, text) in enumerate(turns, start=1)]
    unfit, language = check_talk(utterances, reading or Reading(), report)
    return unfit, language, reports


def words(number):
    return " ".join(["word"] * number)


# --- language


@pytest.mark.parametrize("code", SENTENCES)
def test_talk_in_another_language_is_not_measured(code):
    unfit, language, reports = checked((T, SENTENCES[code]), (C, SENTENCES[code]))
    assert (unfit, language) == (Unmeasured.LANGUAGE, NAMES[code])
    assert reports == [
        (
            None,
            f"the talk seems to be {NAMES[code]}. The model knows English only, so `tsd analyze` "
            "measures nothing in this session. If it is English, insist with --language en.",
        )
    ]


def test_whoever_insists_gets_it_measured():
    found = checked((T, SENTENCES["de"]), (C, SENTENCES["de"]), reading=INSIST)
    assert found == (None, "English (--language)", [])


def test_english_is_measured_without_a_word():
    assert checked((T, ENGLISH), (C, ENGLISH)) == (None, "English", [])


def test_of_too_few_words_nothing_is_claimed():
    assert checked((T, "Wie geht es Ihnen?"), (C, "Gut.")) == (None, "", [])


def test_a_session_in_two_languages_is_measured_with_a_warning():
    unfit, language, ((line, message),) = checked((T, ENGLISH), (C, SENTENCES["de"]))
    assert unfit is None
    assert line is None
    assert language.startswith("German 5")
    assert ", English 4" in language
    share = language.split(",")[0].removeprefix("German ")
    assert message == (
        f"about {share} of the talk seems not to be English ({language}). The model knows English "
        "only: it finds no disclosures in other languages. If all of it is English, insist with "
        "--language en."
    )


def test_a_word_or_two_of_another_language_are_no_warning():
    turns = [(T, ENGLISH), (C, ENGLISH)] * 10
    assert checked(*turns, (C, SENTENCES["es"])) == (None, "English", [])


def test_what_the_therapist_speaks_decides():
    turns = [(T, SENTENCES["fr"]), (C, ENGLISH), (C, ENGLISH)]
    assert checked(*turns)[:2] == (Unmeasured.LANGUAGE, "French")


# --- utterances that cannot be one


@pytest.mark.parametrize(
    ("count", "many"), [(1, "1 utterance has"), (3, "3 utterances have")], ids=["one", "three"]
)
def test_an_utterance_of_more_than_half_an_hour_is_none(count, many):
    long = [(T, words(LONGEST_TURN + 1))] * (count - 1) + [(C, words(12_345))]
    unfit, _, reports = checked((T, "Hello."), *long)
    assert unfit is Unmeasured.TURNS
    assert reports == [
        (
            count + 1,
            f"{many} more than 5,000 words, the longest 12,345: over half an hour without a "
            "break. The turns in the file were probably not recognized, so `tsd analyze` measures "
            "nothing in this session. Begin each turn on a line of its own with the speaker's "
            "name, as in 'Anna: Hello.'",
        )
    ]


def test_insisting_on_english_does_not_make_it_a_turn():
    assert checked((T, words(LONGEST_TURN + 1)), reading=INSIST)[0] is Unmeasured.TURNS


def test_a_long_story_is_a_turn():
    turns = [(T, words(20)), (C, words(LONGEST_TURN))] * 2
    assert checked(*turns)[0::2] == (None, [])


def test_one_utterance_with_most_of_the_words_is_doubtful():
    unfit, _, reports = checked(*[(T, words(50))] * 20, (C, words(1_200)))
    assert unfit is None
    assert reports == [
        (
            21,
            "one utterance has 1,200 of the session's 2,200 words. If it is not one turn, mark in "
            "the file where each turn begins.",
        )
    ]


@pytest.mark.parametrize(
    "turns",
    [
        [(T, words(50))] * 20 + [(C, words(1_000))],  # no more than half
        [(T, words(1))] * 20 + [(C, words(LARGE[0] - 21))],  # a short session
        [(T, words(20)), (C, words(2_000)), (T, words(20))],  # few utterances
    ],
)
def test_most_of_the_words_of_a_small_session_are_not(turns):
    assert checked(*turns)[0::2] == (None, [])


# --- what readers make of it


def test_a_read_session_and_its_facts_have_both(write):
    path = write(f"T: {SENTENCES['de']}\nC: {SENTENCES['de']}\n", "s.txt")
    found = read_file(path)
    assert [session.not_measured for session in found.sessions] == [Unmeasured.LANGUAGE]
    assert [facts.language for file in found.files for facts in file.sessions] == ["German"]
    assert [p.message[:30] for p in found.problems] == ["the talk seems to be German. T"]
    insisted = read_file(path, INSIST)
    assert [session.not_measured for session in insisted.sessions] == [None]
    assert insisted.problems == []


def test_a_session_has_one_reason():
    client = Utterance("Hm.", "C", C)
    assert Session("s", (client,)).not_measured is Unmeasured.NO_THERAPIST
    # to name the therapist would not help
    assert Session("s", (client,), unfit=Unmeasured.LANGUAGE).not_measured is Unmeasured.LANGUAGE
    assert Session("s", (Utterance("Hm.", "T", T),)).not_measured is None
