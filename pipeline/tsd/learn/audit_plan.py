"""How a human review is best drawn, and how exact the rate from it will be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from tsd.stats import Counts, Floats, mover, wilson_for_few

RECOMMENDED = 200
"""Below this, a rate of a few per 100 is hardly known: its interval is as wide as the rate."""

SIZES: tuple[int, ...] = (40, 100, 200, 400, 800)
"""Sizes of a review for which `half_widths` is shown."""

_AUC = (0.85, 0.94)
"""How well the scores may separate disclosing utterances from others: a weak and a good classifier.
What is planned must be good for both."""

_AS_GOOD = 1.02
"""Of designs whose half-widths differ by less than this factor, the one that reviews most of the
likeliest utterances is taken: it says most about the flags."""

_DRAWS = 1000


class Design(NamedTuple):
    """Where strata end, as shares of the utterances by falling score, and what each gets.

    `names` are of `tsd.measure.rates.audited.STRATA`; `ends` and `shares` (of the sheet) are
    cumulative and end with 1.
    """

    names: tuple[str, ...]
    ends: tuple[float, ...]
    shares: tuple[float, ...]

    def sizes(self, population: int) -> list[int]:
        """Return how many of the utterances are in each stratum."""
        ends = [0, *(round(end * population) for end in self.ends)]
        return [end - begin for begin, end in pairwise(ends)]

    def allocate(self, size: int, population: int) -> list[int]:
        """Divide a sample among the strata; what one does not have is taken from the next."""
        numbers: list[int] = []
        for share, most in zip(self.shares, self.sizes(population), strict=True):
            numbers.append(min(round(share * size) - sum(numbers), most))
        return numbers


_NAMES = ("top", "next", "rest")
DESIGNS: tuple[Design, ...] = (
    Design(("rest",), (1,), (1,)),
    Design(("top", "rest"), (0.05, 1), (0.1, 1)),
    Design(("top", "rest"), (0.05, 1), (0.15, 1)),
    Design(_NAMES, (0.05, 0.2, 1), (0.1, 0.3, 1)),
    Design(_NAMES, (0.05, 0.2, 1), (0.15, 0.35, 1)),
)
"""The first is a simple random sample."""


class Plan(NamedTuple):
    """A design, and half the width of the interval of the rate to expect, per 100."""

    design: Design
    half_width: float


def plan(size: int, population: int, rate: float) -> Plan:
    """Choose the design with the narrowest interval of the rate.

    For each design, reviews are simulated: disclosing utterances have higher scores by a binormal
    model with the areas under the curve `_AUC`, and the interval is the one that
    `tsd.measure.rates.audited.audited` will give. Half-widths are means over both areas.

    Parameters
    ----------
    size, population : int
        Utterances to review, and utterances to draw from.
    rate : float
        Share of the utterances that are expected to disclose.

    Examples
    --------
    >>> found = plan(200, 5000, 0.02)
    >>> found.design.shares, round(found.half_width, 1)
    ((0.15, 1), 1.8)
    """
    if size >= population:
        return Plan(DESIGNS[0], 0.0)
    plans = [Plan(each, _half_width(each, size, population, rate)) for each in DESIGNS]
    limit = _AS_GOOD * min(each.half_width for each in plans)
    good = [each for each in plans if each.half_width <= limit]
    return max(good, key=lambda each: each.design.shares[0] if len(each.design.names) > 1 else 0)


def half_widths(
    population: int, rate: float, sizes: Sequence[int] = SIZES
) -> list[tuple[int, float]]:
    """Return the half-width to expect, per 100, for each size that is less than the population.

    Examples
    --------
    >>> [(size, round(width, 1)) for size, width in half_widths(5000, 0.02)]
    [(40, 5.8), (100, 3.0), (200, 1.8), (400, 1.2), (800, 0.7)]
    """
    return [(size, plan(size, population, rate).half_width) for size in sizes if size < population]


def _half_width(design: Design, size: int, population: int, rate: float) -> float:
    numbers, sizes = design.allocate(size, population), design.sizes(population)
    kept = [place for place, number in enumerate(numbers) if number]
    if sum(sizes[place] for place in kept) < population:  # a stratum would be without a review
        return math.inf
    given, all_ = np.array(numbers)[kept], np.array(sizes)[kept]
    rng = np.random.default_rng(0)
    means = []
    for auc in _AUC:
        disclosing = np.array(_disclosing(design, population, rate, auc))[kept]
        hits: Counts = rng.hypergeometric(disclosing, all_ - disclosing, given, (_DRAWS, len(kept)))
        low, high = mover(
            hits / given, *wilson_for_few(hits, given, population=all_), all_ / population
        )
        means.append(50 * float((high - low).mean()))
    return float(np.mean(means))


def _disclosing(design: Design, population: int, rate: float, auc: float) -> list[int]:
    """Return how many disclosing utterances each stratum has, by the binormal model."""
    distance = math.sqrt(2) * float(ndtri(auc))

    def above(cut: float) -> float:
        return float(rate * ndtr(distance - cut) + (1 - rate) * ndtr(-cut))

    cuts = [brentq(lambda cut, end=end: above(cut) - end, -20, 20) for end in design.ends[:-1]]
    found: Floats = np.array([0.0, *(float(ndtr(distance - cut)) for cut in cuts), 1.0])
    total = max(round(rate * population), 1)
    counts = np.diff(np.round(found * total)).astype(int)
    return [min(int(n), most) for n, most in zip(counts, design.sizes(population), strict=True)]
