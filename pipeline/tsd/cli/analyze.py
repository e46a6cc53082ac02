"""``tsd analyze``: transcripts in, tables and a report out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tsd.cli.exits import ALL_READ, SOME_FAILED, nothing_done_on_error
from tsd.cli.options import takes_settings
from tsd.schema import TYPES, Severity
from tsd.settings import Finding, Measuring, Output, Reading, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tsd.batch.folder import CorpusResult

_ERRORS_SHOWN = 5


def analyze_to_folder(
    paths: Sequence[str | Path], out: Path, settings: Settings, *, progress: bool = False
) -> CorpusResult:
    """Analyze transcripts and write tables, report and ``run.json``.

    Parameters
    ----------
    paths : sequence of path-like
        Files, folders, glob patterns.
    out : Path
        The folder to write to.
    settings : Settings
        All options.
    progress : bool, default False
        Show a progress bar, if on a terminal.

    Returns
    -------
    CorpusResult
        What was written.

    Raises
    ------
    TsdError
        If nothing could be done; nothing is written then.
    """
    from tsd.batch.folder import check_output, write
    from tsd.batch.inputs import find_inputs
    from tsd.batch.runner import analyze_inputs
    from tsd.report.page import render

    inputs = find_inputs(paths, settings)
    check_output(out, settings.output, inputs.files)
    result = analyze_inputs(inputs, settings, progress=progress)
    write(result, out, settings.output, {"report.html": render})
    return result


@takes_settings
def analyze_cli(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or glob patterns.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    reading: Reading,
    finding: Finding,
    measuring: Measuring,
    output: Output,
) -> None:
    """Find the therapist self-disclosures in transcripts and measure them.

    Writes utterances, disclosures, sessions, guidelines, dynamics, rates and problems as tables,
    report.html and run.json.
    Exit status: 0 all read; 1 some inputs failed, the rest is done; 2 nothing could be done.
    """
    settings = Settings(reading=reading, finding=finding, measuring=measuring, output=output)
    with nothing_done_on_error(out):
        result = analyze_to_folder(paths, out, settings, progress=True)
    typer.echo(summary_text(result, out))
    failed = (result.problems["severity"] == str(Severity.ERROR)).any()
    raise typer.Exit(SOME_FAILED if failed else ALL_READ)


def summary_text(result: CorpusResult, out: Path) -> str:
    """Say the main numbers in a few lines.

    Parameters
    ----------
    result : CorpusResult
        The run.
    out : Path
        Where it was written.

    Returns
    -------
    str
        Without words of the transcripts.
    """
    s = result.summary
    unmeasured = s["sessions"] - s["sessions_measured"]
    found = "are labelled" if result.run["settings"]["finding"]["use_labels"] else "are flagged"
    types = ", ".join(f"{s[f'disclosures_{t}']} {t.replace('_', ' ')}" for t in TYPES)
    lines = [
        f"{_count(s['sessions'], 'session')}, {_count(s['utterances'], 'utterance')}, "
        f"{s['therapist_utterances']:,} of them the therapist's",
        f"{_count(s['disclosures'], 'disclosure')} ({types})",
        f"  in {s['sessions_with_disclosure']} of {_count(s['sessions_measured'], 'session')}; "
        f"{_say(s['disclosures_per_100'], '.1f')} of 100 therapist utterances {found}"
        f"{_interval(s, 'flagged')}",
        *(
            f"  {name}: {s[name]:.1f} of 100{_interval(s, name)}"
            for name in ("adjusted", "audited")
            if s[name] is not None
        ),
        *(
            [f"  {_count(unmeasured, 'session')} not measured: no therapist was recognised"]
            if unmeasured
            else []
        ),
        f"  median length {_say(s['median_disclosure_words'], '.0f')} words; "
        f"{_say(s['disclosure_word_share'], '.1%')} of the therapists' words",
        f"  mean focus shift {_say(s['focus_shift'], '+.2f')} "
        f"(over {_count(s['focus_shift_sessions'], 'session')}; positive: away from the client); "
        f"focus back after {_say(s['returned_share'], '.0%')}",
        f"  {_against_chance(s)}",
    ]
    counts = result.problems["severity"].value_counts()
    counted = [
        _count(int(counts[kind]), kind) for kind in ("error", "warning", "note") if kind in counts
    ]
    if counted:
        suffix = result.run["settings"]["output"]["tables"]
        lines.append(f"About the input: {', '.join(counted)}; see problems.{suffix}")
        errors = result.problems[result.problems["severity"] == "error"]
        lines += [
            f"  {row.path} {row.session_id}: {row.message}".replace(" :", ":")
            for row in errors.head(_ERRORS_SHOWN).itertuples()
        ]
        if len(errors) > _ERRORS_SHOWN:
            lines.append(f"  and {len(errors) - _ERRORS_SHOWN} more errors")
    lines.append(f"Written to {out}: open {out / 'report.html'} in a browser")
    return "\n".join(lines)


def _interval(s: dict[str, Any], name: str) -> str:
    if s[f"{name}_low"] is None:
        return ""
    return f" ({s[f'{name}_low']:.1f} to {s[f'{name}_high']:.1f})"


def _against_chance(s: dict[str, Any]) -> str:
    if s["focus_centred"] is None:
        return f"focus shift against chance: {s['focus_outcome']}"
    tested = _count(s["focus_sessions_tested"], "session")
    shift = round(s["focus_centred"], 2) + 0.0  # no negative nought
    return f"against chance {shift:+.2f}, p = {s['focus_p']:.3f} (over {tested})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _say(value: float | None, form: str) -> str:
    return "not computed" if value is None else format(value, form)
