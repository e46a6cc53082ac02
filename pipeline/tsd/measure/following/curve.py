"""The client's share of the words around episodes of disclosure, word by word away from them.

The curve is compared with the curves around comparable stretches of the therapist's utterances in
the same session: as many utterances, and for a single one the same third by length. The share
expected from them depends on the place in the session, and after the episode also on the client's
share before it: after much talk of the client there is less of it, whatever the therapist says
(regression to the mean).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tsd.measure.focus.shift import Focus, WordLine
from tsd.measure.focus.stretches import FEWEST_COMPARABLE, thirds_by_length
from tsd.measure.talk import Talk
from tsd.schema import Role
from tsd.settings import Measuring
from tsd.stats import Counts, Flags, Floats, Z

WINDOW = 40
"""Words in the moving window. It touches the episode at the offsets closest to it."""

_STEPS = np.arange(WINDOW // 2, 201, 10)
OFFSETS: Counts = np.concatenate([-_STEPS[::-1], _STEPS])
"""Words from the episode to the middle of the window; negative before it. None is inside it."""

FEWEST_EPISODES = 10
"""With fewer episodes at an offset, there is no chance band."""

_ROUNDING = 1e-9
"""A smaller sum of squares is due to rounding."""


@dataclass(frozen=True, slots=True)
class CurveSums:
    """What a session adds to the curve of a corpus, by offset: sums over its episodes.

    Parameters
    ----------
    episodes : array of int, shape (38,)
        Episodes that have the whole window and enough stretches to compare with.
    share, chance, variance : array of float, shape (38,)
        Sums of the client's share, of its mean over comparable stretches, and of its variance over
        them.
    """

    episodes: Counts
    share: Floats
    chance: Floats
    variance: Floats


def curve_sums(talk: Talk, focus: Focus, measuring: Measuring) -> CurveSums:
    """Sum up the client's share around the episodes of a session, and what chance would give."""
    sums = np.zeros((4, len(OFFSETS)))
    if len(focus.first) and not focus.line.is_one_sided:
        therapist = np.flatnonzero(talk.of(Role.THERAPIST))
        by_length = thirds_by_length(talk.words[therapist])
        around = _Around.of(focus.line, therapist, measuring.focus_window)
        pools: dict[tuple[int, int], tuple[Counts, Floats]] = {}
        for begin, end in np.searchsorted(therapist, np.array([focus.first, focus.last]).T):
            kind = int(end - begin), -1 if end > begin else int(by_length[begin])
            if kind not in pools:
                firsts = np.arange(len(therapist) - kind[0])
                firsts = firsts if end > begin else firsts[by_length == kind[1]]
                pools[kind] = firsts, _against_chance(around, firsts, firsts + kind[0])
            firsts, curves = pools[kind]
            sums += curves[:, np.searchsorted(firsts, begin)]
    return CurveSums(sums[0].astype(np.int64), *sums[1:])


