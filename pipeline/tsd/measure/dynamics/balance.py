"""Talk-time sharing as ConvoKit 5.0 defines it, to compare sessions with published ones.

Everything is as `convokit.talktimesharing` computes it with its default arguments, oddities
included. Only where ConvoKit stops with an error, a number is missing here. It needs start and end
times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tsd.measure.talk import Talk
from tsd.measure.talk_time import TIMESTAMPS
from tsd.schema import Role
from tsd.stats import Counts, Floats

WINDOW, STEP = 150.0, 30.0
"""ConvoKit's moving window and the distance to the next one, in seconds."""

HELD = 0.6
"""A side with a larger share of a window's talk holds the window."""

PRIMARY = 0.50001
"""A side with a larger share of the session's talk is its primary speaker."""

DOMINATING, BACK_AND_FORTH, ALTERNATING = 75.0, 60.0, 25.0
"""Percent of the windows that make a session type."""

MOST_WINDOWS = 50_000
"""A session with more windows (over 17 days) has wrong times; it gets no windows."""

_THERAPIST, _CLIENT, _NEITHER = 0, 1, 2
_SIDES = {Role.THERAPIST: _THERAPIST, Role.CLIENT: _CLIENT}

Windows = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Balance:
    """How therapist and client share the talk time of a session, by ConvoKit's definitions.

    Parameters
    ----------
    score : float
        Share of the talk of the side that talks more, from .5 to 1; NaN if unknown.
    primary : Role or None
        The side that talks more; None if both talk equally long, or if unknown.
    held : array of int8, shape (n_windows,), or None
        Who holds each window with talk: 1 the therapist, -1 the client, 0 nobody. None if
        unknown.
    session_type : str
        ``dominating_throughout`` (one side holds at least 75% of the windows),
        ``back_and_forth`` (nobody holds at least 60%), ``alter_dominance`` (the side that talks
        less holds more than 25%) or ``no_label``, the first that applies; empty if unknown.
    """

    score: float = float("nan")
    primary: Role | None = None
    held: Windows | None = None
    session_type: str = ""

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """The number of windows held by the therapist, by the client, by nobody."""
        return None if self.held is None else _counts(self.held)


def balance(talk: Talk, basis: str, *, window: float = WINDOW, step: float = STEP) -> Balance:
    """Measure how therapist and client share the talk time, by ConvoKit's definitions.

    As in ConvoKit, the first and the last utterance are left out. The windows start with the first
    of the others. They stop before the end of the last of them or, if that is sooner, with the
    first window that this utterance talks in and outlasts. Windows without talk of therapist or
    client are left out. A window counts nothing after the first utterance that outlasts it, so
    part of overlapping speech is lost.

    Parameters
    ----------
    talk : Talk
        The session.
    basis : str
        As `tsd.measure.talk_time.talk_time` returns it.
    window, step : float, optional
        Length of the windows and distance to the next one, in seconds. With values other than
        ConvoKit's, the numbers cannot be compared with published ones.

    Returns
    -------
    Balance
        All missing without start and end times, with two or fewer utterances, and if neither side
        talks in the utterances that count. In a tie there is no primary speaker, and the session
        is never ``alter_dominance``. No windows if there would be more than `MOST_WINDOWS`.

    Raises
    ------
    ValueError
        If `window` or `step` is not above 0.

    Notes
    -----
    Definition: ConvoKit 5.0.0, ``talktimesharing``, with therapist and client as its groups A
    and B. Time and memory grow with utterances x window / step + windows. Numbers are summed in
    ConvoKit's order, so that a share close to a threshold is on the same side of it.
    """
    if not (window > 0 and step > 0):
        raise ValueError(f"window and step must be above 0 seconds, not {window!r} and {step!r}")
    if basis != TIMESTAMPS:
        return Balance()
    starts, stops = talk.starts[1:-1], talk.ends[1:-1]
    side = np.array([_SIDES.get(role, _NEITHER) for role in talk.roles[1:-1]], dtype=np.int64)
    therapist, client = _sums(side, stops - starts, 1)[:, 0].tolist()
    total = therapist + client
    if total == 0:  # as with two or fewer utterances
        return Balance()
    primary = None
    if therapist > total * PRIMARY:
        primary = Role.THERAPIST
    elif client > total * PRIMARY:
        primary = Role.CLIENT
    score = max(therapist, client) / total
    if (stops[-1] - starts[0]) / step > MOST_WINDOWS:
        return Balance(score, primary)
    held = _held(*_seconds_in_windows(starts, stops, side, window, step))
    return Balance(score, primary, held, _session_type(held, primary))


def _sums(cell: Counts, seconds: Floats, cells: int) -> Floats:
    """Sum seconds by cell: all of the therapist's first, then the client's, then the others'.

    `bincount` adds one by one in the given order, as ConvoKit does; other sums of NumPy do not.
    """
    made: Floats = np.bincount(cell, weights=seconds, minlength=3 * cells).astype(np.float64)
    return made.reshape(3, cells)[[_THERAPIST, _CLIENT]]


def _seconds_in_windows(
    starts: Floats, stops: Floats, side: Counts, window: float, step: float
) -> Floats:
    """Return the seconds of therapist and client (rows) in each window (columns)."""
    last = len(starts) - 1
    steps = np.full(max(int((stops[-1] - starts[0]) / step), 0) + 2, step)
    ends = np.cumsum(np.append(starts[0] + window, steps))  # ConvoKit adds up, too
    ends = ends[: np.searchsorted(ends, stops[last])] if last else ends[:0]
    begins = np.cumsum(np.append(starts[0], steps))[: len(ends)]
    reached = np.maximum.accumulate(stops)
    first = np.searchsorted(reached, begins, side="right")  # the first to stop in the window
    final = np.searchsorted(reached, ends, side="right")  # the first to outlast it: none after it
    over = np.flatnonzero((final == last) & (starts[last] <= ends))
    if len(over):  # the window that the last utterance outlasts is the last one
        kept = int(over[0]) + 1
        begins, ends, first, final = begins[:kept], ends[:kept], first[:kept], final[:kept]
    # each pair of a window and an utterance that may talk in it
    pairs = final - first + 1
    number = np.repeat(np.arange(len(begins)), pairs)
    who = np.arange(len(number)) - np.repeat(np.cumsum(pairs) - pairs - first, pairs)
    inside = np.minimum(stops[who], ends[number]) - np.maximum(starts[who], begins[number])
    return _sums(side[who] * len(begins) + number, np.maximum(inside, 0), len(begins))


def _held(therapist: Floats, client: Floats) -> Windows:
    talked = therapist + client > 0
    therapist, client = therapist[talked], client[talked]
    total = therapist + client
    return (therapist / total > HELD).astype(np.int8) - (client / total > HELD).astype(np.int8)


def _counts(held: Windows) -> tuple[int, int, int]:
    therapist, client, nobody = (int((held == side).sum()) for side in (1, -1, 0))
    return therapist, client, nobody


def _session_type(held: Windows, primary: Role | None) -> str:
    if not len(held):
        return "no_label"
    therapist, client, nobody = (count / len(held) * 100 for count in _counts(held))
    if max(therapist, client) >= DOMINATING:
        return "dominating_throughout"
    if nobody >= BACK_AND_FORTH:
        return "back_and_forth"
    other = {Role.THERAPIST: client, Role.CLIENT: therapist}
    if primary is not None and other[primary] > ALTERNATING:
        return "alter_dominance"
    return "no_label"
