"""What a turn holds besides the words of its speaker: pauses, sounds, and words of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tsd.readers.log import NotTalk
from tsd.readers.overlaps import split_overlaps
from tsd.readers.text import notes_patterns as patterns
from tsd.readers.text.lines import one_blank
from tsd.readers.times import CLOCK, PROGRAM

_LONG_CLOCK = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,6})?"
TIME_INSIDE = re.compile(
    rf"\[\s?{CLOCK}(?:\s?(?:-->|[-–—])\s?{CLOCK})?\s?\]|\(\s?{_LONG_CLOCK}\s?\)|{PROGRAM}"
    rf"|<\s?{CLOCK}\s?>|\{{\s?{CLOCK}\s?\}}"
)
"""A time within the words."""

_NOTE = re.compile(r"\(\(?([^()\[\]]{0,300})\)\)?|\[\[?([^()\[\]]{0,300})\]\]?")
_LISTENER = re.compile(r"(?P<label>[^\s:][^:]{0,40}):\s+(?P<words>.+)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(rf"(?:^|\s){CLOCK}$")
_LENGTH = re.compile(r"[.…,\s]*|\d{1,2}(?:[.,]\d{1,2})?\s*s?\.?", re.IGNORECASE)

_LONGEST_TURN = 1_000_000  # characters; what is longer is no turn, and stays as it is
_MOST_WORDS_OF_A_SIGNAL, _MOST_WORDS_BROKEN_OFF = 2, 5

Knows = Callable[[str], str | None]
"""Returns the speaker that a label means, or None if it is no speaker of the file."""

LeaveOut = Callable[[NotTalk, str], None]


@dataclass(slots=True)
class Said:
    """What one speaker says in a turn; the speaker is empty if it is the one whose turn it is."""

    speaker: str
    text: str


def divide(text: str, knows: Knows, leave_out: LeaveOut) -> tuple[list[Said], int]:
    """Divide the words of a turn among those who say them.

    Pauses and sounds in brackets are left out. Words between overlap marks ("//S01: yes//") are
    the named speaker's, and so is what a listener says in brackets ("(T: I had that, too.)");
    signals such as "(T: Mhm)" are left out. A sentence that goes on around them stays whole.

    Returns
    -------
    list of Said
        In the order in which they begin.
    int
        How many signals of listeners were left out.

    Examples
    --------
    >>> said, _ = divide("How did you sleep? //B: Badly.// And now?", str, lambda *_: None)
    >>> [(each.speaker, each.text) for each in said]
    [('', 'How did you sleep?'), ('B', 'Badly.'), ('', 'And now?')]
    """
    signals = 0
    plain = "(" not in text and "[" not in text and "//" not in text
    if plain or len(text) > _LONGEST_TURN:
        return ([Said("", text)] if text else []), 0
    if "(" in text or "[" in text:
        said_by_listeners: list[Said] = []

        def note(match: re.Match[str]) -> str:
            nonlocal signals
            inside = (match[1] if match[1] is not None else match[2]).strip()
            if is_pause(inside):
                leave_out(NotTalk.PAUSE, match[0])
                return " "
            if (found := _LISTENER.fullmatch(inside)) is None:
                return match[0]
            speaker = knows(found["label"])
            if speaker is None:
                return match[0]
            leave_out(NotTalk.LABEL, found["label"])
            if _is_signal(found["words"]):
                signals += 1
                leave_out(NotTalk.PAUSE, found["words"])
            else:
                said_by_listeners.append(Said(speaker, found["words"].strip()))
            return " "

        text = _NOTE.sub(note, text)
    else:
        said_by_listeners = []
    parts = _overlaps(text, knows, leave_out) if "//" in text else [Said("", text)]
    parts += said_by_listeners
    tidy = [Said(each.speaker, one_blank(each.text).strip()) for each in parts]
    return [each for each in tidy if each.text], signals


def is_pause(note: str) -> bool:
    """Whether a note in brackets is only a pause or a sound.

    >>> [is_pause(note) for note in ("3 seconds pause", "..", "0.5", "laughs", "laughs at him")]
    [True, True, True, True, False]
    """
    note = _CLOCK.sub("", note).strip() or note  # "crosstalk 00:01:02"
    words = _WORD.findall(note.lower())
    if not words or words == ["s"]:
        return _LENGTH.fullmatch(note) is not None
    return any(word in patterns.PAUSES_AND_SOUNDS for word in words) and all(
        word in patterns.PAUSES_AND_SOUNDS or word in patterns.MORE_OF_A_NOTE for word in words
    )


def _is_signal(words: str) -> bool:
    plain = _WORD.findall(words.lower().replace("’", "").replace("'", ""))
    if len(plain) <= _MOST_WORDS_OF_A_SIGNAL or plain[0] in patterns.GESTURES:
        return True
    if len(plain) <= _MOST_WORDS_BROKEN_OFF and words.rstrip().endswith(("...", "…", "-", "–")):
        return True
    return all(word in patterns.LISTENER_SIGNALS for word in plain)


def _overlaps(text: str, knows: Knows, leave_out: LeaveOut) -> list[Said]:
    def known(label: str) -> str | None:
        speaker = knows(label)
        if speaker is not None:
            leave_out(NotTalk.LABEL, label)
        return speaker

    return [Said(*part) for part in split_overlaps(text, "", known, to_end=False)]
