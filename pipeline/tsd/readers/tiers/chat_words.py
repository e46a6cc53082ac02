"""What a reader sees of a main line of CHAT: the words, without the codes of linguists."""

from __future__ import annotations

import re

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tiers import chat_patterns as patterns
from tsd.readers.tiers.marks import tidy

_LEFT_OUT = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (patterns.PAUSES, NotTalk.PAUSE),
        (patterns.INTERPOSED, NotTalk.TIER),
        (patterns.REPEATED_SOUND, NotTalk.TIER),
    )
)
_CODE, _SOUND = re.compile(patterns.CODE), re.compile(patterns.SOUND_CODE)
_OMITTED = re.compile(patterns.OMITTED)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGNS = str.maketrans(dict.fromkeys(patterns.SIGNS))
_OVERLAP_NUMBER = re.compile(r"(?<=[⌈⌉⌊⌋⌈⌉⌊⌋])\d")
_TERMINATORS = dict(patterns.TERMINATORS)
_COMMA = re.compile(rf"\s*[{patterns.COMMAS}]")
# A token with a sign that means something in CHAT; other tokens are not looked at.
_TOKEN = re.compile(r"(?<!\S)[^\s&+@(:^_0]*[&+@(:^_]\S*")
_SUFFIX = re.compile(r"(?<=\w)@[a-z]{1,3}(?:[:$][\w:$+&-]*)?(?=$|[^\w@.])")
_SHORTENED = re.compile(r"\((?=[^\W\d_]+\)\w)|(?<=\w)\((?=[^\W\d_]+\))")
_LONG = re.compile(r"(?<=[^\W\d_]):+(?=$|[^\W\d_:]|[,.?!\"”)])|(?<=[^\W\d_])\^(?=\w)|^\^(?=\w)")


def chat_words(line: str, log: ProblemLog, number: int | None = None) -> str:
    """Return the words of a main line, which has neither its speaker nor its time.

    Codes, pauses and words that were not said are left out in the log. What is said in part, as
    "(be)cause", is completed; fillers ("&-um") and what nobody understood ("xxx") stay.

    >>> log = ProblemLog("a.cha")
    >>> chat_words("&-um <I was> [//] I wan(t) (.) to go_out +...", log)
    'um I was I want to go out...'
    """

    def leave_out(kind: NotTalk, text: str) -> str:
        log.leave_out(kind, text, line=number)
        return " "

    def code(found: re.Match[str]) -> str:
        sound = _SOUND.match(found[0])
        return leave_out(NotTalk.PAUSE if sound else NotTalk.TIER, found[0])

    line = _CODE.sub(code, line)
    for pattern, kind in _LEFT_OUT:
        line = pattern.sub(lambda found, kind=kind: leave_out(kind, found[0]), line)
    line = _OMITTED.sub(lambda found: leave_out(NotTalk.TIER, found[0]), line)
    line = _OVERLAP_NUMBER.sub("", line).translate(_SIGNS)
    line = _COMMA.sub(",", _CONTROL.sub("", line))
    return tidy(_TOKEN.sub(lambda found: _word(found[0]), line)).lstrip(", ")


def _word(token: str) -> str:
    """Return what a reader sees of a token that has signs of CHAT in it."""
    if token.startswith("+") and not any(map(str.isalnum, token)):
        return _TERMINATORS.get(token, "")
    if token[:1] in "+" and token[1:2] in '"^<,+':
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
    return re.sub(
        r"(?<=\w)\(([^\W\d_]+)\)|(?<=\w)\('([^\W\d_]+)\)|\(([^\W\d_]+)\)(?=\w)",
        lambda found: next(part for part in found.groups() if part is not None),
        token,
    )


def _joined(token: str) -> str:
    """Return the words of a token that is a compound: "how_about", "graham+cracker"."""
    token = re.sub(r"(?<=['’])[+_](?=\w)", "", token)
    return re.sub(r"(?<=\w)[+_](?=\w)|(?<=\w)\+(?=\W|$)", " ", token)
