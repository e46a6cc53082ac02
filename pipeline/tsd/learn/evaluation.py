"""How well a model finds what coders have labeled: figures, intervals, types, calibration.

Everything is counted over therapist utterances that have a label. Ambiguous ones, and those
without a label, are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from tqdm import tqdm

from tsd.errors import AnnotationError, SettingsError
from tsd.learn.figures import Calibration, Scores, calibration, figures, natural_weights
from tsd.schema import TYPES, Label, Role, Session, main_type, words_between
from tsd.segment.doc import DISCLOSURES, UTTERANCES, column, spans
from tsd.settings import Finding, Learning
from tsd.stats import ClusteredShare, Clusters, Estimate, Flags, clustered_ratio, ratio

if TYPE_CHECKING:
    from spacy.tokens import Doc


class CodedUtterance(NamedTuple):
    """One therapist utterance: what a coder says of it, and what the classifier says.

    Utterances of the same `session` are one cluster. `label` and the further types in
    `also` are the coder's. `p` is the probability that the utterance contains a disclosure,
    `predicted` the type it was flagged as (``none`` if it was not flagged).
    """

    session: str
    label: Label | None
    p: float
    predicted: Label
    also: tuple[Label, ...] = ()

    @property
    def type_is_right(self) -> bool:
        """Whether the predicted type is the label or one of ``also``."""
        return self.predicted == self.label or self.predicted in self.also


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """How well one type is recognized, among all utterances.

    `true` utterances have this label, `flagged_as` were flagged as this type, and `found` have
    this label and were flagged as it or as one of ``also``. `precision` is the share of
    `flagged_as` whose label or ``also`` is this type, `recall` is `found` / `true`, and `f1` is
    their harmonic mean.
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
    type_accuracy : Estimate
        Share of found disclosures whose type is right: the label or one of ``also``.
    error_rates : dict of str to ClusteredShare or None
        ``sensitivity`` and ``false_alarms``: the share flagged of those that disclose and of those
        that do not, and how sure they are, for `tsd analyze --error-rates`.
    confusion : dict of str to dict of str to int
        Label, then prediction, to the number of utterances.
    calibration : Calibration
        In the data as they are.
    natural_calibration : Calibration or None
        At the natural rate.
    natural_rate : float
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
    type_accuracy: Estimate
    error_rates: dict[str, ClusteredShare | None]
    confusion: dict[str, dict[str, int]]
    calibration: Calibration
    natural_calibration: Calibration | None
    natural_rate: float
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
    learning: Learning | None = None,
) -> Evaluation:
    """Run a model over annotated sessions and compare what it flags with their labels.

    Parameters
    ----------
    sessions : sequence of Session
        With labels on therapist utterances. Figures are too high for sessions that the model
        was trained on. Sessions of the same name and source count as one.
    finding : Finding, optional
        The model and its threshold.
    learning : Learning, optional
        ``natural_rate``.

    Returns
    -------
    Evaluation
        The figures and their intervals; see also `tsd.learn.evaluation.measure`.

    Raises
    ------
    AnnotationError
        If no therapist utterance has a label, or a session cannot be analyzed.
    SettingsError
        If the settings flag utterances in another way than by the model's threshold.

    Examples
    --------
    >>> import tsd
    >>> label = tsd.Label.SIMILAR_CHALLENGE
    >>> coded = tsd.Utterance("I lost my dad too.", "T", tsd.Role.THERAPIST, label=label)
    >>> tsd.evaluate([tsd.Session("s1", (coded,))]).figures["recall"].value
    1.0
    """
    from tsd.classify.pipeline import load

    finding = finding or Finding()
    for name in ("use_labels", "review_budget"):
        if getattr(finding, name):
            expected = "left out: a model is measured at its threshold"
            raise SettingsError(name, getattr(finding, name), expected)
    nlp = load(finding)
    every = (replace(session, unfit=None) for session in sessions)  # labels show what is found
    docs = tqdm(nlp.pipe(every), total=len(sessions), disable=None, desc="scoring", leave=False)
    rows = [row for doc in docs for row in _coded_utterances(doc)]
    finder: Any = nlp.get_pipe("tsd_disclosures")
    return replace(
        measure(rows, learning),
        threshold=finder.threshold,
        excerpt_threshold=finder.excerpt_threshold,
        model=finder.disclosure_model.sha256,
    )


