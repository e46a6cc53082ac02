"""How a session is stored in a spaCy Doc: the only place that knows.

Utterances, units, cues and disclosures are span groups, ``doc.spans[NAME]``. What is known of
each utterance is in columns in ``doc.user_data``, one entry per utterance, and is read through
span extensions: *any* span of the Doc (an utterance, a unit, a cue, a disclosure, a span of your
own) knows the utterance that it begins in. All of it survives `DocBin`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from tsd.schema import TYPES, Role, Session, Unmeasured, Utterance

SEPARATOR = "\n"
"""Between two utterances in the text of a Doc."""

UTTERANCES, UNITS, CUES, DISCLOSURES = "utterances", "units", "cues", "disclosures"
"""The span groups of a Doc."""

COLUMNS: tuple[str, ...] = (
    "utterance_id",
    "speaker",
    "role",
    "start_time",
    "end_time",
    "human_label",
    "human_also",
    "human_flags",
    "disclosing",
    "p_disclosure",
)
"""What is known of each utterance, each readable as ``span._.NAME``."""

P_TYPES: tuple[str, ...] = tuple(f"p_{label}" for label in TYPES)
"""The probability of each type, set on each disclosure."""

_DATA = "tsd"
_FIRST_TOKEN = "first_token"
_ADVICE = "run it through the pipeline of tsd.load(), or add the component that sets it"


def spans(doc: Doc, group: str) -> SpanGroup:
    """Return a span group of a Doc; a ValueError says that no component has set it."""
    if group not in doc.spans:
        raise ValueError(f"the Doc has no span group {group!r}; {_ADVICE}")
    found: SpanGroup = doc.spans[group]
    return found


def set_spans(doc: Doc, group: str, found: Sequence[Span]) -> Doc:
    """Set a span group of a Doc, and return the Doc."""
    doc.spans[group] = SpanGroup(doc, name=group, spans=list(found))
    return doc


def column(doc: Doc, name: str) -> list[Any]:
    """Return one of `COLUMNS`; a ValueError says that the Doc is no session or does not have it."""
    try:
        values: list[Any] = doc.user_data[_DATA][name]
    except KeyError as error:
        what = f"has no column {name!r}" if _DATA in doc.user_data else "is no session"
        raise ValueError(f"the Doc {what}; {_ADVICE}") from error
    return values


def set_column(doc: Doc, name: str, values: Sequence[Any]) -> None:
    """Replace one of `COLUMNS`; the values are plain types, so that they can be stored."""
    if len(values) != len(column(doc, name)):
        raise ValueError(f"the column {name!r} must have one value per utterance")
    doc.user_data[_DATA][name] = list(values)


def utterance_indices(doc: Doc, found: Iterable[Span]) -> list[int]:
    """Return the position in the session of the utterance that each span begins in."""
    starts = column(doc, _FIRST_TOKEN)
    return [bisect_right(starts, span.start) - 1 for span in found]


def not_measured(doc: Doc) -> Unmeasured | None:
    """Return why nothing is measured in a session; None if it is measured."""
    reason = doc.user_data.get(_DATA, {}).get("not_measured")
    return None if reason is None else Unmeasured(reason)


def mark_utterances(doc: Doc, session: Session, found: Sequence[Span]) -> Doc:
    """Set ``doc.spans["utterances"]`` to one span per utterance of a session, and all columns."""
    utterances = session.utterances
    # Plain types alone, so that they survive Doc.to_bytes.
    doc.user_data[_DATA] = {
        "session_id": session.session_id,
        "source": session.source,
        "problem": None,
        "not_measured": None if session.not_measured is None else str(session.not_measured),
        _FIRST_TOKEN: [span.start for span in found],
        "utterance_id": [u.utterance_id or str(i) for i, u in enumerate(utterances)],
        "speaker": [u.speaker for u in utterances],
        "role": [str(u.role) for u in utterances],
        "start_time": [u.start for u in utterances],
        "end_time": [u.end for u in utterances],
        "human_label": [None if u.label is None else str(u.label) for u in utterances],
        "human_also": [[str(label) for label in u.also] for u in utterances],
        "human_flags": [list(u.flags) for u in utterances],
        "disclosing": [list(u.disclosing) for u in utterances],
        "p_disclosure": [None] * len(utterances),
    }
    return set_spans(doc, UTTERANCES, found)


def mark_nothing(doc: Doc, session_id: str, problem: str | None = None) -> Doc:
    """Mark an empty Doc as a session without utterances; ``doc._.problem`` may say why."""
    mark_utterances(doc, Session(session_id, ()), ())
    doc.user_data[_DATA]["problem"] = problem
    return doc


def ensure_utterances(doc: Doc) -> Doc:
    """Make a Doc that is no session yet a session of one therapist utterance.

    So a plain text is a session, and our components also work on a Doc made by hand or by
    another pipeline.
    """
    if _DATA in doc.user_data:
        return doc
    spoken = [token.i for token in doc if not token.is_space]
    if not spoken:
        return mark_nothing(doc, "text")
    span = doc[spoken[0] : spoken[-1] + 1]
    utterance = Utterance(span.text.strip(), str(Role.THERAPIST), Role.THERAPIST)
    return mark_utterances(doc, Session("text", (utterance,)), [span])


def register() -> None:
    """Register the extensions; safe to call again."""
    if Doc.has_extension("session_id"):
        return
    for name in ("session_id", "source", "problem", "not_measured"):
        Doc.set_extension(name, getter=_session_getter(name), force=True)
    Span.set_extension("utterance", getter=_utterance_index, force=True)
    for name in COLUMNS:
        if name != "p_disclosure":
            Span.set_extension(name, getter=_column_getter(name), force=True)
    for name in ("p_disclosure", *P_TYPES):
        Span.set_extension(name, default=None, force=True)
    for name in ("also", "cues"):
        Span.set_extension(name, default=(), force=True)


def _utterance_index(span: Span) -> int:
    return utterance_indices(span.doc, (span,))[0]


def _column_getter(name: str) -> Callable[[Span], Any]:
    return lambda span: column(span.doc, name)[_utterance_index(span)]


def _session_getter(name: str) -> Callable[[Doc], Any]:
    """Make a getter that gives None for a Doc that is no session."""
    return lambda doc: doc.user_data.get(_DATA, {}).get(name)
