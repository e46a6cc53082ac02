"""A tier that says who speaks when, for tiers of talk that do not say whose they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tsd.readers.tiers import tiers_patterns as patterns
from tsd.readers.tiers.marks import is_silence

_MOST_SPEAKERS = 20


def says_who(name: str, texts: Sequence[str]) -> bool:
    """Whether a tier says who speaks: it is named so, and has few names again and again.

    >>> says_who("Speaker", ["Anna", "Ben", "Anna"]), says_who("Anna", ["Yes."])
    (True, False)
    """
    named = name.strip().lower() in patterns.WHO
    return named and bool(texts) and len(set(texts)) <= min(_MOST_SPEAKERS, len(texts))


class Turns:
    """Who speaks when.

    Parameters
    ----------
    spans : iterable of tuple
        Start and end in seconds, and the name. Silence is taken out.

    Examples
    --------
    >>> turns = Turns([(0.0, 2.0, "Anna"), (2.0, 3.0, "Ben")])
    >>> turns.speaker(1.5, 3.0), turns.speaker(5.0, 6.0)
    ('Ben', '')
    """

    def __init__(self, spans: Iterable[tuple[float, float, str]]) -> None:
        self._spans = sorted((s, e, name.strip()) for s, e, name in spans if not is_silence(name))
        self._starts = [start for start, *_ in self._spans]

    def speaker(self, start: float, end: float) -> str:
        """Return who speaks most of the time; empty if nobody does."""
        shares: dict[str, float] = defaultdict(float)
        for begins, ends, name in self._spans[max(bisect_right(self._starts, start) - 1, 0) :]:
            if begins >= end:
                break
            if (both := min(ends, end) - max(begins, start)) > 0:
                shares[name] += both
        return max(shares, key=lambda name: shares[name], default="")
