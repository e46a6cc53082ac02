import math
import os
import shutil
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.batch import runner
from tsd.batch.scoring import fill_budget
from tsd.errors import ModelError, NoInputError
from tsd.schema import Severity
from tsd.settings import Settings

GOOD = (
    "T: How are you?\nC: I could not sleep all week.\nT: I used to panic on trains too.\nC: Oh.\n"
)


@pytest.fixture
def settings(small_model):
    return Settings.of(model=small_model)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.csv").write_text("speaker,text\nT,Hello there.\nC,Hi.\n")
    return tmp_path


def test_sessions_of_all_files_in_order(folder, settings):
    result = runner.analyze_corpus(folder, settings)
    assert result.sessions["session_id"].tolist() == ["a", "b"]
    assert result.sessions["utterances"].tolist() == [4, 2]
    assert result.utterances["text"].tolist()[-1] == "Hi."
    assert result.problems.empty
    assert result.run["complete"] is True


def test_a_review_budget_flags_the_likeliest_of_all_sessions(folder, settings):
    free = runner.analyze_corpus(folder, settings).utterances["p_disclosure"].dropna()
    result = runner.analyze_corpus(
        folder, replace(settings, finding=replace(settings.finding, review_budget=1))
    )
    assert result.utterances["is_disclosure"].sum() == 1
    assert result.run["review_budget"] == {
        "utterances": 1,
        "threshold": pytest.approx(free.max(), abs=1e-6),
        "expected_disclosures": pytest.approx(free.max(), abs=0.01),
    }
    assert result.run["model"]["threshold"] == result.run["review_budget"]["threshold"]
    assert result.run["settings"]["finding"]["review_budget"] == 1


def test_with_a_review_budget_units_are_scored_once(folder, settings, scored):
    runner.analyze_corpus(
        folder, replace(settings, finding=replace(settings.finding, review_budget=1))
    )
    assert scored == ["a", "b"]


def test_a_review_budget_measures_as_its_threshold_does(folder, settings):
    def run(**options):
        return runner.analyze_corpus(
            folder, replace(settings, finding=replace(settings.finding, **options))
        )

    budget = run(review_budget=1)
    plain = run(threshold=budget.run["review_budget"]["threshold"])
    for name in ("sessions", "utterances", "disclosures", "guidelines", "dynamics"):
        pd.testing.assert_frame_equal(getattr(budget, name), getattr(plain, name))


@pytest.mark.parametrize(
    ("budget", "probabilities", "threshold", "expected"),
    [
        (2, [0.1, 0.9, 0.5], 0.5, 1.4),
        (5, [0.2, 0.1], 0.1, 0.3),  # more than there are: all are flagged
        (2, [0.9, 0.5, 0.5], 0.9, 0.9),  # two share the last place: none of them is flagged
        (1, [0.5, 0.5], 1.0, 0.0),
        (3, [], 1.0, 0.0),
        (3, [math.nan], 1.0, 0.0),
    ],
)
def test_the_threshold_of_a_review_budget(budget, probabilities, threshold, expected):
    assert fill_budget(budget, probabilities) == {
        "utterances": budget,
        "threshold": threshold,
        "expected_disclosures": expected,
    }


@given(st.lists(st.floats(0, 0.999)), st.integers(1, 20))
def test_never_more_utterances_than_the_review_budget(probabilities, budget):
    threshold = fill_budget(budget, probabilities)["threshold"]
    assert sum(p >= threshold for p in probabilities) <= budget


def test_a_bad_file_stops_no_other(folder, settings):
    (folder / "aa.txt").write_bytes(b"\0\1\2")
    result = runner.analyze_corpus(folder, settings)
    assert result.sessions["session_id"].tolist() == ["a", "b"]
    assert result.problems["severity"].tolist() == ["error"]
    assert result.problems["path"].tolist() == [str(folder / "aa.txt")]


def test_a_session_that_breaks_a_component_stops_no_other(folder, settings, monkeypatch):
    real = runner.analyze

    def break_on_b(doc, measuring):
        if doc._.session_id == "b":
            raise RuntimeError("words of the session: Hello there.")
        return real(doc, measuring)

    monkeypatch.setattr(runner, "analyze", break_on_b)
    result = runner.analyze_corpus(folder, settings)
    assert result.sessions["session_id"].tolist() == ["a"]
    assert result.problems["message"].tolist() == [
        "could not be analyzed (RuntimeError). Please report it, without the transcript."
    ]


