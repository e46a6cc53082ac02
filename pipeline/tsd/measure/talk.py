"""A session as plain columns, taken out of its Doc: all that the measuring looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from tsd.schema import Disclosure, Label, Role, Unmeasured, count_words
from tsd.segment.doc import (
    CUES,
    DISCLOSURES,
    P_TYPES,
    UTTERANCES,
    column,
    not_measured,
    spans,
    utterance_indices,
)
from tsd.stats import Counts, Flags, Floats

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


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
        Number of words.
    p_disclosure : array of float, shape (n_utterances,)
        Probability that the utterance holds a disclosure; NaN where none was computed.
    asked : array of bool, shape (n_utterances,)
        Whether it holds a cue that the client asks about the therapist.
    flags : list of tuple of str
        Flags of the codebook that a coder set on the utterance.
    disclosures : list of Disclosure
        In the order of the text.
    not_measured : Unmeasured or None
        Why nothing is measured in it.
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
    not_measured: Unmeasured | None

    def of(self, role: Role) -> Flags:
        """Mark the utterances of a role."""
        return np.array([each is role for each in self.roles], dtype=bool)

    def measurable(self) -> Self:
        """Return the talk as it may be measured: without roles if its words are not to be trusted.

        Without a therapist, the talk of the client is still talk.
        """
        if self.not_measured in (None, Unmeasured.NO_THERAPIST):
            return self
        return replace(self, roles=[Role.UNKNOWN] * len(self.roles))


def talk_of(doc: Doc) -> Talk:
    """Take the columns of a session out of its Doc, after the whole pipeline.

    A ValueError says what of the pipeline's results the Doc does not have.
    """
    text, found = doc.text, spans(doc, DISCLOSURES)
    places = [(span.start_char, span.end_char) for span in spans(doc, UTTERANCES)]
    texts = [text[start:end] for start, end in places]
    cues = [cue for cue in spans(doc, CUES) if cue.label_ == _CLIENT_ASKS]
    asked = np.zeros(len(texts), dtype=bool)
    asked[utterance_indices(doc, cues)] = True
    disclosures = [
        _disclosure(span, utterance, span.start_char - places[utterance][0])
        for span, utterance in zip(found, utterance_indices(doc, found), strict=True)
    ]
    return Talk(
        session_id=doc._.session_id,
        source=doc._.source,
        ids=list(column(doc, "utterance_id")),
        speakers=list(column(doc, "speaker")),
        texts=texts,
        roles=[Role(role) for role in column(doc, "role")],
        starts=np.array(column(doc, "start_time"), dtype=float),
        ends=np.array(column(doc, "end_time"), dtype=float),
        words=np.array([count_words(text) for text in texts], dtype=np.int64),
        p_disclosure=np.array(column(doc, "p_disclosure"), dtype=float),
        asked=asked,
        flags=[tuple(flags) for flags in column(doc, "human_flags")],
        disclosures=disclosures,
        not_measured=not_measured(doc),
    )


def _disclosure(span: Span, utterance: int, start: int) -> Disclosure:
    """Return a disclosure of a Doc, which begins at a character of the text of its utterance."""
    text, known = span.text, span._
    p_types = tuple(known.get(name) for name in P_TYPES)
    return Disclosure(
        utterance=utterance,
        start_char=start,
        end_char=start + len(text),
        text=text,
        label=Label(span.label_),
        p_disclosure=known.p_disclosure,
        p_types=() if known.p_disclosure is None else p_types,
        also=tuple(Label(name) for name in known.also),
        cues=tuple(known.cues),
    )
