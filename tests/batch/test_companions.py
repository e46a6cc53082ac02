"""Runs with metadata, error rates and a reviewed sample, from files to rates."""

import json
import math

import pandas as pd
import pytest

from tsd.batch.companions import read_companions
from tsd.batch.reading import read_annotated
from tsd.batch.runner import analyze_corpus
from tsd.errors import ReadError
from tsd.learn.audit_sheets import write_sheet
from tsd.learn.evaluation import evaluate
from tsd.settings import Finding, Settings
from tsd.stats import ClusteredShare


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Twelve sessions of three therapists, with every label."""
    folder = tmp_path_factory.mktemp("sessions")
    turns = [
        ("therapist", "I trained as a nurse before I qualified as a counsellor.", "training"),
        ("client", "It has been a long week.", ""),
        *[("therapist", "How was your week?", "none"), ("client", "Long and dull.", "")] * 3,
    ]
    for number in range(12):
        rows = [(f"s{number:02}", *turn) for turn in turns[number % 2 :]]
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
    companions = read_companions(Settings())
    known = companions.known(["a"], [])
    assert (known.columns, known.errors, known.audit) == ({}, None, None)
    assert known.errors_unknown.endswith("(--error-rates)")


def test_human_labels_have_no_error_rates():
    assert read_companions(Settings.of(use_labels=True)).known([], []).errors_unknown == (
        "these are human labels"
    )


def test_metadata_go_into_the_sessions_and_the_rates(folder, metadata, small_model):
    result = analyze_corpus(folder, Settings.of(model=small_model, metadata=metadata))
    sessions = result.sessions.set_index("session_id")
    assert sessions.loc["s04", ["therapist", "case", "session_number"]].tolist() == ["T1", "C4", 4]
    assert sessions.loc["s04", "oq45"] == 36
    assert sessions.loc["s11", "therapist"] == ""
    assert result.rates["level"].value_counts().to_dict() == {
        "session": 12,
        "therapist": 3,
        "corpus": 1,
    }
    about = [m for m in result.problems["message"] if "s11" in m]
    assert len(about) == 1


def test_metadata_that_cannot_be_read_end_the_run_before_it_begins(folder, small_model, tmp_path):
    with pytest.raises(ReadError, match=r"none\.csv"):
        analyze_corpus(folder, Settings.of(model=small_model, metadata=tmp_path / "none.csv"))


def test_a_table_of_roles_goes_with_the_run_and_is_no_transcript(small_model, tmp_path):
    lines = ["Anna: How was your week?", "Ben: Long and dull."] * 4
    (tmp_path / "s.txt").write_text("\n".join(lines))
    roles = tmp_path / "roles.csv"
    roles.write_text("speaker,role,text\nAnna,therapist,\nBen,client,\nCy,client,\n")
    result = analyze_corpus(tmp_path, Settings.of(model=small_model, roles=roles))
    assert result.utterances["role"].tolist() == ["therapist", "client"] * 4
    assert [(p.path, p.line, p.message) for p in result.problems.itertuples()] == [
        (
            str(roles),
            4,
            "'Cy' is not a speaker there; the speakers are 'Anna', 'Ben'. Correct the name.",
        )
    ]
    assert [each["path"] for each in result.run["companions"]] == [str(roles)]


def test_a_table_of_roles_that_cannot_be_read_ends_the_run(folder, small_model, tmp_path):
    with pytest.raises(ReadError, match=r"none\.csv"):
        analyze_corpus(folder, Settings.of(model=small_model, roles=tmp_path / "none.csv"))


def test_warnings_about_the_metadata_are_among_the_problems(folder, small_model, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text("session_id,therapist\n" + "".join(f"s{n:02},NA\n" for n in range(12)))
    result = analyze_corpus(folder, Settings.of(model=small_model, metadata=path))
    (problem,) = (p for p in result.problems.itertuples() if p.path == str(path))
    assert problem.message.startswith("'NA' is read as the name of a therapist.")
    assert problem.severity == "warning"


def test_an_outcome_cannot_have_the_name_of_one_of_our_columns(folder, small_model, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text("session_id,focus_shift\ns00,3\n")
    with pytest.raises(ReadError, match="focus_shift"):
        analyze_corpus(folder, Settings.of(model=small_model, metadata=path))


def test_error_rates_of_the_same_model_adjust_the_rate(folder, small_model, tmp_path):
    path = tmp_path / "errors.json"
    found = evaluate(read_annotated([folder]), Finding(model=small_model)).as_dict()
    found["disclosing"] += 20  # ten are the fewest
    for label in found["confusion"]:
        found["confusion"][label]["training"] += 20 * (label == "training")
    found["flagged"] += 20
    found["utterances"] += 20
    del found["error_rates"]  # as earlier versions wrote it
    path.write_text(json.dumps(found))
    corpus = analyze_corpus(folder, Settings.of(model=small_model, error_rates=path)).rates.iloc[0]
    assert 0 < corpus["adjusted"] < 100
    assert math.isnan(corpus["adjusted_low"])
    assert corpus["adjusted_note"] == (
        "no interval (the error rates do not say how they vary between sessions)"
    )


def test_error_rates_of_another_model_are_refused(folder, small_model, tmp_path):
    path = tmp_path / "errors.json"
    found = evaluate(read_annotated([folder]), Finding(model=small_model)).as_dict()
    path.write_text(json.dumps({**found, "model": "other"}))
    with pytest.raises(ReadError, match="was made with model other"):
        analyze_corpus(folder, Settings.of(model=small_model, error_rates=path))


def test_a_reviewed_sample_gives_the_audited_rate(folder, small_model, tmp_path):
    first = analyze_corpus(folder, Settings.of(model=small_model))
    sheet = tmp_path / "sheet.csv"
    write_sheet(first.utterances, first.run, sheet, size=42, seed=0, rate=0.02)
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    table["label"] = ["training" if "nurse" in text else "none" for text in table["text"]]
    table.to_csv(sheet, index=False)
    result = analyze_corpus(folder, Settings.of(model=small_model, audit=sheet))
    corpus = result.rates.iloc[0]
    assert len(table) == 42  # all there are: nothing is left uncertain
    truth = 100 * 6 / 42
    assert (corpus["audited"], corpus["audited_low"]) == pytest.approx((truth, truth))
    assert result.summary["audited"] == pytest.approx(truth)
    assert result.run["audit"] == {"drawn": 42, "reviewed": 42, "ambiguous": 0, "unlabeled": 0}
    assert first.run["audit"] is None


# --- the error rates of a classifier

EVALUATION = {
    "utterances": 100,
    "disclosing": 10,
    "flagged": 11,
    "confusion": {
        "training": {"training": 3, "similar_challenge": 1, "personal_details": 0, "none": 1},
        "similar_challenge": {
            "training": 0,
            "similar_challenge": 4,
            "personal_details": 0,
            "none": 1,
        },
        "personal_details": dict.fromkeys(
            ("training", "similar_challenge", "personal_details", "none"), 0
        ),
        "none": {"training": 1, "similar_challenge": 2, "personal_details": 0, "none": 87},
    },
    "threshold": 0.3,
    "excerpt_threshold": 0.4,
    "model": "abc" * 20,
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "errors.json"
    path.write_text(json.dumps(EVALUATION))
    return path


def read(path):
    return read_companions(Settings.of(error_rates=path))


def test_sensitivity_and_false_alarms_are_taken_from_the_confusion(path):
    found = read(path).errors
    assert (found.sensitivity, found.disclosing) == (0.8, 10)
    assert (found.false_alarms, found.others) == (pytest.approx(3 / 90), 90)
    assert (found.threshold, found.excerpt_threshold, found.model) == (0.3, 0.4, "abc" * 20)


SHARE = {
    "value": 0.8,
    "cases": 7.5,
    "freedom": 9.5,
    "clusters": 8,
    "kind": "coded sessions",
    "reason": "",
}


def test_error_rates_over_sessions_are_read(path):
    assert read(path).errors.clustered is None
    shares = {"sensitivity": SHARE, "false_alarms": {**SHARE, "freedom": None}}
    path.write_text(json.dumps({**EVALUATION, "error_rates": shares}))
    found = read(path).errors
    assert found.clustered == (ClusteredShare(**SHARE), ClusteredShare(**shares["false_alarms"]))
    assert found.unsure == ""
    path.write_text(json.dumps({**EVALUATION, "error_rates": {**shares, "sensitivity": None}}))
    assert read(path).errors.clustered is None


@pytest.mark.parametrize("damage", [3, {}, {"sensitivity": SHARE}, {"sensitivity": {}}])
def test_damaged_error_rates_are_refused(path, damage):
    path.write_text(json.dumps({**EVALUATION, "error_rates": damage}))
    with pytest.raises(ReadError, match="is not an evaluation"):
        read(path)


def test_the_run_keeps_the_error_rates(path):
    assert read(path).figures() == {
        "error_rates": {
            "sensitivity": 0.8,
            "false_alarms": pytest.approx(3 / 90),
            "disclosing": 10,
            "others": 90,
        },
        "audit": None,
    }
    path.write_text(json.dumps({**EVALUATION, "disclosing": 0, "flagged": 0, "confusion": {}}))
    assert read(path).figures()["error_rates"]["sensitivity"] is None  # JSON has no NaN


def test_it_reads_what_evaluate_prints(root, small_model, tmp_path):
    sessions = read_annotated([root / "data/samples/sessions/annotated.csv"])
    found = evaluate(sessions, Finding(model=small_model))
    file = tmp_path / "own.json"
    file.write_text(json.dumps(found.as_dict()))
    rates = read(file).errors
    assert rates.sensitivity == found.figures["recall"].value
    assert rates.disclosing + rates.others == found.utterances
    assert rates.model == found.model
    assert rates.clustered == tuple(found.error_rates.values())


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", '{"disclosing": "many"}', "not json"])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ReadError, match=r"other\.json: is not an evaluation\. Expected the output"):
        read(path)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / "none.json")


MODEL = {"sha256": "abc" * 20, "threshold": 0.3, "excerpt_threshold": 0.4}


def test_rates_of_another_model_are_refused(path):
    message = "made with model abcabcabcabc, but this run uses model def"
    with pytest.raises(ReadError, match=message):
        read(path).check({**MODEL, "sha256": "def"})


def test_rates_at_another_threshold_are_refused(path):
    message = r"thresholds 0\.3 and 0\.4, but this run uses 0\.5 and 0\.5\. Run"
    with pytest.raises(ReadError, match=message):
        read(path).check({**MODEL, "threshold": 0.5, "excerpt_threshold": 0.5})


def test_rates_of_the_same_classifier_pass(path):
    read(path).check(MODEL)
