"""Which labels of a file are speakers, judged by all lines that could begin a turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tsd.readers.roles import known_role, speaker_key
from tsd.readers.roles import same_name as _same_name
from tsd.readers.text import labels_patterns as patterns
from tsd.readers.text.lines import Line
from tsd.readers.text.shapes import Head, Layout
from tsd.schema import Role

_NUMBER_BEHIND = re.compile(r"[ _.#-]?\d{1,6}$")
_WORD = re.compile(r"[^\W_][\w.'’@-]*")
_LOWER_WORD = re.compile(r"[^\W\d_]+")
_MADE_UP = re.compile(
    r"(?:unknown |unidentified )?(?:speaker|spk|spkr|person|participant|voice|guest|user|caller"
    r"|male|female|sprecher)[ _-]?(?:\d{1,4}|[a-z])|(?:s|p|id)[_-]?\d{1,4}"
    r"|(?:unknown|unidentified|(?:fe)?male) speaker",
    re.IGNORECASE,
)
"""Names that programs give to voices."""

_INITIALS = re.compile(r"[^\W\d_]\.?[^\W\d_]\.?(?:[^\W\d_]\.?)?")
_SIGNS = frozenset('?!;"“”„«»=\\…{}~^')
_SENTENCE_END = re.compile(r"[.?!…:;)\]\"”’'*»。？！—–-]$")
_MOST_WORDS = 8
_MOST_WORDS_ONCE = 4
_ABBREVIATION = 6  # characters, with the full stop
_SEEN = 2_000_000  # characters of talk, in which ordinary words are looked for


_KEPT = 2**16
"""Labels come again and again: what is known of so many of them is kept."""


@lru_cache(_KEPT)
def same_name(label: str) -> str:
    """Return a label as it is compared with others."""
    return _same_name(label)


@lru_cache(_KEPT)
def stem(label: str) -> str:
    """Return a label as it is counted: without case, brackets and the number behind it."""
    plain = same_name(label)
    return _NUMBER_BEHIND.sub("", plain) or plain


@lru_cache(_KEPT)
def is_role(label: str) -> bool:
    """Whether the label names a role."""
    return known_role(label) is not Role.UNKNOWN


def is_made_up(label: str) -> bool:
    """Whether a program gave the label to a voice, such as "Speaker 1"."""
    return _MADE_UP.fullmatch(label) is not None


def is_initials(label: str) -> bool:
    """Whether a label can be the initials of somebody, such as "CC" or "S.O."; words can, too.

    >>> is_initials("CC"), is_initials("So")
    (True, False)
    """
    return _INITIALS.fullmatch(label) is not None and label.isupper()


@lru_cache(_KEPT)
def is_prose(label: str) -> bool:
    """Whether a label can only be the beginning of a sentence, or a heading.

    >>> [is_prose(label) for label in ("And then he said", "Date", "Anna van der Berg", "A")]
    [True, True, False, False]
    """
    if len(label) == 1:
        return not label.isalpha()
    if is_made_up(label) or is_initials(label):
        return False
    plain = speaker_key(label)
    if not plain or plain in patterns.HEADINGS or plain in patterns.SPEECH:
        return True
    if label[-1] in ",.-–" and not (
        label[-1] == "." and len(label.rsplit(maxsplit=1)[-1]) <= _ABBREVIATION
    ):
        return True
    words = label.lower().replace("’", "'").split()
    if len(words) > _MOST_WORDS or not _SIGNS.isdisjoint(label) or "//" in label:
        return True
    if any(word in patterns.SAYING for word in words[1:]):
        return True
    # "The first one" is no name; "An Nguyen" and "second speaker" are.
    name = len(words) > 1 and (
        words[-1] in patterns.ROLE_AFTER_OPENER or all(w[0].isupper() for w in label.split())
    )
    return words[0] in patterns.OPENERS and not name


@lru_cache(_KEPT)
def is_proper(label: str) -> bool:
    """Whether every word of a label is written as in a name.

    >>> [is_proper(name) for name in ("Jean-Luc d’Arcy", "Anna van der Berg", "maria", "רות")]
    [True, True, False, True]
    """
    words = _WORD.findall(label)
    capital = [not word[0].islower() or _inner_capital(word) for word in words]
    small = [word.lower().rstrip(".") in patterns.PARTICLES for word in words]
    return any(capital) and all(c or s for c, s in zip(capital, small, strict=True))


def _inner_capital(word: str) -> bool:
    """Whether a word is like d'Arcy or al-Hassan."""
    return any(part[:1].isupper() for part in re.split(r"['’-]", word)[1:])


