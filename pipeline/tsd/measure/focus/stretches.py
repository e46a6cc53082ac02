"""What an episode of disclosure is compared with: other stretches of the therapist's utterances.

An episode that answers a long story of the client starts from a high share of the client's words,
and the share falls after it, whatever the therapist says (regression to the mean). So the share
after an episode is compared with the share that other stretches of the session lead to expect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tsd.measure.focus.shift import Focus, WordLine
from tsd.measure.talk import Talk
from tsd.schema import Role
from tsd.settings import Measuring
from tsd.stats import Counts, Floats

FEWEST_COMPARABLE = 8
"""An episode is compared with at least this many stretches, including itself."""

FEWEST_OF_SEVERAL = 12
"""The same for an episode of several utterances, whose stretches overlap and so are fewer than they
seem: with 8 to 11 of them, fake disclosures on long turns were .09 away from 0."""

FEWEST_FOR_SLOPES = 30
"""With fewer stretches than this, a session has no slopes of its own: about six for each trait."""

_TRAITS = 5
_SMALL = 1e-9
"""Part of the largest singular value below which a trait does not vary by itself."""


@dataclass(frozen=True, slots=True)
class Slopes:
    """Sums from which the slopes of a linear regression follow; sums of sessions can be added.

    Parameters
    ----------
    n : int
        Stretches behind them.
    products : array of float, shape (n_traits, n_traits)
        Sums of products of the traits, each as its distance to the mean of its group.
    with_after : array of float, shape (n_traits,)
        Sums of their products with the share after.
    """

    n: int
    products: Floats
    with_after: Floats

    @classmethod
    def none(cls) -> Slopes:
        """Return the sums of no stretches."""
        return cls(0, np.zeros((_TRAITS, _TRAITS)), np.zeros(_TRAITS))

    @classmethod
    def of(cls, traits: Floats, after: Floats) -> Slopes:
        """Sum over the stretches of one group."""
        if not len(after):
            return cls.none()
        centered = traits - traits.mean(axis=0)
        return cls(len(after), centered.T @ centered, centered.T @ (after - after.mean()))

    def __add__(self, other: Slopes) -> Slopes:
        return Slopes(
            self.n + other.n, self.products + other.products, self.with_after + other.with_after
        )

    @property
    def are_enough(self) -> bool:
        """Whether there are enough stretches to estimate slopes from."""
        return self.n >= FEWEST_FOR_SLOPES


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Comparable stretches of a session: those that an episode of disclosure is compared with.

    Parameters
    ----------
    traits : array of float, shape (n_stretches, n_traits)
        What is known of each stretch before the client speaks again; see `compare`.
    after : array of float, shape (n_stretches,)
        The client's share of the words after it.
    slopes : Slopes
        Of all stretches of the session with as many utterances.
    """

    traits: Floats
    after: Floats
    slopes: Slopes

    def falls(self, pooled: Slopes) -> Floats:
        """Return how far the share after each stretch is below what is expected there.

        A stretch is expected to be followed by the mean share of the *other* stretches, corrected
        by a linear regression for the traits in which it differs from them. `pooled` are used if
        the session has too few stretches for slopes of its own. Positive: less of the client than
        expected.
        """
        slopes = self.slopes if self.slopes.are_enough else pooled
        inverse = np.linalg.pinv(slopes.products, rcond=_SMALL, hermitian=True)
        traits = self.traits - self.traits.mean(axis=0)
        falls = traits @ inverse @ slopes.with_after - (self.after - self.after.mean())
        # what each stretch itself contributes to its expected value, as in leave-one-out residuals
        own_part = 1 / len(falls) + np.einsum("ij,jk,ik->i", traits, inverse, traits)
        predicted: Floats = falls / (1 - np.minimum(own_part, 0.5))
        return predicted


