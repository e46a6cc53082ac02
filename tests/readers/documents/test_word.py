import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsd.errors import MissingExtraError, ReadError
from tsd.readers import read_file
from tsd.readers.log import NotTalk

TURNS = [
    ("Mara", "How was it?"),
    ("Joe", "Bad. I failed."),
    ("Mara", "I failed, too."),
    ("Joe", "Oh."),
]


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def table(document, *rows):
    made = document.add_table(0, max(map(len, rows)))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=False):
            cell.text = text
    return made


def _with_table():
    document = docx.Document()
    document.add_paragraph("T: Come in.")
    table(document, ["Who", "Words"], *TURNS)
    return saved(document)


def changed(data, part, change):
    """Change the XML of a part of a document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


# paragraphs


def test_labeled_paragraphs(read):
    result = read(paragraphs("Therapist: Come in.", "Client: Thanks."), "a.docx")
    (session,) = result.sessions
    assert [(u.speaker, u.text, u.line) for u in session.utterances] == [
        ("Therapist", "Come in.", 1),
        ("Client", "Thanks.", 2),
    ]
    assert result.problems == []
    assert result.files[0].format == "docx"


def test_a_name_and_a_time_above_each_paragraph(turns, read):
    lines = [x for i, (name, text) in enumerate(TURNS) for x in (f"{name}  0:{i + 10}", text, "")]
    assert turns(paragraphs(*lines), "a.docx") == TURNS
    (session,) = read(paragraphs(*lines), "a.docx").sessions
    assert [u.start for u in session.utterances] == [10.0, 11.0, 12.0, 13.0]


def test_a_soft_line_break_ends_a_line(turns):
    document = docx.Document()
    for i, (name, text) in enumerate(TURNS):
        run = document.add_paragraph().add_run(name)
        run.bold = True
        run = document.paragraphs[-1].add_run(f"   0:{i + 10}")
        run.add_break()
        document.paragraphs[-1].add_run(text)
    assert turns(saved(document), "a.docx") == TURNS


def test_a_page_break_ends_a_line(turns):
    document = docx.Document()
    run = document.add_paragraph().add_run("T: Come in.")
    run.add_break(WD_BREAK.PAGE)
    document.paragraphs[0].add_run("C: Thanks.")
    assert turns(saved(document), "a.docx") == [("T", "Come in."), ("C", "Thanks.")]


def test_names_that_only_bold_letters_set_off(turns):
    document = docx.Document()
    for name, text in TURNS:
        document.add_paragraph().add_run(name).bold = True
        document.paragraphs[-1].add_run(f" {text}")
    assert turns(saved(document), "a.docx") == TURNS


def test_text_that_is_bold_by_its_style_only_is_no_label(read):
    document = docx.Document()
    for text in ("How was it?", "Bad.", "And then?", "Nothing."):
        document.add_paragraph().add_run(text).bold = text.endswith("?")
    with pytest.raises(ReadError, match="no speaker labels found"):
        read(saved(document), "a.docx")


def test_a_monologue_is_refused_and_the_advice_works(read, turns):
    with pytest.raises(ReadError, match="Write each turn as 'Therapist: words'"):
        read(paragraphs("I like it here.", "I do not know why."), "a.docx")
    advised = paragraphs("Therapist: I like it here.", "Client: I do not know why.")
    assert len(turns(advised, "a.docx")) == 2


def test_one_label_below_other_words_is_refused(read):
    lines = ["Three interviews", "It was hard.", "And then?", "Further Questions:", "And so on."]
    with pytest.raises(ReadError) as caught:
        read(paragraphs(*lines), "a.docx")
    assert caught.value.line == 4
    assert caught.value.message == (
        "only one turn is labeled, and other lines are not. Write each turn as 'Therapist: words' "
        "or 'Client: words', each session in a file of its own."
    )


# tracked changes, text boxes, notes


def test_inserted_words_are_in_and_deleted_words_are_out(read):
    data = paragraphs("T: Come INSERT in.", "C: Thanks.")

    def change(xml):
        text = xml.decode()
        before, after = text.split("Come INSERT in.")
        before = before[: before.rindex("<w:r>")]
        after = after[after.index("</w:r>") + 6 :]
        middle = (
            "<w:r><w:t>T: Come </w:t></w:r>"
            '<w:ins w:id="1" w:author="x"><w:r><w:t>right </w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="x"><w:r><w:delText>back </w:delText></w:r></w:del>'
            "<w:r><w:t>in.</w:t></w:r>"
        )
        return f"{before}{middle}{after}".encode()

    result = read(changed(data, "word/document.xml", change), "a.docx")
    assert [u.text for u in result.sessions[0].utterances] == ["Come right in.", "Thanks."]
    assert result.files[0].left_out[NotTalk.MARKUP].words == 1


def test_headers_and_footers_are_left_out(read):
    document = docx.Document(io.BytesIO(paragraphs("T: Come in.", "C: Thanks.")))
    document.sections[0].header.paragraphs[0].text = "Project nine"
    document.sections[0].footer.paragraphs[0].text = "Confidential"
    result = read(saved(document), "a.docx")
    assert len(result.sessions[0]) == 2
    assert result.files[0].left_out[NotTalk.PAGE].words == 3


def test_text_boxes_are_reported_as_not_read(read):
    document = docx.Document(io.BytesIO(paragraphs("T: Come in.", "C: Thanks.")))
    run = document.paragraphs[0].add_run()
    box = (
        f"<w:pict {nsdecls('w')}><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'>"
        "<w:txbxContent><w:p><w:r><w:t>three more words</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></w:pict>"
    )
    run._r.append(parse_xml(box))
    result = read(saved(document), "a.docx")
    assert [u.text for u in result.sessions[0].utterances] == ["Come in.", "Thanks."]
    assert [p.message for p in result.problems] == [
        "the document has text boxes (3 words), which are not read. If there is talk in them, move "
        "it to the text."
    ]


def test_paragraphs_in_content_controls_are_read(turns):
    document = docx.Document(io.BytesIO(paragraphs("T: Come in.", "C: Thanks.")))
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    first = document.paragraphs[0]._p
    first.addprevious(control)
    control.append(content)
    content.append(first)
    assert turns(saved(document), "a.docx") == [("T", "Come in."), ("C", "Thanks.")]


# tables


def test_a_table_with_a_header(read):
    document = docx.Document()
    document.add_paragraph("Interview nine")
    table(
        document,
        ["Start", "Speaker", "Transcription"],
        *[[f"0:{i + 10}", *turn] for i, turn in enumerate(TURNS)],
    )
    result = read(saved(document), "a.docx")
    assert [(u.speaker, u.text, u.start) for u in result.sessions[0].utterances] == [
        (*turn, 10.0 + i) for i, turn in enumerate(TURNS)
    ]
    assert result.files[0].left_out[NotTalk.HEADING].words == 2


def test_a_table_without_a_header(turns):
    document = docx.Document()
    table(document, *[[f"{name}:", f"{text} And so on."] for name, text in TURNS])
    assert turns(saved(document), "a.docx") == [(n, f"{text} And so on.") for n, text in TURNS]


def test_the_table_of_the_talk_is_found_among_others(turns):
    document = docx.Document()
    table(document, ["Speaker", "Mood"], ["Mara", "0.5"], ["Joe", "-0.5"])
    table(document, ["Who", "Words"], *TURNS)
    table(document, ["Date", "Monday"], ["Place", "Ward 3"])
    assert turns(saved(document), "a.docx") == TURNS


def test_a_table_that_goes_on_without_its_header(turns, read):
    document = docx.Document()
    table(document, ["Who", "Words"], *TURNS[:2])
    table(document, *TURNS[2:])
    assert turns(saved(document), "a.docx") == TURNS
    assert next(p.message for p in read(saved(document), "a.docx").problems) == (
        "the talk of 2 tables was read as one session. If they are several, save each in a file of "
        "its own."
    )


def test_a_name_in_cells_that_are_merged_is_in_each_row(turns):
    document = docx.Document()
    made = table(document, ["Who", "Words"], ["Mara", "One."], ["", "Two."], ["Joe", "Three."])
    made.cell(1, 0).merge(made.cell(2, 0))
    assert turns(saved(document), "a.docx") == [
        ("Mara", "One."),
        ("Mara", "Two."),
        ("Joe", "Three."),
    ]


def test_labeled_lines_in_a_table_for_the_layout(turns):
    document = docx.Document()
    table(document, *[[f"{'T' if n == 'Mara' else 'C'}: {text}"] for n, text in TURNS])
    assert [text for _, text in turns(saved(document), "a.docx")] == [text for _, text in TURNS]


def test_a_row_with_a_paragraph_for_each_turn(turns):
    document = docx.Document()
    names, words = ("\n".join(each) for each in zip(*[(f"{n}:", t) for n, t in TURNS], strict=True))
    table(document, [names, words])
    assert turns(saved(document), "a.docx") == TURNS


def test_names_in_one_cell_that_do_not_fit_the_words_are_refused(read):
    document = docx.Document()
    table(document, ["T:\nC:\nT:", "How was it?\nBad.\nI failed.\nWhy?"])
    with pytest.raises(ReadError) as caught:
        read(saved(document), "a.docx")
    assert caught.value.message == (
        "a row of a table has several names of speakers in one cell, and their words in another. "
        "Give each turn a row of its own."
    )


def test_a_small_table_above_labeled_paragraphs_is_a_heading(read):
    document = docx.Document()
    table(document, ["Interviewer", "Mara"], ["Participant", "Joe"])
    for _ in range(3):
        document.add_paragraph("Therapist: How did that go for you?")
        document.add_paragraph("Client: It went well enough for me.")
    result = read(saved(document), "a.docx")
    assert [u.speaker for u in result.sessions[0].utterances] == ["Therapist", "Client"] * 3
    assert result.files[0].left_out[NotTalk.HEADING].words == 4


# damage

WITH_TABLE = _with_table()
WHOLE = paragraphs(*[f"{name}: {text}" for name, text in TURNS])  # once: it holds the time


def test_without_python_docx_the_message_says_how_to_install_it(write, monkeypatch):
    path = write(paragraphs("T: Come in.", "C: Thanks."), "a.docx")
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"reading Word documents needs python-docx"):
        read_file(path)


def test_an_empty_document_is_refused(read):
    with pytest.raises(ReadError, match=r"a\.docx: is empty\."):
        read(paragraphs("", " "), "a.docx")


def test_a_declaration_of_entities_is_refused(read):
    data = changed(
        paragraphs("T: a"), "word/document.xml", lambda x: b'<!DOCTYPE a [<!ENTITY b "c">]>' + x
    )
    with pytest.raises(ReadError, match="declares XML entities, which no program needs"):
        read(data, "a.docx")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_gives_a_reading_or_a_clear_error(tmp_path, data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.docx"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        assert read_file(path).files
    except ReadError as error:
        assert error.message  # noqa: PT017


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_xml_gives_a_reading_or_a_clear_error(tmp_path, data):
    def change(xml):
        mixed = bytearray(xml)
        for _ in range(data.draw(st.integers(1, 5))):
            start = data.draw(st.integers(0, len(mixed) - 1))
            length = data.draw(st.integers(0, 200))
            mixed[start : start + length] = data.draw(st.sampled_from([b"", b"<w:p>", b"<", b"x"]))
        return bytes(mixed)

    path = tmp_path / "a.docx"
    path.write_bytes(changed(WITH_TABLE, "word/document.xml", change))
    try:
        assert read_file(path).files
    except ReadError as error:
        assert error.message  # noqa: PT017


def test_every_word_is_in_an_utterance_or_left_out(read):
    document = docx.Document()
    document.add_paragraph("Interview nine of the project")
    table(document, ["Speaker", "Words"], *TURNS)
    document.add_paragraph("Transcribed by Jo")
    document.sections[0].footer.paragraphs[0].text = "Page one"
    result = read(saved(document), "a.docx")
    spoken = sum(u.words for u in result.sessions[0].utterances)
    out = sum(each.words for each in result.files[0].left_out.values())
    assert spoken == sum(len(text.split()) for _, text in TURNS)
    assert out == 5 + 3 + 2  # the header row and the names are in their fields
