"""A Doc as plain columns, and the columns of every table that tsd writes."""

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

UTTERANCE_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "utterance_id",
    "speaker",
    "role",
    "start",
    "end",
    "words",
    "seconds",
    "p_disclosure",
    "is_disclosure",
    "label",
    "text",
)
DISCLOSURE_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "utterance_id",
    "start_char",
    "end_char",
    "text",
    "label",
    "also",
    "p_disclosure",
    *(f"p_{label}" for label in TYPES),
    "words",
    "seconds",
    "cues",
    "episode",
    "client_share_before",
    "client_share_after",
    "focus_shift",
    "turns_to_return",
    "returned",
)
FRACTIONS: tuple[str, ...] = (
    "p_disclosure",
    *(f"p_{label}" for label in TYPES),
    "client_share_before",
    "client_share_after",
    "focus_shift",
)
"""Columns of disclosures that are numbers also where all of them are missing."""

SESSION_COLUMNS: tuple[str, ...] = (
    "session_id",
    "source",
    "utterances",
    "therapist_utterances",
    "client_utterances",
    "therapist_words",
    "client_words",
    "talk_time_basis",
    "therapist_seconds",
    "client_seconds",
    "session_seconds",
    "therapist_talk_share",
    "disclosures",
    "disclosing_utterances",
    *(f"disclosures_{label}" for label in TYPES),
    "disclosures_per_100",
    "disclosures_per_hour",
    "disclosure_words",
    "disclosure_seconds",
    "disclosure_word_share",
    "episodes",
    "focus_shift",
    "focus_shift_centred",
    "focus_shift_p",
)
PROBLEM_COLUMNS: tuple[str, ...] = ("path", "line", "session_id", "severity", "message")


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
    disclosures: list[Disclosure]

    def of(self, role: Role) -> npt.NDArray[np.bool_]:
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
    spans = list(doc.spans["utterances"])
    texts = [span.text for span in spans]
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


def _floats(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
