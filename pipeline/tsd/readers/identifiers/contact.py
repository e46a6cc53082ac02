"""How to reach somebody: e-mail and web addresses, IP addresses, telephone numbers."""

from __future__ import annotations

import re

from tsd.readers.identifiers import identifiers_patterns as words
from tsd.readers.identifiers.rules import E_MAIL, IP, TELEPHONE, WEB, Rule, before, compiled, one_of
from tsd.readers.identifiers.spoken import PAUSE, digits_said, is_counting

_ENDINGS = one_of(re.escape(each) for each in words.TOP_LEVEL)
_ENDINGS_SAID = one_of(each for each in words.TOP_LEVEL if "." not in each)
_CUE = re.compile(rf"\b{one_of(words.NUMBER_TO_CALL)}(?:s|ed|ing)?\b")
_UNITS = compiled(rf"\s*(?:[%:]|{one_of(words.UNITS)}s?\b)")
_SITE = re.compile(r"[a-z0-9-]{1,63}$")
_OWN_SITE = re.compile(
    rf"\b(?:my|our|your|his|her|their)\s+(?:\w+\s+)?{one_of(words.OWN_SITES)}\b[^.?!]*[\w-]+$"
)
_NOT_DIGITS = re.compile("[^0-9]")

# A number does not begin inside another one, nor in an amount of money.
_START = r"(?<![\w$£€/.,:+-])"
_END = r"(?![0-9]|[.,:/-][0-9])"


def _is_unknown_site(match: re.Match[str]) -> bool:
    site = _SITE.search(before(match, 63))
    return site is not None and site[0] not in words.KNOWN_SITES


def _is_somebodys_site(match: re.Match[str]) -> bool:
    """Check for a page of a site, or a site that is somebody's own."""
    if match.string[match.end() : match.end() + 1] == "/":
        return True
    return _is_unknown_site(match) and _OWN_SITE.search(before(match)) is not None


def _mail_is_meant(match: re.Match[str]) -> bool:
    """Check that "at ... dot com" is an address, not a place of work."""
    some = before(match)
    return match["provider"] is not None or bool(
        re.search(r"\be-?mail|\baddress\b|\b(?:dot|underscore|dash|hyphen) \S+ $", some)
    )


def _may_be_called(match: re.Match[str]) -> bool:
    """Check the digits of a number in one of the usual shapes."""
    digits = _NOT_DIGITS.sub("", match[0])
    if digits in words.PUBLIC_NUMBERS:
        return False
    if re.fullmatch(r"[0-9]{3} [01][0-9]{2} [0-9]{4}", match[0]):  # no exchange begins like this
        return _has_cue(match)
    return len(digits) >= 9


def _has_cue(match: re.Match[str]) -> bool:
    return _CUE.search(before(match)) is not None


def _is_local(match: re.Match[str]) -> bool:
    """Check that "555-1234" is no range of amounts, such as "250-1000 dollars"."""
    if _has_cue(match):
        return True
    if match["mark"] == " " or _UNITS.match(match.string, match.end()):
        return False
    return not match[0].endswith("00")


def _is_said(match: re.Match[str]) -> bool:
    """Check that number words are a telephone number, not counting."""
    digits, others = digits_said(match[0])
    if len(digits) + 2 * others < 7 or len(digits) < 5 or is_counting(digits):
        return False
    return (not others or _has_cue(match)) and len(set(digits)) > 2


_SAID = one_of([*words.DIGITS_IN_WORDS, *words.TENS_IN_WORDS, "double", "triple", "[0-9]"])
_HARD = frozenset(words.DIGITS_IN_WORDS) - {"one", "o", "oh"}