@dataclass(frozen=True, slots=True)
class Comparison:
    """One episode of disclosure among the stretches that it is compared with.

    Parameters
    ----------
    episode : int
        Its number.
    place : int
        Its place among the stretches.
    stretches : Stretches
        The stretches, itself included; episodes of a kind have the same ones.
    """

    episode: int
    place: int
    stretches: Stretches


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The comparisons of a session.

    Parameters
    ----------
    session_id : str
        The session.
    each : tuple of Comparison
        One for each episode that has full windows and enough stretches to compare with.
    reasons : tuple of str
        For each episode why there is none; empty if there is one.
    short : Slopes
        Sums over those groups of stretches that are too few for slopes of their own.
    reason : str
        Why the session has no comparison; empty if it has one.
    """

    session_id: str
    each: tuple[Comparison, ...]
    reasons: tuple[str, ...]
    short: Slopes
    reason: str

    @property
    def need_pooling(self) -> bool:
        """Whether any episode needs the slopes of other sessions."""
        return any(not each.stretches.slopes.are_enough for each in self.each)

    def for_corpus(self) -> Comparisons:
        """Leave out what a corpus does not need: most sessions need no slopes of others."""
        return self if self.need_pooling else replace(self, each=())


def compare(talk: Talk, focus: Focus, measuring: Measuring) -> Comparisons:
    """Find the stretches that each episode of a session is compared with.

    They are all stretches of as many therapist utterances as the episode has, with
    `measuring.focus_window` words on both sides; for a single utterance those in its third of the
    therapist's utterances by length. Their traits:

    - the client's share of the words before,
    - the length of the client's turn directly before (in windows, at most 1),
    - the place in the session (from 0 to 1),
    - the words of the stretch (logarithm),
    - the client's share of them.
    """
    therapist = np.flatnonzero(talk.of(Role.THERAPIST))
    window, line = measuring.focus_window, focus.line
    groups: dict[int, _Group] = {}

    def group_of(further: int) -> _Group:
        if further not in groups:
            groups[further] = _group(talk, therapist, further, line, measuring)
        return groups[further]

    full = line.has_full_windows(focus.first, focus.last, window)
    found, reasons = [], []
    for number, (first, last) in enumerate(zip(focus.first, focus.last, strict=True)):
        reason = _not_full(line, int(first), window) if not full[number] else ""
        if not reason and not line.is_one_sided:
            begin, end = np.searchsorted(therapist, (first, last))
            comparison = group_of(int(end - begin)).comparison(number, int(first))
            fewest = FEWEST_OF_SEVERAL if end > begin else FEWEST_COMPARABLE
            if len(comparison.stretches.after) >= fewest:
                found.append(comparison)
            else:
                reason = f"fewer than {fewest} comparable stretches"
        reasons.append("only one side speaks" if line.is_one_sided else reason)
    short = Slopes.none()
    if not line.is_one_sided:
        group_of(0)
        for _, group in sorted(groups.items()):
            if not group.slopes.are_enough:
                short += group.slopes
    return Comparisons(
        talk.session_id, tuple(found), tuple(reasons), short, _reason(found, reasons, window)
    )


def thirds_by_length(words: Counts) -> Counts:
    """Return the third of each utterance by length: 0, 1 or 2; the same for the same length.

    Examples
    --------
    >>> thirds_by_length(np.array([3, 1, 9, 5])).tolist()
    [0, 0, 2, 1]
    """
    limits = np.quantile(words, [1 / 3, 2 / 3]) if len(words) else words
    return np.searchsorted(limits, words)


def _not_full(line: WordLine, first: int, window: int) -> str:
    side = "before" if line.position[first] < window else "after"
    return f"fewer than {window} words {side}"


def _reason(found: list[Comparison], reasons: list[str], window: int) -> str:
    if found:
        return ""
    if not reasons:
        return "no disclosure"
    if "only one side speaks" in reasons:
        return "only one side speaks"
    if all(reason.endswith(("before", "after")) for reason in reasons):
        return f"no episode has {window} words on both sides"
    return "too few comparable stretches of the therapist's utterances"


@dataclass(frozen=True, slots=True)
class _Group:
    """All stretches of one number of utterances that have full windows; `alike` are by third."""

    firsts: Counts
    thirds: Counts
    alike: tuple[Stretches, ...]
    slopes: Slopes

    def comparison(self, episode: int, first: int) -> Comparison:
        own = int(np.searchsorted(self.firsts, first))
        third = self.thirds[own]
        place = int(np.count_nonzero(self.thirds[:own] == third))
        return Comparison(episode, place, self.alike[third])


def _group(
    talk: Talk, therapist: Counts, further: int, line: WordLine, measuring: Measuring
) -> _Group:
    """Return the stretches of one utterance and `further` more."""
    firsts, lasts = therapist[: len(therapist) - further], therapist[further:]
    full = line.has_full_windows(firsts, lasts, measuring.focus_window)
    firsts, lasts = firsts[full], lasts[full]
    before, after = line.around(firsts, lasts, measuring)
    begins, ends = line.position[firsts], line.position[lasts + 1]
    words, of_client = ends - begins, line.client[lasts + 1] - line.client[firsts]
    turn = np.minimum(begins - line.therapist_spoke_until[firsts], measuring.focus_window)
    traits = np.column_stack(
        [
            before,
            turn / measuring.focus_window,
            begins / max(line.position[-1], 1),
            np.log1p(words),
            of_client / np.maximum(words, 1),
        ]
    )
    thirds = np.zeros(len(firsts), dtype=np.int64)
    if not further:
        thirds = thirds_by_length(talk.words[therapist])[full]
    slopes = Slopes.of(traits, after)
    alike = (Stretches(traits[own], after[own], slopes) for own in (thirds == n for n in range(3)))
    return _Group(firsts, thirds, tuple(alike), slopes)
