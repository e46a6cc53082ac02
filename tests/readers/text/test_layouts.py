"""Each shape in which transcripts write their speakers, and what only looks like one."""

import pytest

from tsd.errors import ReadError

WORDS = ["How did it go?", "Badly, I think.", "I failed that test myself.", "You did?"]
TALK = [("Mara Lind", WORDS[0]), ("Joe", WORDS[1]), ("Mara Lind", WORDS[2]), ("Joe", WORDS[3])]


def written(layout, names=("Mara Lind", "Joe")):
    """Write the four turns in a layout: {s} speaker, {w} words, {n} number, {t} seconds."""
    return "".join(
        layout.format(s=names[i % 2], w=words, n=i + 1, t=10 + 7 * i, u=12 + 7 * i)
        for i, words in enumerate(WORDS)
    )


LAYOUTS = [
    "{s}: {w}\n",
    "{s}:{w}\n",
    "{s} : {w}\n\n",
    "{s}：{w}\n",
    "{s}:\n{w}\n\n",
    "**{s}:** {w}\n\n",
    "**{s}**: {w}\n\n",
    "*{s}:* {w}\n\n",
    "__{s}:__ {w}\n",
    "- **{s}:** {w}\n",
    "- {s}: {w}\n",
    "> {s}: {w}\n",
    ">> {s}: {w}\n",
    "—{s}: {w}\n",
    "#{s}: {w}\n",
    "@{s}: {w}\n",
    "{{{s}}}: {w}\n",
    "[{s}]: {w}\n",
    "<{s}>: {w}\n",
    "({s}): {w}\n",
    "[{s}] {w}\n",
    "{{{s}}} {w}\n",
    "<{s}> {w}\n",
    "({s}) {w}\n",
    "[{s}]\n{w}\n\n",
    "{s}\t{w}\n",
    "{s}:\t{w}\n",
    "{n}\t{s}\t{w}\n",
    "{s}    {w}\n",
    "{n}   {s}   {w}\n",
    "{s}; {w}\n",
    "{s} - {w}\n",
    "{s} – {w}\n",
    "{s} — {w}\n",
    "{s} | {w}\n",
    "{s} > {w}\n",
    "{s}> {w}\n",
    "{s} = {w}\n",
    "{n}. {s}: {w}\n",
    "{n}) {s}: {w}\n",
    "{n} {s}: {w}\n",
    "00{n} {s}: {w}\n",
    "### {s}\n{w}\n\n",
    "**{s}**\n{w}\n\n",
    "**{s}**\n\n{w}\n\n",
    "{s}\n{w}\n\n",
    '"{s}": {w}\n',
    "“{s}”: {w}\n",
    "{s}) {w}\n",
    "{s}/ {w}\n",
    "{s}- {w}\n",
    "{s}-- {w}\n",
    "{s}--{w}\n",
    "{s}-> {w}\n",
    "({n}) {s}: {w}\n",
    "[{n}] {s}: {w}\n",
    "#{n} {s}: {w}\n",
]
TIMED = [
    "{s} (00:{t}): {w}\n",
    "{s} [00:00:{t}]: {w}\n",
    "{s} 00:{t}: {w}\n",
    "[00:00:{t}] {s}: {w}\n",
    "(00:{t}) {s}: {w}\n",
    "00:00:{t} {s}: {w}\n",
    "00:00:{t} - {s}: {w}\n",
    "00:00:{t}.500 {s}: {w}\n",
    "{s}: [00:00:{t}] {w}\n",
    "**{s} (00:{t}):** {w}\n\n",
    "**{s}** (00:{t}): {w}\n\n",
    "{s} (00:{t}):\n{w}\n\n",
    "{s} (00:{t}):\n\n{w}\n\n",
    "{s}  00:{t}\n{w}\n\n",
    "{s}   0:{t}\n{w}\n",
    "{s}\t00:00:{t}\n{w}\n",
    "{s} [00:00:{t}]\n{w}\n\n",
    "{s} (0:{t})\n{w}\n\n",
    "{s} - 00:{t}\n{w}\n\n",
    "{s} | 00:{t}\n{w}\n\n",
    "{s}, 00:{t}\n{w}\n\n",
    "### {s} (00:{t})\n\n{w}\n\n",
    "**{s}** 00:{t}\n{w}\n\n",
    "[00:00:{t}] {s}\n{w}\n\n",
    "00:{t} {s}\n{w}\n\n",
    "00:00:{t}\n{s}\n{w}\n\n",
    "{s}\n00:{t}\n{w}\n\n",
    "{s}\n0 minutes {t} seconds\n{w}\n",
    "{s}\n{t} seconds\n{w}\n",
    "{s}\n0m {t}s\n{w}\n",
    "{s} 0 minutes {t} seconds\n{w}\n",
    "{s} [00:00:{t}] {w}\n",
    "{s} (0h00m{t}s): {w}\n",
    "[{s} 00:{t}] {w}\n",
    "00:00:{t}\t{s}\t{w}\n",
    "{s}\t00:00:{t}\t{w}\n",
    "{n}\t00:00:{t}\t{s}\t{w}\n",
    "#00:00:{t}-0# {s}: {w}\n",
    "{s}: #00:00:{t}-0# {w}\n",
    "00:00:{t}:12 {s}: {w}\n",
    "[00:00:{t}]\n{s}: {w}\n",
    "[{s}] 00:00:{t}\n{w}\n\n",
]
RANGED = [
    "[00:{t} - 00:{u}] {s}: {w}\n",
    "00:00:{t},000 --> 00:00:{u},000\n{s}\n{w}\n\n",
    "0:0:{t}.1 --> 0:0:{u}.2\n{s}\n{w}\n",
    "00:00:{t} - 00:00:{u}\n{s}\n{w}\n",
    "{s} [00:{t} - 00:{u}]: {w}\n",
    "[{t}.25s -> {u}.50s] {s}: {w}\n",
    "[{t}.25 --> {u}.50] {s}: {w}\n",
    "{t}.25 - {u}.50 {s}: {w}\n",
    "{s} ({t}.0s - {u}.5s):\n{w}\n\n",
    "00:00:{t}.000,00:00:{u}.000\n{s}: {w}\n\n",
    "{s}\t00:00:{t}.000\t00:00:{u}.000\t{w}\n",
    "{s}\t00:00:{t}.000\t{t}.000\t00:00:{u}.000\t{u}.000\t00:00:02.000\t2.000\t{w}\n",
]
NAMES = [
    ("Mara Lind", "Joe"),
    ("SPEAKER_00", "SPEAKER_01"),
    ("Speaker 1", "Speaker 2"),
    ("Anna van der Berg", "Jean-Luc d'Arcy"),
    ("Dr. med. Mara Lind", "Maeve O'Shea-Müller"),
    ("Марина", "Борис"),
    ("דנה", "יוסי"),
    ("王芳", "李明"),
    ("MARA", "JOE"),
    ("T", "K"),
]


