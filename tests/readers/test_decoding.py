import codecs

import pytest

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source

TEXT = "T: café – “naïve”\r\nC: oui\r\n"


@pytest.fixture
def read_bytes(tmp_path):
    def _read(data):
        path = tmp_path / "s.txt"
        path.write_bytes(data)
        log = ProblemLog(str(path))
        return Source.of(path).text(log), [(p.severity.value, p.message) for p in log.problems]

    return _read


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "with BOM", "utf-16", "le", "be", "le without BOM", "be without BOM"],
)
def test_unicode_files_are_read_without_a_message_and_without_their_mark(read_bytes, data):
    assert read_bytes(data) == (TEXT, [])


def test_windows_files_are_read_and_the_guess_is_reported(read_bytes):
    assert read_bytes(TEXT.encode("cp1252")) == (
        TEXT,
        [
            (
                "warning",
                "is not UTF-8; read as Windows-1252. Save it as UTF-8 if letters look wrong.",
            )
        ],
    )


def test_bytes_that_are_not_in_windows_1252_do_not_stop_reading(read_bytes):
    text, problems = read_bytes(b"T: caf\xe9 \x81\n")
    assert text == "T: café \ufffd\n"
    assert len(problems) == 1


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_are_left_as_they_are(read_bytes, ends):
    text = f"T: a{ends}C: b{ends}"
    assert read_bytes(text.encode())[0] == text


@pytest.mark.parametrize("data", [b"", b"\n \n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\r\n"])
def test_an_empty_file_is_reported(read_bytes, data):
    with pytest.raises(ReadError, match=r"s\.txt: is empty\.$"):
        read_bytes(data)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x89PNG\x00", b"T: hi\0", b"\0" * 99])
def test_a_file_that_is_not_text_is_reported(read_bytes, data):
    with pytest.raises(ReadError, match=r"is not a text file\. Export the transcript as"):
        read_bytes(data)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(ReadError, match=r"cannot be opened: No such file or directory\.$"):
        Source.of(tmp_path / "no.txt")


def test_a_folder_is_reported(tmp_path):
    with pytest.raises(ReadError, match=r"cannot be opened: Is a directory\.$"):
        Source.of(tmp_path)


def test_a_cut_utf16_file_is_read_or_reported_as_utf16(read_bytes):
    try:
        text, _ = read_bytes("T: hi\nC: ho\n".encode("utf-16") + b"x")
    except ReadError as error:
        assert "UTF-16" in error.message  # noqa: PT017
    else:
        assert text.startswith("T: hi\nC: ho\n")


def test_a_byte_order_mark_is_removed_even_if_the_file_is_not_all_utf8(read_bytes):
    text, _ = read_bytes(codecs.BOM_UTF8 + b"T: caf\xe9\n")
    assert text.startswith("T: caf")


def test_a_mac_file_is_read_with_its_apostrophes(read_bytes):
    text, ((severity, message),) = read_bytes("T: It’s café\n".encode("mac_roman"))
    assert (text, severity) == ("T: It’s café\n", "warning")
    assert message == "is not UTF-8; read as Mac Roman. Save it as UTF-8 if letters look wrong."


def test_a_file_in_two_encodings_is_read_with_both(read_bytes):
    text, problems = read_bytes("T: café\n".encode() + "C: naïve – “so”\n".encode("cp1252"))
    assert text == "T: café\nC: naïve – “so”\n"
    assert len(problems) == 1


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_letters_that_were_saved_in_a_wrong_encoding_are_repaired_and_reported(read_bytes, wrong):
    good = "T: I’ve been to a café.\nC: déjà vu\nT: No.\n"
    text, problems = read_bytes(good.encode().decode(wrong).encode())
    assert text == good
    assert problems == [
        (
            "warning",
            "letters on 2 lines were saved in a wrong encoding and have been repaired (for "
            "example, an apostrophe had become three other signs). Check a line with an accented "
            "letter.",
        )
    ]


@pytest.mark.parametrize("text", ["T: Âge, Château, Ãlvaro\n", "T: DÉJÀ VU – “NÃO”\n"])
def test_letters_that_are_right_stay(read_bytes, text):
    assert read_bytes(text.encode()) == (text, [])
