import io
import zipfile

import pytest

from tsd.errors import ReadError
from tsd.readers import read_file

TALK = "T: hi\nC: ho\n"


def packed(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_the_files_of_an_archive_are_read_in_alphabetical_order(read, write):
    path = write(packed({"b/2.txt": TALK, "a.csv": "speaker,text\nT,x\nC,y\n"}), "all.zip")
    result = read_file(path)
    assert [(s.session_id, s.source) for s in result.sessions] == [
        ("a", f"{path}/a.csv"),
        ("2", f"{path}/b/2.txt"),
    ]
    assert [(f.format, f.path) for f in result.files] == [
        ("table", f"{path}/a.csv"),
        ("text", f"{path}/b/2.txt"),
    ]
    assert result.problems == []


def test_hidden_files_are_skipped(read):
    files = {".DS_Store": b"\0", "__MACOSX/._a.txt": b"\0", "~$a.txt": b"\0", "a.txt": TALK}
    assert len(read(packed(files), "all.zip").files) == 1


def test_a_bad_file_in_an_archive_stops_no_other(read):
    result = read(packed({"a.txt": TALK, "b.txt": "no labels here", "c.zip": packed({})}), "x.zip")
    assert len(result.sessions) == 1
    assert [
        (p.path.rpartition("x.zip/")[2], p.message.partition(".")[0]) for p in result.problems
    ] == [
        ("b.txt", "no speaker labels found"),
        ("c.zip", "is an archive in an archive, which is not opened"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (packed({}), r"x\.zip: has no transcript in it: it is empty$"),
        (
            packed({"a.txt": "words"}),
            r"x\.zip: has no transcript in it: .*x\.zip/a\.txt: no speaker",
        ),
        (packed({"a.txt": TALK})[:-9], r"x\.zip: is a damaged zip archive\. Unpack it, or export"),
    ],
    ids=["empty", "no transcript", "damaged"],
)
def test_an_archive_without_transcripts_is_refused(read, content, message):
    with pytest.raises(ReadError, match=message):
        read(content, "x.zip")


def test_an_archive_is_known_by_its_content(read):
    assert len(read(packed({"a.txt": TALK}), "transcripts").sessions) == 1


def test_a_file_that_would_unpack_to_far_more_than_it_is_is_not_unpacked(read):
    result = read(packed({"a.txt": TALK, "bomb.txt": b"0" * (300 * 2**20)}), "x.zip")
    (problem,) = result.problems
    assert problem.message == (
        "would take 300 MiB once unpacked, which no transcript does. If it is one, unpack it and "
        "name the file."
    )


def test_damage_within_an_archive_is_a_problem_of_that_file(read):
    data = bytearray(packed({"a.txt": TALK, "b.txt": "T: more\nC: words\n" * 99}))
    place = data.index(b"b.txt") + len(b"b.txt") + 4
    data[place : place + 9] = b"xxxxxxxxx"
    result = read(bytes(data), "x.zip")
    assert len(result.sessions) == 1
    assert [p.message for p in result.problems] == [
        "is damaged in its archive. Unpack it, or export it once more."
    ]


def test_a_file_with_a_password_is_reported(read):
    data = bytearray(packed({"a.txt": TALK, "b.txt": TALK}))
    place = data.rindex(b"PK\1\2")
    data[place + 8] |= 1  # the mark in the list of files
    (problem,) = read(bytes(data), "x.zip").problems
    assert problem.message == "needs a password. Unpack the archive and name its folder."
