"""Whatever is in a file, reading it gives a session or says what is wrong."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.format_files import SESSION, WRITERS
from tsd.errors import MissingExtraError, ReadError
from tsd.readers import read_file
from tsd.schema import Severity

EXAMPLES = int(os.environ.get("TSD_FUZZ_EXAMPLES", "5"))
"""Per format and test; many more were tried by hand (CONTRIBUTING.md)."""

FILES = {name: writer(SESSION) for name, writer in WRITERS.items()}
BINARY = (".docx", ".xlsx", ".parquet")
TEXT = [name for name in FILES if not name.endswith(BINARY)]
ODD = [b"", b"\0", b"\xff", b"\r", b"\n\n", b"\xe2\x80\xa8", b"\x0c", b'"', b"<", b"&", b"{", b"[]"]
ODD += [b"-->", b"null", b"1e999", b"-1", b"\xef\xbb\xbf", b"\x15", b"*:", b"99:99:99", b"\xd8\x00"]
ODD += ["שלום".encode(), "🙂".encode(), "\u202e".encode(), b"(" * 300, b"[" * 3000, b"9" * 5000]


def attempt(folder, name, data):
    """Read a file; nothing but a reading or an error with advice may come of it."""
    path = folder / name.replace("/", "-")
    path.write_bytes(data)
    try:
        result = read_file(path)
    except (ReadError, MissingExtraError) as error:
        message = str(error)
        assert message.startswith(str(path))
    else:
        message = "".join(p.message for p in result.problems if p.severity is Severity.ERROR)
        assert result.sessions or message
    return message


def check(tmp_path_factory, name, data):
    attempt(tmp_path_factory.getbasetemp(), f"{os.getpid()}-{name.replace('/', '-')}", data)


@st.composite
def damaged(draw, name):
    """Cut a file, put odd bytes in it, take parts out, or put parts of another file in."""
    data = FILES[name]
    for _ in range(draw(st.integers(1, 4))):
        here, there = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        kind = draw(st.sampled_from(["cut", "drop", "odd", "twice", "mixed", "noise"]))
        if kind == "cut":
            data = data[:here]
        elif kind == "drop":
            data = data[:here] + data[min(there, here + draw(st.integers(1, 90))) :]
        elif kind == "odd":
            data = data[:here] + draw(st.sampled_from(ODD)) + data[here:]
        elif kind == "twice":
            data = data[:there] + data[here:]
        elif kind == "mixed":
            other = FILES[draw(st.sampled_from(sorted(FILES)))]
            data = data[:here] + other[: draw(st.integers(0, 4000))] + data[here:]
        else:
            data = data[:here] + draw(st.binary(max_size=20)) + data[here:]
    return data


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damage_gives_a_reading_or_an_error(tmp_path_factory, name, data):
    check(tmp_path_factory, name, data.draw(damaged(name)))


@pytest.mark.parametrize("name", FILES)
def test_the_first_half_of_a_file_gives_a_reading_or_an_error(tmp_path, name):
    attempt(tmp_path, name, FILES[name][: len(FILES[name]) // 2])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("name", [n for n in TEXT if not n.endswith((".eaf", ".exb"))])
def test_any_encoding_gives_the_same_words(tmp_path, name, encoding):
    path = tmp_path / name.replace("/", "-")
    path.write_bytes(FILES[name])
    expected = [u.text for s in read_file(path).sessions for u in s.utterances]
    path.write_bytes(FILES[name].decode().encode(encoding))
    assert [u.text for s in read_file(path).sessions for u in s.utterances] == expected


@pytest.mark.parametrize("words", ["שלום, מה שלומך", "مرحبا 🙂 كيف", "Ça va – “très” bien…"])
@pytest.mark.parametrize("name", TEXT)
def test_words_in_any_script_come_out_as_they_are(tmp_path, name, words):
    turns = [turn._replace(text=words if i == 2 else turn.text) for i, turn in enumerate(SESSION)]
    path = tmp_path / name.replace("/", "-")
    path.write_bytes(WRITERS[name](turns))
    (session,) = read_file(path).sessions
    assert session.utterances[2].text == words


@pytest.mark.parametrize("name", FILES)
def test_one_utterance_with_ten_thousand_words_is_read(tmp_path, name):
    long = "la " * 9_999 + "la"
    turns = [turn._replace(text=long) if i == 1 else turn for i, turn in enumerate(SESSION)]
    path = tmp_path / name.replace("/", "-")
    path.write_bytes(WRITERS[name](turns))
    (session,) = read_file(path).sessions
    expected = sum(len(turn.text.split()) for turn in turns)
    assert sum(u.words for u in session.utterances) == expected


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("junk", [b"x" * 2**19, b"(" * 2**17, b"a: " * 2**16, b"[" * 2**17])
def test_many_letters_without_a_line_end_do_not_hang(tmp_path, name, junk):
    attempt(tmp_path, name, junk)
    attempt(tmp_path, name, FILES[name][:400] + junk)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
)


@pytest.mark.parametrize("name", ["elan.eaf", "exmaralda.exb"])
def test_an_xml_bomb_is_refused(tmp_path, name):
    body = FILES[name].split(b"?>", 1)[1].replace(b"week", b"&j;", 1)
    message = attempt(tmp_path, name, LAUGHS + b"]>" + body)
    assert "entit" in message


@pytest.mark.parametrize("name", ["table.xlsx", "paragraphs.docx"])
def test_an_office_bomb_is_refused(tmp_path, name):
    data = BytesIO(FILES[name])
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        part = "xl/sharedStrings.xml" if name.endswith("xlsx") else "word/comments.xml"
        archive.writestr(part, b"<x>" + b" " * (40 * 2**20) + b"</x>")
    assert "unpack" in attempt(tmp_path, name, data.getvalue())


def test_a_bad_file_among_a_hundred_gives_the_other_99(tmp_path):
    from tsd.batch.inspection import inspect

    for number in range(99):
        (tmp_path / f"s{number:02}.txt").write_text("T: hi\nC: ho\n")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2")
    found = inspect(tmp_path)
    assert len(found.files) == 99
    assert len([p for p in found.problems if p.severity is Severity.ERROR]) == 1
