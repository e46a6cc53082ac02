"""The words of an annotation without the marks of linguists for pauses and overlaps."""

from __future__ import annotations

import re

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tiers import chat_patterns
from tsd.readers.tiers import marks_patterns as patterns

_PAUSES = re.compile(patterns.PAUSES)
_BREATH, _VOICE = re.compile(patterns.BREATH), re.compile(patterns.VOICE)
_OVERLAP = re.compile(patterns.OVERLAP)
_CODE, _SUFFIX = re.compile(chat_patterns.CODE), re.compile(chat_patterns.SUFFIX)
_BLANKS = re.compile(r"\s{2,}|[^\S ]")
_BEFORE_PUNCTUATION = re.compile(r" ([.,;:!?…]+)(?=\s|$)")
_LONGEST = 20  # characters
_AROUND = " \t\r\n_-#*<>[](){}|/\\%.,;?!…"


def is_silence(text: str) -> bool:
    """Whether an annotation says that nobody speaks.

    >>> is_silence("<p:>"), is_silence("_"), is_silence("(.)"), is_silence("Pause it.")
    (True, True, True, False)
    """
    plain = text.strip(_AROUND)
    if len(plain) <= _LONGEST and plain.lower() in patterns.SILENCE:
        # "Pause." is a word that somebody says; "pause" and "<pause>" are marks.
        return text.strip() != plain + "."
    return not any(map(str.isalnum, _PAUSES.sub("", text)))


def single_blanks(text: str) -> str:
    r"""Return a text with one blank where it has several, or a tab or a line end.

    >>> single_blanks("so \t I")
    'so I'
    """
    return _BLANKS.sub(" ", text)


def tidy(text: str) -> str:
    """Return a text with single blanks, and with its punctuation behind the words.

    >>> tidy("well , I know  .")
    'well, I know.'
    """
    return _BEFORE_PUNCTUATION.sub(r"\1", single_blanks(text)).strip()


def spoken(text: str, log: ProblemLog, line: int | None = None) -> str:
    """Return the words of an annotation that are speech; the others are left out in the log.

    >>> spoken("Voi<là c'est> (.) ((laughs)) moi .", ProblemLog("a.eaf"))
    "Voilà c'est moi."
    """
    if is_silence(text):
        if text.strip():
            log.leave_out(NotTalk.PAUSE, text, line=line)
        return ""

    def leave_out(kind: NotTalk, passage: str) -> str:
        log.leave_out(kind, passage, line=line)
        return " "

    # Tiers often hold lines of CHAT, whose codes cannot mean anything else.
    text = _CODE.sub(lambda found: leave_out(NotTalk.TIER, found[0]), text)
    text = _VOICE.sub(lambda found: leave_out(NotTalk.TIER, found[0]), text)
    text = _PAUSES.sub(lambda found: leave_out(NotTalk.PAUSE, found[0]), text)
    text = _BREATH.sub(lambda found: leave_out(NotTalk.PAUSE, found[0]), text)
    words = tidy(_SUFFIX.sub("", _OVERLAP.sub("", text)))
    return words if any(map(str.isalnum, words)) else ""
