"""Which tiers are talk, by their names, and by what else the file says about them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tsd.readers.log import ProblemLog
from tsd.readers.roles import shown_name
from tsd.readers.tiers import tiers_patterns as patterns
from tsd.schema import Severity, count_words

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_THEN_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LEVELS = patterns.TALK | patterns.WORDS | patterns.SOUNDS
_SEPARATOR = re.compile(r"[-_@.:/ ]")
_FEW_WORDS = 1.5  # in an annotation
_SHOWN = 8
_FEW = 5
"""From so many annotations on, a tier that says the same few things again may hold codes."""


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """What decides whether a tier is talk.

    Parameters
    ----------
    name : str
        The name of the tier.
    texts : sequence of str
        Its annotations, without those that are silence.
    kind : str
        What the file says is on it, if it does: in ELAN, the linguistic type.
    person : str
        Who the file says it belongs to, apart from its name.
    coded : bool
        Whether its annotations are chosen from a list.
    """

    name: str
    texts: Sequence[str]
    kind: str = ""
    person: str = ""
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The tiers that are talk, those that are not, and of these the ones that might be.

    Each of the `doubtful` has the tier of the same person that is read in its place.
    """

    talk: tuple[Tier, ...]
    other: tuple[Tier, ...]
    doubtful: tuple[tuple[Tier, Tier], ...] = ()


def words_of(name: str) -> list[str]:
    """Return the words of the name of a tier, in lower case.

    >>> words_of("SpeechT"), words_of("T-gaze_direction2")
    (['speech', 't'], ['t', 'gaze', 'direction'])
    """
    return [word.lower() for word in _WORD.findall(_SMALL_THEN_CAPITAL.sub(" ", name))]


def says(name: str, words: Collection[str]) -> bool:
    """Whether a name has one of the words.

    >>> says("T translation", patterns.NO_TALK), says("Anna", patterns.NO_TALK)
    (True, False)
    """
    return any(word in words for word in words_of(name))


def person_of(name: str) -> str:
    """Return the name of a tier without the words that say what is on it.

    >>> person_of("Anna - words"), person_of("tx@Anna"), person_of("SpeechT"), person_of("words")
    ('Anna', 'Anna', 'T', '')
    """
    if not says(name, _LEVELS):
        return name.strip(' \t\r\n"')
    parts = re.split(r"([^\W\d_]+)", _SMALL_THEN_CAPITAL.sub(" ", name))
    kept = "".join(part for part in parts if part.lower() not in _LEVELS)
    return kept.strip(" \t-_@.:;,/|()[]%\"'")


def is_unnamed(name: str) -> bool:
    """Whether a name is one that a program gives a tier before a person does.

    >>> is_unnamed("default"), is_unnamed("Tier-1"), is_unnamed("T1")
    (True, True, False)
    """
    return " ".join(words_of(name)) in patterns.UNNAMED


def choose(tiers: Iterable[Tier]) -> Choice:
    """Choose the tiers that are talk: one for each person.

    Not talk are tiers whose name or kind says so (`tiers_patterns.NO_TALK`), those that have
    sounds, and those without a letter. Of several tiers of one person it is the one with whole
    utterances, then the one with most words.

    >>> tiers = [Tier("Anna", ["Hello there."]), Tier("Anna gaze", ["up"])]
    >>> [tier.name for tier in choose(tiers).talk]
    ['Anna']
    """
    groups: dict[str, list[Tier]] = defaultdict(list)
    other: list[Tier] = []
    tiers = list(tiers)
    persons = _persons(tiers)
    for tier in tiers:
        if _cannot_be_talk(tier):
            other.append(tier)
        else:
            groups[persons[id(tier)]].append(tier)
    unnamed = groups.pop("", []) if len(groups) > 1 else []
    talk: list[Tier] = []
    doubtful: list[tuple[Tier, Tier]] = []
    for group in groups.values():
        first, *others = sorted(group, key=lambda t: (_rank(t), -sum(map(count_words, t.texts))))
        talk.append(first)
        other += others
        doubtful += [(each, first) for each in others if _rank(each) == _rank(first)]
    other += unnamed
    return Choice(tuple(t for t in tiers if t in talk), tuple(other), tuple(doubtful))


