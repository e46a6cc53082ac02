import csv
import io

import openpyxl
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from tsd.errors import ReadError
from tsd.readers.metadata import KNOWN, Metadata, join, read_metadata
from tsd.readers.tables.columns_patterns import METADATA_NAMES, MISSING, NAMES
from tsd.schema import Severity


@pytest.fixture
def metadata(write):
    """Read a small table of metadata."""

    def _metadata(content, name="m.csv", **more):
        return read_metadata(write(content, name), **more)

    return _metadata


@pytest.fixture
def refused(write):
    """Return the line and the message with which a small table is refused."""

    def _refused(content, name="m.csv", **more):
        with pytest.raises(ReadError) as caught:
            read_metadata(write(content, name), **more)
        assert caught.value.path.endswith(name)
        return caught.value.line, caught.value.message

    return _refused


def known(therapist=None, case=None, session_number=None, **more):
    return {"therapist": therapist, "case": case, "session_number": session_number, **more}


def test_a_plain_table(metadata):
    read = metadata(
        "session_id,therapist,case,session_number,OQ45,setting\n"
        "s1,T1,c1,1,63,clinic\n"
        "s2,T1,c1,2,58.5,\n"
        "s3,,,,,home\n"
    )
    assert read.columns == ("OQ45", "setting")
    assert read.rows == {
        "s1": known("T1", "c1", 1, OQ45=63.0, setting="clinic"),
        "s2": known("T1", "c1", 2, OQ45=58.5, setting=None),
        "s3": known(OQ45=None, setting="home"),
    }
    assert read.problems == []


def test_ids_are_text_without_spaces_around_them(metadata):
    read = metadata("session_id,therapist,case\n 01 , 7,007\n1,7 ,07\n")
    assert read.rows == {"01": known("7", "007"), "1": known("7", "07")}


def test_absent_columns_are_missing_values(metadata):
    assert metadata("session_id\na\n").rows == {"a": known()}


@pytest.mark.parametrize(
    ("field", "alias"), [(f, a) for f, aliases in METADATA_NAMES.items() for a in aliases]
)
def test_every_listed_name_is_found(metadata, field, alias):
    read = metadata(f"session_id,{alias.replace('_', ' ').title()}\na,3\n")
    assert read.rows["a"][field] == (3 if field == "session_number" else "3")
    assert read.columns == ()


@pytest.mark.parametrize("alias", NAMES["session_id"])
def test_the_session_is_found_under_the_names_it_has_in_transcripts(metadata, alias):
    assert list(metadata(f"{alias},x\n07,3\n").rows) == ["07"]


def test_a_session_next_to_an_id_is_its_number(metadata):
    assert metadata("session,session_id\n2,a\n").rows == {"a": known(session_number=2)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings_do_not_matter(metadata, delimiter, encoding):
    content = delimiter.join(["session_id", "therapist", "wai\r\na", "José", "5\r\n"])
    assert metadata(content.encode(encoding)).rows == {"a": known("José", wai=5.0)}


def test_tsv(metadata):
    assert metadata("session_id\tnote\na\tx, y\n", "m.tsv").rows["a"]["note"] == "x, y"


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "-2.5", "+3e1"], [1.0, -2.5, 30.0]),
        (["1", "", " 2 "], [1.0, None, 2.0]),
        (["NA", ".", "4."], [None, None, 4.0]),
        (["", "", ""], [None, None, None]),
        (["1", "NA", "low"], ["1", "NA", "low"]),
        (["1_000", "", "2"], ["1_000", None, "2"]),
        (["inf", "1", "2"], ["inf", "1", "2"]),
        (["1e999", "1", "2"], ["1e999", "1", "2"]),
        (["1,5", "2", "3"], ["1,5", "2", "3"]),
    ],
)
def test_a_column_is_of_numbers_or_of_text(metadata, cells, values):
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells))
    read = metadata(f"session_id,x\n{rows}")
    assert [row["x"] for row in read.rows.values()] == values


