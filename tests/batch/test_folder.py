import csv
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.measure.tables import (
    DISCLOSURE_COLUMNS,
    DYNAMICS_COLUMNS,
    GUIDELINE_COLUMNS,
    PROBLEM_COLUMNS,
    RATE_COLUMNS,
    SESSION_COLUMNS,
    UTTERANCE_COLUMNS,
)
from tsd.batch import writers
from tsd.batch.runner import analyze_corpus
from tsd.batch.folder import guard, write_outputs
from tsd.errors import MissingExtraError, OutputError
from tsd.readers import read_sessions
from tsd.readers.tabular import unguard
from tsd.settings import Settings

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
    return Settings(model=small_model)


@pytest.fixture(scope="module")
def result(settings, tmp_path_factory):
    path = tmp_path_factory.mktemp("in") / "nasty.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("speaker", "text"), *NASTY])
    return analyze_corpus(path, settings)


def test_every_column_of_the_contract(result, settings, tmp_path):
    write_outputs(result, tmp_path, settings, {})
    for name, columns in {
        "utterances": UTTERANCE_COLUMNS,
        "disclosures": DISCLOSURE_COLUMNS,
        "sessions": SESSION_COLUMNS,
        "guidelines": GUIDELINE_COLUMNS,
        "dynamics": DYNAMICS_COLUMNS,
        "rates": RATE_COLUMNS,
        "problems": PROBLEM_COLUMNS,
    }.items():
        assert tuple(pd.read_csv(tmp_path / f"{name}.csv").columns) == columns


CONTRACT = {
    UTTERANCE_COLUMNS: """
        session_id utterance utterance_id speaker role start end words seconds p_disclosure
        is_disclosure label text""",
    DISCLOSURE_COLUMNS: """
        session_id utterance start_char end_char text label p_disclosure p_training
        p_similar_challenge p_personal_details words seconds cues episode client_share_before
        client_share_after focus_shift turns_to_return returned""",
    SESSION_COLUMNS: """
        session_id source utterances therapist_utterances client_utterances therapist_words
        client_words talk_time_basis therapist_talk_share disclosures disclosures_per_100
        disclosure_words focus_shift focus_shift_centred focus_shift_p""",
    PROBLEM_COLUMNS: "path line session_id severity message",
}


@pytest.mark.parametrize(("columns", "promised"), CONTRACT.items())
def test_the_columns_that_other_programs_rely_on(columns, promised):
    assert set(promised.split()) <= set(columns)


def test_our_own_table_reads_back_as_it_was(result, settings, tmp_path):
    write_outputs(result, tmp_path, settings, {})
    (again,) = read_sessions(tmp_path / "utterances.csv").sessions
    assert [(u.speaker, u.text) for u in again.utterances] == NASTY


def test_formulas_are_neutralised_and_numbers_are_not(result, settings, tmp_path):
    write_outputs(result, tmp_path, settings, {})
    table = pd.read_csv(tmp_path / "utterances.csv")
    assert table["text"].tolist()[:4] == [f"'{text}" for _, text in NASTY[:4]]
    assert table["words"].dtype == int


def test_offsets_point_at_the_words(result):
    texts = result.utterances.set_index("utterance")["text"]
    assert len(result.disclosures)
    for row in result.disclosures.itertuples():
        assert texts[row.utterance][row.start_char : row.end_char] == row.text


def test_no_text_leaves_no_word_anywhere(result, small_model, tmp_path):
    from tsd.report.page import render

    settings = Settings(model=small_model, no_text=True)
    files = write_outputs(
        result, tmp_path, settings, {"report.html": lambda: render(result, settings)}
    )
    for file in files:
        content = file.read_text()
        assert "panic" not in content
        assert "HYPERLINK" not in content


def test_parquet_holds_the_same(result, settings, small_model, tmp_path):
    parquet_settings = Settings(model=small_model, tables="parquet")
    write_outputs(result, tmp_path / "csv", settings, {})
    write_outputs(result, tmp_path / "parquet", parquet_settings, {})
    for name in writers._NAMES:
        plain = pd.read_csv(tmp_path / "csv" / f"{name}.csv", keep_default_na=False, dtype=str)
        parquet = guard(pd.read_parquet(tmp_path / "parquet" / f"{name}.parquet"))
        assert list(parquet.columns) == list(plain.columns)
        assert len(parquet) == len(plain)
        if "text" in plain:
            assert parquet["text"].tolist() == plain["text"].tolist()


