from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from tsd.errors import ReadError
from tsd.readers import Format, ReadResult, known_suffixes, read_file, registry
from tsd.readers.records import Record
from tsd.schema import Role, Severity

SMALL = {
    ".csv": "speaker,text\nT,hi\nC,ho\n",
    ".tsv": "speaker\ttext\nT\thi\nC\tho\n",
    ".jsonl": '{"speaker": "T", "text": "hi"}\n{"speaker": "C", "text": "ho"}\n',
    ".ndjson": '{"speaker": "T", "text": "hi"}\n{"speaker": "C", "text": "ho"}\n',
    ".json": '[{"speaker": "T", "text": "hi"}, {"speaker": "C", "text": "ho"}]',
    ".txt": "T: hi\nC: ho\n",
    ".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nT: hi\n\n00:03.000 --> 00:04.000\nC: ho\n",
    ".srt": "1\n00:00:01,0 --> 00:00:02,0\nT: hi\n\n2\n00:00:03,0 --> 00:00:04,0\nC: ho\n",
    ".html": '<p><a name="ts_1_2_T">T: hi</a></p><p><a name="ts_3_4_C">C: ho</a></p>',
    ".htm": '<p><a name="ts_1_2_T">T: hi</a></p><p><a name="ts_3_4_C">C: ho</a></p>',
}


@pytest.mark.parametrize("suffix", SMALL)
@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_the_same_session_comes_out_of_every_format(write, suffix, change):
    path = write(SMALL[suffix], f"demo{change(suffix)}")
    result = read_file(path)
    assert isinstance(result, ReadResult)
    (session,) = result.sessions
    assert (session.session_id, session.source) == ("demo", str(path))
    assert [(u.role, u.text) for u in session.utterances] == [
        (Role.THERAPIST, "hi"),
        (Role.CLIENT, "ho"),
    ]
    assert result.problems == []


@pytest.mark.parametrize("name", ["a.log", "a", "a.csv.xyz"])
def test_another_suffix_is_reported_with_those_that_are_read(read, name):
    with pytest.raises(ReadError) as caught:
        read("nothing that is known", name)
    assert caught.value.message == (
        f"files that end in {Path(name).suffix!r} are not read, and the content is not a known "
        f"format either. Expected {', '.join(known_suffixes())}."
    )


# the content decides, then the suffix


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.log", "a"])
@pytest.mark.parametrize("kind", SMALL)
def test_the_content_decides_under_any_name(turns, kind, name):
    assert turns(SMALL[kind], name) == [("T", "hi"), ("C", "ho")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("kind", [".csv", ".jsonl", ".txt"])
def test_content_is_recognized_in_any_encoding(turns, kind, encoding):
    assert turns(SMALL[kind].replace("hi", "oh – hi").encode(encoding), "a.log")[1] == ("C", "ho")


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("a.txt", "Speaker, text\nT: hi, you\nC: ho\n", "hi, you"),
        ("a.txt", 'T: {"speaker": "C"}\nC: ho\n', '{"speaker": "C"}'),
        ("a.csv", "speaker,text\nT,T: hi\nC,C: ho\n", "T: hi"),
        ("a.csv", "speaker,text\nT: hi,x\nC: ho,y\n", "x"),
        ("a.txt", "sep=;\nspeaker;text\nT;hi\nC;ho\n", "hi"),
    ],
)
def test_content_of_two_formats_is_read_as_one(turns, name, content, first):
    assert turns(content, name)[0][1] == first


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "T: hi\nsomething else\nand more\nC: ho\n", "no column for"),
        ("a.csv", "Alter,Geschlecht\n33,f\n44,m\n", "no column for"),
        ("a.tsv", "Alter\tGrund\n33\thi\n44\tho\n", "no column for"),
        ("a.txt", "speaker,text\n", "no speaker labels found"),
        ("a.log", "Anna: hi\nBen: ho\n", "files that end in '.log' are not read"),
        ("a.log", b"T: hi\0\nC: ho\n", "files that end in '.log' are not read"),
        ("a.log", b"", "files that end in '.log' are not read"),
    ],
)
def test_where_the_content_is_not_clear_the_suffix_decides(read, name, content, message):
    with pytest.raises(ReadError, match=message):
        read(content, name)


# formats of other packages


def _read_bang(source, reading, log):
    for number, line in enumerate(source.text(log).splitlines()[1:], 2):
        speaker, text = line.split("!")
        yield Record(text, speaker, number)


BANG = Format("bang", (".bang", ".txt"), lambda source: source.start.startswith("BANG"), _read_bang)
BLIND = Format("blind", (".txt",), lambda source: source.start.fail, _read_bang)


