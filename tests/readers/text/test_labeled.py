import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tsd.errors import ReadError
from tsd.readers import read_file
from tsd.schema import Role

T, C, U = Role.THERAPIST, Role.CLIENT, Role.UNKNOWN
SECRET = "zebrafinch"


# labels


@pytest.mark.parametrize(
    ("therapist", "client"),
    [
        ("T", "C"),
        ("t", "c"),
        ("T1", "C1"),
        ("Therapist", "Client"),
        ("THERAPIST", "CLIENT"),
        ("therapist", "client"),
        ("Counsellor", "Service user"),
        ("Dr. Weiss", "Patient"),
        ("Dr. O'Neil-Smith", "Pt"),
        ("Therapist 1", "Client 2"),
        ("Therapist_1", "Client_2"),
        ("T.", "C."),
    ],
)
def test_labels_whose_names_show_the_role(read, therapist, client):
    (session,) = read(f"{therapist}: hi there\n{client}: oh\n").sessions
    assert [(u.speaker, u.role, u.text) for u in session.utterances] == [
        (therapist, T, "hi there"),
        (client, C, "oh"),
    ]


@pytest.mark.parametrize("label", ["**T:**", "**T**:", "*T:*", "*T*:"])
def test_bold_and_italic_labels_of_markdown(turns, label):
    assert turns(f"{label} hi\nC: ho\n") == [("T", "hi"), ("C", "ho")]


@pytest.mark.parametrize("before", ["", "  ", "\t", "\u00a0"])
@pytest.mark.parametrize("between", [": ", " : ", ":  ", ":\t", ":\u00a0"])
def test_spaces_around_a_label_do_not_matter(turns, before, between):
    assert turns(f"{before}T{between}hi\nC: ho\n") == [("T", "hi"), ("C", "ho")]


def test_a_label_may_be_alone_on_its_line(turns):
    assert turns("Therapist:\nhi there\n\nClient:\noh\n") == [
        ("Therapist", "hi there"),
        ("Client", "oh"),
    ]


def test_other_names_count_when_used_more_than_once(turns):
    assert turns("Weiss: hi\nAnna: ho\nWeiss: so\nAnna: yes\n", therapist=("Weiss",)) == [
        ("Weiss", "hi"),
        ("Anna", "ho"),
        ("Weiss", "so"),
        ("Anna", "yes"),
    ]


def test_a_name_given_by_the_user_counts_when_used_once(turns):
    assert turns("anna weiss: hi\nben: ho\n", therapist=("Anna Weiss",), client=("BEN",)) == [
        ("anna weiss", "hi"),
        ("ben", "ho"),
    ]


def test_diarised_speakers(read):
    content = "SPEAKER_00: hi\nSPEAKER_01: ho\nSPEAKER_00: so\nSPEAKER_01: yes\n"
    (session,) = read(content, therapist=("SPEAKER_01",)).sessions
    assert [(u.speaker, u.role) for u in session.utterances[:2]] == [
        ("SPEAKER_00", C),
        ("SPEAKER_01", T),
    ]


def test_diarised_speakers_without_names_are_reported(messages):
    content = "SPEAKER_00: hi\nSPEAKER_01: ho\nSPEAKER_00: so\nSPEAKER_01: yes\n"
    assert messages(content) == [
        (
            "error",
            None,
            "no speaker could be recognized as the therapist; the speakers are 'SPEAKER_00' (2), "
            "'SPEAKER_01' (2). Name the therapist with --therapist NAME, or say who is who in a "
            "table: --roles roles.csv (columns file, speaker, role).",
        )
    ]


@pytest.mark.parametrize("marks", ["[]", "<>", "()", "{}", "**", "# ", "@ "])
def test_marks_around_a_label_are_not_part_of_the_name(turns, marks):
    first, last = marks.strip() if len(marks.strip()) > 1 else (marks[0], "")
    content = f"{first}Therapist{last}: hi there\n{first}Client{last}: oh\n"
    assert turns(content) == [("Therapist", "hi there"), ("Client", "oh")]


def test_a_couple(read):
    (session,) = read("Therapist: a\nHusband: b\nWife: c\nHusband: d\n").sessions
    assert [u.role for u in session.utterances] == [T, C, C, C]


