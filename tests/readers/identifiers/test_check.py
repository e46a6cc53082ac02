import zipfile

import pytest

from tsd.errors import ReadError
from tsd.readers import read, read_file
from tsd.schema import Severity
from tsd.settings import Reading

STRICT = Reading(require_deidentified=True)
TALK = "session,speaker,text\n1,T,Call 212-555-0123.\n1,C,Yes.\n2,T,Hi.\n2,C,Mrs. Weiss came.\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TALK)
    return path


def test_each_session_has_one_problem_and_its_facts(file):
    found = read_file(file)
    assert [(p.session_id, p.severity, p.message) for p in found.problems] == [
        (
            "1",
            Severity.WARNING,
            "may not be de-identified: it has 1 telephone number (utterance 0). Replace them in "
            "the file by placeholders such as [NAME].",
        ),
        (
            "2",
            Severity.NOTE,
            "may have 1 name (utterance 1). Replace them in the file by placeholders such as "
            "[NAME].",
        ),
    ]
    one, two = found.files[0].sessions
    assert one.identifiers.strong == {"telephone number": (0,)}
    assert two.identifiers.weak == {"name": (1,)}
    assert [one.identifiers.words, two.identifiers.words] == [3, 4]


def test_a_session_with_an_identifier_is_refused(file):
    found = read_file(file, STRICT)
    assert [session.session_id for session in found.sessions] == ["2"]
    (error,) = (p for p in found.problems if p.severity is Severity.ERROR)
    assert error.session_id == "1"
    assert error.message == (
        "left out (--require-deidentified): it has 1 telephone number (utterance 0). Replace them "
        "in the file by placeholders such as [NAME], or run without --require-deidentified."
    )
    assert len(found.files[0].sessions) == 2


def test_it_is_read_when_the_advice_is_followed(file):
    file.write_text(TALK.replace("212-555-0123", "[PHONE]"))
    assert len(read_file(file, STRICT).sessions) == 2


def test_a_file_of_which_nothing_is_left_says_why(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("T: Call 212-555-0123.\nC: Yes.\n")
    found = read_file(path, STRICT)
    assert not found.sessions
    assert [p.message[:10] for p in found.problems] == ["left out ("]
    with pytest.raises(ReadError, match=r"left out \(--require-deidentified\)"):
        read(path, STRICT)


def test_an_archive_of_which_nothing_is_left(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "T: Call 212-555-0123.\nC: Yes.\n")
    (problem,) = read_file(path, STRICT).problems
    assert problem.message.startswith("left out (")


def test_no_words_of_the_talk_are_in_a_problem(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "T: My name is Zebrafinch, zebrafinch@example.com.\nZebra Finch: Yes.\nC: No.\n"
    )
    for reading in (Reading(therapist=("T",), client=("C", "Zebra Finch")), STRICT):
        problems = read_file(path, reading).problems
        assert not any("zebrafinch" in p.message.lower() for p in problems)
