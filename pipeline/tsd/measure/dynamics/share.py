"""Who talks and who holds the floor over the course of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tsd.measure.dynamics.balance import MOST_WINDOWS, Balance
from tsd.measure.talk import Talk
from tsd.measure.talk_time import Axis
from tsd.schema import Role
from tsd.settings import Measuring
from tsd.stats import Counts, Floats

SHARED = "shared"
"""The floor of a window in which neither side has enough of the talk to hold it alone."""

ROUNDING = 1e-6
"""Tolerance for rounding: less talk than this is none, a share this close to a limit is on it."""


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
    """

    unit: str
    begins: Floats
    ends: Floats
    therapist_share: Floats
    floor: npt.NDArray[np.str_]

    def floor_shares(self) -> dict[str, float]:
        """Return the share of the windows with talk that each side holds or that are shared.

        The shares of ``therapist``, ``client`` and ``shared`` add up to 1; NaN if nobody talks.
        """
        talked = self.floor[self.floor != ""]
        return {
            who: float((talked == who).mean()) if len(talked) else np.nan
            for who in (Role.THERAPIST.value, Role.CLIENT.value, SHARED)
        }


def share_over_session(
    talk: Talk, axis: Axis, seconds: Floats, measuring: Measuring
) -> ShareOverSession:
    """Measure the therapist's share of the talk in a moving window.

    The windows start at 0 and go on until one reaches the end of the session; that one is cut
    there. With start and end times, silence counts for nobody and overlapping speech for both. If
    only one side speaks in the whole session, the shares are missing.

    There are no windows for a session of length 0, and if there would be more than
    `tsd.measure.dynamics.balance.MOST_WINDOWS`: then a time in the source is wrong. There is no
    norm for talk share: compare with the same therapist's other sessions.
    """
    place, *sides = _course(talk, axis, seconds)
    begins, ends = _windows(float(place[-1]), measuring.share_window, measuring.share_step)
    therapist, client = (
        np.maximum(np.interp(ends, place, talked) - np.interp(begins, place, talked), 0)
        for talked in sides
    )
    both = therapist + client
    if min(talked[-1] for talked in sides) < ROUNDING:
        both[:] = np.nan  # one side never speaks: nothing was shared
    both[both < ROUNDING] = np.nan
    share, other = therapist / both, client / both
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
        talking = (np.concatenate([side, -side.astype(int)])[order] for side in sides)
        therapist, client = (np.cumsum(each)[:-1] * np.diff(place) for each in talking)
    else:
        place = np.append(0.0, axis.ends)
        amount = talk.words if axis.unit == "words" else seconds
        therapist, client = (amount * side for side in sides)
    return place, _up_to(therapist), _up_to(client)


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


def _turn_lengths(talk: Talk) -> tuple[Counts, Counts]:
    """Return the lengths in words of the turns of therapist and client, in order.

    A turn is a run of utterances of one role, even if several people have that role. Utterances
    without words are skipped. An utterance with words of any other role ends the turn, also of a
    third person or an unknown speaker.
    """
    therapist, client = talk.of(Role.THERAPIST), talk.of(Role.CLIENT)
    has_words = talk.words > 0
    words, who = talk.words[has_words], (therapist + 2 * client)[has_words]
    begins = np.flatnonzero(np.diff(who, prepend=-1))
    lengths = np.add.reduceat(words, begins) if len(begins) else words
    return lengths[who[begins] == 1], lengths[who[begins] == 2]


def dynamics_summary(talk: Talk, share: ShareOverSession, balance: Balance) -> dict[str, Any]:
    """Return the columns of ``sessions.csv`` about turns, floor and balance.

    Turns are measured in words. A number that is not known is NaN, as are those about the turns of
    a role that never speaks.
    """
    row: dict[str, Any] = {}
    for role, lengths in zip((Role.THERAPIST, Role.CLIENT), _turn_lengths(talk), strict=True):
        row |= {
            f"{role}_turns": len(lengths) if len(lengths) else np.nan,
            f"{role}_turn_words": float(np.median(lengths)) if len(lengths) else np.nan,
            f"{role}_longest_turn": int(lengths.max()) if len(lengths) else np.nan,
        }
    row |= {f"floor_{who}": part for who, part in share.floor_shares().items()}
    therapist, client, nobody = balance.counts or (np.nan,) * 3
    return row | {
        "balance_score": balance.score,
        "balance_primary": str(balance.primary or ""),
        "balance_type": balance.session_type,
        "balance_windows": therapist + client + nobody,
        "balance_windows_therapist": therapist,
        "balance_windows_client": client,
    }


def dynamics_columns(session_id: str, share: ShareOverSession) -> dict[str, Sequence[Any]]:
    """Return a session's rows of the table ``dynamics``, column by column: one per window."""
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
