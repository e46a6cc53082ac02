"""Frames: what a unit says of the speaker, of "you" and of others, as short readable features.

N-grams cannot show whose "I" it is, whether it happened, or whether it would be true if this
client had never come. Frames do. Of each first person: the tense and mood ("it:would"), the verb
or its class ("i:past:PROBLEM"), what it is about ("i:be>ROLE", "i:TASTE>YOU"), what is before it
("pre:like:be"); of each "my", what is owned ("my:KIN"); and of the unit, how it opens. The names
in capitals are the classes of `tsd.segment.classes_patterns`.
"""

from __future__ import annotations

from tsd.classify.words import MARK, OTHER, Word
from tsd.segment import classes_patterns as patterns

_AUXILIARIES = {
    name: name.lower()
    for name in ("BE", "WAS", "BEEN", "HAVE", "HAD", "DO", "DID", "WOULD", "CAN", "WILL")
} | {"MODAL": "would"}
_ADVERBS = frozenset(("HABIT", "ALSO"))
NOUNS = frozenset(
    ["KIN", "PET", "ROLE", "CLIENTS", "WORK", "FIELD", "PLACE", "PROBLEM", "LEISURE", "LIFE"]
) | {"TIME", "BODY"}
_DETERMINERS = frozenset(["A", "THE", "YOUR", "MY", "THEIR", "OUR", "NUM", "IT"])
_BEFORE_NOUN = frozenset(
    ["WORKING", "FIELD", "PROBLEM", "TIME", "PET", "KIN", "ING", "ED", "LIFE", "CLIENTS"]
) | {"PLACE", "ROLE", "OWN", OTHER}
_SUBJECTS = frozenset(["I", "YOU", "IT", "THEY", "WE"])
_ADDRESSED = frozenset(["YOU", "YOUR", "YOURSELF"])
_OBJECTS = frozenset(
    ["WORKING", "TASTE", "ALSO", "NUM", "HERE", "MY", "ME", "OUR", "WE", "THEY", "THEIR"]
) | {"MYSELF", "FEELING", "IT", "WHEN", "IF"}
"""Classes that are named when they are in what follows the verb."""
_AS_SAID = frozenset(["PREP", "AND", "OFFER", "WANT", "SAY", "THINK"])
"""Classes whose members differ so much that the word itself is named."""
_PRESENCE = frozenset(["IF", "ALSO", "WORKING", "TASTE", "FEELING", "HABIT"])
_PAST = frozenset(f"{patterns.WORD_CLASSES['PAST']} {patterns.IRREGULAR_PAST}".split())
_FIRST = frozenset(("I", "MY", "ME"))
_QUOTES = frozenset('"“”')
_REACH, _COMPLEMENT = 7, 10
"""Most words between a subject and its verb, and most words looked at after the verb."""


def frames(words: list[Word]) -> list[str]:
    """Return the frames of a unit, each once, in the order of the text, without blanks.

    Examples
    --------
    >>> from tsd.classify.words import read_words
    >>> found = frames(read_words("my sister would want a nurse"))
    >>> [frame for frame in found if frame.startswith("my:")]
    ['my:KIN', 'my:sister', 'my:KIN:MODAL']
    >>> found = frames(read_words("i've lost too"))
    >>> [frame for frame in found if frame.startswith("i:have")]
    ['i:have:PROBLEM', 'i:have:lost', 'i:have>.PROBLEM', 'i:have>ALSO', 'i:have>PROBLEM']
    """
    found: list[str] = []
    classes = [name for _, name in words]
    you_before = False
    for at, (word, name) in enumerate(words):
        if name in NOUNS:
            found.append(f"n:{_determiner(classes, at)}:{name}")
        if name == "I":
            found += _of_subject(words, classes, at, you_before=you_before)
        elif name == "MY":
            found += _of_possession(words, classes, at)
        elif name in ("ME", "MYSELF"):
            found += _of_object(words, classes, at)
        elif name in ("WE", "OUR", "YOUR", "THEY", "THEIR"):
            found.append(f"{name}:{_after(classes, at)}")
        elif name == "YOU":
            you_before = True
            found += ["you", f"you:{_after(classes, at)}", f"{_before(classes, at)}:you"]
        elif name in _PRESENCE:
            found.append(f"has:{name}")
        elif word in _QUOTES:
            found.append("quote")
    return list(dict.fromkeys([*found, *_of_opening(classes)]))


def _after(classes: list[str], at: int) -> str:
    return classes[at + 1] if at + 1 < len(classes) else "END"


def _before(classes: list[str], at: int) -> str:
    return classes[at - 1] if at else "START"


