"""The numbers of one session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tsd.measure import tables
from tsd.measure.dynamics.balance import balance
from tsd.measure.dynamics.share import dynamics_columns, dynamics_summary, share_over_session
from tsd.measure.focus.chance import SessionChance, session_against_chance
from tsd.measure.focus.returning import returns_of, turns_to_return
from tsd.measure.focus.shift import measure_focus
from tsd.measure.focus.stretches import Comparisons, compare
from tsd.measure.following.acts import acts_of
from tsd.measure.following.curve import CurveSums, curve_sums
from tsd.measure.following.lags import LagCounts, count_lags
from tsd.measure.guidelines.context import context_of
from tsd.measure.guidelines.indicators import guideline_rows
from tsd.measure.rows import Measured, disclosure_columns, session_row, utterance_columns
from tsd.measure.tables import Columns
from tsd.measure.talk import talk_of
from tsd.measure.talk_time import session_axis, talk_time
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
        One row of the table ``sessions``; a missing number is None or NaN.
    columns : mapping of str to mapping
        Table to column to values, for ``utterances``, ``disclosures``, ``guidelines`` and
        ``dynamics``.
    chance : SessionChance
        Its focus shift against chance, with the permuted values that a corpus needs.
    comparisons : Comparisons
        What the episodes were compared with, as far as a corpus needs it.
    lags : LagCounts
        Which acts follow which, for the table ``following`` of a corpus.
    curve : CurveSums
        The client's share around its episodes, for the table ``curve`` of a corpus.
    """

    summary: dict[str, Any]
    columns: Mapping[str, Columns]
    chance: SessionChance
    comparisons: Comparisons
    lags: LagCounts
    curve: CurveSums

    @property
    def utterances(self) -> pd.DataFrame:
        """The session's rows of the table ``utterances``."""
        return tables.UTTERANCES.frame(self.columns["utterances"])

    @property
    def disclosures(self) -> pd.DataFrame:
        """The session's rows of the table ``disclosures``."""
        return tables.DISCLOSURES.frame(self.columns["disclosures"])

    @property
    def guidelines(self) -> pd.DataFrame:
        """The session's rows of the table ``guidelines``."""
        return tables.GUIDELINES.frame(self.columns["guidelines"])

    @property
    def dynamics(self) -> pd.DataFrame:
        """The session's rows of the table ``dynamics``."""
        return tables.DYNAMICS.frame(self.columns["dynamics"])

    def __repr__(self) -> str:
        return (
            f"<SessionResult {self.summary['session_id']!r}: utterances "
            f"{self.summary['utterances']}, disclosures "
            f"{len(self.columns['disclosures']['label'])}>"
        )

    def _repr_html_(self) -> str:
        row = tables.SESSIONS.frame({name: [value] for name, value in self.summary.items()})
        return row.T.to_html(header=False)


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
    axis = session_axis(talk, basis, seconds, measuring.share_unit)
    where = [found.utterance for found in talk.disclosures]
    lengths = [
        words_between(talk.texts[found.utterance], found.start_char, found.end_char)
        for found in talk.disclosures
    ]
    heard = talk.measurable()
    focus = measure_focus(heard, measuring)
    comparisons = compare(heard, focus, measuring)
    m = Measured(
        talk=talk,
        basis=basis,
        seconds=seconds,
        axis=axis,
        lengths=lengths,
        disclosure_seconds=seconds[where] * lengths / np.maximum(talk.words[where], 1),
        focus=focus,
        chance=session_against_chance(comparisons, measuring),
        turns=turns_to_return(heard),
        returned=returns_of(heard),
        contexts=context_of(heard),
    )
    share = share_over_session(heard, axis, seconds, measuring)
    summary = session_row(m) | dynamics_summary(heard, share, balance(heard, basis))
    columns = {
        "utterances": utterance_columns(m),
        "disclosures": disclosure_columns(m),
        "guidelines": tables.GUIDELINES.of_rows(guideline_rows(m, summary)),
        "dynamics": dynamics_columns(talk.session_id, share),
    }
    return SessionResult(
        summary,
        columns,
        m.chance,
        comparisons.for_corpus(),
        count_lags(acts_of(heard)),
        curve_sums(heard, focus, measuring),
    )