def test_tables_of_an_earlier_run_in_the_other_format_go(result, settings, small_model, tmp_path):
    write_outputs(result, tmp_path, Settings(model=small_model, tables="parquet"), {})
    write_outputs(result, tmp_path, settings, {})
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "disclosures.csv",
        "dynamics.csv",
        "guidelines.csv",
        "problems.csv",
        "rates.csv",
        "run.json",
        "sessions.csv",
        "utterances.csv",
    ]


def test_a_table_of_somebody_else_is_not_replaced(result, settings, tmp_path):
    (tmp_path / "sessions.csv").write_text("mine")
    with pytest.raises(
        OutputError, match=r"holds a file sessions\.csv that is not of an earlier run"
    ):
        write_outputs(result, tmp_path, settings, {})
    assert (tmp_path / "sessions.csv").read_text() == "mine"


def test_the_folder_of_the_transcripts_is_no_place_for_results(settings, tmp_path):
    with pytest.raises(OutputError, match="holds transcripts that are read"):
        writers.check_output(tmp_path, settings, [str(tmp_path / "utterances.csv")])


def test_without_text_the_speakers_are_their_roles(result, small_model, tmp_path):
    write_outputs(result, tmp_path, Settings(model=small_model, no_text=True), {})
    table = pd.read_csv(tmp_path / "utterances.csv")
    assert table["speaker"].tolist() == table["role"].tolist()


def test_parquet_without_pyarrow_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(writers, "find_spec", lambda name: None)
    with pytest.raises(
        MissingExtraError,
        match=r"pip install 'therapist-self-disclosure\[parquet\]'",
    ):
        writers.check_output(tmp_path, Settings(tables="parquet"))


def test_a_failure_leaves_the_old_table_as_it_was(result, settings, tmp_path, monkeypatch):
    write_outputs(result, tmp_path, settings, {})
    (tmp_path / "utterances.csv").write_text("old")
    before = sorted(tmp_path.iterdir())

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError, match="disk full"):
        write_outputs(result, tmp_path, settings, {})
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "utterances.csv").read_text() == "old"


def test_the_run_is_described(result, settings, tmp_path):
    write_outputs(result, tmp_path, settings, {})
    run = json.loads((tmp_path / "run.json").read_text())
    assert set(run) == {
        "versions",
        "model",
        "review_budget",
        "settings",
        "inputs",
        "beside",
        "complete",
        "started",
        "seconds",
        "counts",
    }
    assert len(run["inputs"][0]["sha256"]) == 64
    assert run["counts"]["sessions"] == 1


def test_the_same_run_gives_the_same_bytes(result, settings, tmp_path):
    for name in ("one", "two"):
        write_outputs(result, tmp_path / name, settings, {})
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


@given(st.text())
def test_guarding_is_undone_by_the_reader(text):
    (guarded,) = guard(pd.DataFrame({"text": [text]}))["text"].tolist()
    assert unguard(guarded) == text
    assert guarded[:1] not in set("=+-@\t\r\0")


def test_columns_of_metadata_are_written_as_they_are(folder_with_metadata, small_model, tmp_path):
    folder, metadata = folder_with_metadata
    settings = Settings(model=small_model, metadata=metadata, no_text=True)
    write_outputs(analyze_corpus(folder, settings), tmp_path / "out", settings, {})
    table = pd.read_csv(tmp_path / "out/sessions.csv")
    assert table["speaker"].tolist() == ["Anna"]
    assert table["text"].tolist() == ["kept"]
    assert table["p"].tolist() == [1e-9]
    assert (tmp_path / "out/sessions.csv").read_text().splitlines()[0].endswith(",'=1+1")


@pytest.fixture
def folder_with_metadata(tmp_path):
    """The metadata lie beside the transcripts."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("T: How was your week?\nC: Good.\n")
    metadata = folder / "metadata.csv"
    metadata.write_text("session_id,speaker,text,p,=1+1\na,Anna,kept,0.000000001,3\n")
    return folder, metadata


def test_metadata_among_the_transcripts_are_no_transcript(folder_with_metadata, small_model):
    folder, metadata = folder_with_metadata
    result = analyze_corpus(folder, Settings(model=small_model, metadata=metadata))
    assert len(result.problems) == 0
    assert [each["path"] for each in result.run["beside"]] == [str(metadata)]
    assert len(result.run["beside"][0]["sha256"]) == 64
