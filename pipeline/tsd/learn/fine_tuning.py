"""Fine-tuning: a sentence encoder learns from annotated sessions what a disclosure is.

It needs the extra ``encoder``, and no network: the encoder is a folder on this machine. It learns
three times: once from all units, and once from each half of the settings, so that all units but the
easiest also have a reading by an encoder that learned from nothing of their setting
(`tsd.classify.encoder.Encoder.read`).
"""

from __future__ import annotations

from functools import cache
from itertools import starmap
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold
from tqdm import tqdm

from tsd.classify.encoder import (
    CLASSES,
    LONGEST,
    Encoder,
    logits,
    numbered,
    quantized,
    text_hash,
)
from tsd.classify.features import BEFORE
from tsd.classify.second_reading import read_units
from tsd.errors import AnnotationError
from tsd.learn.examples import ExampleUnits
from tsd.learn.sentence_encoders import SentenceEncoder
from tsd.stats import Flags, Floats

_BATCH = 32
_WIDTH = 16
"""Batches are filled up to a multiple of so many word pieces: each length is compiled once."""
_RATE, _HEAD_RATE = 1.2e-4, 1e-3
"""Learning rates of the encoder, and of the last step, which starts from nothing."""
_WARM_UP = 0.06
"""Share of the steps in which the rate rises."""
_DECAY, _DROPPED = 0.01, 0.1
_MOST_KEYS = 100
"""More than the places where something is dropped, in an encoder of up to 32 layers."""
_HARD = 0.25
"""Share of the units without a disclosure that all count, because they look most like one."""
_EASY = 0.05
"""Share of the others that count."""

Rows = npt.NDArray[np.int64]


def fine_tune(start: SentenceEncoder, units: ExampleUnits, scores: Floats, seed: int) -> Encoder:
    """Fine-tune a sentence encoder on annotated units.

    Parameters
    ----------
    start : SentenceEncoder
        What is known before.
    units : ExampleUnits
        What to learn from.
    scores : array of float, shape (n_units,)
        Of the linear detector, out of fold: it says which units are hard.
    seed : int
        Of all that is random.

    Returns
    -------
    Encoder

    Raises
    ------
    AnnotationError
        If there are too few sessions to divide into halves.
    """
    learned_from = _worth_learning(units, scores, seed)
    rows = np.flatnonzero(units.disclosing | learned_from)
    groups = units.kept_together(2)[rows]
    if len(set(groups)) < 2:
        raise AnnotationError("too few sessions to fine-tune an encoder: 1; expected at least 2.")
    table = units.table.iloc[rows]
    seen: dict[int, Floats] = {}
    halves = StratifiedGroupKFold(2).split(rows, units.disclosing[rows], groups=groups)
    for number, (inside, outside) in enumerate(halves, 1):
        chosen = rows[inside][learned_from[rows[inside]]]
        encoder = _learned(start, units.rows(chosen), seed, f"fine-tuning for half {number}")
        read = read_units(encoder, table.iloc[outside])
        texts = table.iloc[outside][[BEFORE, "words"]].itertuples(index=False)
        seen.update(zip(starmap(text_hash, texts), read, strict=True))
    encoder = _learned(start, units.rows(np.flatnonzero(learned_from)), seed, "fine-tuning")
    about = {**start.about, "seed": seed}
    # As it will be read from its file, so that it is calibrated as it is.
    return Encoder.from_bytes(Encoder(encoder.pieces, encoder.stored, seen, about).to_bytes())


def _worth_learning(units: ExampleUnits, scores: Floats, seed: int) -> Flags:
    """Select the units to learn from: disclosing ones of one type, and not all of the others.

    Most units without a disclosure are nothing like one, and teach little.
    """
    hard = scores >= np.quantile(scores[~units.disclosing], 1 - _HARD)
    drawn = np.random.default_rng(seed).random(len(scores)) < _EASY
    one_type = (units.types != "") & units.likely(scores)
    selected: Flags = np.where(units.disclosing, one_type, hard | drawn)
    return selected


