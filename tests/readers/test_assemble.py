import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.readers.assemble import assemble
from tsd.readers.records import ProblemLog, Record
from tsd.readers.source import Source
from tsd.schema import Label, Role
from tsd.settings import Reading

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741


def put_together(*rows, labels_needed=False, cues=False, **options):
    """Assemble rows of (speaker, text, {field: value}); return sessions and problems."""
    log = ProblemLog("data/file.csv")
    records = [
        Record(text, speaker, number, dict(*more))
        for number, (speaker, text, *more) in enumerate(rows, 2)
    ]
    source = Source("data/file.csv", b"")
    sessions, _ = assemble(
        records, source, Reading(**options), log, labels_needed=labels_needed, cues=cues
    )
    problems = [(p.severity.value, p.line, p.message) for p in log.problems]
    return sessions, problems


def one(*rows, **options):
    (session,), problems = put_together(*rows, **options)
    return session, problems


# grouping


def test_rows_without_a_session_id_are_one_session_named_after_the_file():
    session, problems = one(("T", "a"), ("C", "b"))
    assert (session.session_id, session.source, len(session)) == ("file", "data/file.csv", 2)
    assert problems == []


def test_rows_are_grouped_by_session_in_the_order_in_which_sessions_begin():
    rows = [
        (speaker, text, {"session_id": s})
        for speaker, text, s in [("T", "a", "2"), ("T", "b", "1"), ("C", "c", "2"), ("C", "d", "1")]
    ]
    sessions, _ = put_together(*rows)
    assert [(s.session_id, [u.text for u in s.utterances]) for s in sessions] == [
        ("2", ["a", "c"]),
        ("1", ["b", "d"]),
    ]


def test_spaces_around_a_session_id_do_not_make_another_session():
    sessions, _ = put_together(("T", "a", {"session_id": "1"}), ("C", "b", {"session_id": " 1 "}))
    assert [s.session_id for s in sessions] == ["1"]


def test_the_setting_is_the_first_that_is_given():
    rows = [("T", "a", {"setting": ""}), ("C", "b", {"setting": " ward "}), ("T", "c", {})]
    assert one(*rows)[0].setting == "ward"
    assert one(("T", "a"))[0].setting == ""


def test_utterances_without_an_id_get_their_position():
    session, _ = one(("T", "a"), ("C", "b"))
    assert [u.utterance_id for u in session.utterances] == ["0", "1"]


def test_utterances_keep_the_ids_of_the_source():
    session, _ = one(("T", "a", {"utterance_id": " 17 "}), ("C", "b", {"utterance_id": "x"}))
    assert [u.utterance_id for u in session.utterances] == ["17", "x"]


def test_utterances_know_their_line():
    session, _ = one(("T", "a"), ("C", "b"))
    assert [u.line for u in session.utterances] == [2, 3]


def test_an_utterance_without_words_is_left_out_and_noted():
    session, problems = one(("T", "a"), ("C", "  "), ("C", "b"))
    assert [u.text for u in session.utterances] == ["a", "b"]
    assert problems == [("note", 3, "an utterance without words is left out.")]


def test_a_session_without_any_words_is_left_out():
    sessions, _ = put_together(("T", " "), ("C", ""))
    assert sessions == []


def test_no_rows_give_no_sessions():
    assert put_together() == ([], [])


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["T", "C", "Anna"]),
        st.text(max_size=5),
        st.fixed_dictionaries({"session_id": st.sampled_from(["", "1", "2", " 2"])}),
    )
)


@given(ROWS)
def test_grouping_loses_and_invents_no_utterance_and_keeps_the_order(rows):
    sessions, _ = put_together(*rows)
    for session in sessions:
        assert [u.text for u in session.utterances] == [
            re.sub(r"\r\n?", "\n", text).strip()
            for _, text, more in rows
            if text.strip() and (more["session_id"].strip() or "file") == session.session_id
        ]
    assert sum(map(len, sessions)) == sum(bool(text.strip()) for _, text, _ in rows)
    assert len({s.session_id for s in sessions}) == len(sessions)


# roles


def test_each_session_has_its_own_roles():
    sessions, _ = put_together(
        ("Client", "a", {"session_id": "1"}),
        ("Kim", "b", {"session_id": "1"}),
        ("Therapist", "c", {"session_id": "2"}),
        ("Kim", "d", {"session_id": "2"}),
    )
    assert [[u.role for u in s.utterances] for s in sessions] == [[C, T], [T, C]]


