"""Reads a sentence encoder from a folder on this machine, as its makers publish it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tsd.classify.encoder import CLASSES, LONGEST
from tsd.classify.word_pieces import SPECIAL, WordPieces
from tsd.errors import MissingExtraError, ModelError
from tsd.files import sha256_of

_CONFIG, _WEIGHTS = "config.json", "model.safetensors"
_VOCABULARY, _TOKENIZER = "vocab.txt", "tokenizer.json"
_EXPECTED = (
    f"Expected the folder of a BERT encoder in lower case, such as MiniLM: {_CONFIG}, {_WEIGHTS} "
    f"and {_VOCABULARY} or {_TOKENIZER}."
)
_PACKAGES = ("jax", "optax", "safetensors")
_NORM = "LayerNorm"

Arrays = dict[str, npt.NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class SentenceEncoder:
    """A sentence encoder that can be fine-tuned.

    Parameters
    ----------
    pieces : WordPieces
        Divides text as it was trained to read it.
    weights : dict of str to array
        As `tsd.classify.encoder.logits` takes them.
    about : dict
        Which one it is, and the versions of what it will be fine-tuned with.
    """

    pieces: WordPieces
    weights: Arrays
    about: dict[str, Any]


def read_sentence_encoder(folder: Path, layers: int, seed: int) -> SentenceEncoder:
    """Read a sentence encoder.

    Parameters
    ----------
    folder : Path
        A BERT encoder with the names and files of the ``transformers`` library.
    layers : int
        So many of its layers, the lowest, are used.
    seed : int
        Of the weights of the last step, from the encoder to the classes, which it does not have.

    Raises
    ------
    MissingExtraError
        If a package for fine-tuning is not installed.
    ModelError
        If a file is missing, or the encoder is of another kind.
    """
    try:
        versions = {name: metadata.version(name) for name in _PACKAGES}
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:  # also of metadata
        raise MissingExtraError("jax", "encoder", "fine-tuning an encoder") from error
    try:
        config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
        if config["model_type"] != "bert":
            raise ModelError(folder, f"is another kind of encoder. {_EXPECTED}")
        pieces = WordPieces(_vocabulary(folder))
        layers = min(layers, config["num_hidden_layers"])
        tensors = load_file(folder / _WEIGHTS)
        tensors = {name.removeprefix("bert."): array for name, array in tensors.items()}
        weights = _weights(tensors, layers, config["num_attention_heads"])
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(folder, f"cannot be read as a sentence encoder. {_EXPECTED}") from error
    _check(folder, pieces, weights)
    size = weights["words"].shape[1]
    random = np.random.default_rng(seed)
    weights["head"] = random.normal(0, size**-0.5, (size, len(CLASSES))).astype(np.float32)
    weights["head_bias"] = np.zeros(len(CLASSES), dtype=np.float32)
    about = {"sha256": sha256_of(folder / _WEIGHTS), "layers": layers, "versions": versions}
    return SentenceEncoder(pieces, weights, about)


def _check(folder: Path, pieces: WordPieces, weights: Arrays) -> None:
    """Refuse what could be calculated with, but not rightly."""
    ordinary = [piece for piece in pieces.vocabulary if not piece.startswith("[")]
    wrong = {
        "its vocabulary lacks [CLS], [SEP], [UNK] or [PAD]": not {*SPECIAL} <= {*pieces.vocabulary},
        "its vocabulary has capital letters": any(piece != piece.lower() for piece in ordinary),
        "its vocabulary is larger than its weights": len(pieces.number) > len(weights["words"]),
        f"it reads fewer than {LONGEST} word pieces": len(weights["positions"]) < LONGEST,
        "it does not read two segments": len(weights["segments"]) != 2,
    }
    for what, found in wrong.items():
        if found:
            raise ModelError(folder, f"is another kind of encoder: {what}. {_EXPECTED}")


def _vocabulary(folder: Path) -> list[str]:
    if (folder / _VOCABULARY).exists():
        return (folder / _VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    numbers = json.loads((folder / _TOKENIZER).read_text(encoding="utf-8"))["model"]["vocab"]
    if sorted(numbers.values()) != list(range(len(numbers))):
        raise ValueError("gaps in the numbers of the word pieces")
    return sorted(numbers, key=numbers.__getitem__)


def _weights(tensors: dict[str, Any], layers: int, heads: int) -> Arrays:
    """Return the weights by our names; those of all layers are one array."""

    def matrix(name: str) -> npt.NDArray[np.float32]:
        return np.stack([tensors[f"encoder.layer.{n}.{name}.weight"].T for n in range(layers)])

    def bias(name: str) -> npt.NDArray[np.float32]:
        return np.stack([tensors[f"encoder.layer.{n}.{name}.bias"] for n in range(layers)])

    def norm(name: str) -> npt.NDArray[np.float32]:
        return np.stack([tensors[f"{name}.{part}"] for part in ("weight", "bias")])

    def norms(name: str) -> npt.NDArray[np.float32]:
        return np.stack([norm(f"encoder.layer.{n}.{name}.{_NORM}") for n in range(layers)])

    mixed = [f"attention.self.{name}" for name in ("query", "key", "value")]
    by_head = [bias(name).reshape(layers, heads, -1) for name in mixed]
    found = {
        "words": tensors["embeddings.word_embeddings.weight"],
        "positions": tensors["embeddings.position_embeddings.weight"][:LONGEST],
        "segments": tensors["embeddings.token_type_embeddings.weight"],
        "embedding_norm": norm(f"embeddings.{_NORM}"),
        "attention": np.concatenate([matrix(name) for name in mixed], axis=2),
        "attention_bias": np.concatenate(by_head, axis=1),
        "attention_out": matrix("attention.output.dense"),
        "attention_out_bias": bias("attention.output.dense"),
        "attention_norm": norms("attention.output"),
        "wide": matrix("intermediate.dense"),
        "wide_bias": bias("intermediate.dense"),
        "narrow": matrix("output.dense"),
        "narrow_bias": bias("output.dense"),
        "layer_norm": norms("output"),
    }
    return {name: np.asarray(array, dtype=np.float32) for name, array in found.items()}
