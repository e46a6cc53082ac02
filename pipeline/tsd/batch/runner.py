"""Many sessions: read, run through the pipeline, measure; no failure stops the others."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from joblib import Parallel, delayed
from tqdm import tqdm

from tsd.measure.corpus import CorpusResult, gather
from tsd.measure.session import SessionResult, analyze_session
from tsd.batch.companions import beside_files, read_beside
from tsd.batch.budget import Budget, spend
from tsd.batch.inputs import find_files
from tsd.batch.reading import read_all
from tsd.classify.pipeline import load
from tsd.classify.model import model_stamp, versions
from tsd.errors import NoInputError
from tsd.schema import Problem, Session, Severity
from tsd.settings import Settings

if TYPE_CHECKING:
    from tsd.classify.component import DisclosureFinder
    from tsd.segment.language import SessionLanguage

Outcome = SessionResult | Problem

_TOLD = 5
"""When nothing could be read, so many reasons are named."""

_CHUNK = 3000
"""Sessions go to a worker together until they have this many utterances."""


def analyze_corpus(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    settings: Settings | None = None,
    *,
    progress: bool = False,
) -> CorpusResult:
    """Analyse every session in files, folders and glob patterns.

    Parameters
    ----------
    paths : path-like or sequence of path-like
        What to read.
    settings : Settings, optional
        All options; `settings.workers` processes work at once, with the same result.
    progress : bool, default False
        Show a progress bar, if on a terminal.

    Returns
    -------
    CorpusResult
        The tables. What could not be read or analysed is in its ``problems``. If the user
        interrupts, what has been analysed so far, and ``run["complete"]`` is false.

    Raises
    ------
    NoInputError
        If not a single session could be read.
    ModelError
        If the model cannot be used.
    ReadError
        If the metadata, the error rates or the review sheet cannot be read.
    """
    settings = settings or Settings()
    beside = read_beside(settings)
    begun, clock = datetime.now(UTC), time.perf_counter()
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    _pipeline(settings)  # a model that cannot be used is told before anything is read
    files, problems = find_files(paths, beside_files(settings))
    sessions, inputs = read_all(files, settings, problems)
    if not sessions:
        raise NoInputError(_reasons("no session could be read.", problems))
    known = beside.known([session.session_id for session in sessions], problems)
    budget = None
    working = settings
    if settings.review_budget is not None:
        working, budget = _within_budget(sessions, settings, settings.review_budget)
    model = _about_model(working)
    beside.check(model)
    results: list[SessionResult] = []
    complete = True
    bar = tqdm(total=sum(map(len, sessions)), unit="utterance", disable=None if progress else True)
    try:
        for chunk, outcomes in _outcomes(sessions, working):
            for outcome in outcomes:
                (problems if isinstance(outcome, Problem) else results).append(outcome)  # type: ignore[arg-type]
            bar.update(sum(map(len, chunk)))
    except KeyboardInterrupt:
        complete = False
        problems.append(
            Problem(f"interrupted: {len(results)} of {len(sessions)} sessions were analysed.")
        )
    finally:
        bar.close()
    if complete and not results:
        raise NoInputError(_reasons("no session could be analysed.", problems))
    run: dict[str, Any] = {
        "versions": versions(),
        "model": model,
        "review_budget": None if budget is None else asdict(budget),
        "settings": settings.as_dict(),
        "inputs": inputs,
        "beside": beside.hashes,
        "complete": complete,
        "started": begun.isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - clock, 3),
    }
    result = gather(results, problems, run, settings, known)
    run["counts"] = result.summary
    return result


def _within_budget(
    sessions: Sequence[Session], settings: Settings, utterances: int
) -> tuple[Settings, Budget]:
    """Find the threshold that a review budget pays for, by a first run over all sessions."""
    plain = replace(settings, review_budget=None)
    first = [each for _, outcomes in _outcomes(sessions, plain) for each in outcomes]
    tables = [each.utterances for each in first if isinstance(each, SessionResult)]
    budget = spend(utterances, (p for table in tables for p in table["p_disclosure"]))
    return replace(plain, threshold=budget.threshold), budget


def _reasons(what: str, problems: Sequence[Problem]) -> str:
    errors = [p for p in problems if p.severity is Severity.ERROR]
    lines = [f"{p.path} {p.session_id}".strip() + f": {p.message}" for p in errors[:_TOLD]]
    if len(errors) > _TOLD:
        lines.append(f"and {len(errors) - _TOLD} more")
    return "\n  ".join([what, *lines])


def _pipeline(settings: Settings) -> SessionLanguage:
    """Return the pipeline; each process loads it once, and again if the model has changed."""
    return _load(*_what_matters(settings))


def _what_matters(settings: Settings) -> tuple[Settings, str]:
    """Return what the pipeline depends on: some of the settings, and the content of the model."""
    some = Settings(
        model=settings.model,
        threshold=settings.threshold,
        use_labels=settings.use_labels,
        longest_session=settings.longest_session,
        longest_unit=settings.longest_unit,
    )
    return some, "" if settings.use_labels else model_stamp(settings.model)


@lru_cache(maxsize=1)
def _load(settings: Settings, stamp: str) -> SessionLanguage:
    del stamp  # a part of the key alone
    return load(settings)


def _outcomes(
    sessions: Sequence[Session], settings: Settings
) -> Iterator[tuple[list[Session], list[Outcome]]]:
    """Yield chunks of sessions with what became of them, in order."""
    chunks: list[list[Session]] = [[]]
    size = 0
    for session in sessions:
        if chunks[-1] and size + len(session) > _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(session)
        size += len(session)
    if settings.workers == 1 or len(chunks) == 1:
        yield from ((chunk, _analyze_chunk(chunk, settings)) for chunk in chunks)
        return
    parallel = Parallel(n_jobs=settings.workers, return_as="generator")
    done = 0
    try:
        for outcomes in parallel(delayed(_analyze_chunk)(chunk, settings) for chunk in chunks):
            yield chunks[done], outcomes
            done += 1
    except BrokenProcessPool:  # the system has ended a worker, often for want of memory
        for chunk in chunks[done:]:
            yield chunk, [_not_reached(session) for session in chunk]


def _analyze_chunk(chunk: Sequence[Session], settings: Settings) -> list[Outcome]:
    """Analyse sessions together, and one by one if that fails."""
    nlp = _pipeline(settings)
    try:
        with warnings.catch_warnings():
            # An over-long session is told as a problem.
            warnings.filterwarnings("ignore", message="session .* characters, more than")
            docs = list(nlp.pipe(chunk))
        return [_measure(session, doc, settings) for session, doc in zip(chunk, docs, strict=True)]
    except Exception as error:  # whichever session it was, the others must not suffer
        if len(chunk) > 1:
            return [outcome for each in chunk for outcome in _analyze_chunk([each], settings)]
        return [_failure(chunk[0], error)]


def _measure(session: Session, doc: Any, settings: Settings) -> Outcome:  # noqa: ANN401
    if doc._.problem:
        return Problem(doc._.problem, path=session.source, session_id=session.session_id)
    return analyze_session(doc, settings)


def _not_reached(session: Session) -> Problem:
    return Problem(
        "not analysed: the system ended a worker process, perhaps for want of memory. Try fewer "
        "--workers.",
        path=session.source,
        session_id=session.session_id,
    )


def _failure(session: Session, error: Exception) -> Problem:
    """Name an unexpected failure by its kind alone: its message may hold words of the session."""
    return Problem(
        f"could not be analysed ({type(error).__name__}). Please report it, without the "
        "transcript.",
        path=session.source,
        session_id=session.session_id,
    )


def _about_model(settings: Settings) -> dict[str, Any] | None:
    if settings.use_labels:
        return None
    finder = cast("DisclosureFinder", _pipeline(settings).get_pipe("tsd_disclosures"))
    return {
        "path": None if settings.model is None else str(settings.model),
        "sha256": finder.model.sha256,
        "threshold": finder.threshold,
        "excerpt_threshold": finder.excerpt_threshold,
    }
