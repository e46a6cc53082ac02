"""What is missing from the tables, and why: one list for the whole run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from tsd.measure.gaps import Gap, gaps_of, gaps_of_counts
from tsd.schema import Problem, Severity
from tsd.settings import Measuring

WHOLE_ROW = "(the whole row)"
"""Stands for all columns, where a session has no row."""


def missing_rows(
    frames: Mapping[str, pd.DataFrame],
    summary: Mapping[str, Any],
    problems: Sequence[Problem],
    metadata: Collection[str],
    measuring: Measuring,
) -> list[dict[str, Any]]:
    """List what is missing from the tables of a corpus: the rows of the table ``missing``.

    First those of the corpus, then those of the sessions. What all rows of a table lack for one
    reason is listed for the corpus only, so that the list stays short.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The tables by name.
    summary : mapping
        The numbers of the corpus, None where missing.
    problems : sequence of Problem
        What could not be read or analyzed.
    metadata : collection of str
        The columns that the metadata have; empty without metadata.
    measuring : Measuring
        ``focus_minimum``.
    """
    gaps = gaps_of(frames, metadata, measuring)
    sizes = {name: len(frame) for name, frame in frames.items()}
    corpus: dict[tuple[str, str, str], int] = defaultdict(int)
    for gap in gaps:
        corpus[gap.table, gap.column, gap.reason] += gap.missing
    of_all = [Gap(table, "", column, why, n) for (table, column, why), n in corpus.items()]
    order = {name: place for place, name in enumerate(frames["sessions"]["session_id"])}
    own = [g for g in gaps if g.session_id and corpus[g[0], g[2], g[3]] < sizes[g.table]]
    own.sort(key=lambda gap: order[gap.session_id])
    of_session = {
        (name, str(session_id)): count
        for name, frame in frames.items()
        if "session_id" in frame
        for session_id, count in frame["session_id"].value_counts().items()
    }
    return [
        *_not_read(problems, frames["sessions"]),
        *_rows(of_all, lambda gap: sizes[gap.table]),
        *_rows(list(gaps_of_counts(summary, frames["sessions"]["not_measured"])), lambda _: 1),
        *_rows(own, lambda gap: of_session.get((gap.table, gap.session_id), 1)),
    ]


def _rows(gaps: Sequence[Gap], size: Callable[[Gap], int]) -> list[dict[str, Any]]:
    """Put the columns of a table that are missing alike in one row."""
    columns: dict[Gap, list[str]] = {}
    for gap in gaps:
        columns.setdefault(gap._replace(column=""), []).append(gap.column)
    return [
        {
            "level": "session" if gap.session_id else "corpus",
            "session_id": gap.session_id,
            "table": gap.table,
            "columns": names,
            "missing": gap.missing,
            "of": size(gap),
            "reason": gap.reason,
        }
        for gap, names in columns.items()
    ]


def _not_read(problems: Sequence[Problem], sessions: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for the sessions and files that could not be read or analyzed, if any."""
    known, sources = set(sessions["session_id"]), set(sessions["source"])
    lost = {
        (problem.path, problem.session_id)
        for problem in problems
        if problem.severity is Severity.ERROR
        and (problem.session_id or problem.path)
        and (problem.session_id not in known if problem.session_id else problem.path not in sources)
    }
    if not lost:
        return []
    return [
        {
            "level": "corpus",
            "session_id": "",
            "table": "sessions",
            "columns": [WHOLE_ROW],
            "missing": len(lost),
            "of": len(known) + len(lost),
            "reason": "could not be read or analyzed: see the table problems",
        }
    ]
