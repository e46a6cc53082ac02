"""How well a model finds what coders have labeled: figures, intervals, types, calibration.

Everything is counted over therapist utterances that have a label. Ambiguous ones, and those
without a label, are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from tqdm import tqdm

from tsd.errors import AnnotationError, SettingsError
from tsd.learn.calibration import Calibration, calibration, natural_weights
from tsd.learn.coded import CodedUtterance, coded_utterances
from tsd.learn.figures import Scores, figures
from tsd.schema import TYPES, Label, Session
from tsd.settings import Finding, Learning, Measuring
from tsd.stats import Estimate, ratio


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """How well one type is recognized, among all utterances.

    Parameters
    ----------
    true : int
        Utterances with this label.
    flagged_as : int
        Utterances flagged as this type.
    found : int
        Utterances with this label that were flagged as it or as one of ``also``.
    precision : float or None
        Share of `flagged_as` whose label or ``also`` is this type.
    recall : float or None
        `found` / `true`.
    f1 : float or None
        Their harmonic mean.
    """

    true: int
    flagged_as: int
    found: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What was measured. A number that cannot be computed is None, never 0.

    Parameters
    ----------
    sessions, utterances : int
        Sessions with an utterance that counts, and how many count.
    disclosing, flagged : int
        Those with a disclosure according to the coder, and according to the classifier.
    share_disclosing : float
        `disclosing` / `utterances`.
    ambiguous, unlabeled : int
        Therapist utterances left out.
    figures : dict of str to Estimate
        ``precision``, ``recall``, ``f1`` and ``average_precision`` in the data as they are.
    natural : dict of str to Estimate
        The same, without ``recall`` (which no rate changes), at the natural rate.
    types : dict of str to TypeFigures
        For each of `tsd.schema.TYPES`.
    type_accuracy : float or None
        Share of found disclosures whose type is right: the label or one of ``also``.
    confusion : dict of str to dict of str to int
        Label, then prediction, to the number of utterances.
    calibration : Calibration
        In the data as they are.
    natural_calibration : Calibration or None
        At the natural rate.
    natural_rate, seed, resamples
        As set.
    threshold, excerpt_threshold : float or None
        Probability from which a unit was flagged, in whole sessions and in excerpts.
    model : str
        Hash of the model.
    """

    sessions: int
    utterances: int
    disclosing: int
    share_disclosing: float
    flagged: int
    ambiguous: int
    unlabeled: int
    figures: dict[str, Estimate]
    natural: dict[str, Estimate]
    types: dict[str, TypeFigures]
    type_accuracy: float | None
    confusion: dict[str, dict[str, int]]
    calibration: Calibration
    natural_calibration: Calibration | None
    natural_rate: float
    seed: int
    resamples: int
    threshold: float | None = None
    excerpt_threshold: float | None = None
    model: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values that JSON has."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), allow_nan=False))
        return plain


def evaluate(
    sessions: Sequence[Session],
    finding: Finding | None = None,
    measuring: Measuring | None = None,
    learning: Learning | None = None,
) -> Evaluation:
    """Run a model over annotated sessions and measure it by their labels.

    Parameters
    ----------
    sessions : sequence of Session
        With labels on therapist utterances. Figures are too high for sessions that the model
        was trained on. Sessions of the same name and source count as one.
    finding : Finding, optional
        The model and its threshold.
    measuring : Measuring, optional
        ``seed`` and ``resamples`` of the intervals.
    learning : Learning, optional
        ``natural_rate``.

    Returns
    -------
    Evaluation
        See `measure`.

    Raises
    ------
    AnnotationError
        If no therapist utterance has a label, or a session cannot be analyzed.
    SettingsError
        If the settings flag utterances in another way than by the model's threshold.
    """
    from tsd.classify.pipeline import load

    finding = finding or Finding()
    for name in ("use_labels", "review_budget"):
        if getattr(finding, name):
            expected = "left out: a model is measured at its threshold"
            raise SettingsError(name, getattr(finding, name), expected)
    nlp = load(finding)
    docs = tqdm(nlp.pipe(sessions), total=len(sessions), disable=None, desc="scoring", leave=False)
    rows = [row for doc in docs for row in coded_utterances(doc)]
    finder: Any = nlp.get_pipe("tsd_disclosures")
    return replace(
        measure(rows, measuring, learning),
        threshold=finder.threshold,
        excerpt_threshold=finder.excerpt_threshold,
        model=finder.disclosure_model.sha256,
    )


