"""Notes about pauses and sounds among the words of cues and of recognized speech."""

from __future__ import annotations

import re

from tsd.readers import sounds_patterns as patterns
from tsd.readers.log import NotTalk, ProblemLog

_NOTE = re.compile(r"\[[^\[\]()]{1,60}\]|\([^\[\]()]{1,60}\)|\*[^*]{1,60}\*")
_NOTES = re.compile(r"[\[(*♪♫]")
_DOTS = re.compile(r"\([.… ]{1,10}\)")  # "(..)": a pause of two seconds, in many conventions
_WORDS = re.compile(r"[^\W\d_]+")
_SUNG = re.compile(r"[♪♫].*|.*[♪♫]")


def without_pauses(text: str, log: ProblemLog, line: int | None) -> str:
    """Return the words of a cue without notes about pauses; empty if all of it is such notes.

    Music and other sounds are left out only if nothing else is in the cue.

    Examples
    --------
    >>> log = ProblemLog("a.vtt")
    >>> without_pauses("Yes. (3 seconds pause) And you?", log, 1)
    'Yes. And you?'
    >>> without_pauses("[Music] (laughs)", log, 2), without_pauses("[Anna] did", log, 3)
    ('', '[Anna] did')
    """
    if not _NOTES.search(text):
        return text
    notes = [match[0] for match in _NOTE.finditer(text)]
    alone = not _WORDS.search(_NOTE.sub("", text)) and all(map(_is_sound, notes))
    if (notes and alone) or _SUNG.fullmatch(text):
        log.leave_out(NotTalk.PAUSE, text, line=line)
        return ""
    pauses = list(filter(_is_pause, notes))
    for note in pauses:
        log.leave_out(NotTalk.PAUSE, note, line=line)
    if not pauses:
        return text
    return " ".join(_NOTE.sub(lambda note: " " if _is_pause(note[0]) else note[0], text).split())


def _is_pause(note: str) -> bool:
    if _DOTS.fullmatch(note):
        return True
    words = set(_WORDS.findall(note.lower()))
    return bool(words & patterns.PAUSES) and words <= patterns.PAUSES | patterns.AROUND


def _is_sound(note: str) -> bool:
    words = set(_WORDS.findall(note.lower()))
    known = patterns.PAUSES | patterns.SOUNDS
    return not words or (bool(words & known) and words <= known | patterns.AROUND)
