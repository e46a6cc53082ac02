"""Learning a model from annotated sessions, with every figure from grouped cross-validation."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from tqdm import tqdm

from tsd.classify import model as store
from tsd.classify.encoder import Encoder
from tsd.classify.estimator import (
    FAMILIES,
    Estimator,
    linear_scores,
    make_detector,
    make_features,
    make_typer,
    seen_by_detector,
)
from tsd.classify.features import BEFORE, COLUMNS, EXTENT, WHOLE
from tsd.classify.second_reading import SecondReading, log_odds, read_units
from tsd.errors import AnnotationError
from tsd.learn.examples import ExampleUnits, example_units
from tsd.learn.fine_tuning import fine_tune
from tsd.learn.sentence_encoders import read_sentence_encoder
from tsd.learn.thresholds import calibrators, figures_at, natural_units, operating_points
from tsd.schema import TYPES, Label, Role, Session
from tsd.settings import Finding, Learning
from tsd.stats import Flags, Floats

_ROUNDS = 3
"""How often the detector is fitted again where the disclosing words are not marked."""


_TRIED = (
    ("", ""),
    ("client: So what do you do here?", "i'm one of the nurses, i've been here for ten years."),
    ("client: Have you got any yourself?", "yes, two boys."),
    ("client: I can't sleep since she went.", "i know that from my own life."),
    ("client: I failed it again. therapist: Mm.", "i failed mine twice"),
    ("client: I like it by the sea.", "me too."),
    ("therapist: We have an hour.", "what brings you in today?"),
    ("client: It is what it is.", "so you tell yourself, i have to carry on."),
)
"""Talk before, and a unit: for the self-test of a model."""


def train(
    sessions: Sequence[Session],
    learning: Learning | None = None,
    finding: Finding | None = None,
    *,
    corpus: Sequence[Session] = (),
    encoder: Encoder | str | os.PathLike[str] | None = None,
    seed: int = 0,
) -> store.Model:
    """Learn a model from annotated sessions.

    Parameters
    ----------
    sessions : sequence of Session
        With labels on therapist utterances.
    learning : Learning, optional
        How to learn.
    finding : Finding, optional
        For the segmenter.
    corpus : sequence of Session, optional
        Further annotated sessions to learn from, such as those of the default model. What the
        model finds in ``sessions`` is then reported separately, as ``own`` in its figures.
    encoder : Encoder or path-like, optional
        Reads again the units that may disclose: the encoder of another model, used as it is
        (``tsd.Model.load().estimator.second.encoder`` is that of the default model), or the folder
        of a sentence encoder, which is fine-tuned first. If None, nothing is read again.
    seed : int, default 0
        Of all that is random in fine-tuning.

    Returns
    -------
    Model
        Not stored yet; see `tsd.classify.model.Model.save`.

    Raises
    ------
    AnnotationError
        If there are too few disclosures or sessions to learn from.
    MissingExtraError, ModelError
        If there is no extra ``encoder``, or the folder is no sentence encoder; see
        `tsd.learn.sentence_encoders.read_sentence_encoder`.

    Examples
    --------
    >>> import tsd
    >>> utterances = (
    ...     tsd.Utterance("I trained here.", "T", tsd.Role.THERAPIST, label=tsd.Label.TRAINING),
    ...     tsd.Utterance("How was it?", "T", tsd.Role.THERAPIST, label=tsd.Label.NONE),
    ... )
    >>> sessions = [tsd.Session(f"s{number}", utterances) for number in range(6)]
    >>> model = tsd.train(sessions, tsd.Learning(fewest=6, folds=2))
    >>> model.metadata["data"]["labels"]["training"]
    6
    """
    learning = learning or Learning()
    start = None
    if encoder is not None and not isinstance(encoder, Encoder):
        # Before anything else: if something is wrong with it, nobody has waited for nothing.
        start = read_sentence_encoder(Path(encoder), learning.encoder_layers, seed)
        encoder = None
    units = example_units([*sessions, *corpus], finding)
    _check(units, learning)
    scores, shares = out_of_fold(units, learning)
    if start is not None:
        encoder = fine_tune(start, units, scores, seed)
    second = None
    if encoder is not None:
        second = second_reading(encoder, units, scores, learning)
        scores, shares = second.read(scores, shares, units.table, as_new=True)
    rate, fewest = learning.natural_rate, learning.fewest
    whole, excerpt = calibrators(scores, units, rate, fewest)
    thresholds, figures = operating_points(
        scores, whole, excerpt, units, rate=rate, slack=learning.slack, fewest=fewest
    )
    typed = units.types != ""
    guessed = np.array(TYPES)[shares.argmax(axis=1)]
    figures["type_accuracy"] = round(float((guessed == units.types)[typed].mean()), 4)
    if corpus:
        own = units.groups < len(sessions)
        figures["own"] = figures_at(scores, (whole, excerpt), thresholds["balanced"], units, own)
    features, detector, typer = fit(units, np.arange(len(units.groups)), learning)
    estimator = Estimator(features, detector, whole, excerpt, typer, second)
    kept = _kept_units(units)
    about = {
        "format": store.FORMAT,
        "thresholds": thresholds,
        "labels": [str(label) for label in TYPES],
        "data": {
            **_describe([*sessions, *corpus]),
            "units": len(units.disclosing),
            "disclosing_units": int(units.disclosing.sum()),
        },
        "cross_validation": figures,
        "plan": {k: v for k, v in learning.as_dict().items() if k != "audit_size"},
        "versions": store.versions(),
        "word_lists": store.word_lists(),
        "self_test": {"units": kept, "probabilities": store.self_test(estimator, kept)},
    }
    return store.Model(estimator, about)


def _check(units: ExampleUnits, learning: Learning) -> None:
    disclosing = len(set(units.utterances[units.disclosing]))
    if disclosing < learning.fewest:
        raise AnnotationError(
            f"too few disclosing utterances to learn from: {disclosing}; expected at least "
            f"{learning.fewest}."
        )
    if not (units.types != "").any():
        raise AnnotationError(
            "every disclosing utterance has several types; expected some with an empty 'also'."
        )
    if disclosing == len(set(units.utterances)):
        raise AnnotationError(
            "every labeled utterance is a disclosure; expected utterances labeled 'none' too."
        )
    sessions = len(set(units.groups))
    if sessions < learning.folds:
        raise AnnotationError(
            f"too few sessions for cross-validation: {sessions}; expected at least "
            f"{learning.folds} (--folds), because sessions are kept whole."
        )


def fit(
    units: ExampleUnits,
    rows: npt.NDArray[np.int64],
    learning: Learning,
    families: Sequence[str] = FAMILIES,
) -> tuple[ColumnTransformer, LogisticRegression, LogisticRegression | DummyClassifier]:
    """Fit features, detector and typer on some of the units."""
    chosen = units.rows(rows)
    features = make_features(min_df=learning.min_df, families=families)
    numbers = features.fit_transform(chosen.table)
    seen = seen_by_detector(features, numbers)
    detector, taken = _fit_detector(seen, chosen, learning.penalty)
    types = chosen.types
    typed = (types != "") & taken
    typer = make_typer(penalty=learning.type_penalty, types=len(set(types[typed])))
    return features, detector, typer.fit(numbers[typed], types[typed])


def _fit_detector(
    numbers: csr_matrix, units: ExampleUnits, penalty: float
) -> tuple[LogisticRegression, Flags]:
    """Fit a detector; return it, and which of the units the last round learned from.

    At first all units of an utterance whose disclosing words are not marked count as one together.
    Then, for some rounds, only those count that the previous detector finds likely (see
    `ExampleUnits.likely`; multiple-instance learning, Andrews, Tsochantaridis and Hofmann 2003).
    """
    disclosing, marked = units.disclosing, units.marked
    utterances = pd.Series(units.utterances)
    sizes = utterances.map(utterances.value_counts()).to_numpy()
    detector = make_detector(penalty=penalty)
    detector.fit(numbers, disclosing, sample_weight=np.where(marked, 1, 1 / sizes))
    taken = np.ones(len(marked), dtype=bool)
    for _ in range(0 if marked.all() else _ROUNDS):
        taken = units.likely(detector.decision_function(numbers))
        detector = make_detector(penalty=penalty).fit(numbers[taken], disclosing[taken])
    return detector, taken


def out_of_fold(units: ExampleUnits, learning: Learning) -> tuple[Floats, Floats]:
    """Score and type every unit by learners that saw nothing of its setting or session.

    Returns what `tsd.classify.estimator.linear_scores` does; every unit has types, disclosing or
    not.
    """
    scores, shares = np.zeros(len(units.groups)), np.zeros((len(units.groups), len(TYPES)))
    splitter = StratifiedGroupKFold(learning.folds)
    folds = splitter.split(
        units.table, units.disclosing, groups=units.kept_together(learning.folds)
    )
    for inside, outside in tqdm(list(folds), disable=None, desc="cross-validating", leave=False):
        learned = fit(units, inside, learning)
        scores[outside], shares[outside] = linear_scores(*learned, units.table.iloc[outside])
    return scores, shares


def second_reading(
    encoder: Encoder, units: ExampleUnits, scores: Floats, learning: Learning
) -> SecondReading:
    """Choose which units an encoder reads: the likeliest of whole sessions.

    Parameters
    ----------
    encoder : Encoder
        Reads them.
    units : ExampleUnits
        What the scores are of.
    scores : array of float, shape (n_units,)
        Decision values of the linear detector, out of fold.
    learning : Learning
        ``encoder_share``
    """
    others = scores[natural_units(units, learning.fewest) & ~units.disclosing]
    least = np.quantile(others, 1 - learning.encoder_share)
    read = np.flatnonzero((scores >= least) & ~units.disclosing)
    unlikely = read[scores[read].argsort(kind="stable")][: math.ceil(len(read) / 4)]
    odds = log_odds(read_units(encoder, units.table.iloc[unlikely], as_new=True))
    return SecondReading(encoder, float(least), float(odds.mean()))


def _kept_units(units: ExampleUnits) -> list[dict[str, str]]:
    """Return feature rows for the self-test: the most common cues, and words of no transcript."""
    cues = units.table["cues"].str.split().explode().value_counts(sort=True)
    names = sorted(cues.index[:40])
    empty = {**dict.fromkeys(COLUMNS, ""), EXTENT: WHOLE}
    return [
        {**empty, "cues": " ".join(names[number::8]), "words": words, BEFORE: before}
        for number, (before, words) in enumerate(_TRIED)
    ]


def _describe(sessions: Sequence[Session]) -> dict[str, Any]:
    """Count the labels, and hash all that is learned from."""
    digest = hashlib.sha256()
    labels = dict.fromkeys((str(label) for label in Label), 0)
    for session in sessions:
        for u in session.utterances:
            label = u.label and str(u.label)
            seen = session.session_id, u.text, str(u.role), label, u.also, u.disclosing
            digest.update(repr(seen).encode())
            if u.role is Role.THERAPIST and u.label is not None:
                labels[str(u.label)] += 1
    return {"sessions": len(sessions), "labels": labels, "sha256": digest.hexdigest()}
