"""Runs with metadata, error rates and a reviewed sample, from files to rates."""

import json

import pandas as pd
import pytest

from tsd.learn.audit_sheets import write_sheet
from tsd.batch.companions import read_beside
from tsd.batch.runner import analyze_corpus
from tsd.batch.folder import write_outputs
from tsd.cli.evaluate import evaluate_files
from tsd.errors import ReadError, SettingsError
from tsd.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Twelve sessions of three therapists, with every label."""
    folder = tmp_path_factory.mktemp("sessions")
    said = [
        ("therapist", "I trained as a nurse before I qualified as a counsellor.", "training"),
        ("client", "It has been a long week.", ""),
        *[("therapist", "How was your week?", "none"), ("client", "Long and dull.", "")] * 3,
    ]
    for number in range(12):
        rows = [(f"s{number:02}", *turn) for turn in said[number % 2 :]]
        table = pd.DataFrame(rows, columns=["session_id", "speaker", "text", "label"])
        table.to_csv(folder / f"s{number:02}.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def metadata(tmp_path_factory):
    path = tmp_path_factory.mktemp("metadata") / "sessions.csv"
    rows = [(f"s{n:02}", f"T{n % 3}", f"C{n}", n, 40 - n) for n in range(11)]
    columns = ["session_id", "therapist", "case", "session_number", "oq45"]
    pd.DataFrame(rows, columns=columns).to_csv(path, index=False)
    return path


def test_nothing_is_known_without_a_file():
    beside = read_beside(Settings())
    known = beside.known(["a"], [])
    assert (known.columns, known.errors, known.audit) == ({}, None, None)
    assert known.errors_unknown.endswith("(--error-rates)")


def test_human_labels_have_no_error_rates():
    assert read_beside(Settings(use_labels=True)).known([], []).errors_unknown == (
        "these are human labels"
    )


def test_metadata_go_into_the_sessions_and_the_rates(folder, metadata, small_model):
    result = analyze_corpus(folder, Settings(model=small_model, metadata=metadata))
    sessions = result.sessions.set_index("session_id")
    assert sessions.loc["s04", ["therapist", "case", "session_number"]].tolist() == ["T1", "C4", 4]
    assert sessions.loc["s04", "oq45"] == 36
    assert sessions.loc["s11", "therapist"] == ""
    assert result.rates["level"].value_counts().to_dict() == {
        "session": 12,
        "therapist": 3,
        "corpus": 1,
    }
    told = [m for m in result.problems["message"] if "s11" in m]
    assert len(told) == 1


def test_metadata_that_cannot_be_read_end_the_run_before_it_begins(folder, small_model, tmp_path):
    with pytest.raises(ReadError, match=r"none\.csv"):
        analyze_corpus(folder, Settings(model=small_model, metadata=tmp_path / "none.csv"))


def test_a_column_of_ours_is_no_outcome(folder, small_model, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text("session_id,focus_shift\ns00,3\n")
    with pytest.raises(ReadError, match="focus_shift"):
        analyze_corpus(folder, Settings(model=small_model, metadata=path))


def test_error_rates_of_the_same_model_adjust_the_rate(folder, small_model, tmp_path):
    path = tmp_path / "errors.json"
    found = evaluate_files([folder], Settings(model=small_model)).as_dict()
    found["disclosing"] += 20  # ten are the fewest
    for label in found["confusion"]:
        found["confusion"][label]["training"] += 20 * (label == "training")
    found["flagged"] += 20
    found["utterances"] += 20
    path.write_text(json.dumps(found))
    corpus = analyze_corpus(folder, Settings(model=small_model, error_rates=path)).rates.iloc[0]
    assert corpus["adjusted_low"] <= corpus["adjusted"] <= corpus["adjusted_high"]


def test_error_rates_of_another_model_are_refused(folder, small_model, tmp_path):
    path = tmp_path / "errors.json"
    found = evaluate_files([folder], Settings(model=small_model)).as_dict()
    path.write_text(json.dumps({**found, "model": "other"}))
    with pytest.raises(ReadError, match="was made with model other"):
        analyze_corpus(folder, Settings(model=small_model, error_rates=path))


def test_a_reviewed_sample_gives_the_audited_rate(folder, small_model, tmp_path):
    settings = Settings(model=small_model, audit_size=42)
    write_outputs(analyze_corpus(folder, settings), tmp_path / "out", settings, {})
    sheet = tmp_path / "sheet.csv"
    write_sheet(tmp_path / "out", sheet, settings)
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    table["label"] = ["training" if "nurse" in text else "none" for text in table["text"]]
    table.to_csv(sheet, index=False)
    result = analyze_corpus(folder, Settings(model=small_model, audit=sheet))
    corpus = result.rates.iloc[0]
    assert len(table) == 42  # all there are: nothing is left uncertain
    truth = 100 * 6 / 42
    assert (corpus["audited"], corpus["audited_low"]) == pytest.approx((truth, truth))
    assert result.summary["audited"] == pytest.approx(truth)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"error_rates": "e.json", "use_labels": True}, "error_rates must be left out with human"),
        ({"error_rates": "e.json", "review_budget": 3}, "error_rates must be left out with human"),
        ({"audit": "sheet.csv", "use_labels": True}, "audit must be left out where human labels"),
    ],
)
def test_what_does_not_go_together_is_told(options, message):
    with pytest.raises(SettingsError, match=message):
        Settings(**options)
