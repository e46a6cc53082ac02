"""What is related to an outcome: which predictors, per how much, and adjusted for what."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd

from tsd.schema import TYPES
from tsd.settings import Associating

DOSES: dict[str, tuple[str, ...]] = {
    "count": ("disclosures", *(f"disclosures_{label}" for label in TYPES)),
    "words": ("disclosure_words",),
    "seconds": ("disclosure_seconds",),
    "any": ("any_disclosure",),
}
"""The predictors of each measure of disclosing: columns of the table of sessions."""

SHIFT = "focus_shift_adjusted"
"""Also related to the outcome."""

PER = {SHIFT: 0.1, "disclosure_words": 10.0, "disclosure_seconds": 10.0}
"""The slopes of these are for so much more of the predictor, those of all others for one more.

No session has a focus shift that is higher by 1 than that of another; a difference of one word is
too small to matter.
"""

LENGTH_OF = {
    **dict.fromkeys((*DOSES["count"], *DOSES["any"]), "therapist_utterances"),
    "disclosure_words": "therapist_words",
    "disclosure_seconds": "therapist_seconds",
}
"""What each amount of disclosing is adjusted for: a long session has more of everything."""

LENGTHS = {
    "therapist_utterances": "the number of therapist utterances",
    "therapist_words": "the number of therapist words",
    "therapist_seconds": "the therapist's talk time",
}
"""The same in words."""


def predictors_of(associating: Associating) -> tuple[str, ...]:
    """Return what is related to an outcome.

    >>> predictors_of(Associating(dose=("words", "any")))
    ('disclosure_words', 'any_disclosure', 'focus_shift_adjusted')
    """
    doses = dict.fromkeys(associating.dose)
    return (*itertools.chain.from_iterable(DOSES[dose] for dose in doses), SHIFT)


def others_of(table: pd.DataFrame, name: str, covariates: Sequence[str]) -> tuple[str, ...]:
    """Return what a predictor is adjusted for: the length of the session, and the covariates."""
    lengths = [LENGTH_OF[name]] if LENGTH_OF.get(name) in table else []
    return tuple(dict.fromkeys([*lengths, *(each for each in covariates if each != name)]))


def same_session(outcome: str) -> str:
    """Name the outcome of the session with the disclosures, as a covariate under a lag.

    >>> same_session("oq45")
    'oq45 in the same session'
    """
    return f"{outcome} in the same session"
