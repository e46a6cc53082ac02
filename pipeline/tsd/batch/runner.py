"""Many sessions: read, run through the pipeline, measure; no failure stops the others."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from joblib import Parallel, delayed
from spacy.tokens import DocBin
from tqdm import tqdm

from tsd.batch.companions import companion_files, read_companions
from tsd.batch.folder import CorpusResult
from tsd.batch.inputs import find_files
from tsd.batch.reading import read_all
from tsd.classify.component import DisclosureFinder, Scores, highest_by_utterance
from tsd.classify.model import model_stamp, versions
from tsd.classify.pipeline import load
from tsd.errors import NoInputError
from tsd.measure.corpus import gather
from tsd.measure.session import SessionResult, analyze
from tsd.schema import Problem, Session, Severity
from tsd.segment.doc import UNITS, spans, utterance_indices
from tsd.settings import Finding, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tsd.segment.language import SessionLanguage

Outcome = SessionResult | Problem
Item = TypeVar("Item", Session, "_Scored")

_MOST_REASONS = 5
"""When nothing could be read, at most this many reasons are given."""

_CHUNK = 3000
"""Sessions go to a worker together until they have this many utterances."""

_NOT_REACHED = (
    "not analyzed: the system ended a worker process, perhaps for lack of memory. Try fewer "
    "--workers."
)


def analyze_corpus(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    settings: Settings | None = None,
    *,
    progress: bool = False,
) -> CorpusResult:
    """Analyze every session in files, folders and glob patterns.

    Parameters
    ----------
    paths : path-like or sequence of path-like
        What to read.
    settings : Settings, optional
        All options; with several `output.workers` the result is the same.
    progress : bool, default False
        Show a progress bar, if on a terminal.

    Returns
    -------
    CorpusResult
        The tables. What could not be read or analyzed is in its ``problems``. If the user
        interrupts the run, it has the sessions analyzed so far, and ``run["complete"]`` is false.

    Raises
    ------
    NoInputError
        If not a single session could be read.
    ModelError
        If the model cannot be used.
    ReadError
        If the metadata, the error rates or the review sheet cannot be read.

    Examples
    --------
    The same as ``tsd analyze transcripts --out out``, without its report::

        result = tsd.analyze_corpus("transcripts")
        result.write("out")
    """
    settings = settings or Settings()
    files, problems = find_files(paths, companion_files(settings))
    return analyze_files(files, problems, settings, progress=progress)


def analyze_files(
    files: Sequence[str], problems: Sequence[Problem], settings: Settings, *, progress: bool
) -> CorpusResult:
    """Analyze the transcripts that `find_files` found; see `analyze_corpus`."""
    begun, clock = datetime.now(UTC), time.perf_counter()
    companions = read_companions(settings)
    _pipeline(settings.finding)  # a model that cannot be used is reported before anything is read
    problems = list(problems)
    sessions, inputs = read_all(files, settings, problems)
    if not sessions:
        raise NoInputError(_reasons("no session could be read.", problems))
    known = companions.known([session.session_id for session in sessions], problems)
    budget, model = None, _about_model(settings.finding)
    companions.check(model)
    bar = tqdm(total=sum(map(len, sessions)), unit="utterance", disable=None if progress else True)
    results: list[SessionResult] = []
    complete = True
    try:
        outcomes = _run(_analyze_chunk, sessions, settings)
        if settings.finding.review_budget is not None:
            scored = [each for _, some in _run(_score_chunk, sessions, settings) for each in some]
            problems += [each for each in scored if isinstance(each, Problem)]
            scored = [each for each in scored if isinstance(each, _Scored)]
            p_utterances = (p for each in scored for p in each.p_utterances)
            budget = _fill_budget(settings.finding.review_budget, p_utterances)
            model = _about_model(settings.finding, budget["threshold"])
            outcomes = _run(partial(_flag_chunk, threshold=budget["threshold"]), scored, settings)
        for size, some in outcomes:
            for outcome in some:
                (problems if isinstance(outcome, Problem) else results).append(outcome)
            bar.update(size)
    except KeyboardInterrupt:
        complete = False
        problems.append(
            Problem(f"interrupted: {len(results)} of {len(sessions)} sessions were analyzed.")
        )
    finally:
        bar.close()
    if complete and not results:
        raise NoInputError(_reasons("no session could be analyzed.", problems))
    measures = gather(results, problems, settings.measuring, known)
    run: dict[str, Any] = {
        "versions": versions(),
        "model": model,
        "review_budget": budget,
        "settings": settings.as_dict(),
        "inputs": inputs,
        "companions": companions.hashes,
        **companions.figures(),
        "complete": complete,
        "started": begun.isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - clock, 3),
    }
    return CorpusResult(**vars(measures), run=run)


def _reasons(what: str, problems: Sequence[Problem]) -> str:
    errors = [p for p in problems if p.severity is Severity.ERROR]
    lines = [f"{p.path} {p.session_id}".strip() + f": {p.message}" for p in errors[:_MOST_REASONS]]
    if len(errors) > _MOST_REASONS:
        lines.append(f"and {len(errors) - _MOST_REASONS} more")
    return "\n  ".join([what, *lines])


def _pipeline(finding: Finding) -> SessionLanguage:
    """Return the pipeline; each process loads it once, and again if the model has changed."""
    finding = replace(finding, review_budget=None)
    return _load(finding, "" if finding.use_labels else model_stamp(finding.model))


@lru_cache(maxsize=1)
def _load(finding: Finding, stamp: str) -> SessionLanguage:
    del stamp  # only a part of the key
    return load(finding)


def _finder(finding: Finding) -> DisclosureFinder:
    return cast("DisclosureFinder", _pipeline(finding).get_pipe("tsd_disclosures"))


def _chunks(items: Sequence[Item]) -> list[list[Item]]:
    """Divide sessions into chunks that a worker takes at once."""
    chunks: list[list[Item]] = [[]]
    size = 0
    for item in items:
        if chunks[-1] and size + len(item) > _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(item)
        size += len(item)
    return chunks


def _run(
    work: Callable[[list[Item], Settings], list[Any]], items: Sequence[Item], settings: Settings
) -> Iterator[tuple[int, list[Any]]]:
    """Yield each chunk's number of utterances and its outcomes, in the order of the sessions."""
    chunks = _chunks(items)
    workers = settings.output.workers
    if workers == 1 or len(chunks) == 1:
        yield from ((sum(map(len, chunk)), _each(work, chunk, settings)) for chunk in chunks)
        return
    parallel = Parallel(n_jobs=workers, return_as="generator")
    done = 0
    try:
        for outcomes in parallel(delayed(_each)(work, chunk, settings) for chunk in chunks):
            yield sum(map(len, chunks[done])), outcomes
            done += 1
    except BrokenProcessPool:  # the system has ended a worker, often for lack of memory
        for chunk in chunks[done:]:
            yield sum(map(len, chunk)), [_problem(item, _NOT_REACHED) for item in chunk]