@dataclass(slots=True)
class Evidence:
    """What is known about the speakers of a file before its labels are counted.

    Parameters
    ----------
    named : collection of str
        The names that the user gave, as `same_name` writes them.
    listed : collection of str
        The names in the file's own list of speakers.
    """

    named: Collection[str] = ()
    listed: Collection[str] = ()
    lines: Sequence[Line] = ()
    _ordinary: frozenset[str] | None = field(default=None, repr=False)

    def is_named(self, label: str) -> bool:
        """Whether the user gave this name; "T" also names T1, T2 ..."""
        return bool(self.named) and (same_name(label) in self.named or stem(label) in self.named)

    def is_ordinary(self, label: str) -> bool:
        """Whether a label of one word is also written in lower case in the talk."""
        if " " in label or not label[:1].isupper():
            return False
        if self._ordinary is None:
            seen: set[str] = set()
            left = _SEEN
            for line in self.lines:
                seen.update(w for w in _LOWER_WORD.findall(line.text[:left]) if w.islower())
                left -= len(line.text)
                if left <= 0:
                    break
            self._ordinary = frozenset(seen)
        return label.lower() in self._ordinary


def speakers(
    found: Sequence[Head | None], lines: Sequence[Line], evidence: Evidence
) -> frozenset[str]:
    """Decide which labels of one layout are speakers; compared as `same_name` writes them.

    Parameters
    ----------
    found : sequence of Head or None
        For each line what it is in this layout.
    lines : sequence of Line
        The lines.
    evidence : Evidence
        What else is known.
    """
    heads = [head for head in found if head is not None]
    counts = Counter(stem(head.label) for head in heads)
    sure = {
        same_name(head.label)
        for head in heads
        if _is_sure(head, counts[stem(head.label)], evidence)
    }
    often = {
        same_name(head.label)
        for head in heads
        if counts[stem(head.label)] > 1 and not is_prose(head.label)
    }
    regular = _regular(found, lines, sure | often)
    starts = _turn_starts(found, lines)
    most = max((counts[name] for name in map(stem, sure)), default=0)
    again = {
        same_name(head.label)
        for head in heads
        if (n := counts[stem(head.label)]) > 1
        and not is_prose(head.label)
        and _recurs_as_a_speaker(head, n, most, regular, starts[stem(head.label)], evidence)
    }
    chosen = sure | again
    # Labels of a kind that is there already: once is enough.
    alike = {_style(head) for head in heads if same_name(head.label) in chosen}
    once = {
        same_name(head.label)
        for head in heads
        if counts[stem(head.label)] == 1
        and same_name(head.label) not in chosen
        and (not alike or _style(head) in alike)
        and _may_come_once(head, evidence)
    }
    short = {_bare_initials(head.label) for head in heads if same_name(head.label) in chosen}
    chosen |= {
        same_name(head.label)
        for head in heads
        if is_proper(head.label)
        and not is_prose(head.label)
        and len(letters := "".join(word[0] for word in head.label.split())) > 1
        and letters.upper() in short
    }
    if heads and (
        heads[0].layout is not Layout.COLON or _regular(found, lines, chosen | once) >= 0.8
    ):
        chosen |= once
    if len(chosen) < 2:
        chosen |= once
    return frozenset(_at_least_two(heads, chosen))


def _is_sure(head: Head, count: int, evidence: Evidence) -> bool:
    label = head.label
    if evidence.is_named(label):
        return True
    if is_prose(label) and not is_role(label):
        return False
    if head.tight and not is_role(label) and count < 2:
        return False
    if same_name(label) in evidence.listed:
        return True
    if is_role(label) or is_role(head.remark):
        return count > 1 or not label[0].islower()
    if is_made_up(label):
        return count > 1 or bool(head.start) or head.layout is not Layout.COLON or len(label) > 2
    # "Anna (00:12): words", "[00:12] Anna: words"
    in_brackets = head.style.startswith(("behind [", "behind (", "before [", "before ("))
    return head.layout is Layout.COLON and in_brackets and is_proper(label)


