"""Every word of a file is in an utterance, or was left out as a kind of what is no talk."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import ReadError
from tsd.readers import read_file
from tsd.readers.log import ProblemLog
from tsd.readers.text.labeled import read_lines
from tsd.schema import count_words
from tsd.settings import Reading

from .test_layouts import LAYOUTS, RANGED, TIMED

NAMES = ["Mara Lind", "Joe", "anna van der berg", "Dr. Weiss", "S00", "T1", "T2", "C1", "Speaker 1"]
WORDS = [
    "so", "I", "went", "home.", "And", "what?", "(laughs)", "(3 seconds pause)", "[name]", "well:",
    "12", "Page", "(T: Mhm)", "//S00: Yes.//", "no;", "#00:00:09-1#", "[00:00:08]", "[END", "OF",
    "INTERVIEW]", "Date:", "the", "end", "\u2028", "\f", "\u200b", "Joe:", "- yes",
]  # fmt: skip
TURN = st.tuples(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.lists(
        st.sampled_from(["", "and more of it", "Page 7", "[END OF INTERVIEW]", "0:05", "8", "- x"]),
        max_size=3,
    ),
)


def accounted(path):
    result = read_file(path)
    said = sum(u.words for session in result.sessions for u in session.utterances)
    return said + sum(about.words for about in result.files[0].left_out.values())


def words_of(content):
    # "T:hi" is one word in the file and two for the reader; names with marks around them are one.
    for sign in "\u200b":
        content = content.replace(sign, "")
    return count_words(content)


LOOSE = [each for each in [*LAYOUTS, *TIMED, *RANGED] if "{s}:{w}" not in each and "：" not in each]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None
)
@given(st.sampled_from(LOOSE), st.lists(TURN, min_size=2, max_size=12))
def test_every_word_is_accounted_for(tmp_path, layout, turns):
    content = ""
    for i, (name, words, more) in enumerate(turns):
        content += layout.format(s=name, w=words, n=i + 1, t=10 + i, u=30 + i)
        content += "".join(f"{line}\n" for line in more)
    path = tmp_path / "s.txt"
    path.write_bytes(content.encode())
    try:
        found = accounted(path)
    except ReadError:
        return
    assert found == words_of(content)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None
)
@given(
    st.text("TC Anab:;.[](){}<>#@*_/-|=\t\n\r\f\u2028\u200b0123", max_size=200)
    | st.text(st.characters(exclude_characters="\0"), max_size=100)
)
def test_junk_is_read_or_refused(tmp_path, junk):
    path = tmp_path / "s.txt"
    path.write_bytes(junk.encode("utf-8", "replace"))
    try:
        read_file(path)
    except ReadError:
        return


def test_a_long_transcript_is_read():
    lines = []
    for i in range(2_000):
        lines += [f"Mara Lind   0:{i % 60:02}", f"So it was {i}: a long day", "and more", ""]
    records = list(
        read_lines(
            enumerate(lines, 1),
            Reading(),
            ProblemLog("a.txt"),
        )
    )
    assert len(records) == 2_000


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "T: a ",
        "( ",
        "[a] ",
        "//T: a// ",
        "a: ",
        "\t",
        "a  ",
        "1:00 ",
        "(T: a) ",
        "#",
        "\u2028",
    ],
)
def test_one_long_line_does_not_hang(unit):
    line = unit * (200_000 // len(unit))
    with suppress(ReadError):
        list(read_lines([(1, f"T: {line}"), (2, "C: ho")], Reading(), ProblemLog("a.txt")))


def test_as_many_labels_as_lines_do_not_hang():
    lines = [(i, f"Name{'abcdefghij'[i % 10]}x{i}y: words") for i in range(5_000)]
    list(read_lines(lines, Reading(), ProblemLog("a.txt")))
