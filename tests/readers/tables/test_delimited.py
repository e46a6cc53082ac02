import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import ReadError
from tsd.files import guard, unguard
from tsd.measure.tables import UTTERANCES
from tsd.readers import read_file
from tsd.schema import Label, Role

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


def test_a_row_with_an_unquoted_comma_is_left_out_and_reported(read):
    result = read("speaker,text\nT,zebra, then\nT,hi\nC,ho\n", "a.csv")
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
        read_file(write("person,said\nT,zebra\n", "a.csv"))
    assert caught.value.message == (
        "no column for the words (such as 'text', 'utterance_text', 'utterance') or the speaker "
        "(such as 'speaker', 'speaker_id', 'speaker_name', 'interlocutor'); the columns "
        "are 'person', 'said'. Rename a column."
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


# JSON Lines


def jsonl(*objects):
    return "".join(json.dumps(each) + "\n" for each in objects)


def test_one_object_per_utterance(read):
    (session,) = read(
        jsonl(
            {"session_id": "s", "speaker": "T", "text": "hi", "start": 1, "end": 2.5},
            {"session_id": "s", "speaker": "C", "text": "ho", "start": None},
        ),
        "a.jsonl",
    ).sessions
    assert [(u.text, u.start, u.end) for u in session.utterances] == [
        ("hi", 1.0, 2.5),
        ("ho", None, None),
    ]


def test_ndjson_is_the_same(turns):
    assert turns(jsonl({"speaker": "T", "text": "hi"}, {"speaker": "C", "text": "ho"}), "a.ndjson")


@pytest.mark.parametrize("key", ["utterances", "turns", "dialogue", "messages", "segments"])
def test_one_object_per_session(read, key):
    result = read(
        jsonl(
            {
                "session_id": "s1",
                key: [{"speaker": "T", "text": "a"}, {"speaker": "C", "text": "b"}],
            },
            {
                "session_id": "s2",
                key: [{"speaker": "C", "text": "c"}, {"speaker": "T", "text": "d"}],
            },
        ),
        "a.jsonl",
    )
    assert [(s.session_id, [u.text for u in s.utterances]) for s in result.sessions] == [
        ("s1", ["a", "b"]),
        ("s2", ["c", "d"]),
    ]
    assert result.problems == []


def test_a_field_of_an_utterance_overrides_that_of_its_session(read):
    (session,) = read(
        jsonl(
            {"speaker": "C", "session": 1, "turns": [{"speaker": "T", "text": "a"}, {"text": "b"}]}
        ),
        "a.jsonl",
    ).sessions
    assert [u.speaker for u in session.utterances] == ["T", "C"]


def test_speakers_0_and_1_are_names(read):
    (session,) = read(
        jsonl({"speaker": 0, "text": "hi"}, {"speaker": 1, "text": "ho"}),
        "a.jsonl",
        therapist=("0",),
    ).sessions
    assert [(u.speaker, u.role) for u in session.utterances] == [("0", T), ("1", C)]


def test_columns_may_differ_from_line_to_line(turns):
    content = jsonl({"speaker": "T", "text": "hi"}, {"who": "C", "utterance": "ho", "time": 3})
    assert turns(content, "a.jsonl") == [("T", "hi"), ("C", "ho")]


def test_a_line_that_is_not_json_is_left_out_and_reported(read):
    result = read('{"speaker": "T", "text": "hi"}\n{"speaker": "C", "text": zebra}\n', "a.jsonl")
    assert [(p.severity.value, p.line, p.message) for p in result.problems] == [
        (
            "error",
            2,
            "is not valid JSON; the line is left out. Expected one object per line.",
        )
    ]
    assert [u.text for u in result.sessions[0].utterances] == ["hi"]


@pytest.mark.parametrize("line", ["[1]", '"zebra"', "3", "null", "[" * 100_000])
def test_a_line_that_is_not_an_object_is_left_out_and_reported(messages, line):
    ((severity, number, message),) = messages(
        f'{{"speaker": "T", "text": "hi"}}\n{line}\n', "a.jsonl"
    )
    assert (severity, number) == ("error", 2)
    assert message.endswith("the line is left out. Expected one object per line.")
    assert "zebra" not in message


def test_blank_lines_between_objects_are_ignored(read):
    (session,) = read(
        '\n{"speaker": "T", "text": "hi"}\n\n{"speaker": "C", "text": "ho"}\n', "a.jsonl"
    ).sessions
    assert lines_of(session) == [2, 4]


def test_an_object_without_words_among_others_is_left_out_and_reported(messages):
    content = jsonl(
        {"speaker": "T", "text": "hi"}, {"event": "pause"}, {"speaker": "C", "text": "ho"}
    )
    ((severity, line, message),) = messages(content, "a.jsonl")
    assert (severity, line) == ("error", 2)
    assert message.startswith("no column for the words")


def test_labels_and_flags_may_be_lists(read):
    (session,) = read(
        jsonl(
            {
                "speaker": "T",
                "text": "hi",
                "label": "training",
                "also": ["personal_details"],
                "flags": ["a", "b"],
            }
        ),
        "a.jsonl",
    ).sessions
    assert session.utterances[0].also == (Label.PERSONAL_DETAILS,)
    assert session.utterances[0].flags == ("a", "b")


def test_a_pretty_printed_file_is_not_json_lines(messages):
    found = messages(json.dumps([{"speaker": "T", "text": "zebra"}], indent=1), "a.jsonl")
    assert found[-1] == (
        "error",
        None,
        "has no utterances. Expected words and their speaker in each row or turn.",
    )
    assert not any("zebra" in message for *_, message in found)


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
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
@given(st.lists(st.tuples(st.sampled_from("TC"), SPOKEN), min_size=1, max_size=5))
def test_what_python_writes_as_json_lines_we_read(tmp_path, pairs):
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(*({"speaker": s, "text": t} for s, t in pairs)))
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
        ("a.csv", f"T,How is the {SECRET}\nC,fine\n"),
        ("a.tsv", f"T\tHow is the {SECRET}\nC\tfine\n"),
        ("a.jsonl", json.dumps({"T": "hi", f"How is the {SECRET}": 1})),
    ],
)
def test_a_table_without_a_header_is_refused_without_showing_its_first_row(write, name, content):
    with pytest.raises(ReadError) as caught:
        read_file(write(content, name))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("key", ["id", "file", "name"])
