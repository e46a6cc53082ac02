import json
import sys

import numpy as np
import pytest
from safetensors.numpy import save_file

from tests.encoders_by_hand import HEADS, LAYERS, SIZE, make_sentence_encoder, tensors
from tsd.classify.word_pieces import SPECIAL
from tsd.errors import MissingExtraError, ModelError
from tsd.files import sha256_of
from tsd.learn.sentence_encoders import read_sentence_encoder


@pytest.fixture
def folder(tmp_path):
    return make_sentence_encoder(tmp_path / "encoder", ["i", "knit"])


def read(folder, layers=9):
    return read_sentence_encoder(folder, layers, seed=0)


def test_pieces_and_weights(folder):
    encoder = read(folder)
    pieces, weights = encoder.pieces, encoder.weights
    assert encoder.about["layers"] == LAYERS
    assert set(encoder.about["versions"]) == {"jax", "optax", "safetensors"}
    assert encoder.about["sha256"] == sha256_of(folder / "model.safetensors")
    assert pieces.vocabulary[-2:] == ("i", "knit")
    assert weights["words"].shape == (6, SIZE)
    assert weights["attention"].shape == (LAYERS, SIZE, 3 * SIZE)
    assert weights["attention_bias"].shape == (LAYERS, 3 * HEADS, SIZE // HEADS)
    assert weights["head"].shape == (SIZE, 4)
    assert {array.dtype for array in weights.values()} == {np.dtype(np.float32)}


def test_the_lowest_layers_alone(folder):
    all_layers, lowest = read(folder).weights, read(folder, layers=1).weights
    assert lowest["wide"].shape[0] == 1
    assert (lowest["wide"][0] == all_layers["wide"][0]).all()


def test_the_vocabulary_of_a_tokenizer(folder):
    numbers = {"[PAD]": 0, "[CLS]": 2, "[UNK]": 1, "[SEP]": 3, "knit": 5, "i": 4}
    (folder / "vocab.txt").unlink()
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": numbers}}))
    assert read(folder).pieces.number == numbers
    (folder / "tokenizer.json").write_text('{"model": {"vocab": {"i": 7}}}')
    with pytest.raises(ModelError, match="cannot be read as a sentence encoder"):
        read(folder)


@pytest.mark.parametrize("name", ["config.json", "vocab.txt", "model.safetensors"])
def test_a_missing_file(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelError, match=r"cannot be read as a sentence encoder\. Expected the"):
        read(folder)


def test_another_kind(folder):
    (folder / "config.json").write_text('{"model_type": "gpt2"}')
    with pytest.raises(ModelError, match=r"is another kind of encoder\. Expected the folder"):
        read(folder)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["i", "knit"], r"lacks \[CLS\], \[SEP\], \[UNK\] or \[PAD\]"),
        ([*SPECIAL, "I"], "has capital letters"),
        ([*SPECIAL, "i", "knit", "socks"], "is larger than its weights"),
    ],
)
def test_a_vocabulary_that_does_not_fit(folder, words, message):
    (folder / "vocab.txt").write_text("\n".join(words))
    with pytest.raises(ModelError, match=f"is another kind of encoder: its vocabulary {message}"):
        read(folder)


@pytest.mark.parametrize(
    "config",
    [
        [],
        {},
        {"model_type": "bert"},
        {"model_type": "bert", "num_hidden_layers": 2, "num_attention_heads": 3},
        {"model_type": "bert", "num_hidden_layers": 0, "num_attention_heads": 2},
        {"model_type": "bert", "num_hidden_layers": 3, "num_attention_heads": 2},
    ],
)
def test_numbers_that_do_not_fit(folder, config):
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="cannot be read as a sentence encoder"):
        read(folder)


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        ("position", 82, "it reads fewer than 83 word pieces"),
        ("token_type", 1, "it does not read two segments"),
    ],
)
def test_too_few_rows(folder, name, rows, message):
    found = tensors(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "i", "knit"])
    key = f"embeddings.{name}_embeddings.weight"
    save_file({**found, key: found[key][:rows].copy()}, folder / "model.safetensors")
    with pytest.raises(ModelError, match=message):
        read(folder)


def test_without_the_extra(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    with pytest.raises(MissingExtraError, match=r"fine-tuning an encoder needs jax.*\[encoder\]"):
        read(folder)
