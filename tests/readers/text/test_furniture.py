"""Lines that nobody said are left out and counted; talk that looks like them stays."""

import pytest

from tsd.readers import NotTalk

TALK = "Mara: How was it?\nJoe: Bad.\nMara: I failed it, too.\nJoe: Oh.\n"
TURNS = [("Mara", "How was it?"), ("Joe", "Bad."), ("Mara", "I failed it, too."), ("Joe", "Oh.")]


def left_out(result):
    return {kind: about.words for kind, about in result.files[0].left_out.items()}


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        ("Session 3\n\n", NotTalk.HEADING),
        ("Date: 2020-01-01\nDuration: 50 min\nNotes: none\n\n", NotTalk.HEADING),
        (
            "An Interview\nSUMMARY KEYWORDS\ntests, failing\nSPEAKERS\nMara, Joe\n\n",
            NotTalk.HEADING,
        ),
        ("# Call - Transcript\n### Attendees\nMara Lind, Joe\n\n", NotTalk.HEADING),
        ("Meeting-20260101_100000-Meeting Recording\nJanuary 1, 2026, 10:00AM\n50m 2s\n", None),
        ("Mara Lind started transcription\n", NotTalk.SERVICE),
        ("Transcribed with noScribe vers. 0.6\nAudio file: /home/a.m4a\n(Start: 00:00:00)\n", None),
        ("Interviewer: Mara Lind\nInterviewee: P07\nDate: May 5\n\n", NotTalk.HEADING),
        ("Mara: Mara Lind, PhD\nJoe: 0423\n\n", NotTalk.HEADING),
        ("Mara: Mara Lind\nJoe: P07\nLocation: Room 3\n\nTranscript:\n", NotTalk.HEADING),
        ("**Mara:** Lind\n\n**Joe:** P07 (Clerk)\n\n---\n\n", NotTalk.HEADING),
        ("Mara: Lind, PhD, Head of Unit\n\nTranscript\n\n", NotTalk.HEADING),
        ("This transcript was exported on Jan 01, 2024 - view latest version here.\n\n", None),
    ],
)
def test_what_stands_above_the_talk(read, above, kind):
    result = read(above + TALK)
    assert [(u.speaker, u.text) for u in result.sessions[0].utterances] == TURNS
    words = sum(left_out(result).values())
    assert words == len([w for w in (above + "Mara Joe Mara Joe").split() if w.strip("-#:|–/")])
    assert kind is None or kind in left_out(result)


@pytest.mark.parametrize(
    ("below", "kind"),
    [
        ("\nTranscribed by https://otter.ai\n", NotTalk.SERVICE),
        ("\nTranscribed by Kim Poe, 2020\n", NotTalk.FOOTER),
        ("\nTranscription ended after 00:50:30\n", NotTalk.SERVICE),
        (
            "\nThis editable transcript was computer generated and might contain errors. People "
            "can also change the text after it was created.\n",
            NotTalk.SERVICE,
        ),
        ("\nEnd time: 10:50\n", NotTalk.FOOTER),
        ("\n[END OF INTERVIEW]\nINDEX\nTests: 3, 7\nMara, L.: 1\nJoe P.: 4\n", NotTalk.FOOTER),
        ("[End of transcript]\n", NotTalk.HEADING),
        ("--- END OF SESSION ---\nNotes: Joe cried.\n\nNext session May 5\n", NotTalk.FOOTER),
        ("\nInterview ends\n\nAppendix: questions\n", NotTalk.FOOTER),
        ("Mara Lind stopped transcription\n", NotTalk.SERVICE),
        ("\nEnde des Interviews\nTranskribiert von K. P.\n", NotTalk.FOOTER),
        ("\n© 2020 The Archive\nAll rights reserved.\n", NotTalk.FOOTER),
    ],
)
def test_what_stands_below_the_talk(read, below, kind):
    result = read(TALK + below)
    assert [(u.speaker, u.text) for u in result.sessions[0].utterances] == TURNS
    assert kind in left_out(result)


@pytest.mark.parametrize(
    "line",
    [
        "[END OF TAPE 1, SIDE A]",
        "[Start of Tape 2]",
        "Tape 1, Side B",
        "## Part two",
        "**The test**",
        "-----",
        "[END OF SESSION]",
        "Page 3",
        "- 3 -",
        "3 of 12",
        "Seite 3",
        "Transcription stopped at 10:00",
    ],
)
def test_what_stands_between_turns(turns, line):
    first, second = TALK.split("Mara: I", 1)
    assert turns(f"{first}\n{line}\n\nMara: I{second}") == TURNS


def test_running_heads_within_a_turn(turns):
    content = (
        "Archive of Talk, page 1\n\nMara: How was\nthe test?\nJoe: Bad. I\n"
        "Archive of Talk, page 2\nwas ill.\nMara: I failed,\n"
        "Archive of Talk, page 3\ntoo.\nJoe: Oh.\n"
    )
    assert turns(content) == [
        ("Mara", "How was the test?"),
        ("Joe", "Bad. I was ill."),
        ("Mara", "I failed, too."),
        ("Joe", "Oh."),
    ]


def test_heads_and_numbers_at_page_feeds(turns):
    pages = ["Mara: How was\n", "the test?\nJoe: Bad.\n", "Mara: I failed it, too.\nJoe: Oh.\n"]
    content = "\f".join(f"The Archive\n{page}\n{n}\n" for n, page in enumerate(pages, 1))
    assert turns(content) == [("Mara", "How was the test?"), *TURNS[1:]]


def test_numbers_of_pages_that_count_up(turns):
    content = (
        "Mara: How was it?\n\n1\n\nJoe: Bad.\n\n2\n\nMara: I failed it, too.\n\n3\n\nJoe: Oh.\n"
    )
    assert turns(content) == TURNS


