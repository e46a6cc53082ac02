import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tsd.classify import model as store
from tsd.classify.estimator import FAMILIES
from tsd.classify.features import EXCERPT, WHOLE
from tsd.classify.model import ENCODER_FILE, METADATA_FILE, MODEL_FILE, Model
from tsd.errors import ModelError
from tsd.learn.training import train
from tsd.settings import POINTS, Learning


def features(model):
    return model.estimator.features


@pytest.fixture
def folder(small_model, tmp_path):
    return shutil.copytree(small_model, tmp_path / "model")


def edit(folder, **changes):
    path = folder / METADATA_FILE
    about = json.loads(path.read_text())
    path.write_text(json.dumps({**about, **changes}))


def replace_model(folder, data):
    """Put another file in place of the model, its hash and all."""
    import hashlib

    (folder / MODEL_FILE).write_bytes(data)
    edit(folder, sha256=hashlib.sha256(data).hexdigest())


def test_what_is_stored_predicts_the_same(folder):
    model = Model.load(folder)
    kept = model.metadata["self_test"]
    assert store.self_test(model.estimator, kept["units"]) == kept["probabilities"]


def test_a_missing_folder(tmp_path):
    with pytest.raises(ModelError, match=r"No such file.*Expected a folder with model\.skops"):
        Model.load(tmp_path / "nowhere")


def test_a_changed_file(folder):
    path = folder / MODEL_FILE
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ModelError, match="its hash differs"):
        Model.load(folder)


def test_a_changed_encoder(folder):
    path = folder / ENCODER_FILE
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"encoder\.npz is not the file .*its hash differs"):
        Model.load(folder)


def test_a_missing_encoder(folder):
    (folder / ENCODER_FILE).unlink()
    with pytest.raises(ModelError, match=r"encoder\.npz is missing\. Copy the folder again"):
        Model.load(folder)


def test_an_encoder_that_does_not_belong_to_the_model(folder):
    edit(folder, encoder_sha256=None)
    with pytest.raises(ModelError, match=r"encoder\.npz is not the file"):
        Model.load(folder)


def test_a_damaged_encoder_whose_hash_is_right(folder):
    import hashlib

    (folder / ENCODER_FILE).write_bytes(b"PK")
    edit(folder, encoder_sha256=hashlib.sha256(b"PK").hexdigest())
    with pytest.raises(ModelError, match="is damaged or not a model of tsd"):
        Model.load(folder)


def test_a_model_without_an_encoder_takes_the_place_of_one_with(folder):
    model = Model.load(folder)
    linear = Model(replace(model.estimator, second=None), model.metadata)
    linear.save(folder)
    assert not (folder / ENCODER_FILE).exists()
    assert Model.load(folder).estimator.second is None


def test_metadata_that_are_not_json(folder):
    (folder / METADATA_FILE).write_text("{")
    with pytest.raises(ModelError, match=r"model\.json is not valid JSON"):
        Model.load(folder)


def test_incomplete_metadata(folder):
    (folder / METADATA_FILE).write_text("{}")
    with pytest.raises(ModelError, match="is incomplete"):
        Model.load(folder)


def test_another_format(folder):
    edit(folder, format=99)
    with pytest.raises(ModelError, match="made for format 99, this version reads 4"):
        Model.load(folder)


def test_a_pickle_is_never_loaded(folder):
    import pickle

    replace_model(folder, pickle.dumps(print))
    with pytest.raises(ModelError, match="is damaged or not a model of tsd"):
        Model.load(folder)


def test_other_versions_that_predict_the_same_are_fine(folder):
    edit(folder, versions={"scikit-learn": "0.1"})
    assert Model.load(folder).thresholds["balanced"]["session"] > 0


def test_other_versions_that_predict_something_else_are_refused(folder):
    kept = json.loads((folder / METADATA_FILE).read_text())["self_test"]
    kept["probabilities"][0] += 0.01
    edit(folder, versions={"scikit-learn": "0.1"}, self_test=kept)
    with pytest.raises(
        ModelError, match=r"was made with scikit-learn 0\.1 and gives other results"
    ):
        Model.load(folder)


def test_loading_gives_the_terms_their_numbers(annotated):
    learned = train(annotated, Learning(fewest=10))
    loaded = Model.from_files(learned.files(), Path("<bytes>"))
    for name, vectorizer in features(learned).named_transformers_.items():
        if name in FAMILIES:
            again = features(loaded).named_transformers_[name].vocabulary_
            assert again == vectorizer.vocabulary_


def test_the_default_model_is_found_and_loads():
    model = Model.load()
    assert model.metadata["labels"] == ["training", "similar_challenge", "personal_details"]
    assert set(model.thresholds) == set(POINTS)
    for size in (WHOLE, EXCERPT):
        recall, balanced, precision = (model.thresholds[name][size] for name in POINTS)
        assert 0 < recall < balanced < precision < 1