def measure(
    rows: Iterable[CodedUtterance],
    measuring: Measuring | None = None,
    learning: Learning | None = None,
) -> Evaluation:
    """Compare a classifier with coders.

    The natural-rate figures weight utterances so that those that disclose make up
    ``learning.natural_rate`` of all, as calibrated metrics do [1]_. Intervals are from resampling
    whole sessions (`tsd.stats.resample`): utterances of a session are alike, and resampling them
    one by one would make intervals too narrow.

    Parameters
    ----------
    rows : iterable of CodedUtterance
        Therapist utterances, with and without a label. The order does not matter.
    measuring : Measuring, optional
        ``seed`` and ``resamples`` of the intervals.
    learning : Learning, optional
        ``natural_rate``.

    Returns
    -------
    Evaluation
        Without threshold and model, which the rows do not have.

    Raises
    ------
    AnnotationError
        If no utterance has a label.

    References
    ----------
    .. [1] Siblini, Fréry, He-Guelton, Oblé & Wang (2020). Master your metrics with calibration.
       Advances in Intelligent Data Analysis XVIII, 457-469.

    Examples
    --------
    >>> found = measure([
    ...     CodedUtterance("a", Label.TRAINING, 0.9, Label.TRAINING),
    ...     CodedUtterance("a", Label.NONE, 0.6, Label.TRAINING),
    ...     CodedUtterance("b", Label.NONE, 0.1, Label.NONE),
    ... ])
    >>> found.figures["precision"].value, found.figures["recall"].value
    (0.5, 1.0)
    >>> found.figures["precision"].reason
    'no interval (fewer than 6 sessions)'
    """
    measuring, learning = measuring or Measuring(), learning or Learning()
    rows = list(rows)
    kept = [row for row in rows if row.label not in (None, Label.AMBIGUOUS)]
    if not kept:
        raise AnnotationError(
            "no therapist utterance has a label. Expected a column 'label' with none or a type."
        )
    scores = _scores(kept)
    sessions, disclosing = len({row.session for row in kept}), int(scores.disclosing.sum())
    own = figures(scores, measuring.resamples, measuring.seed)
    natural = figures(scores, measuring.resamples, measuring.seed, learning.natural_rate)
    weights = natural_weights(scores.disclosing, learning.natural_rate)
    del natural["recall"]  # the same at any rate
    found = [row for row in kept if row.label != Label.NONE and row.predicted != Label.NONE]
    return Evaluation(
        sessions=sessions,
        utterances=len(kept),
        disclosing=disclosing,
        share_disclosing=disclosing / len(kept),
        flagged=int(scores.flagged.sum()),
        ambiguous=sum(row.label is Label.AMBIGUOUS for row in rows),
        unlabeled=sum(row.label is None for row in rows),
        figures=own,
        natural=natural,
        types={str(label): _type_figures(kept, label) for label in TYPES},
        type_accuracy=ratio(sum(map(_right, found)), len(found)),
        confusion=_confusion(kept),
        calibration=calibration(scores.p, scores.disclosing),
        natural_calibration=None
        if weights is None
        else calibration(scores.p, scores.disclosing, weights),
        natural_rate=learning.natural_rate,
        seed=measuring.seed,
        resamples=measuring.resamples,
    )


def _scores(rows: Sequence[CodedUtterance]) -> Scores:
    """Take the columns, by falling probability; sessions are numbered by name.

    Of rows in another order, every sum is the same to the last bit.
    """
    numbers = {name: number for number, name in enumerate(sorted({row.session for row in rows}))}
    session = np.array([numbers[row.session] for row in rows], dtype=np.int64)
    disclosing = np.array([row.label != Label.NONE for row in rows])
    flagged = np.array([row.predicted != Label.NONE for row in rows])
    p = np.array([row.p for row in rows], dtype=np.float64)
    order = np.lexsort((disclosing, -p))
    return Scores(session[order], disclosing[order], flagged[order], p[order])


def _right(row: CodedUtterance) -> bool:
    """Tell whether the predicted type is the label or one of ``also``."""
    return row.predicted == row.label or row.predicted in row.also


def _type_figures(rows: Sequence[CodedUtterance], label: Label) -> TypeFigures:
    labeled = [row for row in rows if row.label == label]
    flagged = [row for row in rows if row.predicted == label]
    found = sum(map(_right, labeled))
    precision = ratio(sum(map(_right, flagged)), len(flagged))
    recall = ratio(found, len(labeled))
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return TypeFigures(len(labeled), len(flagged), found, precision, recall, f1)


def _confusion(rows: Sequence[CodedUtterance]) -> dict[str, dict[str, int]]:
    counts = Counter((str(row.label), str(row.predicted)) for row in rows)
    names = [*map(str, TYPES), str(Label.NONE)]
    return {label: {found: counts[label, found] for found in names} for label in names}
