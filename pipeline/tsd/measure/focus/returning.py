"""Did the focus go back to the client: by the therapist's words, or by the client's next turn."""

from __future__ import annotations

import re

import numpy as np

from tsd.measure.focus import return_patterns as patterns
from tsd.measure.talk import Floats, Talk
from tsd.schema import Role
from tsd.segment.phrases import GAP, any_of, plain, whole

_YOU, _NOT_YOU = whole(("{you}",)), whole(patterns.NOT_YOU)
_QUESTION = re.compile(
    rf"[?？]|^\W*(?:{any_of(patterns.QUESTIONS)})\b(?!{GAP}(?:{any_of(patterns.NOT_ASKED)})\b)"
)


def turns_to_return(talk: Talk) -> Floats:
    """Count the utterances from each disclosure to the client's next long one.

    Parameters
    ----------
    talk : Talk
        The session.

    Returns
    -------
    array of float, shape (n_disclosures,)
        Utterances until a client utterance of at least their median length; NaN if none.
    """
    client = talk.of(Role.CLIENT)
    where = [found.utterance for found in talk.disclosures]
    long_enough = client & (talk.words >= np.median(talk.words[client])) if client.any() else client
    returns = np.flatnonzero(long_enough)
    following = np.searchsorted(returns, where, side="right")
    waits = [
        returns[next_] - u if next_ < len(returns) else np.nan
        for next_, u in zip(following, where, strict=True)
    ]
    return np.array(waits, dtype=float)


def returned(talk: Talk, turns: Floats) -> list[bool]:
    """Say whether the focus went back after each disclosure.

    It did when the therapist, from the disclosure on or in their next utterance, asks something
    or turns to "you", or when the client's next long utterance is at most two on.

    Parameters
    ----------
    talk : Talk
        The session.
    turns : array of float, shape (n_disclosures,)
        As `turns_to_return` counts them.

    Returns
    -------
    list of bool
        One per disclosure.
    """
    own = np.flatnonzero(talk.of(Role.THERAPIST))
    came_back = []
    for found, wait in zip(talk.disclosures, turns, strict=True):
        said = [talk.texts[found.utterance][found.start_char :]]
        following = int(np.searchsorted(own, found.utterance, side="right"))
        if following < len(own):
            said.append(talk.texts[own[following]])
        came_back.append(bool(wait <= 2) or any(turns_to_client(text) for text in said))
    return came_back


def asks(text: str) -> bool:
    """Say whether words have the form of a question.

    Examples
    --------
    >>> asks("And your week?"), asks("how was it for you"), asks("You know how it is.")
    (True, True, False)
    """
    return bool(_QUESTION.search(plain(text)))


def turns_to_client(text: str) -> bool:
    """Say whether words ask something or turn to "you".

    Examples
    --------
    >>> turns_to_client("That was hard, you know."), turns_to_client("And your week?")
    (False, True)
    """
    said = plain(text)
    return asks(said) or bool(_YOU.search(_NOT_YOU.sub(" ", said)))
