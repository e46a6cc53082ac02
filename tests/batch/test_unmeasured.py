"""Sessions in which nothing is measured: listed everywhere, with the reason, and never as 0."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from tests.readers.talk_in_languages import ENGLISH, SENTENCES
from tsd.batch.folder import load
from tsd.batch.runner import analyze_corpus
from tsd.cli import app
from tsd.readers.measurable import LONGEST_TURN
from tsd.settings import Settings

DISCLOSURE = "I went through a divorce too, and it was hard."
LANGUAGE = "the talk is not in English"
TURNS = "an utterance is too long to be one"
NOBODY = "no therapist was recognized"


def session(words, therapist="T", client="C"):
    """Make a session in which the therapist discloses once, in English."""
    turns = [(therapist, words), (client, words), (therapist, DISCLOSURE), (client, words)]
    return "".join(f"{name}: {text}\n" for name, text in turns)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("sessions")
    for name, text in {
        "arabic": session(SENTENCES["ar"]),
        "english": session(ENGLISH),
        "endless": session("word " * (LONGEST_TURN + 1)),
        "german": session(SENTENCES["de"]),
        "nobody": session(ENGLISH, "Ann", "Bob"),
    }.items():
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def finding(small_model):
    return {"model": small_model, "threshold": 0.3}


@pytest.fixture(scope="module")
def result(folder, finding):
    return analyze_corpus(folder, Settings.of(**finding))


def of(table, name):
    return table[table["session_id"] == name]


def test_each_session_has_its_reason(result):
    assert dict(result.sessions[["session_id", "not_measured"]].to_numpy()) == {
        "arabic": LANGUAGE,
        "endless": TURNS,
        "english": "",
        "german": LANGUAGE,
        "nobody": NOBODY,
    }
    assert result.sessions["disclosures"].isna().tolist() == [True, True, False, True, True]


def test_what_can_be_counted_is_counted(result):
    (row,) = of(result.sessions, "german").to_dict("records")
    assert (row["utterances"], row["therapist_utterances"], row["client_utterances"]) == (4, 2, 2)
    assert row["therapist_words"] == len((SENTENCES["de"] + DISCLOSURE).split()) + 1
    assert row["focus_test"] == f"not tested: {LANGUAGE}"
    for name in ("therapist_talk_share", "therapist_turns", "client_turns", "disclosures_per_100"):
        assert pd.isna(row[name]), name


def test_nothing_is_found_in_them_and_no_probability_is_given(result):
    assert set(result.disclosures["session_id"]) == {"english"}
    for name in ("german", "arabic", "endless"):
        theirs = of(result.utterances, name)
        assert theirs["p_disclosure"].isna().all()
        assert not theirs["is_disclosure"].any()
        assert set(theirs["label"]) == {""}
        guidelines = of(result.guidelines, name)
        assert guidelines["value"].isna().all()
        assert guidelines["to_review"].isna().all()
        assert of(result.dynamics, name)["therapist_share"].isna().all()
    assert of(result.utterances, "english")["p_disclosure"].notna().tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_every_gap_has_its_reason(result):
    missing = result.missing[result.missing["level"] == "session"]
    for name, reason in {"german": LANGUAGE, "endless": TURNS, "nobody": NOBODY}.items():
        reasons = {
            (row["table"], column): row["reason"]
            for row in of(missing, name).to_dict("records")
            for column in row["columns"]
        }
        expected = {("sessions", "disclosures"), ("sessions", "therapist_turns")}
        if name != "nobody":
            expected |= {
                ("sessions", "client_turns"),
                ("utterances", "p_disclosure"),
                ("dynamics", "therapist_share"),
            }
        assert {reasons[key] for key in expected} == {f"not measured: {reason}"}
        (detail,) = set(of(result.guidelines, name)["detail"])
        assert detail == f"not measured: {reason}"
        (rate,) = result.rates[result.rates["name"] == name].to_dict("records")
        assert rate["flagged_note"] == f"not measured: {reason}"


def test_the_neighbors_change_nothing_in_an_english_session(result, folder, finding):
    alone = analyze_corpus(folder / "english.txt", Settings.of(**finding))
    for name in ("sessions", "utterances", "disclosures", "guidelines", "dynamics"):
        pd.testing.assert_frame_equal(
            of(getattr(result, name), "english").reset_index(drop=True), getattr(alone, name)
        )
    for name in ("following", "curve"):
        pd.testing.assert_frame_equal(getattr(result, name), getattr(alone, name))
    differ = {"sessions", "utterances"}
    assert {k for k, v in alone.summary.items() if v != result.summary[k]} == differ


@pytest.mark.parametrize("more", [{"review_budget": 3}, {"sensitivity": True}])
def test_scoring_first_leaves_them_out_too(result, folder, finding, more):
    model = {"model": finding["model"]}
    made = analyze_corpus(folder, Settings.of(**model, **more))
    assert set(made.disclosures["session_id"]) <= {"english"}
    assert of(made.utterances, "german")["p_disclosure"].isna().all()
    pd.testing.assert_series_equal(made.sessions["not_measured"], result.sessions["not_measured"])


def test_insisting_measures_them(folder, finding):
    made = analyze_corpus(folder, Settings.of(**finding, language="en"))
    assert dict(made.sessions[["session_id", "not_measured"]].to_numpy()) == {
        "arabic": "",
        "endless": TURNS,
        "english": "",
        "german": "",
        "nobody": NOBODY,
    }
    assert set(made.disclosures["session_id"]) == {"arabic", "english", "german"}
    assert not made.problems["message"].str.contains("seems").any()


def test_labels_are_not_measured_either(tmp_path):
    rows = [
        ("T", SENTENCES["de"], "personal_details"),
        ("C", SENTENCES["de"], ""),
        ("T", "Ja.", "none"),
    ]
    table = pd.DataFrame(rows, columns=["speaker", "text", "label"])
    table.to_csv(tmp_path / "german.csv", index=False)
    found = {
        language: analyze_corpus(tmp_path, Settings.of(use_labels=True, language=language))
        for language in (None, "en")
    }
    assert found[None].summary["sessions_measured"] == 0
    assert found[None].disclosures.empty
    assert found["en"].summary["disclosures"] == 1


def test_the_command_line_the_report_and_the_methods_say_so(folder, finding, tmp_path):
    out = tmp_path / "out"
    run = CliRunner().invoke(
        app, ["analyze", str(folder), "--out", str(out), "--model", str(finding["model"])]
    )
    assert run.exit_code == 1, run.output  # nobody.txt is an error
    lines = run.stdout.splitlines()
    assert lines[0] == "5 sessions, 20 utterances, 8 of them by therapists"
    assert (
        "4 sessions not measured: 1 without a recognized therapist (name the therapist with "
        "--therapist NAME), 2 in another language (if it is English, insist with --language en), "
        "1 with an utterance that is too long to be one (mark in the file where each turn begins)"
    ) in lines
    counts = (
        "1 without a recognized therapist, 2 in another language, 1 with an utterance that is too "
        "long to be one"
    )
    report = (out / "report.html").read_text(encoding="utf-8")
    assert f'<p class="warning">4 sessions not measured: {counts}.</p>' in report
    assert report.count(f"<small>not measured: {LANGUAGE}</small>") == 2
    methods = (out / "methods.md").read_text(encoding="utf-8")
    assert f"Nothing was measured in 4 of 5 sessions: {counts}." in " ".join(methods.split())
    problems = pd.read_csv(out / "problems.csv")
    warned = problems[problems["message"].str.startswith("the talk seems to be")]
    assert warned[["session_id", "severity"]].to_numpy().tolist() == [
        ["arabic", "warning"],
        ["german", "warning"],
    ]
    assert json.loads((out / "run.json").read_text())["counts"]["sessions_measured"] == 1
    stored = load(out).sessions
    assert stored["not_measured"].tolist() == [LANGUAGE, TURNS, "", LANGUAGE, NOBODY]


def test_a_folder_in_another_language_alone(folder, finding, tmp_path):
    arguments = ["--out", str(tmp_path / "out"), "--model", str(finding["model"])]
    run = CliRunner().invoke(app, ["analyze", str(folder / "german.txt"), *arguments])
    assert run.exit_code == 0
    assert run.stdout.splitlines()[:3] == [
        "1 session, 4 utterances, 2 of them by therapists",
        "Nothing was measured: the talk is not in English (if it is English, insist with "
        "--language en)",
        "About the input: 1 warning; see problems.csv",
    ]
    methods = (tmp_path / "out/methods.md").read_text(encoding="utf-8")
    assert "Nothing was measured: the talk is not in English." in methods
