"""``tsd train``: annotated transcripts in, a model folder out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.exits import echo_problem, nothing_done_on_error
from tsd.cli.options import only, takes_settings
from tsd.settings import Finding, Learning, Reading, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tsd.classify.model import Model
    from tsd.schema import Problem

_LEARNING = tuple(o.name for o in Learning.options() if o.name != "audit_size")


def train_to_folder(
    paths: Sequence[str | Path],
    out: Path,
    settings: Settings,
    *,
    default_corpus: bool = True,
    report: Callable[[Problem], None] | None = None,
) -> Model:
    """Learn a model from annotated transcripts and store it.

    Parameters
    ----------
    paths : sequence of path-like
        Files, folders, glob patterns; with a column ``label``. None: the default corpus alone,
        which makes the default model.
    out : Path
        The model folder to write.
    settings : Settings
        For reading, segmenting and learning.
    default_corpus : bool, default True
        Learn from the corpus of the default model too.
    report : callable, optional
        Gets each problem of the input that is not an error.

    Returns
    -------
    Model
        The model, as stored.

    Raises
    ------
    TsdError
        If a file cannot be read, or the annotations cannot be learned from. A model learned
        from half of the data by accident would be worse than none, so every error counts.
    """
    from tsd.batch.reading import read_annotated
    from tsd.classify.shipped import DEFAULT_CORPUS, shipped
    from tsd.errors import AnnotationError
    from tsd.learn.training import train

    own = read_annotated(paths, settings.reading, report) if paths else []
    corpus = read_annotated([shipped(DEFAULT_CORPUS)]) if default_corpus else []
    if not own and not corpus:
        raise AnnotationError("nothing to learn from. Name annotated files.")
    sessions, more = (own, corpus) if own else (corpus, [])
    return train(sessions, settings.learning, settings.finding, corpus=more).save(out)


@takes_settings
def train_cli(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Annotated files, folders or patterns. Without any: the default corpus alone."
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.")],
    no_default_corpus: Annotated[
        bool, typer.Option("--no-default-corpus", help="Learn from your files alone.")
    ] = False,
    reading: Annotated[Reading, only("therapist", "client")],
    finding: Annotated[Finding, only("longest_session", "longest_unit")],
    learning: Annotated[Learning, only(*_LEARNING)],
) -> None:
    """Learn a model from your annotated transcripts (a table with a column 'label').

    They are added to the corpus of the default model, unless --no-default-corpus. Use it with:
    tsd analyze ... --model FOLDER
    """
    settings = Settings(reading=reading, finding=finding, learning=learning)
    with nothing_done_on_error(out):
        model = train_to_folder(
            paths or [], out, settings, default_corpus=not no_default_corpus, report=echo_problem
        )
    figures = {
        "learned from": model.metadata["data"]["labels"],
        "threshold": model.threshold,
        "cross-validation, sessions kept whole": model.metadata["cross_validation"],
    }
    typer.echo(json.dumps(figures, indent=1))
    typer.echo(f"Written to {out}: use it with tsd analyze ... --model {out}")
    typer.echo("The model holds words of the transcripts: keep it as confidential as they are.")
