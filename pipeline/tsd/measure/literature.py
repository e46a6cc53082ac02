"""Published figures to compare ours with, each with its source and caveat.

They are not norms. There is no norm for the length of a disclosure or for talk share: compare a
therapist with their own other sessions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A published figure.

    Parameters
    ----------
    measure : str
        What was measured.
    value : str
        What was found.
    source : str
        Who found it.
    caveat : str
        What to keep in mind when comparing it with a figure of tsd.
    """

    measure: str
    value: str
    source: str
    caveat: str


FINDINGS: tuple[Finding, ...] = (
    Finding(
        "share of therapist responses that disclose",
        "1%",
        "Hill et al. 1988",
        "eight therapists, brief therapy; responses, not utterances",
    ),
    Finding(
        "share of therapist interventions that disclose",
        "1-13%, 3.5% on average",
        "Hill & Knox 2002, a review",
        "studies differ in what they count as a disclosure",
    ),
    Finding(
        "how often",
        "an event in about every other session",
        "Pinto-Coelho et al. 2016",
        "16 cases; an event may be several of our disclosures",
    ),
    Finding(
        "focus back with the client afterwards",
        "93% of events",
        "Pinto-Coelho et al. 2016",
        "judged by coders; ours is inferred from words and turn lengths",
    ),
)
