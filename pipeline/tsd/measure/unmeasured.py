"""Why nothing is measured in some sessions, in words: the only place that words it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from tsd.schema import Unmeasured

_AMONG: dict[Unmeasured, str] = {
    Unmeasured.NO_THERAPIST: "without a recognized therapist",
    Unmeasured.LANGUAGE: "in another language",
    Unmeasured.TURNS: "with an utterance that is too long to be one",
}
"""How such sessions are called where they are counted."""

_ADVICE: dict[Unmeasured, str] = {
    Unmeasured.NO_THERAPIST: "name the therapist with --therapist NAME",
    Unmeasured.LANGUAGE: "if it is English, insist with --language en",
    Unmeasured.TURNS: "mark in the file where each turn begins",
}


def why_not_measured(reasons: Iterable[str]) -> str:
    """Say why a number is missing that needs a session that was measured.

    `reasons` are values of the column ``not_measured`` of the table of sessions.

    >>> why_not_measured(["no therapist was recognized"])
    'not measured: no therapist was recognized'
    >>> why_not_measured(["the talk is not in English", "no therapist was recognized"])
    'not measured: no therapist was recognized, or the talk is not in English'
    """
    given = set(reasons)
    several = ", or ".join(reason for reason in Unmeasured if reason in given)
    return f"not measured: {several or Unmeasured.NO_THERAPIST}"


def unmeasured_in_words(sessions: pd.DataFrame, *, advice: bool = False) -> str:
    """Say why nothing was measured in some sessions of a table: the reason, or counts of several.

    With `advice`, each reason is followed by what to do.

    >>> table = pd.DataFrame({"not_measured": ["", "the talk is not in English"]})
    >>> unmeasured_in_words(table, advice=True)
    'the talk is not in English (if it is English, insist with --language en)'
    >>> unmeasured_in_words(pd.DataFrame({"not_measured": list(Unmeasured)[:2]}))
    '1 without a recognized therapist, 1 in another language'
    """
    counts = sessions["not_measured"].value_counts()
    reasons = [reason for reason in Unmeasured if reason in counts]
    several = len(reasons) > 1
    return ", ".join(
        (f"{counts[reason]:,} {_AMONG[reason]}" if several else str(reason))
        + (f" ({_ADVICE[reason]})" if advice else "")
        for reason in reasons
    )
