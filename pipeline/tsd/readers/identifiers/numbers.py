"""Numbers that are given to one person: Social Security, cards, records, vehicles, postal codes."""

from __future__ import annotations

import re

from tsd.readers.identifiers import identifiers_patterns as words
from tsd.readers.identifiers.rules import (
    CARD,
    POSTCODE,
    RECORD,
    SSN,
    VEHICLE,
    Rule,
    compiled,
    one_of,
)
from tsd.readers.identifiers.spoken import PAUSE

# What is said between a cue and its number: "number is", "ends in".
_LINK = (
    r"[\s:#,.-]{0,3}(?:(?:is|was|it's|it’s|number|no|code|id|uh|um|ends in|ending in)\b"
    r"[\s:#,.-]{0,3}){0,3}"
)
_SAID = one_of(each for each in words.DIGITS_IN_WORDS if each != "o")
_DIGITS_SAID = _SAID + r"\b(?:" + PAUSE + _SAID + r"\b){3,15}"
_RECORD = one_of(re.escape(each) for each in words.RECORDS)
_BY_NAME = one_of(re.escape(each) for each in words.RECORDS_BY_NAME)

# A number of at least four characters, of which at least three are digits.
_NUMBER = r"(?=(?:[a-z-]{0,4}[0-9]){3})[a-z0-9](?:[ -]?[a-z0-9]){3,19}"


def passes_luhn(digits: str) -> bool:
    """Check the last digit of a card number (Luhn's formula, ISO/IEC 7812-1).

    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_card(match: re.Match[str]) -> bool:
    digits = re.sub("[ -]", "", match[0])
    return len(set(digits)) > 1 and passes_luhn(digits)


def _has_both(match: re.Match[str]) -> bool:
    """Check that a word of letters and digits has some of both."""
    found = match["number"]
    return any(each.isdigit() for each in found) and any(each.isalpha() for each in found)


CARDS: tuple[Rule, ...] = (
    Rule(
        CARD,
        re.compile(
            r"(?<![\w.-])(?:3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}"
            r"|[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{1,7})(?![0-9]|-[0-9])"
        ),
        strong=True,
        digits=True,
        check=_is_card,
    ),
    # No area 000, 666 or above 899, no group 00, no serial 0000 (Social Security Administration).
    Rule(
        SSN,
        re.compile(
            r"(?<![\w.-])(?!000|666|9)[0-9]{3}([ -])(?!00)[0-9]{2}\1(?!0000)[0-9]{4}"
            r"(?![0-9]|-[0-9])"
        ),
        strong=True,
        digits=True,
    ),
    Rule(
        SSN,
        compiled(
            rf"\b(?:ssn|social security(?: number)?|social){_LINK}(?!000|666|9)[0-9]{{9}}(?![0-9])"
        ),
        strong=True,
        digits=True,
        words=frozenset({"ssn", "social"}),
    ),
)


def _record(*, digits: bool, gate: frozenset[str]) -> Rule:
    return Rule(
        RECORD,
        compiled(
            rf"\b(?:{_RECORD}\s+(?:number|no\.?|id|#)|{_BY_NAME}){_LINK}"
            rf"(?:{_NUMBER}|{_DIGITS_SAID})\b"
        ),
        strong=False,
        digits=digits,
        words=gate,
    )


RECORDS: tuple[Rule, ...] = (
    Rule(
        VEHICLE,
        compiled(rf"\bvin\b{_LINK}(?P<number>[a-hj-npr-z0-9]{{17}})\b"),
        strong=False,
        digits=True,
        words=frozenset({"vin"}),
    ),
    Rule(
        VEHICLE,
        re.compile(r"\b(?P<number>[A-HJ-NPR-Z0-9]{17})\b"),
        strong=False,
        digits=True,
        check=lambda match: _has_both(match) and sum(map(str.isdigit, match["number"])) > 4,
    ),
    Rule(
        VEHICLE,
        compiled(
            r"\b(?:(?:license|licence|number|registration)\s+plate|plate number|reg number)s?"
            rf"{_LINK}"
            r"(?P<number>[a-z0-9]{1,4}[ -]?[a-z0-9]{1,4}(?:[ -]?[a-z0-9]{1,3})?)\b"
        ),
        strong=False,
        digits=True,
        words=frozenset({"plate", "plates", "reg"}),
        check=_has_both,
    ),
    _record(digits=False, gate=frozenset({"number", "id", "mrn", "ssn", "acct", "security"})),
    _record(digits=True, gate=frozenset({"no", "patient", "member", "account", "chart", "case"})),
    # British: National Insurance number
    Rule(
        RECORD,
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b"),
        strong=False,
        digits=True,
    ),
)

POSTCODES: tuple[Rule, ...] = (
    Rule(
        POSTCODE,
        compiled(
            rf"\b{one_of(words.POSTCODE_CUES)}{_LINK}(?:[0-9]{{5}}(?:-[0-9]{{4}})?(?![0-9])"
            rf"|[a-z]{{1,2}}[0-9][a-z0-9]? ?[0-9][a-z]{{2}}\b|{_DIGITS_SAID})"
        ),
        strong=False,
        words=frozenset({"zip", "zipcode", "postal", "postcode", "post"}),
    ),
    Rule(
        POSTCODE,
        re.compile(
            rf"\b(?:{one_of(words.STATES)}|(?i:{one_of(words.STATES_IN_FULL)})),?\s+"
            r"[0-9]{5}(?:-[0-9]{4})?(?![\w,.]*[0-9])(?!\s+(?:dollars|people|miles))"
        ),
        strong=False,
        digits=True,
    ),
    # British and Canadian
    Rule(
        POSTCODE,
        re.compile(
            r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}"
            r"|[ABCEGHJ-NPRSTVXY][0-9][A-Z] ?[0-9][A-Z][0-9])\b"
        ),
        strong=False,
        digits=True,
    ),
    Rule(
        POSTCODE,
        re.compile(r"(?<![\w$£€.,/-])[0-9]{5}-[0-9]{4}(?![\w-])"),
        strong=False,
        digits=True,
    ),
)
