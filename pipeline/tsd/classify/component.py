"""The component that finds disclosures: ``doc.spans["disclosures"]``."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import from_bytes, minibatch, to_bytes

from tsd.classify.features import EXCERPT, WHOLE, extent, unit_table
from tsd.schema import TYPES, Role
from tsd.segment.cues_patterns import FOR
from tsd.segment.doc import (
    CUES,
    DISCLOSURES,
    P_TYPES,
    UNITS,
    column,
    not_measured,
    register,
    set_column,
    set_spans,
    spans,
    utterance_indices,
)

if TYPE_CHECKING:  # it loads scikit-learn, and spaCy loads this module at every start
    from tsd.classify.model import Model

_ALSO = 1 / 3
"""A further type is named when it has at least this share of the disclosure's probability."""

_NEIGHBOR = 0.3
"""A unit next to a flagged one is flagged from this share of the threshold on."""

Floats = npt.NDArray[np.float64]
Scores = tuple[Floats, Floats]
"""What `DisclosureFinder.predict` gives for a Doc."""


class DisclosureFinder:
    """The component ``tsd_disclosures``: writes ``doc.spans["disclosures"]``.

    Each disclosure is a span labeled with its likeliest type. It has ``span._.p_disclosure``, the
    probability of each type (``span._.p_training`` ...), ``span._.also`` (further likely types)
    and ``span._.cues``. Utterances get their probability, too: ``span._.p_disclosure``.

    Parameters
    ----------
    model : Model or Path, optional
        The trained model, or its folder, which is then loaded when it is first needed. The
        default model if None. As a setting of the component, a folder.
    threshold : float or str, default "balanced"
        Probability from which a unit is flagged, or the name of one of the model's own thresholds
        (`tsd.settings.POINTS`), of which each is two: for whole sessions and for excerpts.
    """

    def __init__(
        self, model: "Model | Path | None" = None, threshold: float | str = "balanced"
    ) -> None:
        self._model = model
        self._threshold = threshold

    @property
    def disclosure_model(self) -> "Model":
        """The model, loaded if it is not yet.

        It is not called ``model``: spaCy looks at an attribute of that name while it puts a
        pipeline together, which would load the model too early.
        """
        if self._model is None or isinstance(self._model, Path):
            from tsd.classify.model import Model

            self._model = Model.load(self._model)
        return self._model

    @property
    def threshold(self) -> float:
        """Probability from which a unit of a whole session is flagged."""
        return self._threshold_of(WHOLE)

    @property
    def excerpt_threshold(self) -> float:
        """The same for a unit of an excerpt."""
        return self._threshold_of(EXCERPT)

    def _threshold_of(self, size: str) -> float:
        if isinstance(self._threshold, str):
            return self.disclosure_model.thresholds[self._threshold][size]
        return self._threshold

    def with_threshold(self, threshold: float | str) -> Self:
        """Return a finder that differs in its threshold only, for sessions and for excerpts."""
        finder = copy(self)
        finder._threshold = threshold
        return finder

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["disclosures"]``."""
        return self.set_annotations(doc, self.predict([doc])[0])

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Score several Docs at once: a call of the estimator costs more than a short session."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            for doc, scores in zip(docs, self.predict(docs), strict=True):
                yield self.set_annotations(doc, scores)

    def predict(self, docs: Sequence[Doc]) -> list[Scores]:
        """Score the units of Docs; see `tsd.classify.estimator.Estimator.predict`.

        The scores are NaN in a session in which nothing is measured.
        """
        sizes = [len(spans(doc, UNITS)) for doc in docs]
        measured = np.array([not_measured(doc) is None for doc in docs], dtype=bool)
        scored = np.repeat(measured, sizes)
        p_units, p_types = np.full(len(scored), np.nan), np.full((len(scored), len(TYPES)), np.nan)
        some = [doc for doc, holds in zip(docs, measured, strict=True) if holds]
        p_units[scored], p_types[scored] = self.disclosure_model.estimator.predict(unit_table(some))
        ends = np.cumsum(sizes)[:-1]
        return list(zip(np.split(p_units, ends), np.split(p_types, ends), strict=True))

    def set_annotations(self, doc: Doc, scores: Scores) -> Doc:
        """Write the flagged units, joined to disclosures, and the probability of each utterance.

        The probability of a disclosure is that of its likeliest unit; the types share it as they
        share the units' words. The probability of an utterance is that of its likeliest unit.
        """
        if not_measured(doc) is not None:
            return set_spans(doc, DISCLOSURES, [])
        p_units, p_types = scores
        threshold = self.excerpt_threshold if extent(doc) == EXCERPT else self.threshold
        units = list(spans(doc, UNITS))
        where = utterance_indices(doc, units)
        highest = highest_by_utterance(p_units, where)
        p_utterances = [
            highest.get(number, 0.0 if role == Role.THERAPIST else None)
            for number, role in enumerate(column(doc, "role"))
        ]
        set_column(doc, "p_disclosure", p_utterances)
        found = [
            _disclosure([units[number] for number in run], p_units[run], p_types[run])
            for run in _join_units(p_units, where, threshold)
        ]
        return set_spans(doc, DISCLOSURES, found)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Store the model, for `Language.to_disk`."""
        del exclude  # there is nothing but the model
        self.disclosure_model.save(path)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Load the stored model, in place of the one of the settings."""
        from tsd.classify.model import Model

        del exclude
        self._model = Model.load(path)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the model as bytes, for `Language.to_bytes`."""
        return to_bytes(
            {n: partial(bytes, each) for n, each in self.disclosure_model.files().items()}, exclude
        )

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Take the model of `to_bytes` in place of the one of the settings."""
        from tsd.classify.model import ENCODER_FILE, METADATA_FILE, MODEL_FILE, Model

        files: dict[str, bytes] = {}
        names = (MODEL_FILE, ENCODER_FILE, METADATA_FILE)
        from_bytes(data, {name: partial(files.__setitem__, name) for name in names}, exclude)
        self._model = Model.from_files(files, Path("<bytes>"))
        return self


def highest_by_utterance(p_units: Floats, utterances: Sequence[int]) -> dict[int, float]:
    """Return the probability of each utterance that has units: that of its likeliest unit."""
    highest: dict[int, float] = {}
    for p, utterance in zip(p_units.tolist(), utterances, strict=True):
        highest[utterance] = max(highest.get(utterance, 0.0), p)
    return highest


def _join_units(p_units: Floats, utterances: Sequence[int], threshold: float) -> list[list[int]]:
    """Return the units of each disclosure: adjacent ones of one utterance, at least one flagged.

    A disclosure takes several clauses, and those that go on with it are plain: "I lost my dad
    in May. It was a bad spring." So next to a flagged unit a lower threshold holds, and a single
    unit between two flagged ones belongs to both. Measured out of fold on the corpus, in whole
    sessions, this finds 82% of the disclosing units of flagged utterances in place of 65%, at a
    precision of 92% in place of 96%.

    >>> p_units = np.array([0.9, 0.2, 0.0, 0.2, 0.9, 0.0, 0.9])
    >>> _join_units(p_units, [0, 0, 0, 1, 1, 1, 1], threshold=0.5)
    [[0, 1], [3, 4, 5, 6]]
    """
    flagged = set(np.flatnonzero(p_units >= threshold).tolist())
    if not flagged:
        return []
    near = set(np.flatnonzero(p_units >= _NEIGHBOR * threshold).tolist())
    for step in (1, -1):
        for seed in sorted(flagged):
            unit = seed + step
            while unit in near and unit not in flagged and utterances[unit] == utterances[seed]:
                flagged.add(unit)
                unit += step
    flagged |= {
        unit + 1
        for unit in flagged
        if unit + 2 in flagged and utterances[unit] == utterances[unit + 2]
    }
    runs: list[list[int]] = []
    for unit in sorted(flagged):
        if runs and runs[-1][-1] == unit - 1 and utterances[unit - 1] == utterances[unit]:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


def _disclosure(units: list[Span], p_units: Floats, p_types: Floats) -> Span:
    """Make one disclosure of adjacent units; see `DisclosureFinder.set_annotations`."""
    shares = sum(len(unit) * p for unit, p in zip(units, p_types, strict=True))
    highest = float(p_units.max())
    joint = shares / shares.sum() * highest
    label = TYPES[int(joint.argmax())]
    span = Span(units[0].doc, units[0].start, units[-1].end, label=str(label))
    span._.p_disclosure = highest
    for name, value in zip(P_TYPES, joint, strict=True):
        span._.set(name, float(value))
    span._.also = tuple(
        str(other)
        for other, value in zip(TYPES, joint, strict=True)
        if other != label and value >= _ALSO * highest
    )
    span._.cues = cues_within(span)
    return span


def cues_within(span: Span) -> tuple[str, ...]:
    """Name the cues in a span that speak for a disclosure, each once, in the order of the text."""
    cues = spans(span.doc, CUES)
    first, last = (
        bisect_left(range(len(cues)), token, key=lambda number: cues[number].start)
        for token in (span.start, span.end)
    )
    names = (cues[number].label_ for number in range(first, last))
    return tuple(dict.fromkeys(name for name in names if name in FOR))


@Language.factory(
    "tsd_disclosures",
    assigns=["doc.spans"],
    default_config={"model": None, "threshold": "balanced"},
)
def make_disclosures(
    nlp: Language, name: str, model: str | None, threshold: float | str
) -> DisclosureFinder:
    """Make the component ``tsd_disclosures`` with a model folder, the default one if None."""
    del nlp, name
    register()
    return DisclosureFinder(None if model is None else Path(model), threshold)
