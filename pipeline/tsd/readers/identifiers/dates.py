"""Dates, except a year alone, and ages over 89."""

from __future__ import annotations

import re

from tsd.readers.identifiers import identifiers_patterns as words
from tsd.readers.identifiers.rules import AGE, DATE, Rule, before, compiled, one_of

_SURE = one_of([*words.MONTHS, *words.MONTHS_SHORT])
_IN_FULL = one_of(words.MONTHS)
_VERBS = one_of(words.MONTHS_OR_VERBS)
_ANY = one_of([*words.MONTHS, *words.MONTHS_SHORT, *words.MONTHS_OR_VERBS])
_ANY_IN_FULL = one_of([*words.MONTHS, *words.MONTHS_OR_VERBS])
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_TH = r"(?:st|nd|rd|th)"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_SAID = one_of(words.DAYS_IN_WORDS)
_ANY_SAID = one_of([*words.DAYS_IN_WORDS, *words.DAYS_OR_ADVERBS])
_CUE = one_of(words.BEFORE_A_DATE)
_UNITS = rf"[\s-]*{one_of(words.UNITS)}s?\b"

# Behind a day: no time, no share, no amount.
_ALONE = rf"(?![0-9:/%]|\.[0-9]|,[0-9](?![0-9]{{3}})|{_UNITS})"
_OTHER_THING = (
    r"(?!\s+(?:time|grade|of all|and foremost|thing|floor|two|three|four|few|couple|half|week|day"
    r"|and then))"
)

_YEAR_SAID = (
    r"(?:nineteen\s+(?:hundred|oh|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"|two thousand|twenty\s+(?:oh|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty))\b"
)
_MONTH_WORDS = frozenset([*words.MONTHS, *words.MONTHS_SHORT, *words.MONTHS_OR_VERBS, "mar"])

# Names of a holiday and of an event, not of a day in somebody's life.
_KNOWN_DAY = re.compile(
    r"(?:july\s+(?:the\s+)?(?:4(?:th)?|fourth)|(?:4th|fourth)\s+(?:of\s+)?july"
    r"|sept(?:ember)?\s+(?:the\s+)?(?:11(?:th)?|eleventh)|(?:11th|eleventh)\s+(?:of\s+)?september)$",
    re.IGNORECASE,
)
_YEAR_BEHIND = re.compile(rf",?\s*(?:of\s+)?{_YEAR}")


def _is_no_known_day(match: re.Match[str]) -> bool:
    return not _KNOWN_DAY.match(match[0]) or bool(_YEAR_BEHIND.match(match.string, match.end()))


def _is_month_and_day(match: re.Match[str]) -> bool:
    """Check that one of two numbers can be a month, and that it is no saying (24/7, 9/11)."""
    one, two = int(match["one"]), int(match["two"])
    return min(one, two) <= 12 and (one, two) not in {(24, 7), (9, 11)}


def _date(pattern: str, *, digits: bool = True, months: bool = True) -> Rule:
    gate = _MONTH_WORDS if months else frozenset()
    return Rule(
        DATE, compiled(pattern), strong=True, digits=digits, words=gate, check=_is_no_known_day
    )


