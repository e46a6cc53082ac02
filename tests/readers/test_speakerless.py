import pytest

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speakerless import require_speakers


def test_records_with_words_come_back():
    some = [Record("hi", "T"), Record(" ", "T"), Record("ho", "")]
    assert require_speakers(some, ProblemLog("a"), "") == [some[0], some[2]]


@pytest.mark.parametrize("records", [[], [Record(" ", "T")]])
def test_a_file_without_words_is_refused(records):
    with pytest.raises(ReadError) as caught:
        require_speakers(records, ProblemLog("a"), "")
    assert caught.value.message == "has no words in it. Export the transcript once more."
