import csv
import html
import io
import json
import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import ReadError
from tsd.files import guard, unguard
from tsd.measure.tables import UTTERANCES
from tsd.readers import read_file
from tsd.readers.log import NotTalk
from tsd.schema import Label, Role, count_words

T, C, U = Role.THERAPIST, Role.CLIENT, Role.UNKNOWN


def lines_of(session):
    return [u.line for u in session.utterances]


# CSV


def test_a_plain_csv(read):
    result = read(
        "session_id,utterance_id,speaker,text,start,end\n"
        's1,7,T,"Hello, you.",0:01,0:02\n'
        "s1,8,C,Hi.,0:03,0:04\n",
        "a.csv",
    )
    (session,) = result.sessions
    assert session.session_id == "s1"
    assert [
        (u.utterance_id, u.speaker, u.role, u.text, u.start, u.end) for u in session.utterances
    ] == [
        ("7", "T", T, "Hello, you.", 1.0, 2.0),
        ("8", "C", C, "Hi.", 3.0, 4.0),
    ]
    assert result.problems == []


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(turns, ends):
    content = ends.join(["speaker,text", "T,hi", "C,ho", ""])
    assert turns(content, "a.csv") == [("T", "hi"), ("C", "ho")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_do_not_matter(turns, encoding):
    content = "speaker,text\r\nT,“café”\r\nC,ho\r\n".encode(encoding)
    assert turns(content, "a.csv") == [("T", "“café”"), ("C", "ho")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(turns, delimiter):
    rows = [["speaker", "text"], ["T", "hi, you; there"], ["C", "ho"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    assert turns(stream.getvalue(), "a.csv") == [("T", "hi, you; there"), ("C", "ho")]


def test_a_semicolon_csv_as_excel_saves_it(turns):
    content = '\ufeffSpeaker;Text;Start\r\nT;"Well; yes, ""really""";0:01\r\nC;Ja, gut;0:02\r\n'
    assert turns(content, "a.csv") == [("T", 'Well; yes, "really"'), ("C", "Ja, gut")]


def test_quoted_line_breaks_stay_in_the_text_and_lines_are_counted_on(read):
    (session,) = read('speaker,text\nT,"one\ntwo\n\nthree"\nC,ho\n', "a.csv").sessions
    assert session.utterances[0].text == "one\ntwo\n\nthree"
    assert lines_of(session) == [2, 6]


def test_quotes_inside_a_field_that_does_not_begin_with_one_are_text(turns):
    assert turns('speaker,text\nT,so "hi" then\nC,ho\n', "a.csv")[0][1] == 'so "hi" then'


def test_blank_rows_and_blank_lines_are_ignored(read):
    result = read("\n\nspeaker,text\n\nT,hi\n,\n  ,  \nC,ho\n\n\n", "a.csv")
    (session,) = result.sessions
    assert lines_of(session) == [5, 8]
    assert result.problems == []


def test_short_rows_have_empty_fields_at_the_end(read):
    (session,) = read("speaker,text,start\nT,hi\nC,ho,3\n", "a.csv").sessions
    assert [u.start for u in session.utterances] == [None, 3.0]


def test_extra_empty_fields_are_ignored(turns):
    assert turns("speaker,text\nT,hi,,\nC,ho,\n", "a.csv") == [("T", "hi"), ("C", "ho")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("speaker,text\nT,well, then\nT,hi\nC,ho\n", "well, then"),
        ("text,speaker,start\nSo, how, now?,T,1.5\nFine.,C,3\n", "So, how, now?"),
        ("speaker;start;text\nT;0,5;Tired; very\nC;1,5;ho\n", "Tired; very"),
        ("speaker,text\nTherapist,well, then\nClient,no, no\n", "well, then"),
    ],
)
def test_words_that_commas_cut_are_put_together_if_the_speaker_is_known(read, content, words):
    result = read(content, "a.csv")
    assert result.sessions[0].utterances[0].text == words
    (problem,) = result.problems
    assert (problem.severity.value, problem.line) == ("warning", 2)
    assert problem.message.endswith(
        "more fields than the header; the words were taken to be cut at a comma and put together "
        "again. If that is wrong, put text with commas or quotation marks in quotation marks."
    )


@pytest.mark.parametrize("field", ["start", "label"])
def test_words_are_not_put_together_if_the_other_cells_do_not_fit_then(read, field):
    content = f"speaker,text,{field}\nT,zebra, lion,then\nT,hi,\nC,ho,\n"
    result = read(content, "a.csv")
    assert [u.text for u in result.sessions[0].utterances] == ["hi", "ho"]
    assert "the row has 4 fields, but the header has 3" in result.problems[0].message


def test_a_row_with_too_many_fields_is_left_out_and_reported_if_nothing_shows_where(read):
    result = read("speaker,text\nzebra, lion,then\nT,hi\nC,ho\n", "a.csv")
    assert [u.text for u in result.sessions[0].utterances] == ["hi", "ho"]
    assert [(p.severity.value, p.line, p.message) for p in result.problems] == [
        (
            "error",
            2,
            "the row has 3 fields, but the header has 2; the row is left out. Put text with commas "
            "or quotation marks in quotation marks.",
        )
    ]


def test_an_unclosed_quote_is_reported_with_the_line_where_its_row_begins(write):
    path = write('speaker,text\nT,hi\nC,"zebra\nT,more\nC,ho\n', "a.csv")
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.line == 3
    assert caught.value.message.startswith("is not a valid table (")
    assert caught.value.message.endswith(
        "Is a quotation mark not closed? Put fields with commas, quotation marks or line breaks in "
        "quotation marks."
    )


def test_a_quote_closed_too_early_is_reported_with_its_line(write):
    path = write('speaker,text\nT,hi\nC,"zebra" ran\n', "a.csv")
    with pytest.raises(ReadError, match=r"line 3: is not a valid table"):
        read_file(path)


@pytest.mark.parametrize("content", ["speaker,text", "speaker,text\n", "speaker,text\n\n,\n"])
def test_a_header_without_rows_is_reported(write, content):
    with pytest.raises(ReadError, match=r"a\.csv: has a header but no rows\.$"):
        read_file(write(content, "a.csv"))


def test_missing_columns_are_reported_with_those_found(write):
    with pytest.raises(ReadError) as caught:
        read_file(write("party,said\nT,zebra\nX,lion\nY,bear\n", "a.csv"))
    assert caught.value.message == (
        "no column for the words (such as 'text', 'utterance_text', 'utterance') or the speaker "
        "(such as 'speaker', 'speaker_id', 'speaker_name', 'interlocutor'); the columns "
        "are 'party', 'said'. Rename a column."
    )


def test_a_role_column_replaces_a_speaker_column(read):
    (session,) = read("role,text\ntherapist,hi\nclient,ho\n", "a.csv").sessions
    assert [(u.speaker, u.role) for u in session.utterances] == [("therapist", T), ("client", C)]


def test_an_empty_speaker_is_filled_from_the_role(read):
    (session,) = read("speaker,role,text\n,therapist,hi\n,client,ho\n", "a.csv").sessions
    assert [u.role for u in session.utterances] == [T, C]


def test_many_sessions_in_one_file(read):
    sessions = read("session,speaker,text\n1,T,a\n1,C,b\n2,T,c\n2,C,d\n", "a.csv").sessions
    assert [(s.session_id, len(s)) for s in sessions] == [("1", 2), ("2", 2)]


def test_annotations_are_read(read):
    (session,) = read(
        "speaker,text,label,also,flags,annotator\n"
        'T,I trained.,training,"similar_challenge,personal_details",early;intimate,A1\n'
        "C,ho,,,,\n",
        "a.csv",
    ).sessions
    first = session.utterances[0]
    assert first.label is Label.TRAINING
    assert first.also == (Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS)
    assert (first.flags, first.annotator) == (("early", "intimate"), "A1")


def test_numbers_stay_text(read):
    (session,) = read("session_id,turn,speaker,text\n007,01,T,12\n007,02,C,1e5\n", "a.csv").sessions
    assert session.session_id == "007"
    assert [(u.utterance_id, u.text) for u in session.utterances] == [("01", "12"), ("02", "1e5")]


def test_words_that_pandas_reads_as_missing_are_words(turns):
    assert turns("speaker,text\nT,None\nC,NA\nT,null\n", "a.csv") == [
        ("T", "None"),
        ("C", "NA"),
        ("T", "null"),
    ]


def test_a_field_of_a_megabyte_is_read(read):
    (session,) = read(f"speaker,text\nT,{'word ' * 200_000}\nC,ho\n", "a.csv").sessions
    assert session.utterances[0].words == 200_000


# TSV


def test_a_tsv(turns):
    assert turns("speaker\ttext\nT\thi, you\nC\tho\n", "a.tsv") == [("T", "hi, you"), ("C", "ho")]


def test_a_tsv_may_have_quotes(turns):
    assert turns('speaker\ttext\nT\t"a ""b""\tc"\nC\tho\n', "a.tsv")[0][1] == 'a "b"\tc'


@pytest.mark.parametrize("text", ['"Hang on', '"Hang" on', '"', 'he said "no'])
def test_stray_quotes_in_a_tsv_are_text(turns, text):
    content = f"speaker\ttext\nT\t{text}\nC\tho\nT\thi\n"
    assert turns(content, "a.tsv") == [("T", text), ("C", "ho"), ("T", "hi")]


def test_a_tsv_suffix_means_tabs_even_if_there_are_more_commas(turns):
    assert turns("speaker\ttext\tnote,a,b,c\nT\thi\t1\nC\tho\t2\n", "a.tsv") == [
        ("T", "hi"),
        ("C", "ho"),
    ]


# our own tables, guarded against spreadsheets


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("'=1+1", "=1+1"),
        ("'-and then", "-and then"),
        ("'@home", "@home"),
        ("''=1", "'=1"),
        ("'tis", "'tis"),
        ("=1", "=1"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_the_apostrophe_of_the_guard_is_removed(text, plain):
    assert unguard(text) == plain


FORMULAS = st.builds(str.__add__, st.text("'=+-@\t\r\0", max_size=4), st.text(max_size=8))


@given(st.text() | FORMULAS)
def test_the_guard_is_removed_from_what_it_was_added_to(text):
    guarded = guard(pd.DataFrame({"text": [text]}))["text"].iloc[0]
    assert guarded[:1] not in set("=+-@\t\r\0")
    assert unguard(guarded) == text


def our_table(pairs):
    """Make the table of utterances that `tsd analyze` writes."""
    table = pd.DataFrame(pairs, columns=["speaker", "text"])
    return table.assign(
        session_id="s", role="client", utterance=table.index, is_disclosure=False
    ).reindex(columns=UTTERANCES.names)


def test_the_guard_stays_in_tables_that_are_not_ours(turns):
    assert turns("speaker,text\nT,'-and then\nC,ho\n", "a.csv")[0] == ("T", "'-and then")


def test_the_guard_is_removed_from_our_own_table(turns):
    content = guard(our_table([("-T", "-and then"), ("C", "'tis")])).to_csv(index=False)
    assert turns(content, "a.csv") == [("-T", "-and then"), ("C", "'tis")]


# Without the letters that an accented letter becomes in a wrong encoding: they are repaired.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0ÂÃâÐÑ"))
NASTY = st.text("\",;|\t\n'=+-@ a\ufeff“\u2028\x0b\x85", min_size=1)
SPOKEN = (WORDS | NASTY | st.builds(str.__add__, NASTY, WORDS)).map(str.strip).filter(bool)
NAMES = st.sampled_from(["T", "C", "-T", "=A", "'tis", 'Dr. "W"', "a,b", "two\nlines"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, SPOKEN), min_size=1, max_size=5))
def test_what_we_write_as_csv_we_read_back(tmp_path, pairs):
    path = tmp_path / "utterances.csv"
    guard(our_table(pairs)).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    result = read_file(path)
    (session,) = result.sessions
    assert [(u.speaker, u.text) for u in session.utterances] == pairs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from("TC"), SPOKEN), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_python_writes_as_csv_we_read(tmp_path, pairs, delimiter, ends, quote_all):
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(file, delimiter=delimiter, lineterminator=ends, quoting=quoting)
        writer.writerows([("speaker", "text"), *pairs])
    (session,) = read_file(path).sessions
    assert [(u.speaker, u.text) for u in session.utterances] == pairs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text("ab\",;\n\t'", max_size=60) | st.text(st.characters(exclude_characters="\0")),
    st.sampled_from(["a.csv", "a.tsv", "a.jsonl"]),
)
def test_no_damage_raises_anything_but_a_read_error(tmp_path, junk, name):
    head = '{"speaker":"T","text":"hi"}\n' if name == "a.jsonl" else "speaker\ttext\n"
    path = tmp_path / name
    path.write_bytes((head + junk).encode("utf-8", "replace"))
    try:
        result = read_file(path)
    except ReadError as error:
        assert error.message  # noqa: PT017
    else:
        assert result.sessions or result.problems


# no words of the transcript in messages

SECRET = "zebrafinch"
DAMAGED = {
    "unquoted comma.csv": f"speaker,text\nT,{SECRET}, {SECRET}\nC,{SECRET}\n",
    "unclosed quote.csv": f'speaker,text\nT,"{SECRET}\nC,{SECRET}\n',
    "quote within.csv": f'speaker,text\nT,"{SECRET}" {SECRET}\nC,{SECRET}\n',
    "no column.csv": f"a,b\nT,{SECRET}\nC,{SECRET}\n",
    "bad fields.csv": f"speaker,text,start,label,role\nT,x,{SECRET},{SECRET},{SECRET}\n",
    "text runs on.csv": f"speaker,text,start,end\nT,well, {SECRET}\nC,hi, {SECRET}, {SECRET}\n",
    "stray quotes.tsv": f'speaker\ttext\nT\t"{SECRET}\nC\tx\t{SECRET}\n',
    "bad json.jsonl": f'{{"speaker": "T", "text": "{SECRET}"\n"{SECRET}"\n["{SECRET}"]\n',
    "nested.jsonl": f'{{"turns": ["{SECRET}", "{SECRET}"]}}\n',
    "no therapist.csv": f"speaker,text\nA,{SECRET}\nB,{SECRET}\n",
    "not utf-8.csv": f"speaker,text\nT,{SECRET} é\nC,{SECRET}\n".encode("cp1252"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_no_message_holds_words_of_the_transcript(write, name):
    try:
        found = [p.message for p in read_file(write(DAMAGED[name], name)).problems]
    except ReadError as error:
        found = [str(error)]
    assert found
    assert SECRET not in " ".join(found)


# defects


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"X,How is the {SECRET}\nY,fine\n"),
        ("a.tsv", f"X\tHow is the {SECRET}\nY\tfine\n"),
        ("a.jsonl", json.dumps({"T": "hi", f"How is the {SECRET}": 1})),
    ],
)
def test_a_table_without_a_header_is_refused_without_showing_its_first_row(write, name, content):
    with pytest.raises(ReadError) as caught:
        read_file(write(content, name))
    assert SECRET not in str(caught.value)