def test_elimination_is_noted():
    _, problems = one(("Dr. Weiss", "a"), ("Anna", "b"))
    assert problems == [
        (
            "note",
            None,
            "roles assumed by elimination: 'Anna' as client. If one is wrong, correct it with "
            "--therapist or --client.",
        )
    ]


def test_a_session_without_a_therapist_is_an_error_that_counts_the_speakers():
    session, problems = one(("SPEAKER_00", "a"), ("SPEAKER_01", "b"), ("SPEAKER_00", "c"))
    assert [u.role for u in session.utterances] == [U, U, U]
    assert problems == [
        (
            "error",
            None,
            "no speaker could be recognized as the therapist; the speakers are 'SPEAKER_00' (2), "
            "'SPEAKER_01' (1). Name the therapist with --therapist NAME, or say who is who in a "
            "table: --roles roles.csv (columns file, speaker, role).",
        )
    ]


def test_the_numbers_of_the_speakers_are_those_of_the_utterances():
    pieces = [("A", "a", {"start": "0", "end": "1"}), ("A", "b", {"start": "1", "end": "2"})]
    _, problems = one(*pieces, ("", "c"), cues=True)
    (message,) = (message for severity, _, message in problems if severity == "error")
    assert message == (
        "no speaker could be recognized as the therapist; the speakers are 'A' (1), nobody (1). "
        "Name the therapist with --therapist NAME, or say who is who in a table: --roles roles.csv "
        "(columns file, speaker, role). If somebody else speaks, too, have the transcript made "
        "with speaker labels (diarization)."
    )


def test_a_speaker_of_unknown_role_is_a_warning():
    _, problems = one(("T", "a"), ("C", "b"), ("Anna", "c"))
    assert problems == [
        (
            "warning",
            None,
            "role unknown: 'Anna'. Their words count for neither side. Give the role with "
            "--therapist NAME, --client NAME or --roles roles.csv.",
        )
    ]


def test_names_given_by_the_user_decide_the_roles_without_a_message():
    session, problems = one(
        ("SPEAKER_00", "a"), ("SPEAKER_01", "b"), therapist=("SPEAKER_01",), client=("SPEAKER_00",)
    )
    assert [u.role for u in session.utterances] == [C, T]
    assert problems == []


@pytest.mark.parametrize("word", ["therapist", " Therapist ", "COUNSELOR", "T"])
def test_a_role_column_shows_the_role(word):
    session, problems = one(("Anna", "a", {"role": word}), ("Ben", "b", {"role": "client"}))
    assert [u.role for u in session.utterances] == [T, C]
    assert problems == []


def test_a_role_column_needs_one_entry_per_speaker():
    session, _ = one(("Anna", "a"), ("Ben", "b", {"role": "client"}), ("Anna", "c", {"role": "T"}))
    assert [u.role for u in session.utterances] == [T, C, T]


def test_a_word_that_is_not_a_role_is_reported_without_quoting_it():
    session, problems = one(("T", "a", {"role": "zebra"}), ("C", "b", {"role": "client"}))
    assert [u.role for u in session.utterances] == [T, C]
    assert problems == [
        (
            "warning",
            2,
            "the role column has a word that is not a role; expected therapist, client, other, "
            "unknown. The speaker's name is used instead. Correct the word.",
        )
    ]


# times

NOT_A_TIME = (
    "the start time cannot be read: expected seconds or [HH:]MM:SS[.mmm]. It counts as missing. "
    "Correct it. If the cell has words in it, put text with commas in quotation marks."
)


def start_of(text):
    """Return the start time that is read from a text, and the messages about it."""
    session, problems = one(("T", "a", {"start": text}))
    return session.utterances[0].start, [message for *_, message in problems]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("12.25", 12.25),
        ("12,5", 12.5),
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
    assert start_of(text) == (pytest.approx(seconds), [])


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "--", "NA", "n/a", "NaN", "NaT", "None", "null", "[]", "[-]"]
)
def test_a_time_may_be_missing(text):
    assert start_of(text) == (None, [])


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
        "1e999",
        "9" * 400,
        "10 am",
        "2024-01-01",
        "1;02",
        "12 34",
    ],
)
def test_what_is_not_a_time_is_missing_and_reported_without_quoting_it(text):
    assert start_of(text) == (None, [NOT_A_TIME])


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_missing(text):
    seconds, messages = start_of(text)
    if messages and messages[0].startswith("times are dates"):  # seconds since 1970
        messages = []
    assert messages in ([], [NOT_A_TIME])
    assert seconds is None or (seconds >= 0 and not messages)