class _Around(NamedTuple):
    """The words around each utterance of the therapist.

    Parameters
    ----------
    before, after : array of float, shape (n_utterances, 19)
        The client's share of the window at each offset before and after it; 0 if that is cut.
    fits_before, fits_after : array of bool, shape (n_utterances, 19)
        Whether the window is whole.
    earlier : array of float, shape (n_utterances,)
        The client's share of the words of the focus window before it; NaN if that is cut.
    place : array of float, shape (n_utterances,)
        Where in the session it is, from 0 to 1.
    """

    before: Floats
    fits_before: Flags
    after: Floats
    fits_after: Flags
    earlier: Floats
    place: Floats

    @classmethod
    def of(cls, line: WordLine, utterances: Counts, window: int) -> _Around:
        total = int(line.position[-1])
        client = np.interp(np.arange(total + 1), line.position, line.client)  # inside them, too

        def share(begins: Counts, length: int) -> tuple[Floats, Flags]:
            fits = (begins >= 0) & (begins + length <= total)
            low, high = (np.clip(each, 0, total) for each in (begins, begins + length))
            return (client[high] - client[low]) / length * fits, fits

        begins, ends = line.position[utterances], line.position[utterances + 1]
        before = share(begins[:, None] + OFFSETS[OFFSETS < 0] - WINDOW // 2, WINDOW)
        after = share(ends[:, None] + OFFSETS[OFFSETS > 0] - WINDOW // 2, WINDOW)
        earlier, is_whole = share(begins - window, window)
        return cls(*before, *after, np.where(is_whole, earlier, np.nan), begins / total)


def _against_chance(around: _Around, firsts: Counts, lasts: Counts) -> Floats:
    """Return the curve around each stretch: whether it counts, share, chance and variance.

    `firsts` and `lasts` are the first and the last utterance of each stretch. The result has the
    shape (4, n_stretches, n_offsets); all is 0 where a stretch does not count, because its window
    is cut by an end of the session, or too few other stretches have it. After the episode, only
    stretches whose focus window before it is whole count. Chance is a linear regression over the
    stretches that count: on the place in the session, and after the episode also on the client's
    share of the focus window before it.
    """
    earlier = around.earlier[firsts]
    knows_earlier = np.isfinite(earlier)
    fits_after = around.fits_after[lasts] & knows_earlier[:, None]
    counts = np.hstack([around.fits_before[firsts], fits_after])
    counts &= counts.sum(axis=0) >= FEWEST_COMPARABLE
    share = np.hstack([around.before[firsts], around.after[lasts]]) * counts
    place = _centered(around.place[firsts, None], counts)
    left = _without(_centered(share, counts), place)
    after = OFFSETS > 0
    known = _centered(np.where(knows_earlier, earlier, 0)[:, None], counts[:, after])
    left[:, after] = _without(left[:, after], _without(known, place[:, after]))
    variance = (left**2).sum(axis=0) / np.maximum(counts.sum(axis=0), 1) * counts
    return np.array([counts, share, (share - left) * counts, variance])


def _centered(values: Floats, counts: Flags) -> Floats:
    """Subtract, at each offset, the mean over the stretches that count; 0 for the others."""
    values = values * counts
    mean: Floats = values.sum(axis=0) / np.maximum(counts.sum(axis=0), 1)
    return (values - mean) * counts


def _without(values: Floats, known: Floats) -> Floats:
    """Return what a regression of centered values on known ones leaves, at each offset."""
    spread = (known**2).sum(axis=0)
    slope: Floats = np.zeros_like(spread)
    np.divide((known * values).sum(axis=0), spread, out=slope, where=spread > _ROUNDING)
    return values - slope * known


def curve_rows(sessions: Sequence[CurveSums]) -> list[dict[str, Any]]:
    """Return the rows of the table ``curve``: the mean over all episodes, by offset.

    The chance band is the mean over comparable stretches -/+ 1.96 standard deviations of such a
    mean. Its variance follows from the shares around all stretches; nothing is drawn.
    """
    rows = []
    for place, offset in enumerate(OFFSETS.tolist()):
        episodes = sum(int(each.episodes[place]) for each in sessions)
        share, chance, variance = (
            math.fsum(getattr(each, name)[place] for each in sessions)
            for name in ("share", "chance", "variance")
        )
        count = episodes or math.nan
        half = Z * variance**0.5 / count if episodes >= FEWEST_EPISODES else math.nan
        rows.append(
            {
                "offset": offset,
                "episodes": episodes,
                "sessions": sum(bool(each.episodes[place]) for each in sessions),
                "client_share": share / count,
                "chance": chance / count,
                "chance_low": max(chance / count - half, 0.0) if half == half else half,
                "chance_high": min(chance / count + half, 1.0) if half == half else half,
                "note": _note(episodes),
            }
        )
    return rows


def _note(episodes: int) -> str:
    if not episodes:
        return "no episode has so many words on this side and comparable stretches"
    if episodes < FEWEST_EPISODES:
        return f"no chance band: fewer than {FEWEST_EPISODES} episodes"
    return ""
