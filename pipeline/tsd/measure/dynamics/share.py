"""Who talks and who holds the floor over the course of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tsd.measure.dynamics.balance import MOST_WINDOWS, Balance
from tsd.measure.talk import Counts, Floats, Talk
from tsd.measure.talk_time import Axis
from tsd.schema import Role
from tsd.settings import Measuring

SHARED = "shared"
"""The floor of a window in which neither side has enough of the talk to hold it alone."""

ROUNDING = 1e-6
"""Tolerance for rounding: less talk than this is none, a share this near to a limit is on it."""


@dataclass(frozen=True, slots=True)
class ShareOverSession:
    """The therapist's share of the talk in a window that moves over the session.

    Parameters
    ----------
    unit : {'seconds', 'words'}
        The unit of begins and ends.
    begins, ends : array of float, shape (n_windows,)
        The windows; empty if there is nothing to measure.
    therapist_share : array of float, shape (n_windows,)
        Share of the talk of therapist and client; NaN if neither talks.
    floor : array of str, shape (n_windows,)
        Who holds the floor: ``therapist``, ``client`` or ``shared``; empty if neither talks.

    Examples
    --------
    >>> begins, share = np.array([0.0, 30, 60]), np.array([0.25, np.nan, 0.5])
    >>> floor = np.array(["client", "", "shared"])
    >>> found = ShareOverSession("seconds", begins, begins + 150, share, floor)
    >>> found.floor_shares()
    {'therapist': 0.0, 'client': 0.5, 'shared': 0.5}
    """

    unit: str
    begins: Floats
    ends: Floats
    therapist_share: Floats
    floor: npt.NDArray[np.str_]

    def floor_shares(self) -> dict[str, float]:
        """Return the share of the windows with talk that each side holds or that are shared.

        Returns
        -------
        dict
            ``therapist``, ``client`` and ``shared``, which add up to 1; NaN if nobody talks.
        """
        talked = self.floor[self.floor != ""]
        return {
            who: float((talked == who).mean()) if len(talked) else float("nan")
            for who in (Role.THERAPIST.value, Role.CLIENT.value, SHARED)
        }


def share_over_session(
    talk: Talk, axis: Axis, seconds: Floats, measuring: Measuring
) -> ShareOverSession:
    """Measure the therapist's share of the talk in a moving window.

    The windows start at 0 and go on until one reaches the end of the session; that one is cut
    there. With start and end times, silence counts for nobody and overlapping speech for both. If
    only one side speaks in the whole session, the shares are missing.

    Parameters
    ----------
    talk : Talk
        The session.
    axis : Axis
        From `tsd.measure.talk_time.session_axis`.
    seconds : array of float, shape (n_utterances,)
        Talk time of each utterance.
    measuring : Measuring
        `share_window` and `share_step` of the windows, and `floor_share`, above which a side holds
        the floor.

    Returns
    -------
    ShareOverSession
        No windows for a session of length 0, and if there would be more than
        `tsd.measure.dynamics.balance.MOST_WINDOWS`: then a time in the source is wrong.

    Notes
    -----
    There is no norm for talk share: compare with the same therapist's other sessions.
    """
    place, own, theirs = _course(talk, axis, seconds)
    begins, ends = _windows(float(place[-1]), measuring.share_window, measuring.share_step)
    in_window = [
        np.maximum(np.interp(ends, place, talked) - np.interp(begins, place, talked), 0)
        for talked in (own, theirs)
    ]
    both = in_window[0] + in_window[1]
    if min(own[-1], theirs[-1]) < ROUNDING:
        both[:] = np.nan  # one side never speaks: nothing was shared
    both[both < ROUNDING] = np.nan
    share, other = in_window[0] / both, in_window[1] / both
    limit = measuring.floor_share + ROUNDING
    floor = np.select(
        [np.isnan(share), share > limit, other > limit],
        ["", Role.THERAPIST.value, Role.CLIENT.value],
        SHARED,
    )
    return ShareOverSession(axis.unit, begins, ends, share, floor)


def _course(talk: Talk, axis: Axis, seconds: Floats) -> tuple[Floats, Floats, Floats]:
    """Return places in the session, and how much therapist and client have talked up to each."""
    sides = talk.of(Role.THERAPIST), talk.of(Role.CLIENT)
    if axis.on_clock:
        times = np.concatenate([axis.begins, axis.ends])
        order = np.argsort(times, kind="stable")
        place = times[order]
        lasted = np.append(np.diff(place), 0)
        talked = []
        for side in sides:
            talking = np.cumsum(np.concatenate([side, -side.astype(int)])[order])
            talked.append(_up_to((talking * lasted)[:-1]))
        return place, talked[0], talked[1]
    amount = talk.words * (sides[0] | sides[1]) if axis.unit == "words" else seconds
    return np.append(0.0, axis.ends), _up_to(amount * sides[0]), _up_to(amount * sides[1])


def _up_to(amounts: Floats | Counts) -> Floats:
    return np.concatenate([[0.0], np.cumsum(amounts, dtype=np.float64)])


def _windows(length: float, window: float, step: float) -> tuple[Floats, Floats]:
    """Return begins and ends: the last window is the first one that reaches the end."""
    later = max(length - window, 0.0) / step
    if length < ROUNDING or later > MOST_WINDOWS - 1:
        return np.empty(0), np.empty(0)
    begins = step * np.arange(1 + int(np.ceil(later - ROUNDING)), dtype=np.float64)
    begins = begins[begins < length - ROUNDING]  # a step longer than the window may go past the end
    return begins, np.minimum(begins + window, length).astype(np.float64)


def turn_lengths(talk: Talk) -> tuple[Counts, Counts]:
    """Measure the turns of therapist and client in words.

    A turn is a run of utterances of one role, even if several people have that role. Utterances
    without words are skipped. An utterance with words of any other role ends the turn, also of a
    third person or an unknown speaker.

    Parameters
    ----------
    talk : Talk
        The session.

    Returns
    -------
    therapist, client : array of int, shape (n_turns,)
        Words of each turn, in the order of speaking.
    """
    therapist, client = talk.of(Role.THERAPIST), talk.of(Role.CLIENT)
    said = talk.words > 0
    words, who = talk.words[said], (therapist + 2 * client)[said]
    begins = np.flatnonzero(np.diff(who, prepend=-1))
    lengths = np.add.reduceat(words, begins) if len(begins) else words
    return lengths[who[begins] == 1], lengths[who[begins] == 2]


def dynamics_summary(talk: Talk, share: ShareOverSession, balance: Balance) -> dict[str, Any]:
    """Return the columns of ``sessions.csv`` about turns, floor and balance.

    Parameters
    ----------
    talk : Talk
        The session.
    share : ShareOverSession
        From `share_over_session`.
    balance : Balance
        From `tsd.measure.dynamics.balance.balance`.

    Returns
    -------
    dict
        ``therapist_turns``, ``therapist_turn_words`` (the median) and
        ``therapist_longest_turn`` (in words), and the same for the client, NaN for a role that
        never speaks; ``floor_therapist``, ``floor_client`` and ``floor_shared``, shares of the
        windows with talk; ``balance_score``, ``balance_primary`` and ``balance_type``;
        ``balance_windows``, the number of windows that the type is based on, and how many of them
        each side holds. NaN or empty if unknown.
    """
    row: dict[str, Any] = {}
    turns = dict(zip((Role.THERAPIST, Role.CLIENT), turn_lengths(talk), strict=True))
    for role, lengths in turns.items():
        row[f"{role}_turns"] = len(lengths) if len(lengths) else np.nan
    for role, lengths in turns.items():
        row[f"{role}_turn_words"] = float(np.median(lengths)) if len(lengths) else np.nan
    for role, lengths in turns.items():
        row[f"{role}_longest_turn"] = int(lengths.max()) if len(lengths) else np.nan
    row |= {f"floor_{who}": part for who, part in share.floor_shares().items()}
    held = (np.nan, np.nan) if balance.counts is None else balance.counts[:2]
    return row | {
        "balance_score": balance.score,
        "balance_primary": str(balance.primary or ""),
        "balance_type": balance.session_type,
        "balance_windows": np.nan if balance.held is None else len(balance.held),
        "balance_windows_therapist": held[0],
        "balance_windows_client": held[1],
    }


def dynamics_columns(session_id: str, share: ShareOverSession) -> dict[str, Sequence[Any]]:
    """Return a session's rows of the table ``dynamics``, column by column.

    Parameters
    ----------
    session_id : str
        The session.
    share : ShareOverSession
        From `share_over_session`.

    Returns
    -------
    dict of str to sequence
        One entry per window, counted from 0.
    """
    count = len(share.begins)
    return {
        "session_id": [session_id] * count,
        "window": range(count),
        "unit": [share.unit] * count,
        "begin": share.begins.tolist(),
        "end": share.ends.tolist(),
        "therapist_share": share.therapist_share.tolist(),
        "floor": share.floor.tolist(),
    }
