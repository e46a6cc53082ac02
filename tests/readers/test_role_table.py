import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.test_role_assignment import talk
from tsd.errors import ReadError
from tsd.readers import read_file
from tsd.readers.role_table import read_role_table
from tsd.schema import Role, Session, Utterance
from tsd.settings import Reading

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741

SESSION = "Anna: Come in.\nBen: Thanks.\nAnna: Sit down.\nBen: Yes.\n"


@pytest.fixture
def table(write):
    """Read a table of roles from text."""
    return lambda content, name="roles.csv": read_role_table(write(content, name))


@pytest.fixture
def roles(write):
    """Read a transcript with a table of roles; return the roles of its speakers, and problems."""

    def _roles(rows, content=SESSION, name="s.txt", **options):
        path = write(rows, "roles.csv")
        found = read_file(write(content, name), Reading(roles=path, **options))
        speakers = {u.speaker: u.role for s in found.sessions for u in s.utterances}
        return speakers, [(p.line, p.message) for p in found.problems]

    return _roles


@pytest.mark.parametrize(
    "rows",
    [
        "speaker,role\nAnna,therapist\nBen,client\n",
        "speaker;role\nanna;Interviewer\nBEN;Klient\n",
        "file,speaker,role\ns.txt,Anna,T\ns,Ben,Patient\n",
        "file,speaker,role\nS.TXT,Anna,T\n,Ben,Patient\n",
        "session_id,speaker,role\ns,Anna,counsellor\ns.txt,Ben,client\n",
        "file,session,speaker,role\ns.txt,s,Anna,therapist\n,,Ben,client\n",
        "File Name,Name,Role\ns,Anna,therapist\ns,Ben,client\n",
    ],
)
def test_a_table_says_who_is_who(roles, rows):
    assert roles(rows) == ({"Anna": T, "Ben": C}, [])


def test_a_row_for_the_session_comes_before_one_for_the_file_and_one_for_all(roles):
    rows = "file,session,speaker,role\n,,Anna,other\ns.txt,,Anna,client\n,s,Anna,therapist\n"
    assert roles(rows)[0] == {"Anna": T, "Ben": C}


def test_the_table_comes_before_options_columns_and_names(roles):
    content = "speaker,role,text\nTherapist,therapist,Hi.\nAnna,client,Hello.\n"
    rows = "speaker,role\nTherapist,client\nAnna,therapist\n"
    assert roles(rows, content, "s.csv", therapist=("Therapist",))[0] == {"Therapist": C, "Anna": T}


def test_a_name_in_the_table_means_its_numbers(roles):
    content = "speaker,text\nC,Hi.\nS0,Hello.\nC0,How are you?\nS1,Bad.\n"
    assert roles("speaker,role\nC,therapist\n", content, "s.csv")[0] == {
        "C": T,
        "S0": C,
        "C0": T,
        "S1": C,
    }


def test_names_in_the_table_are_labels(roles):
    content = "maria's iPad: Come in.\nben k: Thanks.\n"
    rows = "speaker,role\nmaria's iPad,therapist\nben k,client\n"
    assert roles(rows, content)[0] == {"maria's iPad": T, "ben k": C}


def test_a_row_for_another_file_holds_for_that_one_only(roles):
    rows = "file,speaker,role\nx.txt,Anna,client\n,Anna,therapist\n"
    assert roles(rows) == (
        {"Anna": T, "Ben": C},
        [
            (
                None,
                "roles assumed by elimination: 'Ben' as client. If one is wrong, correct it with "
                "--therapist or --client.",
            )
        ],
    )


def test_a_row_for_a_session_without_such_a_speaker_is_a_warning(roles):
    rows = "file,speaker,role\n,Anna,therapist\ns,Ben,client\ns,Cy,other\n"
    assert roles(rows)[1] == [
        (4, "'Cy' is not a speaker there; the speakers are 'Anna', 'Ben'. Correct the name.")
    ]


