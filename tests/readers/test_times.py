import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.times import parse_time


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("12.25", 12.25),
        ("12s", 12.0),
        ("12 s", 12.0),
        ("1e3", 1000.0),
        ("0:00", 0.0),
        ("3:04", 184.0),
        ("03:04", 184.0),
        ("90:00", 5400.0),
        ("102:33", 6153.0),
        ("1:02:03", 3723.0),
        ("01:02:03.5", 3723.5),
        ("01:02:03,500", 3723.5),
        ("1:02.000001", 62.000001),
        ("[00:01:02]", 62.0),
        ("(1:02)", 62.0),
        ("  1:02\t", 62.0),
        ("[ 1:02 ]", 62.0),
    ],
)
def test_times_as_transcripts_write_them(text, seconds):
    assert parse_time(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "--", "NA", "n/a", "NaN", "NaT", "None", "null", "[]", "[-]"]
)
def test_absent_times_are_none(text):
    assert parse_time(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "-3",
        "-1:00",
        "1:60",
        "1:60:00",
        "1:02:60",
        "1:2:3:4",
        "1:",
        ":30",
        "inf",
        "10 am",
        "2024-01-01 10:00",
        "1;02",
        "12 34",
    ],
)
def test_what_is_no_time_is_refused_without_quoting_it(text):
    with pytest.raises(ValueError, match=r"^not a time") as caught:
        parse_time(text)
    assert str(caught.value) == "not a time: expected seconds or [HH:]MM:SS[.mmm]"


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_none_or_a_value_error(text):
    try:
        seconds = parse_time(text)
    except ValueError as error:
        assert str(error) == "not a time: expected seconds or [HH:]MM:SS[.mmm]"  # noqa: PT017
    else:
        assert seconds is None or seconds >= 0


@given(st.integers(0, 100 * 3600 * 1000 - 1), st.sampled_from(".,"))
def test_a_clock_time_comes_back(milliseconds, point):
    whole, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"
    assert parse_time(text) == pytest.approx(milliseconds / 1000, abs=1e-9)


@given(st.integers(0, 999), st.integers(0, 59))
def test_minutes_and_seconds_come_back(minutes, seconds):
    assert parse_time(f"{minutes}:{seconds:02}") == 60 * minutes + seconds


@given(st.floats(0, 1e6, allow_nan=False))
def test_seconds_as_python_and_pandas_write_them_come_back(seconds):
    assert parse_time(repr(seconds)) == seconds


@given(st.floats(0, 1e5), st.sampled_from(["[{}]", "({})", " {} ", "[ {} ]"]))
def test_brackets_and_blanks_change_nothing(seconds, around):
    assert parse_time(around.format(seconds)) == parse_time(str(seconds))


def test_seconds_may_have_a_decimal_comma():
    assert parse_time("12,5") == 12.5


@pytest.mark.parametrize("text", ["1e999", "9" * 400])
def test_a_number_beyond_all_numbers_is_no_time(text):
    with pytest.raises(ValueError, match=r"^not a time"):
        parse_time(text)