def _coded_utterances(doc: Doc) -> list[CodedUtterance]:
    """Return the therapist's utterances, with and without a label, in the order of speaking.

    The doc has been through the whole pipeline, with a model.
    """
    if doc._.problem:
        raise AnnotationError(doc._.problem)
    utterances = spans(doc, UTTERANCES)
    parts: dict[int, list[tuple[Label, int]]] = {}
    for span in spans(doc, DISCLOSURES):
        whole = utterances[number := span._.utterance]
        start = span.start_char - whole.start_char
        words = words_between(whole.text, start, start + len(span.text))
        parts.setdefault(number, []).append((Label(span.label_), words))
    # Two files may have sessions of the same name.
    session = f"{doc._.session_id}\0{doc._.source}"
    names = ("role", "human_label", "human_also", "p_disclosure")
    columns = [column(doc, name) for name in names]
    return [
        CodedUtterance(
            session,
            None if label is None else Label(label),
            p,
            main_type(parts[number]) if number in parts else Label.NONE,
            tuple(map(Label, also)),
        )
        for number, (role, label, also, p) in enumerate(zip(*columns, strict=True))
        if role == Role.THERAPIST
    ]


def measure(rows: Iterable[CodedUtterance], learning: Learning | None = None) -> Evaluation:
    """Compare a classifier with coders, by therapist utterances in any order; see `evaluate`.

    The natural-rate figures weight utterances so that those that disclose make up
    ``learning.natural_rate`` of all, as calibrated metrics do [1]_. Intervals are over sessions
    (`tsd.stats.clustered_share`): utterances of a session are alike, and taking them as independent
    would make intervals too narrow. Threshold and model stay empty: the rows do not
    have them.

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
    'no interval (fewer than 6 sessions with a flag)'
    """
    learning = learning or Learning()
    rows = list(rows)
    kept = [row for row in rows if row.label not in (None, Label.AMBIGUOUS)]
    if not kept:
        raise AnnotationError(
            "no therapist utterance has a label. Expected a column 'label' with none or a type."
        )
    scores = _scores(kept)
    disclosing = int(scores.disclosing.sum())
    natural = figures(scores, learning.natural_rate)
    del natural["recall"]  # the same at any rate
    weights = natural_weights(scores.disclosing, learning.natural_rate)
    return Evaluation(
        sessions=len({row.session for row in kept}),
        utterances=len(kept),
        disclosing=disclosing,
        share_disclosing=disclosing / len(kept),
        flagged=int(scores.flagged.sum()),
        ambiguous=sum(row.label is Label.AMBIGUOUS for row in rows),
        unlabeled=sum(row.label is None for row in rows),
        figures=figures(scores),
        natural=natural,
        types={str(label): _type_figures(kept, label) for label in TYPES},
        type_accuracy=_type_accuracy(kept),
        error_rates=_error_rates(scores),
        confusion=_confusion(kept),
        calibration=calibration(scores.p, scores.disclosing),
        natural_calibration=None
        if weights is None
        else calibration(scores.p, scores.disclosing, weights),
        natural_rate=learning.natural_rate,
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


def _error_rates(scores: Scores) -> dict[str, ClusteredShare | None]:
    y, flagged = scores.disclosing, scores.flagged
    names = np.array(scores.session, dtype=str)

    def share(among: Flags, kind: str) -> ClusteredShare | None:
        if not among.any():
            return None
        return clustered_ratio(flagged & among, among, Clusters(names.tolist(), kind))

    return {
        "sensitivity": share(y, "coded sessions with a disclosure"),
        "false_alarms": share(~y, "coded sessions"),
    }


def _type_accuracy(rows: Sequence[CodedUtterance]) -> Estimate:
    found = [row for row in rows if row.label != Label.NONE and row.predicted != Label.NONE]
    if not found:
        return Estimate(reason="no disclosure was found")
    sessions = Clusters([row.session for row in found], "sessions with a disclosure found")
    right = [row.type_is_right for row in found]
    return clustered_ratio(right, np.ones(len(found)), sessions).estimate()


def _type_figures(rows: Sequence[CodedUtterance], label: Label) -> TypeFigures:
    labeled = [row for row in rows if row.label == label]
    flagged = [row for row in rows if row.predicted == label]
    found = sum(row.type_is_right for row in labeled)
    precision = ratio(sum(row.type_is_right for row in flagged), len(flagged))
    recall = ratio(found, len(labeled))
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return TypeFigures(len(labeled), len(flagged), found, precision, recall, f1)


def _confusion(rows: Sequence[CodedUtterance]) -> dict[str, dict[str, int]]:
    counts = Counter((str(row.label), str(row.predicted)) for row in rows)
    names = [*map(str, TYPES), str(Label.NONE)]
    return {label: {found: counts[label, found] for found in names} for label in names}
