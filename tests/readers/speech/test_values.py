import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.speech import values


@pytest.mark.parametrize(
    ("value", "name"),
    [(0, "0"), (1.0, "1"), ("[SPEAKER_00]", "SPEAKER_00"), ({"id": 0}, "0"), ({"name": "N"}, "N")],
)
def test_names(value, name):
    assert values.name_of(value) == name


@pytest.mark.parametrize("value", [None, "", " ", "null", "None", [], {}, {"name": None}, True])
def test_no_names(value):
    assert values.name_of(value) == ""


@pytest.mark.parametrize(
    ("value", "per_second", "seconds"),
    [
        (1500, 1000, 1.5),
        ("1500", 1000, 1.5),
        (15_000_000, 1e7, 1.5),
        ("1.5s", 1, 1.5),
        ("00:00:01,500", 1, 1.5),
        ({"seconds": "1", "nanos": 500_000_000}, 1, 1.5),
        ({"nanos": 500_000_000}, 1, 0.5),
        ({"seconds": 1}, 1, 1.0),
        (0, 1, 0.0),
    ],
)
def test_times(value, per_second, seconds):
    assert values.time_of(value, per_second) == seconds


@pytest.mark.parametrize(
    "value",
    [None, "", "soon", True, -1, "nan", "inf", float("nan"), 10**400, [], {}, {"seconds": "x"}],
)
def test_no_times(value):
    assert values.time_of(value) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
        max_leaves=5,
    )
)
def test_any_value_is_taken(value):
    values.words_of(value).encode()
    values.name_of(value).encode()
    float(values.time_text(values.time_of(value)) or 0)
    values.objects(value)
    values.again(ProblemLog("a"), value)


def test_half_a_surrogate_pair_becomes_a_character_that_files_can_hold():
    assert values.words_of("a\ud800b") == "a\ufffdb"


def test_words_that_the_file_has_twice_are_counted_once():
    log = ProblemLog("a")
    values.again(log, "so", None, "I did")
    assert (log.left_out[NotTalk.AGAIN].passages, log.left_out[NotTalk.AGAIN].words) == (1, 3)
