"""What the classifier looks at: one row of plain text columns per unit.

The columns are text so that the fitted model is made of scikit-learn's own parts alone and can
be stored without any code of ours. All knowledge of language is here and in the cues.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from tsd.segment import attributes

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc, Span

COLUMNS: tuple[str, ...] = ("words", "cues")
"""Columns of the feature table, each a text of tokens divided by blanks."""

_SPACED_APOSTROPHE = re.compile(r"(?<=\w)\s+['’]\s*(?=(?:s|m|t|d|ll|re|ve)\b)|[’`´]")
_PLACEHOLDER = re.compile(r"[\[<(](?:[A-Z][A-Z_ \d]*)[\])>]|\b[Xx]{3,}\b|_{3,}")
_NUMBER = re.compile(r"\d+")
_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|myself|im|ive)\b")
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself|youre|youve)\b")
_FIRST_PLURAL = re.compile(r"\b(?:we|us|our|ours)\b")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def normalise(text: str) -> str:
    """Write a unit as the classifier reads it.

    Lower case; typographic and detached apostrophes joined ("I ' m" is "i'm"); placeholders of
    de-identification and numbers each one token.

    Parameters
    ----------
    text : str
        The words of a unit.

    Returns
    -------
    str
        The same words, normalised.

    Examples
    --------
    >>> normalise("I ’ m [NAME], and I don't drink since 2012.")
    "i'm placeholder, and i don't drink since 0."
    """
    joined = _SPACED_APOSTROPHE.sub("'", text)
    return _NUMBER.sub("0", _PLACEHOLDER.sub("placeholder", joined)).lower()


def unit_table(doc: Doc) -> pd.DataFrame:
    """Describe every unit of a session to the classifier.

    Parameters
    ----------
    doc : Doc
        After ``tsd_units`` and ``tsd_cues``.

    Returns
    -------
    DataFrame
        One row per unit, in order, with the `COLUMNS`.
    """
    import pandas as pd

    units = list(doc.spans[attributes.UNITS])
    where = [attributes.utterance_index(unit) for unit in units]
    own, said = _cues_by_unit(doc, units, where)
    in_utterance: dict[int, list[int]] = defaultdict(list)
    for number, utterance in enumerate(where):
        in_utterance[utterance].append(number)
    words = [normalise(unit.text) for unit in units]
    rows = []
    for number, utterance in enumerate(where):
        tokens = [f"cue:{name}" for name in own[number]]
        tokens += _persons(words[number])
        siblings = {
            name for other in in_utterance[utterance] if other != number for name in own[other]
        }
        tokens += [f"near:{name}" for name in sorted(siblings)]
        tokens += [f"before:{name}" for name in sorted(said.get(utterance - 1, ()))]
        if len(in_utterance[utterance]) == 1:
            tokens.append("only_unit")
        rows.append(" ".join(tokens))
    return pd.DataFrame({"words": words, "cues": rows}, dtype=object)


def _cues_by_unit(
    doc: Doc, units: list[Span], where: list[int]
) -> tuple[list[list[str]], dict[int, set[str]]]:
    """Give each cue to the unit it begins in, and collect those of client utterances."""
    own: list[list[str]] = [[] for _ in units]
    said: dict[int, set[str]] = defaultdict(set)
    starts = [unit.start for unit in units]
    for cue in doc.spans[attributes.CUES]:
        name = cue.label_.replace(" ", "_")
        utterance = attributes.utterance_index(cue)
        number = bisect_right(starts, cue.start) - 1
        if number >= 0 and where[number] == utterance:
            if name not in own[number]:
                own[number].append(name)
        else:
            said[utterance].add(name)
    return own, said


def _persons(words: str) -> list[str]:
    """Tell whose matter the unit is: first person alone, with "you", or neither; a question."""
    first, second = bool(_FIRST_PERSON.search(words)), bool(_SECOND_PERSON.search(words))
    tokens = [("i" if first else "") + ("you" if second else "") or "nobody"]
    if _FIRST_PLURAL.search(words):
        tokens.append("we")
    if words.endswith("?"):
        tokens.append("question")
    if first:
        opening = _WORD.match(words)
        at_first = opening is not None and _FIRST_PERSON.match(opening.group())
        tokens.append("i_first" if at_first else "i_later")
    return tokens
