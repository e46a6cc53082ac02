"""Learning a model from annotated sessions, with every figure from grouped cross-validation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
from tsd.classify.estimator import (
    FAMILIES,
    Estimator,
    make_detector,
    make_features,
    make_typer,
    seen_by_detector,
)
from tsd.classify.features import COLUMNS, EXTENT, WHOLE
from tsd.errors import AnnotationError
from tsd.learn.examples import ExampleUnits, example_units
from tsd.learn.thresholds import calibrators, figures_at, operating_points
from tsd.schema import TYPES, Label, Role, Session
from tsd.settings import Finding, Learning
from tsd.stats import Flags, Floats

_ROUNDS = 3
"""How often the detector is fitted again where the disclosing words are not marked."""

_MARGIN = 0.3
"""A unit counts if its score is at most this much below the highest of its utterance."""


def train(
    sessions: Sequence[Session],
    learning: Learning | None = None,
    finding: Finding | None = None,
    *,
    corpus: Sequence[Session] = (),
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

    Returns
    -------
    Model
        Not stored yet; see `tsd.classify.model.Model.save`.

    Raises
    ------
    AnnotationError
        If there are too few disclosures or sessions to learn from.

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
    units = example_units([*sessions, *corpus], finding)
    _check(units, learning)
    scores, guessed = out_of_fold(units, learning)
    rate, fewest = learning.natural_rate, learning.fewest
    whole, excerpt = calibrators(scores, units, rate, fewest)
    thresholds, figures = operating_points(
        scores, whole, excerpt, units, rate=rate, slack=learning.slack, fewest=fewest
    )
    typed = units.types != ""
    figures["type_accuracy"] = round(float((guessed == units.types)[typed].mean()), 4)
    if corpus:
        own = units.groups < len(sessions)
        figures["own"] = figures_at(scores, (whole, excerpt), thresholds["balanced"], units, own)
    features, detector, typer = fit(units, np.arange(len(units.groups)), learning)
    estimator = Estimator(features, detector, whole, excerpt, typer)
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
    features = make_features(min_df=learning.min_df, families=families)
    numbers = features.fit_transform(units.table.iloc[rows])
    seen = seen_by_detector(features, numbers)
    detector, taken = _fit_detector(seen, units, rows, learning.penalty)
    types = units.types[rows]
    typed = (types != "") & taken
    typer = make_typer(penalty=learning.type_penalty, types=len(set(types[typed])))
    return features, detector, typer.fit(numbers[typed], types[typed])


def _fit_detector(
    numbers: csr_matrix, units: ExampleUnits, rows: npt.NDArray[np.int64], penalty: float
) -> tuple[LogisticRegression, Flags]:
    """Fit a detector; return it, and which of the rows the last round learned from.

    Where annotators labeled an utterance and did not mark the words, a long turn may have one
    disclosing sentence among many, and most of what such a turn would teach is wrong. At first all
    units of such an utterance count as one together. Then, for some rounds, only those count that
    the previous detector finds most likely (multiple-instance learning; Andrews, Tsochantaridis
    and Hofmann 2003).
    """
    disclosing, marked = units.disclosing[rows], units.marked[rows]
    utterances = pd.Series(units.utterances[rows])
    sizes = utterances.map(utterances.value_counts()).to_numpy()
    detector = make_detector(penalty=penalty)
    detector.fit(numbers, disclosing, sample_weight=np.where(marked, 1, 1 / sizes))
    taken = np.ones(len(rows), dtype=bool)
    for _ in range(0 if marked.all() else _ROUNDS):
        scores = pd.Series(detector.decision_function(numbers))
        highest = scores.groupby(utterances).transform("max")
        taken = marked | (scores >= highest - _MARGIN).to_numpy()
        detector = make_detector(penalty=penalty).fit(numbers[taken], disclosing[taken])
    return detector, taken


def out_of_fold(units: ExampleUnits, learning: Learning) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Score and type every unit by learners that saw nothing of its setting or session.

    The scores are the detector's decision values; the types are given to every unit, disclosing
    or not. Both have shape (n_units,).
    """
    scores, types = np.zeros(len(units.groups)), np.zeros_like(units.types)
    splitter = StratifiedGroupKFold(learning.folds)
    folds = splitter.split(units.table, units.disclosing, groups=_apart(units, learning.folds))
    for inside, outside in tqdm(list(folds), disable=None, desc="cross-validating", leave=False):
        features, detector, typer = fit(units, inside, learning)
        numbers = features.transform(units.table.iloc[outside])
        scores[outside] = detector.decision_function(seen_by_detector(features, numbers))
        types[outside] = typer.predict(numbers)
    return scores, types


def _apart(units: ExampleUnits, folds: int) -> npt.NDArray[np.int64]:
    """Return what stays together in the folds: settings, or sessions if too few are named."""
    return units.apart if len(set(units.apart)) >= folds else units.groups


def _kept_units(units: ExampleUnits) -> list[dict[str, str]]:
    """Return feature rows for the self-test, without any text, made of the most common cues."""
    cues = units.table["cues"].str.split().explode().value_counts(sort=True)
    names = sorted(cues.index[:40])
    empty = {**dict.fromkeys(COLUMNS, ""), EXTENT: WHOLE}
    return [{**empty, "cues": " ".join(names[start::8])} for start in range(8)]


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
