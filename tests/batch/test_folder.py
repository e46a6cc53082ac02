import csv
import json
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tsd.batch import folder as folders
from tsd.batch.folder import CorpusResult, load, write
from tsd.batch.runner import analyze_corpus
from tsd.errors import MissingExtraError, OutputError, ReadError
from tsd.files import guard, unguard
from tsd.measure import tables
from tsd.measure.tables import TABLES
from tsd.readers import read
from tsd.settings import Output, Settings

NASTY = [
    ("T", '=HYPERLINK("http://x")'),
    ("C", '-and then, "he" said\nnothing'),
    ("T", "@home"),
    ("C", "'=quoted"),
    ("T", "I used to panic on trains, so I know the feeling."),
    ("C", "<img src=x onerror=alert(1)>"),
]


@pytest.fixture(scope="module")
def settings(small_model):
    return Settings.of(model=small_model)


@pytest.fixture(scope="module")
def result(settings, tmp_path_factory):
    path = tmp_path_factory.mktemp("in") / "nasty.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("speaker", "text"), *NASTY])
    return analyze_corpus(path, settings)


def test_every_table_is_written_with_its_columns(result, tmp_path):
    result.write(tmp_path)
    for table in TABLES:
        assert tuple(pd.read_csv(tmp_path / f"{table.name}.csv").columns) == table.names


def test_our_own_table_reads_back_as_it_was(result, tmp_path):
    write(result, tmp_path)
    again = read(tmp_path / "utterances.csv")
    assert [(u.speaker, u.text) for u in again.utterances] == NASTY


def test_formulas_are_guarded_and_numbers_are_not(result, tmp_path):
    write(result, tmp_path)
    table = pd.read_csv(tmp_path / "utterances.csv")
    assert table["text"].tolist()[:4] == [f"'{text}" for _, text in NASTY[:4]]
    assert table["words"].dtype == int


def test_offsets_point_at_the_words(result):
    texts = result.utterances.set_index("utterance")["text"]
    assert len(result.disclosures)
    for row in result.disclosures.itertuples():
        assert texts[row.utterance][row.start_char : row.end_char] == row.text


def test_no_text_leaves_no_word_anywhere(result, tmp_path):
    from tsd.report.page import render

    files = write(result, tmp_path, Output(no_text=True), {"report.html": render})
    assert "report.html" in [file.name for file in files]
    for file in files:
        content = file.read_text()
        assert "panic" not in content
        assert "HYPERLINK" not in content


def test_parquet_holds_the_same(result, tmp_path):
    write(result, tmp_path / "csv")
    write(result, tmp_path / "parquet", Output(tables="parquet"))
    one, two = load(tmp_path / "csv"), load(tmp_path / "parquet")
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table.name), getattr(two, table.name))


def test_tables_of_an_earlier_run_in_the_other_format_go(result, tmp_path):
    write(result, tmp_path, Output(tables="parquet"))
    write(result, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "curve.csv",
        "disclosures.csv",
        "dynamics.csv",
        "following.csv",
        "guidelines.csv",
        "missing.csv",
        "problems.csv",
        "rates.csv",
        "run.json",
        "sessions.csv",
        "utterances.csv",
    ]


@pytest.mark.parametrize("name", ["sessions.csv", "sessions.parquet", "report.html", "methods.md"])
def test_a_file_that_tsd_has_not_written_is_not_replaced(result, tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError) as caught:
        write(result, tmp_path, None, {"report.html": lambda _: "page"})
    assert str(caught.value) == (
        f"{tmp_path}: contains a file {name} that tsd has not written. Name another folder."
    )
    assert [file.read_text() for file in tmp_path.iterdir()] == ["mine"]


def test_the_report_of_an_earlier_run_does_not_outlive_it(result, tmp_path):
    write(result, tmp_path, None, {"report.html": lambda _: "I used to panic"})
    write(result, tmp_path, Output(no_text=True))
    assert not (tmp_path / "report.html").exists()


def test_pages_get_what_is_written(result, tmp_path):
    def page(shown):
        load(tmp_path)  # the result is safe
        return ",".join(shown.utterances["text"])

    files = write(result, tmp_path, Output(no_text=True), {"report.html": page})
    assert [file.name for file in files[-2:]] == ["run.json", "report.html"]
    assert files[-1].read_text() == "," * (len(NASTY) - 1)


def test_a_name_that_is_not_text_can_be_written(result, tmp_path):
    reading = {**result.run["settings"]["reading"], "therapist": ["\udcff"]}
    run = {**result.run, "settings": {**result.run["settings"], "reading": reading}}
    replace(result, run=run).write(tmp_path)
    assert load(tmp_path).run == run


def test_results_are_not_written_into_the_folder_of_the_transcripts(tmp_path):
    with pytest.raises(OutputError, match="contains the transcripts to read"):
        folders.check_output(tmp_path, Output(), [str(tmp_path / "utterances.csv")])