@pytest.mark.parametrize("name", ["therapist", "case"])
def test_a_name_that_looks_like_missing_is_reported(metadata, name):
    read = metadata(f"session_id,{name}\na,NA\nb,NA\n")
    assert read.rows["a"][name] == "NA"
    (problem,) = read.problems
    assert (problem.severity, problem.line) == (Severity.WARNING, 2)
    assert problem.message == (
        f"'NA' is read as the name of a {name}. If it means unknown, leave the cell empty. "
        "(And on 1 more line.)"
    )


def test_columns_without_a_name_are_left_out(metadata):
    read = metadata(",session_id,oq45,,\n1,a,3,,\n2,b,4,x,\n")
    assert read.columns == ("oq45",)


def test_of_two_columns_with_the_same_name_the_first_counts(metadata):
    read = metadata("session_id,oq45,oq45\na,3,4\n")
    assert read.rows["a"] == known(oq45=3.0)
    assert [p.message for p in read.problems] == [
        "1 column name occurs more than once; the first column of each name is used. Rename or "
        "delete the others."
    ]


def test_ids_guarded_by_our_own_tables_are_found(metadata):
    assert list(metadata("session_id\n'-01\n'tis\n").rows) == ["-01", "'tis"]


@pytest.mark.parametrize("cell", ["3", "3.0", " 3 "])
def test_a_session_number(metadata, cell):
    number = metadata(f"session_id,session_number\na,{cell}\n").rows["a"]["session_number"]
    assert (number, type(number)) == (3, int)


@pytest.mark.parametrize("cell", ["", "NA"])
def test_a_session_number_can_be_missing(metadata, cell):
    assert metadata(f"session_id,visit\na,{cell}\n").rows["a"]["session_number"] is None


# refusals


@pytest.mark.parametrize("cell", ["first", "-1", "1.5", "inf"])
def test_a_session_number_that_is_not_valid(refused, cell):
    assert refused(f"session_id,visit\na,1\nb,{cell}\n") == (
        3,
        f"the column 'visit' has {cell!r}; expected the number of the session in the treatment (a "
        "whole number, 0 or more). Correct it, or leave the cell empty.",
    )


def test_no_column_for_the_session(refused):
    assert refused("id,oq45\n1,3\n") == (
        None,
        "no column for the session (such as 'session_id', 'transcript_id', 'session'); the "
        "columns are 'id', 'oq45'. Rename a column.",
    )


def test_no_names_of_columns(refused):
    _, message = refused("He said a lot of things.,4\nb,3\n")
    assert message.endswith("the first row has 2 fields. Put a row with the column names above it.")


def test_two_rows_for_one_session(refused):
    assert refused("session_id,x\na,1\nb,2\n\n a ,3\n") == (
        5,
        "session 'a' already has a row, on line 2; expected one row per session. Delete one, or "
        "correct a session id.",
    )


def test_a_row_without_a_session(refused):
    assert refused("session_id,x\na,1\n ,2\n") == (
        3,
        "the row has no session id; expected one in every row. Fill it in, or delete the row.",
    )


def test_a_reserved_name(refused):
    assert refused("session_id,disclosures\na,1\n", reserved=["disclosures"]) == (
        None,
        "the column 'disclosures' has a name that tsd uses for one of its results. Rename it, for "
        "example to 'my_disclosures'.",
    )


@pytest.mark.parametrize("name", ["session_id", *KNOWN])
def test_a_name_that_another_column_already_has(refused, name):
    other = name.title()  # comes first, and is read as the field that the second is named after
    more = "" if name == "session_id" else "session_id,"
    _, message = refused(f"{more}{other},{name}\n{'a,' if more else ''}1,2\n")
    assert message.startswith(f"the column {name!r} has a name that tsd uses")


def test_a_row_with_too_many_fields(refused):
    line, message = refused("session_id,x\na,1\nb,2,3\n")
    assert line == 3
    assert message.startswith("the row has 3 fields, but the header has 2;")


def test_a_header_alone(refused):
    assert refused("session_id,x\n") == (None, "has a header but no rows.")


