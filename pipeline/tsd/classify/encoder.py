"""The encoder: a small transformer that reads a unit together with the talk just before it.

It was trained on much other text before it learned from annotated sessions, so it also knows what
a word is like that no annotated session has. It is optional: see `tsd.classify.second_reading`
for how its reading is used, and `tsd.learn.fine_tuning` for how it learns.

It runs on numpy alone, and reads one unit at a time, on one thread where numpy can be limited to
one, so that what it says of a unit depends on nothing else.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from tsd.classify.word_pieces import END, START, WordPieces
from tsd.classify.words import normalize
from tsd.files import unpacked_size
from tsd.schema import TYPES
from tsd.stats import Floats

Weights = Mapping[str, Any]
"""Arrays by name: of numpy where it reads, of jax where it learns."""

CLASSES: tuple[str, ...] = ("none", *map(str, TYPES))
"""What the encoder decides between."""

_BEFORE, _UNIT = 32, 48
LONGEST = _BEFORE + _UNIT + 3
"""Most word pieces that are read: of the talk before, of the unit, and three marks."""

_FORMAT = 1
"""Of the file, of what is read and of `CLASSES`."""

_QUANTIZED = ("words", "attention", "attention_out", "wide", "narrow")
"""Large weights, stored in 8 bits, each row or column with its own scale."""
_SCALE = ".scale"
_VOCABULARY, _HASHES, _AS_NEW, _ABOUT = "vocabulary", "seen.hashes", "seen.logits", "about"
_EPSILON = 1e-12
_LARGEST_FILE = 2_000_000_000
"""No encoder is larger than this once unpacked, in bytes."""


@dataclass(frozen=True, eq=False)
class Encoder:
    """A trained encoder.

    Parameters
    ----------
    pieces : WordPieces
        Divides text as the encoder was trained to read it.
    stored : mapping of str to array
        The weights as they are stored; see `quantized`.
    seen : mapping of int to array of float, shape (4,)
        Logits of units that this encoder learned from, by a hash of the text, from an encoder that
        did not; see `read`.
    about : mapping
        What it was made from, and with what.
    """

    pieces: WordPieces
    stored: Weights
    seen: Mapping[int, Floats] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def weights(self) -> dict[str, npt.NDArray[np.float32]]:
        """The weights as numbers to calculate with."""
        return {
            name: array * self.stored[name + _SCALE]
            if name in _QUANTIZED
            else array.astype(np.float32)
            for name, array in self.stored.items()
            if not name.endswith(_SCALE)
        }

    def read(self, before: Sequence[str], units: Sequence[str], *, as_new: bool = False) -> Floats:
        """Return the logit of each of `CLASSES` for each unit.

        Parameters
        ----------
        before : sequence of str
            The talk just before each unit; see `tsd.classify.context.talk_before`.
        units : sequence of str
            Their text.
        as_new : bool, default False
            For units that the encoder learned from, give the logits of an encoder that did not,
            as cross-validation needs them. They are known by their words and the talk before.

        Returns
        -------
        array of float, shape (n_units, 4)
        """
        known: dict[tuple[str, str], Floats] = {}
        with threadpool_limits(1, user_api="blas"):
            for key in zip(before, units, strict=True):
                if key not in known:
                    new = self.seen.get(text_hash(*key)) if as_new else None
                    known[key] = self._logits(*key) if new is None else new
        rows = [known[key] for key in zip(before, units, strict=True)]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(CLASSES))

    def _logits(self, before: str, unit: str) -> Floats:
        numbers, segments = numbered(self.pieces, before, unit)
        one = np.ones((1, len(numbers)), dtype=np.float32)
        found: Floats = logits(self.weights, np.array([numbers]), np.array([segments]), one)[0]
        return found

    def to_bytes(self) -> bytes:
        """Return the encoder as the content of a file of numpy arrays."""
        about = json.dumps({**self.about, "format": _FORMAT}, sort_keys=True).encode()
        arrays = {
            **self.stored,
            _ABOUT: np.frombuffer(about, dtype=np.uint8),
            _VOCABULARY: np.frombuffer("\n".join(self.pieces.vocabulary).encode(), dtype=np.uint8),
            _HASHES: np.array(list(self.seen), dtype=np.uint64),
            _AS_NEW: np.array(list(self.seen.values()), dtype=np.float16),
        }
        out = io.BytesIO()
        np.savez_compressed(out, **arrays)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Encoder:
        """Make an encoder of what `to_bytes` gave.

        Raises
        ------
        ValueError
            If it is something else, or made for another version. Objects other than numbers are
            never loaded.
        """
        try:
            if unpacked_size(data) > _LARGEST_FILE:
                raise ValueError("too large for an encoder")
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            about = json.loads(arrays.pop(_ABOUT).tobytes())
            if about["format"] != _FORMAT:
                raise ValueError(f"an encoder of format {about['format']}, not {_FORMAT}")
            return cls._from_arrays(arrays, about)
        except (KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError("not the file of an encoder") from error

    @classmethod
    def _from_arrays(cls, arrays: dict[str, Any], about: dict[str, Any]) -> Encoder:
        vocabulary = arrays.pop(_VOCABULARY).tobytes().decode().split("\n")
        hashes, new = arrays.pop(_HASHES), arrays.pop(_AS_NEW).astype(np.float64)
        seen = dict(zip(hashes.tolist(), new, strict=True))
        return cls(WordPieces(vocabulary), arrays, seen, about)


def numbered(pieces: WordPieces, before: str, unit: str) -> tuple[list[int], list[int]]:
    """Return the word pieces of a unit with the talk before it, and the segment of each."""
    number = pieces.number
    first = [number[START], *pieces.numbers(normalize(before))[-_BEFORE:], number[END]]
    second = [*pieces.numbers(normalize(unit))[:_UNIT], number[END]]
    return first + second, [0] * len(first) + [1] * len(second)


def text_hash(before: str, unit: str) -> int:
    """Return a number by which a unit and the talk before it are known again."""
    text = f"{before}\n{unit}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


def _unchanged(x: Any) -> Any:  # noqa: ANN401 - an array of numpy or of jax
    return x


def logits(
    weights: Weights,
    numbers: Any,  # noqa: ANN401
    segments: Any,  # noqa: ANN401
    present: Any,  # noqa: ANN401
    *,
    xp: Any = np,  # noqa: ANN401
    drop: Callable[[Any], Any] = _unchanged,
) -> Any:  # noqa: ANN401
    """Compute a BERT encoder, the mean of its last layer, and the logits of the classes.

    Parameters
    ----------
    weights : mapping of str to array
        As floating-point numbers.
    numbers, segments : array of int, shape (n, length)
        Word pieces, and 0 for the talk before, 1 for the unit.
    present : array of float, shape (n, length)
        0 where a row is filled up, 1 elsewhere.
    xp : module, default numpy
        Calculates: numpy, or ``jax.numpy``, which can differentiate what it calculates.
    drop : callable, optional
        Leaves out some of an array, for learning.

    Returns
    -------
    array of float, shape (n, 4)
    """
    n, length = numbers.shape
    w = weights
    x = w["words"][numbers] + w["positions"][:length] + w["segments"][segments]
    x = drop(_normed(x, w["embedding_norm"]))
    size, heads = x.shape[-1], w["attention_bias"].shape[1] // 3
    masked = (present - 1)[:, None, None, :] * np.float32(1e9)
    scale = np.float32((size // heads) ** -0.5)
    for layer in range(len(w["attention"])):
        mixed = x @ w["attention"][layer] + w["attention_bias"][layer].reshape(-1)
        by_head = mixed.reshape(n, length, 3 * heads, size // heads).swapaxes(1, 2)
        query, key, value = xp.split(by_head, 3, axis=1)
        weight = query @ key.swapaxes(-1, -2) * scale + masked
        weight = xp.exp(weight - weight.max(-1, keepdims=True))
        weight = drop(weight / weight.sum(-1, keepdims=True))
        taken = (weight @ value).swapaxes(1, 2).reshape(n, length, size)
        taken = drop(taken @ w["attention_out"][layer] + w["attention_out_bias"][layer])
        x = _normed(x + taken, w["attention_norm"][layer])
        inner = _gelu(x @ w["wide"][layer] + w["wide_bias"][layer], xp)
        inner = drop(inner @ w["narrow"][layer] + w["narrow_bias"][layer])
        x = _normed(x + inner, w["layer_norm"][layer])
    mean = (x * present[..., None]).sum(1) / present.sum(1, keepdims=True)
    return mean @ w["head"] + w["head_bias"]


def _normed(x: Any, norm: Any) -> Any:  # noqa: ANN401
    """Bring each row to mean 0 and variance 1, then scale and shift it as learned."""
    centered = x - x.mean(-1, keepdims=True)
    variance = (centered * centered).mean(-1, keepdims=True)
    return centered / (variance + np.float32(_EPSILON)) ** np.float32(0.5) * norm[0] + norm[1]


def _gelu(x: Any, xp: Any) -> Any:  # noqa: ANN401
    """Compute the activation of BERT (Hendrycks and Gimpel 2016), by its usual approximation.

    With the sigmoid, which is the same as with the hyperbolic tangent and faster in numpy.
    """
    steep = x * (np.float32(-1.5957691) - np.float32(0.07135481) * (x * x))
    return x / (1 + xp.exp(xp.minimum(steep, np.float32(80))))


def quantized(weights: Weights) -> dict[str, npt.NDArray[Any]]:
    """Return weights as they are stored: large ones in 8 bits with scales, others in 16 bits."""
    stored: dict[str, npt.NDArray[Any]] = {}
    for name, array in weights.items():
        array = np.asarray(array, dtype=np.float32)
        if name not in _QUANTIZED:
            stored[name] = array.astype(np.float16)
            continue
        # A row of the words is a word piece; a column of a matrix is an output.
        axis = -1 if name == "words" else -2
        scale = np.maximum(np.abs(array).max(axis, keepdims=True), 1e-8) / 127
        stored[name] = np.round(array / scale).astype(np.int8)
        stored[name + _SCALE] = scale
    return stored