def test_numbers_of_lines(read):
    lines = ["Mara: How was", "it?", "Joe: Bad.", "Mara: I failed it, too.", "Joe: Oh."]
    result = read("".join(f"{n:3}  {line}\n" for n, line in enumerate(lines, 1)))
    assert [(u.speaker, u.text) for u in result.sessions[0].utterances] == TURNS
    assert left_out(result)[NotTalk.NUMBER] == 5


@pytest.mark.parametrize(
    "line",
    [
        "Yeah.",
        "7",
        "I was on page 3",
        "Seven of 12",
        "end of the session",
        "We were recorded by my mother",
        "Transcribed by hand, all of it",
        "[The dog barks at the door]",
    ],
)
def test_talk_that_looks_like_it_stays(turns, line):
    content = TALK.replace("Bad.", f"Bad.\n{line}\nBut so what.")
    assert any(line in text for _, text in turns(content))


def test_speakers_go_on_after_the_end_of_a_part(turns):
    content = f"{TALK}[END OF RECORDING]\n{TALK}[END OF RECORDING]\nNotes\nJoe P.: 3\n"
    assert turns(content) == TURNS * 2


def test_labeled_lines_at_the_top_that_are_left_out_are_reported(messages):
    content = f"Mara: Mara Lind\nJoe: P07\nDate: May 5\n\n{TALK}"
    severity, line, message = messages(content, therapist=("Mara",))[0]
    assert (severity, line) == ("note", None)
    assert message.startswith("2 labeled lines at the top (line 1, 2) seem to be about the file")


def test_short_turns_at_the_top_are_talk(turns):
    assert turns(f"Mara: Hello\nJoe: Hi\n\n{TALK}") == [("Mara", "Hello"), ("Joe", "Hi"), *TURNS]


def test_much_text_before_the_first_label_is_a_warning(messages):
    found = messages("So I said a thing\n" * 12 + TALK, therapist=("Mara",))
    assert found[0] == (
        "warning",
        None,
        "12 lines before the first speaker label are left out as a heading. If they are talk, "
        "write the speaker's name before the first of them.",
    )


HEADS = {
    "delete the heading and the empty lines below them": (
        f"Mara: Mara Lind\nJoe: P07\n\nTranscript\n\n{TALK}{TALK}",
        f"Mara: Mara Lind\nJoe: P07\n{TALK}{TALK}",
    ),
    "delete the lines such as 'Date: ...' and the empty lines below them": (
        f"Mara: Mara Lind\nJoe: P07\nDate: May 5\n\n{TALK}",
        f"Mara: Mara Lind\nJoe: P07\n{TALK}",
    ),
    "delete the empty lines below them": (
        f"Mara: Mara Lind\nJoe: P07\n\n{TALK}",
        f"Mara: Mara Lind\nJoe: P07\n{TALK}",
    ),
}


@pytest.mark.parametrize("advice", HEADS)
def test_the_advice_about_labeled_lines_at_the_top_works(read, advice):
    content, better = HEADS[advice]
    result = read(content, therapist=("Mara",), client=("Joe",))
    assert result.problems[0].message == (
        "2 labeled lines at the top (line 1, 2) seem to be about the file and not talk, and are "
        f"left out. If that is wrong, {advice}."
    )
    result = read(better, therapist=("Mara",), client=("Joe",))
    assert result.problems == []
    assert [u.text for u in result.sessions[0].utterances][:3] == ["Mara Lind", "P07", TURNS[0][1]]


def test_labels_above_turns_with_times_are_about_the_file_and_the_advice_works(read):
    head = "Mara: Mara Lind, PhD\nJoe: Joe Poe\nGoal: Tests\n"
    talk = "".join(f"[00:0{n}] {s}: {w}\n" for n, (s, w) in enumerate(TURNS))
    result = read(f"{head}\n{talk}", therapist=("Mara",))
    assert [(u.speaker, u.text) for u in result.sessions[0].utterances] == TURNS
    assert "delete the empty lines below them" in result.problems[0].message
    result = read(f"{head}{talk}", therapist=("Mara",))
    assert result.sessions[0].utterances[0].text == "Mara Lind, PhD"


def test_numbered_heads_between_empty_lines(turns):
    content = (
        "Talk of May\n\nMara: How was it?\n\nTalk of May - 2 -\n\nJoe: Bad.\n\nSESSION 2\n\n"
        "Mara: I failed it, too.\n\nTalk of May - 3 -\n\nJoe: Oh.\n"
    )
    assert turns(content) == TURNS


def test_a_page_in_the_words_stays(turns):
    content = "Mara: Where?\nJoe: Well,\nI was on page 3\nMara: Now?\nJoe: Now\nI was on page 4\n"
    assert turns(content)[1] == ("Joe", "Well, I was on page 3")


def test_a_page_head_beside_page_numbers_that_count(turns):
    content = (
        "T: How was it?\nC: I lay in bed for hours and\n1\n\nStudy 44, Interview 3\nthought.\n"
        "T: I had that.\n2\n\nStudy 44, Interview 3\nC: Oh.\n3\n"
    )
    assert turns(content) == [
        ("T", "How was it?"),
        ("C", "I lay in bed for hours and thought."),
        ("T", "I had that."),
        ("C", "Oh."),
    ]


def test_the_title_with_a_page_number_is_a_page_head_though_it_comes_once(turns):
    content = (
        "Town Library\n\nT: How?\n\nC: We moved when\n\nTown Library 2\n\nI was three.\n\nT: Oh.\n"
    )
    assert turns(content) == [("T", "How?"), ("C", "We moved when I was three."), ("T", "Oh.")]