def test_unmatched_rows_of_a_run(table):
    found = table("file,speaker,role\nx,Anna,client\n,Cy,other\n,Anna,therapist\n")
    session = Session("s", (Utterance("Hi.", "Anna"),), "s.txt")
    assert found.unmatched([session], whole_run=False) == []
    assert [(p.line, p.message) for p in found.unmatched([session], whole_run=True)] == [
        (
            2,
            "no session or file of this name was read, so the row is not used. Expected the name "
            "of a session, or of a file with or without its suffix.",
        ),
        (3, "'Cy' is not a speaker there; the speakers are 'Anna'. Correct the name."),
    ]


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (
            "speaker,role\nAnna,boss\n",
            2,
            "'boss' is not a role; expected therapist, client, other, unknown, or a word such as "
            "Interviewer or Patient. Correct the word.",
        ),
        ("speaker,role\nAnna,\n", 2, "the row has no role. Fill it in, or delete the row."),
        (
            "speaker,role\nBen,client\n,client\n",
            3,
            "the row has no speaker. Fill it in, or delete the row.",
        ),
        (
            "speaker,role\nAnna,client\nanna,therapist\n",
            3,
            "'anna' already has another role, on line 2. Expected one role per speaker and "
            "session. Delete one of the rows, or name the file or the session.",
        ),
        (
            "colour,role\nAnna,client\n",
            None,
            "no column for the speaker (such as 'speaker'). Expected a table with a row per "
            "speaker, and the columns speaker, role and, if needed, file or session; the columns "
            "are 'colour', 'role'. Rename a column.",
        ),
        ("speaker,role\n", None, "has a header but no rows."),
        (
            "speaker,role\nAnna,client,x\n",
            2,
            "the row has 3 fields, but the header has 2; the row is left out. Put text with "
            "commas or quotation marks in quotation marks.",
        ),
    ],
)
def test_a_table_that_cannot_be_used_says_what_to_do(table, rows, line, message):
    with pytest.raises(ReadError) as caught:
        table(rows)
    assert (caught.value.line, caught.value.message) == (line, message)


def test_the_same_role_twice_is_no_contradiction(table):
    (row,) = table("speaker,role\nAnna,client\nanna,Patient\n").rows
    assert (row.line, row.role) == (2, C)


def test_a_speaker_can_be_listed_as_unknown(roles):
    found, _ = roles("speaker,role\nAnna,therapist\nBen,unknown\n")
    assert found == {"Anna": T, "Ben": U}


def workbook(rows):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_is_read(table):
    content = workbook([["Speaker", "Role"], [1, "therapist"], [None, None], ["Ben", "client"]])
    found = table(content, "roles.xlsx")
    assert [(row.line, row.speaker, row.role) for row in found.rows] == [(2, "1", T), (4, "Ben", C)]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"speaker,role\n"])
def test_a_broken_workbook_is_refused(table, content):
    with pytest.raises(ReadError, match=r"Excel"):
        table(content, "roles.xlsx")


def test_an_empty_workbook_is_refused(table):
    with pytest.raises(ReadError, match=r"is empty\."):
        table(workbook([]), "roles.xlsx")


def test_a_guess_from_the_talk_is_corrected_by_the_table(roles):
    content = "".join(f"{name}: {text}\n" for name, text in talk("Speaker 1", "Speaker 2"))
    guessed, problems = roles("speaker,role\nAnna,other\n", content)
    assert guessed == {"Speaker 1": T, "Speaker 2": C}
    assert problems == [
        (
            None,
            "the names do not show the roles, so they are taken from the talk (p > 0.99): "
            "'Speaker 1' as therapist, 'Speaker 2' as client. If that is wrong, correct it with "
            "--therapist NAME, --client NAME or --roles roles.csv.",
        )
    ]
    corrected, problems = roles("speaker,role\nSpeaker 1,client\nSpeaker 2,therapist\n", content)
    assert (corrected, problems) == ({"Speaker 1": C, "Speaker 2": T}, [])


def test_letters_that_the_talk_contradicts_are_a_question(roles):
    content = "".join(f"{name}: {text}\n" for name, text in talk("C", "S"))
    asked, problems = roles("speaker,role\nAnna,other\n", content)
    assert asked == {"C": U, "S": U}
    assert problems == [
        (
            None,
            "no speaker could be recognized as the therapist; the speakers are 'C' (12), 'S' (12). "
            "From the talk, it may be 'C' (p > 0.99), but a name says otherwise. Name the "
            "therapist with --therapist NAME, or say who is who in a table: --roles roles.csv "
            "(columns file, speaker, role).",
        )
    ]
    answered, problems = roles("speaker,role\nC,therapist\nS,client\n", content)
    assert (answered, problems) == ({"C": T, "S": C}, [])


@given(
    st.text() | st.from_regex(r"speaker,role\n([A-C]{0,2},(client|T|x|)\n){0,4}", fullmatch=True)
)
def test_any_table_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("roles") / "roles.csv"
    path.write_text(content, encoding="utf-8", newline="")
    try:
        table = read_role_table(path)
    except ReadError as error:
        assert error.message  # noqa: PT017 - nothing else may be raised
        return
    assert all(row.speaker and row.line > 1 for row in table.rows)


@given(st.binary(max_size=200))
def test_any_workbook_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("roles") / "roles.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReadError):
        read_role_table(path)