@pytest.mark.parametrize("names", NAMES, ids=lambda names: names[0])
@pytest.mark.parametrize("layout", [*LAYOUTS, *TIMED, *RANGED])
def test_a_layout_is_read(turns, layout, names):
    assert turns(written(layout, names)) == [(names[i % 2], words) for i, words in enumerate(WORDS)]


@pytest.mark.parametrize("layout", [*TIMED, *RANGED])
def test_times_are_read(read, layout):
    result = read(written(layout))
    (session,) = result.sessions
    assert [int(u.start) for u in session.utterances] == [10, 17, 24, 31]


@pytest.mark.parametrize("layout", RANGED)
def test_ends_are_read(read, layout):
    (session,) = read(written(layout)).sessions
    assert [int(u.end) for u in session.utterances] == [12, 19, 26, 33]


@pytest.mark.parametrize("layout", [*LAYOUTS, *TIMED, *RANGED])
def test_lines_without_a_label_go_on_with_the_turn(turns, layout):
    content = written(layout.replace("{w}", "{w}\nand so on"))
    assert turns(content) == [(name, f"{words} and so on") for name, words in TALK]


# names with small letters


@pytest.mark.parametrize(
    "name",
    ["maria's iPad", "anna", "anna van der berg", "d'arcy", "user_17", "mara.lind@example.org"],
)
@pytest.mark.parametrize("layout", ["{s}: {w}\n", "{s}:\n{w}\n\n", "{s}  00:{t}\n{w}\n\n"])
def test_a_label_in_small_letters_that_comes_again_is_a_speaker(turns, layout, name):
    assert [speaker for speaker, _ in turns(written(layout, ("Dr. Lind", name)))] == [
        "Dr. Lind",
        name,
        "Dr. Lind",
        name,
    ]


def test_a_third_speaker_with_small_letters_between_long_turns(turns):
    content = (
        "Mara: One.\nAnd more of it.\nAnd more.\njoe's phone: Two.\nAnd two more.\n"
        "Mara: Three.\nAnd more.\njoe's phone: Four.\nAnd so on.\nMara: Five.\njoe's phone: Six.\n"
    )
    assert [speaker for speaker, _ in turns(content)] == ["Mara", "joe's phone"] * 3


