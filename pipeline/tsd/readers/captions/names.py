"""Speakers that a cue names before its words: "Nora: yes", "[SPEAKER_00]: yes"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tsd.readers.log import ProblemLog
from tsd.readers.roles import known_role, same_name, shown_name
from tsd.readers.text.labels import is_proper, is_prose
from tsd.readers.text.notes import is_pause
from tsd.schema import Role, Severity
from tsd.settings import Reading
from tsd.words import count

_LABELED = re.compile(
    r"(?:(?P<change>[-–—•>]|>>|>>>)\s*)?[*_]{0,3}"
    r"(?P<name>[\[(<{][^\[\](){}<>:]{1,60}[\])>}]"
    r"|[^\W_][^:\[\]()<>?!\"“”]{0,60}?|\+?[\d*() -]{7,20})"
    r"(?P<remark>\s?[\[(][^()\[\]:]{1,40}[)\]])?[*_]{0,3}\s?[:：][*_]{0,3}(?=\s|$|[^\W\d_])(?P<text>.*)"
)
_BRACKETED = re.compile(r"(?:[-–—]\s*)?[\[({<](?P<name>[^\[\](){}<>]{1,40})[\])}>]\s(?P<text>.*)")
_REMARK_BEHIND = re.compile(r"(?P<name>[^\[(]+?)\s?[\[(](?P<remark>[^()\[\]]{1,40})[)\]]")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_WORDS, _MOST_LETTERS = 6, 50
_SMALL_LETTERS = 3  # so often a name in small letters must come before a colon
_LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Label:
    """A name before words, the remark in brackets behind it, and the words.

    `first` says that the words are the first of a cue, `colon` that a colon is behind the name,
    `change` that signs in front of it say that somebody else speaks (">> Nora: yes").
    """

    name: str
    remark: str
    text: str
    first: bool = True
    colon: bool = True
    change: bool = False


def split_label(text: str, *, first: bool = True) -> Label | None:
    """Split what may be the name of a speaker from the words behind it.

    In brackets it may be one without a colon: "[Interviewer] And then?"

    Examples
    --------
    >>> split_label("Lisa Dorn (she/her): I had that.")
    Label(name='Lisa Dorn', remark='she/her', text='I had that.', first=True, colon=True,
          change=False)
    >>> split_label("at 10:30 we met"), split_label("[SPEAKER_00]: yes").name
    (None, 'SPEAKER_00')
    """
    if (match := _LABELED.fullmatch(text)) is not None:
        name = match["name"].strip(" \t[](){}<>*_")
        remark = (match["remark"] or "").strip(" []()")
        change = (match["change"] or "").startswith(">>")
        return Label(name, remark, match["text"].strip(), first, change=change) if name else None
    if (match := _BRACKETED.fullmatch(text)) is not None:
        name = match["name"].strip()
        if not is_pause(name):
            return Label(name, "", match["text"].strip(), first, colon=False)
    return None


def split_remark(name: str) -> tuple[str, str]:
    """Split a name from the remark in brackets behind it.

    >>> split_remark("Lisa Dorn (she/her)"), split_remark("Nora")
    (('Lisa Dorn', 'she/her'), ('Nora', ''))
    """
    match = _REMARK_BEHIND.fullmatch(name)
    return (match["name"].strip(), match["remark"].strip()) if match else (name, "")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Which names before a colon are speakers, as `same_name` writes them; which are not clear.

    `once` are speakers that occur a single time; `doubtful` are names that were not taken; `bare`
    says whether names in brackets without a colon are speakers.
    """

    sure: frozenset[str]
    once: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    bare: bool = False

    def __contains__(self, label: Label) -> bool:
        key = same_name(label.name)
        return (label.colon or self.bare) and (key in self.sure or key in self.once)


