"""Is a shift of focus more than chance: a permutation test within each session.

After an utterance of the therapist the client speaks more often than before it, whatever the
therapist said; and disclosures come in bursts, in long turns and early in a session. So the
shift around episodes of disclosure is compared with the shift around other stretches of the same
therapist's utterances in the same session. A t-test, a circular shift and a permutation without
whole windows all give false alarms (docs/methods.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tsd.measure.focus.shift import Focus, WordLine
from tsd.measure.talk import Counts, Flags, Floats, Talk
from tsd.schema import Role
from tsd.settings import Measuring
from tsd.stats import Estimate, clusters_of, resample_ratio

TESTED = "tested"
"""The outcome of a session or corpus whose shift of focus was tested."""

_FEWEST_CANDIDATES = 8
"""An episode is compared with at least this many stretches, including itself."""

_ROUNDING = 1e-12
"""Differences of shares below this are due to rounding."""


@dataclass(frozen=True, slots=True)
class SessionChance:
    """The focus shift of a session against chance.

    Parameters
    ----------
    centred : float
        Mean shift of the tested episodes minus its permutation mean; NaN if not tested.
    p : float
        Two-sided p-value; NaN if not tested.
    episodes_tested, episodes_not_testable : int
        Episodes with whole windows and enough stretches to compare with, and the others.
    outcome : str
        `TESTED`, or "not tested: " and the reason.
    null : array of float, shape (n_permutations,) or (0,)
        The permuted shifts minus their mean; empty if not tested.
    """

    centred: float
    p: float
    episodes_tested: int
    episodes_not_testable: int
    outcome: str
    null: Floats


@dataclass(frozen=True, slots=True)
class CorpusChance:
    """The focus shift of a corpus against chance.

    Parameters
    ----------
    centred : Estimate
        Mean of the centred shifts of the tested sessions, with an interval over therapists (over
        the session itself where its therapist is not known).
    p : float or None
        Two-sided p-value, with every session permuted separately.
    sessions_tested : int
        Sessions with a tested episode.
    outcome : str
        `TESTED`, or "not tested: " and the reason.
    """

    centred: Estimate
    p: float | None
    sessions_tested: int
    outcome: str

    def summary(self) -> dict[str, Any]:
        """Return the numbers of the corpus, None where missing."""
        return {
            "centred": self.centred.value,
            "low": self.centred.low,
            "high": self.centred.high,
            "p": self.p,
            "sessions_tested": self.sessions_tested,
            "outcome": self.outcome,
            "interval": self.centred.reason,
        }


def session_against_chance(
    talk: Talk, line: WordLine, focus: Focus, measuring: Measuring
) -> SessionChance:
    """Test the focus shift of a session by permutation.

    Each episode with `measuring.focus_window` words on both sides is compared with the stretches
    of as many therapist utterances that have them too (with a single utterance: those in its
    third of the utterances by length). Of each episode's stretches, including itself, one is
    drawn at random, `measuring.permutations` times; ``p = (1 + #{|T_b - mean T_b| >=
    |T - mean T_b|}) / (B + 1)``, where T is the mean shift over the episodes.

    Parameters
    ----------
    talk : Talk
        The session.
    line : WordLine
        Its words.
    focus : Focus
        Its episodes.
    measuring : Measuring
        The windows, the number of permutations and the seed. Each session has its own stream of
        random numbers, set by its name, so that the order of sessions changes nothing.

    Returns
    -------
    SessionChance
        Without a testable episode: not tested, never ``p = 1``.
    """
    own = np.flatnonzero(talk.of(Role.THERAPIST))
    thirds = _thirds(talk.words[own])
    stretches = _Stretches(line, own, thirds, measuring)
    shifts = focus.shift
    testable = line.has_full_windows(focus.first, focus.last, measuring.focus_window)
    testable &= np.isfinite(shifts)
    pools = [
        stretches.like(first, last) if whole else np.empty(0)
        for first, last, whole in zip(focus.first, focus.last, testable, strict=True)
    ]
    enough = np.array([len(pool) >= _FEWEST_CANDIDATES for pool in pools], dtype=bool)
    tested = int(enough.sum())
    left_out = len(shifts) - tested
    if not tested:
        reason = _reason(line, testable, measuring)
        return SessionChance(np.nan, np.nan, 0, left_out, f"not tested: {reason}", np.empty(0))
    random = _stream(measuring.seed, talk.session_id)
    draws = np.array(
        [
            pool[random.integers(len(pool), size=measuring.permutations)]
            for pool, chosen in zip(pools, enough, strict=True)
            if chosen
        ]
    ).mean(axis=0)
    centred = float(shifts[enough].mean() - draws.mean())
    null = draws - draws.mean()
    return SessionChance(centred, _p(null, centred), tested, left_out, TESTED, null)


class _Stretches:
    """The shifts around stretches of the therapist's utterances that have whole windows."""

    def __init__(self, line: WordLine, own: Counts, thirds: Counts, measuring: Measuring) -> None:
        self._line, self._own, self._thirds, self._settings = line, own, thirds, measuring
        self._known: dict[int, tuple[Flags, Floats]] = {}

    def like(self, first: int, last: int) -> Floats:
        """Return the shifts around the stretches that an episode is compared with."""
        begin, end = np.searchsorted(self._own, [first, last])
        length = int(end - begin) + 1
        whole, shifts = self._of_length(length)
        if length == 1:
            whole = whole & (self._thirds == self._thirds[begin])
        return shifts[whole]

    def _of_length(self, length: int) -> tuple[Flags, Floats]:
        if length not in self._known:
            firsts = self._own[: len(self._own) - length + 1]
            lasts = self._own[length - 1 :]
            before, after = self._line.around(firsts, lasts, self._settings)
            whole = self._line.has_full_windows(firsts, lasts, self._settings.focus_window)
            self._known[length] = whole, before - after
        return self._known[length]