def test_an_overlong_session_stops_no_other(folder, small_model):
    result = runner.analyze_corpus(folder, Settings.of(model=small_model, longest_session=30))
    assert result.sessions["session_id"].tolist() == ["b"]
    (message,) = result.problems["message"]
    assert message.startswith("session 'a' has 75 characters, more than the limit of 30.")


def test_any_number_of_workers_gives_the_same(folder, small_model, monkeypatch):
    monkeypatch.setattr(runner, "_CHUNK", 1)
    one, two = (
        runner.analyze_corpus(folder, Settings.of(model=small_model, workers=n)) for n in (1, 2)
    )
    for name in ("sessions", "utterances", "disclosures", "problems"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


def test_sessions_with_the_same_name_in_two_files_are_kept_apart(folder, settings):
    (folder / "c.csv").write_text("session_id,speaker,text\na,T,Other words.\na,C,Yes.\n")
    result = runner.analyze_corpus(folder, settings)
    assert result.sessions["session_id"].tolist() == ["a", "b", "c/a"]
    assert result.problems["message"].tolist() == [
        "another file has a session with this name; this one is now called 'c/a'."
    ]


def test_nothing_to_read_is_an_error(tmp_path, settings):
    with pytest.raises(
        NoInputError, match=r"no session could be read.\n .*nowhere.txt: no such file or folder"
    ):
        runner.analyze_corpus(tmp_path / "nowhere.txt", settings)


def test_a_bad_model_is_reported_before_anything_is_read(tmp_path):
    with pytest.raises(ModelError):
        runner.analyze_corpus(tmp_path, Settings.of(model=tmp_path))


def test_an_interruption_keeps_what_was_done(folder, settings, monkeypatch):
    monkeypatch.setattr(runner, "_CHUNK", 1)
    real = runner._analyze_chunk

    def interrupted(chunk, settings):
        if chunk[0].session_id == "b":
            raise KeyboardInterrupt
        return real(chunk, settings)

    monkeypatch.setattr(runner, "_analyze_chunk", interrupted)
    result = runner.analyze_corpus(folder, settings)
    assert result.sessions["session_id"].tolist() == ["a"]
    assert result.run["complete"] is False
    assert result.problems["message"].tolist() == [
        "interrupted: 1 of 2 sessions were analyzed.",
        "not analyzed: the run was interrupted.",
    ]
    assert result.problems["session_id"].tolist() == ["", "b"]
    (row,) = result.missing[result.missing["table"] == "sessions"].head(1).to_dict("records")
    assert (row["columns"], row["missing"], row["of"]) == (["(the whole row)"], 1, 2)


def test_an_interruption_while_other_settings_are_tried_loses_no_session(
    folder, settings, monkeypatch
):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "_try", interrupted)
    tried = replace(settings, measuring=replace(settings.measuring, sensitivity=True))
    result = runner.analyze_corpus(folder, tried)
    assert len(result.sessions) == 2
    assert result.run["complete"] is False
    assert result.problems["message"].tolist() == [
        "interrupted: not all combinations of the table sensitivity were tried."
    ]


def test_a_model_trained_again_is_used_again(folder, annotated, small_model, tmp_path):
    from tsd.learn.training import train
    from tsd.settings import Learning

    model = shutil.copytree(small_model, tmp_path / "model")
    first = runner.analyze_corpus(folder, Settings.of(model=model)).run["model"]["sha256"]
    train(annotated, Learning(fewest=10, penalty=0.5)).save(model)
    assert runner.analyze_corpus(folder, Settings.of(model=model)).run["model"]["sha256"] != first


