"""The nouns of the project: who spoke, what was said, what was disclosed, what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LONG = 100_000
_PART = re.compile(rf"(?s:.{{1,{_LONG}}})\S*")  # it never ends within a token


class Role(StrEnum):
    """The part a speaker has in the session."""

    THERAPIST = "therapist"
    CLIENT = "client"
    OTHER = "other"
    UNKNOWN = "unknown"


class Label(StrEnum):
    """What a coder calls a therapist utterance, in the words of the codebook.

    The three types of disclosure are in `TYPES`. ``none`` is a therapist utterance without a
    disclosure. ``ambiguous`` is one on which coders disagreed: it counts as no disclosure when
    labels are measured, and is left out when a model is trained or scored.
    """

    TRAINING = "training"
    SIMILAR_CHALLENGE = "similar_challenge"
    PERSONAL_DETAILS = "personal_details"
    NONE = "none"
    AMBIGUOUS = "ambiguous"


TYPES: tuple[Label, ...] = (Label.TRAINING, Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS)
"""The types of disclosure, in the order of every table and every probability."""


class Unmeasured(StrEnum):
    """Why nothing is measured in a session, in words that go on from "not measured:".

    No therapist: there is nobody whose disclosures could be found. Another language: the model and
    the word lists know English only. Too long: what counts as one utterance cannot be one turn.
    """

    NO_THERAPIST = "no therapist was recognized"
    LANGUAGE = "the talk is not in English"
    TURNS = "an utterance is too long to be one"


class Severity(StrEnum):
    """How much an input problem matters.

    ``error``: something could not be read or analyzed (exit status 1); ``warning``: it was, but a
    number may be affected; ``note``: something the user should know.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def count_words(text: str) -> int:
    """Count the words of a text: white-space-delimited tokens with a letter or a digit.

    Examples
    --------
    >>> count_words("I don't -- well, 12 years ...")
    5
    """
    if len(text) > _LONG:  # a list of all tokens of 50 MB would take over 1 GB
        return sum(_count(part[0]) for part in _PART.finditer(text))
    return _count(text)


def _count(text: str) -> int:
    # Most tokens have only letters: checking that is faster than searching.
    return len([t for t in text.split() if t.isalnum() or _LETTER_OR_DIGIT.search(t)])


def words_between(text: str, start: int, end: int) -> int:
    """Count the words of a part of a text, from character `start` up to `end` (exclusive).

    A word that is cut in two belongs to the part in which it begins, so the parts together never
    have more words than the whole.

    Examples
    --------
    >>> words_between("So sad.I left.", 0, 7), words_between("So sad.I left.", 7, 14)
    (2, 1)
    """
    return count_words(text[:end]) - count_words(text[:start])


def main_type(parts: Iterable[tuple[Label, int]]) -> Label:
    """Return the type of an utterance: the one with the most words among its disclosures.

    `parts` are the type and the number of words of each disclosure. On a tie, similar_challenge
    comes before personal_details, and that before training (codebook).

    Examples
    --------
    >>> main_type([(Label.TRAINING, 5), (Label.PERSONAL_DETAILS, 4), (Label.PERSONAL_DETAILS, 3)])
    <Label.PERSONAL_DETAILS: 'personal_details'>
    """
    words = dict.fromkeys((Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS, Label.TRAINING), 0)
    for label, length in parts:
        words[label] += length
    return max(words, key=words.__getitem__)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One turn of one speaker.

    Parameters
    ----------
    text : str
        The words as the source has them, without white space at the ends; never empty.
    speaker : str
        The speaker's name in the source.
    role : Role
        The part the speaker has in the session.
    utterance_id : str
        The source's own id, or the position in the session as text.
    start, end : float or None
        Times in seconds from the start of the recording; None where the source has none.
    label : Label or None
        The label of a human coder, if the source is annotated.
    also : tuple of Label
        Further types that the coder found in the utterance.
    flags : tuple of str
        Flags of the codebook, such as ``intimate``.
    disclosing : tuple of str
        The exact disclosing words, if the coder marked them.
    annotator : str
        The coder.
    line : int or None
        The line of the source file, counted from 1.
    """

    text: str
    speaker: str
    role: Role = Role.UNKNOWN
    utterance_id: str = ""
    start: float | None = None
    end: float | None = None
    label: Label | None = None
    also: tuple[Label, ...] = ()
    flags: tuple[str, ...] = ()
    disclosing: tuple[str, ...] = ()
    annotator: str = ""
    line: int | None = None

    def __post_init__(self) -> None:
        if not self.text or self.text != self.text.strip():
            raise ValueError(
                "the text of an utterance must not be empty nor start or end with white space"
            )

    @property
    def words(self) -> int:
        """The number of words, as `count_words` counts them."""
        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class Session:
    """One session: its utterances in the order in which they were spoken.

    Parameters
    ----------
    session_id : str
        The name of the session; unique within a run.
    utterances : tuple of Utterance
        At least one.
    source : str
        The file it came from.
    setting : str
        The kind of place, such as a ward or a school, where annotated data name it: a model is
        checked on settings that it has not learned from.
    unfit : Unmeasured or None
        Why its talk cannot be measured, if the reader has found a reason.

    Examples
    --------
    >>> from tsd.schema import Role, Session, Utterance
    >>> session = Session("demo", (Utterance("I trained in Leeds.", "T", Role.THERAPIST),))
    >>> len(session), session.utterances[0].words
    (1, 4)
    """

    session_id: str
    utterances: tuple[Utterance, ...]
    source: str = ""
    setting: str = ""
    unfit: Unmeasured | None = None

    def __len__(self) -> int:
        return len(self.utterances)

    def count(self, role: Role) -> int:
        """Count the utterances of one role."""
        return sum(utterance.role is role for utterance in self.utterances)

    @property
    def not_measured(self) -> Unmeasured | None:
        """Why nothing is measured in it; None if it is measured."""
        if self.unfit is None and not self.count(Role.THERAPIST):
            return Unmeasured.NO_THERAPIST
        return self.unfit


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One therapist self-disclosure: adjacent disclosing units of one utterance.

    Parameters
    ----------
    utterance : int
        Position of the utterance in its session, counted from 0.
    start_char, end_char : int
        Where its words are in the text of the utterance, in characters; the end is exclusive.
    text : str
        Its exact words.
    label : Label
        Its type.
    p_disclosure : float or None
        Calibrated probability that it is a disclosure; None when a human labeled it.
    p_types : tuple of float
        For each of `TYPES` the probability that it is a disclosure of this type; they sum to
        `p_disclosure`. Empty when a human labeled it.
    also : tuple of Label
        Further types that apply to it.
    cues : tuple of str
        Names of the cues found in it, in the order of the text.
    """

    utterance: int
    start_char: int
    end_char: int
    text: str
    label: Label
    p_disclosure: float | None = None
    p_types: tuple[float, ...] = ()
    also: tuple[Label, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the input that the user must know; never holds words of a transcript.

    Parameters
    ----------
    message : str
        What is wrong, what was expected, what to do.
    severity : Severity
        How much it matters.
    path, session_id : str
        The file and the session; empty if the problem is not about one.
    line : int or None
        The line in the file, counted from 1.
    """

    message: str
    severity: Severity = Severity.ERROR
    path: str = ""
    line: int | None = None
    session_id: str = ""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.message}"
