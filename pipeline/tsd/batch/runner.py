"""Many sessions: read, run through the pipeline, measure; no failure stops the others."""

from __future__ import annotations

import hashlib
import os
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from joblib import Parallel, delayed
from tqdm import tqdm

from tsd.analyze.corpus import CorpusResult, gather
from tsd.analyze.session import SessionResult, analyze_session
from tsd.batch.inputs import find_files
from tsd.classify.pipeline import load
from tsd.classify.store import versions
from tsd.errors import NoInputError, ReadError
from tsd.readers import read_sessions
from tsd.readers.roles import same_name
from tsd.schema import Label, Problem, Role, Session, Severity
from tsd.settings import Settings

if TYPE_CHECKING:
    from tsd.classify.component import DisclosureFinder
    from tsd.segment.language import SessionLanguage

Outcome = SessionResult | Problem

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
    """
    settings = settings or Settings()
    begun, clock = datetime.now(UTC), time.perf_counter()
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    _pipeline(settings)  # a model that cannot be used is told before anything is read
    files, problems = find_files(paths)
    sessions, inputs = _read(files, settings, problems)
    if not sessions:
        first = next((p for p in problems if p.severity is Severity.ERROR), None)
        reason = f" {first.path}: {first.message}" if first else ""
        raise NoInputError(f"no session could be read.{reason}")
    results: list[SessionResult] = []
    complete = True
    bar = tqdm(total=sum(map(len, sessions)), unit="utterance", disable=None if progress else True)
    try:
        for chunk, outcomes in _outcomes(sessions, settings):
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
    run: dict[str, Any] = {
        "versions": versions(),
        "model": _about_model(settings),
        "settings": settings.as_dict(),
        "inputs": inputs,
        "complete": complete,
        "started": begun.isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - clock, 3),
    }
    result = gather(results, problems, run)
    run["counts"] = result.summary
    return result


def _read(
    files: Sequence[str], settings: Settings, problems: list[Problem]
) -> tuple[list[Session], list[dict[str, Any]]]:
    """Read all files; session ids become unique, and labels are there if they are needed."""
    sessions: list[Session] = []
    inputs: list[dict[str, Any]] = []
    taken: set[str] = set()
    for file in files:
        try:
            reading = read_sessions(file, settings)
        except ReadError as error:
            problems.append(Problem(error.message, path=error.path, line=error.line))
            continue
        except Exception as error:  # a defect of a reader must not cost the other files
            problems.append(Problem(f"could not be read ({type(error).__name__}).", path=file))
            continue
        problems += reading.problems
        inputs.append(
            {
                "path": file,
                "sha256": hashlib.sha256(Path(file).read_bytes()).hexdigest(),
                "sessions": len(reading.sessions),
                "utterances": sum(map(len, reading.sessions)),
            }
        )
        for each in reading.sessions:
            session = _renamed(each, taken, problems)
            taken.add(session.session_id)
            if not settings.use_labels or _labelled(session, problems):
                sessions.append(session)
    _tell_unmatched_names(sessions, settings, problems)
    return sessions, inputs


def _tell_unmatched_names(
    sessions: Sequence[Session], settings: Settings, problems: list[Problem]
) -> None:
    seen = {same_name(u.speaker) for session in sessions for u in session.utterances}
    for option in ("therapist", "client"):
        problems += [
            Problem(f"--{option} {name!r} is no speaker of any session.", Severity.WARNING)
            for name in getattr(settings, option)
            if same_name(name) not in seen
        ]


def _renamed(session: Session, taken: set[str], problems: list[Problem]) -> Session:
    """Give a session another id if another file has used it."""
    if session.session_id not in taken:
        return session
    stem = Path(session.source).stem
    name, number = f"{stem}/{session.session_id}", 2
    while name in taken:
        name, number = f"{stem}/{session.session_id}/{number}", number + 1
    problems.append(
        Problem(
            f"another file has a session of this name; here it is {name!r}.",
            Severity.NOTE,
            session.source,
            session_id=session.session_id,
        )
    )
    return replace(session, session_id=name)


def _labelled(session: Session, problems: list[Problem]) -> bool:
    """Tell what a session's labels leave open; False if it has none."""
    own = [u.label for u in session.utterances if u.role is Role.THERAPIST]
    empty, ambiguous = own.count(None), own.count(Label.AMBIGUOUS)
    if empty == len(own):
        problems.append(
            Problem(
                "no therapist utterance has a label, which --use-labels needs; the session is left "
                "out. Expected a column 'label' with none or a type.",
                path=session.source,
                session_id=session.session_id,
            )
        )
        return False
    if empty or ambiguous:
        problems.append(
            Problem(
                f"{empty} therapist utterances without a label and {ambiguous} ambiguous ones "
                "count as no disclosure.",
                Severity.NOTE,
                session.source,
                session_id=session.session_id,
            )
        )
    return True


@lru_cache(maxsize=1)
def _pipeline(settings: Settings) -> SessionLanguage:
    """Return the pipeline; each process loads it once."""
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
    done = parallel(delayed(_analyze_chunk)(chunk, settings) for chunk in chunks)
    yield from zip(chunks, done, strict=True)


def _analyze_chunk(chunk: Sequence[Session], settings: Settings) -> list[Outcome]:
    """Analyse sessions together, and one by one if that fails."""
    nlp = _pipeline(settings)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an over-long session is told as a problem
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
    }