@given(st.integers(0, 100 * 3600 * 1000 - 1), st.sampled_from(".,"))
def test_a_clock_time_is_read_exactly(milliseconds, point):
    whole, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"
    assert start_of(text)[0] == pytest.approx(milliseconds / 1000, abs=1e-9)


@given(st.integers(0, 999), st.integers(0, 59))
def test_minutes_and_seconds_are_read_exactly(minutes, seconds):
    assert start_of(f"{minutes}:{seconds:02}")[0] == 60 * minutes + seconds


@given(st.floats(0, 1e6), st.sampled_from(["{}", "[{}]", "({})", " {} ", "[ {} ]"]))
def test_seconds_as_python_and_pandas_write_them_are_read_exactly(seconds, around):
    assert start_of(around.format(seconds))[0] == seconds


def test_times_are_read():
    session, problems = one(
        ("T", "a", {"start": "0:01", "end": "0:02.5"}), ("C", "b", {"start": "3"})
    )
    assert [(u.start, u.end) for u in session.utterances] == [(1.0, 2.5), (3.0, None)]
    assert [message for _, _, message in problems] == [
        "no end time in 1 of 2 utterances; talk time is measured from start times only."
    ]


def test_a_time_that_only_some_utterances_have_is_reported():
    session, problems = one(("T", "a", {"start": "soon"}), ("C", "b", {"start": "1"}))
    assert session.utterances[0].start is None
    assert problems == [
        ("warning", 2, NOT_A_TIME),
        (
            "warning",
            None,
            "no start time in 1 of 2 utterances; talk time is estimated from the number of words. "
            "To have it measured, fill in the times.",
        ),
    ]


def test_an_end_before_its_start_is_dropped_and_reported():
    session, problems = one(("T", "a", {"start": "5", "end": "4"}))
    assert (session.utterances[0].start, session.utterances[0].end) == (5.0, None)
    assert problems == [
        (
            "warning",
            2,
            "the utterance ends before it starts. Its end counts as missing. Correct its times.",
        )
    ]


def test_an_end_at_its_start_is_kept():
    session, problems = one(("T", "a", {"start": "5", "end": "5"}))
    assert session.utterances[0].end == 5.0
    assert problems == []


def test_a_session_without_any_times_is_not_reported():
    assert one(("T", "a"), ("C", "b"))[1] == []


def test_start_times_that_go_backward_are_reported_and_the_order_is_kept():
    session, problems = one(("T", "a", {"start": "9"}), ("C", "b", {"start": "3"}))
    assert [u.text for u in session.utterances] == ["a", "b"]
    assert problems == [
        (
            "warning",
            None,
            "start times go backward; the order of the file is kept. Sort the rows if it is wrong.",
        )
    ]


def test_equal_start_times_do_not_go_backward():
    assert one(("T", "a", {"start": "3"}), ("C", "b", {"start": "3"}))[1] == []


def test_times_are_checked_per_session():
    _, problems = put_together(
        ("T", "a", {"session_id": "1", "start": "9"}), ("T", "b", {"session_id": "2", "start": "1"})
    )
    assert problems == []


# labels


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("training", Label.TRAINING),
        ("Similar Challenge", Label.SIMILAR_CHALLENGE),
        (" PERSONAL_DETAILS ", Label.PERSONAL_DETAILS),
        ("none", Label.NONE),
        ("None", Label.NONE),
        ("ambiguous", Label.AMBIGUOUS),
        ("", None),
        ("  ", None),
    ],
)
def test_labels_as_coders_write_them(word, label):
    session, problems = one(("T", "a", {"label": word}))
    assert session.utterances[0].label is label
    assert problems == []


def test_an_unknown_label_is_missing_and_reported_without_quoting_it():
    session, problems = one(("T", "a", {"label": "zebra"}))
    assert session.utterances[0].label is None
    assert problems == [
        (
            "warning",
            2,
            "a label is not one of training, similar_challenge, personal_details, none, ambiguous. "
            "It counts as missing. Correct it.",
        )
    ]


def test_an_unknown_label_is_an_error_if_labels_are_needed():
    _, problems = one(("T", "a", {"label": "zebra"}), labels_needed=True)
    assert [(severity, line) for severity, line, _ in problems] == [("error", 2)]


