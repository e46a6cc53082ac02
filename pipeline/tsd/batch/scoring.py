"""The probabilities of a run: units are scored once, and flagged at any threshold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.tokens import DocBin

from tsd.classify.component import DisclosureFinder, Scores, highest_by_utterance
from tsd.classify.model import model_stamp
from tsd.classify.pipeline import load
from tsd.measure.session import SessionResult, analyze
from tsd.schema import Problem, Session
from tsd.segment.doc import UNITS, not_measured, spans, utterance_indices
from tsd.settings import Finding, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tsd.segment.language import SessionLanguage


def pipeline(finding: Finding) -> SessionLanguage:
    """Return the pipeline; each process loads it once, and again if the model has changed."""
    finding = replace(finding, review_budget=None)
    return _load(finding, "" if finding.use_labels else model_stamp(finding.model))


@lru_cache(maxsize=1)
def _load(finding: Finding, stamp: str) -> SessionLanguage:
    del stamp  # only a part of the key
    return load(finding)


def finder_of(finding: Finding) -> DisclosureFinder:
    """Return the component of the pipeline that flags."""
    return cast("DisclosureFinder", pipeline(finding).get_pipe("tsd_disclosures"))


@dataclass(frozen=True, slots=True)
class Scored:
    """A session whose units have been scored, but not flagged yet."""

    session_id: str
    source: str
    size: int  # in utterances
    doc: bytes  # its Doc, in a DocBin
    scores: Scores | None  # None if human labels are measured
    p_utterances: list[float]  # the highest p of a unit in each therapist utterance with units

    def __len__(self) -> int:
        return self.size


def score_chunk(chunk: list[Session], settings: Settings) -> list[Scored | Problem]:
    """Score the units of some sessions, before they are flagged; find labels where these count."""
    docs = list(pipeline(settings.finding).pipe(chunk, disable=["tsd_disclosures"]))
    all_scores: Sequence[Scores | None] = [None] * len(docs)
    if not settings.finding.use_labels:
        all_scores = finder_of(settings.finding).predict(docs)
    return [
        problem(session, doc._.problem)
        if doc._.problem
        else Scored(
            session.session_id,
            session.source,
            len(session),
            DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=[doc]).to_bytes(),
            scores,
            [] if scores is None or not_measured(doc) else _p_utterances(doc, scores),
        )
        for session, doc, scores in zip(chunk, docs, all_scores, strict=True)
    ]


def _p_utterances(doc: Doc, scores: Scores) -> list[float]:
    where = utterance_indices(doc, spans(doc, UNITS))
    return list(highest_by_utterance(scores[0], where).values())


def flag_chunk(
    chunk: list[Scored], settings: Settings, *, threshold: float | str | None = None
) -> list[SessionResult]:
    """Flag sessions that have been scored, at the threshold of the settings if None; measure."""
    finding = settings.finding
    finder = None if finding.use_labels else finder_of(finding)
    if finder is not None and threshold is not None:
        finder = finder.with_threshold(threshold)
    vocab, results = pipeline(finding).vocab, []
    for each in chunk:
        for doc in DocBin(store_user_data=True).from_bytes(each.doc).get_docs(vocab):
            if finder is not None and each.scores is not None:
                finder.set_annotations(doc, each.scores)
            results.append(analyze(doc, settings.measuring))
    return results


def fill_budget(budget: int, probabilities: Iterable[float]) -> dict[str, Any]:
    """Find the threshold at which the likeliest utterances of a run fill a review budget.

    `probabilities` are those of every therapist utterance; NaN counts for nothing. Never more
    utterances are flagged than the budget: if several share the last place, none of them is.
    ``expected_disclosures``, the sum over the flagged utterances, trusts the model's calibration.
    """
    p = np.fromiter(probabilities, float)
    highest = np.sort(p[~np.isnan(p)])[::-1]
    if len(highest) > budget:
        highest = highest[highest > highest[budget]]
    return {
        "utterances": budget,
        "threshold": float(highest[-1]) if len(highest) else 1.0,
        "expected_disclosures": round(float(highest.sum()), 2),
    }


def problem(item: Session | Scored, message: str) -> Problem:
    """Return a problem of a whole session."""
    return Problem(message, path=item.source, session_id=item.session_id)


def about_model(finding: Finding, threshold: float | None = None) -> dict[str, Any] | None:
    """Return what ``run.json`` says about the model; None if human labels are measured."""
    if finding.use_labels:
        return None
    finder = finder_of(finding)
    return {
        "path": None if finding.model is None else str(finding.model),
        "sha256": finder.disclosure_model.sha256,
        "threshold": finder.threshold if threshold is None else threshold,
        "excerpt_threshold": finder.excerpt_threshold if threshold is None else threshold,
    }
