import pytest

from tsd.errors import ReadError
from tsd.readers.source import Source
from tsd.readers.tiers.chat import CHAT
from tsd.schema import Role

HEAD = "@UTF8\n@Begin\n@Participants:\tTHE Nora Therapist, CLI Ben Client\n"
T, C, U = Role.THERAPIST, Role.CLIENT, Role.UNKNOWN


def _session(read, body, head=HEAD, name="s.cha"):
    return read(f"{head}{body}@End\n", name)


def test_main_lines_are_utterances_with_their_line(read):
    (session,) = _session(
        read, "*THE:\thow are you ?\n%mor:\tadv|how v|be\n*CLI:\tbad .\n*CLI:\tvery bad .\n"
    ).sessions
    assert [(u.speaker, u.role, u.text, u.line) for u in session.utterances] == [
        ("THE", T, "how are you?", 4),
        ("CLI", C, "bad.", 6),
        ("CLI", C, "very bad.", 7),
    ]


@pytest.mark.parametrize("go_on", ["\n\t", "\n    ", "\r\n\t", "\n\t\n\t"])
def test_a_line_goes_on_behind_a_tab(turns, go_on):
    text = f"{HEAD}*THE:\tafter my{go_on}mother died .\n%com:\tlooks{go_on}up\n*CLI:\toh .\n"
    assert turns(text, "s.cha") == [("THE", "after my mother died."), ("CLI", "oh.")]


def test_a_line_without_a_tab_goes_on_with_a_warning(read):
    result = _session(read, "*THE:\tafter my\nmother died .\n*CLI:\toh .\n")
    assert [u.text for u in result.sessions[0].utterances] == ["after my mother died.", "oh."]
    assert [(p.severity.value, p.line, p.message) for p in result.problems] == [
        (
            "warning",
            5,
            "the line begins with neither *, %, @ nor a tab; it is read as part of the line "
            "before. Check it.",
        )
    ]


@pytest.mark.parametrize(
    ("time", "start", "end"),
    [
        ("\x151500_2750\x15", 1.5, 2.75),
        ("•1500_2750•", 1.5, 2.75),
        ('\x15%snd:"my file"_1500_2750\x15', 1.5, 2.75),
        (".1500_2750", 1.5, 2.75),
        ("1500_2750", 1.5, 2.75),
        ("\x151500_2000\x15 and \x152000_2750\x15", 1.5, 2.75),
        ("1500", None, None),
        ("a1500_2750", None, None),
    ],
)
def test_times_are_milliseconds_with_or_without_their_signs(read, time, start, end):
    (session,) = _session(read, f"*THE:\tyes . {time}\n*CLI:\tno .\n").sessions
    first = session.utterances[0]
    assert (first.start, first.end) == (start, end)
    assert ("2750" in first.text) == (time == "a1500_2750")


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        (HEAD, [T, C]),
        ("@Begin\n@ID:\teng|x|THE|||||Therapist|||\n@ID:\teng|x|CLI|||||Client|||\n", [T, C]),
        ("@begin\n@participants: THE Therapist , CLI Patient\n", [T, C]),
        ("@Begin\n@Participants:\tTHE Nora\n\tTherapist, CLI Target_Child\n", [T, C]),
        ("@Begin\n@Participants:\tTHE Unidentified, CLI Unidentified\n", [T, C]),
        ("@Begin\n@Languages:\teng\n", [T, C]),
    ],
)
def test_roles_are_in_the_heads(read, head, roles):
    result = _session(read, "*THE:\thi .\n*CLI:\tho .\n", head)
    by_head = [u.role for u in result.sessions[0].utterances] if result.sessions else []
    if "Unidentified" in head or "Languages" in head:
        # CLI is short for client in the list of names, and THE is the other one.
        assert "roles assumed by elimination: 'THE' as therapist" in result.problems[0].message
    assert by_head == roles


def test_an_unknown_role_word_is_no_problem_of_each_line(read):
    head = "@Begin\n@Participants:\tABC Narrative_Person, XYZ Narrative_Person\n"
    result = _session(read, "*ABC:\thi .\n*XYZ:\tho .\n" * 3, head)
    assert [p.message.partition(".")[0] for p in result.problems] == [
        "no speaker could be recognized as the therapist; the speakers are 'ABC' (3), 'XYZ' (3)"
    ]


def test_a_speaker_who_is_not_listed_is_reported(read):
    result = _session(read, "*THE:\thi .\n*CIL:\tho .\n*CLI:\tho .\n")
    assert (
        "warning",
        "speakers that @Participants does not list: 'CIL'. If one is a typing error, correct it.",
    ) in [(p.severity.value, p.message) for p in result.problems]


def test_a_main_line_without_a_speaker_is_left_out_with_an_error(read):
    result = _session(read, "*THE:\thi .\n*** tape changed\n*CLI:\tho .\n")
    assert [u.text for u in result.sessions[0].utterances] == ["hi.", "ho."]
    assert [(p.severity.value, p.line, p.message) for p in result.problems] == [
        (
            "error",
            5,
            "the line begins with * but has no speaker. It is left out. Expected *CODE: and a tab.",
        )
    ]


def test_a_line_without_words_is_no_utterance(turns):
    text = f"{HEAD}*THE:\thi .\n*CLI:\t0 [=! nods] .\n*CLI:\t(.) &=sighs .\n*CLI:\txxx .\n"
    assert turns(text, "s.cha") == [("THE", "hi."), ("CLI", "xxx.")]


@pytest.mark.parametrize("code", ["OBS1", "Anna_Moss", "Sofia_Brand-Rossi", "t", "Ä"])
def test_codes_of_speakers(turns, code):
    text = f"@Begin\n*{code}:\thi .\n*CLI:\tho .\n"
    assert turns(text, "s.cha", therapist=(code,)) == [(code, "hi."), ("CLI", "ho.")]


@pytest.mark.parametrize(
    "start",
    ["@UTF8\n@Begin\n", "@begin\n", "\ufeff@UTF8\n@Begin\n", "\n\n@Begin\n", "@Font:\tx\n@Begin\n",
     "@Participants:\tT Therapist\n"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["s.cha", "s.CHA", "s.txt", "s"])
def test_it_is_recognized_by_its_heads(start, name):
    assert CHAT.recognises(Source(name, f"{start}*T:\thi .\n".encode()))


@pytest.mark.parametrize(
    "text",
    ["", "T: hi\nC: ho\n", "*T:* hi\n*C:* ho\n", "@Anna hi\n*T: x", "T: @Begin\n", "@Begin\n"],
)
def test_other_text_is_not_recognized(text):
    assert not CHAT.recognises(Source("s.txt", text.encode()))


def test_a_file_without_main_lines_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read("@Begin\n@End\n", "s.cha")
    assert caught.value.message == (
        "has no main lines: expected lines such as '*THE:', a tab, and what was said."
    )