def _recurs_as_a_speaker(
    head: Head, count: int, most: int, regular: float, starts: float, evidence: Evidence
) -> bool:
    """Whether a label that comes again is a speaker, and not the usual beginning of a sentence."""
    if _may_be_a_word(head.label) and head.words.isupper():
        return False  # all of the talk is in capitals
    if is_proper(head.label):
        often = count >= max(3, most / 10) and starts >= 0.8
        return often or not evidence.is_ordinary(head.label)
    few_words = len(head.label.split()) <= _MOST_WORDS_ONCE
    whole = starts >= 0.8 or regular >= 0.8
    return few_words and whole and (count > 2 or regular >= 0.5 or most == 0)


def _bare_initials(label: str) -> str:
    """Return a label that can be initials, without stops; else nothing."""
    return label.replace(".", "") if is_initials(label) else ""


def _may_be_a_word(label: str) -> bool:
    """Whether initials are also a word or a heading: "PS", "SO"."""
    plain = speaker_key(label)
    return any(plain in some for some in (patterns.HEADINGS, patterns.SPEECH, patterns.OPENERS))


def _style(head: Head) -> tuple[str, bool]:
    """Return what is alike in the labels of a file: where times stand, and capitals."""
    return head.style, head.label.isupper()


def _may_come_once(head: Head, evidence: Evidence) -> bool:
    """Whether a label that comes once, in the style of the speakers' labels, is a speaker."""
    label = head.label
    if is_prose(label) or _may_be_a_word(label) or head.tight or not is_proper(label):
        return False
    if len(label.split()) > _MOST_WORDS_ONCE or evidence.is_ordinary(label):
        return False
    if head.layout is Layout.ALONE:
        return head.style in ("under a time", "above a time")
    return head.layout in (Layout.TIMED, Layout.COLON)


def _regular(found: Sequence[Head | None], lines: Sequence[Line], names: Collection[str]) -> float:
    """Return the share of the lines, from the first turn on, that begin a turn of a speaker."""
    first = next(
        (i for i, head in enumerate(found) if head and same_name(head.label) in names), None
    )
    if first is None:
        return 0.0
    talk = [head for head, line in zip(found[first:], lines[first:], strict=True) if line.text]
    return sum(head is not None and same_name(head.label) in names for head in talk) / len(talk)


def _turn_starts(found: Sequence[Head | None], lines: Sequence[Line]) -> dict[str, float]:
    """Return for each label how often the line before it is a whole sentence, or empty."""
    after_end: Counter[str] = Counter()
    all_of_them: Counter[str] = Counter()
    for i, head in enumerate(found):
        if head is None:
            continue
        before = lines[i - 1].text if i else ""
        all_of_them[stem(head.label)] += 1
        # A line before that begins a turn of its own is whole if this one is a label of a list.
        after_end[stem(head.label)] += not before or _SENTENCE_END.search(before[-3:]) is not None
    return {name: after_end[name] / n for name, n in all_of_them.items()}


def _at_least_two(heads: Sequence[Head], chosen: set[str]) -> set[str]:
    """Take more doubtful labels, too, if there is nobody else: one side must not get all words."""
    if len(chosen) < 2:
        chosen = chosen | {same_name(head.label) for head in heads if is_role(head.label)}
    if len(chosen) == 1:
        chosen = chosen | {
            same_name(head.label)
            for head in heads
            if is_proper(head.label)
            and not is_prose(head.label)
            and len(head.label.split()) <= _MOST_WORDS_ONCE
        }
    return chosen


def doubtful(heads: Iterable[Head], chosen: Collection[str]) -> list[Head]:
    """Return the heads that look like a speaker's but are not taken as one."""
    some = [h for h in heads if same_name(h.label) not in chosen and not is_prose(h.label)]
    counts = Counter(stem(head.label) for head in some)
    return [
        head
        for head in some
        if (is_proper(head.label) or counts[stem(head.label)] > 1)
        and len(head.label.split()) <= _MOST_WORDS_ONCE
    ]
