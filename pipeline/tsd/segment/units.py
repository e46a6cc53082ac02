"""Divides therapist utterances into sentence-like units: ``doc.spans["units"]``.

Written text has sentences. Transcribed speech has turns that run on, break off and start again,
and speech recognition gives neither full stops nor capitals. A unit ends at the end of a
sentence; a stretch that has gone on too long is divided where a new clause begins.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_PUNCT, IS_SPACE, LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from tsd.schema import Role
from tsd.segment import units_patterns as patterns
from tsd.segment.doc import (
    SEPARATOR,
    UNITS,
    UTTERANCES,
    column,
    ensure_utterances,
    register,
    set_spans,
    spans,
)
from tsd.settings import Finding

Ids = npt.NDArray[np.uint64]

_SHORTEST = 4
"""No piece of a divided stretch has fewer words than this."""

_STATEMENT = 2
"""A statement set off by a comma has at least this many words, and so has what is before it."""

_UNPUNCTUATED = 8
"""In an utterance without any punctuation, stretches longer than this are divided, in words."""

_LONGEST_PIECE = 24
"""A piece with more words than this is divided at the word nearest its middle that may begin a
clause: a few disclosing words are lost among forty others."""


class UnitSegmenter:
    """The component ``tsd_units``: writes ``doc.spans["units"]``.

    Units are in the order of the text, do not overlap, and together contain every token of the
    therapist's utterances that is not white space or a stray mark between them.

    Parameters
    ----------
    vocab : Vocab
        The pipeline's vocabulary.
    longest_unit : int
        The setting of the component. Stretches longer than this, in words, are divided where a
        clause begins.

    Examples
    --------
    >>> from tsd.segment.language import SessionLanguage
    >>> nlp = SessionLanguage()
    >>> _ = nlp.add_pipe("tsd_units")
    >>> doc = nlp("Okay. I trained with Dr. Lee in Leeds. And you?")
    >>> [unit.text for unit in doc.spans["units"]]
    ['Okay.', 'I trained with Dr. Lee in Leeds.', 'And you?']
    """

    def __init__(self, vocab: Vocab, longest_unit: int) -> None:
        def ids(words: Iterable[str]) -> set[int]:
            return {vocab.strings.add(word) for word in words}

        def array(words: Iterable[str]) -> Ids:
            return np.array(list(ids(words)), dtype=np.uint64)

        self.longest_unit = longest_unit
        self._ends = array(patterns.SENTENCE_ENDS)
        self._pauses = array(patterns.PAUSES)
        self._closers = array(patterns.CLOSERS)
        self._connectives = ids(patterns.CONNECTIVES)
        self._subjects = ids(patterns.SUBJECTS)
        self._glue = ids(patterns.GLUE)
        self._breaks = ids(patterns.BREAKS)
        self._first_persons = ids(patterns.FIRST_PERSONS)
        self._subordinates = ids(patterns.SUBORDINATES)
        self._clause_words = ids([*patterns.CONNECTIVES, *patterns.SUBJECTS])
        self._i, self._separator = vocab.strings.add("i"), vocab.strings.add(SEPARATOR)
        first_words = (first for first, _ in patterns.OPENINGS)
        self._beginnings = array([*patterns.FIRST_PERSONS, *patterns.CONNECTIVES, *first_words])
        self._openings = {tuple(map(vocab.strings.add, pair)) for pair in patterns.OPENINGS}

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["units"]``."""
        return self.set_annotations(doc, self.predict(ensure_utterances(doc)))

    def predict(self, doc: Doc) -> list[tuple[int, int]]:
        """Return the units of a Doc as token positions, first and one past the last."""
        tokens: Ids = np.asarray(doc.to_array([LOWER, IS_PUNCT, IS_SPACE]), dtype=np.uint64)
        if not len(tokens):
            return []
        punct, space = tokens[:, 1] > 0, (tokens[:, 2] > 0).tolist()
        # Lists from here on: the loops below look at single tokens, and NumPy is slow at that.
        lower = tokens[:, 0].tolist()
        words = _running_total(~(punct | space))
        marks = _running_total(punct)
        sentences = self._sentence_starts(doc, tokens[:, 0])
        beginnings = np.flatnonzero(np.isin(tokens[:, 0], self._beginnings)).tolist()
        units: list[tuple[int, int]] = []
        for span, role in zip(spans(doc, UTTERANCES), column(doc, "role"), strict=True):
            if role != Role.THERAPIST:
                continue
            first, last = span.start, span.end
            breaks = [first, *_between(sentences, first + 1, last), last]
            limit = self.longest_unit
            if len(breaks) == 2 and marks[first] == marks[last - 1]:
                limit = _UNPUNCTUATED
            for start, end in pairwise(breaks):
                may_begin = _between(beginnings, start + 1, end - 1)
                units += [
                    _without_space(space, *piece)
                    for piece in self._divide(words, lower, may_begin, start, end, limit)
                ]
        return units

    def set_annotations(self, doc: Doc, units: list[tuple[int, int]]) -> Doc:
        """Write units to ``doc.spans["units"]``."""
        return set_spans(doc, UNITS, [Span(doc, start, end, label="unit") for start, end in units])

    def _sentence_starts(self, doc: Doc, ids: Ids) -> list[int]:
        """Return the tokens that follow the end of a sentence, in order."""
        ends, pauses = np.isin(ids, self._ends), np.isin(ids, self._pauses)
        marked = ends | pauses | np.isin(ids, self._closers)
        # Marks come in runs, such as: . . " ) The token after a run is what counts.
        runs = np.flatnonzero(np.diff(np.concatenate([[0], marked, [0]]))).tolist()
        lower, marks = ids.tolist(), marked.tolist()
        end_marks, pause_marks = _running_total(ends), _running_total(pauses)
        starts = []
        for first, following in zip(runs[::2], runs[1::2], strict=True):
            if following == len(lower):
                continue
            ended = end_marks[following] > end_marks[first]
            # After a pause, a capital begins a sentence, but "I" always has one: "I... I was".
            if ended or (
                pause_marks[following] > pause_marks[first]
                and lower[following] != self._i
                and doc[following].text[0].isupper()
                and not self._is_false_start(lower, marks, first)
            ):
                starts.append(following)
        return starts

    def _is_false_start(self, lower: list[int], marks: list[bool], pause: int) -> bool:
        """Whether a subject is alone before a pause: "I-- If-if I were there"."""
        alone = pause < 2 or marks[pause - 2] or lower[pause - 2] == self._separator
        return pause > 0 and lower[pause - 1] in self._subjects and alone

    def _divide(
        self,
        words: list[int],
        lower: list[int],
        may_begin: list[int],
        start: int,
        end: int,
        limit: int,
    ) -> list[tuple[int, int]]:
        """Divide a stretch where a statement about oneself begins and, too long, at any clause."""
        cuts, total = [start], words[end] - words[start]
        if total >= 2 * _STATEMENT:
            for position in may_begin:
                shorter = min(words[position] - words[cuts[-1]], words[end] - words[position])
                if shorter < _STATEMENT:
                    continue
                if self._begins_statement(lower, cuts[-1], position) or (
                    total > limit and shorter >= _SHORTEST and self._begins_clause(lower, position)
                ):
                    cuts.append(position)
        pieces = [(a, b) for a, b in pairwise([*cuts, end]) if words[b] > words[a]]
        if total <= _LONGEST_PIECE:
            return pieces
        return [half for piece in pieces for half in self._halve(words, lower, *piece)]

    def _halve(
        self, words: list[int], lower: list[int], start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """Divide a piece near its middle until no part is too long, or no clause may begin."""
        size, middle = words[end] - words[start], (words[start] + words[end]) / 2
        if size <= _LONGEST_PIECE:
            yield start, end
            return
        may_begin = [
            position
            for position in range(start + 1, end)
            if lower[position] in self._clause_words
            and abs(words[position] - middle) <= size / 2 - _SHORTEST
        ]
        if not may_begin:
            yield start, end
            return
        cut = min(may_begin, key=lambda position: abs(words[position] - middle))
        yield from self._halve(words, lower, start, cut)
        yield from self._halve(words, lower, cut, end)

    def _begins_statement(self, lower: list[int], piece: int, position: int) -> bool:
        """Whether a first person makes a new statement here: "I get it, I lost mine too"."""
        # Not after "when I was young, I ...", nor a start repeated: "so I, I ...".
        return (
            lower[position - 1] in self._breaks
            and lower[position] in self._first_persons
            and self._subordinates.isdisjoint(lower[piece : piece + 2])
            and lower[position - 2] not in self._first_persons
        )

    def _begins_clause(self, lower: list[int], position: int) -> bool:
        previous, word, following = lower[position - 1 : position + 2]
        if word in self._connectives and following in self._subjects:
            return previous not in self._connectives
        return (word, following) in self._openings and previous not in self._glue


def _without_space(space: list[bool], start: int, end: int) -> tuple[int, int]:
    """Leave white space at both ends out of a unit, which has at least one word."""
    while space[start]:
        start += 1
    while space[end - 1]:
        end -= 1
    return start, end


def _between(positions: list[int], first: int, last: int) -> list[int]:
    """Return the positions from the first on and before the last; `positions` is in order."""
    return positions[bisect_left(positions, first) : bisect_left(positions, last)]


def _running_total(marks: npt.NDArray[np.bool_]) -> list[int]:
    """Return how many there are before each position, and at the end how many in all."""
    return [0, *marks.cumsum().tolist()]


@Language.factory(
    "tsd_units",
    assigns=["doc.spans"],
    default_config={"longest_unit": Finding().longest_unit},
)
def make_units(nlp: Language, name: str, longest_unit: int) -> UnitSegmenter:
    """Make the component ``tsd_units``."""
    del name
    register()
    return UnitSegmenter(nlp.vocab, longest_unit)
