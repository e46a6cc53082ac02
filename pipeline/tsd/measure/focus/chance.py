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
from tsd.measure.talk import Talk
from tsd.schema import Role
from tsd.settings import Measuring
from tsd.stats import Counts, Estimate, Flags, Floats, clusters_of, resample_ratio

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


def session_against_chance(talk: Talk, focus: Focus, measuring: Measuring) -> SessionChance:
    """Test the focus shift of a session by permutation.

    Each episode with `measuring.focus_window` words on both sides is compared with the stretches
    of as many therapist utterances that have them too (with a single utterance: those in its
    third of the utterances by length). Of each episode's stretches, including itself, one is
    drawn at random, `measuring.permutations` times; ``p = (1 + #{|T_b - mean T_b| >=
    |T - mean T_b|}) / (B + 1)``, where T is the mean shift over the episodes. Each session has its
    own stream of random numbers, set by its name, so that the order of sessions changes nothing.
    Without a testable episode the session is not tested; p is never 1 for that reason.
    """
    shifts = focus.shift
    testable = focus.line.has_full_windows(focus.first, focus.last, measuring.focus_window)
    testable &= np.isfinite(shifts)
    therapist = np.flatnonzero(talk.of(Role.THERAPIST))
    words = talk.words[therapist]
    # utterances of the same length are in the same third
    thirds = np.searchsorted(np.quantile(words, [1 / 3, 2 / 3]), words) if len(words) else words
    episodes = zip(focus.first, focus.last, strict=True)
    pools = [
        _comparable(therapist, thirds, focus.line, ends, measuring) if is_testable else np.empty(0)
        for ends, is_testable in zip(episodes, testable, strict=True)
    ]
    enough = np.array([len(pool) >= _FEWEST_CANDIDATES for pool in pools], dtype=bool)
    tested = int(enough.sum())
    left_out = len(shifts) - tested
    if not tested:
        reason = _reason(focus.line, testable, measuring)
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


def _comparable(
    therapist: Counts,
    thirds: Counts,
    line: WordLine,
    episode: tuple[int, int],
    measuring: Measuring,
) -> Floats:
    """Return the shifts around the stretches of utterances that an episode is compared with.

    `therapist` are the therapist's utterances, `thirds` their thirds by length, and `episode` the
    first and the last utterance of the episode.
    """
    begin, end = np.searchsorted(therapist, episode)
    further = end - begin  # utterances of the episode after its first
    firsts, lasts = therapist[: len(therapist) - further], therapist[further:]
    fits = line.has_full_windows(firsts, lasts, measuring.focus_window)
    if not further:
        fits &= thirds == thirds[begin]
    before, after = line.around(firsts[fits], lasts[fits], measuring)
    return before - after


def _reason(line: WordLine, testable: Flags, measuring: Measuring) -> str:
    if not len(testable):
        return "no disclosure"
    if line.is_one_sided:
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
    or sessions where the therapist is not known, never from resampling turns. The order of the
    sessions changes nothing.
    """
    rows = sorted(zip(sessions, therapists, chances, strict=True), key=lambda row: row[0])
    rows = [row for row in rows if row[2].outcome == TESTED]
    if not rows:
        nothing = "not tested: no session has a testable episode"
        return CorpusChance(Estimate(reason="nothing was tested"), None, 0, nothing)
    names, known_therapists, tested = zip(*rows, strict=True)
    values = np.array([chance.centred for chance in tested])
    null = np.mean([chance.null for chance in tested], axis=0)
    drawn = resample_ratio(
        values,
        np.ones(len(values)),
        clusters_of(names, known_therapists),
        measuring.resamples,
        measuring.seed,
    )
    centred = float(values.mean())
    return CorpusChance(drawn.estimate(centred), _p(null, centred), len(rows), TESTED)
