import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.times import CLOCK, PROGRAM, SPELLED, is_no_time, seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("12.5 s", 12.5),
        ("1e3", 1000.0),
        ("1500 ms", 1.5),
        ("1:02", 62.0),
        ("01:02", 62.0),
        ("100:02", 6002.0),
        ("00:01:02", 62.0),
        ("1:12:08", 4328.0),
        ("00:01:02.500", 62.5),
        ("00:01:02,5", 62.5),
        ("00:01:02.123456789", 62.123456789),
        ("[00:01:02]", 62.0),
        ("(1:02)", 62.0),
        ("<00:01:02>", 62.0),
        ("{1:02}", 62.0),
        ("0:0:3.41", 3.41),
        ("00:01:02:12", 62.0),
        ("00:01:02;12", 62.0),
        ("00:01:02:500", 62.5),
        ("#00:00:05-1#", 5.1),
        ("#00:00:31:500#", 31.5),
        ("#00:01:02#", 62.0),
        ("1h00m30s", 3630.0),
        ("1h 2m 3s", 3723.0),
        ("2m3s", 123.0),
        ("27m 42s", 1662.0),
        ("45s", 45.0),
        ("1 minute 2 seconds", 62.0),
        ("0 minutes 3 seconds", 3.0),
        ("1 hour 0 minutes 4 seconds", 3604.0),
        ("1 hour, 2 minutes", 3720.0),
        ("1 hr 5 min", 3900.0),
        ("5 Minuten 3 Sekunden", 303.0),
        ("12 seconds", 12.0),
        ("PT1H2M3S", 3723.0),
        ("9:30 pm", 77400.0),
        ("9:30:05 AM", 34205.0),
        ("12:00:01 am", 1.0),
    ],
)
def test_a_time_is_read_in_every_way_of_writing_it(text, expected):
    assert seconds(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "0:99",
        "1:60:00",
        "12:",
        ":12",
        "1:2:3:4:5",
        "h m s",
        "m",
        "1 apple",
        "#",
        "x1:02",
    ],
)
def test_what_is_no_time(text):
    assert seconds(text) is None


@pytest.mark.parametrize("text", ["", "-", "N/A", "[none]", "nan"])
def test_cells_that_say_there_is_no_time(text):
    assert is_no_time(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (CLOCK, "1:02"),
        (CLOCK, "00:01:02,500"),
        (CLOCK, "00:01:02:12"),
        (CLOCK, "9:30 pm"),
        (SPELLED, "1 minute 2 seconds"),
        (SPELLED, "1 hour 0 minutes 4 seconds"),
        (SPELLED, "1h00m30s"),
        (PROGRAM, "#00:00:05-1#"),
    ],
)
def test_what_a_pattern_finds_can_be_read(pattern, text):
    assert re.fullmatch(pattern, text) is not None
    assert seconds(text) is not None


@pytest.mark.parametrize("text", ["2:1", "1:2:3", "12:345"])
def test_a_ratio_is_no_clock(text):
    assert re.fullmatch(CLOCK, text) is None


@given(st.text("0123456789:.,;#-hms apm", max_size=70) | st.text(max_size=70))
def test_anything_is_a_time_that_is_not_negative_or_none(text):
    found = seconds(text)
    assert found is None or found >= 0.0


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_all_ways_of_writing_a_time_mean_the_same(hours, minutes, rest):
    expected = hours * 3600 + minutes * 60 + rest
    for text in (
        f"{hours}:{minutes:02}:{rest:02}",
        f"{hours}h{minutes:02}m{rest:02}s",
        f"{hours} hours {minutes} minutes {rest} seconds",
        f"#{hours:02}:{minutes:02}:{rest:02}-0#",
    ):
        assert seconds(text) == expected