def _determiner(classes: list[str], at: int) -> str:
    """Return whose noun it is, or which one: "your", "a", ... up to three words before it."""
    for name in reversed(classes[max(0, at - 3) : at]):
        if name in _DETERMINERS:
            return name
        if name not in _BEFORE_NOUN:
            break
    return ""


def _of_subject(words: list[Word], classes: list[str], at: int, *, you_before: bool) -> list[str]:
    """Describe what the first person at a position does, is or has."""
    helpers, adverbs, negated = [], [], ""
    verb = at + 1
    while verb < len(words) and verb <= at + _REACH:
        name = classes[verb]
        if name in _AUXILIARIES:
            helpers.append(_AUXILIARIES[name])
        elif name == "NOT":
            negated = ":not"
        elif name in _ADVERBS:
            adverbs.append(name)
        elif not (name == MARK and verb == at + 1):
            break
        verb += 1
    tense = "_".join(helpers[:3]) or "pres"
    word_before = words[at - 1][0] if at else "^"
    if verb >= len(words) or verb > at + _REACH:
        alone = [f"i:{tense}:END{negated}", f"pre:{word_before}:END"]
        return alone + [f"i:END:{name}" for name in adverbs]
    word, name = words[verb]
    if not helpers and (word in _PAST or word.endswith("ed")):
        tense = "past"
    if word.endswith("ing"):
        tense += "_ing"
    does = word if name in _AS_SAID else name
    found = [f"i:{tense}:{does}{negated}", f"i:{tense}:{word}{negated}"]
    found += [f"iv:{does}", f"it:{tense}{negated}"]
    found += [f"pre:{_before(classes, at)}:{tense}", f"pre:{word_before}:{does}"]
    for adverb in adverbs:
        found += [f"i:{adverb}:{does}", f"i:{adverb}"]
    is_state = bool(helpers) and helpers[-1] in ("be", "was", "been")
    does = "be" if is_state else does
    if is_state and name in ("A", "THE"):
        found.append(f"i:be:{name}{negated}")
    about = _complement(classes, verb if helpers else verb + 1)
    for each in about or ["0"]:
        found += [f"i:{does}>{each}", f"i:{tense}>{each}"]
        if about:
            found.append(f"i>{each}")
    if you_before:
        found.append(f"you..i:{tense}")
    return found


def _complement(classes: list[str], start: int) -> list[str]:
    """Return the classes of what follows a verb, up to the next subject."""
    found = set()
    for at in range(start, min(start + _COMPLEMENT, len(classes))):
        name = classes[at]
        if name == "I" or (name in ("AND", MARK) and _after(classes, at) in _SUBJECTS):
            break
        if name in _ADDRESSED:
            found.add("YOU")
        elif name in NOUNS:
            found |= {name, f"{_determiner(classes, at)}.{name}"}
        elif name in _OBJECTS:
            found.add(name)
    return sorted(found)


def _of_possession(words: list[Word], classes: list[str], at: int) -> list[str]:
    """Describe what is "my": the noun, past an adjective or two."""
    noun = at + 1
    while noun < len(words) and noun < at + 3 and classes[noun] in (OTHER, "OWN", "NUM", "TIME"):
        noun += 1
    if noun >= len(words) or classes[noun] not in NOUNS:
        noun = at + 1
    word, name = words[noun] if noun < len(words) else ("$", "END")
    found = [f"my:{name}", f"my:{word}", f"my:{name}:{_after(classes, noun)}"]
    if at:
        found.append(f"{words[at - 1][0]}:my:{name}")
    return found


def _of_object(words: list[Word], classes: list[str], at: int) -> list[str]:
    """Describe what is done to "me", or by "myself"."""
    word, word_before = words[at][0], words[at - 1][0] if at else "^"
    found = [f"{word_before}:{word}", f"{word}:{_after(classes, at)}"]
    if at > 1:
        found.append(f"{classes[at - 2]}:{word_before}:{word}")
    return found


def _of_opening(classes: list[str]) -> list[str]:
    """Describe how a unit begins and ends, and one without any first person as a whole."""
    if not classes:
        return []
    found = [f"open:{'_'.join(classes[:n])}" for n in (1, 2, 3) if n <= len(classes)]
    found.append(f"close:{classes[-1]}")
    if not _FIRST & set(classes):
        found.append("nofirst:you" if _ADDRESSED & set(classes) else "nofirst")
        found.append(f"no:{'_'.join(classes[:3])}")
        if len(classes) <= 5:
            found.append(f"short:{'_'.join(classes)}")
    return found
