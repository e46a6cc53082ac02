import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.time_scale import in_seconds
from tsd.readers.times import seconds

WORDS = ["so", "tell", "me", "how", "you", "have", "been", "since", "we", "met", "here"]
TALK = [5, 3, 9, 1, 4, 10, 2, 7, 6, 8]  # words of each utterance
SECONDS = [0, 2.5, 4, 9, 10, 12.5, 18, 19.5, 23, 26.5]  # and when it starts


def said(n):
    return " ".join(WORDS[i % len(WORDS)] for i in range(n))


def timed(starts, counts=TALK, **fields):
    """Return the starts after conversion, and the messages."""
    log = ProblemLog("a.csv")
    rows = [
        Record(said(n), "T", None, {"start": str(start), **fields})
        for n, start in zip(counts, starts, strict=False)
    ]
    found, _ = in_seconds(rows, log, "s")
    return [row.get("start") for row in found], [p.message for p in log.problems]


def clock(second):
    return f"{int(second) // 3600:02}:{int(second) // 60 % 60:02}:{int(second) % 60:02}"


CONVERTED = {
    "milliseconds": [int(s * 1000) for s in SECONDS],
    "milliseconds as decimals": [f"{s * 1000:.1f}" for s in SECONDS],
    "microseconds": [int(s * 1_000_000) for s in SECONDS],
    "ticks": [int(s * 10_000_000) for s in SECONDS],
    "fractions of a day": [s / 86_400 for s in SECONDS],
    "Unix seconds": [1_489_819_952 + s for s in SECONDS],
    "Unix milliseconds": [int((1_489_819_952 + s) * 1000) for s in SECONDS],
    "Unix microseconds": [int((1_489_819_952 + s) * 1_000_000) for s in SECONDS],
    "dates": [f"2024-03-01T10:{int(s) // 60:02}:{s % 60:06.3f}Z" for s in SECONDS],
    "dates with blanks": [f"2024-03-01 10:{int(s) // 60:02}:{s % 60:06.3f}" for s in SECONDS],
    "dates with zones": [f"2024-03-01T10:00:{s % 60:09.6f}123+02:00" for s in SECONDS],
    "dates of which the month is not known": [
        f"1/2/2024 {clock(36_000 + s)}" + f"{s % 1:.3f}"[1:] for s in SECONDS
    ],
    "times of day": [65_000 + s for s in SECONDS],
}


@pytest.mark.parametrize("kind", CONVERTED)
def test_times_that_are_no_seconds_are_converted_with_one_warning(kind):
    found, messages = timed(CONVERTED[kind])
    assert [float(each) for each in found] == pytest.approx(SECONDS, abs=0.002)
    assert len(messages) == 1


def test_minutes_that_a_spreadsheet_took_for_hours_are_converted():
    starts = [0, 3, 4, 9, 10, 13, 18, 20, 23, 27]
    found, (message,) = timed([clock(60 * s) for s in starts])
    assert [float(each) for each in found] == starts
    assert message == (
        "times were taken as minutes and seconds that were taken for hours and minutes (as "
        "seconds, the talk would have 0.029 words a second) and converted to seconds. If that is "
        "wrong, name the unit in the name of the column, as in 'start (s)' or 'start (ms)'."
    )


def test_the_message_names_what_the_times_were_taken_as():
    assert timed(CONVERTED["milliseconds"])[1] == [
        "times were taken as milliseconds (as seconds, the talk would have 0.0018 words a second) "
        "and converted to seconds. If that is wrong, name the unit in the name of the column, as "
        "in 'start (s)' or 'start (ms)'."
    ]
    assert timed(CONVERTED["Unix seconds"])[1] == [
        "times are dates; they were counted from the first utterance of the session on."
    ]
    assert timed(CONVERTED["times of day"])[1] == [
        "times begin at 18:03:20; they were taken as times of day and counted from the first "
        "utterance on."
    ]


