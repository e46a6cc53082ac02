import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.classify.context import NO_ANSWER, answers, talk_before, topics
from tsd.classify.words import normalize


@pytest.mark.parametrize(
    "before",
    [
        "Do you have kids?",
        "do you have kids",
        "So, um, do you have any kids yourself?",
        "Where did you grow up? If I may ask.",
        "You must like it here.",
        "What's your favorite, then?",
    ],
)
def test_a_short_answer_to_a_question_or_guess_is_seen(before):
    assert answers(before, "two, yes.") != NO_ANSWER


@pytest.mark.parametrize(
    "before",
    [
        "",
        "I have two kids.",
        "She told you so.",  # no question, and "you" is not its beginning
        "Do you have kids? I have. Two. They are grown.",  # too long ago
    ],
)
def test_without_a_question_about_the_therapist_nothing_is_answered(before):
    assert answers(before, "two, yes.") == NO_ANSWER


@pytest.mark.parametrize(
    "unit",
    [
        "why do you ask?",
        "what would it mean to you.",
        "well i have two and they are both grown and live far away.",
        "",
    ],
)
def test_what_is_no_short_answer_is_left_alone(unit):
    assert answers("Do you have kids?", unit) == NO_ANSWER


def test_the_same_answer_differs_by_what_was_asked():
    life = answers("Do you miss your wife?", "sometimes.")
    form = answers("Did you send me the form?", "sometimes.")
    assert not set(life.split()) & set(form.split()) - {"ask&word"}
    assert ("ask:you&word" in life, "ask:me&word" in form) == (True, True)


def test_the_question_is_the_last_one():
    assert answers("Are you married? Do you drink?", "no.") == answers("Do you drink?", "no.")


def test_how_short_an_answer_is_counts():
    one, some = (answers("Do you drink?", text) for text in ("no.", "no, not for years now."))
    assert "ask:you&word" in one.split()
    assert "ask:you&short" in some.split()


def test_what_is_taken_up_from_the_client_is_named():
    found = topics("My sister is ill again.", "my sister was too.").split()
    assert {"said", "before:KIN", "before:PROBLEM", "same:KIN", "same_word"} <= set(found)
    assert "same:PROBLEM" not in found


def test_the_same_trouble_in_other_words():
    found = topics("I can't stop drinking.", "i was an alcoholic myself.").split()
    assert "PROBLEM>PROBLEM" in found
    assert "same_word" not in found


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("a piano.", ["same_word"]),
        ("a piano and a fireplace.", ["same_word", "same_words"]),
        ("and the.", []),
    ],
)
def test_shared_words(unit, expected):
    found = topics("There was a piano and a fireplace.", unit).split()
    assert [token for token in found if token.startswith("same_word")] == expected


def test_nothing_said_before_is_another_thing_than_nothing_named():
    assert topics("", "my dog.") == "nothing_said"
    assert topics("Well, so.", "my dog.") == "said"


def test_only_the_last_words_of_a_long_speech_count():
    long_ago = "My sister is ill. " + "And so it went on. " * 12
    assert topics(long_ago, "my sister.") == "said"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_tokens(before, unit):
    for found in (answers(before, normalize(unit)), topics(before, normalize(unit))):
        assert found.split()


# the talk before a unit


def test_of_the_talk_before_the_last_words_are_read():
    texts = [" ".join("abcdefghij"), " ".join("klmnopqrst")]
    roles = ["client", "therapist"]
    read = talk_before(texts, roles, 1, "k l m ")
    assert read == "client: a b c d e f g h i j therapist: k l m"
    long = talk_before(texts, roles, 1, " ".join("0123456789abcdefghijklmno"))
    assert long == "therapist: 5 6 7 8 9 a b c d e f g h i j k l m n o"


def test_the_talk_before_reaches_back_over_a_few_utterances():
    texts = ["one", "two", "three", "four", "five", "six"]
    roles = ["client", "client", "therapist", "client", "therapist", "therapist"]
    assert talk_before(texts, roles, 5, "") == (
        "client: two therapist: three client: four therapist: five"
    )


def test_whoever_is_not_the_therapist_is_somebody_else():
    assert talk_before(["Oh.", "No.", "Yes."], ["other", "unknown", "therapist"], 2, "") == (
        "client: Oh. No."
    )


def test_nothing_was_said_before():
    assert talk_before(["Hello."], ["therapist"], 0, "") == ""
    assert talk_before(["", "Hello."], ["client", "therapist"], 1, " ") == ""