def test_a_column_with_the_case_does_not_hide_the_role_column(read):
    (session,) = read("participant,role,text\nP07,therapist,hi\nP07,client,ho\n", "a.csv").sessions
    assert [u.role for u in session.utterances] == [T, C]


def test_the_separator_line_of_excel_is_understood(turns):
    assert turns("sep=;\nspeaker;text\nT;hi\nC;ho\n", "a.csv") == [("T", "hi"), ("C", "ho")]


def test_words_after_an_unquoted_comma_are_not_lost_as_a_bad_time_alone(read):
    result = read("speaker,text,start,end\nT,Hello, you\nC,ho,1,2\n", "a.csv")
    assert any("comma" in p.message for p in result.problems)


def test_a_space_after_a_comma_does_not_break_quotes(turns):
    content = 'speaker, text\nT, "hi, you"\nC, "ho"\n'
    assert turns(content, "a.csv") == [("T", "hi, you"), ("C", "ho")]


def test_an_unclosed_quote_is_reported_in_words(write):
    with pytest.raises(ReadError) as caught:
        read_file(write('speaker,text\nT,hi\nC,"ho\n', "a.csv"))
    assert "(unexpected end of data)" in caught.value.message


def test_a_second_column_of_words_is_not_an_id(read):
    content = (
        "speaker,text,utterance\nT,How are you?,Um how are how are you\n"
        "C,Fine.,fine fine fine fine\n"
    )
    utterances = read(content, "a.csv").sessions[0].utterances
    assert [u.utterance_id for u in utterances] == ["0", "1"]
    assert [u.text for u in utterances] == ["How are you?", "Fine."]