def _thirds(words: Counts) -> Counts:
    """Divide utterances into thirds by length; equal lengths stay together."""
    if not len(words):
        return words
    return np.searchsorted(np.quantile(words, [1 / 3, 2 / 3]), words).astype(np.int64)


def _reason(line: WordLine, testable: Flags, measuring: Measuring) -> str:
    if not len(testable):
        return "no disclosure"
    if not 0 < line.client[-1] < line.position[-1]:
        return "only one side speaks"
    if not testable.any():
        return f"no episode has {measuring.focus_window} words on both sides"
    return f"fewer than {_FEWEST_CANDIDATES} comparable stretches of the therapist's utterances"


def _stream(seed: int, session_id: str) -> np.random.Generator:
    digest = hashlib.sha256(session_id.encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])


def _p(null: Floats, centred: float) -> float:
    as_far = np.count_nonzero(np.abs(null) >= abs(centred) - _ROUNDING)
    return float((1 + as_far) / (len(null) + 1))


def corpus_against_chance(
    sessions: Sequence[str],
    therapists: Sequence[str],
    chances: Sequence[SessionChance],
    measuring: Measuring,
) -> CorpusChance:
    """Test the mean centred shift of many sessions.

    Every session is permuted separately; the permuted values of the corpus are the means over
    those of the sessions. The interval comes from resampling therapists with all their sessions,
    or sessions where the therapist is not known, never from resampling turns.

    Parameters
    ----------
    sessions : sequence of str
        Their names; their order changes nothing.
    therapists : sequence of str
        The therapist of each; empty where not known.
    chances : sequence of SessionChance
        The sessions' own tests.
    measuring : Measuring
        Number of resamples, and the seed.

    Returns
    -------
    CorpusChance
        Without numbers where nothing could be tested.
    """
    rows = sorted(zip(sessions, therapists, chances, strict=True), key=lambda row: row[0])
    rows = [row for row in rows if row[2].outcome == TESTED]
    if not rows:
        nothing = "not tested: no session has a testable episode"
        return CorpusChance(Estimate(reason="nothing was tested"), None, 0, nothing)
    values = np.array([chance.centred for _, _, chance in rows])
    null = np.mean([chance.null for _, _, chance in rows], axis=0)
    clusters = clusters_of([row[0] for row in rows], [row[1] for row in rows])
    ones = np.ones(len(values))
    drawn = resample_ratio(values, ones, clusters, measuring.resamples, measuring.seed)
    centred = float(values.mean())
    return CorpusChance(drawn.estimate(centred), _p(null, centred), len(rows), TESTED)
