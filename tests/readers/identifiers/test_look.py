"""The look for identifiers: which talk has one, and where."""

import time

import pytest

from tests.readers.identifiers.cases import STRONG, WEAK
from tsd.readers.identifiers.look import Identifiers, Match, look, matches
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
