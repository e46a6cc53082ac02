"""Which columns some rows of a table lack, and why.

The reasons that other columns hold (``focus_test``, ``note`` and the like) are taken from there. A
reason that follows from the definition of a column is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsd.measure import tables
from tsd.measure.dynamics.balance import MOST_WINDOWS
from tsd.measure.focus.returning import Facts
from tsd.measure.focus.stretches import FEWEST_COMPARABLE
from tsd.measure.guidelines.advice import NO_CLIENT_WORDS
from tsd.measure.talk_time import TIMESTAMPS
from tsd.measure.unmeasured import why_not_measured
from tsd.readers.metadata import KNOWN
from tsd.schema import Role, Unmeasured
from tsd.segment.doc import P_TYPES
from tsd.settings import Measuring
from tsd.stats import Flags

COUNTS = "counts"
"""Stands for the numbers of the corpus in ``run.json``, which are not a table."""

_NO_CLIENT = "no client was recognized"
_NO_DISCLOSURE = "no disclosure"
_NO_WORDS = "no words of that side"
_NOT_TESTED = "not tested: "
_UNFIT = (Unmeasured.LANGUAGE, Unmeasured.TURNS)
_SESSION_TEST = (
    "focus_shift_tested",
    "focus_shift_adjusted",
    "focus_shift_p",
    "focus_shift_p_floor",
)
_RAW = ("client_share_before", "client_share_after", "focus_shift")

Texts = npt.NDArray[np.object_]

Reasons = Texts | str
"""Why a column is missing: row by row, or once for all rows."""


class Gap(NamedTuple):
    """A column that some rows of one session, or of no session, lack for one reason."""

    table: str
    session_id: str
    column: str
    reason: str
    missing: int


def gaps_of(
    frames: Mapping[str, pd.DataFrame], metadata: Collection[str], measuring: Measuring
) -> list[Gap]:
    """Find what is missing in the tables; see `tsd.measure.missing.missing_rows`."""
    return [
        *_of_sessions(frames["sessions"], metadata, measuring),
        *_of_utterances(frames["utterances"], frames["sessions"]),
        *_of_disclosures(frames["disclosures"], frames["sessions"], measuring),
        *_of_dynamics(frames["dynamics"], frames["sessions"]),
        *_of_notes(frames),
        *_of_rates(frames["rates"]),
    ]


def _gaps(
    table: str, frame: pd.DataFrame, reasons: Mapping[str, Reasons], *, empty: Collection[str] = ()
) -> Iterator[Gap]:
    """Count by session and reason the rows that lack a column; `empty` texts are missing, too."""
    sessions = _texts(frame["session_id"]) if "session_id" in frame else _texts([""] * len(frame))
    for column, reason in reasons.items():
        cells = frame[column]
        lacks = np.flatnonzero(cells.isna() | (cells == "") if column in empty else cells.isna())
        if not len(lacks):
            continue
        why = [reason] * len(lacks) if isinstance(reason, str) else reason[lacks]
        alike = Counter(zip(sessions[lacks], why, strict=True))
        for (session_id, text), missing in alike.items():
            yield Gap(table, session_id, column, text, missing)


def _of_sessions(
    sessions: pd.DataFrame, metadata: Collection[str], measuring: Measuring
) -> Iterator[Gap]:
    reasons = _measured(sessions, measuring) | _talk(sessions)
    yield from _gaps("sessions", sessions, reasons, empty=("balance_type",))
    further = [name for name in sessions.columns if name not in tables.SESSIONS.names]
    given = "no value in --metadata" if metadata else "no --metadata"
    about = dict.fromkeys([*KNOWN, *further], given)
    yield from _gaps("sessions", sessions, about, empty=("therapist", "case"))


def _measured(sessions: pd.DataFrame, measuring: Measuring) -> dict[str, Reasons]:
    """Return why the columns about disclosures are missing."""
    names = tables.SESSIONS.names
    names = names[names.index("disclosures") : names.index("focus_test")]
    none = {_NO_DISCLOSURE: _holds(sessions["episodes"] == 0)}
    own: dict[str, Reasons] = {
        "disclosures_per_hour": "the session has no length",
        "focus_shift": _choose(none, _raw_reason(sessions, measuring)),
        **dict.fromkeys(_SESSION_TEST, _untested(sessions)),
    }
    unmeasured = _unmeasured(sessions["not_measured"])
    return {name: _choose(unmeasured, own.get(name, _NO_WORDS)) for name in names}


def _unmeasured(reasons: pd.Series, among: Iterable[Unmeasured] = Unmeasured) -> dict[str, Flags]:
    """Mark the rows in which nothing was measured, by why, from the column ``not_measured``."""
    return {why_not_measured([why]): _holds(reasons == why) for why in among}


def _talk(sessions: pd.DataFrame) -> dict[str, Reasons]:
    """Return why the columns about talk time, turns, floor and balance are missing."""
    no_therapist = _unmeasured(sessions["not_measured"])
    no_client = _unmeasured(sessions["not_measured"], _UNFIT) | {
        _NO_CLIENT: _holds(sessions["client_utterances"] == 0)
    }
    both = no_therapist | no_client
    untimed = {"needs start and end times": _holds(sessions["talk_time_basis"] != TIMESTAMPS)}
    floor = "one side never talks, or a time in the source is wrong"
    held = (
        "nobody talks between the first and the last utterance, or there are over "
        f"{MOST_WINDOWS:,} windows"
    )
    reasons: dict[str, Reasons] = {
        "therapist_talk_share": _choose(both, "neither side has any talk time")
    }
    for side, absent in (("therapist", no_therapist), ("client", no_client)):
        for name in (f"{side}_turns", f"{side}_turn_words", f"{side}_longest_turn"):
            reasons[name] = _choose(absent, _NO_WORDS)
    for name in tables.SESSIONS.names:
        if name.startswith("floor_"):
            reasons[name] = _choose(both, floor)
        elif name.startswith("balance_") and name != "balance_primary":
            reasons[name] = _choose(untimed | both, held)
    return reasons


def _of_utterances(utterances: pd.DataFrame, sessions: pd.DataFrame) -> Iterator[Gap]:
    based = {
        session_id: f"not in the source: talk time is based on {basis}"
        for session_id, basis in zip(
            sessions["session_id"], sessions["talk_time_basis"], strict=True
        )
    }
    reason = _texts([based[session_id] for session_id in utterances["session_id"]])
    yield from _gaps("utterances", utterances, {"start": reason, "end": reason})
    why = sessions.set_index("session_id")["not_measured"]
    theirs = utterances[utterances["role"] == str(Role.THERAPIST)]
    unscored = theirs.assign(why=theirs["session_id"].map(why))
    unscored = unscored[unscored["why"] != ""]
    reason = _texts(why_not_measured([each]) for each in unscored["why"])
    yield from _gaps("utterances", unscored, {"p_disclosure": reason})


def _of_disclosures(
    disclosures: pd.DataFrame, sessions: pd.DataFrame, measuring: Measuring
) -> Iterator[Gap]:
    clients = {
        reason: disclosures["session_id"].isin(sessions.loc[rows, "session_id"]).to_numpy()
        for reason, rows in (
            (_NO_CLIENT, sessions["client_utterances"] == 0),
            (NO_CLIENT_WORDS, sessions["client_words"] == 0),
        )
    }
    few_alike = f"fewer than {FEWEST_COMPARABLE} other therapist utterances of like length"
    reasons: dict[str, Reasons] = {
        **dict.fromkeys(["p_disclosure", *P_TYPES], "people's labels have no probabilities"),
        **dict.fromkeys(_RAW, _raw_reason(disclosures, measuring)),
        "focus_shift_adjusted": _untested(disclosures),
        **dict.fromkeys([f"{fact}_base" for fact in Facts._fields], few_alike),
        "client_resumed": _choose(clients, NO_CLIENT_WORDS),
        "client_resumed_base": _choose(clients, few_alike),
        "turns_to_return": _choose(
            clients, "the client has no later utterance of at least their median length"
        ),
        "position": "the session has no words",
        "overlap": "no content words in it, or no words of the client before it",
        **dict.fromkeys(
            ["reply_words", "reply_ratio"], _choose(clients, "the client says nothing after it")
        ),
    }
    yield from _gaps("disclosures", disclosures, reasons)


def _of_dynamics(dynamics: pd.DataFrame, sessions: pd.DataFrame) -> Iterator[Gap]:
    why = dynamics["session_id"].map(sessions.set_index("session_id")["not_measured"])
    reason = _choose(
        _unmeasured(why, _UNFIT),
        "neither side talks in the window, or one never talks in the session",
    )
    yield from _gaps(
        "dynamics", dynamics, dict.fromkeys(["therapist_share", "floor"], reason), empty=("floor",)
    )


def _of_notes(frames: Mapping[str, pd.DataFrame]) -> Iterator[Gap]:
    """Yield what the tables about what follows lack; their notes say why."""
    for table in (tables.FOLLOWING, tables.CURVE):
        frame = frames[table.name]
        numbers = [each.name for each in table.columns if each.dtype == "float64"]
        yield from _gaps(table.name, frame, dict.fromkeys(numbers, _texts(frame["note"])))


def _of_rates(rates: pd.DataFrame) -> Iterator[Gap]:
    of_session = rates["name"].where(rates["level"] == "session", "")
    frame = rates.assign(session_id=of_session)
    reasons: dict[str, Reasons] = {
        f"{rate}{part}": _texts(rates[f"{rate}_note"])
        for rate in ("flagged", "adjusted", "audited")
        for part in ("", "_low", "_high")
    }
    yield from _gaps("rates", frame, reasons)


def gaps_of_counts(summary: Mapping[str, Any], reasons: Iterable[str]) -> Iterator[Gap]:
    """Yield the numbers of the corpus that are missing, but for those in the table of rates.

    `reasons` say for each session why nothing was measured, or are empty.
    """
    interval, flips = (
        "focus_shift_adjusted_interval",
        "focus_shift_p_therapists_note",
    )
    known = {
        "focus_shift_tested": summary["focus_test"],
        "focus_shift_adjusted": summary["focus_test"],
        "focus_shift_p": summary["focus_test"],
        "focus_shift_adjusted_low": summary[interval],
        "focus_shift_adjusted_high": summary[interval],
        "focus_shift_p_therapists": summary[flips],
    }
    if not summary["sessions_measured"]:
        otherwise = why_not_measured(reasons)
    else:
        otherwise = "missing in every session" if summary["disclosures"] else _NO_DISCLOSURE
    for name, value in summary.items():
        if value is None and name not in tables.RATES.names:
            reason = known.get(name, otherwise)
            if name in ("therapist_talk_share", "disclosures_per_hour"):
                reason = "missing in every session"
            yield Gap(COUNTS, "", name, reason.removeprefix(_NOT_TESTED), 1)


def _texts(texts: Iterable[str]) -> Texts:
    return np.array(list(texts), dtype=object)


def _holds(rows: pd.Series) -> Flags:
    """Return in which rows something holds; what is missing does not."""
    return rows.fillna(False).to_numpy(dtype=bool)


def _choose(reasons: Mapping[str, Flags], otherwise: Reasons) -> Texts:
    """Return for each row the first reason that holds, or else the other one."""
    texts = [np.array(reason, dtype=object) for reason in (*reasons, otherwise)]
    return np.select(list(reasons.values()), texts[:-1], texts[-1])


def _untested(frame: pd.DataFrame) -> Texts:
    """Return the reason in ``focus_test``."""
    return _texts(text.removeprefix(_NOT_TESTED) for text in frame["focus_test"])


def _raw_reason(frame: pd.DataFrame, measuring: Measuring) -> Texts:
    """Return why there is no raw shift of focus."""
    few = f"fewer than {measuring.focus_minimum} words before or after"
    one_sided = [text.endswith("only one side speaks") for text in frame["focus_test"]]
    return _choose({"only one side speaks": np.array(one_sided, dtype=bool)}, few)
