"""Learning a model from annotated sessions, with every figure from grouped cross-validation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from tqdm import tqdm

from tsd.classify import model as store
from tsd.classify.estimator import (
    FAMILIES,
    Estimator,
    Floats,
    make_features,
    make_typer,
)
from tsd.classify.features import COLUMNS, EXTENT, WHOLE
from tsd.errors import AnnotationError
from tsd.learn.examples import ExampleUnits, example_units
from tsd.learn.instances import fit_detector
from tsd.learn.thresholds import calibrators, figures_at, operating_points
from tsd.schema import TYPES, Label, Role, Session
from tsd.settings import Finding, Learning


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
    """
    learning = learning or Learning()
    units = example_units([*sessions, *corpus], finding)
    _check(units, learning)
    scores, guessed = out_of_fold(units, learning)
    rate, fewest = learning.natural_rate, learning.fewest
    whole, excerpt = calibrators(scores, units, rate, fewest)
    threshold, excerpt_threshold, figures = operating_points(
        scores, whole, excerpt, units, rate=rate, slack=learning.slack, fewest=fewest
    )
    typed = units.types != ""
    figures["type_accuracy"] = round(float((guessed == units.types)[typed].mean()), 4)
    if corpus:
        own = units.groups < len(sessions)
        figures["own"] = figures_at(
            scores, (whole, excerpt), (threshold, excerpt_threshold), units, own
        )
    features, detector, typer = _fit(units, np.arange(len(units.groups)), learning)
    estimator = Estimator(features, detector, whole, excerpt, typer)
    kept = _kept_units(units)
    about = {
        "format": store.FORMAT,
        "threshold": threshold,
        "excerpt_threshold": excerpt_threshold,
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
            f"{disclosing} disclosing utterances are too few to learn from; expected at least "
            f"{learning.fewest}."
        )
    if not (units.types != "").any():
        raise AnnotationError(
            "no disclosing utterance has a single type; expected some without an entry in 'also'."
        )
    if disclosing == len(set(units.utterances)):
        raise AnnotationError(
            "every labeled utterance is a disclosure; expected utterances labeled 'none' too."
        )
    sessions = len(set(units.groups))
    if sessions < learning.folds:
        raise AnnotationError(
            f"{sessions} sessions are too few for a cross-validation in {learning.folds} parts "
            "that keeps sessions whole."
        )


def _fit(
    units: ExampleUnits,
    rows: npt.NDArray[np.int64],
    learning: Learning,
    families: Sequence[str] = FAMILIES,
) -> tuple[ColumnTransformer, LogisticRegression, LogisticRegression | DummyClassifier]:
    """Fit features, detector and typer on some of the units."""
    features = make_features(min_df=learning.min_df, families=families)
    numbers = features.fit_transform(units.table.iloc[rows])
    detector, taken = fit_detector(numbers, units, rows, penalty=learning.penalty)
    types = units.types[rows]
    typed = (types != "") & taken
    typer = make_typer(penalty=learning.type_penalty, types=len(set(types[typed])))
    return features, detector, typer.fit(numbers[typed], types[typed])


def out_of_fold(
    units: ExampleUnits, learning: Learning, families: Sequence[str] = FAMILIES
) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Score and type every unit by learners that saw nothing of its session.

    Parameters
    ----------
    units : ExampleUnits
        What to learn from, and to score.
    learning : Learning
        How to learn.
    families : sequence of str, default all
        See `tsd.classify.estimator.make_features`.

    Returns
    -------
    scores : array of float, shape (n_units,)
        Decision values of the detector.
    types : array of str, shape (n_units,)
        What the typer says of each, disclosing or not.
    """
    scores, types = np.zeros(len(units.groups)), np.zeros_like(units.types)
    splitter = StratifiedGroupKFold(learning.folds)
    folds = splitter.split(units.table, units.disclosing, groups=units.groups)
    for inside, outside in tqdm(list(folds), disable=None, desc="cross-validating", leave=False):
        features, detector, typer = _fit(units, inside, learning, families)
        numbers = features.transform(units.table.iloc[outside])
        scores[outside] = detector.decision_function(numbers)
        types[outside] = typer.predict(numbers)
    return scores, types


def _kept_units(units: ExampleUnits) -> list[dict[str, str]]:
    """Return feature rows of no text at all, made of the commonest cues, for the self-test."""
    cues = units.table["cues"].str.split().explode().value_counts(sort=True)
    names = sorted(cues.index[:40])
    empty = {**dict.fromkeys(COLUMNS, ""), EXTENT: WHOLE}
    return [{**empty, "cues": " ".join(names[start::8])} for start in range(8)]


def _describe(sessions: Sequence[Session]) -> dict[str, Any]:
    digest = hashlib.sha256()
    labels = dict.fromkeys((str(label) for label in Label), 0)
    for session in sessions:
        for u in session.utterances:
            digest.update(
                repr(
                    (
                        session.session_id,
                        u.text,
                        str(u.role),
                        u.label and str(u.label),
                        u.also,
                        u.disclosing,
                    )
                ).encode()
            )
            if u.role is Role.THERAPIST and u.label is not None:
                labels[str(u.label)] += 1
    return {"sessions": len(sessions), "labels": labels, "sha256": digest.hexdigest()}
