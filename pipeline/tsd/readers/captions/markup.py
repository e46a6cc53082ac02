"""The words of a cue without markup, and the voices that markup names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tsd.readers.captions.cues import CLOCK, Cue
from tsd.readers.log import NotTalk, ProblemLog
from tsd.words import one_line

# Tags of WebVTT, of SRT and of HTML; other angle brackets, as in "I <3 you", are words.
_TAG = re.compile(
    rf"<(?P<close>/)?(?:(?P<name>v|c|b|i|u|s|em|strong|ruby|rt|lang|font|span|br)"
    rf"(?P<rest>(?:[.\s][^<>]{{0,200}})?)/?|{CLOCK})>",
    re.IGNORECASE,
)
_POSITION = re.compile(r"\{\\an?\d{1,2}\}")  # of SRT
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_INSIDE_WORDS = re.compile(rf"<{CLOCK}>")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line of a cue; `voice` is None if no markup says who spoke them."""

    line: int
    text: str
    voice: str | None = None


def is_rolling(text: str) -> bool:
    """Whether cues have times between their words, and so repeat the line before (YouTube).

    >>> is_rolling("so<00:00:01.200><c> then</c>")
    True
    """
    return _INSIDE_WORDS.search(text) is not None


def pieces(cue: Cue, log: ProblemLog) -> Iterator[Piece]:
    """Yield the words of a cue, line by line and voice by voice.

    A voice lasts to its end tag, to the next voice or to the end of the cue.

    Examples
    --------
    >>> cue = Cue(1, "", "", [(2, "<v Nora>Why&amp;how?</v> <v Ben>I"), (3, "<i>see</i>.")])
    >>> [(piece.voice, piece.text) for piece in pieces(cue, ProblemLog("a.vtt"))]
    [('Nora', 'Why&how?'), ('Ben', 'I'), ('Ben', 'see.')]
    """
    voice = None
    for number, line in cue.lines:
        line = _POSITION.sub("", line)
        place, words = 0, ""
        for tag in _TAG.finditer(line):
            words += line[place : tag.start()]
            place = tag.end()
            name = (tag["name"] or "").lower()
            if name == "br":
                words += " "
            if name != "v":
                log.leave_out(NotTalk.MARKUP, tag[0], line=number)
                continue
            if words := decoded(words):
                yield Piece(number, words, voice)
            words = ""
            voice = None if tag["close"] else _voice(tag["rest"])
            if voice:
                log.leave_out(NotTalk.LABEL, voice, line=number)
        if words := decoded(words + line[place:]):
            yield Piece(number, words, voice)


def _voice(annotation: str) -> str:
    """Return the name in a voice tag, which can have classes before it: "<v.loud Nora>"."""
    classes, _, name = annotation.partition(" ") if annotation.startswith(".") else ("", "", "")
    return decoded(name if classes else annotation)


def decoded(text: str) -> str:
    """Return a text with its entities decoded and single spaces between its words.

    >>> decoded(" Tom &amp; I&nbsp;")
    'Tom & I'
    """
    return one_line(_ENTITY.sub(lambda match: html.unescape(match[0]), text))
