import json

import pytest

from tsd.batch.error_rates import check_same_classifier, read_error_rates
from tsd.errors import ReadError

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


def test_sensitivity_and_false_alarms_are_taken_from_the_confusion(path):
    found = read_error_rates(path)
    assert (found.sensitivity, found.disclosing) == (0.8, 10)
    assert (found.false_alarms, found.others) == (pytest.approx(3 / 90), 90)
    assert (found.threshold, found.excerpt_threshold, found.model) == (0.3, 0.4, "abc" * 20)


def test_it_reads_what_evaluate_prints(root, small_model, tmp_path):
    from tsd.cli.evaluate import evaluate_files
    from tsd.settings import Settings

    found = evaluate_files([root / "data/samples/annotated.csv"], Settings(model=small_model))
    file = tmp_path / "own.json"
    file.write_text(json.dumps(found.as_dict()))
    rates = read_error_rates(file)
    assert rates.sensitivity == found.figures["recall"].value
    assert rates.disclosing + rates.others == found.utterances
    assert rates.model == found.model


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", '{"disclosing": "many"}', "not json"])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ReadError, match=r"other\.json: holds no figures of an evaluation\. Expect"):
        read_error_rates(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ReadError, match="cannot be opened"):
        read_error_rates(tmp_path / "none.json")


def test_rates_of_another_model_are_refused(path):
    with pytest.raises(ReadError, match="made with model abcabcabcabc, and this run uses def"):
        check_same_classifier(read_error_rates(path), path, "def", 0.3, 0.4)


def test_rates_at_another_threshold_are_refused(path):
    found = read_error_rates(path)
    with pytest.raises(ReadError, match=r"thresholds 0\.3 and 0\.4, and this run uses 0\.5 and"):
        check_same_classifier(found, path, found.model, 0.5, 0.5)


def test_rates_of_the_same_classifier_pass(path):
    found = read_error_rates(path)
    check_same_classifier(found, path, found.model, 0.3, 0.4)
