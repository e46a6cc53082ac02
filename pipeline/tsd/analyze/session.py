"""The numbers of one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tsd.analyze.focus import Focus, measure_focus
from tsd.analyze.tables import (
    DISCLOSURE_COLUMNS,
    FRACTIONS,
    SESSION_COLUMNS,
    UTTERANCE_COLUMNS,
)
from tsd.analyze.talk import Floats, Talk, talk_of
from tsd.analyze.talk_time import session_length, talk_time
from tsd.schema import TYPES, Label, Role, main_type, words_between
from tsd.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, repr=False)
class SessionResult:
    """What was measured in one session.

    Parameters
    ----------
    summary : dict
        One row of ``sessions.csv``.
    utterances, disclosures : DataFrame
        The session's rows of ``utterances.csv`` and ``disclosures.csv``.
    """

    summary: dict[str, Any]
    utterances: pd.DataFrame
    disclosures: pd.DataFrame

    def __repr__(self) -> str:
        return (
            f"<SessionResult {self.summary['session_id']!r}: {len(self.utterances)} utterances, "
            f"{len(self.disclosures)} disclosures>"
        )

    def _repr_html_(self) -> str:
        return pd.DataFrame([self.summary]).T.to_html(header=False)


def analyze_session(doc: Doc, settings: Settings | None = None) -> SessionResult:
    """Measure frequency, length, talk time and focus shift in a session.

    Parameters
    ----------
    doc : Doc
        A session after the pipeline of `tsd.load`.
    settings : Settings, optional
        Windows and rates.

    Returns
    -------
    SessionResult
        The tables' rows. A number that cannot be computed is missing, never 0.
    """
    settings = settings or Settings()
    talk = talk_of(doc)
    basis, seconds = talk_time(talk.starts, talk.ends, talk.words, settings)
    focus = measure_focus(talk, settings)
    lengths = [
        words_between(talk.texts[found.utterance], found.start_char, found.end_char)
        for found in talk.disclosures
    ]
    disclosures = _disclosures(talk, lengths, seconds, focus)
    return SessionResult(
        _summary(talk, basis, seconds, disclosures, focus),
        _utterances(talk, lengths, seconds),
        disclosures,
    )


def _utterances(talk: Talk, lengths: list[int], seconds: Floats) -> pd.DataFrame:
    parts: dict[int, list[tuple[Label, int]]] = {}
    for found, length in zip(talk.disclosures, lengths, strict=True):
        parts.setdefault(found.utterance, []).append((found.label, length))
    labels = [
        ""
        if role is not Role.THERAPIST
        else str(main_type(parts[u]))
        if u in parts
        else str(Label.NONE)
        for u, role in enumerate(talk.roles)
    ]
    columns = {
        "session_id": talk.session_id,
        "utterance": np.arange(len(talk.texts)),
        "utterance_id": talk.ids,
        "speaker": talk.speakers,
        "role": [str(role) for role in talk.roles],
        "start": talk.starts,
        "end": talk.ends,
        "words": talk.words,
        "seconds": seconds,
        "p_disclosure": talk.p_disclosure,
        "is_disclosure": [u in parts for u in range(len(talk.texts))],
        "label": labels,
        "text": talk.texts,
    }
    return pd.DataFrame(columns, columns=list(UTTERANCE_COLUMNS))


def _disclosures(talk: Talk, lengths: list[int], seconds: Floats, focus: Focus) -> pd.DataFrame:
    rows = []
    for number, found in enumerate(talk.disclosures):
        words = lengths[number]
        share = words / max(int(talk.words[found.utterance]), 1)
        rows.append(
            {
                "session_id": talk.session_id,
                "utterance": found.utterance,
                "utterance_id": talk.ids[found.utterance],
                "start_char": found.start_char,
                "end_char": found.end_char,
                "text": found.text,
                "label": str(found.label),
                "also": ",".join(map(str, found.also)),
                "p_disclosure": found.p_disclosure,
                **dict(zip((f"p_{t}" for t in TYPES), found.p_types or (None,) * 3, strict=True)),
                "words": words,
                "seconds": seconds[found.utterance] * share,
                "cues": "; ".join(found.cues),
                "episode": int(focus.episode[number]),
                "client_share_before": focus.before[number],
                "client_share_after": focus.after[number],
                "focus_shift": focus.shift[number],
                "turns_to_return": focus.turns_to_return[number],
                "returned": focus.returned[number],
            }
        )
    table = pd.DataFrame(rows, columns=list(DISCLOSURE_COLUMNS))
    return table.astype(dict.fromkeys(FRACTIONS, float))


def _summary(
    talk: Talk, basis: str, seconds: Floats, disclosures: pd.DataFrame, focus: Focus
) -> dict[str, Any]:
    therapist, client = talk.of(Role.THERAPIST), talk.of(Role.CLIENT)
    own_words = int(talk.words[therapist].sum())
    length = session_length(basis, talk.starts, talk.ends, seconds)
    own, theirs = float(seconds[therapist].sum()), float(seconds[client].sum())
    disclosing = len({found.utterance for found in talk.disclosures})
    measured: dict[str, Any] = {}
    if therapist.any():
        count, words = len(talk.disclosures), int(disclosures["words"].sum())
        measured = {
            "disclosures": count,
            "disclosing_utterances": disclosing,
            **{f"disclosures_{t}": sum(d.label is t for d in talk.disclosures) for t in TYPES},
            "disclosures_per_100": 100 * disclosing / int(therapist.sum()),
            "disclosures_per_hour": _ratio(3600 * count, length),
            "disclosure_words": words,
            "disclosure_seconds": float(disclosures["seconds"].sum()),
            "disclosure_word_share": _ratio(words, own_words),
            "episodes": len(set(focus.episode.tolist())),
            "focus_shift": focus.mean_shift(),
        }
    known = {
        "session_id": talk.session_id,
        "source": talk.source,
        "utterances": len(talk.texts),
        "therapist_utterances": int(therapist.sum()),
        "client_utterances": int(client.sum()),
        "therapist_words": own_words,
        "client_words": int(talk.words[client].sum()),
        "talk_time_basis": basis,
        "therapist_seconds": own,
        "client_seconds": theirs,
        "session_seconds": length,
        "therapist_talk_share": _ratio(own, own + theirs)
        if therapist.any() and client.any()
        else np.nan,
        **measured,
    }
    return {name: known.get(name, np.nan) for name in SESSION_COLUMNS}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