def test_names_in_other_scripts(turns):
    content = "Анна: привет\nБорис: да\nАнна: хорошо\nБорис: нет\n"
    assert turns(content, therapist=("Анна",))[0] == ("Анна", "привет")


# what only looks like a label


@pytest.mark.parametrize(
    "line",
    [
        "Well: I never said that",
        "so: what then",
        "at 10:30 I left",
        "10:30 was the time",
        "see http://example.org",
        "the ratio is 3:1",
        "and then he said: no",
        "Date: the third",
        "I kept thinking over and over and over again: why",
        "what: ever",
    ],
)
def test_speech_with_a_colon_continues_the_turn(turns, line):
    content = f"T: So\n{line}\nC: yes\n{line}\n"
    assert turns(content) == [("T", f"So {line}"), ("C", f"yes {line}")]


def test_a_colon_within_a_labeled_line_is_speech(turns):
    assert turns("T: Well: I see. C: no\nC: ho: ho\n") == [
        ("T", "Well: I see. C: no"),
        ("C", "ho: ho"),
    ]


def test_headings_before_the_first_label_are_left_out_and_noted(read):
    result = read("Session 3\nDate: 2020-01-01\nDuration: 50 min\nNotes: none\n\nT: hi\nC: ho\n")
    (session,) = result.sessions
    assert [u.text for u in session.utterances] == ["hi", "ho"]
    assert [(p.severity.value, p.message) for p in result.problems] == [
        ("note", "4 lines before the first speaker label are left out as a heading.")
    ]


def test_one_line_of_heading_is_one_line(messages):
    assert messages("A session\nT: hi\nC: ho\n") == [
        ("note", None, "1 line before the first speaker label is left out as a heading.")
    ]


def test_headings_are_not_speakers_however_often_they_occur(turns):
    content = "Date: x\nTopic: y\nDate: x\nTopic: y\nT: hi\nC: ho\n"
    assert turns(content) == [("T", "hi"), ("C", "ho")]


# wrapped lines