DATES: tuple[Rule, ...] = (
    # 3/14/2019, 14.3.2019, 2019-03-14, 14-Mar-2019
    Rule(
        DATE,
        compiled(
            rf"(?<![\w/.-])(?P<one>{_DAY})(?P<mark>[/.-])(?P<two>{_DAY})(?P=mark){_YEAR}(?![\w/])"
        ),
        strong=True,
        digits=True,
        marks="/.-",
        check=_is_month_and_day,
    ),
    Rule(
        DATE,
        compiled(rf"(?<![\w/.-])(?P<one>{_DAY})/(?P<two>{_DAY})/[0-9]{{2}}(?![\w/.-]|{_UNITS})"),
        strong=True,
        digits=True,
        marks="/",
        check=_is_month_and_day,
    ),
    Rule(
        DATE,
        compiled(rf"(?<![\w/.-])(?:19|20)[0-9]{{2}}([/.-])(?:0[1-9]|1[0-2])\1{_DAY}(?![0-9/-])"),
        strong=True,
        digits=True,
        marks="/.-",
    ),
    _date(rf"\b{_DAY}[/-](?:{_ANY}|mar)[/-](?:[0-9]{{4}}|[0-9]{{2}})\b"),
    # "on 3/14"
    Rule(
        DATE,
        compiled(
            rf"\b{one_of(words.BEFORE_A_SHORT_DATE)}\s+(?:the\s+)?(?P<one>{_DAY})/(?P<two>{_DAY})"
            rf"(?![\w/%]|\.[0-9]|{_UNITS})"
        ),
        strong=True,
        digits=True,
        marks="/",
        check=_is_month_and_day,
    ),
    # "March 3rd", "June 3, 1985"
    _date(rf"\b{_SURE}\.?,?\s+(?:the\s+)?{_DAY}(?:{_TH}\b|{_ALONE})(?!\w)"),
    _date(rf"\b(?:{_VERBS}|mar\.?)\s+(?:the\s+)?{_DAY}{_TH}\b"),
    _date(rf"\b{_CUE}\s+(?:{_VERBS})\s+(?:the\s+)?{_DAY}{_ALONE}(?!\w)"),
    _date(rf"\b{_VERBS}\s+{_DAY},?\s+{_YEAR}"),
    Rule(
        DATE,
        re.compile(rf"(?<=[a-z,] )(?:May|March) {_DAY}{_ALONE}(?!\w)"),
        strong=True,
        digits=True,
        words=_MONTH_WORDS,
    ),
    # "the 3rd of March 1985", "3 June"
    _date(rf"\b{_DAY}{_TH}?\s+(?:of\s+)?{_SURE}\b"),
    _date(rf"\b{_DAY}{_TH}?\s+(?:of\s+)?{_VERBS},?\s+{_YEAR}"),
    _date(rf"\b{_DAY}{_TH}?\s+of\s+{_VERBS}\b|\b{_DAY}{_TH}\s+march\b"),
    # In words: "June third", "on the twenty-first of May"
    _date(rf"\b{_IN_FULL}\s+(?:the\s+)?{_ANY_SAID}\b{_OTHER_THING}", digits=False),
    _date(rf"\b{_VERBS}\s+(?:the\s+)?{_SAID}\b{_OTHER_THING}", digits=False),
    _date(rf"\b{_CUE}\s+{_VERBS}\s+(?:the\s+)?{_ANY_SAID}\b{_OTHER_THING}", digits=False),
    _date(rf"\b{_ANY_SAID}\s+of\s+{_ANY_IN_FULL}\b", digits=False),
    # A month and a year: "June 1985", "in march nineteen eighty"
    _date(rf"\b{_ANY}\.?,?\s+(?:of\s+)?{_YEAR}"),
    _date(rf"\b{_ANY_IN_FULL}\s+(?:of\s+)?{_YEAR_SAID}", digits=False),
    # A birthday
    _date(rf"\bborn\s+(?:in|on)\s+(?:(?:early|late|mid)[\s-])?{_ANY_IN_FULL}\b", digits=False),
    _date(rf"\bbirthday(?:'s|’s|\s+is|\s+was)\s+(?:in|on)\s+{_ANY_IN_FULL}\b", digits=False),
    Rule(
        DATE,
        compiled(
            rf"\bborn\s+on\s+the\s+(?:{_DAY}{_TH}|{_ANY_SAID})\b(?!\s+(?:floor|street|day\b))"
            rf"|\bbirthday(?:'s|’s|\s+is|\s+was)\s+(?:on\s+)?the\s+(?:{_DAY}{_TH}|{_ANY_SAID})\b"
            r"|\b(?:dob|d\.o\.b\.?|date of birth)\W{0,3}(?:(?:is|was)\s+)?[0-9]"
        ),
        strong=True,
        words=frozenset({"born", "birthday", "dob", "b", "birth"}),
    ),
)

_IN_DIGITS = r"(?:9[0-9]|1[01][0-9])"
_IN_WORDS = (
    r"(?:ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:a|one)\s+hundred(?:\s+and)?\s+(?:one|two|three|four|five|six|seven|eight|nine|ten))"
)
_PEOPLE = one_of(words.PEOPLE_OF_AN_AGE)
_NO_AGE = re.compile(r"\b(?:feel|feels|felt|like|until|till|live to be)\b[^.?!]{0,25}$")


def _is_a_persons_age(match: re.Match[str]) -> bool:
    return not _NO_AGE.search(before(match, 40))


def _ages(age: str, *, digits: bool, gate: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules for ages that are written in one way."""
    patterns = (
        rf"\b{age}[\s-]*(?:years?|yrs?)[\s-]+olds?\b(?!\s+{one_of(words.OLD_THINGS)})",
        rf"\b(?:aged|age of|age|turned|turning|turns)\s+{age}\b(?![.,:][0-9]|\s*%|{_UNITS})",
        rf"\b{_PEOPLE}(?:'s|’s|'m|’m|\s+is|\s+was|\s+am)\s+(?:now\s+|almost\s+|nearly\s+)?{age}"
        r"\b(?=\s*(?:$|[.,;?!](?![0-9])|(?:and|now|when|but|so|years young)\b))",
    )
    return tuple(
        Rule(AGE, compiled(each), True, digits=digits, words=gate, check=_is_a_persons_age)
        for each in patterns
    )


AGES: tuple[Rule, ...] = (
    *_ages(
        _IN_DIGITS,
        digits=True,
        gate=frozenset({"old", "age", "aged", "turned", "turning", "turns", "is", "was", "s", "m"}),
    ),
    *_ages(_IN_WORDS, digits=False, gate=frozenset({"ninety", "hundred"})),
)
