"""Who is the therapist: the roles of speakers, by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tsd.readers import roles_patterns as patterns
from tsd.schema import Role
from tsd.settings import Reading

# "Anna (Therapist)", "Anna, Therapist"
_ROLE_BEHIND = re.compile(r".+?(?: [(\[](?P<bracket>[^()\[\]]+)[)\]]|, *(?P<comma>[^,]+))")
_NOISE = re.compile(r"[\W\d_]+")


def speaker_key(name: str) -> str:
    """Return a name as the lists spell it: lower case, without numbers and punctuation.

    >>> speaker_key("[THERAPIST_2]:")
    'therapist'
    """
    return _NOISE.sub(" ", name.lower()).strip()


def same_name(name: str) -> str:
    """Return a name as it is compared with others: without case, brackets and marks around it.

    >>> same_name("[SPEAKER_00]:") == same_name("speaker_00")
    True
    """
    return name.strip(" \t[](){}<>:*").casefold()


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


def known_role(name: str) -> Role:
    """Return the role that a speaker's name alone shows; ``unknown`` if it shows none.

    >>> known_role("T1"), known_role("Dr. Weiss"), known_role("Anna")
    (<Role.THERAPIST: 'therapist'>, <Role.THERAPIST: 'therapist'>, <Role.UNKNOWN: 'unknown'>)
    """
    if (match := _ROLE_BEHIND.fullmatch(name.strip())) is not None:
        return known_role(match["bracket"] or match["comma"])
    plain = speaker_key(name)
    first, *rest = re.findall(r"[^\W\d_]+", name) or [""]
    # "Dr. Weiss" is a name, "doctor said" is not.
    title = first.lower()
    if not rest or not (
        title in patterns.ABBREVIATED_TITLES or all(word[0].isupper() for word in rest)
    ):
        title = ""
    if plain in patterns.THERAPIST or title in patterns.THERAPIST_TITLES:
        return Role.THERAPIST
    if plain in patterns.CLIENT or title in patterns.CLIENT_TITLES:
        return Role.CLIENT
    if plain in patterns.OTHER:
        return Role.OTHER
    return Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each speaker of a session.

    The role of those who are `assumed` follows from the others' roles, not from their own names.
    """

    of: Mapping[str, Role]
    assumed: tuple[str, ...]


def assign_roles(
    speakers: Sequence[str], reading: Reading, given: Mapping[str, Role] | None = None
) -> Roles:
    """Assign a role to each speaker of a session; ``unknown`` if nothing shows it.

    In this order: what the user says (`reading.therapist`, `reading.client`), what a role
    column says (`given`), what the name shows, and, if only one side is known, by elimination:
    next to a therapist everybody else is a client; next to a client a single remaining speaker
    is the therapist.

    >>> assign_roles(["Dr. Weiss", "Anna"], Reading()).of["Anna"]
    <Role.CLIENT: 'client'>
    """
    by_user = dict.fromkeys(map(same_name, reading.therapist), Role.THERAPIST)
    by_user |= dict.fromkeys(map(same_name, reading.client), Role.CLIENT)
    stated = {name: by_user.get(same_name(name)) or (given or {}).get(name) for name in speakers}
    roles = {name: role or known_role(name) for name, role in stated.items()}
    if Role.THERAPIST in stated.values():
        # The user or the file names the therapist: a title alone does not make another one.
        doubtful = [n for n, role in roles.items() if role is Role.THERAPIST and not stated[n]]
        roles.update(dict.fromkeys(doubtful, Role.UNKNOWN))
    _drop_ambiguous(roles, stated)
    # Words without a speaker belong to neither side.
    open_names = [name for name, role in roles.items() if role is Role.UNKNOWN and name]
    known = set(roles.values())
    if Role.THERAPIST in known and Role.CLIENT not in known:
        eliminated = dict.fromkeys(open_names, Role.CLIENT)
    elif Role.CLIENT in known and Role.THERAPIST not in known and len(open_names) == 1:
        eliminated = {open_names[0]: Role.THERAPIST}
    else:
        eliminated = {}
    return Roles({**roles, **eliminated}, tuple(eliminated))


def _drop_ambiguous(roles: dict[str, Role], stated: Mapping[str, Role | None]) -> None:
    """Take back the roles of names that could mean either side in this session."""
    if Role.THERAPIST in roles.values():
        return
    plain = {name: speaker_key(name) for name in roles}
    for pair in patterns.AMBIGUOUS_TOGETHER:
        if pair <= set(plain.values()):
            unsure = [name for name in roles if plain[name] in pair and not stated[name]]
            roles.update(dict.fromkeys(unsure, Role.UNKNOWN))