def test_wrapped_lines_are_joined_with_one_space(turns):
    assert turns("T: one\n   two  \n\n\tthree\nC: ho\n") == [("T", "one two three"), ("C", "ho")]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(turns, ends):
    assert turns(ends.join(["T: hi", "there", "C: ho", ""])) == [("T", "hi there"), ("C", "ho")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_do_not_matter(turns, encoding):
    assert turns("T: “café”\r\nC: ho\r\n".encode(encoding)) == [("T", "“café”"), ("C", "ho")]


def test_the_last_line_needs_no_end(turns):
    assert turns("T: hi\nC: ho") == [("T", "hi"), ("C", "ho")]


def test_successive_turns_of_one_speaker_stay_separate(turns):
    assert turns("T: hi\nT: so\nC: ho\n") == [("T", "hi"), ("T", "so"), ("C", "ho")]


def test_an_utterance_has_the_line_of_its_label(read):
    (session,) = read("Heading\n\nT: hi\nthere\n\nC: ho\n").sessions
    assert [u.line for u in session.utterances] == [3, 6]


def test_a_label_without_words_is_left_out_and_noted(read):
    result = read("T: hi\nC:\nT: so\nC: ho\n")
    assert [u.text for u in result.sessions[0].utterances] == ["hi", "so", "ho"]
    assert [(p.line, p.message) for p in result.problems] == [
        (2, "an utterance without words is left out.")
    ]


# times


@pytest.mark.parametrize(
    "label",
    [
        "[00:01:02] T:",
        "(00:01:02) T:",
        "00:01:02 T:",
        "[1:02] T:",
        "1:02 T:",
        "00:01:02 - T:",
        "[00:01:02]T:",
        "[00:01:02] **T:**",
        "T [00:01:02]:",
        "T (00:01:02):",
        "T (1:02) :",
        "[00:01:02] [T]:",
    ],
)
def test_times_before_or_after_a_label(read, label):
    (session,) = read(f"{label} hi\nC: ho\n").sessions
    first = session.utterances[0]
    assert (first.speaker.strip("[]"), first.text, first.start) == ("T", "hi", 62.0)


@pytest.mark.parametrize("time", ["00:01:02.500", "00:01:02,500", "1:02.5"])
def test_times_may_have_fractions(read, time):
    (session,) = read(f"[{time}] T: hi\nC: ho\n").sessions
    assert session.utterances[0].start == 62.5


@pytest.mark.parametrize(
    "head",
    [
        "Dr. Weiss   0:01:02",
        "Dr. Weiss  1:02 ",
        "Dr. Weiss\t00:01:02",
        "Dr. Weiss [00:01:02]",
        "Dr. Weiss (1:02)",
        "Dr. Weiss | 1:02",
        "[Dr. Weiss] 00:01:02",
    ],
)
def test_head_lines_of_zoom_and_otter(read, head):
    content = (
        f"{head}\nHow are you?\nReally?\n\nAnna  1:09\nFine.\n\n{head}\nOk.\n\nAnna  1:20\nYes\n"
    )
    (session,) = read(content).sessions
    assert [(u.speaker.strip("[]"), u.role, u.text) for u in session.utterances] == [
        ("Dr. Weiss", T, "How are you? Really?"),
        ("Anna", C, "Fine."),
        ("Dr. Weiss", T, "Ok."),
        ("Anna", C, "Yes"),
    ]
    assert [u.start for u in session.utterances] == [62.0, 69.0, 62.0, 80.0]


def test_head_lines_of_numbered_speakers(read):
    content = "".join(f"Speaker {n}  0:0{t}\nHi.\n\n" for n, t in [(1, 1), (2, 9), (1, 2), (2, 3)])
    (session,) = read(content, therapist=("Speaker 1",)).sessions
    assert [(u.speaker, u.start) for u in session.utterances[:2]] == [
        ("Speaker 1", 1.0),
        ("Speaker 2", 9.0),
    ]


def test_missing_times_are_reported_once(messages):
    assert messages("[0:01] T: hi\nC: ho\nT: so\n") == [
        (
            "warning",
            None,
            "no start time in 2 of 3 utterances; talk time is estimated from the number of words. "
            "To have it measured, fill in the times.",
        )
    ]


def test_times_that_go_backward_are_reported(messages):
    assert messages("[0:09] T: hi\n[0:01] C: ho\n") == [
        (
            "warning",
            None,
            "start times go backward; the order of the file is kept. Sort the rows if it is wrong.",
        )
    ]


def test_a_time_with_too_many_seconds_is_reported(messages):
    assert messages("[0:99] T: hi\n[1:50] C: ho\n")[0] == (
        "warning",
        1,
        "the start time cannot be read: expected seconds or [HH:]MM:SS[.mmm]. It counts as "
        "missing. Correct it. If the cell has words in it, put text with commas in quotation "
        "marks.",
    )


# nothing to read


@pytest.mark.parametrize(
    "content",
    [
        f"{SECRET} all day long\nand night\n",
        f"Date: {SECRET}\nWell: {SECRET}\n",
        "- so - hi\n",
    ],
)
def test_a_text_without_labels_is_reported_with_what_is_expected(write, content):
    with pytest.raises(ReadError) as caught:
        read_file(write(content))
    assert caught.value.message == (
        "no speaker labels found. Write each turn as 'Therapist: words' or '[00:01:02] C: words'. "
        "If the turns have labels with other names, say who is who with --therapist NAME and "
        "--client NAME. If nothing in the file says who spoke, have the transcript made with "
        "speaker labels (diarization)."
    )


# words are neither lost nor added

# Not like "-0-": alone on its line, that is the number of a page.
WORD = st.text("abcxyzé'-.,?!0", min_size=1, max_size=6).filter(lambda w: not w[1:-1].isdigit())
LINE = st.lists(WORD, min_size=1, max_size=5)
LAYOUT = st.sampled_from(
    [
        "{s}: {w}",
        "[00:00:0{n}] {s}: {w}",
        "{s} (0:0{n}): {w}",
        "{s}:\n{w}",
        "{s}   0:00:0{n}\n{w}",
        "**{s}:** {w}",
        "  {s} :\t{w}",
    ]
)
TURN = st.tuples(
    # One name for the therapist: two could make the first turns look like a heading.
    st.sampled_from(["C", "Dr. Weiss", "Client 1", "Wife"]),
    LAYOUT,
    st.lists(LINE, min_size=1, max_size=4),
    st.sampled_from(["\n", "\n\n", "\n   "]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TURN, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_every_word_comes_back_under_its_speaker(tmp_path, turns, ends):
    assume(len({speaker for speaker, *_ in turns}) > 1)
    content, expected = "", []
    for n, (speaker, layout, lines, between) in enumerate(turns):
        words = between.join(" ".join(line) for line in lines)
        content += layout.format(s=speaker, n=n, w=words) + "\n"
        expected.append((speaker, " ".join(" ".join(line) for line in lines)))
    path = tmp_path / "s.txt"
    path.write_bytes(content.replace("\n", ends).encode())
    (session,) = read_file(path).sessions
    assert [(u.speaker, u.text) for u in session.utterances] == expected


def is_subsequence(inner, outer):
    rest = iter(outer)
    return all(each in rest for each in inner)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text("TCab: .[]()0123*_\n\r-", max_size=80) | st.text(st.characters(exclude_characters="\0"))
)
@example("T: a")
def test_no_words_are_read_that_the_text_does_not_have(tmp_path, junk):
    path = tmp_path / "s.txt"
    path.write_bytes(junk.encode("utf-8", "replace"))
    try:
        (session,) = read_file(path).sessions or [None]
    except ReadError:
        return
    if session is not None:
        words = "".join(word for u in session.utterances for word in u.text.split())
        assert is_subsequence(words, junk.encode("utf-8", "replace").decode())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("abc :", min_size=1, max_size=20), max_size=6))