def test_a_worker_that_is_ended_loses_only_its_own_sessions(folder, small_model, monkeypatch):
    monkeypatch.setattr(runner, "_CHUNK", 1)

    class Broken:
        def __init__(self, **kwargs):
            pass

        def __call__(self, tasks):
            function, args, kwargs = next(iter(tasks))
            yield function(*args, **kwargs)
            raise BrokenProcessPool

    monkeypatch.setattr(runner, "Parallel", Broken)
    result = runner.analyze_corpus(folder, Settings.of(model=small_model, workers=2))
    assert result.sessions["session_id"].tolist() == ["a"]
    assert result.problems["session_id"].tolist() == ["b"]
    assert "the system ended a worker process" in result.problems["message"][0]


def test_nothing_that_could_be_analyzed_is_an_error(folder, small_model):
    with pytest.raises(NoInputError, match="no session could be analyzed"):
        runner.analyze_corpus(folder, Settings.of(model=small_model, longest_session=10))


def test_a_name_that_no_speaker_has_is_reported_with_the_speakers(folder, small_model):
    result = runner.analyze_corpus(folder, Settings.of(model=small_model, therapist=("Anna",)))
    assert result.problems["message"].tolist() == [
        "--therapist 'Anna' is not a speaker in any session; the speakers are 'T', 'C'. "
        "Correct the name."
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_name_that_is_not_text(folder, settings):
    path = os.fsencode(folder) + b"/s\xff.txt"
    with open(path, "w") as file:
        file.write(GOOD)
    sources = runner.analyze_corpus(folder, settings).sessions["source"].tolist()
    assert sources[-1].encode()


class TestLabels:
    CSV = (
        "session_id,speaker,text,label\n"
        "x,T,I trained in Leeds.,training\nx,C,Oh.,\nx,T,So.,none\nx,T,Hm.,ambiguous\nx,T,Well.,\n"
        "y,T,Hello.,\ny,C,Hi.,\n"
    )

    @pytest.fixture
    def result(self, tmp_path):
        (tmp_path / "l.csv").write_text(self.CSV)
        return runner.analyze_corpus(tmp_path, Settings.of(use_labels=True))

    def test_human_labels_are_measured(self, result):
        assert result.disclosures["text"].tolist() == ["I trained in Leeds."]
        assert result.disclosures["p_disclosure"].isna().all()
        assert result.utterances["label"].tolist() == ["training", "", "none", "none", "none"]
        assert result.run["model"] is None

    def test_missing_and_ambiguous_labels_are_noted(self, result):
        notes = result.problems[result.problems["severity"] == "note"]
        assert notes["message"].tolist() == [
            "therapist utterances that count as no disclosure: 1 without a label, 1 ambiguous."
        ]

    def test_a_session_without_labels_is_not_taken_for_one_without_disclosures(self, result):
        assert result.sessions["session_id"].tolist() == ["x"]
        errors = result.problems[result.problems["severity"] == str(Severity.ERROR)]
        assert errors["session_id"].tolist() == ["y"]
        assert "no therapist utterance has a label" in errors["message"].iloc[0]

    def test_only_the_marked_words_are_measured(self, tmp_path):
        (tmp_path / "l.csv").write_text(
            "speaker,text,label,disclosing\n"
            "T,How was your week? I trained in Leeds.,training,I trained in Leeds.\nC,Oh.,,\n"
        )
        result = runner.analyze_corpus(tmp_path, Settings.of(use_labels=True))
        assert result.disclosures["text"].tolist() == ["I trained in Leeds."]
        assert result.disclosures["words"].tolist() == [4]

    def test_an_unknown_label_is_not_taken_for_no_disclosure(self, tmp_path):
        (tmp_path / "l.csv").write_text("speaker,text,label\nT,I trained.,trainings\nC,Oh.,\n")
        with pytest.raises(NoInputError, match="a label is not one of training, similar_challenge"):
            runner.analyze_corpus(tmp_path, Settings.of(use_labels=True))


def test_a_letter_means_the_labels_with_a_number(small_model, tmp_path):
    rows = "".join(f"C{n},How was it?\nS{n},It was bad.\n" for n in range(3))
    (tmp_path / "a.csv").write_text(f"speaker,text\n{rows}")
    result = runner.analyze_corpus(tmp_path, Settings.of(model=small_model, therapist=("C",)))
    assert result.utterances["role"].tolist() == ["therapist", "client"] * 3
    (message,) = result.problems["message"]
    assert message.startswith("roles assumed by elimination: 'S0' as client, 'S1' as client")
