"""The rows of a session in the tables: what was measured, under the names of the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tsd.measure.focus.chance import SessionChance
from tsd.measure.focus.returning import Return
from tsd.measure.focus.shift import Focus
from tsd.measure.guidelines.context import Context
from tsd.measure.tables import DISCLOSURES, Columns
from tsd.measure.talk import Talk
from tsd.measure.talk_time import Axis, session_length
from tsd.schema import TYPES, Label, Role, main_type
from tsd.segment.doc import P_TYPES
from tsd.stats import Floats


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was measured in a session.

    Parameters
    ----------
    basis, seconds
        As `tsd.measure.talk_time.talk_time` returns them.
    lengths, disclosure_seconds
        Words and seconds of each disclosure.
    turns : array of float
        Utterances to the client's next long one, for each disclosure.
    returned : Return
        Whether the focus went back to the client after each disclosure.
    contexts
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
    returned: Return
    contexts: list[Context]


def utterance_columns(m: Measured) -> Columns:
    """Return the session's rows of the table ``utterances``, column by column."""
    talk = m.talk
    parts: dict[int, list[tuple[Label, int]]] = {}
    for found, length in zip(talk.disclosures, m.lengths, strict=True):
        parts.setdefault(found.utterance, []).append((found.label, length))
    labels = [
        str(main_type(parts[u]) if u in parts else Label.NONE)
        if role is Role.THERAPIST and talk.not_measured is None
        else ""
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
                **dict(zip(P_TYPES, found.p_types or (None,) * 3, strict=True)),
                "words": m.lengths[number],
                "seconds": m.disclosure_seconds[number],
                "cues": list(found.cues),
                "episode": episode,
                "client_share_before": focus.before[episode],
                "client_share_after": focus.after[episode],
                "focus_shift": focus.shift[episode],
                "focus_shift_adjusted": m.chance.by_episode[episode],
                "focus_test": m.chance.outcomes[episode],
                **_return_facts(m.returned, number),
                "turns_to_return": m.turns[number],
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


def _return_facts(returned: Return, number: int) -> dict[str, Any]:
    """Return the facts after one disclosure, each followed by its base rate."""
    facts, base = returned.facts._asdict(), returned.base._asdict()
    return {
        column: values[number]
        for name in facts
        for column, values in ((name, facts[name]), (f"{name}_base", base[name]))
    }


def focus_test_row(chance: SessionChance, shifts: Floats) -> dict[str, Any]:
    """Return the columns of ``sessions.csv`` about the focus test.

    `shifts` are the raw shifts of the episodes, shape (n_episodes,).
    """
    tested = np.isfinite(chance.by_episode)
    return {
        "focus_shift_tested": float(shifts[tested].mean()) if tested.any() else np.nan,
        "focus_shift_adjusted": chance.adjusted,
        "focus_shift_p": chance.p,
        "focus_shift_p_floor": chance.p_floor,
        "episodes_tested": chance.episodes_tested,
        "episodes_not_testable": chance.episodes_not_testable,
        "focus_test": chance.outcome,
    }


def session_row(m: Measured) -> dict[str, Any]:
    """Return the session's row of ``sessions.csv`` without the columns about turns and floor.

    A number that cannot be computed is NaN; so is every number about disclosures where nothing is
    measured (`Talk.not_measured`).
    """
    talk = m.talk
    therapist, client = talk.of(Role.THERAPIST), talk.of(Role.CLIENT)
    therapist_words, therapist_utterances = int(talk.words[therapist].sum()), int(therapist.sum())
    therapist_seconds = float(m.seconds[therapist].sum())
    client_seconds = float(m.seconds[client].sum())
    length = session_length(m.basis, talk.starts, talk.ends, m.seconds)
    count, words = len(talk.disclosures), sum(m.lengths)
    disclosing = len({found.utterance for found in talk.disclosures})
    measured: dict[str, Any] = {
        "disclosures": count,
        "disclosing_utterances": disclosing,
        **{f"disclosures_{t}": sum(d.label is t for d in talk.disclosures) for t in TYPES},
        "disclosures_per_100": _ratio(100 * disclosing, therapist_utterances),
        "disclosures_per_1000_words": _ratio(1000 * count, therapist_words),
        "disclosures_per_hour": _ratio(3600 * count, length),
        "disclosure_words": words,
        "disclosure_seconds": float(m.disclosure_seconds.sum()),
        "disclosure_word_share": _ratio(words, therapist_words),
        "episodes": len(m.focus.first),
        "focus_shift": m.focus.mean_shift(),
        **focus_test_row(m.chance, m.focus.shift),
    }
    why = talk.not_measured
    if why is not None:
        measured = dict.fromkeys(measured, np.nan) | {"focus_test": f"not tested: {why}"}
    both_speak = why is None and client.any()
    return {
        "session_id": talk.session_id,
        "source": talk.source,
        "therapist": "",
        "case": "",
        "session_number": None,
        "utterances": len(talk.texts),
        "therapist_utterances": therapist_utterances,
        "client_utterances": int(client.sum()),
        "therapist_words": therapist_words,
        "client_words": int(talk.words[client].sum()),
        "talk_time_basis": m.basis,
        "therapist_seconds": therapist_seconds,
        "client_seconds": client_seconds,
        "session_seconds": length,
        "therapist_talk_share": _ratio(therapist_seconds, therapist_seconds + client_seconds)
        if both_speak
        else np.nan,
        "not_measured": str(why or ""),
        **measured,
    }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else np.nan