INTERNET: tuple[Rule, ...] = (
    Rule(
        E_MAIL,
        compiled(r"(?<=[\w.%+-])@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b"),
        strong=True,
        marks="@",
    ),
    Rule(
        E_MAIL,
        compiled(
            rf"\bat\s+(?:(?P<provider>{one_of(words.MAIL_PROVIDERS)})|(?!the\b|a\b|this\b|that\b)"
            rf"[a-z0-9-]{{1,40}}(?:\s+[a-z0-9-]{{1,40}})?)(?:\s+dot\s+|\s?\.)"
            rf"(?:{_ENDINGS}|co dot uk|ac dot uk|org dot uk)\b"
        ),
        strong=True,
        words=frozenset({"dot", "com", "org", "net", "edu", "uk"}),
        check=_mail_is_meant,
    ),
    Rule(
        E_MAIL,
        compiled(
            r"\b[a-z0-9]{2,30}\s+(?:dot|underscore|hyphen)\s+[a-z0-9]{2,30}\s+at\s+"
            r"(?:[a-z0-9-]{1,30}\s+){0,2}dot\b"
        ),
        strong=True,
        words=frozenset({"dot"}),
    ),
    Rule(
        WEB,
        compiled(r"\bhttps?://[a-z0-9-]{1,63}\.\S{1,200}|\bwww\.[a-z0-9]\S{0,200}"),
        strong=True,
        words=frozenset({"http", "https", "www"}),
    ),
    Rule(
        WEB,
        compiled(
            rf"\b(?:www|w w w|double u double u double u)\s+dot\s+\w+\s+dot\s+{_ENDINGS_SAID}\b"
        ),
        strong=True,
        words=frozenset({"dot"}),
    ),
    *(
        Rule(
            WEB,
            compiled(rf"(?<=[a-z0-9])\.{_ENDINGS}(?![\w@-]|\.[a-z])"),
            strong=strong,
            words=frozenset(part for each in words.TOP_LEVEL for part in each.split(".")),
            check=check,
        )
        for strong, check in ((True, _is_somebodys_site), (False, _is_unknown_site))
    ),
    Rule(
        IP,
        re.compile(
            r"(?<![\w.])(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9])"
            r"(?:\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}(?!\w|\.[0-9])"
        ),
        strong=True,
        digits=True,
        marks=".",
    ),
    Rule(
        IP,
        compiled(r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])"),
        strong=True,
        digits=True,
        marks=":",
    ),
)

TELEPHONES: tuple[Rule, ...] = (
    # American: 212-555-0123, (212) 555 0123, 1.212.555.0123, 2125550123
    Rule(
        TELEPHONE,
        re.compile(
            rf"{_START}(?:\+?1[ .-]?)?(?:\([2-9][0-9]{{2}}\)[ .-]?|[2-9][0-9]{{2}}[ .-]?)"
            rf"[0-9]{{3}}[ .-]?[0-9]{{4}}{_END}"
        ),
        strong=True,
        digits=True,
        check=_may_be_called,
    ),
    # International: +44 20 7946 0123
    Rule(
        TELEPHONE,
        re.compile(r"(?<![\w+])\+(?:[ .()-]{0,2}[0-9]){8,15}(?![0-9])"),
        strong=True,
        digits=True,
        marks="+",
    ),
    # British, German, French: 020 7946 0123, 07700 900123, 0171/1234567, 06 12 34 56 78
    Rule(
        TELEPHONE,
        re.compile(
            rf"{_START}\(?0[0-9]{{2,4}}\)?[ /-]?[0-9]{{3,4}}[ -]?[0-9]{{3,4}}{_END}"
            rf"|{_START}0[1-9](?:[ .][0-9]{{2}}){{4}}{_END}"
        ),
        strong=True,
        digits=True,
        check=_may_be_called,
    ),
    # Without an area code: 555-0123
    Rule(
        TELEPHONE,
        re.compile(rf"{_START}[2-9][0-9]{{2}}(?P<mark>[ .-])[0-9]{{4}}{_END}"),
        strong=True,
        digits=True,
        check=_is_local,
    ),
    # Any shape after a cue: "my cell is 5550123"
    Rule(
        TELEPHONE,
        compiled(
            rf"\b{one_of(words.NUMBER_TO_CALL)}\b[^0-9\n]{{0,15}}"
            rf"(?<![$£€.,/-])[0-9](?:[ ().-]{{0,2}}[0-9]){{6,14}}{_END}"
        ),
        strong=True,
        digits=True,
        words=frozenset(words.NUMBER_TO_CALL),
        check=lambda match: _NOT_DIGITS.sub("", match[0]) not in words.PUBLIC_NUMBERS,
    ),
    # In words: "two one two, five five five, oh one two three"; also "2 1 2 5 5 5 0 1 2 3"
    Rule(
        TELEPHONE,
        compiled(rf"\b{_SAID}\b(?:{PAUSE}{_SAID}\b){{4,60}}"),
        strong=True,
        words=_HARD,
        least=2,
        check=_is_said,
    ),
    Rule(
        TELEPHONE,
        re.compile(rf"{_START}[0-9](?:[ ,.-]{{1,2}}[0-9]){{6,60}}{_END}"),
        strong=True,
        digits=True,
        check=_is_said,
    ),
)
