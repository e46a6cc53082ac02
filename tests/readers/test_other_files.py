import io
import zipfile

import pytest

from tsd.batch.inputs import find_files
from tsd.errors import ReadError
from tsd.readers import known_suffixes
from tsd.readers import other_files_patterns as patterns


def open_document(kind):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<a/>")
    return stream.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.doc", OLD, "is a Word document of the old kind. Open it in Word (or LibreOffice), "),
        ("a.xls", OLD, "is an Excel workbook of the old kind. Open it in Excel"),
        ("a.docx", OLD, "has a password, or is of an old version of Office. Open it, and save a "),
        ("a.txt", b"{\\rtf1\\ansi T: hi\\par C: ho}", "is a rich text file. Open it in Word"),
        ("a.rtf", b"{\\rtf1\\ansi T: hi\\par C: ho}", "is a rich text file. Open it in Word"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF, which has no turns, only places on pages."),
        ("a.odt", open_document("text"), "is a LibreOffice document. Open it there, choose"),
        ("a.zip", open_document("spreadsheet"), "is a LibreOffice spreadsheet. Open it there"),
        ("a.pages", b"PK\3\4xx", "is a Pages document. Open it in Pages, choose File, Export To"),
        ("a.mp3", b"ID3\4", "is a recording. Have it transcribed with speaker labels"),
        ("a.m4a", b"\0\0\0 ftyp", "is a recording. Have it transcribed with speaker labels"),
        ("a.mx24", b"\0\1", "is a project of a program for qualitative analysis. Open it there"),
        ("a.sav", b"$FL2@", "is a file of a statistics program. Export it there as CSV"),
    ],
)
def test_what_to_do_with_files_that_are_not_read(read, name, content, message):
    with pytest.raises(ReadError) as caught:
        read(content, name)
    assert caught.value.message.startswith(message)


def test_every_kind_has_advice():
    kinds = {*patterns.SUFFIXES.values(), *(kind for _, kind in patterns.BEGINNINGS)}
    assert kinds | {kind for _, kind in patterns.OPEN_DOCUMENT} == set(patterns.ADVICE)
    assert not set(patterns.SUFFIXES) & set(known_suffixes())


def test_a_folder_names_them_with_the_advice(write, tmp_path):
    write("T: hi\nC: ho\n", "a.txt")
    for name in ("a.doc", "b.doc", "c.xyz"):
        write("x", name)
    _, problems = find_files(tmp_path)
    assert [p.message for p in problems] == [
        "skipped 2 files that end in .doc: each is a Word document of the old kind. Open it in "
        "Word (or LibreOffice), choose Save As, and save it as Word Document (.docx).",
        "skipped files of other kinds: .xyz (1). Save them as text or as a table to have them "
        "read.",
    ]