def test_lines_without_capitals_or_known_names_are_no_labels_if_they_come_once(tmp_path, lines):
    path = tmp_path / "s.txt"
    lines = [f"ab {line} c{n}" for n, line in enumerate(lines)]
    labels = {" ".join(line.partition(":")[0].split()) for line in lines}
    assume(len(labels) == len(lines))
    path.write_text("\n".join(["C: y", "T: x", *lines]))
    (session,) = read_file(path).sessions
    assert session.utterances[1].text.split() == " ".join(["x", *lines]).split()


# no words of the transcript in messages

LEAKS = [
    f"A {SECRET}\nT: {SECRET}\nC:\n",
    f"[0:99] T: {SECRET}\n[0:01] C: {SECRET}\n",
    f"A: {SECRET}\nB: {SECRET}\nA: {SECRET}\nB: {SECRET}\n",
    f"T: {SECRET}\nC: {SECRET}\nAnna: {SECRET}\nAnna: {SECRET}\n",
    f"Dr. Weiss: {SECRET}\nAnna: {SECRET}\nAnna: {SECRET}\n",
    f"T: {SECRET} é\nC: ho\n".encode("cp1252"),
]


@pytest.mark.parametrize("content", LEAKS)
def test_no_message_holds_words_of_the_transcript(messages, content):
    found = messages(content)
    assert found
    assert not any(SECRET in message for *_, message in found)


# defects


@pytest.mark.parametrize(
    ("label", "start"), [("Therapist 10:12:", 612.0), ("Therapist 00:01:02:", 62.0)]
)
def test_a_time_without_brackets_after_a_label(read, label, start):
    (session,) = read(f"{label} hi\nClient: ho\n").sessions
    assert (session.utterances[0].speaker, session.utterances[0].start) == ("Therapist", start)


@pytest.mark.parametrize(
    "line",
    ["T:and you?", "T (laughs): and you?", "T [crying]: and you?", "- T: and you?"],
)
def test_a_label_written_a_little_differently_is_read_or_reported(read, line):
    result = read(f"T: hi\nC: ho\n{line}\nC: fine\n")
    assert result.problems or len(result.sessions[0].utterances) == 4


@pytest.mark.parametrize(
    "content",
    [
        "Dr. Weiss: How are you?\nAnna: Fine.\n",
        "T: hi\nAnna (client): hello\nT: so\nAnna (client): yes\n",
    ],
)
def test_a_text_with_one_side_only_is_reported(read, content):
    result = read(content)
    assert {u.role for u in result.sessions[0].utterances} == {T, C}


@pytest.mark.parametrize("line", ["Doctor said: take them.", "Nurse came in and said: no."])
def test_speech_that_begins_with_a_title_is_not_a_label(turns, line):
    assert turns(f"T: hi\nC: I went.\n{line}\n") == [("T", "hi"), ("C", f"I went. {line}")]