# speakers who speak once


@pytest.mark.parametrize(
    "layout", ["{s}  0:{t}\n{w}\n\n", "{s}   0:{t}\n{w}\n", "{s} (0:{t}): {w}\n", "{s}: {w}\n"]
)
def test_a_speaker_who_speaks_once_keeps_the_words(turns, layout):
    content = written(layout) + layout.format(s="Tara Moe", w="I am late.", t=50)
    assert turns(content) == [*TALK, ("Tara Moe", "I am late.")]


@pytest.mark.parametrize(
    "head", ["SPEAKERS\nMara Lind, Joe, Tara\n\n", "Attendees: Mara Lind, Joe, Tara\n\n"]
)
def test_a_speaker_in_the_list_of_speakers_may_speak_once(turns, head):
    content = f"{head}Mara Lind: Hi.\nAll in?\nJoe: Yes.\nTara: Here.\nMara Lind: Good.\nJoe: So.\n"
    assert ("Tara", "Here.") in turns(content)


@pytest.mark.parametrize("layout", ["{s}; {w}\n", "[{s}] {w}\n", "{s} - {w}\n", "{s}\t{w}\n"])
def test_a_name_that_the_user_gives_is_a_label_in_any_shape(turns, layout):
    content = written(layout, ("mara", "joe"))
    found = turns(content, therapist=("mara",), client=("joe",))
    assert [speaker for speaker, _ in found] == ["mara", "joe", "mara", "joe"]


# prose


@pytest.mark.parametrize(
    "line",
    [
        "10:30 Lunch: I could not eat",
        "9:00: awake",
        "Monday: nothing at all",
        "Anyway: we left",
        "My mother said: no",
        "And the worst part: he laughed",
        "The rule was simple: never cry",
        "To be honest: no",
        "Important - I mean it",
        "See the ratio 2:1",
        "she asked me: why",
        '"Well: go", he said',
        "http://example.org: there",
        "One thing I know for sure: it hurts",
        "(quietly) I know",
        "[address] is where I live",
        "Lists: milk; bread",
        "No; it was not",
    ],
)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_prose_is_no_speaker_however_often_it_comes(turns, line, times):
    content = f"Mara Lind: Go on, anyway, lists.\nJoe: Well,\n{line}.\nMara Lind: I see.\n" * times
    assert {speaker for speaker, _ in turns(content)} == {"Mara Lind", "Joe"}
    assert sum(line in text for _, text in turns(content)) == times


def test_a_usual_beginning_of_a_sentence_is_no_speaker(turns):
    talk = "Mara: And the way home?\nJoe: There was music.\nMusic: that is all.\n"
    content = talk + "Mara: I see.\nJoe: More music.\nMusic: the loud kind.\n" + talk * 10
    assert {speaker for speaker, _ in turns(content)} >= {"Mara", "Joe"}


def test_doubtful_labels_are_reported_with_their_lines_and_the_advice_works(read):
    content = "T: Hi.\nC: Hi.\nPaula: Me, too.\nT: Oh.\nC: So.\n"
    (problem,) = read(content).problems
    assert problem.message == (
        "1 line may begin a turn, but the name before the words does not look like a speaker (line "
        "3). The words are added to the turn before. If it is a speaker, give the name with "
        "--therapist or --client."
    )
    result = read(content, client=("Paula", "C"))
    assert [u.speaker for u in result.sessions[0].utterances] == ["T", "C", "Paula", "T", "C"]
    assert result.problems == []


# refusals, and what they advise


def test_text_without_speakers_is_refused(read):
    sentences = "So I went home.\n\nIt was late.\n\nYes.\n\nWe had dinner: soup.\n\nYes.\n\n" * 5
    with pytest.raises(ReadError, match="no speaker labels found"):
        read(sentences)


@pytest.mark.parametrize(
    "content", ["0:01\nSo I went home\n0:05\nIt was late\n0:09\nYes\n" * 3, "Yes\n\nNo\n\n" * 9]
)
def test_lines_that_come_again_are_no_names(read, content):
    with pytest.raises(ReadError, match="no speaker labels found"):
        read(content)


