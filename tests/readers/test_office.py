import io
import zipfile

import pytest

from tsd.errors import ReadError
from tsd.readers.office import is_office, opened
from tsd.readers.source import Source


def packed(method=zipfile.ZIP_DEFLATED, **parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return Source("a.docx", stream.getvalue())


def test_a_program_is_known_by_its_folder():
    source = packed(word__document_xml="<a/>")
    assert (is_office(source, "word"), is_office(source, "xl")) == (True, False)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"PK\3\4" + b"x" * 500, b"text"])
def test_other_files_are_of_no_program(data):
    assert not is_office(Source("a.docx", data), "word")


def test_a_safe_file_is_opened():
    with opened(packed(word__document_xml="<a>&lt;!DOCTYPE</a>"), "Word") as archive:
        assert archive.namelist() == ["word/document.xml"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["<!DOCTYPE a>", '<!ENTITY a "b">'])
def test_declarations_are_refused_in_any_part_and_encoding(mark, encoding):
    source = packed(word__document_xml="<a/>", word__x_xml=f" {mark}<a/>".encode(encoding))
    with pytest.raises(ReadError) as caught:
        opened(source, "Word")
    assert caught.value.message == (
        "declares XML entities, which no program needs. Open it in Word and save it once more."
    )


@pytest.mark.parametrize(
    "source",
    [
        packed(word__document_xml=b" " * 2**24),
        packed(zipfile.ZIP_STORED, word__document_xml=b" " * (2**27 + 1)),
    ],
    ids=["packed too well", "too large"],
)
def test_files_that_would_take_too_much_memory_are_refused(source):
    with pytest.raises(ReadError) as caught:
        opened(source, "Word")
    assert caught.value.message == (
        "would take more memory once unpacked than any transcript does. Copy the talk to a new "
        "file, or save it as text."
    )


def test_pictures_may_be_large():
    with opened(packed(word__document_xml="<a/>", word__a="x" * 2**24), "Word") as archive:
        assert len(archive.namelist()) == 2


def test_damage_is_named():
    whole = packed(word__document_xml="<a>some words</a>").data
    broken = whole[:60] + b"\0\1\2\3" + whole[64:]
    with pytest.raises(ReadError, match=r"^a\.docx: is damaged\. Open it in Word and save it once"):
        opened(Source("a.docx", broken[:-30]), "Word")