@pytest.mark.parametrize("line", ["partner: he left", "all: I was alone", "mother: she cried"])
def test_a_word_in_lower_case_on_a_wrapped_line_is_not_a_label_if_labels_are_capitals(turns, line):
    assert turns(f"T: hi\nC: it was about my\n{line}\n") == [
        ("T", "hi"),
        ("C", f"it was about my {line}"),
    ]


@pytest.mark.parametrize("line", ["I told him: no.", "It was simple: no.", "He goes: no."])
def test_repeated_speech_before_a_colon_is_not_a_speaker(turns, line):
    content = f"T: hi\nC: so\n{line}\nT: and\nC: then\n{line}\n"
    assert turns(content) == [("T", "hi"), ("C", f"so {line}"), ("T", "and"), ("C", f"then {line}")]


@pytest.mark.parametrize(
    "content",
    [
        "[00:00:01]\nT: hi\n[00:00:05]\nC: ho\n",
        "T: [00:00:01] hi\nC: [00:00:05] ho\n",
        "1\n00:00:01,000 --> 00:00:02,000\nT: hi\n\n2\n00:00:05,000 --> 00:00:07,000\nC: ho\n",
    ],
)
def test_times_on_separate_lines_are_not_words(turns, content):
    assert turns(content) == [("T", "hi"), ("C", "ho")]


def test_a_long_session_in_minutes_and_seconds(turns):
    assert turns("[99:58] T: hi\n[100:02] C: ho\n") == [("T", "hi"), ("C", "ho")]


def test_a_heading_that_names_therapist_and_client_is_not_speech(turns):
    content = "Therapist: Jane Doe\nClient: 0423\nDate: 2020\n\nT: hi\nC: ho\nT: so\nC: yes\n"
    assert turns(content)[0] == ("T", "hi")


def test_a_heading_after_the_last_words_is_not_speech(turns):
    assert turns("T: hi\nC: ho\n\nEnd time: 10:50\n")[-1] == ("C", "ho")


def test_bold_labels_with_underscores(turns):
    assert turns("__T__: hi\n_C_: ho\n") == [("T", "hi"), ("C", "ho")]


def test_bold_labels_with_a_space_before_the_closing_stars(turns):
    assert turns("**T: ** hi\n**C: ** ho\n") == [("T", "hi"), ("C", "ho")]


def test_a_dash_between_name_and_time_is_not_part_of_the_name(turns):
    content = "Weiss - 1:02\nhi\nAnna - 1:03\nho\nWeiss - 1:04\nso\nAnna - 1:05\nyes\n"
    assert turns(content, therapist=("Weiss",))[:2] == [("Weiss", "hi"), ("Anna", "ho")]


def test_labels_in_small_letters_that_come_again_are_speakers(turns):
    assert turns("t: hi\nanna: hello\nt: so\nanna: yes\n") == [
        ("t", "hi"),
        ("anna", "hello"),
        ("t", "so"),
        ("anna", "yes"),
    ]


def test_one_speaker_alone_is_read(turns):
    assert turns("T: hi\nT: so\n") == [("T", "hi"), ("T", "so")]


@pytest.mark.parametrize(
    "line",
    ["[THERAPIST] hi", "(T) hi", "T\thi", "THERAPIST - hi", "1 T: hi", "Anna (therapist): hi"],
)
def test_labels_without_a_colon_where_they_name_a_role(read, line):
    first, *_ = read(f"{line}\nClient: ho\n").sessions[0].utterances
    assert (first.role, first.text) == (T, "hi")


def test_lines_that_may_begin_a_turn_are_reported(read):
    (problem,) = read("T: hi\nC: ho\nPaula: hello\n").problems
    assert problem.message.startswith("1 line may begin a turn, but the name before the words does")
    assert "(line 3)" in problem.message


# what is recognized whatever the file is called


@pytest.mark.parametrize(
    "content",
    [
        "T: hi\nC: ho\n",
        "Mara: hi\nJoe: ho\nMara: so\nJoe: no\n",
        "Mara   0:03\nhi\n\nJoe   0:05\nho\n\nMara   0:08\nso\n\nJoe   0:09\nno\n",
        "[Mara] hi\n[Joe] ho\n[Mara] so\n[Joe] no\n",
        "a\t00:01.0\t00:02.0\thi\nb\t00:03.0\t00:04.0\tho\na\t00:05.0\t00:06.0\tso\nb\t00:08.0\t00:09.0\tx\n",
    ],
)
@pytest.mark.parametrize("name", ["s.log", "s", "s.md", "s.text"])
def test_a_layout_is_recognized_under_any_name(turns, content, name):
    assert len(turns(content, name)) in (2, 4)


