"""What a reader sees of a main line of CHAT: the words, without the codes of linguists."""

from __future__ import annotations

import re

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tiers import chat_patterns as patterns
from tsd.readers.tiers import marks_patterns
from tsd.readers.tiers.marks import single_blanks, tidy

_PAUSES = re.compile(patterns.PAUSES)
_BREATH = re.compile(marks_patterns.BREATH)
_NOT_SAID = re.compile(f"{patterns.INTERPOSED}|{patterns.REPEATED_SOUND}|{patterns.OMITTED}")
_CODE, _SOUND = re.compile(patterns.CODE), re.compile(patterns.SOUND_CODE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGNS = str.maketrans(dict.fromkeys(patterns.SIGNS))
_OVERLAP_NUMBER = re.compile(r"(?<=[⌈⌉⌊⌋⌈⌉⌊⌋])\d")
_TERMINATORS = dict(patterns.TERMINATORS)
_COMMA = re.compile(rf" ?[{patterns.COMMAS}]")
# Most lines have none of these.
_CODED = re.compile(rf"[\[(<>&+@:^_0#↫\x00-\x1f\x7f{re.escape(patterns.SIGNS)}{patterns.COMMAS}]")
# A token with a sign that means something in CHAT; other tokens are not looked at.
_TOKEN = re.compile(r"(?<!\S)[^\s&+@(:^_0]*[&+@(:^_]\S*")
_SUFFIX = re.compile(patterns.SUFFIX)
_ELIDED, _COMPOUND = re.compile(r"(?<=['’])[+_](?=\w)"), re.compile(r"(?<=\w)[+_](?=\w)")
_SHORTENED = re.compile(r"(?<=[\w'’])\(([^\W\d_]+)\)|\(([^\W\d_]+)\)(?=[\w'’])")
_LONG = re.compile(r"(?<=[^\W\d_]):+(?=$|[^\W\d_:]|[,.?!\"”)])|(?<=[^\W\d_])\^(?=\w)|^\^(?=\w)")


def chat_words(line: str, log: ProblemLog, number: int | None = None) -> str:
    """Return the words of a main line, which has neither its speaker nor its time.

    Codes, pauses and words that were not said are left out in the log. What is said in part, as
    "(be)cause", is completed; fillers ("&-um") and what nobody understood ("xxx") stay.

    >>> log = ProblemLog("a.cha")
    >>> chat_words("&-um <I was> [//] I wan(t) (.) to go_out +...", log)
    'um I was I want to go out...'
    """
    if not _CODED.search(line):
        return tidy(line)

    def leave_out(kind: NotTalk, text: str) -> str:
        log.leave_out(kind, text, line=number)
        return " "

    def code(found: re.Match[str]) -> str:
        sound = _SOUND.match(found[0])
        return leave_out(NotTalk.PAUSE if sound else NotTalk.TIER, found[0])

    line = _CODE.sub(code, line)
    line = _PAUSES.sub(lambda found: leave_out(NotTalk.PAUSE, found[0]), line)
    line = _BREATH.sub(lambda found: leave_out(NotTalk.PAUSE, found[0]), line)
    line = _NOT_SAID.sub(lambda found: leave_out(NotTalk.TIER, found[0]), line)
    line = _OVERLAP_NUMBER.sub("", line).translate(_SIGNS)
    line = _COMMA.sub(",", single_blanks(_CONTROL.sub("", line)))
    return tidy(_TOKEN.sub(lambda found: _word(found[0]), line)).lstrip(", ")


def _word(token: str) -> str:
    """Return what a reader sees of a token that has signs of CHAT in it."""
    if token.startswith("+") and not any(map(str.isalnum, token)):
        return _TERMINATORS.get(token, "")
    if token[0] == "+" and token[1:2] in '"^<,+':
        token = token.lstrip('+"^<,')
    if token.startswith("&"):
        unfinished = token.startswith("&+")
        token = token.lstrip("&-+~") + ("-" if unfinished else "")
    token = _SUFFIX.sub("", token)
    if "(" in token:
        token = _completed(token)
    token = _LONG.sub("", token)
    return _joined(token)


def _completed(token: str) -> str:
    """Return a token without brackets around letters that were not said: "(be)cause", "d(e)"."""
    return _SHORTENED.sub(lambda found: found[1] or found[2], token)


def _joined(token: str) -> str:
    """Return the words of a token that is a compound: "how_about", "graham+cracker"."""
    return _COMPOUND.sub(" ", _ELIDED.sub("", token))
