"""``tsd plan``: what a study can expect, and its settings in a file before it begins."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tsd.cli.audit import widths_by_size
from tsd.cli.options import takes_settings
from tsd.cli.printing import aligned, nothing_done_on_error
from tsd.errors import OutputError
from tsd.settings import Finding, Group, Measuring, Output, Planning, Reading, Settings

if TYPE_CHECKING:
    from tsd.measure.planning import Inputs

_POPULATION = 10_000
"""Therapist utterances to draw from, if no earlier run says how many; more make no difference."""


@takes_settings(Planning, "natural_rate", Reading, Finding, Measuring, Output)
def plan_cli(
    *,
    earlier: Annotated[
        Path | None,
        typer.Option("--from", help="Folder of an earlier `tsd analyze`, of similar sessions."),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            help="File for the plan of analysis: all settings, and the hash of the model. "
            "`tsd analyze --config` runs it.",
        ),
    ] = None,
    settings: Settings,
) -> None:
    """Plan a study: how many utterances to review, how many sessions to collect.

    Prints the expected half-width of the rate from an audit, the number of episodes of disclosure
    whose focus shift can be tested, and how often a drop of the client's share will be found.
    """
    from tsd.measure.planning import inputs_of_run, inputs_of_settings

    with nothing_done_on_error(write or earlier or Path()):
        window = settings.measuring.focus_window
        inputs = inputs_of_settings(settings.planning, settings.learning.natural_rate, window)
        population, missing = _POPULATION, list[str]()
        if earlier is not None:
            from tsd.batch.folder import load

            result = load(earlier)
            inputs, missing = inputs_of_run(
                result.sessions,
                result.disclosures,
                inputs,
                window=window,
                window_of_run=result.run["settings"]["measuring"]["focus_window"],
            )
            population = int(result.summary["therapist_utterances"]) or _POPULATION
        if write is not None:
            _write(write, settings)
        typer.echo(_text(inputs, missing, population))
        if write is not None:
            typer.echo(f"\nWritten to {write}. Run it with: tsd analyze ... --config {write}")


def _text(inputs: Inputs, missing: list[str], population: int) -> str:
    """Write what to expect."""
    from tsd.measure.planning import DROPS, power_table

    lines = [
        f"Assumed: {100 * inputs.rate:.3g} of 100 therapist utterances disclose; a session has "
        f"{inputs.utterances:.0f} therapist utterances and {inputs.words:,.0f} words.",
        f"Shifts of single episodes vary by a standard deviation of {inputs.episode_sd:.2f} "
        f"around their therapist's mean, and these means by {inputs.therapist_sd:.2f}.",
        *(f"The earlier run does not show {each}." for each in missing),
        "",
        f"Audit of {population:,} therapist utterances: 95% interval to expect",
    ]
    lines += widths_by_size(population, inputs.rate) or ["so few that a person can review them all"]
    lines += ["", f"Episodes that can be tested, per session: {inputs.episodes:.1f}"]
    if not inputs.rate:
        return "\n".join([*lines, "Without any disclosure there is no focus shift to test."])
    if not inputs.episodes:
        return "\n".join([*lines, "Sessions like these are too short for the focus test."])
    rows = [["therapists x sessions of each", *(f"{drop:g}" for drop in DROPS)]]
    rows += [
        [f"{many} x {each}", *(f"{100 * share:.0f}%" for share in shares)]
        for many, each, shares in power_table(inputs)
    ]
    title = "Power: how often a drop of the client's share is found (sign-flip test, p <= .05)"
    return "\n".join([*lines, "", title, *aligned(rows)])


def _write(path: Path, settings: Settings) -> None:
    """Write the plan: the settings of an analysis, and which model it is."""
    from tsd.batch.scoring import about_model
    from tsd.classify.model import versions
    from tsd.files import write_bytes

    if path.exists():
        reason = "is there already, and a plan is not changed afterward. Name another file."
        raise OutputError(path, reason)
    about = about_model(settings.finding)
    groups: dict[str, Any] = {
        name: _with_paths_from(getattr(settings, name), path.parent)
        for name, _ in Settings.groups()
    }
    if about is not None:
        groups["finding"] = replace(groups["finding"], model_hash=about["sha256"])
    version = versions()["therapist-self-disclosure"]
    head = [
        f"# Plan of analysis, made with tsd {version}. Keep it as it is: register it, or give it a",
        "# date, before you analyze. It runs only with the model whose hash it names.",
        "",
    ]
    text = "\n".join(head) + "\n" + Settings(**groups).to_toml()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, text.encode())


def _with_paths_from(group: Group, folder: Path) -> Group:
    """Let the paths of some options start from a folder, as those of a settings file do."""
    paths = {
        option.name: Path(os.path.relpath(getattr(group, option.name), folder))
        for option in group.options()
        if option.kind is Path and getattr(group, option.name) is not None
    }
    return replace(group, **paths)
