"""The numbers of one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tsd.measure.dynamics.balance import balance
from tsd.measure.dynamics.share import dynamics_rows, dynamics_summary, share_over_session
from tsd.measure.focus.chance import SessionChance, session_against_chance
from tsd.measure.focus.returning import returned, turns_to_return
from tsd.measure.focus.shift import measure_focus, word_line
from tsd.measure.guidelines.context import context_of
from tsd.measure.guidelines.indicators import guideline_rows
from tsd.measure.rows import Measured, disclosure_table, session_row, utterance_table
from tsd.measure.tables import GUIDELINE_COLUMNS
from tsd.measure.talk import talk_of
from tsd.measure.talk_time import talk_time
from tsd.schema import words_between
from tsd.settings import Measuring

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, repr=False)
class SessionResult:
    """What was measured in one session.

    Parameters
    ----------
    summary : dict
        One row of ``sessions.csv``.
    utterances, disclosures, guidelines, dynamics : DataFrame
        The session's rows of the tables of these names.
    chance : SessionChance
        Its focus shift against chance, with the permuted values that a corpus needs.
    """

    summary: dict[str, Any]
    utterances: pd.DataFrame
    disclosures: pd.DataFrame
    guidelines: pd.DataFrame
    dynamics: pd.DataFrame
    chance: SessionChance

    def __repr__(self) -> str:
        return (
            f"<SessionResult {self.summary['session_id']!r}: {len(self.utterances)} utterances, "
            f"{len(self.disclosures)} disclosures>"
        )

    def _repr_html_(self) -> str:
        return pd.DataFrame([self.summary]).T.to_html(header=False)


def analyze(doc: Doc, measuring: Measuring | None = None) -> SessionResult:
    """Measure frequency, length, talk time, focus shift and guideline indicators of a session.

    Parameters
    ----------
    doc : Doc
        A session after the pipeline of `tsd.load`.
    measuring : Measuring, optional
        Windows, rates of speech, permutations and seed.

    Returns
    -------
    SessionResult
        The tables' rows. A number that cannot be computed is missing, never 0.

    Examples
    --------
    >>> import tsd
    >>> tsd.analyze(tsd.load()("I'm a licensed counselor.")).summary["disclosures"]
    1
    """
    if not hasattr(doc, "spans"):
        raise TypeError(
            f"tsd.analyze takes a Doc, not a {type(doc).__name__}: tsd.analyze(nlp(session)), or "
            "tsd.analyze_corpus(paths) for files"
        )
    measuring = measuring or Measuring()
    talk = talk_of(doc)
    basis, seconds = talk_time(talk.starts, talk.ends, talk.words, measuring)
    lengths = [
        words_between(talk.texts[found.utterance], found.start_char, found.end_char)
        for found in talk.disclosures
    ]
    where = [found.utterance for found in talk.disclosures]
    line = word_line(talk)
    focus = measure_focus(talk, line, measuring)
    turns = turns_to_return(talk)
    m = Measured(
        talk=talk,
        basis=basis,
        seconds=seconds,
        lengths=lengths,
        disclosure_seconds=np.array(
            [
                seconds[u] * length / max(int(talk.words[u]), 1)
                for u, length in zip(where, lengths, strict=True)
            ],
            dtype=float,
        ),
        focus=focus,
        chance=session_against_chance(talk, line, focus, measuring),
        turns=turns,
        returned=returned(talk, turns),
        contexts=context_of(talk),
    )
    share = share_over_session(talk, basis, seconds, measuring)
    summary = session_row(m, dynamics_summary(talk, share, balance(talk, basis)))
    return SessionResult(
        summary,
        utterance_table(m),
        disclosure_table(m),
        pd.DataFrame(guideline_rows(m, summary), columns=list(GUIDELINE_COLUMNS)),
        dynamics_rows(talk.session_id, share),
        m.chance,
    )