def test_without_text_the_speakers_are_their_roles(result, tmp_path):
    write(result, tmp_path, Output(no_text=True))
    table = pd.read_csv(tmp_path / "utterances.csv")
    assert table["speaker"].tolist() == table["role"].tolist()


def test_parquet_without_pyarrow_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(folders, "find_spec", lambda name: None)
    with pytest.raises(
        MissingExtraError,
        match=r"pip install 'therapist-self-disclosure\[parquet\]'",
    ):
        folders.check_output(tmp_path, Output(tables="parquet"))


def test_a_failure_leaves_the_old_table_as_it_was(result, tmp_path, monkeypatch):
    write(result, tmp_path)
    (tmp_path / "utterances.csv").write_text("old")
    before = sorted(tmp_path.iterdir())

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError, match="disk full"):
        write(result, tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "utterances.csv").read_text() == "old"


def test_the_run_is_described(result, tmp_path):
    write(result, tmp_path)
    run = json.loads((tmp_path / "run.json").read_text())
    assert set(run) == {
        "versions",
        "model",
        "review_budget",
        "settings",
        "settings_file",
        "inputs",
        "identifiers",
        "companions",
        "error_rates",
        "audit",
        "complete",
        "started",
        "seconds",
        "counts",
    }
    assert len(run["inputs"][0]["sha256"]) == 64
    assert run["counts"]["sessions"] == 1
    assert run["identifiers"]["sessions"] == 1
    assert run["identifiers"]["strong"] == {}


