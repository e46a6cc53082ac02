import pytest

from tsd.errors import ReadError
from tsd.readers.source import Source
from tsd.readers.tiers.textgrid import TEXTGRID


def _long(**tiers):
    """Write a TextGrid in the long format: rows of (start, end, text)."""
    out = [
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = 99 \n'
        f"tiers? <exists> \nsize = {len(tiers)} \nitem []: \n"
    ]
    for number, (name, rows) in enumerate(tiers.items(), start=1):
        out.append(
            f'    item [{number}]:\n        class = "IntervalTier" \n        name = "{name}" \n'
            f"        xmin = 0 \n        xmax = 99 \n        intervals: size = {len(rows)} \n"
        )
        for i, (start, end, text) in enumerate(rows, start=1):
            out.append(
                f"        intervals [{i}]:\n            xmin = {start} \n"
                f'            xmax = {end} \n            text = "{text}" \n'
            )
    return "".join(out)


def _short(**tiers):
    out = ['File type = "ooTextFile"\n"TextGrid"\n\n0\n99\n<exists>\n' + f"{len(tiers)}\n"]
    for name, rows in tiers.items():
        out.append(f'"IntervalTier"\n"{name}"\n0\n99\n{len(rows)}\n')
        out += [f'{start}\n{end}\n"{text}"\n' for start, end, text in rows]
    return "".join(out)


TALK = {
    "T": [(0, 1.5, "Hello."), (1.5, 4, ""), (4, 5, 'I ""see"" .')],
    "C": [(0, 2, ""), (2, 3.25, "Hi there."), (3.25, 99, "(.)")],
}


def _utterances(result):
    (session,) = result.sessions
    return [(u.speaker, u.text, u.start, u.end) for u in session.utterances]


@pytest.mark.parametrize("form", [_long, _short])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_long_and_short_format_and_their_encodings(read, form, encoding, line_end):
    data = form(**TALK).replace("\n", line_end).encode(encoding)
    result = read(data, "s.TextGrid")
    assert _utterances(result) == [
        ("T", "Hello.", 0.0, 1.5),
        ("C", "Hi there.", 2.0, 3.25),
        ("T", 'I "see".', 4.0, 5.0),
    ]
    assert result.problems == []


def test_the_line_is_that_of_the_words(read):
    (session,) = read(_long(**TALK), "s.TextGrid").sessions
    lines = _long(**TALK).splitlines()
    assert ["Hello." in lines[u.line - 1] for u in session.utterances] == [True, False, False]
    assert "Hi there." in lines[session.utterances[1].line - 1]


def test_a_text_can_have_several_lines_and_a_word_of_the_format(read):
    rows = [(0, 1, "one\ntwo"), (5, 6, "IntervalTier"), (9, 10, "xmin = 3")]
    text = _long(T=rows, C=[(20, 21, "yes")])
    assert [row[1] for row in _utterances(read(text, "s.TextGrid"))] == [
        "one two", "IntervalTier", "xmin = 3", "yes",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["spk", "Speaker", "locuteur"])
def test_a_tier_that_says_who_speaks(read, who):
    text = _long(
        phones=[(0, 0.1, "m"), (0.1, 0.2, "a")],
        words=[(0, 1, "hello"), (1, 2, "there"), (4, 5, "hi")],
        ortho=[(0, 2, "hello there"), (2, 4, "_"), (4, 5, "hi"), (6, 7, "well")],
        **{who: [(0, 2.2, "T"), (2.2, 4, "_"), (4, 5.2, "C"), (5.2, 8, "T")]},
    )
    result = read(text, "s.TextGrid")
    assert [row[:2] for row in _utterances(result)] == [
        ("T", "hello there"),
        ("C", "hi"),
        ("T", "well"),
    ]
    assert [p.message for p in result.problems] == [
        "tiers that were not read as talk: 2 ('phones', 'words'). If one is talk, rename it: a "
        "tier of talk has the speaker's name."
    ]