def test_one_labeled_speaker_among_other_lines_is_refused_and_the_advice_works(read, turns):
    content = "Mara: Hi.\nHello.\n\nMara: How was it?\nBad.\n\nMara: Oh.\n"
    with pytest.raises(ReadError, match="only one speaker is labeled, 'Mara', and other lines"):
        read(content)
    better = content.replace("Hello", "Joe: Hello").replace("Bad", "Joe: Bad")
    assert [s for s, _ in turns(better, therapist=("Mara",), client=("Joe",))] == [
        "Mara",
        "Joe",
        "Mara",
        "Joe",
        "Mara",
    ]


def test_one_speaker_with_every_line_labeled_is_read_with_a_warning(messages):
    assert messages("T: Hi.\nT: So.\n")[0] == (
        "warning",
        None,
        "only one speaker is labeled, 'T'. If somebody else speaks, too, write each turn as 'Name: "
        "words', and say who is who with --therapist NAME and --client NAME.",
    )


def test_two_layouts_that_nearly_tie_are_reported(messages):
    content = "Mara: a.\nJoe: b.\n" * 4 + "Kim; c.\nLea; d.\n" * 4
    assert any("many other lines look like 'Name; words'" in m for _, _, m in messages(content))


# tiers


def test_turns_that_are_sorted_by_speaker_are_put_in_the_order_of_time(read):
    rows = "A\t00:00:01.0\t00:00:02.0\tone\nA\t00:00:05.0\t00:00:06.0\tthree\n"
    rows += "B\t00:00:03.0\t00:00:04.0\ttwo\nB\t00:00:07.0\t00:00:08.0\tfour\n"
    result = read(rows, therapist=("A",), client=("B",))
    assert [u.text for u in result.sessions[0].utterances] == ["one", "two", "three", "four"]
    assert [p.message for p in result.problems] == [
        "the turns are sorted by speaker; they are put in the order of time."
    ]


def test_a_label_of_another_speaker_within_a_turn_is_reported_and_the_advice_works(read):
    content = "T: Hi.\nC: Hi.\nT: How was it? C: Bad. I was late.\nC: So.\n"
    (problem,) = read(content).problems
    assert (problem.severity.value, problem.message) == (
        "warning",
        "1 turn has the label of another speaker in the middle (line 3). The words stay in the "
        "turn. If the other speaker says them, begin a new line with the label.",
    )
    result = read(content.replace("it? C", "it?\nC"))
    assert [u.speaker for u in result.sessions[0].utterances] == ["T", "C", "T", "C", "C"]
    assert result.problems == []


def test_times_without_names_are_reported_and_the_advice_works(read):
    content = "[0:01] Mara: Hi.\n[0:05] It was late.\n[0:09] Joe: Yes.\n[0:12] Mara: Oh.\n"
    message = read(content, therapist=("Mara",), client=("Joe",)).problems[0].message
    assert message == (
        "1 line begins with a time but without a name (line 2). The words are added to the turn "
        "before. If somebody else says them, write the name behind the time."
    )
    better = content.replace("It was", "Joe: It was")
    assert read(better, therapist=("Mara",), client=("Joe",)).problems == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Joe: **Yes**, ok.", "**Yes**, ok."),
        ("Joe: I *really* mean __it__.", "I *really* mean __it__."),
        ("**Joe:** **Yes**, ok.", "**Yes**, ok."),
        ("**Joe**: **Yes**", "**Yes**"),
        ("**Joe: Yes.**", "Yes."),
    ],
)
def test_bold_type_in_the_words_stays(turns, line, text):
    assert turns(f"Mara: Hi.\n{line}\nMara: So.\nJoe: No.\n")[1] == ("Joe", text)


@pytest.mark.parametrize("names", [("Speaker 1", "Speaker 2"), ("Mara", "Joe")])
def test_names_and_words_in_paragraphs_of_their_own(turns, names):
    assert [name for name, _ in turns(written("{s}\n\n{w}\n\n", names))] == [*names, *names]


@pytest.mark.parametrize(
    "inside", ["(T: Mhm)", "[T: Yes.]", "//T: Oh.//", "as T: says", "(T: Mhm.) So."]
)
def test_what_a_listener_says_is_no_label_within_a_turn(read, inside):
    content = f"T: Hi.\nC: It was bad. {inside} And then.\nT: So.\nC: No.\n"
    assert not any("in the middle" in problem.message for problem in read(content).problems)


def test_names_alone_without_empty_lines_are_refused_and_the_advice_works(read, turns):
    content = written("{s}\n{w}\n")
    with pytest.raises(ReadError, match="say who is who with --therapist NAME and --client NAME"):
        read(content)
    assert turns(content, therapist=("Mara Lind",), client=("Joe",)) == TALK


