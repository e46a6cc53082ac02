"""A session as plain columns, taken out of its Doc: all that the measuring looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tsd.schema import Disclosure, Label, Role, count_words
from tsd.segment.doc import CUES, DISCLOSURES, P_TYPES, UTTERANCES, column, spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_CLIENT_ASKS = "client asks"
"""The cue of `tsd.segment.cues_patterns` for a client's questions about the therapist."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One session as columns, one entry per utterance in the order of speaking.

    Parameters
    ----------
    session_id, source : str
        The session and its file.
    ids, speakers, texts : list of str
        The source's id, the speaker, the words.
    roles : list of Role
        The speaker's part.
    starts, ends : array of float, shape (n_utterances,)
        Times in seconds; NaN where the source has none.
    words : array of int, shape (n_utterances,)
        Length in words.
    p_disclosure : array of float, shape (n_utterances,)
        Probability that the utterance holds a disclosure; NaN where none was computed.
    asked : array of bool, shape (n_utterances,)
        Whether it holds a cue that the client asks about the therapist.
    flags : list of tuple of str
        Flags of the codebook that a coder set on the utterance.
    disclosures : list of Disclosure
        In the order of the text.
    """

    session_id: str
    source: str
    ids: list[str]
    speakers: list[str]
    texts: list[str]
    roles: list[Role]
    starts: Floats
    ends: Floats
    words: Counts
    p_disclosure: Floats
    asked: Flags
    flags: list[tuple[str, ...]]
    disclosures: list[Disclosure]

    def of(self, role: Role) -> Flags:
        """Mark the utterances of a role."""
        return np.array([each is role for each in self.roles], dtype=bool)


def talk_of(doc: Doc) -> Talk:
    """Take the columns of a session out of its Doc.

    Parameters
    ----------
    doc : Doc
        After the whole pipeline.

    Returns
    -------
    Talk
        Independent of spaCy.

    Raises
    ------
    ValueError
        If the Doc lacks something that the pipeline sets.
    """
    text, disclosures = doc.text, disclosures_of(doc)
    texts = [text[span.start_char : span.end_char] for span in spans(doc, UTTERANCES)]
    return Talk(
        session_id=doc._.session_id,
        source=doc._.source,
        ids=list(column(doc, "utterance_id")),
        speakers=list(column(doc, "speaker")),
        texts=texts,
        roles=[Role(role) for role in column(doc, "role")],
        starts=_floats(column(doc, "start_time")),
        ends=_floats(column(doc, "end_time")),
        words=np.array([count_words(text) for text in texts], dtype=np.int64),
        p_disclosure=_floats(column(doc, "p_disclosure")),
        asked=_asked(doc, len(texts)),
        flags=[tuple(flags) for flags in column(doc, "human_flags")],
        disclosures=disclosures,
    )


def disclosures_of(doc: Doc) -> list[Disclosure]:
    """Return the disclosures of a Doc, with offsets in the text of their utterance.

    Parameters
    ----------
    doc : Doc
        After the whole pipeline.

    Returns
    -------
    list of Disclosure
        In the order of the text.
    """
    found = []
    disclosures, utterances = spans(doc, DISCLOSURES), spans(doc, UTTERANCES)
    for span in disclosures:
        number = span._.utterance
        start = span.start_char - utterances[number].start_char
        p_types = tuple(span._.get(name) for name in P_TYPES)
        found.append(
            Disclosure(
                utterance=number,
                start_char=start,
                end_char=start + len(span.text),
                text=span.text,
                label=Label(span.label_),
                p_disclosure=span._.p_disclosure,
                p_types=() if span._.p_disclosure is None else p_types,
                also=tuple(Label(name) for name in span._.also),
                cues=tuple(span._.cues),
            )
        )
    return found


def _asked(doc: Doc, utterances: int) -> Flags:
    asked = np.zeros(utterances, dtype=bool)
    for cue in spans(doc, CUES):
        if cue.label_ == _CLIENT_ASKS:
            asked[cue._.utterance] = True
    return asked


def _floats(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
