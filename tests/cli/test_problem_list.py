from tsd.cli.problem_list import problem_list
from tsd.schema import Problem, Severity


def listed(*found):
    return list(
        problem_list(
            [
                Problem(text, Severity.WARNING, path, line, session)
                for path, line, session, text in found
            ]
        )
    )


def test_a_message_is_shown_once_with_the_files_that_have_it():
    assert listed(*((f"{name}.csv", None, "", "No times.") for name in "abcde")) == [
        "Warnings:",
        "  a.csv; b.csv; c.csv and 2 more: No times.",
    ]


def test_messages_that_differ_in_names_and_numbers_are_one_kind():
    counts = [
        "2 names (utterances 0, 1)",
        "1 date (utterance 7)",
        "12 names (utterances 1, 3 and 10 more), 1 date (utterance 2)",
        "1 age over 89 (utterance 2)",
    ]
    lines = listed(*((f"{n}.txt", None, "", f"may have {what}.") for n, what in enumerate(counts)))
    assert lines == [
        "Warnings:",
        "  0.txt: may have 2 names (utterances 0, 1).",
        "    Much the same in 1.txt; 2.txt; 3.txt; --json has each.",
    ]


def test_up_to_three_of_a_kind_are_all_shown():
    assert listed(*((f"{n}.txt", None, "", f"role unknown: '{n}'.") for n in range(3))) == [
        "Warnings:",
        *(f"  {n}.txt: role unknown: '{n}'." for n in range(3)),
    ]


def test_messages_with_other_advice_are_shown():
    lines = listed(
        *(("a.txt", None, "", f"no speakers. Ask {who}.") for who in ("A", "B", "C", "D"))
    )
    assert len(lines) == 5


def test_the_session_is_named_unless_the_file_shows_it():
    assert listed(("in/a.csv", 3, "a", "x."), ("in/a.csv", None, "7", "y.")) == [
        "Warnings:",
        "  in/a.csv, line 3: x.",
        "  in/a.csv 7: y.",
    ]


def test_the_worst_come_first():
    found = [Problem("n.", Severity.NOTE), Problem("e.", Severity.ERROR, "b.txt")]
    assert list(problem_list(found)) == ["Errors:", "  b.txt: e.", "Notes:", "  n."]
