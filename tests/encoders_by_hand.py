"""A tiny sentence encoder in a folder, as its makers would publish it, with random weights."""

import json

import numpy as np
from safetensors.numpy import save_file

SIZE, HEADS, LAYERS = 8, 2, 2


def tensors(vocabulary, seed=0):
    """Return the weights of a BERT encoder by the names of the ``transformers`` library."""
    random = np.random.default_rng(seed)
    found = {}

    def linear(name, size, out):
        found[f"{name}.weight"] = random.normal(0, 0.5, (out, size)).astype(np.float32)
        found[f"{name}.bias"] = random.normal(0, 0.1, out).astype(np.float32)

    def norm(name):
        found[f"{name}.LayerNorm.weight"] = random.normal(1, 0.1, SIZE).astype(np.float32)
        found[f"{name}.LayerNorm.bias"] = random.normal(0, 0.1, SIZE).astype(np.float32)

    for name, rows in (("word", len(vocabulary)), ("position", 128), ("token_type", 2)):
        values = random.normal(0, 0.5, (rows, SIZE)).astype(np.float32)
        found[f"embeddings.{name}_embeddings.weight"] = values
    norm("embeddings")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        for name in ("query", "key", "value"):
            linear(f"{layer}.attention.self.{name}", SIZE, SIZE)
        linear(f"{layer}.attention.output.dense", SIZE, SIZE)
        norm(f"{layer}.attention.output")
        linear(f"{layer}.intermediate.dense", SIZE, 4 * SIZE)
        linear(f"{layer}.output.dense", 4 * SIZE, SIZE)
        norm(f"{layer}.output")
    return found


def make_sentence_encoder(folder, words):
    """Write a sentence encoder that knows some words; return its folder."""
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words]
    config = {"model_type": "bert", "num_hidden_layers": LAYERS, "num_attention_heads": HEADS}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    save_file(tensors(vocabulary), folder / "model.safetensors")
    return folder
