"""``tsd train``: annotated transcripts in, a model folder out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.options import takes_settings
from tsd.cli.printing import echo_problem, nothing_done_on_error
from tsd.settings import Learning, Reading, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tsd.classify.encoder import Encoder
    from tsd.classify.model import Model

_LEARNING = tuple(o.name for o in Learning.options() if o.name != "audit_size")


@takes_settings(
    "therapist", "client", "language", "longest_session", "longest_unit", *_LEARNING, "seed"
)
def train_cli(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Labeled files, folders or patterns. Without any: the default corpus alone."
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.")],
    no_default_corpus: Annotated[
        bool, typer.Option("--no-default-corpus", help="Train on your files alone.")
    ] = False,
    encoder: Annotated[
        Path | None,
        typer.Option(
            "--encoder",
            help="Folder of a sentence encoder on this machine, to be fine-tuned on the labels. "
            "Takes an hour or more. Without it, the encoder of the default model is used as it is.",
        ),
    ] = None,
    no_encoder: Annotated[
        bool, typer.Option("--no-encoder", help="Make a model without an encoder.")
    ] = False,
    settings: Settings,
) -> None:
    """Train a model on your labeled transcripts.

    The transcripts are tables with a column 'label'. They are added to the corpus of the default
    model, unless you give --no-default-corpus. Use the model with: tsd analyze ... --model FOLDER
    """
    if encoder is not None and no_encoder:
        raise typer.BadParameter("cannot go with --no-encoder.", param_hint="--encoder")
    with nothing_done_on_error(out):
        from tsd.classify.model import default_encoder

        model = _train_to_folder(
            paths or [],
            out,
            settings,
            default_corpus=not no_default_corpus,
            encoder=None if no_encoder else encoder or default_encoder(),
        )
    figures = {
        "learned from": model.metadata["data"]["labels"],
        "thresholds": model.thresholds,
        "cross-validation": model.metadata["cross_validation"],
    }
    typer.echo(json.dumps(figures, indent=1))
    typer.echo(f"Written to {out}: use it with tsd analyze ... --model {out}")
    typer.echo("The model contains words of the transcripts: keep it as confidential as they are.")


def _train_to_folder(
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    default_corpus: bool,
    encoder: Encoder | Path | None,
) -> Model:
    """Train on annotated transcripts, or on the default corpus alone, and store the model."""
    from tsd.batch.reading import read_annotated
    from tsd.classify.shipped import DEFAULT_CORPUS, shipped
    from tsd.errors import AnnotationError
    from tsd.learn.training import train

    own = read_annotated(paths, settings.reading, echo_problem) if paths else []
    corpus = (
        read_annotated([shipped(DEFAULT_CORPUS)], Reading(language="en")) if default_corpus else []
    )
    if not own and not corpus:
        raise AnnotationError("nothing to learn from. Name labeled files.")
    sessions, more = (own, corpus) if own else (corpus, [])
    seed = settings.measuring.seed
    model = train(
        sessions, settings.learning, settings.finding, corpus=more, encoder=encoder, seed=seed
    )
    return model.save(out)
