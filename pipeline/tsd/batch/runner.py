"""Many sessions: read, run through the pipeline, measure; no failure stops the others."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from joblib import Parallel, delayed
from spacy.tokens import DocBin
from tqdm import tqdm

from tsd.batch.budget import Budget, spend
from tsd.batch.companions import read_companions
from tsd.batch.folder import CorpusResult
from tsd.batch.inputs import Inputs, find_inputs
from tsd.batch.reading import read_all
from tsd.classify.component import DisclosureFinder, Scores
from tsd.classify.model import model_stamp, versions
from tsd.classify.pipeline import load
from tsd.errors import NoInputError
from tsd.measure.corpus import gather
from tsd.measure.session import SessionResult, analyze
from tsd.schema import Problem, Session, Severity
from tsd.segment.doc import UNITS, spans
from tsd.settings import Finding, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tsd.segment.language import SessionLanguage

Outcome = SessionResult | Problem
Item = TypeVar("Item", Session, "Scored")

_MOST_REASONS = 5
"""When nothing could be read, at most this many reasons are named."""

_CHUNK = 3000
"""Sessions go to a worker together until they have this many utterances."""


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
        interrupts, what has been analyzed so far, and ``run["complete"]`` is false.

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
    return analyze_inputs(find_inputs(paths, settings), settings, progress=progress)


def analyze_inputs(inputs: Inputs, settings: Settings, *, progress: bool = False) -> CorpusResult:
    """Analyze the transcripts that were found; see `analyze_corpus`.

    Parameters
    ----------
    inputs : Inputs
        From `tsd.batch.inputs.find_inputs`.
    settings, progress
        As for `analyze_corpus`.

    Returns
    -------
    CorpusResult
    """
    begun, clock = datetime.now(UTC), time.perf_counter()
    companions = read_companions(settings)
    _pipeline(settings.finding)  # a model that cannot be used is reported before anything is read
    problems = list(inputs.problems)
    sessions, files = read_all(inputs.files, settings, problems)
    if not sessions:
        raise NoInputError(_reasons("no session could be read.", problems))
    known = companions.known([session.session_id for session in sessions], problems)
    budget, model = None, _about_model(settings.finding, None)
    companions.check(model)
    bar = tqdm(total=sum(map(len, sessions)), unit="utterance", disable=None if progress else True)
    results: list[SessionResult] = []
    complete = True
    try:
        outcomes = _run(_analyze_chunk, sessions, settings)
        if settings.finding.review_budget is not None:
            scored = [each for _, some in _run(_score_chunk, sessions, settings) for each in some]
            problems += [each for each in scored if isinstance(each, Problem)]
            scored = [each for each in scored if isinstance(each, Scored)]
            p_utterances = (p for each in scored for p in each.p_utterances)
            budget = spend(settings.finding.review_budget, p_utterances)
            model = _about_model(settings.finding, budget)
            outcomes = _run(partial(_flag_chunk, threshold=budget.threshold), scored, settings)
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
        "review_budget": None if budget is None else asdict(budget),
        "settings": settings.as_dict(),
        "inputs": files,
        "companions": companions.hashes,
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
    del stamp  # a part of the key alone
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
    """Yield what becomes of the sessions, chunk by chunk in order, with the chunk's utterances."""
    chunks = _chunks(items)
    workers = settings.output.workers
    if workers == 1 or len(chunks) == 1:
        yield from ((sum(map(len, chunk)), work(chunk, settings)) for chunk in chunks)
        return
    parallel = Parallel(n_jobs=workers, return_as="generator")
    done = 0
    try:
        for outcomes in parallel(delayed(work)(chunk, settings) for chunk in chunks):
            yield sum(map(len, chunks[done])), outcomes
            done += 1
    except BrokenProcessPool:  # the system has ended a worker, often for lack of memory
        for chunk in chunks[done:]:
            yield sum(map(len, chunk)), [_not_reached(item) for item in chunk]


def _analyze_chunk(chunk: list[Session], settings: Settings) -> list[Outcome]:
    """Find and measure the disclosures of some sessions."""

    def together(some: list[Session]) -> list[Outcome]:
        docs = list(_pipeline(settings.finding).pipe(some))
        return [
            _problem_of(session, doc) or analyze(doc, settings.measuring)
            for session, doc in zip(some, docs, strict=True)
        ]

    return _each(together, chunk)