def find_speakers(labels: Sequence[Label], cues: int, reading: Reading) -> Speakers:
    """Decide which names before a colon are speakers.

    These are the names that the user gave, that name a role, or that look like a name and come
    again. A name that comes once is one if it has several words, or if most cues have a name and
    some have one word, too; on the second line of a cue, it is not clear enough.

    Parameters
    ----------
    labels : sequence of Label
        One for each line that may begin with a name.
    cues : int
        How many cues have words.
    reading : Reading
        For the names that the user gave.

    Examples
    --------
    >>> found = [split_label(f"{name}: yes") for name in ("Ann", "Well", "Ann", "Paul Moss")]
    >>> speakers = find_speakers(found, 4, Reading())
    >>> sorted(speakers.sure), sorted(speakers.once)
    (['ann'], ['paul moss'])
    """
    # "[NAME]" can also be a placeholder among the words, so without colons it must be the rule.
    bare = 2 * sum(not label.colon for label in labels) >= cues
    labels = [label for label in labels if bare or label.colon]
    given = {same_name(name) for name in (*reading.therapist, *reading.client)}
    counts = Counter(same_name(label.name) for label in labels)
    names = {same_name(label.name): label.name for label in labels}
    changes = {same_name(label.name) for label in labels if label.change}
    # Where most cues may begin with a name, these are names, in whatever letters.
    usual = 2 * sum(label.first for label in labels) >= cues
    sure = {
        key
        for key, name in names.items()
        if key in given
        or _is_role(name, counts[key])
        or ((counts[key] > 1 or key in changes) and looks_like_a_name(name))
        or (counts[key] >= (2 if usual else _SMALL_LETTERS) and _may_be_a_name(name))
    }
    others = {same_name(label.name) for label in labels if label.first} - sure
    single = {key for key in names if key not in sure and looks_like_a_name(names[key])}
    most_cues = 2 * sum(counts[key] for key in (sure or single)) >= cues
    one_word = not sure or any(" " not in names[key] for key in sure)
    once = {
        key for key in single & others if (" " in names[key] and sure) or (most_cues and one_word)
    }
    # Where most cues have a name, what else can be one is doubtful: "Ben's iPad: hello".
    odd = {key for key in others - single if usual and sure and _begins_like_a_name(names[key])}
    return Speakers(frozenset(sure), frozenset(once), frozenset((single - once) | odd), bare)


def report_names(labels: Sequence[tuple[int, Label]], speakers: Speakers, log: ProblemLog) -> None:
    """Report names that come once, whether they were taken as speakers or not.

    `labels` are the numbers of lines and what may be a name in them.
    """
    once = [(n, label) for n, label in labels if same_name(label.name) in speakers.once]
    if once and speakers.sure:
        names = ", ".join(shown_name(label.name) for _, label in once[:_LINES_SHOWN])
        log.add(
            f"{count(len(once), 'speaker')} named only once: {names}. If one is not a speaker, "
            "write the word without a colon or brackets.",
            # A word before a colon, such as "Question:", is easily taken for a name.
            Severity.NOTE if all(" " in label.name for _, label in once) else Severity.WARNING,
            line=once[0][0],
        )
    doubtful = [n for n, label in labels if same_name(label.name) in speakers.doubtful]
    if doubtful and (speakers.sure or speakers.once):
        lines = ", ".join(map(str, doubtful[:_LINES_SHOWN]))
        more = ", ..." if len(doubtful) > _LINES_SHOWN else ""
        log.add(
            f"{count(len(doubtful), 'line')} may begin with a speaker that is named only once "
            f"(line {lines}{more}). The words are read as those of the speaker before. If it is a "
            "speaker, give the name with --therapist or --client.",
            Severity.WARNING,
        )


def _is_role(name: str, times: int) -> bool:
    return known_role(name) is not Role.UNKNOWN and (times > 1 or not name[:1].islower())


def looks_like_a_name(name: str) -> bool:
    """Whether a name is written as names are.

    >>> looks_like_a_name("Lisa Dorn"), looks_like_a_name("Well"), looks_like_a_name("maria")
    (True, False, False)
    """
    return _may_be_a_name(name) and (is_proper(name) or not _LETTER.search(name))


def _begins_like_a_name(name: str) -> bool:
    return _may_be_a_name(name) and not name[0].islower()


def _may_be_a_name(name: str) -> bool:
    """Whether a name can be one, in any letters; a telephone number is that of who calls."""
    if len(name.split()) > _MOST_WORDS or len(name) > _MOST_LETTERS:
        return False
    return not is_prose(name) if _LETTER.search(name) else any(map(str.isdigit, name))