def test_an_empty_file(refused):
    assert refused("") == (None, "is empty.")


def test_another_format(refused):
    assert refused(b"PK\0", "m.sav") == (
        None,
        "is not a table with one row per session: expected .csv, .tsv, .txt, .xlsx or "
        ".parquet. Save it as CSV (UTF-8).",
    )


def test_no_file(tmp_path):
    with pytest.raises(ReadError, match=r"no\.csv: cannot be opened: No such file"):
        read_metadata(tmp_path / "no.csv")


# invariants

_cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="ÂÃâÐÑ"), max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        _cells.map(str.strip).filter(lambda name: name and not name.startswith("'")),
        st.tuples(_cells, st.floats(allow_nan=False, allow_infinity=False) | st.none()),
        min_size=1,
    )
)
def test_what_is_written_is_read(metadata, table):
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["session_id", "therapist", "score"])
    for session_id, (therapist, score) in table.items():
        writer.writerow([session_id, therapist, "" if score is None else score])
    read = metadata(stream.getvalue())
    assert list(read.rows) == list(table)
    for session_id, (therapist, score) in table.items():
        assert read.rows[session_id]["score"] == score
        if not therapist.startswith("'"):
            assert read.rows[session_id]["therapist"] == (therapist.strip() or None)


def test_the_words_for_missing_are_compared_in_lower_case():
    assert {word.lower() for word in MISSING} == MISSING


# join


def _metadata_of(*session_ids):
    rows = {each: known("T", session_number=n, x=n / 2) for n, each in enumerate(session_ids)}
    return Metadata("m.csv", rows, ("x",), [])


def test_join_keeps_the_order_of_the_sessions():
    columns, problems = join(_metadata_of("a", "b"), ["b ", "a"])
    assert columns == {
        "therapist": ["T", "T"],
        "case": [None, None],
        "session_number": [1, 0],
        "x": [0.5, 0.0],
    }
    assert problems == []


def test_what_has_no_match_is_reported():
    columns, problems = join(_metadata_of("a", "y", "z"), ["a", *"cdefghi"])
    assert columns["x"] == [0.0] + [None] * 7
    assert [(str(p.severity), p.path, p.message) for p in problems] == [
        (
            "warning",
            "m.csv",
            "7 of 8 sessions have no metadata: 'c', 'd', 'e', 'f', 'g' and 2 more.",
        ),
        ("note", "m.csv", "2 of 3 rows are not for a session that was read: 'y', 'z'."),
    ]


def test_one_of_each_is_reported_in_the_singular():
    _, problems = join(_metadata_of("a", "z"), ["a", "c"])
    assert [p.message for p in problems] == [
        "1 of 2 sessions has no metadata: 'c'.",
        "1 of 2 rows is not for a session that was read: 'z'.",
    ]


# workbooks and Parquet

ROWS = [["session_id", "client_id", "OQ45"], ["01", "anna", 63], ["02", "anna", None]]


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(rows):
    stream = io.BytesIO()
    header, *body = rows
    made = pyarrow.Table.from_pylist([dict(zip(header, row, strict=True)) for row in body])
    parquet.write_table(made, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("m.xlsx", workbook(ROWS)), ("m.parquet", packed(ROWS))]
)
def test_other_tables_are_read_as_csv_is(metadata, name, content):
    read = metadata(content, name)
    assert read.columns == ("OQ45",)
    assert read.rows == {"01": known(case="anna", OQ45=63.0), "02": known(case="anna", OQ45=None)}
    assert read.problems == []


def test_of_several_sheets_the_first_is_read(metadata):
    (problem,) = metadata(workbook(ROWS, [["x"], ["y"]]), "m.xlsx").problems
    assert problem.message == "has several sheets; the first was read. Put the rows on one sheet."


@pytest.mark.parametrize("content", [workbook(ROWS[:1]), workbook([]), workbook([[None]])])
def test_a_workbook_without_rows_is_refused(refused, content):
    assert refused(content, "m.xlsx")[1] == "has a header but no rows."
