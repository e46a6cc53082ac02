"""Which acts follow a disclosure, counted turn by turn and compared with like turns.

A lag-sequential analysis (Bakeman & Quera 2011), stratified: a turn of the therapist is compared
with turns of the same session that are in the same third by length, come after a client's turn
in the same third, and are early in the session or not, as it is. So what is usual in a session,
at its beginning, after long turns or after long stories of the client is not taken for something
that follows a disclosure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr
from scipy.stats import false_discovery_control, hypergeom

from tsd.measure.following.acts import (
    ANY,
    CLIENT_ACTS,
    GIVEN,
    LENGTHS,
    QUESTION,
    THERAPIST_ACTS,
    Acts,
)
from tsd.schema import Role
from tsd.stats import Counts, Floats

LAGS: tuple[int, ...] = (1, 2, 3)
"""How many turns later an act is looked for: 1 and 3 are turns of the client, 2 is the therapist's.
"""

LATER: tuple[tuple[int, str], ...] = tuple(
    (lag, act) for lag in LAGS for act in (THERAPIST_ACTS if lag == 2 else CLIENT_ACTS)
)
"""Every lag with every act that is looked for there."""

FEWEST_EXPECTED = 5
"""With fewer turns expected with the act, or without it, nothing is computed from them."""

_STRATA = 2 * len(LENGTHS) ** 2
_LAG_OF = [LAGS.index(lag) for lag, _ in LATER]
_EXACT_BELOW = 100
"""With a higher variance, p comes from the normal distribution, which is then the same."""

SMALLEST_P = 1e-6
"""A smaller p is given as this: tables have six decimals, and p is never 0."""

_ROUNDING = 1e-9
"""Differences of counts below this are due to rounding."""


@dataclass(frozen=True, slots=True)
class LagCounts:
    """The turns of a session, counted: all that the table of a corpus needs of it.

    Strata are those of comparable turns: 3 thirds of the therapist's turns by length, 3 of the
    client's turns before them, and 2 parts of the session.

    Parameters
    ----------
    acts : array of int, shape (5,)
        Turns of the therapist with each of `GIVEN`.
    turns : array of int, shape (3, 18)
        By lag and stratum: turns of the therapist that have a turn at the lag.
    given : array of int, shape (5, 3, 18)
        Those of them with each of `GIVEN`.
    later : array of int, shape (17, 18)
        For each of `LATER`, those of them that are followed by the act.
    both : array of int, shape (5, 17, 18)
        Those with the given act that are followed by the later one.
    """

    acts: npt.NDArray[np.int32]
    turns: npt.NDArray[np.int32]
    given: npt.NDArray[np.int32]
    later: npt.NDArray[np.int32]
    both: npt.NDArray[np.int32]


def count_lags(acts: Acts) -> LagCounts:
    """Count which acts follow which in a session."""
    strata = _stratum(acts)[:, None] == np.arange(_STRATA)
    turns, given, later, both = [], [], [], []
    for lag in LAGS:
        target = acts.therapist if lag == 2 else acts.client
        # the first turn at this lag is the second of the therapist, or the first or second (lag 3:
        # second or third) of the client
        skipped = 1 if lag == 2 else int(acts.client_first) + lag // 2
        follows = target[skipped:].astype(float)
        count = min(len(follows), len(strata))
        here, present = strata[:count].astype(float), acts.given[:count].astype(float)
        follows = follows[:count]
        turns.append(here.sum(axis=0))
        given.append(present.T @ here)
        later.append(follows.T @ here)
        cells = (present[:, :, None] * here[:, None, :]).reshape(count, len(GIVEN) * _STRATA)
        both.append((cells.T @ follows).reshape(len(GIVEN), _STRATA, -1).swapaxes(1, 2))
    return LagCounts(
        _whole(acts.given.sum(axis=0)),
        _whole(np.array(turns)),
        _whole(np.stack(given, axis=1)),
        _whole(np.concatenate(later)),
        _whole(np.concatenate(both, axis=1)),
    )


def _stratum(acts: Acts) -> Counts:
    """Return the stratum of each turn of the therapist; the first third of them is early."""
    count = len(acts.given)
    is_late = 3 * np.arange(count) >= count
    return (len(LENGTHS) * is_late + acts.own_third) * len(LENGTHS) + acts.third_before


def _whole(counts: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    return counts.astype(np.int32)


def following_rows(sessions: Sequence[LagCounts]) -> list[dict[str, Any]]:
    """Return the rows of the table ``following``: each act with each later one.

    Sums over the sessions do not depend on their order. An act is not looked for after itself, nor
    a disclosure after a disclosure: if chance decides which turns have an act, it decides it for
    the later turns, too, and the count has another distribution.

    References
    ----------
    Bakeman & Quera (2011). Sequential analysis and observational methods for the behavioral
    sciences. Cambridge University Press. Expected counts and adjusted residuals are pooled over
    strata, and Yule's Q is that of the pooled odds ratio, as in Mantel & Haenszel (1959). Journal
    of the National Cancer Institute, 22(4), 719-748.
    """
    rows = []
    every = _stacked(sessions)
    for number, given in enumerate(GIVEN):
        total = int(every.acts[:, number].sum())
        for place, (lag, target) in enumerate(LATER):
            if target == given or (target == ANY and given != QUESTION):
                continue
            strata = _Strata.of(every, number, place)
            rows.append(
                {
                    "given": given,
                    "lag": lag,
                    "side": str(Role.THERAPIST if lag == 2 else Role.CLIENT),
                    "target": target,
                    "given_turns": total,
                    **_numbers(strata, total),
                }
            )
    for of_disclosures in (True, False):
        family = [row for row in rows if (row["given"] != QUESTION) == of_disclosures]
        tested = [row for row in family if not np.isnan(row["p"])]
        adjusted = false_discovery_control([row["p"] for row in tested]) if tested else ()
        for row in family:
            row["p_bh"] = np.nan
        for row, p in zip(tested, adjusted, strict=True):
            row["p_bh"] = float(p)
    return rows


def _stacked(sessions: Sequence[LagCounts]) -> LagCounts:
    """Put the counts of all sessions in one; their first dimension is the session."""
    given, later, lags = len(GIVEN), len(LATER), len(LAGS)
    shapes = {
        "acts": (given,),
        "turns": (lags, _STRATA),
        "given": (given, lags, _STRATA),
        "later": (later, _STRATA),
        "both": (given, later, _STRATA),
    }
    return LagCounts(
        **{
            name: np.array([getattr(each, name) for each in sessions], dtype=np.int32).reshape(
                len(sessions), *shape
            )
            for name, shape in shapes.items()
        }
    )


class _Strata(NamedTuple):
    """The sets of comparable turns of all sessions, each with turns with and without the act.

    `session` is its session; `n` its turns, `given` those with the given act, `later` those that
    the later act follows, `both` those with both. In an order that depends on these numbers only.
    """

    session: Counts
    n: Counts
    given: Counts
    later: Counts
    both: Counts

    @classmethod
    def of(cls, every: LagCounts, number: int, place: int) -> _Strata:
        lag = _LAG_OF[place]
        counts = np.array(
            [
                every.turns[:, lag],
                every.given[:, number, lag],
                every.later[:, place],
                every.both[:, number, place],
            ],
            dtype=np.int64,
        )
        session, stratum = np.nonzero((counts[1] > 0) & (counts[0] > counts[1]))
        chosen = counts[:, session, stratum]
        order = np.lexsort(chosen)
        return cls(session[order], *chosen[:, order])


def _numbers(strata: _Strata, total: int) -> dict[str, Any]:
    """Return the numbers of a row, from the strata in which something can be compared."""
    session, n, given, later, both = strata
    expected_in = given * later / n
    compared, observed, expected = int(given.sum()), int(both.sum()), float(expected_in.sum())
    spread = given * (n - given) * later * (n - later) / (n**2 * np.maximum(n - 1, 1))
    variance = float(spread.sum())
    together = float((both * (n - given - later + both) / n).sum())
    apart = float(((given - both) * (later - both) / n).sum())
    others = float((given * (later - both) / np.maximum(n - given, 1)).sum())
    difference = np.bincount(session, weights=both - expected_in)
    row = {
        "compared": compared,
        "sessions": len(np.unique(session)),
        "observed": observed,
        "expected": expected if compared else np.nan,
        "observed_share": observed / compared if compared else np.nan,
        "base_rate": others / compared if compared else np.nan,
        "ratio": np.nan,
        "adjusted_residual": np.nan,
        "yules_q": np.nan,
        "p": np.nan,
        "sessions_above": int((difference > _ROUNDING).sum()),
        "sessions_below": int((difference < -_ROUNDING).sum()),
        "note": _reason(total, compared, expected, variance),
    }
    if not row["note"]:
        row |= {
            "ratio": observed / expected,
            "adjusted_residual": (observed - expected) / variance**0.5,
            "yules_q": (together - apart) / (together + apart),
            "p": min(max(_p(strata, variance), SMALLEST_P), 1.0),
        }
    return row


def _reason(total: int, compared: int, expected: float, variance: float) -> str:
    if not total:
        return "no turn has the given act"
    if not compared:
        return "no turn with the given act has a later turn and comparable turns in its session"
    if expected < FEWEST_EXPECTED:
        return f"fewer than {FEWEST_EXPECTED} turns expected to be followed by the act"
    if compared - expected < FEWEST_EXPECTED:
        return f"fewer than {FEWEST_EXPECTED} turns expected not to be followed by the act"
    return "" if variance > _ROUNDING else "comparable turns are all followed by the same acts"


def _p(strata: _Strata, variance: float) -> float:
    """Return the probability that the count is as far from the expected one, by chance alone.

    By chance: in each stratum, any of its turns could as well be those with the given act. This is
    the permutation test within sessions, with all permutations instead of a sample of them: in
    each stratum the count has a hypergeometric distribution, and their sum is convolved.
    """
    expected = (strata.given * strata.later / strata.n).sum()
    distance = abs(strata.both.sum() - expected)
    if variance >= _EXACT_BELOW:
        return 2 * float(ndtr((0.5 - distance) / variance**0.5))
    least = np.maximum(0, strata.given + strata.later - strata.n)
    most = np.minimum(strata.given, strata.later)
    width = most - least + 1
    ends = np.cumsum(width)
    count = np.arange(ends[-1]) + np.repeat(least - ends + width, width)
    parameters = (np.repeat(each, width) for each in (strata.n, strata.given, strata.later))
    chances = hypergeom.pmf(count, *parameters)
    parts = zip((ends - width).tolist(), ends.tolist(), strict=True)
    total = _convolved([chances[begin:end] for begin, end in parts])
    away = np.abs(np.arange(len(total)) + least.sum() - expected)
    return float(total[away >= distance - _ROUNDING].sum())


def _convolved(parts: Sequence[Floats]) -> Floats:
    """Return the distribution of a sum of independent counts."""
    parts = list(parts)
    while len(parts) > 1:
        pairs = zip_longest(parts[::2], parts[1::2], fillvalue=np.ones(1))
        parts = [np.convolve(one, other) for one, other in pairs]
    return parts[0]