def _analyze_chunk(chunk: list[Session], settings: Settings) -> list[Outcome]:
    """Find and measure the disclosures of some sessions."""
    docs = list(_pipeline(settings.finding).pipe(chunk))
    return [
        _problem(session, doc._.problem) if doc._.problem else analyze(doc, settings.measuring)
        for session, doc in zip(chunk, docs, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A session whose units have been scored, but not flagged yet."""

    session_id: str
    source: str
    size: int  # in utterances
    doc: bytes  # its Doc, in a DocBin
    scores: Scores
    p_utterances: list[float]  # the highest p of a unit in each therapist utterance with units

    def __len__(self) -> int:
        return self.size


def _score_chunk(chunk: list[Session], settings: Settings) -> list[_Scored | Problem]:
    """Score the units of some sessions, before the threshold is known."""
    docs = list(_pipeline(settings.finding).pipe(chunk, disable=["tsd_disclosures"]))
    all_scores = _finder(settings.finding).predict(docs)
    return [
        _problem(session, doc._.problem)
        if doc._.problem
        else _Scored(
            session.session_id,
            session.source,
            len(session),
            DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=[doc]).to_bytes(),
            scores,
            _p_utterances(doc, scores),
        )
        for session, doc, scores in zip(chunk, docs, all_scores, strict=True)
    ]


def _p_utterances(doc: Doc, scores: Scores) -> list[float]:
    where = utterance_indices(doc, spans(doc, UNITS))
    return list(highest_by_utterance(scores[0], where).values())


def _flag_chunk(chunk: list[_Scored], settings: Settings, *, threshold: float) -> list[Outcome]:
    """Flag and measure sessions that have been scored."""
    finder = _finder(settings.finding).with_threshold(threshold)
    vocab = _pipeline(settings.finding).vocab
    return [
        analyze(finder.set_annotations(doc, each.scores), settings.measuring)
        for each in chunk
        for doc in DocBin(store_user_data=True).from_bytes(each.doc).get_docs(vocab)
    ]


def _fill_budget(budget: int, probabilities: Iterable[float]) -> dict[str, Any]:
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


def _each(
    work: Callable[[list[Item], Settings], list[Any]], chunk: list[Item], settings: Settings
) -> list[Any]:
    """Work on sessions together, or one by one if that fails: one must not stop the others."""
    try:
        with warnings.catch_warnings():
            # A session that is too long becomes a problem.
            warnings.filterwarnings("ignore", message="session .* characters, more than")
            return work(chunk, settings)
    except Exception as error:  # whichever session it was
        if len(chunk) > 1:
            return [outcome for item in chunk for outcome in _each(work, [item], settings)]
        # The kind of the error alone: its message may hold words of the session.
        kind = type(error).__name__
        message = f"could not be analyzed ({kind}). Please report it, without the transcript."
        return [_problem(chunk[0], message)]


def _problem(item: Session | _Scored, message: str) -> Problem:
    return Problem(message, path=item.source, session_id=item.session_id)


def _about_model(finding: Finding, threshold: float | None = None) -> dict[str, Any] | None:
    if finding.use_labels:
        return None
    finder = _finder(finding)
    return {
        "path": None if finding.model is None else str(finding.model),
        "sha256": finder.disclosure_model.sha256,
        "threshold": finder.threshold if threshold is None else threshold,
        "excerpt_threshold": finder.excerpt_threshold if threshold is None else threshold,
    }
