"""The numbers of one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tsd.analyze.dynamics.balance import balance
from tsd.analyze.dynamics.share import dynamics_rows, dynamics_summary, share_over_session
from tsd.analyze.focus.chance import SessionChance, session_against_chance
from tsd.analyze.focus.returning import returned, turns_to_return
from tsd.analyze.focus.shift import measure_focus, word_line
from tsd.analyze.guidelines.context import context_of
from tsd.analyze.guidelines.indicators import guideline_rows
from tsd.analyze.rows import Measured, disclosure_table, session_row, utterance_table
from tsd.analyze.tables import GUIDELINE_COLUMNS
from tsd.analyze.talk import talk_of
from tsd.analyze.talk_time import talk_time
from tsd.schema import words_between
from tsd.settings import Settings

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


def analyze_session(doc: Doc, settings: Settings | None = None) -> SessionResult:
    """Measure frequency, length, talk time, focus shift and guideline indicators of a session.

    Parameters
    ----------
    doc : Doc
        A session after the pipeline of `tsd.load`.
    settings : Settings, optional
        Windows, rates of speech, permutations and seed.

    Returns
    -------
    SessionResult
        The tables' rows. A number that cannot be computed is missing, never 0.
    """
    settings = settings or Settings()
    talk = talk_of(doc)
    basis, seconds = talk_time(talk.starts, talk.ends, talk.words, settings)
    lengths = [
        words_between(talk.texts[found.utterance], found.start_char, found.end_char)
        for found in talk.disclosures
    ]
    where = [found.utterance for found in talk.disclosures]
    line = word_line(talk)
    focus = measure_focus(talk, line, settings)
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
        chance=session_against_chance(talk, line, focus, settings),
        turns=turns,
        returned=returned(talk, turns),
        contexts=context_of(talk),
    )
    share = share_over_session(talk, basis, seconds, settings)
    summary = session_row(m, dynamics_summary(talk, share, balance(talk, basis)))
    return SessionResult(
        summary,
        utterance_table(m),
        disclosure_table(m),
        pd.DataFrame(guideline_rows(m, summary), columns=list(GUIDELINE_COLUMNS)),
        dynamics_rows(talk.session_id, share),
        m.chance,
    )