@dataclass(frozen=True, slots=True)
class Scored:
    """A session whose units have been scored, and not flagged yet.

    Parameters
    ----------
    session_id, source : str
        The session and its file.
    size : int
        Its number of utterances.
    doc : bytes
        Its Doc, in a DocBin.
    scores : tuple of array
        From `DisclosureFinder.predict`.
    p_utterances : list of float
        The highest probability of a unit in each therapist utterance that has units.
    """

    session_id: str
    source: str
    size: int
    doc: bytes
    scores: Scores
    p_utterances: list[float]

    def __len__(self) -> int:
        return self.size


def _score_chunk(chunk: list[Session], settings: Settings) -> list[Scored | Problem]:
    """Score the units of some sessions, once, whatever threshold will be found."""

    def together(some: list[Session]) -> list[Scored | Problem]:
        nlp = _pipeline(settings.finding)
        docs = list(nlp.pipe(some, disable=["tsd_disclosures"]))
        scores = _finder(settings.finding).predict(docs)
        return [
            _problem_of(session, doc)
            or Scored(
                session.session_id,
                session.source,
                len(session),
                DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=[doc]).to_bytes(),
                own,
                _by_utterance(doc, own),
            )
            for session, doc, own in zip(some, docs, scores, strict=True)
        ]

    return _each(together, chunk)


def _by_utterance(doc: Doc, scores: Scores) -> list[float]:
    highest: dict[int, float] = {}
    for unit, p in zip(spans(doc, UNITS), scores[0].tolist(), strict=True):
        highest[unit._.utterance] = max(highest.get(unit._.utterance, 0.0), p)
    return list(highest.values())


def _flag_chunk(chunk: list[Scored], settings: Settings, *, threshold: float) -> list[Outcome]:
    """Flag and measure sessions that have been scored."""
    finder = DisclosureFinder(_finder(settings.finding).disclosure_model, threshold)

    def together(some: list[Scored]) -> list[Outcome]:
        vocab = _pipeline(settings.finding).vocab
        return [
            analyze(finder.set_annotations(doc, each.scores), settings.measuring)
            for each in some
            for doc in DocBin(store_user_data=True).from_bytes(each.doc).get_docs(vocab)
        ]

    return _each(together, chunk)


def _each(work: Callable[[list[Item]], list[Any]], chunk: list[Item]) -> list[Any]:
    """Work on sessions together, and one by one if that fails: one must not cost the others."""
    try:
        with warnings.catch_warnings():
            # A session that is too long becomes a problem.
            warnings.filterwarnings("ignore", message="session .* characters, more than")
            return work(chunk)
    except Exception as error:  # whichever session it was
        if len(chunk) > 1:
            return [outcome for item in chunk for outcome in _each(work, [item])]
        return [_failure(chunk[0], error)]


def _problem_of(session: Session, doc: Doc) -> Problem | None:
    if not doc._.problem:
        return None
    return Problem(doc._.problem, path=session.source, session_id=session.session_id)


def _not_reached(item: Session | Scored) -> Problem:
    return Problem(
        "not analyzed: the system ended a worker process, perhaps for lack of memory. Try fewer "
        "--workers.",
        path=item.source,
        session_id=item.session_id,
    )


def _failure(item: Session | Scored, error: Exception) -> Problem:
    """Name an unexpected failure by its kind alone: its message may hold words of the session."""
    return Problem(
        f"could not be analyzed ({type(error).__name__}). Please report it, without the "
        "transcript.",
        path=item.source,
        session_id=item.session_id,
    )


def _about_model(finding: Finding, budget: Budget | None) -> dict[str, Any] | None:
    if finding.use_labels:
        return None
    finder = _finder(finding)
    return {
        "path": None if finding.model is None else str(finding.model),
        "sha256": finder.disclosure_model.sha256,
        "threshold": finder.threshold if budget is None else budget.threshold,
        "excerpt_threshold": finder.excerpt_threshold if budget is None else budget.threshold,
    }