def test_levels_of_each_speaker(read):
    tiers = {}
    for i, name in enumerate(("T", "C")):
        tiers[f"{name} - words"] = [(4 * i, 4 * i + 1, "so"), (4 * i + 1, 4 * i + 2, "yes")]
        tiers[f"{name} - phones"] = [(4 * i, 4 * i + 1, "s")]
    assert _utterances(read(_long(**tiers), "s.TextGrid")) == [
        ("T", "so yes", 0.0, 2.0),
        ("C", "so yes", 4.0, 6.0),
    ]


def test_comments_silence_and_points_are_no_talk(read):
    notes = {"Comments": [(0, 9, "a noise")], "Silence": [(0, 1, "pause here")]}
    points = (
        'class = "TextTier"\nname = "clicks"\nxmin = 0\nxmax = 99\npoints: size = 1\n'
        'points [1]:\nnumber = 3\nmark = "click"\n'
    )
    result = read(_long(**TALK, **notes) + points, "s.TextGrid")
    assert {row[0] for row in _utterances(result)} == {"T", "C"}
    assert [(p.severity.value, p.message) for p in result.problems] == [
        (
            "note",
            "tiers that were not read as talk: 3 ('Comments', 'Silence', 'clicks'). If one is "
            "talk, rename it: a tier of talk has the speaker's name.",
        )
    ]


ADVICE = (
    "Give each speaker a tier of their own, with the speaker's name, or add a tier named "
    "'speaker' that says who speaks when."
)


def test_talk_without_a_speaker_is_refused_and_the_advice_works(read):
    talk = [(0, 1, "hello there"), (2, 3, "hi")]
    with pytest.raises(ReadError) as caught:
        read(_long(ortho=talk, words=talk), "s.TextGrid")
    assert caught.value.message == f"says nowhere who spoke: its talk is on 'ortho'. {ADVICE}"
    added = _long(ortho=talk, words=talk, speaker=[(0, 1.5, "T"), (1.5, 3, "C")])
    assert [row[:2] for row in _utterances(read(added, "s.TextGrid"))] == [
        ("T", "hello there"),
        ("C", "hi"),
    ]


def test_a_file_without_talk_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read(_long(phones=[(0, 1, "m")]), "s.TextGrid")
    assert caught.value.message == f"has no tier with talk; its tiers are: 'phones'. {ADVICE}"


def test_a_binary_file_is_refused(read):
    with pytest.raises(ReadError) as caught:
        read(b"ooBinaryFile\x08TextGrid\0\0\0\0", "s.TextGrid")
    assert caught.value.message == (
        "is a binary TextGrid. Open it in Praat and choose Save > Save as text file."
    )


def test_a_file_that_was_cut_off_is_read_up_to_there_with_an_error(read):
    text = _long(**TALK)
    cut = text[: text.index("            xmin = 3.25")]
    result = read(cut, "s.TextGrid")
    assert len(_utterances(result)) == 3
    assert [(p.severity.value, p.line, p.message) for p in result.problems] == [
        (
            "error",
            40,
            "the tier 'C' ends early: it has 2 of 3 intervals. Save the TextGrid in Praat again.",
        )
    ]


def test_words_without_times_are_damage(read):
    text = _long(**TALK).replace("            xmax = 1.5 \n", "", 1)
    with pytest.raises(ReadError) as caught:
        read(text, "s.TextGrid")
    assert (caught.value.line, caught.value.message) == (
        17,
        "is damaged: expected the times of an interval in front of its words. Open it in Praat "
        "and save it as a text file again.",
    )


def test_it_is_recognized_by_its_head():
    assert TEXTGRID.recognises(Source("a.txt", _short(**TALK).encode()))
    assert not TEXTGRID.recognises(Source("a.TextGrid", b"T: hi\nC: ho\n"))


def test_a_comment_can_have_a_quotation_mark(turns):
    text = _short(**TALK).replace("99\n<exists>", '99 ! the "end\n<exists>', 1)
    assert [who for who, _ in turns(text, "s.TextGrid")] == ["T", "C", "T"]
