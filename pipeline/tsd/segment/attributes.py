"""The custom attributes that tsd gives to spaCy's objects, and where their values live.

A session's facts are kept in columns in ``doc.user_data``, one entry per utterance, and read
through span extensions. So *any* span of the Doc (an utterance, a unit, a cue, a disclosure, a
span of your own) knows the utterance it stands in, and all of it survives `DocBin`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from spacy.tokens import Doc, Span

from tsd.schema import TYPES

DATA = "tsd"
"""Key of our part of ``doc.user_data``."""

UTTERANCES, UNITS, CUES, DISCLOSURES = "utterances", "units", "cues", "disclosures"
"""Keys of the span groups of a Doc."""

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


def utterance_index(span: Span) -> int:
    """Return the position in the session of the utterance that a span begins in."""
    starts: list[int] = span.doc.user_data[DATA]["first_token"]
    return bisect_right(starts, span.start) - 1


def utterance_indices(doc: Doc, spans: Iterable[Span]) -> list[int]:
    """Return the same of many spans of one Doc, faster."""
    starts: list[int] = doc.user_data[DATA]["first_token"]
    return [bisect_right(starts, span.start) - 1 for span in spans]


def _column(name: str) -> Callable[[Span], Any]:
    def get(span: Span) -> Any:  # noqa: ANN401 - the type is the column's own
        return span.doc.user_data[DATA][name][utterance_index(span)]

    return get


def _session(name: str) -> Callable[[Doc], Any]:
    def get(doc: Doc) -> Any:  # noqa: ANN401
        return doc.user_data.get(DATA, {}).get(name)

    return get


def register() -> None:
    """Register the extensions; safe to call again."""
    if Doc.has_extension("session_id"):
        return
    for name in ("session_id", "source", "problem"):
        Doc.set_extension(name, getter=_session(name), force=True)
    Span.set_extension("utterance", getter=utterance_index, force=True)
    for name in COLUMNS:
        if name != "p_disclosure":
            Span.set_extension(name, getter=_column(name), force=True)
    for name in ("p_disclosure", *P_TYPES):
        Span.set_extension(name, default=None, force=True)
    Span.set_extension("also", default=(), force=True)
    Span.set_extension("cues", default=(), force=True)
