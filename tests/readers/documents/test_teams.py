import io

import docx
import pytest

from tsd.errors import ReadError


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def teams(*cues):
    document = docx.Document()
    for start, end, name, text in cues:
        run = document.add_paragraph().add_run(f"{start} --> {end}")
        for line in (name, text):
            run.add_break()
            run.add_text(line)
    return saved(document)


CUES = [
    ("0:0:0.0", "0:0:2.570", "Lind, Mara", "So how"),
    ("0:0:2.600", "0:0:3.1", "Lind, Mara", "was it?"),
    ("0:0:5.0", "0:0:7.25", "Joe", "Bad."),
]


def test_cues_with_a_time_and_a_name_become_turns(read):
    result = read(teams(*CUES), "a.docx", therapist=("Lind, Mara",))
    assert result.files[0].format == "docx-teams"
    assert [(u.speaker, u.text, u.start, u.end) for u in result.sessions[0].utterances] == [
        ("Lind, Mara", "So how was it?", 0.0, 3.1),
        ("Joe", "Bad.", 5.0, 7.25),
    ]


def test_cues_in_paragraphs_of_their_own_are_the_same(turns):
    lines = [line for s, e, n, t in CUES for line in (f"{s} --> {e}", n, t, "")]
    assert turns(paragraphs("Meeting", *lines), "a.docx", join_within=0.0) == [
        (name, text) for *_, name, text in CUES
    ]


def test_cues_without_names_are_refused(read):
    lines = [f"{start} --> {end}\nSome words {i}" for i, (start, end, *_) in enumerate(CUES)]
    with pytest.raises(ReadError, match="has times, but no names of speakers below them"):
        read(paragraphs(*lines), "a.docx")
