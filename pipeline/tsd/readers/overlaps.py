"""Overlapping talk, as noScribe marks it: ``... //S02: yes// ...``."""

from __future__ import annotations

import re
from collections.abc import Callable

from tsd.words import one_line

_OPEN = re.compile(r"(?<!\S)//\s?(?P<name>[^\s/:][^/:\n]{0,58}):(?=\s|$)")
_MARK = re.compile(r"(?<![:/])//(?!/)")
_CLOSE_FIRST = re.compile(r"//\s?")
_ENDS_SENTENCE = re.compile(r"[.?!…][\"”’')\]]*\s*$")
_SEEN = 10  # letters at the end of a text


def has_overlaps(text: str) -> bool:
    """Whether a text has the mark of an overlap.

    >>> has_overlaps("Yes. //S02: Oh.// And then"), has_overlaps("It is at http://a.org")
    (True, False)
    """
    return _OPEN.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence does.

    >>> ends_sentence("I did."), ends_sentence("I did, but")
    (True, False)
    """
    return _ENDS_SENTENCE.search(text[-_SEEN:]) is not None


def split_overlaps(
    text: str, speaker: str, knows: Callable[[str], str | None] = str, *, to_end: bool = True
) -> list[tuple[str, str]]:
    """Divide a turn into the words of its speaker and those that others say meanwhile.

    A sentence that goes on around an overlap stays whole. A closing mark without an overlap, of one
    that began in the turn before, is left out.

    Parameters
    ----------
    text : str
        The words of a turn, with marks.
    speaker : str
        Who speaks outside the marks.
    knows : callable, optional
        Returns the speaker that the name in a mark means; None if it is none, then the mark stays
        among the words.
    to_end : bool, default True
        Whether an overlap without a closing mark goes on to the end; if not, it stays among the
        words.

    Returns
    -------
    list of (str, str)
        Speakers and their words, in the order in which they begin.

    Examples
    --------
    >>> split_overlaps("I slept. //S01: Badly.// And you?", "S00")
    [('S00', 'I slept.'), ('S01', 'Badly.'), ('S00', 'And you?')]
    >>> split_overlaps("I slept //S01: badly// for a week.", "S00")
    [('S00', 'I slept for a week.'), ('S01', 'badly')]
    """
    if (close := _CLOSE_FIRST.match(text)) is not None and not _OPEN.match(text):
        text = text[close.end() :]
    parts: list[tuple[str, str]] = []
    own: list[str] = []
    others: list[tuple[str, str]] = []
    done, place, last = 0, 0, ""
    while found := _OPEN.search(text, place):
        closing = _MARK.search(text, found.end())
        end = closing.start() if closing else len(text)
        who = knows(found["name"].strip()) if closing or to_end else None
        if who is None:
            place = found.end()
            continue
        own.append(text[done : found.start()])
        last = own[-1].strip() or last
        others.append((who, text[found.end() : end]))
        another = closing is not None and _OPEN.match(text, end) is not None
        done = place = end if closing is None or another else closing.end()
        if not another and (not last or ends_sentence(last)):
            parts += [(speaker, " ".join(own)), *others]
            own, others, last = [], [], ""
    parts += [(speaker, " ".join([*own, text[done:]])), *others]
    tidy = [(who, one_line(words)) for who, words in parts]
    return [(who, words) for who, words in tidy if words]
