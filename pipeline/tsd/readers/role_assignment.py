"""Who is the therapist in a session: what the user says, what names show, what the talk shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tsd.readers import roles_patterns as patterns
from tsd.readers.role_talk import TalkGuess, guess_from_talk
from tsd.readers.roles import (
    is_unknown_speaker,
    known_role,
    meant_names,
    roles_together,
    same_name,
    speaker_key,
)
from tsd.schema import Role
from tsd.settings import Reading

ROLES_FILE, THERAPIST_OPTION, CLIENT_OPTION = "roles file", "--therapist", "--client"
COLUMN, NAME, ELIMINATION = "role column", "its name", "by elimination"
TALK = "the talk"
BY_USER: frozenset[str] = frozenset({ROLES_FILE, THERAPIST_OPTION, CLIENT_OPTION})
"""Reasons that hold for all of a speaker's utterances, whatever a role column says of them."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each speaker of a session, and where it comes from.

    Parameters
    ----------
    of : dict of str to Role
        For each speaker.
    reasons : dict of str to str
        For each speaker one of the reasons above ("its name", "the talk, p = 0.98"); empty
        if the role is unknown.
    guess : TalkGuess or None
        What the talk shows, if it was asked: if nothing but a single letter, or nothing at all,
        shows the therapist. Where it is not sure, or a letter says something else, it decides
        nothing.
    """

    of: Mapping[str, Role]
    reasons: Mapping[str, str]
    guess: TalkGuess | None = None

    def because(self, reason: str) -> tuple[str, ...]:
        """Return the speakers whose role comes from something, such as `ELIMINATION`."""
        return tuple(name for name, why in self.reasons.items() if why.startswith(reason))


def shown_probability(p: float) -> str:
    """Return a probability as messages show it, never as certain.

    >>> shown_probability(0.976), shown_probability(0.9991)
    ('p = 0.98', 'p > 0.99')
    """
    return "p > 0.99" if p >= 0.995 else f"p = {p:.2f}"


def assign_roles(
    speakers: Sequence[str],
    reading: Reading,
    given: Mapping[str, Role] | None = None,
    *,
    listed: Mapping[str, Role] | None = None,
    turns: Sequence[tuple[str, str]] = (),
) -> Roles:
    """Assign a role to each speaker of a session; ``unknown`` if nothing shows it.

    In this order: the roles file (`listed`), the options (`reading.therapist`, `reading.client`),
    the role column (`given`), the name, elimination if only one side is known (next to a therapist
    everybody else is a client; next to a client a single remaining speaker is the therapist), and
    the talk (`turns`: speaker and words of each utterance).

    A single letter can be an initial. Beside other single letters it counts only if both make each
    other clear, such as T and C, or if the talk agrees with it; beside a name it counts unless the
    talk clearly says the opposite.

    Examples
    --------
    >>> roles = assign_roles(["Dr. Weiss", "Anna"], Reading())
    >>> roles.of["Anna"], roles.reasons["Anna"]
    (<Role.CLIENT: 'client'>, 'by elimination')
    >>> dict(assign_roles(["C", "S"], Reading()).reasons)
    {'C': '', 'S': ''}
    """
    roles, reasons = _stated(speakers, reading, given or {}, listed or {})
    by_name = _by_name([name for name in speakers if name not in roles], roles)
    open_names = [
        name
        for name in speakers
        if name and name not in {**roles, **by_name} and not is_unknown_speaker(name)
    ]
    eliminated = _eliminated(open_names, {*roles.values(), *by_name.values()})
    guess = None
    if eliminated and not roles and _rest_on_letters(by_name):
        guess = guess_from_talk(turns, {*by_name, *eliminated})
        if guess is not None and guess.sure and _contradicts(guess, {**by_name, **eliminated}):
            by_name, eliminated, open_names = {}, {}, []
    for found, reason in ((by_name, NAME), (eliminated, ELIMINATION)):
        roles |= found
        reasons |= dict.fromkeys(found, reason)
    if Role.THERAPIST not in roles.values() and open_names:
        guess = guess_from_talk(turns, set(open_names))
        if guess is not None and guess.sure and not _contradicts(guess, _letters(open_names)):
            found = {guess.therapist: Role.THERAPIST, **dict.fromkeys(guess.clients, Role.CLIENT)}
            roles |= found
            why = f"{TALK}, {shown_probability(guess.probability)}"
            reasons |= dict.fromkeys(found, why)
    of = {name: roles.get(name, Role.UNKNOWN) for name in speakers}
    return Roles(of, {n: reasons[n] if of[n] is not Role.UNKNOWN else "" for n in speakers}, guess)


def _stated(
    speakers: Sequence[str],
    reading: Reading,
    given: Mapping[str, Role],
    listed: Mapping[str, Role],
) -> tuple[dict[str, Role], dict[str, str]]:
    """Return the roles that somebody has stated, and who."""
    options = dict.fromkeys(reading.therapist, Role.THERAPIST)
    options |= dict.fromkeys(reading.client, Role.CLIENT)
    roles: dict[str, Role] = {}
    reasons: dict[str, str] = {}
    meant = meant_names(options, speakers)
    for name in speakers:
        by_number = name in meant and _is_numbered(name) and not _is_numbered(meant[name])
        if name in listed:
            roles[name], reasons[name] = listed[name], ROLES_FILE
        elif name in meant and not (by_number and name in given):
            roles[name] = options[meant[name]]
            therapist = roles[name] is Role.THERAPIST
            reasons[name] = THERAPIST_OPTION if therapist else CLIENT_OPTION
        elif name in given:
            roles[name], reasons[name] = given[name], COLUMN
    return roles, reasons


def _is_numbered(name: str) -> bool:
    return same_name(name)[-1:].isdigit()


def _by_name(names: Sequence[str], stated: Mapping[str, Role]) -> dict[str, Role]:
    """Return the roles that names show, beside the roles of the other speakers of the session."""
    shown = {name: known_role(name) for name in names}
    found: dict[str, Role] = {n: role for n, role in shown.items() if role is not Role.UNKNOWN}
    if Role.THERAPIST in stated.values():
        # The user or the file names the therapist: a title alone does not make another one.
        found = {name: role for name, role in found.items() if role is not Role.THERAPIST}
    elif not _clear(found):
        found = _letters_together(found, stated, names)
    return found | dict.fromkeys(_maybe_interpreters(found, stated), Role.UNKNOWN)


def _clear(found: Mapping[str, Role]) -> bool:
    """Check whether words show the therapist, or the client next to the letter of a therapist."""
    by_word = {role for name, role in found.items() if not _is_letter(name)}
    return Role.THERAPIST in by_word or (
        Role.CLIENT in by_word and Role.THERAPIST in found.values()
    )


def _letters_together(
    found: Mapping[str, Role], stated: Mapping[str, Role], names: Sequence[str]
) -> dict[str, Role]:
    """Judge single letters, and words that mean something only together: Q and A, host and guest.

    Without one of the pairs in `CLEAR_TOGETHER`, two letters can be the initials of anybody.
    """
    plain = {name: speaker_key(name) for name in (*names, *stated) if name}
    known = {plain[name] for name in found}
    pairs = roles_together(set(plain.values()))
    if not known.isdisjoint(key for key, role in pairs.items() if role is Role.THERAPIST):
        pairs = {key: role for key, role in pairs.items() if key in known}  # T, P and D: D is open
    letters = {key for key in plain.values() if len(key) == 1}
    agreed = all(pairs.get(plain[name], role) is role for name, role in stated.items() if name)
    if pairs and agreed and (letters <= known | pairs.keys() or pairs.keys() <= known):
        return {**found, **{name: pairs[plain[name]] for name in names if plain.get(name) in pairs}}
    if len(letters) < 2:
        return dict(found)
    return {name: role for name, role in found.items() if not _is_letter(name)}


def _is_letter(name: str) -> bool:
    return len(speaker_key(name)) == 1


def _maybe_interpreters(found: Mapping[str, Role], stated: Mapping[str, Role]) -> list[str]:
    """Return the names that mean the interviewer, or the interpreter beside a therapist."""
    unclear = [n for n in found if speaker_key(n) in patterns.UNCLEAR_BESIDE_A_THERAPIST]
    others = {**stated, **{n: role for n, role in found.items() if n not in unclear}}
    return unclear if Role.THERAPIST in others.values() else []


def _eliminated(open_names: Sequence[str], known: Collection[Role]) -> dict[str, Role]:
    """Return the roles that follow from those of the others."""
    if Role.THERAPIST in known and Role.CLIENT not in known:
        return dict.fromkeys(open_names, Role.CLIENT)
    if Role.CLIENT in known and Role.THERAPIST not in known and len(open_names) == 1:
        return {open_names[0]: Role.THERAPIST}
    return {}


def _rest_on_letters(by_name: Mapping[str, Role]) -> bool:
    """Check whether single letters, which can be initials, are all that shows a side."""
    sides = [name for name, role in by_name.items() if role in (Role.THERAPIST, Role.CLIENT)]
    return all(map(_is_letter, sides))


def _letters(names: Iterable[str]) -> dict[str, Role]:
    return {name: known_role(name) for name in names if _is_letter(name)}


def _contradicts(guess: TalkGuess, roles: Mapping[str, Role]) -> bool:
    """Check whether the talk says the opposite of names: C asks, and S answers."""
    others = [name for name in guess.probabilities if name != guess.therapist]
    return roles.get(guess.therapist) is Role.CLIENT or any(
        roles.get(name) is Role.THERAPIST for name in others
    )
