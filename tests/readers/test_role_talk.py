import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.test_role_assignment import ASKS, TELLS, talk
from tsd.readers import role_talk_patterns as patterns
from tsd.readers.role_talk import (
    FEATURES,
    PER_TURN,
    PER_WORD,
    SURE,
    guess_from_talk,
    lists_hash,
    talk_features,
)
from tsd.readers.role_talk_weights import LISTS, WEIGHTS


def test_the_weights_were_learned_with_these_word_lists():
    assert lists_hash() == LISTS, "the word lists have changed: python -m benchmarks.role_weights"
    assert tuple(WEIGHTS) == FEATURES


@pytest.mark.parametrize(
    "words",
    [*PER_WORD.values(), *PER_TURN.values(), patterns.QUESTIONS, patterns.ANSWER_OPENERS,
     patterns.RECEIPT_OPENERS, patterns.COMMON_ENGLISH],
)  # fmt: skip
def test_listed_phrases_are_as_talk_is_compared_with_them(words):
    assert all(each == each.lower().strip() and "’" not in each for each in words)
    assert not any(set(each) & set(".,?!") for each in words)


@pytest.mark.parametrize("opener", sorted(patterns.ANSWER_OPENERS | patterns.RECEIPT_OPENERS))
def test_every_listed_opener_is_found(opener):
    features = talk_features([("A", f"{opener} the what"), ("B", "and that of you")], "AB")
    found = {
        name
        for name in ("answer_openers", "receipt_openers")
        if features["A"][FEATURES.index(name)] > features["B"][FEATURES.index(name)]
    }
    listed = {
        "answer_openers": patterns.ANSWER_OPENERS,
        "receipt_openers": patterns.RECEIPT_OPENERS,
    }
    assert found >= {name for name, openers in listed.items() if opener in openers}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I was late. Are you angry?", True),
        ("i was late are you angry", True),
        ("Are you angry? I was late.", False),
        ('He said: "are you angry?"', True),
        ("I was late", False),
        ("how long have you", True),
        ("", False),
    ],
)
def test_a_question_at_the_end_counts_with_or_without_its_mark(text, asks):
    features = talk_features([("A", text), ("B", "and that of the")], "AB")
    place = FEATURES.index("ends_asking")
    assert (features["A"][place] > features["B"][place]) is asks


def test_the_one_who_leads_is_the_therapist():
    guess = guess_from_talk(talk(), {"A", "B"})
    assert (guess.therapist, guess.clients, guess.sure) == ("A", ("B",), True)
    assert sum(guess.probabilities.values()) == pytest.approx(1)
    assert guess.probability == guess.probabilities["A"] > SURE


def test_captions_without_punctuation_are_enough():
    turns = [
        (name, text.lower().translate({ord(c): None for c in ".,?!"})) for name, text in talk()
    ]
    assert guess_from_talk(turns, {"A", "B"}).sure


def test_how_a_turn_is_cut_into_cues_does_not_matter():
    cues = [(name, part) for name, text in talk() for part in text.replace(". ", ".|").split("|")]
    assert guess_from_talk(cues, {"A", "B"}).probability == pytest.approx(
        guess_from_talk(talk(), {"A", "B"}).probability
    )


def test_less_talk_makes_less_sure():
    turns = [("A", "So you were late?"), ("B", "Yes, he was late.")] * 12
    guesses = [guess_from_talk(turns[:n], {"A", "B"}) for n in (2, 4, 6, 12, 24)]
    p = [guess.probability for guess in guesses]
    assert p == sorted(set(p))


def test_a_turn_or_two_decide_nothing():
    assert [guess_from_talk(talk()[:n], {"A", "B"}).sure for n in (2, 4, 5, 6)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_couple_with_their_therapist():
    turns = [
        turn
        for n, (asked, told) in enumerate(zip(ASKS * 4, TELLS * 4, strict=True))
        for turn in (("A", asked), (("B", "C")[n % 2], told))
    ]
    guess = guess_from_talk(turns, {"A", "B", "C"})
    assert (guess.therapist, set(guess.clients), guess.sure) == ("A", {"B", "C"}, True)


def test_who_only_passes_by_is_not_judged():
    turns = [*talk() * 4, ("C", TELLS[0]), ("A", ASKS[0]), ("C", TELLS[1]), ("D", ASKS[0])]
    guess = guess_from_talk(turns, set("ABCD"))
    assert (guess.therapist, guess.clients, set(guess.probabilities)) == ("A", ("B",), {"A", "B"})


def test_a_crowd_is_not_judged_by_two_of_its_members():
    crowd = [(f"user {n}", TELLS[n % 6]) for n in range(12)]
    assert guess_from_talk(talk()[:8], {"A", "B"}).sure
    everybody = {"A", "B", *(name for name, _ in crowd)}
    assert not guess_from_talk([*talk()[:8], *crowd], everybody).sure


def test_a_co_therapist_is_not_called_a_client():
    turns = [
        turn
        for n, (asked, told) in enumerate(zip(ASKS * 4, TELLS * 4, strict=True))
        for turn in ((("A", "B")[n % 2], asked), ("C", told))
    ]
    guess = guess_from_talk(turns, {"A", "B", "C"})
    assert not guess.sure
    assert guess.therapist in "AB"
    assert set(guess.clients) <= {"C"}


def test_two_who_talk_alike_are_not_told_apart():
    guess = guess_from_talk([("A", ASKS[0]), ("B", ASKS[0])] * 9, {"A", "B"})
    assert guess.probability == pytest.approx(0.5)


@pytest.mark.parametrize(
    "words",
    ["Wie ging es dir damit in der letzten Woche?", "Je ne sais pas, on m'a dit que c'est fini.",
     "كيف حالك اليوم", "你今天感觉怎么样", "123 456", ""],
)  # fmt: skip
def test_talk_that_is_not_english_is_not_judged(words):
    assert guess_from_talk([("A", words), ("B", words)] * 9, {"A", "B"}) is None


def test_one_speaker_is_not_judged():
    assert guess_from_talk([("A", ASKS[0])] * 9, {"A", "B"}) is None
    assert guess_from_talk(talk(), {"A"}) is None
    assert guess_from_talk([], {"A", "B"}) is None


def test_a_turn_of_millions_of_words_is_cut():
    long = "what do you think " * 2_000_000
    guess = guess_from_talk([*talk(), ("A", long)], {"A", "B"})
    assert guess.therapist == "A"


TURNS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(ASKS + TELLS) | st.text()))


@given(TURNS, st.randoms(use_true_random=False))
def test_the_names_of_the_speakers_do_not_matter(turns, rng: random.Random):
    names = ["A", "B", "C"]
    rng.shuffle(names)
    renamed = dict(zip("ABC", names, strict=True))
    guess = guess_from_talk(turns, set("ABC"))
    other = guess_from_talk([(renamed[who], text) for who, text in turns], set("ABC"))
    if guess is None:
        assert other is None
        return
    expected = {renamed[name]: p for name, p in guess.probabilities.items()}
    assert other.probabilities == pytest.approx(expected)
    assert guess.sure == other.sure