@pytest.fixture
def plug_in(monkeypatch):
    """Install formats by the names they have in this module."""

    def install(*names):
        points = [EntryPoint(f"x-{n}", f"{__name__}:{n}", "tsd_formats") for n in names]
        monkeypatch.setattr(registry, "entry_points", lambda group: points)
        registry._plug_ins.cache_clear()

    yield install
    registry._plug_ins.cache_clear()


@pytest.mark.parametrize("name", ["a.bang", "a.csv", "a"])
def test_a_plug_in_is_one_of_the_formats(plug_in, read, turns, name):
    plug_in("BANG")
    assert known_suffixes()[-2:] == (".bang", ".zip")
    assert turns("BANG\nT!hi\nC!ho\n", name) == [("T", "hi"), ("C", "ho")]
    assert read("BANG\nT!hi\nC!ho\n", name).problems == []


def test_a_plug_in_leaves_other_files_of_its_suffix_to_the_built_in_formats(plug_in, turns):
    plug_in("BANG")
    assert turns("Anna: hi\nBen: ho\nAnna: x\n")[0] == ("Anna", "hi")
    assert turns(SMALL[".csv"], "a.bang") == [("T", "hi"), ("C", "ho")]


@pytest.mark.parametrize(
    ("name", "why"),
    [("MISSING", "AttributeError: module"), ("SMALL", "TypeError: it is not a tsd.readers.Format")],
)
def test_a_plug_in_that_cannot_be_loaded_is_named_and_all_else_is_read(plug_in, read, name, why):
    plug_in(name, "BANG")
    (problem,) = read(SMALL[".txt"]).problems
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith(
        f"the plug-in format 'x-{name}' ({__name__}:{name}) cannot be loaded: {why}"
    )
    assert ".bang" in known_suffixes()


def test_a_plug_in_that_fails_on_a_file_is_named_without_words_of_the_file(plug_in, read):
    plug_in("BLIND", "BANG")
    (problem,) = read(SMALL[".txt"]).problems
    assert problem.message == (
        "the plug-in format 'blind' failed (AttributeError). Update the package that it comes "
        "from, or uninstall it."
    )
    with pytest.raises(ReadError, match=r"the plug-in format 'bang' failed \(ValueError\)"):
        read("BANG\nT!zebra!hi\n", "a.bang")


@pytest.mark.parametrize("suffixes", [".txt", ("txt",), (".TXT",)])
def test_a_suffix_that_matches_nothing_is_refused(suffixes):
    with pytest.raises(ValueError, match="must be lower case and start with a dot"):
        Format("x", suffixes, BANG.recognises, BANG.read)


# any file


def test_a_path_may_be_text_or_path(write):
    path = write(SMALL[".txt"])
    assert read_file(str(path)) == read_file(path)


def test_a_missing_file_is_a_read_error():
    with pytest.raises(ReadError, match=r"^no\.txt: cannot be opened: No such file"):
        read_file("no.txt")


def test_problems_name_the_path_as_the_user_gave_it(write):
    path = write("A: hi\nB: ho\nA: x\nB: y\n")
    assert {p.path for p in read_file(path).problems} == {str(path)}


def test_problems_of_a_session_name_it(read):
    (problem,) = read("session_id,speaker,text\ns9,A,hi\n", "a.csv").problems
    assert problem.session_id == "s9"


def test_a_file_whose_utterances_are_all_empty_is_an_error(read):
    result = read("speaker,text\nT,\nC,\n", "a.csv")
    assert result.sessions == []
    assert result.problems[-1].severity is Severity.ERROR
    assert (
        result.problems[-1].message
        == "has no utterances. Expected words and their speaker in each row or turn."
    )


def test_reading_leaves_the_file_as_it_was(write):
    path = write(SMALL[".csv"], "a.csv")
    read_file(path)
    assert path.read_text() == SMALL[".csv"]


@pytest.mark.parametrize(
    "name",
    [
        "alcohol_checkup.txt",
        "annotated.csv",
        "cbt_panic.csv",
        "couples.tsv",
        "grief_video.txt",
        "peer_chat.jsonl",
        "school_asr.txt",
        "too_much_about_me.csv",
    ],
)
def test_the_samples_are_read_with_both_sides_and_without_errors(root, name):
    result = read_file(root / "data/samples/sessions" / name)
    assert not [p for p in result.problems if p.severity is not Severity.NOTE]
    for session in result.sessions:
        assert session.count(Role.THERAPIST) > 5
        assert session.count(Role.CLIENT) > 5
        assert session.count(Role.UNKNOWN) == 0