def _learned(start: SentenceEncoder, units: ExampleUnits, seed: int, name: str) -> Encoder:
    """Return an encoder that has read all units once, in batches of similar length."""
    jax, optimizer, step = _machinery()
    texts = units.table[[BEFORE, "words"]].itertuples(index=False)
    read = [numbered(start.pieces, *each) for each in texts]
    classes = np.array([CLASSES.index(kind or "none") for kind in units.types])
    batches = _batches([len(numbers) for numbers, _ in read], np.random.default_rng(seed))
    with jax.default_device(jax.devices("cpu")[0]):
        learned = jax.tree.map(jax.numpy.asarray, start.weights)
        state = optimizer.init(learned)
        key = jax.random.key(seed, impl="rbg")
        for number, batch in enumerate(tqdm(batches, disable=None, desc=name, leave=False)):
            learned, state = step(
                learned,
                state,
                _share_of_rate(number, len(batches)),
                jax.random.fold_in(key, number),
                _filled([read[row] for row in batch]),
                np.pad(classes[batch], (0, _BATCH - len(batch))),
                np.arange(_BATCH) < len(batch),
            )
        return Encoder(start.pieces, quantized(learned))


def _share_of_rate(step: int, steps: int) -> float:
    """Return the share of the highest rate at a step: it rises, then falls to nothing.

    >>> [round(_share_of_rate(step, 100), 2) for step in (0, 3, 6, 53, 99)]
    [0.14, 0.57, 1.0, 0.5, 0.01]
    """
    return min((step + 1) / (_WARM_UP * steps + 1), (steps - step) / ((1 - _WARM_UP) * steps))


@cache
def _machinery() -> tuple[ModuleType, Any, Any]:
    """Return jax, AdamW (Loshchilov and Hutter 2019), and a step of it, compiled for each width."""
    import jax
    import optax

    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0), optax.scale_by_adam(), optax.add_decayed_weights(_DECAY)
    )

    def loss(weights: Any, key: Any, batch: Any, classes: Any, counts: Any) -> Any:  # noqa: ANN401
        keys = iter(jax.random.split(key, _MOST_KEYS))

        def drop(x: Any) -> Any:  # noqa: ANN401
            kept = jax.random.bernoulli(next(keys), 1 - _DROPPED, x.shape)
            return jax.numpy.where(kept, x / (1 - _DROPPED), 0)

        found = logits(weights, *batch, xp=jax.numpy, drop=drop)
        each = optax.softmax_cross_entropy_with_integer_labels(found, classes)
        return (each * counts).sum() / counts.sum()

    @jax.jit
    def step(
        weights: Any,  # noqa: ANN401
        state: Any,  # noqa: ANN401
        share_of_rate: Any,  # noqa: ANN401
        key: Any,  # noqa: ANN401
        batch: Any,  # noqa: ANN401
        classes: Any,  # noqa: ANN401
        counts: Any,  # noqa: ANN401
    ) -> tuple[Any, Any]:
        gradients = jax.grad(loss)(weights, key, batch, classes, counts)
        changes, state = optimizer.update(gradients, state, weights)
        learned = {
            name: weights[name]
            - share_of_rate * (_HEAD_RATE if name.startswith("head") else _RATE) * changes[name]
            for name in weights
        }
        return learned, state

    return jax, optimizer, step


def _batches(lengths: list[int], random: np.random.Generator) -> list[Rows]:
    """Divide units into batches of nearly the same length, in random order."""
    width = -(-np.array(lengths) // _WIDTH)
    batches: list[Rows] = []
    for each in np.unique(width):
        rows = random.permutation(np.flatnonzero(width == each))
        batches += np.split(rows, range(_BATCH, len(rows), _BATCH))
    return [batches[number] for number in random.permutation(len(batches))]


def _filled(read: list[tuple[list[int], list[int]]]) -> tuple[Any, Any, Any]:
    """Return the numbers and segments of a batch, and where they are, filled up to one size."""
    longest = max(len(numbers) for numbers, _ in read)
    shape = _BATCH, min(-(-longest // _WIDTH) * _WIDTH, LONGEST)
    numbers, segments = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    present = np.zeros(shape, dtype=np.float32)
    present[len(read) :, 0] = 1  # a row of nothing has no mean
    for row, (own, parts) in enumerate(read):
        numbers[row, : len(own)], segments[row, : len(own)] = own, parts
        present[row, : len(own)] = 1
    return numbers, segments, present
