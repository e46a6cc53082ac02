"""What a coder and the classifier say about each therapist utterance, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tsd.errors import AnnotationError
from tsd.schema import Label, Role, main_type, words_between
from tsd.segment.doc import DISCLOSURES, UTTERANCES, column, spans

if TYPE_CHECKING:
    from spacy.tokens import Doc


class CodedUtterance(NamedTuple):
    """One therapist utterance: what a coder said, and what the classifier says.

    Parameters
    ----------
    session : str
        The session; utterances of the same name are resampled together.
    label : Label or None
        The coder's.
    p : float
        Probability that the utterance holds a disclosure.
    predicted : Label
        The type it was flagged as; ``none`` if it was not flagged.
    also : tuple of Label
        Further types the coder saw.
    """

    session: str
    label: Label | None
    p: float
    predicted: Label
    also: tuple[Label, ...] = ()


def coded_utterances(doc: Doc) -> list[CodedUtterance]:
    """Take the therapist's utterances out of a Doc.

    Parameters
    ----------
    doc : Doc
        After the whole pipeline, with a model.

    Returns
    -------
    list of CodedUtterance
        With and without a label, in the order of speaking.

    Raises
    ------
    AnnotationError
        If the session could not be analyzed.
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