def test_the_same_run_gives_the_same_bytes(result, tmp_path):
    for name in ("one", "two"):
        write(result, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


@given(st.text())
def test_guarding_is_undone_by_the_reader(text):
    (guarded,) = guard(pd.DataFrame({"text": [text]}))["text"].tolist()
    assert unguard(guarded) == text
    assert guarded[:1] not in set("=+-@\t\r\0")


def test_columns_of_metadata_are_written_as_they_are(folder_with_metadata, small_model, tmp_path):
    folder, metadata = folder_with_metadata
    settings = Settings.of(model=small_model, metadata=metadata, no_text=True)
    analyze_corpus(folder, settings).write(tmp_path / "out")
    table = pd.read_csv(tmp_path / "out/sessions.csv")
    assert table["speaker"].tolist() == ["Anna"]
    assert table["text"].tolist() == ["kept"]
    assert table["p"].tolist() == [1e-9]
    assert (tmp_path / "out/sessions.csv").read_text().splitlines()[0].endswith(",'=1+1")


@pytest.fixture
def folder_with_metadata(tmp_path):
    """Metadata in the folder of the transcripts."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("T: How was your week?\nC: Good.\n")
    metadata = folder / "metadata.csv"
    metadata.write_text("session_id,speaker,text,p,=1+1\na,Anna,kept,0.000000001,3\n")
    return folder, metadata


def test_metadata_among_the_transcripts_are_not_read_as_one(folder_with_metadata, small_model):
    folder, metadata = folder_with_metadata
    result = analyze_corpus(folder, Settings.of(model=small_model, metadata=metadata))
    assert len(result.problems) == 0
    assert [each["path"] for each in result.run["companions"]] == [str(metadata)]
    assert len(result.run["companions"][0]["sha256"]) == 64


# --- reading a result again

# Versions of pandas before 3 end a cell at a NUL when they read it.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
) | st.sampled_from(
    ["=1+1", "'=1", "''", "a | b", "a, b; c", "\\", "\\|", ",", "|", "NA", "nan", "\r", "a\rb", "7"]
)
numbers = st.none() | st.floats(-1e6, 1e6).map(lambda value: round(value, 6))
cells = {
    "object": words,
    "int64": st.integers(0, 10**6),
    "Int64": st.none() | st.integers(0, 10**6),
    "float64": numbers,
    "bool": st.booleans(),
    "boolean": st.none() | st.booleans(),
    "list": st.lists(words.filter(bool), max_size=3),
}


@st.composite
def results(draw):
    """Make results with any content in any table, and outcomes from the user."""
    frames = {}
    for table in TABLES:
        count = draw(st.integers(int(table is tables.SESSIONS), 2))
        columns = {
            each.name: draw(st.lists(cells[each.dtype], min_size=count, max_size=count))
            for each in table.columns
        }
        frames[table.name] = table.frame(columns)
    count = len(frames["sessions"])
    for name, cell, first in (
        ("=my number", numbers, []),
        ("my\rtext", st.none() | words.filter(bool), ["inf"]),  # text if not all are numbers
        ("my empty", st.none(), []),
    ):
        known = [*first, *draw(st.lists(cell, min_size=count, max_size=count))]
        frames["sessions"][name] = known[:count]
    run = {"settings": Settings().as_dict(), "seconds": 1.5, "model": None}
    summary = {"sessions": count, "focus_p": None, "flagged": draw(numbers), "note": draw(words)}
    return CorpusResult(**frames, summary=summary, run=run)


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(result=results())
def test_reading_is_the_inverse_of_writing(result, tmp_path_factory):
    for kind in ("csv", "parquet"):
        first, second = (tmp_path_factory.mktemp("out") for _ in range(2))
        write(result, first, Output(tables=kind))
        again = load(first)
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(again, table.name), getattr(result, table.name))
        assert again.summary == result.summary
        written = {**result.run["settings"], "output": Output(tables=kind).as_dict()}
        assert again.run == {**result.run, "settings": written}
        write(again, second)
        assert len(list(first.iterdir())) == len(TABLES) + 1
        for file in first.iterdir():
            assert file.read_bytes() == (second / file.name).read_bytes()


def test_a_real_result_reads_back(result, tmp_path):
    result.write(tmp_path)
    again = load(tmp_path)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(again, table.name), getattr(result, table.name))
    assert (again.summary, again.run) == (result.summary, result.run)


def test_a_result_without_text_stays_so(result, tmp_path):
    write(result, tmp_path / "one", Output(no_text=True))
    files = load(tmp_path / "one").write(tmp_path / "two")
    assert not any("panic" in file.read_text() for file in files)
    for file in files:
        assert file.read_bytes() == (tmp_path / "one" / file.name).read_bytes()


def test_the_columns_of_a_table_may_change_places(result, tmp_path):
    result.write(tmp_path)
    path = tmp_path / "sessions.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["mine"] = "3"
    table[table.columns[::-1]].to_csv(path, index=False)
    expected = result.sessions.assign(mine=[3.0])
    pd.testing.assert_frame_equal(load(tmp_path).sessions, expected)


def test_without_text_the_lists_of_words_are_empty(result, tmp_path):
    write(result, tmp_path, Output(no_text=True))
    again = load(tmp_path)
    assert again.guidelines["evidence"].tolist() == [[]] * len(again.guidelines)
    assert set(again.utterances["text"]) == {""}
    assert len(again.disclosures) == len(result.disclosures)


def test_a_folder_that_is_not_a_result(tmp_path):
    with pytest.raises(ReadError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: is not a result of `tsd analyze`: its run.json cannot be opened (No such "
        "file or directory). Name the folder that you gave as --out."
    )


DAMAGED = "is not what `tsd analyze` writes. Run it again, or name another folder."


@pytest.mark.parametrize("content", ["", "[]", "{", '{"settings": {}}'])
def test_a_damaged_run_file(result, tmp_path, content):
    result.write(tmp_path)
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(ReadError, match=r"run\.json: " + DAMAGED):
        load(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text(""),
        lambda path: path.write_text("session_id,text\na,b\n"),
        lambda path: path.write_text(path.read_text().replace("speaker,", "spaeker,", 1)),
        lambda path: path.write_text(path.read_text().replace("False", "words")),
    ],
)
def test_a_damaged_table_is_named_without_its_words(result, tmp_path, damage):
    result.write(tmp_path)
    damage(tmp_path / "utterances.csv")
    with pytest.raises(ReadError) as caught:
        load(tmp_path)
    assert str(caught.value) == f"{tmp_path / 'utterances.csv'}: {DAMAGED}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("therapist_words", "therapists_words"),  # further columns are allowed here
        ("session_id", "therapist"),
        ("\nnasty,", "\n"),
    ],
)
def test_a_damaged_table_of_sessions(result, tmp_path, old, new):
    result.write(tmp_path)
    path = tmp_path / "sessions.csv"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ReadError, match=rf"sessions\.csv: {DAMAGED}"):
        load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PAR1 not", b"PAR1\0\0\0\0PAR1"])
def test_a_damaged_parquet(result, tmp_path, content):
    write(result, tmp_path, Output(tables="parquet"))
    (tmp_path / "sessions.parquet").write_bytes(content)
    with pytest.raises(ReadError, match=rf"sessions\.parquet: {DAMAGED}"):
        load(tmp_path)


def test_a_parquet_of_another_kind(result, tmp_path):
    write(result, tmp_path, Output(tables="parquet"))
    path = tmp_path / "guidelines.parquet"
    pd.read_parquet(path).assign(evidence=1).to_parquet(path)
    with pytest.raises(ReadError, match=rf"guidelines\.parquet: {DAMAGED}"):
        load(tmp_path)


def test_reading_parquet_without_pyarrow(result, tmp_path, monkeypatch):
    write(result, tmp_path, Output(tables="parquet"))
    monkeypatch.setattr(folders, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"reading utterances\.parquet needs pyarrow"):
        load(tmp_path)


def test_a_value_without_a_column_cannot_be_written(result):
    with pytest.raises(ValueError, match="no values for text"):
        tables.UTTERANCES.frame(result.utterances.drop(columns="text").to_dict("list"))
