"""The role that a speaker's name shows, and how names are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from tsd.readers import roles_patterns as patterns
from tsd.schema import Role

# "Anna (Therapist)", "Anna, Therapist", "Therapist - Anna", "Anna | Therapist"
_BRACKET = re.compile(r"(?P<name>[^()\[\]]+) ?[(\[](?P<inside>[^()\[\]]+)[)\]]")
_PARTS = re.compile(r", +| [-–—] | ?[/|] ?")
_NOISE = re.compile(r"[\W\d_]+")
_LONGEST = 200  # characters of a name that are compared
_LONG_WORD = 6  # letters; shorter words for roles are also surnames ("Coach", "Mann")
NUMBERED = re.compile(r"(?P<stem>.*[^\W\d_])[ _.-]?(?P<number>\d{1,5})")
"""A name with a number behind it, as a pattern."""


def speaker_key(name: str) -> str:
    """Return a name as the lists spell it: lower case, without numbers and punctuation.

    >>> speaker_key("[THERAPIST_2]:")
    'therapist'
    """
    return _NOISE.sub(" ", name[:_LONGEST].lower()).strip()


def bare_name(name: str) -> str:
    """Return a name without brackets and marks around it.

    >>> bare_name("[SPEAKER_00]:")
    'SPEAKER_00'
    """
    return name.strip(" \t[](){}<>:*")


def same_name(name: str) -> str:
    """Return a name as it is compared with others: without case, brackets and marks around it.

    >>> same_name("[SPEAKER_00]:") == same_name("speaker_00")
    True
    """
    return bare_name(name).casefold()


def shown_name(name: str) -> str:
    """Return a name as messages show it: what looks like spoken words is not shown.

    >>> shown_name("Anna"), shown_name("so I told her to leave me alone")
    ("'Anna'", 'a name of 8 words')
    """
    plain = plain_name(name)
    return repr(name) if plain == name else plain


def plain_name(name: str) -> str:
    """Return a name as tables on the screen show it: as `shown_name`, but without quotes.

    >>> plain_name("Anna")
    'Anna'
    """
    words = len(name.split())
    return name if words <= 4 and len(name) <= 40 else f"a name of {words} words"


def meant_names(given: Iterable[str], speakers: Iterable[str]) -> dict[str, str]:
    """Find the speakers that the user means by the names given.

    A name means the speaker of that name, also if a remark stands behind it ("Anna (she/her)") and
    no other speaker has the name, and those with the same name and a number: "C" is also C0, C1 and
    C2. Those with a number are not meant if they are given themselves, or if they are
    all speakers of the session: "Speaker" says nothing about Speaker 1 and Speaker 2.

    Returns
    -------
    dict of str to str
        For each speaker who is meant, the name that was given.

    Examples
    --------
    >>> meant_names(["c"], ["C", "C0", "C1", "S0", "S1"])
    {'C': 'c', 'C0': 'c', 'C1': 'c'}
    >>> meant_names(["Speaker"], ["Speaker 1", "Speaker 2"])
    {}
    """
    by_name = {same_name(name): name for name in given}
    everybody = [name for name in speakers if name]
    exact = {name: by_name[key] for name in everybody if (key := same_name(name)) in by_name}
    for name, plain in _without_remarks(everybody).items():
        if name not in exact and plain in by_name and plain not in map(same_name, exact):
            exact[name] = by_name[plain]
    numbered = {
        name: by_name[stem]
        for name in everybody
        if name not in exact
        and (match := NUMBERED.fullmatch(same_name(name))) is not None
        and (stem := match["stem"].rstrip(" _.-")) in by_name
    }
    if len(exact) + len(numbered) == len(everybody) > 1 and len(set(numbered.values())) == 1:
        return exact
    return {
        name: exact.get(name) or numbered[name] for name in everybody if name in exact | numbered
    }


def _without_remarks(speakers: Iterable[str]) -> dict[str, str]:
    """Return the names that have a remark in brackets, without it, if only one speaker has them."""
    plain = {
        name: same_name(match["name"])
        for name in speakers
        if (match := _BRACKET.fullmatch(name.strip())) is not None
    }
    once = Counter(plain.values())
    return {name: each for name, each in plain.items() if once[each] == 1}


def is_unknown_speaker(name: str) -> bool:
    """Check whether a name says that nobody knows who spoke.

    >>> is_unknown_speaker("Unidentified Speaker 2"), is_unknown_speaker("Speaker ?")
    (True, True)
    >>> is_unknown_speaker("Speaker 2")
    False
    """
    plain = speaker_key(name)
    return plain in patterns.UNKNOWN_SPEAKERS or (
        "?" in name and plain in patterns.WITH_A_QUESTION_MARK and not any(map(str.isdigit, name))
    )


def known_role(name: str) -> Role:
    """Return the role that a speaker's name alone shows; ``unknown`` if it shows none.

    >>> known_role("T1"), known_role("Dr. Weiss"), known_role("Anna")
    (<Role.THERAPIST: 'therapist'>, <Role.THERAPIST: 'therapist'>, <Role.UNKNOWN: 'unknown'>)
    >>> known_role("Anna Berg (Interviewer)"), known_role("Klientin 2")
    (<Role.THERAPIST: 'therapist'>, <Role.CLIENT: 'client'>)
    """
    name = name.strip()
    if (role := _listed(speaker_key(name))) is not Role.UNKNOWN:
        return role
    match = _BRACKET.fullmatch(name)
    if match is not None:
        parts = {_listed(speaker_key(match["inside"])), _by_word(match["name"])}
    elif len(words := _PARTS.split(name)) > 1:
        parts = set(map(_by_word, words))
    else:
        parts = set()
    roles = parts - {Role.UNKNOWN}
    if len(roles) == 1:
        return roles.pop()
    if roles:
        return Role.UNKNOWN
    plain = match["name"].strip() if match else name
    role = _by_title(plain)
    return role if role is not Role.UNKNOWN else _by_last_word(plain)


def _listed(plain: str) -> Role:
    if plain in patterns.THERAPIST:
        return Role.THERAPIST
    if plain in patterns.CLIENT:
        return Role.CLIENT
    return Role.OTHER if plain in patterns.OTHER else Role.UNKNOWN


def _by_word(part: str) -> Role:
    """Return the role of a part of a name; one letter can be an initial ("Weber, T.")."""
    plain = speaker_key(part)
    return _listed(plain) if len(plain) > 1 else Role.UNKNOWN


def _by_title(name: str) -> Role:
    """Return the role that a title shows: "Dr. Weiss" is a name, "doctor said" is not."""
    first, *rest = re.findall(r"[^\W\d_]+", name) or [""]
    title = first.lower()
    if not rest or not (
        title in patterns.ABBREVIATED_TITLES or all(word[0].isupper() for word in rest)
    ):
        return Role.UNKNOWN
    if title in patterns.THERAPIST_TITLES:
        return Role.THERAPIST
    return Role.CLIENT if title in patterns.CLIENT_TITLES else Role.UNKNOWN


def _by_last_word(name: str) -> Role:
    """Return the role of "Family therapist"; "my therapist" is not a name."""
    *before, last = speaker_key(name).split() or [""]
    if not before or len(last) < _LONG_WORD or not patterns.NOT_BEFORE_A_ROLE.isdisjoint(before):
        return Role.UNKNOWN
    return _listed(last)


def roles_together(plain_names: Collection[str]) -> dict[str, Role]:
    """Return the roles of names, as `speaker_key` gives them, that make each other clear.

    >>> roles_together({"q", "a"})
    {'q': <Role.THERAPIST: 'therapist'>, 'a': <Role.CLIENT: 'client'>}
    """
    return {
        name: role
        for pair in patterns.CLEAR_TOGETHER
        if set(pair) <= set(plain_names)
        for name, role in zip(pair, (Role.THERAPIST, Role.CLIENT), strict=True)
    }