def test_objects_that_each_hold_a_session_are_separate_sessions(read, key):
    content = jsonl(
        {key: "s1", "turns": [{"speaker": "T", "text": "a"}, {"speaker": "C", "text": "b"}]},
        {key: "s2", "turns": [{"speaker": "T", "text": "c"}, {"speaker": "C", "text": "d"}]},
    )
    assert [len(s) for s in read(content, "a.jsonl").sessions] == [2, 2]


def test_objects_that_each_hold_a_session_without_an_id_are_not_merged(read):
    turn = [{"speaker": "T", "text": "a"}, {"speaker": "C", "text": "b"}]
    result = read(jsonl({"turns": turn}, {"turns": turn}), "a.jsonl")
    assert len(result.sessions) == 2


def test_a_column_with_the_case_does_not_hide_the_role_column(read):
    (session,) = read("participant,role,text\nP07,therapist,hi\nP07,client,ho\n", "a.csv").sessions
    assert [u.role for u in session.utterances] == [T, C]


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_characters_that_json_allows_in_a_text_do_not_split_a_line(turns, character):
    content = f'{{"speaker": "T", "text": "a{character}b"}}\n{{"speaker": "C", "text": "d"}}\n'
    assert turns(content, "a.jsonl") == [("T", f"a{character}b"), ("C", "d")]


def test_an_endless_number_in_json_is_reported(messages):
    assert messages(f'{{"speaker": "T", "text": "hi"}}\n{{"id": {"1" * 5000}}}\n', "a.jsonl")


def test_half_a_character_in_json_can_be_written_again(turns):
    ((_, text), *_) = turns('{"speaker": "T", "text": "a \\ud83d b"}\n', "a.jsonl")
    assert text.encode()


def test_an_object_instead_of_words_is_not_read_as_words(read):
    lines = '{"speaker": "T", "text": "ho"}\n{"speaker": "T", "text": {"content": "hi"}}\n'
    result = read(lines, "a.jsonl")
    assert "the words are a JSON object; expected text in quotation marks." in [
        p.message for p in result.problems
    ]
    assert not any("{" in u.text for s in result.sessions for u in s.utterances)


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
