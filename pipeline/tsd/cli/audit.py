"""``tsd audit``: a review sheet of a run's utterances, and what it says once filled in."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.exits import nothing_done_on_error
from tsd.cli.options import GroupedCommand, only, takes_settings
from tsd.settings import Learning, Measuring

if TYPE_CHECKING:
    import pandas as pd

    from tsd.measure.rates.audited import AuditFigures
    from tsd.measure.rates.intervals import Estimate

audit_app = typer.Typer(
    help="Have a person review a sample of utterances, and estimate rates from it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_MEANING = (
    "Rates are per 100 therapist utterances. The intervals (95 %) speak of the utterances of "
    "these\nsessions, not of other sessions, and take the reviewer as right."
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

    The key beside the sheet says what the model flagged: do not look at it before the review.
    """
    from tsd.batch.folder import load
    from tsd.learn.audit_sheets import write_sheet

    with nothing_done_on_error(out):
        result = load(run)
        size, seed = learning.audit_size, measuring.seed
        key = write_sheet(result.utterances, result.run, out, size=size, seed=seed)
        typer.echo(sample_text(key, out))


def sample_text(key: pd.DataFrame, sheet: Path) -> str:
    """Say what was drawn and what to do.

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
            "an order by chance.",
            f"Written to {sheet}: write into the column label one of {', '.join(LABELS)}.",
            f"The key, {key_path(sheet).name}, must stay beside it; look at it only afterwards.",
            f"Then: tsd audit estimate {sheet}",
        ]
    )


@audit_app.command("estimate")
def estimate_cli(
    sheet: Annotated[Path, typer.Argument(help="Review sheet, filled in, its key beside it.")],
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
    """Say the estimates in a table.

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
    left = [
        f"{number:,} {what}"
        for number, what in ((f.ambiguous, "ambiguous"), (f.unlabelled, "without a label"))
        if number
    ]
    if left:
        part += f" (left out: {', '.join(left)})"
    rows = [
        ("audited rate", f.rate),
        *((f"  {name.replace('_', ' ')}", each) for name, each in f.types.items()),
        ("precision of the flags, %", f.precision),
        ("recall of the flags, %", f.recall),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [
        f"{part}; they stand for {f.utterances:,} therapist utterances",
        "",
        f"{'':{width}}  estimate  95% interval",
        f"{'flagged rate':{width}}  {_say(f.flagged):>8}  counted, no estimate",
        *(f"{name:{width}}  {_estimate(each)}" for name, each in rows),
    ]
    notes = [
        "The estimates are from a part of the sheet: they hold if what is left out is so by chance."
    ]
    return "\n".join([*lines, "", *(notes if f.unlabelled else []), _MEANING])


def _estimate(each: Estimate) -> str:
    if math.isnan(each.value):
        return f"{'-':>8}  {each.note}"
    return f"{_say(each.value):>8}  {_say(each.low)} to {_say(each.high)}"


def _say(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.1f}"
