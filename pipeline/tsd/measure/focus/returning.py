"""Did the focus go back to the client: by the therapist's words, or by the client's next turn."""

from __future__ import annotations

import re

import numpy as np

from tsd.measure.focus import return_patterns as patterns
from tsd.measure.talk import Talk
from tsd.schema import Role
from tsd.segment.phrases import GAP, any_of, plain, whole
from tsd.stats import Floats

_YOU, _NOT_YOU = whole(("{you}",)), whole(patterns.NOT_YOU)
_QUESTION = re.compile(
    rf"[?？]|^\W*(?:{any_of(patterns.QUESTIONS)})\b(?!{GAP}(?:{any_of(patterns.NOT_ASKED)})\b)"
)


def turns_to_return(talk: Talk) -> Floats:
    """Count the utterances from each disclosure to the client's next long one; NaN if none.

    Long is at least the median length of the client's utterances, in words.
    """
    client = talk.of(Role.CLIENT)
    is_long = client & (talk.words >= np.median(talk.words[client])) if client.any() else client
    long_ones = np.append(np.flatnonzero(is_long), np.nan)  # NaN sorts after every number
    where = np.array([found.utterance for found in talk.disclosures], dtype=np.int64)
    waits: Floats = long_ones[np.searchsorted(long_ones, where, side="right")] - where
    return waits


def returned(talk: Talk, turns: Floats) -> list[bool]:
    """Return whether the focus went back after each disclosure.

    It did when the therapist, from the disclosure on or in their next utterance, asks something
    or says "you" to the client, or when the client's next long utterance is at most two on
    (`turns`, from `turns_to_return`).
    """
    therapist = np.flatnonzero(talk.of(Role.THERAPIST))
    came_back = []
    for found, wait in zip(talk.disclosures, turns, strict=True):
        texts = [talk.texts[found.utterance][found.start_char :]]
        texts += [talk.texts[u] for u in therapist[therapist > found.utterance][:1]]
        came_back.append(bool(wait <= 2) or any(map(_turns_to_client, texts)))
    return came_back


def asks(text: str) -> bool:
    """Return whether words have the form of a question.

    Examples
    --------
    >>> asks("And your week?"), asks("how was it for you"), asks("You know how it is.")
    (True, True, False)
    """
    return bool(_QUESTION.search(plain(text)))


def _turns_to_client(text: str) -> bool:
    """Return whether words ask something or say "you" to the client."""
    words = plain(text)
    return asks(words) or bool(_YOU.search(_NOT_YOU.sub(" ", words)))
