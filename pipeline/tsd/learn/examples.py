"""Annotated sessions as labeled units, ready to be learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
