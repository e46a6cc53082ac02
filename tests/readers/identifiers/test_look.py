"""The look for identifiers: which talk has one, and where."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.identifiers.cases import STRONG, WEAK
from tsd.readers.identifiers.look import LONGEST, Identifiers, Match, look, matches
from tsd.readers.identifiers.rules import CLASSES, SPEAKER_NAME
from tsd.schema import Utterance

CASES = [
    pytest.param(kind, text, expected, table is STRONG, id=f"{kind}: {text}")
    for table in (STRONG, WEAK)
    for kind, cases in table.items()
    for text, expected in cases
]


@pytest.mark.parametrize(("kind", "text", "expected", "strong"), CASES)
def test_a_class(kind, text, expected, strong):
    found = [match for match in matches(text) if match.kind == kind]
    assert len(found) == expected
    assert all(match.strong is strong for match in found)


def session(*texts, speaker="T"):
    return [Utterance(text, speaker) for text in texts]


def test_places_are_the_numbers_of_the_utterances():
    found = look(session("hi", "on March 3rd and 4/5/2019", "yes", "on June 1st. Mrs. Weiss?"))
    assert found.strong == {"date": (1, 1, 3)}
    assert found.weak == {"name": (3,)}
    assert found.counts() == {"strong": {"date": 3}, "weak": {"name": 1}}


def test_classes_are_in_the_order_of_the_list():
    texts = [text for kind in reversed(CLASSES) for text, n in STRONG.get(kind, ()) if n]
    kinds = list(look(session(*texts)).strong)
    assert kinds == [kind for kind in CLASSES if kind in STRONG]


def test_nothing_is_found_in_plain_talk():
    assert look(session("How was your week?", "So so.")) == Identifiers(words=6)


def test_words_are_counted_unless_they_are_known():
    assert look(session("one two", "three")).words == 3
    assert look(session("one two", "three"), words=7).words == 7


def test_no_words_of_the_talk_are_kept():
    found = look(session("mail zebrafinch@example.com", "my name is Zebrafinch"))
    assert found.strong
    assert found.weak
    assert "zebrafinch" not in repr(found).lower()


def test_of_two_that_overlap_the_earlier_rule_counts():
    (match,) = matches("see https://www.example.com/about")
    assert match.kind == "web address"
    (match,) = matches("NHS number 943 476 5919")
    assert (match.kind, match.strong) == ("record or account number", False)


def test_what_another_engine_finds_counts_where_no_rule_found_anything():
    other = [Match(0, 4, "date", False), Match(10, 20, "telephone number", False)]
    found = look(session("14th ring 212-555-0123"), more=[other])
    assert found.strong == {"telephone number": (0,)}
    assert found.weak == {"date": (0,)}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Vera Lang", True),
        ("VERA LANG", True),
        ("Klein, Vera", True),
        ("Dr. Anna Weiss", True),
        ("Anna van der Berg", True),
        ("Anne-Marie O'Neil", True),
        ("José Peña", True),
        ("Vera Lang (she/her)", True),
        ("Vera", False),
        ("Dr. Weiss", False),
        ("Vera K", False),
        ("Client Anna", False),
        ("Unknown Speaker", False),
        ("Speaker 1", False),
        ("SPEAKER_00", False),
        ("Peer Supporter", False),
        ("Social Worker", False),
        ("maria's iPad", False),
        ("so he said", False),
        ("[NAME] [NAME]", False),
        ("T", False),
        ("", False),
    ],
)
def test_the_label_of_a_speaker(label, expected):
    found = look([Utterance("hi", "T"), Utterance("oh", label), Utterance("oh", label)])
    assert found.weak == ({SPEAKER_NAME: (1,)} if expected else {})
    assert not found.strong


@pytest.mark.parametrize(
    "piece",
    [
        "1", "a.", "@", "a@", "1 ", "1-", "(1", "one ", "two three ", "555-", "+1", "+1 (", " ",
        "born on the ", "may ", "march 3 ", "12 oak ", "[x", "(name ", "<", "_", "*", "X", "www.",
        "at x dot ", "a dot a at ", "0a:", "1.1.", "my name is ", "account number ", "Dr. ", "1A ",
        "A1", "hi, ", "3/4/", "ninety ", "é", "\n", "4111 ", "zip code ", "I'm ",
    ],
)  # fmt: skip
def test_much_of_the_same_does_not_hang(piece):
    (utterance,) = session((piece * (100_000 // len(piece)) + "x").strip())
    found = look([utterance])
    assert found.words == utterance.words


@pytest.mark.parametrize("piece", ["1", "a.a.a.a ", "@@@@"])
def test_a_megabyte_in_one_utterance_is_no_hang(piece):
    (utterance,) = session((piece * (1_000_000 // len(piece))).strip())
    assert look([utterance]).words == utterance.words


def test_what_is_too_long_to_look_at_is_not_passed_as_clean():
    text = "so " * 334_000 + "212-555-0123"
    assert len(text) > LONGEST
    assert look(session("hi", text)).strong == {"stretch that could not be checked": (1,)}


@given(st.text(), st.integers(0, 3000))
def test_a_place_in_long_talk_does_not_matter(noise, size):
    text = "so it went " * (size // 11) + "on March 3rd."
    assert [text[m.start : m.end] for m in matches(text)] == ["March 3rd"]
    found = matches(noise)
    assert all(0 <= m.start < m.end <= len(noise) for m in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
