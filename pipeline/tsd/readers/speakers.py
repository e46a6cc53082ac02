"""Which labels of a transcript are one speaker: numbers that count turns, remarks behind names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tsd.readers import speakers_patterns as patterns
from tsd.readers.roles import NUMBERED, bare_name, known_role, same_name, speaker_key
from tsd.schema import Role

_FEW_USES = 1.5  # labels that count turns are used once each, or twice by mistake, on average
_MOST_USES = 3
_RISING = 0.9  # of the steps from one turn to the next
_LEAST_LABELS = 3  # of each of two speakers
_LEAST_ALONE = 12  # of one speaker, if the others' labels have no numbers


def merge_numbered(labels: Sequence[str]) -> dict[str, str]:
    """Find the speaker of each label where the number in it counts the turns.

    In "T1, C2, T3, C4" the number is that of the turn, and there are two speakers. In "Client 1,
    Client 2, Client 1" it is part of the name. Numbers count turns if the labels of two or more
    speakers have them, rise from turn to turn, and come hardly ever again. If one speaker alone
    has such labels, there must be a dozen of them, and they are not "Speaker" or "Client", which
    can be as many people.

    Parameters
    ----------
    labels : sequence of str
        The label of each turn, in the order of the transcript.

    Returns
    -------
    dict of str to str
        Each label and its speaker: the label without the number, or the label itself.

    Examples
    --------
    >>> merge_numbered(["T1", "C1", "T2", "C2", "T3", "C3"])
    {'T1': 'T', 'C1': 'C', 'T2': 'T', 'C2': 'C', 'T3': 'T', 'C3': 'C'}
    >>> merge_numbered(["Client 1", "T", "Client 2", "T", "Client 1"])
    {'Client 1': 'Client 1', 'T': 'T', 'Client 2': 'Client 2'}
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    stems: dict[str, str] = {}
    for label in labels:
        if (match := NUMBERED.fullmatch(bare_name(label))) is not None:
            stem = match["stem"].rstrip(" _.-")
            numbers[same_name(stem)].append(int(match["number"]))
            names.setdefault(same_name(stem), stem)
            stems[label] = same_name(stem)
    counting = {
        stem
        for stem, found in numbers.items()
        if len(set(found)) >= _LEAST_LABELS and _counts_turns(found)
    }
    if len(counting) == 1:
        counting = {
            stem
            for stem in counting
            if len(set(numbers[stem])) >= _LEAST_ALONE and not _several_people(stem)
        }
    without = {same_name(label): label for label in reversed(labels)}
    speakers = {stem: without.get(stem, names[stem]) for stem in counting}
    return {label: speakers.get(stems.get(label, ""), label) for label in dict.fromkeys(labels)}


def _counts_turns(numbers: Sequence[int]) -> bool:
    uses = Counter(numbers)
    steps = [later >= earlier for earlier, later in pairwise(numbers)]
    return (
        len(numbers) <= _FEW_USES * len(uses)
        and max(uses.values()) <= _MOST_USES
        and sum(steps) >= _RISING * len(steps)
        and numbers[-1] > numbers[0]
    )


def _several_people(stem: str) -> bool:
    plain = speaker_key(stem)
    return plain in patterns.SEVERAL_PEOPLE or known_role(stem) is Role.CLIENT


def merge_remarks(labels: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Find the speaker of each label that has a remark in brackets behind the name.

    What stands behind the same name each time belongs to the name, and so do a role, pronouns and
    a device, even if they stand there once. What varies, or is a sound or a gesture, was written
    about the turn.

    Parameters
    ----------
    labels : iterable of (str, str)
        For each turn the name and the remark, without its brackets; an empty text if the turn has
        no remark.

    Returns
    -------
    dict of (str, str) to str
        For each label the speaker. If it is the name alone, the remark belongs to the turn.

    Examples
    --------
    >>> merge_remarks([("Anna", "she/her"), ("Ben", ""), ("Anna", "she/her"), ("Ben", "laughs")])
    {('Anna', 'she/her'): 'Anna (she/her)', ('Ben', ''): 'Ben', ('Ben', 'laughs'): 'Ben'}
    >>> merge_remarks([("Anna", "Therapist"), ("Anna", ""), ("Ben", "Client")])[("Anna", "")]
    'Anna (Therapist)'
    """
    remarks: dict[str, Counter[str]] = defaultdict(Counter)
    turns = [(name.strip(), remark.strip()) for name, remark in labels]
    for name, remark in turns:
        remarks[same_name(name)][remark] += 1
    own = {name: _of_the_name(found) for name, found in remarks.items()}
    return {
        (name, remark): _with(name, remark, own[same_name(name)])
        for name, remark in dict.fromkeys(turns)
    }


def _of_the_name(found: Mapping[str, int]) -> tuple[str, ...]:
    """Return those of the remarks behind a name that belong to it."""
    lasting = tuple(remark for remark in found if remark and _lasts(remark))
    if lasting:
        return lasting
    ((only, times), *others) = found.items()
    always = not others and times > 1 and only and speaker_key(only) not in patterns.SOUNDS
    return (only,) if always else ()


def _lasts(remark: str) -> bool:
    """Check whether a remark says something about a person that holds for the whole session."""
    if known_role(remark) is not Role.UNKNOWN:
        return True
    parts = re.findall(r"[^\W\d_]+", remark.lower())
    return bool(parts) and (
        all(part in patterns.PRONOUN_FORMS for part in parts)
        or speaker_key(remark) in patterns.DEVICES
    )


def _with(name: str, remark: str, own: tuple[str, ...]) -> str:
    """Return the speaker; without a remark, or with a passing one, the name's only own one."""
    if remark in own:
        return f"{name} ({remark})"
    return f"{name} ({own[0]})" if len(own) == 1 else name
