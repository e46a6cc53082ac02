"""The public functions; each loads what it needs when it is called."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tsd.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tsd.analyze.corpus import CorpusResult
    from tsd.analyze.session import SessionResult
    from tsd.classify.evaluation import Evaluation
    from tsd.classify.store import Model
    from tsd.classify.training import TrainingPlan
    from tsd.schema import Session
    from tsd.segment.language import SessionLanguage

    Path = str | os.PathLike[str]


def load(settings: Settings | None = None) -> SessionLanguage:
    """Make the spaCy pipeline that finds therapist self-disclosures.

    Parameters
    ----------
    settings : Settings, optional
        The model and its threshold, or human labels in place of it.

    Returns
    -------
    SessionLanguage
        spaCy's blank English with the components ``tsd_units``, ``tsd_cues`` and
        ``tsd_disclosures``. It takes sessions, texts and Docs.

    Raises
    ------
    ModelError
        If the model cannot be used.

    Examples
    --------
    >>> import tsd
    >>> nlp = tsd.load()
    >>> doc = nlp("I'm a licensed counselor, and I've worked with teenagers for ten years.")
    >>> [span.label_ for span in doc.spans["disclosures"]]
    ['training']
    """
    from tsd.classify.pipeline import load as make

    if settings is not None and not isinstance(settings, Settings):
        raise TypeError(
            f"tsd.load takes Settings, not a {type(settings).__name__}: "
            "tsd.load(tsd.Settings(threshold=0.5))"
        )
    return make(settings)


def read(path: Path, settings: Settings | None = None) -> Session:
    """Read the one session of a file.

    Parameters
    ----------
    path : path-like
        A transcript: CSV, TSV, JSON Lines or labelled text.
    settings : Settings, optional
        For the roles of the speakers.

    Returns
    -------
    Session
        What is read around it, and any problem, is told by `read_sessions`.

    Raises
    ------
    ReadError
        If the file cannot be read, or does not hold exactly one session.

    Examples
    --------
    Where the names do not tell the roles, say who is who::

        tsd.read("session.txt", tsd.Settings(therapist=("Anna",), client=("Ben",)))
    """
    from tsd.errors import ReadError

    sessions = read_sessions(path, settings)
    if len(sessions) != 1:
        raise ReadError(path, f"holds {len(sessions)} sessions; use tsd.read_sessions.")
    return sessions[0]


def read_sessions(path: Path, settings: Settings | None = None) -> list[Session]:
    """Read all sessions of a file.

    Problems that are errors or warnings are given as Python warnings; to have them as data, use
    `tsd.readers.read_sessions`.

    Parameters
    ----------
    path : path-like
        A transcript: CSV, TSV, JSON Lines or labelled text.
    settings : Settings, optional
        For the roles of the speakers.

    Returns
    -------
    list of Session
        In the order of the file.

    Raises
    ------
    ReadError
        If the file as a whole cannot be read.
    """
    import warnings

    from tsd.readers import read_sessions as read_file
    from tsd.schema import Severity

    reading = read_file(path, settings)
    for problem in reading.problems:
        if problem.severity is not Severity.NOTE:
            warnings.warn(str(problem), stacklevel=2)
    return reading.sessions


def analyze(doc: Doc, settings: Settings | None = None) -> SessionResult:
    """Measure the disclosures of one session: how often, how long, and what happened to focus.

    Parameters
    ----------
    doc : Doc
        A session after the pipeline of `load`.
    settings : Settings, optional
        Windows, rates of speech, permutations and seed.

    Returns
    -------
    SessionResult
        A summary, and the session's rows of the tables.

    Examples
    --------
    >>> import tsd
    >>> tsd.analyze(tsd.load()("I'm a licensed counselor.")).summary["disclosures"]
    1
    """
    from tsd.analyze.session import analyze_session

    if not hasattr(doc, "spans"):
        raise TypeError(
            f"tsd.analyze takes a Doc, not a {type(doc).__name__}: tsd.analyze(nlp(session)), or "
            "tsd.analyze_corpus(paths) for files"
        )
    return analyze_session(doc, settings)


def analyze_corpus(
    paths: Path | Sequence[Path], settings: Settings | None = None, *, progress: bool = False
) -> CorpusResult:
    """Analyse every session in files, folders and glob patterns.

    See `tsd.batch.runner.analyze_corpus`.

    Parameters
    ----------
    paths : path-like or sequence of path-like
        What to read.
    settings : Settings, optional
        All options.
    progress : bool, default False
        Show a progress bar, if on a terminal.

    Returns
    -------
    CorpusResult
        The tables ``sessions``, ``utterances``, ``disclosures``, ``guidelines``, ``dynamics``,
        ``rates`` and ``problems``; ``chance``, the focus shift of all sessions against chance;
        and a ``summary``.

    Raises
    ------
    NoInputError
        If not a single session could be read.
    ReadError
        If the metadata, the error rates or the review sheet of the settings cannot be read.
    """
    from tsd.batch.runner import analyze_corpus as run

    return run(paths, settings, progress=progress)


def train(
    sessions: Sequence[Session],
    plan: TrainingPlan | None = None,
    settings: Settings | None = None,
    *,
    corpus: Sequence[Session] = (),
) -> Model:
    """Learn a model from annotated sessions.

    See `tsd.classify.training.train`; `tsd.classify.training.save` stores the model.

    Parameters
    ----------
    sessions : sequence of Session
        With labels on therapist utterances.
    plan : TrainingPlan, optional
        How to learn.
    settings : Settings, optional
        For the segmenter and the natural rate.
    corpus : sequence of Session, optional
        Further annotated sessions to learn from, whose figures are not told apart.

    Returns
    -------
    Model
        With its figures in ``metadata["cross_validation"]``.

    Raises
    ------
    AnnotationError
        If there is too little to learn from.
    """
    from tsd.classify.training import train as learn

    return learn(sessions, plan, settings, corpus=corpus)


def evaluate(sessions: Sequence[Session], settings: Settings | None = None) -> Evaluation:
    """Measure how well a model finds what coders have labelled.

    See `tsd.classify.evaluation.evaluate`.

    Parameters
    ----------
    sessions : sequence of Session
        With labels on therapist utterances; none of them learned from by the model, or the
        figures are too high.
    settings : Settings, optional
        The model, its threshold, the natural rate and the resampling.

    Returns
    -------
    Evaluation
        Figures with intervals, the types, and calibration; `Evaluation.as_dict` for JSON.

    Raises
    ------
    AnnotationError
        If no therapist utterance has a label.
    """
    from tsd.classify.evaluation import evaluate as measure

    return measure(sessions, settings)
