import pytest

from tsd.readers.annotators import one_row_each
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record


def merged(*rows):
    """Merge rows of (text, {field: value}), all by T; return them, the messages and the log."""
    log = ProblemLog("a.csv")
    records = [Record(text, "T", line, fields) for line, (text, fields) in enumerate(rows, 2)]
    found = one_row_each(records, log, "s")
    return found, [(p.severity.value, p.line, p.message) for p in log.problems], log


def coded(text, number, annotator, **fields):
    return text, {"utterance_id": str(number), "annotator": annotator, **fields}


def test_rows_of_several_coders_are_one_utterance_with_all_their_names():
    rows = [coded(text, n, a) for n, text in enumerate(("Hi.", "Yes.", "Yes.")) for a in "ABC"]
    found, problems, log = merged(*rows)
    assert [(r.text, r.get("annotator"), r.line) for r in found] == [
        ("Hi.", "A, B, C", 2),
        ("Yes.", "A, B, C", 5),
        ("Yes.", "A, B, C", 8),
    ]
    assert problems == [
        (
            "note",
            None,
            "6 of 9 rows repeat an utterance for another coder; each utterance is counted once, "
            "with the names of its coders.",
        )
    ]
    assert log.left_out[NotTalk.AGAIN].words == 6


def test_rows_in_blocks_of_one_coder_are_put_together_by_their_ids():
    found, *_ = merged(
        *[coded(text, n, a) for a in "AB" for n, text in enumerate(("One.", "Two."))]
    )
    assert [(r.text, r.get("annotator")) for r in found] == [("One.", "A, B"), ("Two.", "A, B")]


def test_a_coder_may_have_coded_some_utterances_only():
    found, *_ = merged(coded("a", 0, "A"), coded("b", 1, "A"), coded("b", 1, "B"))
    assert [r.get("annotator") for r in found] == ["A", "A, B"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("training", "training"), "training"),
        (("training", ""), "training"),
        (("training", "none"), "ambiguous"),
        (("Training ", "training"), "Training "),
        (("", ""), ""),
        (("none", "training", "training"), "ambiguous"),
    ],
)
def test_labels_that_differ_are_ambiguous(labels, expected):
    rows = [coded("I trained.", 0, str(i), label=label) for i, label in enumerate(labels)]
    (row,), problems, _ = merged(*rows)
    assert row.get("label") == expected
    assert (" 1 with different labels is labeled ambiguous." in problems[0][2]) == (
        expected == "ambiguous"
    )


def test_further_types_flags_and_words_are_those_that_all_who_labeled_it_gave():
    (row,), *_ = merged(
        coded("x y", 0, "A", label="training", also="none;training", flags="a,b", disclosing="x"),
        coded("x y", 0, "B", label="training", also="training", flags="b", disclosing="x || y"),
        coded("x y", 0, "C"),
    )
    assert [row.get(name) for name in ("also", "flags", "disclosing")] == ["training", "b", "x"]


def test_further_types_of_an_ambiguous_utterance_are_not_used():
    (row,), *_ = merged(
        coded("x", 0, "A", label="training", also="personal_details"),
        coded("x", 0, "B", label="none", also="personal_details"),
    )
    assert row.get("also") == ""


@pytest.mark.parametrize("changed", [{"utterance_id": "1"}, {"start": "5"}])
def test_rows_that_differ_are_several_utterances(changed):
    row = {"utterance_id": "0", "annotator": "A", "start": "3"}
    found, problems, _ = merged(("Yes.", row), ("Yes.", {**row, "annotator": "B", **changed}))
    assert (len(found), problems) == (2, [])


def test_the_same_words_with_the_same_id_by_nobody_are_a_copy_that_is_reported():
    row = {"utterance_id": "4", "start": "1"}
    found, problems, _ = merged(("Yes.", row), ("Yes.", row), ("No.", row))
    assert [r.text for r in found] == ["Yes.", "No."]
    assert problems == [
        (
            "warning",
            3,
            "1 row repeats another: same utterance id, words, speaker and time. Each utterance is "
            "counted once. If they were said again, give them ids of their own.",
        )
    ]


def test_the_same_words_without_an_id_are_said_again():
    found, problems, _ = merged(("Yes.", {}), ("Yes.", {}))
    assert (len(found), problems) == (2, [])


@pytest.mark.parametrize("order", ["by utterance", "by coder"])
def test_without_ids_the_order_shows_which_rows_are_the_same(order):
    texts = ("How are you today?", "Yes.", "I see what you mean.", "Yes.")
    pairs = (
        [(t, a) for t in texts for a in "AB"]
        if order == "by utterance"
        else [(t, a) for a in "AB" for t in texts]
    )
    found, *_ = merged(*[(text, {"annotator": a}) for text, a in pairs])
    assert [(r.text, r.get("annotator")) for r in found] == [(t, "A, B") for t in texts]


def test_coders_who_each_coded_their_own_part_have_no_copies():
    rows = [("Yes.", {"annotator": "A"}), ("I see it all.", {"annotator": "A"})]
    rows += [("Yes.", {"annotator": "B"}), ("We met on the last day.", {"annotator": "B"})]
    found, problems, _ = merged(*rows)
    assert (len(found), problems) == (4, [])


def test_what_cannot_be_decided_is_an_error_and_all_rows_stay():
    words = "I told you that this would be long."
    rows = [("Yes.", {"annotator": "A"}), (words, {"annotator": "A"}), ("So.", {"annotator": "A"})]
    rows += [(words, {"annotator": "B"}), ("So.", {"annotator": "B"})]
    found, problems, _ = merged(*rows)
    assert len(found) == 5
    assert problems == [
        (
            "error",
            None,
            "has rows of 2 coders with the same words, but no ids show which rows are the same "
            "utterance; all rows are counted. Add a column 'utterance_id'.",
        )
    ]


def test_a_published_corpus_with_a_row_per_coder_is_read_once(read):
    header = "transcript_id,utterance_id,interlocutor,timestamp,utterance_text,annotator_id\n"
    talk = [("therapist", "00:00:05", "Come in."), ("client", "00:00:09", "Thanks.")]
    rows = [
        f"{session},{n},{who},{when},{text},{coder}\n"
        for session in "12"
        for n, (who, when, text) in enumerate(talk)
        for coder in range(5 if session == "1" else 1)
    ]
    result = read(header + "".join(rows), "a.csv")
    assert [[u.text for u in s.utterances] for s in result.sessions] == [
        ["Come in.", "Thanks."]
    ] * 2
    assert [u.annotator for u in result.sessions[0].utterances] == ["0, 1, 2, 3, 4"] * 2
    assert [(p.session_id, p.severity.value) for p in result.problems] == [("1", "note")]
