"""``tsd analyze``: transcripts in, tables and a report out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tsd.cli.options import takes_settings
from tsd.cli.printing import ALL_READ, SOME_FAILED, located, nothing_done_on_error
from tsd.report.shares import after_disclosures
from tsd.schema import TYPES, Severity
from tsd.settings import Finding, Measuring, Output, Reading, Settings, SettingsFile
from tsd.words import count, in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tsd.batch.folder import CorpusResult

_ERRORS_SHOWN = 5


@takes_settings(Reading, Finding, Measuring, Output)
def analyze_cli(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or glob patterns.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    settings: Settings,
    config: SettingsFile | None,
) -> None:
    """Find and measure therapist self-disclosure in transcripts.

    Writes a report (report.html), tables (utterances, disclosures, sessions, guidelines, dynamics,
    following, curve, rates, missing, problems; with --sensitivity also sensitivity), a text for a
    paper (methods.md) and a record of the run (run.json).

    Exit status: 0 if everything was read, 1 if some inputs failed and the rest was done, 2 if
    nothing could be done.
    """
    with nothing_done_on_error(out):
        result = _analyze_to_folder(paths, out, settings, config)
    typer.echo(_summary(result, out))
    failed = (result.problems["severity"] == str(Severity.ERROR)).any()
    raise typer.Exit(SOME_FAILED if failed else ALL_READ)


def _analyze_to_folder(
    paths: Sequence[str], out: Path, settings: Settings, config: SettingsFile | None
) -> CorpusResult:
    """Analyze transcripts and write tables, report and ``run.json``, or raise before any is."""
    from tsd.batch.companions import companion_files
    from tsd.batch.folder import METHODS_FILE, REPORT_FILE, check_output, write
    from tsd.batch.inputs import find_files
    from tsd.batch.runner import analyze_files
    from tsd.report.page import render
    from tsd.report.reporting import methods_page

    files, problems = find_files(paths, companion_files(settings))
    check_output(out, settings.output, files)
    planned = None if config is None else config.compared_with(settings)
    result = analyze_files(files, problems, settings, progress=True, settings_file=planned)
    write(result, out, settings.output, {REPORT_FILE: render, METHODS_FILE: methods_page})
    return result


def _summary(result: CorpusResult, out: Path) -> str:
    """Summarize a run in a few lines, without words of the transcripts."""
    from tsd.measure.unmeasured import unmeasured_in_words

    s = result.summary
    by_therapists = int(result.sessions["therapist_utterances"].sum())
    lines = [
        f"{count(s['sessions'], 'session')}, {count(s['utterances'], 'utterance')}, "
        f"{by_therapists:,} of them by therapists"
    ]
    if s["sessions_measured"]:
        lines += _found(result)
    if unmeasured := s["sessions"] - s["sessions_measured"]:
        some = f"{count(unmeasured, 'session')} not measured"
        which = some if s["sessions_measured"] else "Nothing was measured"
        lines.append(f"{which}: {unmeasured_in_words(result.sessions, advice=True)}")
    lines += _input_problems(result)
    lines.append(f"Written to {out}: open {out / 'report.html'} in a browser")
    return "\n".join(lines)


def _found(result: CorpusResult) -> list[str]:
    """Summarize what was found in the sessions that were measured."""
    s = result.summary
    labels = result.run["settings"]["finding"]["use_labels"]
    settings = result.run["settings"]["measuring"]
    types = ", ".join(f"{s[f'disclosures_{t}']} {in_words(t)}" for t in TYPES)
    measured = count(s["sessions_measured"], "session")
    where = f"in {s['sessions_with_disclosure']} of {measured}: {types}"
    lines = [
        f"{count(s['disclosures'], 'disclosure')} {where}"
        if s["disclosures"]
        else f"No disclosures in {measured}",
        *_rate(s, "flagged", "labeled" if labels else "flagged"),
        *(
            line
            for name, file in (("adjusted", "error_rates"), ("audited", "audit"))
            if result.run[file] is not None
            for line in _rate(s, name, name)
        ),
    ]
    if not s["disclosures"]:
        return lines
    length = f"  length: median {_words(s['median_disclosure_words'])}"
    if s["disclosure_word_share"] is not None:
        length += f"; all together {s['disclosure_word_share']:.1%} of the therapists' words"
    return [*lines, length, *_focus(s, _words(settings["focus_minimum"]))]


def _focus(s: dict[str, Any], few: str) -> list[str]:
    """Say whether the focus moved, first against chance, and what followed the disclosures."""
    if s["focus_shift_adjusted"] is None:
        adjusted = str(s["focus_test"])
    else:
        low, high = s["focus_shift_adjusted_low"], s["focus_shift_adjusted_high"]
        basis = s["focus_shift_adjusted_interval"]
        ends = "" if low is None else f" (95% interval {_signed(low)} to {_signed(high)}, {basis})"
        adjusted = f"{_signed(s['focus_shift_adjusted'])}{ends}"
    by_type = ", ".join(
        f"{s[f'focus_tested_{t}']} of {s[f'disclosures_{t}']} {in_words(t)}"
        for t in TYPES
        if s[f"disclosures_{t}"]
    )
    return [
        f"  focus shift against what is expected (positive: away from the client): {adjusted}",
        *_questions(s),
        f"    could be tested: {by_type}",
        f"    raw shift, share before minus after: {_raw(s, few)}",
        *_afterward(s),
    ]


def _raw(s: dict[str, Any], few: str) -> str:
    """Give the raw shift of the tested episodes first: it is that of all that is adjusted."""
    if s["focus_shift"] is None:
        return f"not computed (fewer than {few} before or after, or only one side talks)"
    of_all = f"{_signed(s['focus_shift'])} ({count(s['focus_shift_sessions'], 'session')})"
    if s["focus_shift_tested"] is None:
        return of_all
    tested = count(s["focus_sessions_tested"], "session")
    return f"tested episodes {_signed(s['focus_shift_tested'])} ({tested}), all {of_all}"


def _questions(s: dict[str, Any]) -> list[str]:
    """Give each p-value of the focus shift with its question."""
    if s["focus_shift_p"] is None:
        return []
    average = s["focus_shift_p_therapists"]
    answer = f"not tested ({s['focus_shift_p_therapists_note']})"
    if average is not None:
        answer = f"p = {average:.3f}"
    return [
        f"    a shift in any session? p = {s['focus_shift_p']:.3f}; a shift on average? {answer}"
    ]


def _afterward(s: dict[str, Any]) -> list[str]:
    """Say what followed the disclosures, and how often it follows other utterances."""
    compared = s["returns_compared"]
    which = f"{compared} of {s['disclosures']}" if compared else "none"
    return [
        f"  afterward ({which} can be compared with other utterances of like length):",
        f"    the therapist asks something: {_against_base(s, 'asked')}",
        f"    the therapist says “you” to the client: {_against_base(s, 'addressed')}",
        "    the client's next turn is at least as long as usual: "
        f"{_against_base(s, 'client_resumed')}",
    ]


def _signed(value: float) -> str:
    return f"{round(value, 2) + 0.0:+.2f}"  # never -0.00


def _against_base(s: dict[str, Any], fact: str) -> str:
    found = after_disclosures(s, fact)
    if found.shown is None:
        return "not computed (no client says a word)"
    return (
        found.shown if found.elsewhere is None else f"{found.shown} (elsewhere {found.elsewhere})"
    )


def _rate(s: dict[str, Any], name: str, shown: str) -> list[str]:
    """Say a rate and what its interval is over; then, on a line of its own, what it assumes."""
    value, low, high = s[name], s[f"{name}_low"], s[f"{name}_high"]
    if value is None:
        return [f"  {shown}: not computed ({s[f'{name}_note'].removeprefix('not computed: ')})"]
    basis, _, rest = s[f"{name}_note"].partition("; ")
    ends = f"; {basis}" if low is None else f" (95% interval {low:.1f} to {high:.1f}, {basis})"
    rate = f"  {shown}: {value:.1f} per 100 therapist utterances{ends}"
    return [rate, *([f"    {rest}"] if rest else [])]


def _input_problems(result: CorpusResult) -> list[str]:
    """Count the problems of the input, and show the first errors."""
    counts = result.problems["severity"].value_counts()
    counted = [
        count(int(counts[kind]), kind) for kind in ("error", "warning", "note") if kind in counts
    ]
    if not counted:
        return []
    suffix = result.run["settings"]["output"]["tables"]
    errors = result.problems[result.problems["severity"] == "error"]
    lines = [f"About the input: {', '.join(counted)}; see problems.{suffix}"]
    first = errors[["path", "session_id", "message"]].head(_ERRORS_SHOWN)
    lines += [f"  {located(*row)}" for row in first.to_numpy().tolist()]
    if len(errors) > _ERRORS_SHOWN:
        lines.append(f"  and {count(len(errors) - _ERRORS_SHOWN, 'more error')}")
    return lines


def _words(number: float) -> str:
    return count(round(number), "word") if number == round(number) else f"{number:.1f} words"
