"""Nothing but an estimator is read, and it is the one that was written."""

import io
import subprocess
import zipfile

import numpy as np
import pytest
import skops.io

from tsd.classify import estimator_file
from tsd.classify.estimator_file import estimator_from_bytes, estimator_to_bytes
from tsd.classify.model import Model, self_test

DAMAGED = r"^is damaged or not a model of tsd\. Copy the folder again, or train the model again\.$"


@pytest.fixture(scope="module")
def model(small_model):
    return Model.load(small_model)


@pytest.fixture(scope="module")
def written(model):
    return estimator_to_bytes(model.estimator, encoder="a hash")


def test_what_is_written_is_read(model, written):
    read = estimator_from_bytes(written, model.estimator.second.encoder.to_bytes())
    kept = model.metadata["self_test"]
    assert np.array_equal(self_test(read, kept["units"]), kept["probabilities"])
    assert estimator_to_bytes(read, encoder="a hash") == written


def test_the_encoder_has_a_file_of_its_own(written):
    with pytest.raises(ValueError, match=DAMAGED):
        estimator_from_bytes(written, None)


def test_the_file_is_small_in_number_of_parts(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert len(archive.namelist()) < 20


def test_a_term_is_no_object_of_its_own_in_the_file(model, written):
    """It took seconds to load, and 200 bytes, for each of a hundred thousand."""
    vectorizers = estimator_file._vectorizers({"features": model.estimator.features})
    terms = sum(len(each.vocabulary_) for each in vectorizers)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.getinfo("schema.json").file_size < 150 * terms


@pytest.mark.parametrize("data", [b"", b"PK", skops.io.dumps({"a": 1})])
def test_other_harmless_content_is_no_model(data):
    with pytest.raises(ValueError, match=DAMAGED):
        estimator_from_bytes(data, None)


def test_a_type_of_somebody_else_is_not_loaded():
    data = skops.io.dumps({"detector": subprocess.Popen.wait})
    with pytest.raises(ValueError, match=r"^contains objects that do not belong in a tsd model\."):
        estimator_from_bytes(data, None)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(estimator_file, "_LARGEST", 1000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.json", b"0" * 10_000)
    with pytest.raises(ValueError, match=r"^is too large to be a tsd model\.$"):
        estimator_from_bytes(data.getvalue(), None)