REFUSED = {
    "a forum over days": (
        [1_489_819_952 + 40_000 * i for i in range(10)],
        "are dates over 100 hours, too long for one session",
    ),
    "posts over days, from the first on": (
        [0, 600, 4000, 9000, 70_000, 75_000, 250_000, 260_000, 270_000, 300_000],
        "would make the session 83 hours long",
    ),
    "dates that go backward": (
        [1_489_819_952 - i for i in range(10)],
        "are dates that go backward",
    ),
    "one time for all": ([3] * 10, "are the same in all utterances"),
    "numbers of turns": (range(10), "are the numbers 1, 2, 3 ... of the utterances"),
    "too fast": (
        [i / 1000 for i in range(0, 2000, 200)],
        "would make the talk 26 words a second fast",
    ),
    "too slow": (
        [0, 20, 2000, 2010, 5000, 5040, 8000, 8010, 8020, 9000],
        "would make the talk slower than one word in two minutes",
    ),
    "too long": ([90_000 * i for i in range(10)], "would make the session 225 hours long"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_times_that_fit_no_talk_are_not_used(kind):
    starts, reason = REFUSED[kind]
    found, messages = timed(starts)
    assert found == [""] * 10
    assert messages == [
        f"the times {reason}. They are not used; talk time is estimated from the number of words. "
        "Correct the times, or name their unit in the name of the column, as in 'start (ms)'."
    ]


@pytest.mark.parametrize(
    "starts",
    [
        SECONDS,
        [clock(s) for s in SECONDS],
        [clock(3600 + s) for s in SECONDS],  # an excerpt, or the first hour is a number of a tape
        [s * 20 for s in SECONDS],  # typed talk, with long pauses
        [clock(s * 20) for s in SECONDS],
        [0, 60, 120, 180, 240, 300, 360, 420, 480, 540],  # minutes only
        ["", "", "0:00", "", "", "", "", "0:14", "", ""],
        ["soon", *SECONDS[1:]],
        [0, 3600, 7200],  # too few to judge
    ],
)
def test_times_in_seconds_stay_as_they_are(starts):
    assert timed(starts) == ([str(s) for s in starts], [])


def test_a_unit_that_the_file_names_is_not_doubted():
    starts = [900 * i for i in range(10)]
    assert timed(starts, time_unit="s") == ([str(s) for s in starts], [])


def test_ends_are_converted_with_the_starts():
    log = ProblemLog("a")
    rows = [
        Record(said(n), "T", None, {"start": str(int(s * 1000)), "end": str(int(s * 1000) + 500)})
        for n, s in zip(TALK, SECONDS, strict=True)
    ]
    assert [row.get("end") for row in in_seconds(rows, log, "s")[0]] == [
        str(s + 0.5) for s in SECONDS
    ]


@st.composite
def sessions(draw):
    """Make a session as people speak: one to four words a second, with pauses."""
    counts = draw(st.lists(st.integers(3, 40), min_size=5, max_size=30))
    start, starts = draw(st.floats(0, 600)), []
    for n in counts:
        starts.append(round(start, 3))
        start += n / draw(st.floats(1, 4)) + draw(st.floats(0.1, 4))
    return counts, starts


@given(sessions())
def test_a_session_in_seconds_is_never_converted(session):
    counts, starts = session
    assert timed(starts, counts) == ([str(s) for s in starts], [])
    assert timed([clock(s) for s in starts], counts)[1] == []


@given(sessions())
def test_the_same_session_in_milliseconds_has_the_same_times(session):
    counts, starts = session
    found, messages = timed([round(s * 1000) for s in starts], counts)
    assert [float(each) for each in found] == pytest.approx(starts, abs=0.002)
    assert len(messages) == 1


@given(sessions(), st.integers(10**9, 2 * 10**9), st.sampled_from([1, 1000]))
def test_the_same_session_in_dates_has_the_same_times_from_its_first_utterance_on(
    session, first, unit
):
    counts, starts = session
    found, messages = timed([round((first + s) * unit) for s in starts], counts)
    assert [float(each) for each in found] == pytest.approx(
        [s - starts[0] for s in starts], abs=1.002
    )
    assert len(messages) == 1


@given(st.lists(st.tuples(st.text(max_size=30), st.text("0123456789:-T .,eZ+", max_size=25))))
def test_no_times_raise_an_error(pairs):
    log = ProblemLog("a")
    rows = [Record(text, "T", None, {"start": start, "end": start}) for text, start in pairs]
    found, _ = in_seconds(rows, log, "s")
    assert [row.text for row in found] == [row.text for row in rows]


def test_milliseconds_in_a_file(read):
    rows = "".join(f"{int(s * 1000)}\tT\t{said(n)}\n" for n, s in zip(TALK, SECONDS, strict=True))
    (session,) = read("start\tspeaker\ttext\n" + rows, "a.tsv").sessions
    assert [u.start for u in session.utterances] == SECONDS


@pytest.mark.parametrize(
    ("content", "times"),
    [
        ("0:01\n0:05\n0:09\n0:15", "start only"),
        ("0\n4000\n9000\n15000", "start only; converted from milliseconds"),
        ("7\n7\n7\n7", "none; not used: they are the same in all utterances"),
    ],
)
def test_what_was_done_to_the_times_is_a_fact_of_the_session(read, content, times):
    rows = [f"{start},T,{said(5)}\n" for start in content.split("\n")]
    result = read("start,speaker,text\n" + "".join(rows), "a.csv")
    assert result.files[0].sessions[0].times == times


@pytest.mark.parametrize("name", ["start_ms", "Start (ms)", "startMs", "start [milliseconds]"])
def test_a_unit_in_the_header_decides(read, name):
    result = read(f"speaker,text,{name}\nT,hi,2000\nC,ho,3500\n", "a.csv")
    assert [u.start for u in result.sessions[0].utterances] == [2.0, 3.5]
    assert result.problems == []
    assert seconds("2.0") == 2


@pytest.mark.parametrize(
    "starts",
    [
        ["0:03", "0:09", "1:02", "1:00:04"],
        ["0 minutes 3 seconds", "0 minutes 9 seconds", "1 minute 2 seconds", "1h00m04s"],
    ],
)
def test_written_hours_and_minutes_stay_even_if_hardly_a_word_is_said(starts):
    words = [
        "How was the hike?",
        "Long. I barely ate.",
        "After it I slept for a day.",
        "Oh, that.",
    ]
    rows = [Record(text, "T", None, {"start": s}) for text, s in zip(words, starts, strict=True)]
    log = ProblemLog("a.txt")
    assert in_seconds(rows, log, "a") == (rows, "")
    assert log.problems == []
