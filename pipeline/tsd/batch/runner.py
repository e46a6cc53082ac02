"""Many sessions: read, run through the pipeline, measure; no failure stops the others."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from joblib import Parallel, delayed
from tqdm import tqdm

from tsd.batch.companions import companion_files, read_companions
from tsd.batch.folder import CorpusResult
from tsd.batch.inputs import find_files
from tsd.batch.reading import read_all
from tsd.batch.scoring import (
    Scored,
    about_model,
    fill_budget,
    flag_chunk,
    pipeline,
    problem,
    score_chunk,
)
from tsd.batch.sensitivity import Variant, as_table, variants
from tsd.classify.model import versions
from tsd.errors import NoInputError
from tsd.measure.corpus import Known, gather
from tsd.measure.session import SessionResult, analyze
from tsd.schema import Problem, Session, Severity
from tsd.settings import Settings

Outcome = SessionResult | Problem
Item = TypeVar("Item", Session, Scored)

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
        If the table of roles, the metadata, the error rates or the review sheet cannot be read.

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
    files: Sequence[str],
    problems: Sequence[Problem],
    settings: Settings,
    *,
    progress: bool,
    settings_file: dict[str, Any] | None = None,
) -> CorpusResult:
    """Analyze the transcripts that `find_files` found; see `analyze_corpus`.

    `settings_file` is what ``run.json`` says of the settings file, if there was one.
    """
    begun, clock = datetime.now(UTC), time.perf_counter()
    companions = read_companions(settings)
    pipeline(settings.finding)  # a model that cannot be used is reported before anything is read
    problems = list(problems)
    sessions, inputs, identifiers = read_all(files, settings, problems, companions.roles)
    if not sessions:
        raise NoInputError(_reasons("no session could be read.", problems))
    known = companions.known([session.session_id for session in sessions], problems)
    done = _Done(about_model(settings.finding))
    companions.check(done.model)
    tried = variants(settings) if settings.measuring.sensitivity else []
    rounds = 1 + sum(not each.chosen for each in tried)
    total = rounds * sum(map(len, sessions))
    try:
        with tqdm(total=total, unit="utterance", disable=None if progress else True) as bar:
            scored = _measure(sessions, settings, problems, done, bar, scores_stay=bool(tried))
            for variant in tried if done.results else ():
                done.rows.append(_try(variant, scored, done, settings, known))
                bar.update(0 if variant.chosen else total // rounds)
    except KeyboardInterrupt:
        done.complete = False
        problems += _interrupted(sessions, done.results, problems)
    if done.complete and not done.results:
        raise NoInputError(_reasons("no session could be analyzed.", problems))
    measures = gather(done.results, problems, settings.measuring, known)
    run: dict[str, Any] = {
        "versions": versions(),
        "model": done.model,
        "review_budget": done.budget,
        "settings": settings.as_dict(),
        "settings_file": settings_file,
        "inputs": inputs,
        "identifiers": identifiers,
        "companions": companions.hashes,
        **companions.figures(),
        "complete": done.complete,
        "started": begun.isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - clock, 3),
    }
    sensitivity = as_table(done.rows) if settings.measuring.sensitivity else None
    return CorpusResult(**vars(measures), run=run, sensitivity=sensitivity)


@dataclass
class _Done:
    """What a run has done so far; it is kept if the run is interrupted."""

    model: dict[str, Any] | None
    budget: dict[str, Any] | None = None
    results: list[SessionResult] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)  # of the table sensitivity
    complete: bool = True


def _measure(
    sessions: Sequence[Session],
    settings: Settings,
    problems: list[Problem],
    done: _Done,
    bar: tqdm[Any],
    *,
    scores_stay: bool,
) -> list[Scored]:
    """Find and measure the disclosures of all sessions.

    Returns the scored sessions if they are needed again (`scores_stay`), or for a review budget.
    """
    scored: list[Scored] = []
    outcomes = _run(_analyze_chunk, sessions, settings)
    budget = settings.finding.review_budget
    if scores_stay or budget is not None:
        scored, threshold = _score(sessions, settings, problems), None
        if budget is not None:
            done.budget = fill_budget(budget, (p for each in scored for p in each.p_utterances))
            threshold = done.budget["threshold"]
            done.model = about_model(settings.finding, threshold)
        outcomes = _run(partial(flag_chunk, threshold=threshold), scored, settings)
    for size, some in outcomes:
        for outcome in some:
            (problems if isinstance(outcome, Problem) else done.results).append(outcome)
        bar.update(size)
    return scored


def _score(
    sessions: Sequence[Session], settings: Settings, problems: list[Problem]
) -> list[Scored]:
    """Score sessions; add those that cannot be scored to the problems."""
    scored: list[Scored] = []
    for _, some in _run(score_chunk, sessions, settings):
        for each in some:
            (problems if isinstance(each, Problem) else scored).append(each)
    return scored


def _try(
    variant: Variant,
    scored: Sequence[Scored],
    done: _Done,
    settings: Settings,
    known: Known,
) -> dict[str, Any]:
    """Flag and measure again with other settings than those of the run."""
    results = done.results
    if not variant.chosen:
        work = partial(flag_chunk, threshold=variant.threshold(done.model))
        outcomes = _run(work, scored, variant.settings(settings))
        found = (each for _, some in outcomes for each in some)
        results = [each for each in found if isinstance(each, SessionResult)]
    return variant.row(results, settings, done.model, known)


def _interrupted(
    sessions: Sequence[Session], results: Sequence[SessionResult], problems: Sequence[Problem]
) -> list[Problem]:
    """Say what an interrupted run has not done: each session, or other settings (sensitivity)."""
    reached = {(each.summary["source"], each.summary["session_id"]) for each in results}
    reached |= {(p.path, p.session_id) for p in problems if p.severity is Severity.ERROR}
    left = [each for each in sessions if (each.source, each.session_id) not in reached]
    if not left:
        return [Problem("interrupted: not all combinations of the table sensitivity were tried.")]
    return [
        Problem(f"interrupted: {len(results)} of {len(sessions)} sessions were analyzed."),
        *(problem(each, "not analyzed: the run was interrupted.") for each in left),
    ]


def _reasons(what: str, problems: Sequence[Problem]) -> str:
    errors = [p for p in problems if p.severity is Severity.ERROR]
    lines = [f"{p.path} {p.session_id}".strip() + f": {p.message}" for p in errors[:_MOST_REASONS]]
    if len(errors) > _MOST_REASONS:
        lines.append(f"and {len(errors) - _MOST_REASONS} more")
    return "\n  ".join([what, *lines])


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
            yield sum(map(len, chunk)), [problem(item, _NOT_REACHED) for item in chunk]


def _analyze_chunk(chunk: list[Session], settings: Settings) -> list[Outcome]:
    """Find and measure the disclosures of some sessions."""
    docs = list(pipeline(settings.finding).pipe(chunk))
    return [
        problem(session, doc._.problem) if doc._.problem else analyze(doc, settings.measuring)
        for session, doc in zip(chunk, docs, strict=True)
    ]


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
        return [problem(chunk[0], message)]
