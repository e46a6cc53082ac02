"""``tsd audit``: a review sheet of a run's utterances, and what it says once filled in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.exits import nothing_done_on_error
from tsd.cli.options import GroupedCommand, only, takes_settings
from tsd.cli.text import MISSING, in_words, interval, listed, shown
from tsd.settings import Learning, Measuring

if TYPE_CHECKING:
    import pandas as pd

    from tsd.measure.rates.audited import AuditFigures
    from tsd.stats import Estimate

audit_app = typer.Typer(
    help="Have a person review a sample of utterances, and estimate rates from it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_MEANING = (
    "Rates are per 100 therapist utterances. The 95% intervals are about the utterances of these\n"
    "sessions, not about other sessions. They assume that the reviewer is right."
)


@audit_app.command("sample", cls=GroupedCommand)
@takes_settings
def sample_cli(
    run: Annotated[Path, typer.Argument(help="Folder that `tsd analyze` wrote.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Review sheet to write, a .csv file.")],
    learning: Annotated[Learning, only("audit_size")],
    measuring: Annotated[Measuring, only("seed")],
) -> None:
    """Draw utterances for a review, flagged and unflagged, and write a sheet to fill in.

    The key next to the sheet shows what the model flagged: do not look at it before the review.
    """
    from tsd.batch.folder import load
    from tsd.learn.audit_sheets import write_sheet

    with nothing_done_on_error(out):
        result = load(run)
        size, seed = learning.audit_size, measuring.seed
        key = write_sheet(result.utterances, result.run, out, size=size, seed=seed)
        typer.echo(sample_text(key, out))


def sample_text(key: pd.DataFrame, sheet: Path) -> str:
    """Write what was drawn and what to do.

    Parameters
    ----------
    key : DataFrame
        As from `tsd.learn.sampling.draw`.
    sheet : Path
        Where the sheet is.

    Returns
    -------
    str
        Without words of the transcripts.
    """
    from tsd.learn.audit_sheets import LABELS, key_path

    return "\n".join(
        [
            f"{key['item'].notna().sum():,} of {len(key):,} therapist utterances were drawn, in "
            "random order.",
            f"Written to {sheet}: fill in the column label with one of {', '.join(LABELS)}.",
            f"The key, {key_path(sheet).name}, must stay next to it. Look at it only afterwards.",
            f"Then: tsd audit estimate {sheet}",
        ]
    )


@audit_app.command("estimate")
def estimate_cli(
    sheet: Annotated[Path, typer.Argument(help="Filled-in review sheet, with its key next to it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Estimate from a review how often therapists disclose, and how much the model misses."""
    from tsd.learn.audit_sheets import read_reviewed
    from tsd.measure.rates.audited import audit_figures

    with nothing_done_on_error(sheet):
        figures = audit_figures(read_reviewed(sheet))
        typer.echo(json.dumps(figures.as_dict(), indent=1) if as_json else estimate_text(figures))


def estimate_text(figures: AuditFigures) -> str:
    """Write the estimates as a table.

    Parameters
    ----------
    figures : AuditFigures
        What was estimated.

    Returns
    -------
    str
        Without words of the transcripts.
    """
    f = figures
    part = f"{f.reviewed:,} of {f.drawn:,} drawn utterances are reviewed"
    if left := listed([(f.ambiguous, "ambiguous"), (f.unlabeled, "without a label")]):
        part += f" (left out: {left})"
    rows = [
        ("audited rate", f.rate),
        *((f"  {in_words(name)}", each) for name, each in f.types.items()),
        ("precision of the flags, %", f.precision),
        ("recall of the flags, %", f.recall),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [
        f"{part}; they stand for {f.utterances:,} therapist utterances",
        "",
        f"{'':{width}}  estimate  95% interval",
        f"{'flagged rate':{width}}  {shown(f.flagged, '.1f'):>8}  counted, not estimated",
        *(f"{name:{width}}  {_estimate(each)}" for name, each in rows),
    ]
    notes = [
        "Part of the sheet has no label. The estimates hold only if it was left out by chance."
    ]
    return "\n".join([*lines, "", *(notes if f.unlabeled else []), _MEANING])


def _estimate(each: Estimate) -> str:
    if each.value is None:
        return f"{MISSING:>8}  {each.reason}"
    return f"{shown(each.value, '.1f'):>8}  {interval(each.low, each.high, '.1f')}"
