"""Names, as far as talk shows them by a cue, and streets; names in the labels of speakers."""

from __future__ import annotations

import re

from tsd.readers import roles_patterns as roles
from tsd.readers.identifiers import identifiers_patterns as words
from tsd.readers.identifiers.rules import ADDRESS, NAME, Rule, one_of

# "Weiss", "O'Neil", "McKay", not "NOT"
_CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_](?:['’][A-Z])?(?![A-Z])[^\W\d_]{1,21}"
_WORD = re.compile(r"[^\W\d_]+")
_TITLE = rf"(?:{one_of(words.TITLES)}\.?|miss)"
_TITLES_LOWER = frozenset(words.TITLES_LOWER)


def _is_a_name(match: re.Match[str]) -> bool:
    first = _WORD.search(match["name"])
    return first is not None and first[0].lower() not in words.NOT_A_NAME


def _is_a_name_in_lower_case(match: re.Match[str]) -> bool:
    """Check the name behind "dr" or "mrs" where the talk has no capital letters."""
    return _is_a_name(match) and (match["title"].islower() and match["name"].islower())


def _is_a_street(match: re.Match[str]) -> bool:
    named = _WORD.findall(match["street"].lower())
    return bool(named) and words.NOT_IN_A_STREET.isdisjoint(named)


NAMES: tuple[Rule, ...] = (
    Rule(
        NAME,
        re.compile(
            rf"\b(?i:{one_of(words.OWN_NAME)}),?\s+(?:(?i:uh|um),?\s+)?"
            r"(?P<name>[^\W\d_]{2,20})(?![\w'’-]*['’](?:m|ll|ve|re)\b)"
        ),
        strong=False,
        words=frozenset({"name", "names", "called", "call", "calls"}),
        check=_is_a_name,
    ),
    Rule(
        NAME,
        re.compile(rf"\b(?P<title>{_TITLE})\s+(?:[A-Z]\.\s+)?(?P<name>{_CAPITAL})"),
        strong=False,
        words=frozenset(each.lower() for each in words.TITLES),
        check=_is_a_name,
    ),
    Rule(
        NAME,
        re.compile(rf"\b(?P<title>{one_of(words.TITLES_LOWER)})\.? (?P<name>[^\W\d_]{{3,20}})\b"),
        strong=False,
        words=_TITLES_LOWER,
        check=_is_a_name_in_lower_case,
    ),
    # "this is Vera Lang", "this is Vera speaking"
    Rule(
        NAME,
        re.compile(
            rf"\b[Tt]his is (?P<name>{_CAPITAL})(?: {_CAPITAL}|,? (?:speaking|calling|from|here)\b)"
        ),
        strong=False,
        words=frozenset({"this"}),
        check=_is_a_name,
    ),
    # "I'm Vera"
    Rule(
        NAME,
        re.compile(rf"\bI(?: am|['’]m),? (?:(?:uh|um),? )?(?P<name>{_CAPITAL})(?![\w'’])"),
        strong=False,
        words=frozenset({"am", "m"}),
        check=_is_a_name,
    ),
    # "hi Justin", "hello, this is Vera"
    Rule(
        NAME,
        re.compile(
            rf"\b(?i:{one_of(words.GREETINGS)})(?i:\s+there)?[,.!]?\s+"
            rf"(?:[Tt]his is|[Ii]t['’]s) (?P<name>{_CAPITAL})(?![\w'’])"
        ),
        strong=False,
        words=frozenset(each.split()[-1] for each in words.GREETINGS),
        check=_is_a_name,
    ),
    Rule(
        NAME,
        re.compile(rf"\b(?i:{one_of(words.GREETINGS)}),? (?P<name>{_CAPITAL})(?![\w'’])"),
        strong=False,
        words=frozenset(each.split()[-1] for each in words.GREETINGS),
        check=_is_a_name,
    ),
)

_SURE_STREET = rf"(?i:{one_of(words.STREETS)})"
_CAPITAL_STREET = one_of([*words.STREETS_WITH_CAPITALS, *map(str.title, words.STREETS)])

ADDRESSES: tuple[Rule, ...] = (
    Rule(
        ADDRESS,
        re.compile(
            rf"(?<![\w.,/:$£€-])[0-9]{{1,5}}[A-Za-z]?\s+(?P<street>(?:[\w'’.-]{{1,20}}\s+){{1,3}}?)"
            rf"{_SURE_STREET}\b"
        ),
        strong=False,
        digits=True,
        check=_is_a_street,
    ),
    Rule(
        ADDRESS,
        re.compile(
            r"(?<![\w.,/:$£€-])[0-9]{1,5}[A-Za-z]?\s+(?P<street>(?:[A-Z0-9][\w'’.-]{0,20}\s+){1,3}?)"
            rf"{_CAPITAL_STREET}\b"
        ),
        strong=False,
        digits=True,
        check=_is_a_street,
    ),
    Rule(
        ADDRESS,
        re.compile(
            r"\b(?i:live|lives|lived|living|address is)\s+(?:(?:on|at|in)\s+)?"
            rf"(?P<street>{_CAPITAL} (?:{_CAPITAL} )?){_CAPITAL_STREET}\b"
        ),
        strong=False,
        words=frozenset({"live", "lives", "lived", "living", "address"}),
        check=_is_a_street,
    ),
    Rule(
        ADDRESS,
        re.compile(
            r"(?i)\bp\.?\s?o\.?\s?box\s+#?[0-9]{1,6}\b|\b(?:apt\.?|apartment)\s+#?[0-9]{1,4}[a-z]?\b"
        ),
        strong=False,
        digits=True,
        words=frozenset({"box", "apt", "apartment"}),
    ),
)

_NAME_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ROLE_WORDS = frozenset(
    word
    for names in (roles.THERAPIST, roles.CLIENT, roles.OTHER)
    for name in names
    for word in name.split()
)


def is_full_name(label: str) -> bool:
    """Check whether the label of a speaker looks like the first and last name of a person.

    >>> is_full_name("Vera Lang"), is_full_name("Vera"), is_full_name("Group Leader")
    (True, False, False)
    """
    parts = re.split(r"[(\[,]", label)[0].split() if "," not in label else label.split()
    parts = [part.rstrip(",.:") for part in parts]
    titles = {each.lower() for each in words.TITLES}
    if len(parts) > 2 and parts[0].lower() in titles:
        parts = parts[1:]
    if not 2 <= len(parts) <= 5 or not all(_NAME_PART.fullmatch(part) for part in parts):
        return False
    lower = {part.lower() for part in parts}
    if lower & (words.NOT_IN_A_SPEAKER_NAME | _ROLE_WORDS | titles):
        return False
    named = [part for part in parts if part.lower() not in words.PARTICLES]
    long = [part for part in named if len(part) > 1]
    return len(long) >= 2 and all(part[0].isupper() for part in named)
