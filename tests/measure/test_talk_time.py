import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tsd.measure.talk_time import session_length, talk_time
from tsd.settings import Measuring

MISSING = float("nan")


def measure(starts, ends, words, **options):
    """Return the basis and the seconds as a list."""
    basis, seconds = talk_time(
        np.array(starts, dtype=float),
        np.array(ends, dtype=float),
        np.array(words, dtype=np.int64),
        Measuring(**options),
    )
    return basis, seconds.tolist()


def nothing(length):
    return [MISSING] * length


# --- by timestamps


def test_with_starts_and_ends_it_is_end_minus_start():
    assert measure([0, 10], [4, 31.5], [3, 1]) == ("timestamps", [4.0, 21.5])


def test_timestamps_are_taken_however_fast_or_slow_the_speech():
    assert measure([0, 10], [0.1, 500], [100, 1])[1] == [0.1, 490.0]


def test_overlapping_speech_counts_for_both():
    assert measure([0, 2], [10, 4], [20, 2])[1] == [10.0, 2.0]


def test_an_utterance_of_no_length_takes_no_time():
    assert measure([5], [5], [1]) == ("timestamps", [0.0])


# --- by starts


def test_with_starts_alone_it_is_the_gap_to_the_next_start():
    # 10 words may last from 2 s (300 words/min) to 10 s (60 words/min)
    assert measure([0, 5, 9], nothing(3), [10, 10, 10]) == ("starts", [5.0, 4.0, 4.0])


def test_a_gap_is_never_longer_than_the_words_at_60_a_minute():
    assert measure([0, 100], nothing(2), [10, 5])[1][0] == 10.0


def test_a_gap_is_never_shorter_than_the_words_at_300_a_minute():
    assert measure([0, 1], nothing(2), [10, 5])[1][0] == 2.0


@pytest.mark.parametrize(("gap", "seconds"), [(2, 2.0), (10, 10.0)])
def test_the_bounds_themselves_are_allowed(gap, seconds):
    assert measure([0, gap], nothing(2), [10, 5])[1][0] == seconds


def test_utterances_with_the_same_start_take_the_fastest_time():
    assert measure([3, 3, 3], nothing(3), [5, 10, 5])[1][:2] == [1.0, 2.0]


def test_a_clock_that_goes_back_gives_no_negative_time():
    assert measure([50, 0], nothing(2), [5, 5])[1][0] == 1.0


def test_the_last_utterance_takes_its_words_at_150_a_minute():
    assert measure([0, 5], nothing(2), [10, 30])[1][-1] == 12.0


def test_an_utterance_without_words_takes_no_time():
    assert measure([0, 5], nothing(2), [0, 5])[1][0] == 0.0


def test_one_missing_end_makes_the_whole_session_use_starts():
    assert measure([0, 5], [4, MISSING], [10, 10])[0] == "starts"


def test_a_single_utterance_with_a_start_takes_its_words():
    assert measure([7], [MISSING], [5]) == ("starts", [2.0])


def test_the_rates_can_be_set():
    options = {"slowest": 30, "fastest": 600, "words_per_minute": 300}
    assert measure([0, 1, 100], nothing(3), [20, 10, 10], **options)[1] == [2.0, 20.0, 2.0]


# --- by words


def test_without_times_it_is_the_words_at_150_a_minute():
    assert measure(nothing(2), nothing(2), [150, 5]) == ("words", [60.0, 2.0])


def test_one_missing_start_makes_the_whole_session_use_words():
    assert measure([0, MISSING, 9], [1, 2, 10], [5, 5, 5]) == ("words", [2.0, 2.0, 2.0])


def test_ends_alone_are_no_basis():
    assert measure(nothing(2), [4, 8], [5, 5])[0] == "words"


def test_the_assumed_rate_can_be_set():
    assert measure([MISSING], [MISSING], [10], words_per_minute=60)[1] == [10.0]


def test_a_session_without_utterances_has_no_talk_time():
    assert measure([], [], []) == ("words", [])


@runs(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 7200), st.integers(0, 400)), min_size=1, max_size=30))
def test_by_starts_every_rate_of_speech_is_within_the_bounds(turns):
    starts, words = zip(*turns, strict=True)
    seconds = np.array(measure(starts, nothing(len(turns)), words)[1])
    assert (seconds >= np.array(words) / 5 - 1e-9).all()
    assert (seconds <= np.array(words) + 1e-9).all()


# --- the length of the session


def length(starts, ends, words):
    starts, ends = np.array(starts, dtype=float), np.array(ends, dtype=float)
    basis, seconds = talk_time(starts, ends, np.array(words), Measuring())
    return session_length(basis, starts, ends, seconds)


def test_by_timestamps_a_session_lasts_from_first_start_to_last_end():
    assert length([10, 20], [15, 50], [5, 5]) == 40.0


def test_a_long_utterance_may_end_after_the_last_one():
    assert length([0, 20], [60, 30], [5, 5]) == 60.0


def test_by_starts_silence_between_turns_is_part_of_the_session():
    assert length([10, 100], nothing(2), [5, 5]) == 92.0


def test_by_words_a_session_lasts_as_long_as_its_talk():
    assert length(nothing(2), nothing(2), [150, 75]) == 90.0
