"""Shares of disclosures as people read them: in percent, or as counts where there are few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

FEWEST_FOR_PERCENT = 10
"""With fewer cases than this, a share is written as counts: "1 of 3" says how little it is."""


class AfterDisclosures(NamedTuple):
    """How often a fact about the return of the focus holds, as the report and the shell show it.

    Parameters
    ----------
    shown : str or None
        The share of the disclosures; None if it is not known of any.
    elsewhere : str or None
        The share at other therapist utterances of like length, for the same disclosures.
    disclosures : int
        The disclosures that both are over.
    """

    shown: str | None
    elsewhere: str | None
    disclosures: int


def share_in_words(share: float, cases: int) -> str:
    """Write a share of some cases.

    >>> share_in_words(0.25, 40), share_in_words(0.25, 4)
    ('25%', '1 of 4')
    """
    if cases < FEWEST_FOR_PERCENT:
        return f"{round(share * cases)} of {cases}"
    return f"{100 * share:.0f}%"


def after_disclosures(summary: Mapping[str, Any], fact: str) -> AfterDisclosures:
    """Return how often a fact holds after a disclosure, and elsewhere.

    Both are over the disclosures that can be compared with other utterances. If none can, the share
    is over all of which the fact is known.
    """
    if compared := summary["returns_compared"]:
        share, base = summary[f"{fact}_compared_share"], summary[f"{fact}_base_share"]
        return AfterDisclosures(share_in_words(share, compared), f"{100 * base:.0f}%", compared)
    known = summary["client_resumed_known" if fact == "client_resumed" else "disclosures"]
    share = summary[f"{fact}_share"]
    return AfterDisclosures(None if share is None else share_in_words(share, known), None, known)
