import pytest

from tsd.readers.identifiers.placeholders import count_placeholders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[NAME] and [CITY]", 2),
        ("[name of client] called", 1),
        ("[Client's name]", 1),
        ("(name), (name of school)", 2),
        ("<PERSON> on <DATE_TIME>", 2),
        ("{{NAME}} and [[CITY]]", 2),
        ("[PII] [redacted] [REDACTED]", 3),
        ("[NAME_1] [PERSON2] PERSON1 NAME_2", 4),
        ("[**First Name 12**]", 1),
        ("I went to XXXX with ____", 2),
        ("*** told me", 1),
        ("[Health plan]", 1),
        ("[laughs] (crying) [crosstalk] [inaudible 00:03:12]", 0),
        ("[phone rings] (phone ringing)", 0),
        ("(my name was on it)", 0),
        ("(state of the art, they say, for what it was)", 0),
        ("xxx xx XX", 0),  # unclear talk, kisses
        ("a * b ** c _ d", 0),
        ("I have 2 of them", 0),
        ("", 0),
    ],
)
def test_placeholders(text, expected):
    assert count_placeholders(text) == expected
