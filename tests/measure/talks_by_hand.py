"""Sessions as plain columns, for the tests of this folder; hypothesis strategies that make them."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from spacy.tokens import Span

from tsd.measure.talk import Talk
from tsd.schema import Disclosure, Label, Role, Session, Unmeasured, Utterance, count_words
from tsd.segment.language import SessionLanguage

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741
_NLP = SessionLanguage()


def words(number):
    """Make a text of so many words, none of which asks anything or turns to anybody."""
    return " ".join(["word"] * number) if number else "..."


def disclosure(utterance, text, *, part=None, label=Label.TRAINING):
    """Make a disclosure of the words `part` (all, if None) of an utterance."""
    start = 0 if part is None else text.index(part)
    part = text if part is None else part
    return Disclosure(utterance, start, start + len(part), part, label)


def talk(*turns):
    """Make a talk of (role, text or number of words) turns.

    A third element marks a disclosure: True for the whole turn, or its exact words (or several).
    """
    texts = [words(turn[1]) if isinstance(turn[1], int) else turn[1] for turn in turns]
    found = []
    for number, (turn, text) in enumerate(zip(turns, texts, strict=True)):
        if len(turn) > 2:
            parts = [None] if turn[2] is True else turn[2]
            parts = [parts] if isinstance(parts, str) else parts
            found += [disclosure(number, text, part=part) for part in parts]
    unknown = np.full(len(turns), np.nan)
    roles = [turn[0] for turn in turns]
    return Talk(
        session_id="demo",
        source="",
        ids=[str(number) for number in range(len(turns))],
        speakers=[turn[0].value for turn in turns],
        texts=texts,
        roles=roles,
        starts=unknown,
        ends=unknown,
        words=np.array([count_words(text) for text in texts], dtype=np.int64),
        p_disclosure=unknown,
        asked=np.zeros(len(turns), dtype=bool),
        flags=[()] * len(turns),
        disclosures=found,
        not_measured=None if T in roles else Unmeasured.NO_THERAPIST,
    )


def doc(*turns, starts=None, ends=None, session_id="demo", source=""):
    """Make a Doc of (role, text or number of words) turns; a third element: a disclosure.

    The disclosure is True for a whole turn of type training, else pairs of words and type.
    """
    texts = [words(turn[1]) if isinstance(turn[1], int) else turn[1] for turn in turns]
    utterances = tuple(
        Utterance(
            text,
            turn[0].value,
            turn[0],
            start=None if starts is None else starts[number],
            end=None if ends is None else ends[number],
        )
        for number, (turn, text) in enumerate(zip(turns, texts, strict=True))
    )
    made = _NLP(Session(session_id, utterances, source))
    spans = []
    for turn, utterance in zip(turns, list(made.spans["utterances"]), strict=True):
        if len(turn) > 2:
            parts = [(utterance.text, Label.TRAINING)] if turn[2] is True else turn[2]
            for part, label in parts:
                start = utterance.start_char + utterance.text.index(part)
                span = made.char_span(start, start + len(part))
                spans.append(Span(made, span.start, span.end, label=str(label)))
    made.spans["cues"], made.spans["disclosures"] = [], spans
    return made


def swapped(made):
    """Swap the parts of therapist and client; the disclosures stay where they are."""
    other = {T: C, C: T}
    return replace(made, roles=[other.get(role, role) for role in made.roles])


_turn = st.tuples(st.sampled_from([T, C, C, T, O]), st.integers(0, 70))
_disclosing = st.tuples(st.just(T), st.integers(1, 70), st.just(True))
turns = st.lists(st.one_of(_turn, _turn, _disclosing), min_size=1, max_size=25)
talks = turns.map(lambda drawn: talk(*drawn))
