import io
import zipfile
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import MissingExtraError, ReadError
from tsd.readers import read_file

TALK = [("T", "How are you?"), ("C", "Fine, I think."), ("T", "I was tired, too."), ("C", "Oh.")]
HEADER = ("Speaker", "Text")


def workbook(*rows, **sheets):
    """Return the bytes of a workbook: one sheet of rows, or several by their names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in (sheets or {"Sheet1": rows}).items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(list(row))
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_with_a_header(read):
    result = read(workbook(HEADER, *TALK), "a.xlsx")
    (session,) = result.sessions
    assert session.session_id == "a"
    assert [(u.speaker, u.text, u.line) for u in session.utterances] == [
        (*turn, line) for line, turn in enumerate(TALK, 2)
    ]
    assert result.problems == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_a_workbook_is_known_by_its_content(turns, name):
    assert turns(workbook(HEADER, *TALK), name) == TALK


def test_titles_above_the_header_and_empty_rows_and_columns(turns):
    rows = [("Interview 9",), (), ("", *HEADER, "", ""), *[("", *turn) for turn in TALK], (), ()]
    assert turns(workbook(*rows), "a.xlsx") == TALK


def test_rows_far_below_are_found(turns):
    assert turns(workbook(HEADER, *TALK[:2], *[()] * 5000, *TALK[2:]), "a.xlsx") == TALK


@pytest.mark.parametrize(
    ("value", "second"),
    [
        (time(0, 1, 2), 62.0),
        (time(0, 1, 2, 500_000), 62.5),
        (timedelta(minutes=90), 5400.0),
        ("1:02", 62.0),
        (62, 62.0),
        (62.25, 62.25),
        (None, None),
    ],
)
def test_times_of_a_spreadsheet(read, value, second):
    (session,) = read(
        workbook((*HEADER, "Start"), (*TALK[0], value), (*TALK[1], None)), "a.xlsx"
    ).sessions
    assert session.utterances[0].start == second


def test_minutes_that_excel_took_for_hours(read):
    starts = [0, 3, 4, 9, 10, 13, 18, 20]
    rows = [("T", "so tell me how you are", time(s // 60, s % 60)) for s in starts]
    result = read(workbook((*HEADER, "Start"), *rows), "a.xlsx")
    assert [u.start for u in result.sessions[0].utterances] == starts
    assert "minutes and seconds that were taken for hours" in result.problems[-1].message


def test_dates_are_counted_from_the_first_utterance(read):
    rows = [(*turn, datetime(2024, 3, 1, 10, 0, 5 * i)) for i, turn in enumerate(TALK)]
    (session,) = read(workbook((*HEADER, "Time"), *rows), "a.xlsx").sessions
    assert [u.start for u in session.utterances] == [0.0, 5.0, 10.0, 15.0]


def test_each_sheet_with_talk_is_a_session_and_others_are_reported(read):
    result = read(
        workbook(Anna=[HEADER, *TALK], Notes=[("Date", "Place"), ("1", "x")], Ben=[HEADER, *TALK]),
        "a.xlsx",
    )
    assert [(s.session_id, len(s)) for s in result.sessions] == [("Anna", 4), ("Ben", 4)]
    assert [(p.severity.value, p.message) for p in result.problems] == [
        ("note", "sheet 'Notes' is left out: it has no columns for the words and their speaker.")
    ]


def test_sessions_named_in_a_column_keep_their_names(read):
    rows = [("s1", *TALK[0]), ("s2", *TALK[1]), ("s1", *TALK[2]), ("s2", *TALK[3])]
    result = read(workbook(("Session", *HEADER), *rows), "a.xlsx")
    assert [s.session_id for s in result.sessions] == ["s1", "s2"]


def test_a_survey_is_refused_with_its_columns(read):
    with pytest.raises(ReadError) as caught:
        read(workbook(("Case", "Age", "Hobby"), ("P1", 33, "I like it a lot.")), "a.xlsx")
    assert caught.value.message == (
        "no column for the words (such as 'text', 'utterance_text', 'utterance') or the speaker "
        "(such as 'speaker', 'speaker_id', 'speaker_name', 'interlocutor'); the columns are "
        "'Case', 'Age', 'Hobby'. Rename a column."
    )


@pytest.mark.parametrize("rows", [(), ((),), (("", " "),)])
def test_an_empty_workbook_is_refused(read, rows):
    with pytest.raises(ReadError, match=r"a\.xlsx: is empty\."):
        read(workbook(*rows), "a.xlsx")


def test_a_name_in_merged_cells_is_in_each_row(turns):
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(HEADER, ("T", "One."), (None, "Two."), ("C", "Three.")))
    )
    book.active.merge_cells("A2:A3")
    assert turns(saved(book), "a.xlsx") == [("T", "One."), ("T", "Two."), ("C", "Three.")]


def test_words_in_merged_cells_are_not_said_twice(read):
    words = "Far more words than the name of any speaker has."
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEADER, ("T", words), ("T", None))))
    book.active.merge_cells("B2:B3")
    assert [u.text for u in read(saved(book), "a.xlsx").sessions[0].utterances] == [words]


def test_formulas_without_values_are_reported(messages):
    rows = [("T", "How are you?", "=B2*60"), ("C", "Fine.", "=B3*60")]
    assert messages(workbook((*HEADER, "Start"), *rows), "a.xlsx") == [
        (
            "warning",
            2,
            "formulas without values in column 3; these cells are read as empty. Open the file in "
            "Excel and save it.",
        )
    ]


def test_formulas_in_columns_that_are_not_used_do_not_matter(messages):
    rows = [("T", "How are you?", "=LEN(B2)"), ("C", "Fine.", "=LEN(B3)")]
    assert messages(workbook((*HEADER, "Length"), *rows), "a.xlsx") == []


def test_without_openpyxl_the_message_says_how_to_install_it(write, monkeypatch):
    path = write(workbook(HEADER, *TALK), "a.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"reading Excel files needs openpyxl"):
        read_file(path)


def test_a_password_is_named(read):
    with pytest.raises(ReadError, match=r"has a password, or is of an old version of Office\. "):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xlsx")


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused(read):
    stream = io.BytesIO(workbook(HEADER, *TALK))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * 2**24)
    with pytest.raises(ReadError, match="would take more memory once unpacked than any transcript"):
        read(stream.getvalue(), "a.xlsx")


def test_every_word_is_in_an_utterance_or_left_out(read):
    result = read(workbook(("Interview nine",), HEADER, *TALK), "a.xlsx")
    spoken = sum(u.words for u in result.sessions[0].utterances)
    out = sum(each.words for each in result.files[0].left_out.values())
    assert (spoken, out) == (sum(len(text.split()) for _, text in TALK), 2)


WHOLE = workbook(HEADER, *TALK)  # made once: it holds the time at which it was made
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS.filter(lambda t: t and t[0] not in "=<&"), min_size=1, max_size=5))
def test_what_openpyxl_writes_we_read(tmp_path, texts):
    texts = [text for text in texts if "&" not in text and "<" not in text and "_" not in text]
    if not texts:
        return
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(HEADER, *[("T", text) for text in texts]))
    (session,) = read_file(path).sessions
    assert [u.text for u in session.utterances] == texts


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_gives_a_reading_or_a_clear_error(tmp_path, data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        assert read_file(path).files
    except ReadError as error:
        assert error.message  # noqa: PT017


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_xml_gives_a_reading_or_a_clear_error(tmp_path, data):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WHOLE)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        broken = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            content = bytearray(old.read(name))
            if name == broken:
                for _ in range(data.draw(st.integers(1, 4))):
                    start = data.draw(st.integers(0, len(content)))
                    end = start + data.draw(st.integers(0, 100))
                    content[start:end] = data.draw(
                        st.sampled_from([b"", b"<c r='A1'>", b"<", b"9"])
                    )
            new.writestr(name, bytes(content))
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    try:
        assert read_file(path).files
    except ReadError as error:
        assert error.message  # noqa: PT017
