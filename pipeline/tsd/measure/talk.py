"""A session as plain columns, taken out of its Doc: all that the measuring looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tsd.schema import TYPES, Disclosure, Label, Role, count_words

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
        If no component has set ``doc.spans["disclosures"]``.
    """
    if "disclosures" not in doc.spans:
        raise ValueError(
            "the Doc has no span group 'disclosures'; run it through the pipeline of tsd.load()"
        )
    data = doc.user_data.get("tsd", {})
    text = doc.text
    texts = [text[span.start_char : span.end_char] for span in doc.spans["utterances"]]
    return Talk(
        session_id=data.get("session_id", ""),
        source=data.get("source", ""),
        ids=list(data.get("utterance_id", [])),
        speakers=list(data.get("speaker", [])),
        texts=texts,
        roles=[Role(role) for role in data.get("role", [])],
        starts=_floats(data.get("start_time", [])),
        ends=_floats(data.get("end_time", [])),
        words=np.array([count_words(text) for text in texts], dtype=np.int64),
        p_disclosure=_floats(data.get("p_disclosure", [])),
        asked=_asked(doc, len(texts)),
        flags=[tuple(flags) for flags in data.get("human_flags", [])],
        disclosures=disclosures_of(doc),
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
    utterances = doc.spans["utterances"]
    for span in doc.spans["disclosures"]:
        number = span._.utterance
        start = span.start_char - utterances[number].start_char
        p_types = tuple(span._.get(f"p_{label}") for label in TYPES)
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
    for cue in doc.spans.get("cues", ()):
        if cue.label_ == _CLIENT_ASKS:
            asked[cue._.utterance] = True
    return asked


def _floats(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
