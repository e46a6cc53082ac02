from tsd.readers.identifiers.look import Identifiers
from tsd.readers.identifiers.totals import summary, totals

NO_GUARANTEE = (
    "This looks for obvious patterns only. It cannot show that a transcript is de-identified."
)
FOUND = [
    Identifiers(strong={"date": (1, 2)}, weak={"name": (5,)}, words=1500),
    Identifiers(strong={"telephone number": (0,), "date": (1,)}, words=1000),
    Identifiers(words=500),
]


def test_counts_and_sessions():
    assert totals(FOUND) == {
        "sessions": 3,
        "words": 3000,
        "placeholders": 0,
        "sessions_strong": 2,
        "strong": {
            "telephone number": {"count": 1, "sessions": 1},
            "date": {"count": 3, "sessions": 2},
        },
        "sessions_weak": 1,
        "weak": {"name": {"count": 1, "sessions": 1}},
    }


def test_what_was_found_is_said():
    assert summary(totals(FOUND)) == [
        "Found in 2 of 3 sessions: 1 telephone number, 3 dates.",
        "Possibly also in 1 of 3 sessions: 1 name.",
        "0 placeholders in 3,000 words.",
        NO_GUARANTEE,
    ]


def test_nothing_found_is_no_guarantee():
    assert summary(totals([Identifiers(words=10)])) == [
        "No obvious identifiers found in 1 session.",
        NO_GUARANTEE,
    ]


def test_what_is_possible_only_is_said_as_possible():
    assert summary(totals([Identifiers(weak={"name": (3, 8)}, placeholders=2, words=10)])) == [
        "No obvious identifiers found in 1 session.",
        "But possibly in 1 of 1 session: 2 names.",
        "2 placeholders in 10 words.",
        NO_GUARANTEE,
    ]
