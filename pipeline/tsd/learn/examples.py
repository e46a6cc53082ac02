"""Annotated sessions as labeled units, ready to be learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd
from spacy.tokens import Doc
from tqdm import tqdm

from tsd.classify.features import EXTENT, WHOLE, unit_table
from tsd.classify.pipeline import segmenter
from tsd.errors import AnnotationError
from tsd.schema import TYPES, Label, Session, Utterance
from tsd.segment.doc import UNITS, UTTERANCES, spans, utterance_indices
from tsd.settings import Finding

_MARGIN = 0.3
"""A unit counts if its score is at most this much below the highest of its utterance."""


@dataclass(frozen=True, slots=True)
class ExampleUnits:
    """The units of annotated sessions, as they are learned from.

    Parameters
    ----------
    table : DataFrame
        Features, one row per unit.
    disclosing : array of bool, shape (n_units,)
        Whether the unit discloses.
    types : array of str, shape (n_units,)
        Primary type of its utterance; empty where the unit does not disclose or its utterance
        discloses several types.
    marked : array of bool, shape (n_units,)
        False where the utterance discloses and no words of it are marked, so that it is not
        known which of its units do.
    utterances : array of int, shape (n_units,)
        Number of the utterance, over all sessions.
    groups : array of int, shape (n_units,)
        Number of the session.
    apart : array of int, shape (n_units,)
        A number for each setting, and for each session without one. What has the same number is
        either learned from or predicted, never both: whole settings are left out at a time, as
        the talk that a model will be used on is of a setting it has not seen.
    """

    table: pd.DataFrame
    disclosing: npt.NDArray[np.bool_]
    types: npt.NDArray[np.str_]
    marked: npt.NDArray[np.bool_]
    utterances: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    apart: npt.NDArray[np.int64]

    @property
    def whole(self) -> npt.NDArray[np.bool_]:
        """Whether the unit is of a whole session, not of an excerpt."""
        found: npt.NDArray[np.bool_] = self.table[EXTENT].to_numpy() == WHOLE
        return found

    def rows(self, chosen: npt.NDArray[np.int64]) -> ExampleUnits:
        """Return some of the units."""
        arrays = {f.name: getattr(self, f.name)[chosen] for f in fields(self) if f.name != "table"}
        return ExampleUnits(self.table.iloc[chosen], **arrays)

    def kept_together(self, parts: int) -> npt.NDArray[np.int64]:
        """Return what stays whole in so many parts: settings, or sessions if too few are named."""
        return self.apart if len(set(self.apart)) >= parts else self.groups

    def likely(self, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which units may be learned from as what they are labeled, by scores of them.

        Where annotators labeled an utterance and did not mark the words, a long turn may have one
        disclosing sentence among many, and most of what such a turn would teach is wrong. Of its
        units those are likely that score highest.
        """
        highest = pd.Series(scores).groupby(self.utterances).transform("max").to_numpy()
        found: npt.NDArray[np.bool_] = self.marked | (scores >= highest - _MARGIN)
        return found


def example_units(sessions: Sequence[Session], finding: Finding | None = None) -> ExampleUnits:
    """Divide annotated sessions into labeled units.

    A unit discloses when it holds most of a piece marked in the column ``disclosing``, or lies
    mostly inside one; without marks, every unit of a disclosing utterance does. Utterances
    without a label, ambiguous ones, and all that are not the therapist's are context only.

    Raises
    ------
    AnnotationError
        If no therapist utterance has a label, or a session cannot be analyzed.
    """
    nlp = segmenter(finding)
    progress = {"total": len(sessions), "disable": None, "desc": "reading units", "leave": False}
    known: list[bool] = []
    rows: list[tuple[bool, str, bool, int, int]] = []

    def noted() -> Iterator[Doc]:
        """Yield each Doc once the labels of its units are noted: one Doc at a time is in memory."""
        count = 0
        for group, doc in enumerate(tqdm(nlp.pipe(sessions), **progress)):
            if doc._.problem:
                raise AnnotationError(doc._.problem)
            utterances = sessions[group].utterances
            for index, label in _labels(doc, utterances):
                known.append(label is not None)
                if label is not None:
                    rows.append((*label, count + index, group))
            count += len(utterances)
            yield doc

    table = unit_table(noted())
    if not rows:
        raise AnnotationError(
            "no therapist utterance has a label. Expected a column 'label' with none or a type."
        )
    disclosing, types, marked, utterances, groups = map(np.array, zip(*rows, strict=True))
    numbers: dict[str | int, int] = {}
    for number, session in enumerate(sessions):
        numbers.setdefault(session.setting or number, len(numbers))
    apart = np.array([numbers[sessions[group].setting or group] for group in groups.tolist()])
    return ExampleUnits(
        table[known].reset_index(drop=True), disclosing, types, marked, utterances, groups, apart
    )


def _labels(
    doc: Doc, utterances: Sequence[Utterance]
) -> Iterator[tuple[int, tuple[bool, str, bool] | None]]:
    """Yield for each unit its utterance, and if that has a label: disclosing, type, marked."""
    units, wholes = list(spans(doc, UNITS)), spans(doc, UTTERANCES)
    for unit, index in zip(units, utterance_indices(doc, units), strict=True):
        utterance = utterances[index]
        if utterance.label is None or utterance.label is Label.AMBIGUOUS:
            yield index, None
            continue
        start = unit.start_char - wholes[index].start_char
        discloses = utterance.label in TYPES and (
            not utterance.disclosing or _holds_marked(utterance, start, start + len(unit.text))
        )
        kind = str(utterance.label) if discloses and not utterance.also else ""
        yield index, (discloses, kind, not discloses or bool(utterance.disclosing))


def _holds_marked(utterance: Utterance, start: int, end: int) -> bool:
    """Return whether a unit holds most of a marked piece, or lies mostly inside one."""
    for piece in utterance.disclosing:
        begin = utterance.text.find(piece)
        overlap = min(end, begin + len(piece)) - max(start, begin)
        if overlap > min(end - start, len(piece)) / 2:
            return True
    return False