@pytest.mark.parametrize(
    "content",
    [
        "Some words\nand more\nNote: this\nT: hi\n",
        "name: demo\nversion: 1\nname: other\nversion: 2\n",
        "<p>Mara: hi</p>\n<p>Joe: ho</p>\n<p>Mara: hi</p>\n<p>Joe: ho</p>\n",
        '{"Mara": "hi",\n"Joe": "ho",\n"Mara": "so",\n"Joe": "no"}\n',
        "T\thi\nC\tho\nT\tso\nC\tno\n",
        "just words\n\nand words\n\njust words\n",
    ],
)
def test_other_text_is_not_recognized(read, content):
    with pytest.raises(ReadError, match="are not read, and the content is not a known"):
        read(content, "s.log")


def test_initials_that_are_words_in_lower_case_are_speakers(turns):
    text = "[00:01] CC: hi\n[00:04] SO: ho\n[00:06] CC: so\n[00:09] SO: then\n"
    assert [name for name, _ in turns(text)] == ["CC", "SO", "CC", "SO"]


def test_in_talk_in_capitals_a_word_before_a_colon_is_no_speaker(turns):
    text = "T: HI\nC: HO\nSO: I WENT.\nSO: I RAN.\nT: AND?\n"
    assert [name for name, _ in turns(text)] == ["T", "C", "T"]


def test_tags_of_web_pages_are_no_words(turns):
    content = "<b>T:</b> How<br>\n<b>C:</b> Bad.<br/>Very &amp; <i>so</i>.<br>\nT: Oh.<br>\n"
    assert turns(content) == [("T", "How"), ("C", "Bad. Very & so."), ("T", "Oh.")]


def test_paragraphs_of_a_web_page_on_one_line(turns):
    content = (
        "<html><body><p><b>Ann:</b> How?</p><p><b>Ben:</b> Bad.</p><p>Ann: Oh.</p></body></html>"
    )
    assert turns(content, therapist=("Ann",)) == [("Ann", "How?"), ("Ben", "Bad."), ("Ann", "Oh.")]


def test_speakers_in_angle_brackets_are_no_tags(turns):
    assert turns("<I> How?\n<P> Bad.\n<I> Oh.\n<P> Yes.\n") == [
        ("I", "How?"),
        ("P", "Bad."),
        ("I", "Oh."),
        ("P", "Yes."),
    ]


def test_comments_between_the_turns_are_left_out_and_reported(read):
    result = read("T: How?\nC: Bad.\nComment: She looks away.\nT: I had that.\nC: Oh.\n")
    assert [u.text for u in result.sessions[0].utterances] == ["How?", "Bad.", "I had that.", "Oh."]
    assert [p.message for p in result.problems] == [
        "1 line with a comment on the talk, such as 'Comment: ...', is left out (line 3). If "
        "somebody says the words, delete the word before the colon."
    ]


def test_a_label_that_comes_once_beside_others_is_reported(read):
    content = "Therapist: How?\nClient: Bad.\nReality: it rains.\nTherapist: Oh.\nClient: Yes.\n"
    messages = [p.message for p in read(content).problems]
    assert messages[0] == (
        "1 label comes only once (line 3) and is taken as a speaker. If one is the beginning of a "
        "sentence, put its line at the end of the line before. If it is a speaker, give the name "
        "with --therapist or --client."
    )
    assert read(content, client=("Client", "Reality")).problems == []
    joined = content.replace("\nReality", " Reality")
    assert read(joined).problems == []


def test_full_names_above_their_initials_are_speakers(turns):
    content = (
        "Interview\n\nSam Poe: I am Sam.\nRuth Hale: Yes.\nSP: So?\nRH: Yes.\nSP: Oh.\nRH: No.\n"
    )
    assert [name for name, _ in turns(content)] == [
        "Sam Poe",
        "Ruth Hale",
        "SP",
        "RH",
        "SP",
        "RH",
    ]
