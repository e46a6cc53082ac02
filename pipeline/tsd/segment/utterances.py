"""Marks the utterances of a Doc: ``doc.spans["utterances"]`` and what is known of each."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from tsd.schema import Role, Session, Utterance
from tsd.segment import attributes


def mark_utterances(doc: Doc, session: Session, spans: list[Span]) -> Doc:
    """Mark where each utterance of a session stands in its Doc.

    Parameters
    ----------
    doc : Doc
        The tokens.
    session : Session
        What is known.
    spans : list of Span
        One per utterance.

    Returns
    -------
    Doc
        The same, with ``doc.spans["utterances"]``.
    """
    said = session.utterances
    doc.spans[attributes.UTTERANCES] = SpanGroup(doc, name=attributes.UTTERANCES, spans=spans)
    # Plain types alone, so that they survive Doc.to_bytes.
    doc.user_data[attributes.DATA] = {
        "session_id": session.session_id,
        "source": session.source,
        "problem": None,
        "first_token": [span.start for span in spans],
        "utterance_id": [u.utterance_id or str(i) for i, u in enumerate(said)],
        "speaker": [u.speaker for u in said],
        "role": [str(u.role) for u in said],
        "start_time": [u.start for u in said],
        "end_time": [u.end for u in said],
        "human_label": [None if u.label is None else str(u.label) for u in said],
        "human_also": [[str(label) for label in u.also] for u in said],
        "human_flags": [list(u.flags) for u in said],
        "disclosing": [list(u.disclosing) for u in said],
        "p_disclosure": [None] * len(said),
    }
    return doc


def ensure_utterances(doc: Doc) -> Doc:
    """Take a Doc that is no session yet as a single therapist utterance.

    So our components also work on a Doc made by hand or by another pipeline.
    """
    if attributes.DATA in doc.user_data:
        return doc
    spoken = [token.i for token in doc if not token.is_space]
    if not spoken:
        return mark_nothing(doc, "text")
    span = doc[spoken[0] : spoken[-1] + 1]
    utterance = Utterance(span.text.strip(), str(Role.THERAPIST), Role.THERAPIST)
    return mark_utterances(doc, Session("text", (utterance,)), [span])


def mark_nothing(doc: Doc, session_id: str, problem: str | None = None) -> Doc:
    """Mark a Doc as a session without utterances.

    Parameters
    ----------
    doc : Doc
        Without words.
    session_id : str
        The session.
    problem : str, optional
        Why it is empty; then ``doc._.problem``.
    """
    columns: dict[str, Any] = {name: [] for name in attributes.COLUMNS}
    about: dict[str, Any] = {"session_id": session_id, "problem": problem, "first_token": []}
    doc.spans[attributes.UTTERANCES] = SpanGroup(doc, name=attributes.UTTERANCES)
    doc.user_data[attributes.DATA] = columns | about
    return doc
