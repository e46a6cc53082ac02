"""The rows of a session in the tables: what was measured, under the names of the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tsd.measure.focus.chance import SessionChance
from tsd.measure.focus.shift import Focus
from tsd.measure.guidelines.context import Context
from tsd.measure.tables import DISCLOSURES, Columns
from tsd.measure.talk import Floats, Talk
from tsd.measure.talk_time import Axis, session_length
from tsd.schema import TYPES, Label, Role, main_type

_NEED_A_THERAPIST: tuple[str, ...] = (
    "disclosures",
    "disclosing_utterances",
    *(f"disclosures_{t}" for t in TYPES),
    "disclosures_per_100",
    "disclosures_per_hour",
    "disclosure_words",
    "disclosure_seconds",
    "disclosure_word_share",
    "episodes",
    "focus_shift",
    "focus_shift_centred",
    "focus_shift_p",
    "episodes_tested",
    "episodes_not_testable",
)
"""Columns of sessions that are empty where no therapist was recognized."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was measured in a session.

    Parameters
    ----------
    talk : Talk
        The session.
    basis : str
        What its talk time is made of.
    seconds : array of float, shape (n_utterances,)
        Talk time.
    axis : Axis
        Where each utterance lies in the session.
    lengths : array of int, shape (n_disclosures,)
        Words of each disclosure.
    disclosure_seconds : array of float, shape (n_disclosures,)
        Seconds of each disclosure.
    focus : Focus
        Its episodes and their windows.
    chance : SessionChance
        Its focus shift against chance.
    turns : array of float, shape (n_disclosures,)
        Utterances until the client's next long one.
    returned : list of bool
        Whether the focus went back after each disclosure.
    contexts : list of Context
        What surrounds each disclosure.
    """

    talk: Talk
    basis: str
    seconds: Floats
    axis: Axis
    lengths: list[int]
    disclosure_seconds: Floats
    focus: Focus
    chance: SessionChance
    turns: Floats
    returned: list[bool]
    contexts: list[Context]


def utterance_columns(m: Measured) -> Columns:
    """Return the session's rows of the table ``utterances``, column by column."""
    talk = m.talk
    parts: dict[int, list[tuple[Label, int]]] = {}
    for found, length in zip(talk.disclosures, m.lengths, strict=True):
        parts.setdefault(found.utterance, []).append((found.label, length))
    labels = [
        ""
        if role is not Role.THERAPIST
        else str(main_type(parts[u]))
        if u in parts
        else str(Label.NONE)
        for u, role in enumerate(talk.roles)
    ]
    count = len(talk.texts)
    return {
        "session_id": [talk.session_id] * count,
        "utterance": range(count),
        "utterance_id": talk.ids,
        "speaker": talk.speakers,
        "role": [str(role) for role in talk.roles],
        "start": talk.starts.tolist(),
        "end": talk.ends.tolist(),
        "words": talk.words.tolist(),
        "seconds": m.seconds.tolist(),
        "axis_begin": m.axis.begins.tolist(),
        "axis_end": m.axis.ends.tolist(),
        "p_disclosure": talk.p_disclosure.tolist(),
        "is_disclosure": [u in parts for u in range(count)],
        "label": labels,
        "text": talk.texts,
    }


def disclosure_columns(m: Measured) -> Columns:
    """Return the session's rows of the table ``disclosures``, column by column."""
    talk, focus = m.talk, m.focus
    rows = []
    for number, (found, context) in enumerate(zip(talk.disclosures, m.contexts, strict=True)):
        episode = int(focus.episode[number])
        rows.append(
            {
                "session_id": talk.session_id,
                "utterance": found.utterance,
                "utterance_id": talk.ids[found.utterance],
                "start_char": found.start_char,
                "end_char": found.end_char,
                "text": found.text,
                "label": str(found.label),
                "also": list(map(str, found.also)),
                "p_disclosure": found.p_disclosure,
                **dict(zip((f"p_{t}" for t in TYPES), found.p_types or (None,) * 3, strict=True)),
                "words": m.lengths[number],
                "seconds": m.disclosure_seconds[number],
                "cues": list(found.cues),
                "episode": episode,
                "client_share_before": focus.before[episode],
                "client_share_after": focus.after[episode],
                "focus_shift": focus.shift[episode],
                "turns_to_return": m.turns[number],
                "returned": m.returned[number],
                "position": context.position,
                "solicited": context.solicited,
                "permission": context.permission,
                "overlap": context.overlap,
                "flags": list(context.flags),
                "reply_words": context.reply_words,
                "reply_ratio": context.reply_ratio,
                "reactions": list(context.reactions),
            }
        )
    return DISCLOSURES.of_rows(rows)


def session_row(m: Measured, dynamics: dict[str, Any]) -> dict[str, Any]:
    """Return the session's row of ``sessions.csv``, NaN where a number cannot be computed."""
    talk = m.talk
    therapist, client = talk.of(Role.THERAPIST), talk.of(Role.CLIENT)
    own_words = int(talk.words[therapist].sum())
    length = session_length(m.basis, talk.starts, talk.ends, m.seconds)
    own, theirs = float(m.seconds[therapist].sum()), float(m.seconds[client].sum())
    disclosing = len({found.utterance for found in talk.disclosures})
    measured: dict[str, Any] = dict.fromkeys(_NEED_A_THERAPIST, np.nan)
    if therapist.any():
        count, words = len(talk.disclosures), sum(m.lengths)
        measured = {
            "disclosures": count,
            "disclosing_utterances": disclosing,
            **{f"disclosures_{t}": sum(d.label is t for d in talk.disclosures) for t in TYPES},
            "disclosures_per_100": 100 * disclosing / int(therapist.sum()),
            "disclosures_per_hour": _ratio(3600 * count, length),
            "disclosure_words": words,
            "disclosure_seconds": float(m.disclosure_seconds.sum()),
            "disclosure_word_share": _ratio(words, own_words),
            "episodes": len(m.focus.first),
            "focus_shift": m.focus.mean_shift(),
            "focus_shift_centred": m.chance.centred,
            "focus_shift_p": m.chance.p,
            "episodes_tested": m.chance.episodes_tested,
            "episodes_not_testable": m.chance.episodes_not_testable,
        }
    return {
        "session_id": talk.session_id,
        "source": talk.source,
        "therapist": "",
        "case": "",
        "session_number": None,
        "utterances": len(talk.texts),
        "therapist_utterances": int(therapist.sum()),
        "client_utterances": int(client.sum()),
        "therapist_words": own_words,
        "client_words": int(talk.words[client].sum()),
        "talk_time_basis": m.basis,
        "therapist_seconds": own,
        "client_seconds": theirs,
        "session_seconds": length,
        "therapist_talk_share": _ratio(own, own + theirs)
        if therapist.any() and client.any()
        else np.nan,
        **measured,
        "focus_test": m.chance.outcome if therapist.any() else "not tested: no therapist",
        **dynamics,
    }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