def test_numbers_that_count_turns_are_not_part_of_the_name(turns):
    content = "C: Hi.\nS0: Hi.\nC0: So?\nS1: Bad.\nC1: Oh.\nS2: Yes.\nC2: I see.\nS2: Well.\n"
    assert [name for name, _ in turns(content, therapist=("C",))] == ["C", "S"] * 4


def test_numbers_that_tell_people_apart_are_part_of_the_name(turns):
    content = "T: Hi.\nClient 1: Hi.\nClient 2: Hi.\nT: So?\nClient 1: Bad.\nClient 2: Good.\n"
    assert {name for name, _ in turns(content)} == {"T", "Client 1", "Client 2"}


def test_what_stands_behind_a_name_each_time_belongs_to_it(turns):
    content = "Mara (she/her): Hi.\nJoe (iPhone): Hi.\nMara (she/her): So?\nJoe (iPhone): Bad.\n"
    assert turns(content)[:2] == [("Mara (she/her)", "Hi."), ("Joe (iPhone)", "Hi.")]


def test_a_remark_that_varies_is_about_the_turn(turns):
    content = "Mara (to the door): Hi.\nJoe: Hi.\nMara: So?\nJoe (laughs): Bad.\n"
    assert turns(content) == [
        ("Mara", "(to the door) Hi."),
        ("Joe", "Hi."),
        ("Mara", "So?"),
        ("Joe", "Bad."),
    ]


def test_times_at_the_ends_of_turns(read):
    content = (
        "I: Hi. #00:00:05-1#\nB: Hi. #00:00:09-2#\nSo it was. #00:00:12-0#\nI: Oh. #00:00:15-0#\n"
    )
    result = read(content, therapist=("I",), client=("B",))
    assert [(u.text, u.start, u.end) for u in result.sessions[0].utterances] == [
        ("Hi.", 0.0, 5.1),
        ("Hi. So it was.", 5.1, 12.0),
        ("Oh.", 12.0, 15.0),
    ]
    assert [(p.severity.value, p.message) for p in result.problems] == [
        (
            "note",
            "times stand at the ends of turns only; a turn starts where the one before ends, the "
            "first at 0.",
        )
    ]


# letters with nothing but a blank behind them


def test_capitals_before_the_words_are_speakers_if_they_name_roles(turns):
    content = (
        "CL = Client\nTH = Therapist\n\nCL I go.\nTH Walk?\nand run?\nCL Yes.\nTH I do, too.\n"
    )
    assert turns(content) == [
        ("CL", "I go."),
        ("TH", "Walk? and run?"),
        ("CL", "Yes."),
        ("TH", "I do, too."),
    ]


def test_questions_and_answers_without_a_sign(turns):
    assert turns("Q How are you?\nA Tired.\nQ Why?\nA A long day.\n") == [
        ("Q", "How are you?"),
        ("A", "Tired."),
        ("Q", "Why?"),
        ("A", "A long day."),
    ]


@pytest.mark.parametrize(
    "content", ["I ran.\nA dog ran.\nI sat.\nA cat sat.\n", "a) yes\nb) no\n" * 3]
)
def test_words_and_lists_are_no_speakers(read, content):
    with pytest.raises(ReadError, match="no speaker labels found"):
        read(content)


def test_words_cut_off_by_a_dash_are_no_speakers(turns):
    content = "T: And you?\nC: Well.\nMother- she left.\nI- I went.\nT: Oh.\nC: Yes.\n"
    assert [name for name, _ in turns(content)] == ["T", "C", "T", "C"]


@pytest.mark.parametrize("time", ["00:00:{t}", "[00:{t}]", "(00:00:{t})", "#00:{t}#"])
def test_times_at_the_ends_of_turns_are_where_they_end(read, time):
    result = read(written("{s}: {w} " + time + "\n"))
    (session,) = result.sessions
    assert [u.text for u in session.utterances] == WORDS
    assert [(u.start, u.end) for u in session.utterances] == [(0, 10), (10, 17), (17, 24), (24, 31)]


def test_name_and_time_twice_as_teams_shows_them(read):
    content = written("{s}\n0 minutes {t} seconds0:{t}\n{s} 0 minutes {t} seconds\n{w}\n")
    (session,) = read(content).sessions
    assert [(u.speaker, u.text, u.start) for u in session.utterances] == [
        (*turn, 10.0 + 7 * i) for i, turn in enumerate(TALK)
    ]
