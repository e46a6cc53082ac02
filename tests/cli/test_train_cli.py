import hashlib
import json

import pytest
from typer.testing import CliRunner

from tsd.classify.model import DEFAULT_MODEL, ENCODER_FILE, METADATA_FILE
from tsd.classify.shipped import shipped
from tsd.cli import app


def run(*arguments: object):
    """Learn from the given files alone: the default corpus takes most of a minute."""
    return CliRunner().invoke(app, ["train", "--no-default-corpus", *map(str, arguments)])


def test_a_model_that_analyze_can_use(table, tmp_path):
    result = run(table, "--out", tmp_path / "model")
    assert result.exit_code == 0, result.output
    assert '"average_precision_in_the_data"' in result.stdout
    used = CliRunner().invoke(
        app,
        ["analyze", str(table), "--out", str(tmp_path / "out"), "--model", str(tmp_path / "model")],
    )
    assert used.exit_code == 0, used.output


@pytest.mark.parametrize("damage", ["x,T,too,many,fields\n", "a0,C,words,training\n"])
def test_damaged_annotations_are_not_learned_from(table, tmp_path, damage):
    with table.open("a") as file:
        file.write(damage)
    result = run(table, "--out", tmp_path / "model")
    if "too,many" in damage:
        assert result.exit_code == 2
        assert "labels.csv, line 170: the row has 5 fields" in result.stderr
        assert not (tmp_path / "model").exists()
    else:
        assert result.exit_code == 0


def test_too_little_to_learn_from(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("speaker,text,label\nT,Hello.,personal_details\nT,So.,none\n")
    result = run(path, "--out", tmp_path / "model")
    assert result.exit_code == 2
    assert "too few disclosing utterances to learn from: 1; expected at least 30." in (
        result.stderr
    )


def test_nothing_to_learn_from(tmp_path):
    result = run("--out", tmp_path / "model")
    assert result.exit_code == 2
    assert "nothing to learn from. Name labeled files." in result.stderr


def test_own_files_are_kept_apart_from_the_default_corpus(table, tmp_path, annotated, monkeypatch):
    """With a small table in place of the default corpus, which takes most of a minute."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "more.csv").write_text(table.read_text().replace("\na", "\nother-a"))
    monkeypatch.setattr("tsd.classify.shipped.shipped", lambda folder: corpus)
    result = CliRunner().invoke(app, ["train", str(table), "--out", str(tmp_path / "model")])
    assert result.exit_code == 0, result.output
    about = json.loads((tmp_path / "model/model.json").read_text())
    assert about["data"]["sessions"] == 2 * len(annotated)
    every, own = about["cross_validation"], about["cross_validation"]["own"]
    assert every["utterances"] == 2 * own["utterances"]


def test_the_encoder_of_the_default_model_reads_again(table, tmp_path):
    for name, option in (("with", ()), ("without", ("--no-encoder",))):
        result = run(table, "--out", tmp_path / name, *option)
        assert result.exit_code == 0, result.output
    kept = (tmp_path / "with" / ENCODER_FILE).read_bytes()
    assert kept == (shipped(DEFAULT_MODEL) / ENCODER_FILE).read_bytes()
    assert not (tmp_path / "without" / ENCODER_FILE).exists()


def test_a_folder_that_is_no_sentence_encoder(table, tmp_path):
    result = run(table, "--out", tmp_path / "model", "--encoder", tmp_path)
    assert result.exit_code == 2
    assert "cannot be read as a sentence encoder. Expected the folder of a BERT" in result.stderr
    assert not (tmp_path / "model").exists()


def test_a_default_encoder_of_another_version(table, tmp_path, monkeypatch):
    data = b"no encoder"
    (tmp_path / ENCODER_FILE).write_bytes(data)
    about = {"encoder_sha256": hashlib.sha256(data).hexdigest()}
    (tmp_path / METADATA_FILE).write_text(json.dumps(about))
    monkeypatch.setattr("tsd.classify.model.shipped", lambda folder: tmp_path)
    result = run(table, "--out", tmp_path / "model")
    assert result.exit_code == 2
    assert "encoder.npz: not the file of an encoder. Install the package again." in result.stderr


def test_either_an_encoder_or_none(table, tmp_path):
    result = run(table, "--out", tmp_path / "m", "--encoder", tmp_path, "--no-encoder")
    assert result.exit_code == 2
    assert "--encoder: cannot go with --no-encoder" in " ".join(result.stderr.split())