def test_two_columns_with_the_same_name_are_reported(read):
    result = read("speaker,text,text\nT,hi,x\nC,ho,y\n", "a.csv")
    assert [u.text for u in result.sessions[0].utterances] == ["hi", "ho"]
    assert result.problems[0].message == (
        "1 column name occurs more than once; the first column of each name is used. Rename or "
        "delete the others."
    )


@pytest.mark.parametrize("content", [",,,\n", "sep=;\n", '""\n'])
def test_an_empty_table_is_reported(read, content):
    with pytest.raises(ReadError):
        read(content, "a.csv")


# what exports look like

EXPORTS = {
    "subtitles": ("TC In,TC Out,Character,Line\n", "1,2,{},{}\n"),
    "a transcriber's spreadsheet": ("Who;Word Count;Quote;Start;End\n", "{};3;{};1;2\n"),
    "NVivo": ("Timespan,Content,Speaker\n", '"0:01.0 - 0:02.0",{1},{0}\n'),
    "Rev": ("Speaker,Timestamp,Transcript\n", "{},00:00:01,{}\n"),
    "Happy Scribe": ("Number,Speaker,Start time,End time,Duration,Text\n", "1,{},1,2,1,{}\n"),
    "Premiere": ("Speaker Name,Start Time,End Time,Text\n", "{},1,2,{}\n"),
    "Fireflies": ("sentence,startTime,endTime,speaker_name\n", "{1},1,2,{0}\n"),
    "an interview corpus": ("conv_id,utterance_idx,speaker_idx,utterance\n", "7,1,{},{}\n"),
    "capitals": ("SPEAKER,TEXT\n", "{},{}\n"),
    "German": ("Zeit;Sprecher;Inhalt\n", "1;{};{}\n"),
    "Spanish": ("Hablante,Texto\n", "{},{}\n"),
    "trailing columns": ("timestamp,speaker,words,tags,,\n", "0:01,{},{},,,\n"),
    "pipes": ("speaker|text\n", "{}|{}\n"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_columns_of_common_exports(turns, name):
    header, row = EXPORTS[name]
    content = header + row.format("T", "hi") + row.format("C:", "ho")
    assert turns(content, "a.csv") == [("T", "hi"), ("C", "ho")]


def test_quotation_marks_as_databases_write_them(turns):
    content = 'speaker,text\n"T","He said \\"no\\", then left."\n"C","ho"\n'
    assert turns(content, "a.csv") == [("T", 'He said "no", then left.'), ("C", "ho")]


def test_lines_that_are_quoted_as_a_whole(turns):
    content = '"speaker,text"\n"T,hi"\n"C,""ho, ho"""\n'
    assert turns(content, "a.csv") == [("T", "hi"), ("C", "ho, ho")]


def test_a_column_for_each_speaker(read):
    content = "Time,Therapist,Client\n0:01,How are you?,\n0:03,,Fine I think.\n0:05,Good.,Yes.\n"
    result = read(content, "a.csv")
    assert [(u.speaker, u.text, u.start) for u in result.sessions[0].utterances] == [
        ("Therapist", "How are you?", 1.0),
        ("Client", "Fine I think.", 3.0),
        ("Therapist", "Good.", 5.0),
        ("Client", "Yes.", 5.0),
    ]
    assert [p.message for p in result.problems] == [
        "1 row has words of several speakers; they are read from left to right. If that is not the "
        "order in which they spoke, give each utterance a row of its own."
    ]


def test_a_table_without_a_header_is_read_if_it_is_clear(turns):
    assert turns("T,How are you?\nC,Fine.\n", "a.csv") == [("T", "How are you?"), ("C", "Fine.")]


def test_a_session_in_a_cell(read):
    content = 'id,dialogue\n7,"Doctor: How is it?\nPatient: Bad."\n8,"Doctor: So?\nPatient: Oh."\n'
    result = read(content, "a.csv")
    assert [(s.session_id, [u.text for u in s.utterances]) for s in result.sessions] == [
        ("7", ["How is it?", "Bad."]),
        ("8", ["So?", "Oh."]),
    ]


def test_labels_in_the_words(turns):
    assert turns("id,text\n1,T: How are you?\n2,C: Fine.\n", "a.csv") == [
        ("T", "How are you?"),
        ("C", "Fine."),
    ]


def test_a_column_with_a_value_for_each_row_is_no_session(read):
    content = "file,speaker,text\n" + "".join(f"u{i}.wav,{'TC'[i % 2]},hi\n" for i in range(4))
    result = read(content, "a.csv")
    assert [(s.session_id, len(s)) for s in result.sessions] == [("a", 4)]
    assert result.problems[0].message == (
        "column 1 has another value in each row, so it does not name the session: all rows are "
        "read as one session. If they are several, add a column 'session_id'."
    )


def test_words_in_a_time_column_are_left_out_without_a_problem_for_each(read):
    rows = "".join(f",{'TC'[i % 2]}:,word {i}\n" for i in range(30))
    content = f"timestamp,speaker,words\n[00:01] it begins here,T:,hi\n{rows}"
    result = read(content, "a.csv")
    assert len(result.sessions[0]) == 31
    assert len(result.problems) == 1
    assert sum(each.words for each in result.files[0].left_out.values()) == 3


def test_rows_without_a_speaker_are_kept_and_reported(read):
    result = read("speaker,text\nT,hi\n,(They laugh.)\nC,ho\n", "a.csv")
    assert [(u.speaker, u.role) for u in result.sessions[0].utterances][1] == ("", U)
    assert "utterances without a speaker: 1" in result.problems[0].message


def test_a_table_in_markdown(turns):
    content = "| Speaker | Text |\n| --- | :-: |\n| T | hi |\n| C | -- |\n"
    assert turns(content, "a.md") == [("T", "hi"), ("C", "--")]


def test_numbers_are_no_words(read):
    with pytest.raises(ReadError, match="column 2 was taken as the words, but it has only numbers"):
        read("speaker,line,said so\n" + "T,1,hi\nC,2,ho\n" * 2, "a.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["T", "C", ""]),
            st.sampled_from(["Oh.", "I see it, <b>too</b>.", "so &amp; so", "one two", ""]),
            st.sampled_from(["1", "2"]),
            st.sampled_from(["A", "B"]),
        ),
        min_size=1,
        max_size=9,
    )
)
def test_every_word_is_in_an_utterance_or_left_out(tmp_path, rows):
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("speaker", "text", "utterance_id", "annotator"), *rows])
    result = read_file(path)
    spoken = sum(u.words for session in result.sessions for u in session.utterances)
    out = result.files[0].left_out
    again = sum(each.words for kind, each in out.items() if kind is NotTalk.AGAIN)
    words = [html.unescape(re.sub("<.*?>", "", text)) for _, text, *_ in rows]
    assert spoken + again == sum(map(count_words, words))


def test_rows_whose_words_carry_the_speaker_keep_their_times(read):
    content = (
        "start (ms)\tend (ms)\ttext\n0\t2500\tT: How?\n2600\t4000\tC: Badly.\n4100\t5000\tT: Oh.\n"
    )
    (session,) = read(content, "s.tsv").sessions
    assert [(u.speaker, u.text, u.start, u.end) for u in session.utterances] == [
        ("T", "How?", 0.0, 2.5),
        ("C", "Badly.", 2.6, 4.0),
        ("T", "Oh.", 4.1, 5.0),
    ]


def test_a_column_called_text_may_have_only_numbers(turns):
    assert turns("speaker,text\nT,1\nC,2\nT,3\nC,4\n", "a.csv")[0] == ("T", "1")