@pytest.mark.parametrize(
    "also",
    [
        "training;personal_details",
        "training, personal details",
        "training|personal_details;",
        " training ; personal_details ",
    ],
)
def test_further_types_may_be_separated_by_semicolon_comma_or_bar(also):
    session, problems = one(("T", "a", {"label": "similar_challenge", "also": also}))
    assert session.utterances[0].also == (Label.TRAINING, Label.PERSONAL_DETAILS)
    assert problems == []


def test_none_is_not_a_further_type():
    session, _ = one(("T", "a", {"label": "training", "also": "none;ambiguous"}))
    assert session.utterances[0].also == ()


def test_further_types_without_a_label_are_not_used():
    session, _ = one(("T", "a", {"also": "training"}))
    assert (session.utterances[0].label, session.utterances[0].also) == (None, ())


@pytest.mark.parametrize("flags", ["intimate;early", "intimate, early", "intimate|early|"])
def test_flags_may_be_separated_by_semicolon_comma_or_bar(flags):
    session, _ = one(("T", "a", {"flags": flags}))
    assert session.utterances[0].flags == ("intimate", "early")


def test_a_disclosure_on_a_client_is_not_used_and_reported():
    session, problems = one(
        ("T", "a"), ("C", "b", {"label": "training", "also": "personal_details"})
    )
    assert (session.utterances[1].label, session.utterances[1].also) == (None, ())
    assert problems == [
        (
            "warning",
            3,
            "a disclosure is labeled on an utterance that is not the therapist's. The label is not "
            "used. Correct the label or the speaker.",
        )
    ]


def test_none_on_a_client_is_kept_without_a_message():
    session, problems = one(("T", "a"), ("C", "b", {"label": "none"}))
    assert session.utterances[1].label is Label.NONE
    assert problems == []


def test_the_annotator_is_kept():
    assert one(("T", "a", {"annotator": " A1 "}))[0].utterances[0].annotator == "A1"


def test_disclosing_words_are_kept_in_pieces():
    session, problems = one(
        ("T", "I trained. And you? I taught.", {"disclosing": "I trained || I taught."})
    )
    assert session.utterances[0].disclosing == ("I trained", "I taught.")
    assert problems == []


def test_disclosing_words_that_are_not_in_the_text_are_reported_without_quoting_them():
    session, problems = one(("T", "I trained.", {"disclosing": "zebra"}))
    assert session.utterances[0].disclosing == ()
    assert problems == [
        (
            "warning",
            2,
            "the disclosing words are not in the text of the utterance. They are not used. Copy "
            "them from the text.",
        )
    ]


# no words of the transcript


@given(st.text(alphabet="abcdef;,|:= ", max_size=20))
def test_no_field_but_the_speaker_is_ever_quoted_in_a_problem(junk):
    secret = f"qxz{junk}"
    fields = ("start", "end", "label", "also", "flags", "role", "disclosing", "annotator")
    _, problems = put_together(
        ("T", secret, dict.fromkeys(fields, secret)), ("C", "b", {"start": "1"}), ("C", " ")
    )
    assert problems
    assert not any("qxz" in message for _, _, message in problems)


# defects


def test_a_role_column_that_changes_within_a_speaker_is_followed_or_reported():
    session, problems = one(("P07", "a", {"role": "therapist"}), ("P07", "b", {"role": "client"}))
    assert problems or [u.role for u in session.utterances] == [T, C]


def test_a_role_column_with_other_words_is_reported_once_per_session():
    _, problems = one(*[("T", "a", {"role": "zebra"})] * 5)
    assert sum("role column" in message for _, _, message in problems) == 1


def test_a_column_without_a_single_time_is_reported_once_per_session():
    _, problems = one(*[("T", "a", {"start": "2024-01-01 10:00"})] * 5)
    assert len(problems) == 1


@pytest.mark.parametrize("speaker", ["T", "C"])
def test_a_further_type_next_to_none_is_reported_and_not_used(speaker):
    session, problems = one(("T", "x"), (speaker, "a", {"label": "none", "also": "training"}))
    assert session.utterances[1].also == ()
    assert problems


def test_rows_without_a_speaker_are_reported_in_words():
    _, problems = one(("T", "a"), ("C", "b"), ("", "c"))
    assert problems
    assert "''" not in problems[0][2]


def test_rows_without_a_speaker_have_an_unknown_role():
    session, _ = one(("T", "a"), ("", "b"))
    assert session.utterances[1].role is U