def _persons(tiers: Sequence[Tier]) -> dict[int, str]:
    """Return whose each tier is: by what the file says, unless it says the same of all."""
    candidates = [tier for tier in tiers if not _cannot_be_talk(tier)]
    said = {tier.person for tier in candidates}
    names = {person_of(tier.name) for tier in candidates}
    if len(said) == 1 and len(names) > 1:
        found = {id(tier): person_of(tier.name) for tier in tiers}
    else:
        found = {id(tier): tier.person or person_of(tier.name) for tier in tiers}
    whole = {found[id(tier)] for tier in candidates if _rank(tier) == 0}
    plain = {name for name in names if not _SEPARATOR.search(name)}
    for tier in tiers:
        if not tier.person and (owner := _owner(tier, whole, plain)):
            found[id(tier)] = owner
    return found


def _owner(tier: Tier, whole: Collection[str], plain: Collection[str]) -> str:
    """Return the person whose name the name of a tier begins with; empty if there is none.

    "K-RH" is a second tier of K if there is "K-Speech"; "Anna_x" is one of Anna if it has single
    words, as codes have.
    """
    name = person_of(tier.name)
    for found in _SEPARATOR.finditer(name):
        before, behind = name[: found.start()], name[found.end() :]
        if not _WORD.search(behind):
            continue
        if before in whole or (before in plain and found[0] != " " and _has_single_words(tier)):
            return before
    return ""


def _has_single_words(tier: Tier) -> bool:
    return sum(map(count_words, tier.texts)) <= _FEW_WORDS * len(tier.texts)


def _cannot_be_talk(tier: Tier) -> bool:
    if says(tier.name, patterns.NO_TALK) or says(tier.kind, patterns.NO_TALK):
        return True
    if says(tier.name, patterns.SOUNDS) or says(tier.kind, patterns.SOUNDS):
        return True
    if tier.coded and not says(f"{tier.name} {tier.kind}", patterns.TALK):
        return True
    return not any(sign.isalpha() for text in tier.texts for sign in text)


def _rank(tier: Tier) -> int:
    """Return 0 for whole utterances, 2 for single words, 1 if nothing says which."""
    text = f"{tier.name} {tier.kind}"
    return 2 if says(text, patterns.WORDS) else 0 if says(text, patterns.TALK) else 1


def report(choice: Choice, log: ProblemLog) -> None:
    """Name the tiers with words that were not read as talk, and those that are doubtful."""
    doubted = {id(tier) for tier, _ in choice.doubtful}
    for tier, first in choice.doubtful:
        log.add(
            f"the tier {shown_name(tier.name)} belongs to the same person as "
            f"{shown_name(first.name)} and was not read as talk. If it is talk, merge the two "
            "tiers, or give it a person of its own.",
            Severity.WARNING,
        )
    names = [tier.name for tier in choice.other if tier.texts and id(tier) not in doubted]
    if names:
        shown = ", ".join(map(shown_name, names[:_SHOWN]))
        more = ", ..." if len(names) > _SHOWN else ""
        log.add(
            f"tiers that were not read as talk: {len(names)} ({shown}{more}). If one is talk, "
            "rename it: a tier of talk has the speaker's name.",
            Severity.NOTE,
        )
    for tier in choice.talk:
        if is_unnamed(tier.name) and len(choice.talk) > 1:
            log.add(
                f"the tier {shown_name(tier.name)} does not say who speaks; it is read as a "
                "speaker of this name. Rename it if it is talk; otherwise, take it out.",
                Severity.WARNING,
            )
        elif _may_be_codes(tier):
            log.add(
                f"the tier {shown_name(tier.name)} says the same few words again and again; it is "
                "read as talk. If these are codes, put 'codes' into its name.",
                Severity.WARNING,
            )


def _may_be_codes(tier: Tier) -> bool:
    """Whether a tier has few different annotations, of one or two words each."""
    n, different = len(tier.texts), {text.strip().lower() for text in tier.texts}
    return (
        n >= _FEW and len(different) * 3 <= n and all(count_words(text) <= 2 for text in different)
    )
