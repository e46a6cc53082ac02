"""Notes about pauses and sounds among the words of captions and of recognized speech."""

from __future__ import annotations

import re

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.text.notes import is_pause
from tsd.words import one_line

_NOTE = re.compile(r"\[([^\[\]()]{1,60})\]|\(([^\[\]()]{1,60})\)|\*([^*]{1,60})\*")
_NOTES = re.compile(r"[\[(*♪♫]")
_SUNG = re.compile(r"[♪♫].*|.*[♪♫]")


def without_pauses(text: str, log: ProblemLog, line: int | None) -> str:
    """Return the words of a cue without notes about pauses and sounds, and without songs.

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
    if _SUNG.fullmatch(text):
        log.leave_out(NotTalk.PAUSE, text, line=line)
        return ""

    def without(note: re.Match[str]) -> str:
        inside = next(part for part in note.groups() if part is not None).replace("_", " ")
        if not is_pause(inside.strip()):
            return note[0]
        log.leave_out(NotTalk.PAUSE, note[0], line=line)
        return " "

    return one_line(_NOTE.sub(without, text))
