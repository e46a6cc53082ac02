import pytest

from tsd.readers.identifiers.look import Identifiers
from tsd.readers.identifiers.wording import message, with_places


def test_only_the_first_places_are_named():
    found = {"date": (0, 0, 1, 2, 3, 4, 5, 6)}
    assert with_places(found) == "8 dates (utterances 0, 1, 2, 3, 4 and 2 more)"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Identifiers(words=9000), ""),
        (
            Identifiers(
                strong={"telephone number": (14, 80)},
                weak={"name": (3,), "speaker name": (0,)},
                words=8000,
            ),
            "may not be de-identified: it has 2 telephone numbers (utterances 14, 80). It may also "
            "have 1 name (utterance 3), 1 speaker name (utterance 0). 0 placeholders in 8,000 "
            "words. Replace them in the file by placeholders such as [NAME] and give speakers "
            "other labels.",
        ),
        (
            Identifiers(weak={"speaker name": (0,)}, words=80),
            "may have 1 speaker name (utterance 0). Give speakers other labels, such as Therapist "
            "and Client.",
        ),
    ],
)
def test_the_message_about_a_session(found, expected):
    assert message(found) == expected
