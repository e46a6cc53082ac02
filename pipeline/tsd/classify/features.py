"""What the classifier looks at: one row of plain text columns per unit.

The columns are text so that the fitted model is made of scikit-learn's own parts alone and can
be stored without any code of ours. All knowledge of language is in the cues, the word classes
and the frames.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tsd.classify.context import NO_ANSWER, answers, talk_before, topics
from tsd.classify.frames import frames
from tsd.classify.words import class_line, normalize, read_words
from tsd.schema import Role
from tsd.segment.doc import CUES, UNITS, UTTERANCES, column, spans, utterance_indices

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc, Span

COLUMNS: tuple[str, ...] = ("words", "classes", "frames", "cues", "answers", "topics")
"""Columns of the feature table, each a text of tokens divided by blanks."""

EXTENT = "extent"
"""Further column: `WHOLE` or `EXCERPT`, for the calibration alone."""

BEFORE = "before"
"""Further column: the talk just before the unit, for the encoder alone."""

WHOLE, EXCERPT = "session", "excerpt"

EXCERPT_UTTERANCES = 5
"""A session with fewer therapist utterances is an excerpt: somebody has chosen it, often for what
is in it, so the rate of disclosures in whole sessions does not hold for it."""

_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|myself|im|ive)\b")
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself|youre|youve)\b")
_FIRST_PLURAL = re.compile(r"\b(?:we|us|our|ours)\b")


def unit_table(docs: Iterable[Doc]) -> pd.DataFrame:
    """Describe the units of sessions, one row each, in order.

    The columns are `COLUMNS`, `EXTENT` and `BEFORE`. The Docs have run through ``tsd_units`` and
    ``tsd_cues``.
    """
    import pandas as pd

    rows: list[tuple[str, ...]] = []
    seen: dict[str, tuple[str, ...]] = {}  # much of what a therapist says is "mm-hmm"
    for doc in docs:
        units = list(spans(doc, UNITS))
        where = utterance_indices(doc, units)
        own, outside = _cues_by_unit(doc, units, where)
        whole, size = doc.text, extent(doc)
        roles = column(doc, "role")
        texts = [whole[span.start_char : span.end_char] for span in spans(doc, UTTERANCES)]
        begins = [span.start_char for span in spans(doc, UTTERANCES)]
        previous = -1
        for unit, utterance, cues in zip(units, where, own, strict=True):
            text = whole[unit.start_char : unit.end_char]
            if text not in seen:
                seen[text] = _describe(text)
            *columns, persons = seen[text]
            tokens = [f"cue:{name}" for name in cues]
            tokens += [persons, *(f"before:{name}" for name in sorted(outside[utterance - 1]))]
            said, normalized = _said_before(texts, roles, utterance), columns[0]
            answer = answers(said, normalized) if utterance != previous else NO_ANSWER
            topic = topics(said, normalized)
            earlier = whole[begins[utterance] : unit.start_char]
            before = talk_before(texts, roles, utterance, earlier)
            rows.append((*columns, " ".join(tokens), answer, topic, size, before))
            previous = utterance
    return pd.DataFrame(rows, columns=[*COLUMNS, EXTENT, BEFORE], dtype=object)


def _describe(text: str) -> tuple[str, ...]:
    """Return a unit's words, classes and frames, and who it is about."""
    text = normalize(text)
    words = read_words(text)
    return text, class_line(words), " ".join(frames(words)), " ".join(_persons(text))


def extent(doc: Doc) -> str:
    """Return `WHOLE` or `EXCERPT`, by the number of therapist utterances of a session."""
    count = column(doc, "role").count(str(Role.THERAPIST))
    return EXCERPT if count < EXCERPT_UTTERANCES else WHOLE


def _said_before(texts: list[str], roles: list[str], utterance: int) -> str:
    """Return what somebody else said just before an utterance; empty if nobody did."""
    previous = utterance - 1
    return texts[previous] if previous >= 0 and roles[previous] != Role.THERAPIST else ""


def _cues_by_unit(
    doc: Doc, units: list[Span], where: list[int]
) -> tuple[list[list[str]], defaultdict[int, set[str]]]:
    """Return the cues that begin in each unit, and those in no unit (of clients) by utterance."""
    own: list[list[str]] = [[] for _ in units]
    outside: defaultdict[int, set[str]] = defaultdict(set)
    starts = [unit.start for unit in units]
    cues = list(spans(doc, CUES))
    for cue, utterance in zip(cues, utterance_indices(doc, cues), strict=True):
        name = cue.label_.replace(" ", "_")
        number = bisect_right(starts, cue.start) - 1
        if number >= 0 and where[number] == utterance:
            if name not in own[number]:
                own[number].append(name)
        else:
            outside[utterance].add(name)
    return own, outside


def _persons(text: str) -> list[str]:
    """Return who the unit is about: first person alone, with "you", or neither; and if it asks."""
    first, second = _FIRST_PERSON.search(text), _SECOND_PERSON.search(text)
    tokens = [("i" if first else "") + ("you" if second else "") or "nobody"]
    if _FIRST_PLURAL.search(text):
        tokens.append("we")
    if text.endswith("?"):
        tokens.append("question")
    return tokens
