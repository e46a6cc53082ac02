"""``tsd audit``: a sheet for a human review of a run, and the rates from the filled-in sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.options import GroupedCommand, takes_settings
from tsd.cli.printing import MISSING, aligned, interval, listed, nothing_done_on_error, shown
from tsd.settings import Settings
from tsd.words import in_words

if TYPE_CHECKING:
    import pandas as pd

    from tsd.learn.audit_plan import Plan
    from tsd.measure.rates.audited import AuditFigures
    from tsd.stats import Estimate

audit_app = typer.Typer(
    help="Have a person review a sample, and estimate rates from it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_MEANING = (
    "Rates are per 100 therapist utterances. The 95% intervals are for the utterances of these\n"
    "sessions, not for other sessions. They assume that the reviewer is right."
)


@audit_app.command("sample", cls=GroupedCommand)
@takes_settings("audit_size", "seed", "natural_rate")
def sample_cli(
    folder: Annotated[Path, typer.Argument(help="Folder that `tsd analyze` wrote.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Review sheet to write, a .csv file.")],
    settings: Settings,
) -> None:
    """Draw utterances and write a review sheet to fill in.

    Some of the utterances were flagged and some were not. The key next to the sheet shows which:
    do not open it before the review.
    """
    from tsd.batch.folder import load
    from tsd.learn.audit_sheets import write_sheet

    with nothing_done_on_error(out):
        result = load(folder)
        size, seed = settings.learning.audit_size, settings.measuring.seed
        rate = settings.learning.natural_rate
        key, planned = write_sheet(
            result.utterances, result.run, out, size=size, seed=seed, rate=rate
        )
        typer.echo(_sample_text(key, out, planned, rate))


def _sample_text(key: pd.DataFrame, sheet: Path, planned: Plan, rate: float) -> str:
    """Write what was drawn and what to do, without words of the transcripts."""
    from tsd.learn.audit_sheets import LABELS, key_path

    return "\n".join(
        [
            f"{key['item'].notna().sum():,} of {len(key):,} therapist utterances were drawn, in "
            "random order.",
            *_expected(int(key["item"].notna().sum()), len(key), planned, rate),
            f"Written to {sheet}: write into the column 'label' one of {', '.join(LABELS)}.",
            f"Keep the key, {key_path(sheet).name}, next to the sheet. Open it after the review.",
            f"When you have filled in the sheet, run: tsd audit estimate {sheet}",
        ]
    )


def widths_by_size(population: int, rate: float) -> list[str]:
    """Write the half-width to expect by number of utterances reviewed; nothing if all can be."""
    from tsd.learn.audit_plan import half_widths

    found = half_widths(population, rate)
    rows = [["utterances reviewed", *(f"{size:,}" for size, _ in found)]]
    rows.append(["+- per 100", *(f"{half:.1f}" for _, half in found)])
    return aligned(rows) if found else []


def _expected(size: int, population: int, planned: Plan, rate: float) -> list[str]:
    """Write how exact the rate will be, for this and other sizes."""
    from tsd.learn.audit_plan import RECOMMENDED

    if size >= population:
        return ["These are all there are, so the rate will be exact."]
    lines = [
        f"If {100 * rate:.3g} of 100 disclose (--natural-rate), expect a 95% interval of about +-"
        f"{planned.half_width:.1f} per 100."
    ]
    if others := widths_by_size(population, rate):
        lines += ["", *others, ""]
    if size < RECOMMENDED <= population:
        lines.append(f"We recommend at least {RECOMMENDED} (--audit-size).")
    return lines


@audit_app.command("estimate", cls=GroupedCommand)
def estimate_cli(
    sheet: Annotated[Path, typer.Argument(help="Filled-in review sheet, with its key next to it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Estimate rates from a filled-in review sheet.

    Shows how often therapists disclose, how many flags are right, and how much the model misses.
    """
    from tsd.learn.audit_sheets import read_reviewed
    from tsd.measure.rates.audited import audit_figures

    with nothing_done_on_error(sheet):
        figures = audit_figures(read_reviewed(sheet))
        typer.echo(json.dumps(figures.as_dict(), indent=1) if as_json else _estimate_text(figures))


def _estimate_text(f: AuditFigures) -> str:
    """Write the estimates as a table, without words of the transcripts."""
    part = f"{f.reviewed:,} of {f.drawn:,} drawn utterances are reviewed"
    if left := listed([(f.ambiguous, "ambiguous"), (f.unlabeled, "without a label")]):
        part += f" (left out: {left})"
    rows = [
        ("audited rate", f.rate),
        *_bounds(f),
        *((f"  {in_words(name)}", each) for name, each in f.types.items()),
        ("precision of the flags, %", f.precision),
        ("recall of the flags, %", f.recall),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [
        f"{part}; they represent {f.utterances:,} therapist utterances",
        "",
        f"{'':{width}}  estimate  95% interval",
        f"{'flagged rate':{width}}  {shown(f.flagged, '.1f'):>8}  counted, not estimated",
        *(f"{name:{width}}  {_estimate(each)}" for name, each in rows),
    ]
    notes = [
        "Some rows have no label. The estimates hold only if these rows were skipped at random."
    ]
    return "\n".join([*lines, "", *(notes if f.unlabeled else []), _MEANING])


def _bounds(f: AuditFigures) -> list[tuple[str, Estimate]]:
    """Return the rate with the ambiguous utterances as none, and as disclosures."""
    from tsd.stats import Estimate

    if not f.ambiguous:
        return []
    return [
        ("  if no ambiguous one discloses", Estimate(f.rate_if_none, reason=f.rate.reason)),
        ("  if all of them do", Estimate(f.rate_if_all, reason=f.rate.reason)),
    ]


def _estimate(each: Estimate) -> str:
    if each.value is None:
        return f"{MISSING:>8}  {each.reason}"
    return f"{shown(each.value, '.1f'):>8}  {interval(each.low, each.high, '.1f')}"
