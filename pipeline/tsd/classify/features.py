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

from tsd.classify.frames import frames
from tsd.classify.words import class_line, normalize, read_words
from tsd.schema import Role
from tsd.segment.doc import CUES, UNITS, column, spans, utterance_indices

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc, Span

COLUMNS: tuple[str, ...] = ("words", "classes", "frames", "cues")
"""Columns of the feature table, each a text of tokens divided by blanks."""

EXTENT = "extent"
"""Further column: `WHOLE` or `EXCERPT`, for the calibration alone."""

WHOLE, EXCERPT = "session", "excerpt"

EXCERPT_UTTERANCES = 5
"""A session with fewer therapist utterances is an excerpt: somebody has chosen it, and often for
what is in it, so that the rate of whole sessions does not hold for it."""

_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|myself|im|ive)\b")
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself|youre|youve)\b")
_FIRST_PLURAL = re.compile(r"\b(?:we|us|our|ours)\b")


def unit_table(docs: Iterable[Doc]) -> pd.DataFrame:
    """Describe every unit of some sessions to the classifier.

    Parameters
    ----------
    docs : iterable of Doc
        After ``tsd_units`` and ``tsd_cues``.

    Returns
    -------
    DataFrame
        One row per unit, in order, with the `COLUMNS` and `EXTENT`.
    """
    import pandas as pd

    rows: list[tuple[str, ...]] = []
    seen: dict[str, tuple[str, ...]] = {}  # much of what a therapist says is "mm-hmm"
    for doc in docs:
        units = list(spans(doc, UNITS))
        where = utterance_indices(doc, units)
        own, said = _cues_by_unit(doc, units, where)
        whole, size = doc.text, extent(doc)
        for unit, utterance, cues in zip(units, where, own, strict=True):
            said_here = whole[unit.start_char : unit.end_char]
            if said_here not in seen:
                seen[said_here] = _describe(said_here)
            *columns, persons = seen[said_here]
            tokens = [f"cue:{name}" for name in cues]
            tokens += [persons, *(f"before:{name}" for name in sorted(said.get(utterance - 1, ())))]
            rows.append((*columns, " ".join(tokens), size))
    return pd.DataFrame(rows, columns=[*COLUMNS, EXTENT], dtype=object)


def _describe(said: str) -> tuple[str, ...]:
    """Return a unit's words, classes and frames, and who it is about."""
    text = normalize(said)
    words = read_words(text)
    return text, class_line(words), " ".join(frames(words)), " ".join(_persons(text))


def extent(doc: Doc) -> str:
    """Tell an excerpt from a whole session, by the number of therapist utterances.

    Parameters
    ----------
    doc : Doc
        A session.

    Returns
    -------
    str
        `WHOLE` or `EXCERPT`.
    """
    said = column(doc, "role").count(str(Role.THERAPIST))
    return EXCERPT if said < EXCERPT_UTTERANCES else WHOLE


def _cues_by_unit(
    doc: Doc, units: list[Span], where: list[int]
) -> tuple[list[list[str]], dict[int, set[str]]]:
    """Give each cue to the unit it begins in, and collect those of client utterances."""
    own: list[list[str]] = [[] for _ in units]
    said: dict[int, set[str]] = defaultdict(set)
    starts = [unit.start for unit in units]
    cues = list(spans(doc, CUES))
    for cue, utterance in zip(cues, utterance_indices(doc, cues), strict=True):
        name = cue.label_.replace(" ", "_")
        number = bisect_right(starts, cue.start) - 1
        if number >= 0 and where[number] == utterance:
            if name not in own[number]:
                own[number].append(name)
        else:
            said[utterance].add(name)
    return own, said


def _persons(text: str) -> list[str]:
    """Say who the unit is about: first person alone, with "you", or neither; and if it asks."""
    first, second = bool(_FIRST_PERSON.search(text)), bool(_SECOND_PERSON.search(text))
    tokens = [("i" if first else "") + ("you" if second else "") or "nobody"]
    if _FIRST_PLURAL.search(text):
        tokens.append("we")
    if text.endswith("?"):
        tokens.append("question")
    return tokens
