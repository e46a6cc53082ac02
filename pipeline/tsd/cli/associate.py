"""``tsd associate``: disclosures of analyzed sessions and an outcome of theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.exits import echo_problem, nothing_done_on_error
from tsd.cli.options import only, takes_settings
from tsd.cli.text import MISSING, aligned, count, in_words, interval, listed, shown
from tsd.settings import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tsd.measure.outcomes.association import Association
    from tsd.measure.outcomes.mixed import SlopeTest
    from tsd.schema import Problem
    from tsd.stats import Estimate

_HEADS = ("estimate", "95% interval", "p", "Holm p")


def associate_folder(
    out: str | Path,
    outcome: str,
    *,
    metadata: str | Path | None = None,
    report: Callable[[Problem], None] | None = None,
) -> Association:
    """Relate the disclosures of analyzed sessions to an outcome.

    Parameters
    ----------
    out : path-like
        A folder that `tsd analyze` wrote.
    outcome : str
        A column of the metadata.
    metadata : path-like, optional
        Table with a row per session; needed where the run had none, and in place of the one it
        had.
    report : callable, optional
        Gets each problem of the metadata.

    Returns
    -------
    Association
        What goes together.

    Raises
    ------
    TsdError
        If the folder or the metadata cannot be read, or the outcome is none.
    """
    from tsd.batch.folder import load
    from tsd.measure.outcomes.association import associate
    from tsd.measure.tables import SESSIONS
    from tsd.readers.metadata import KNOWN, join, read_metadata

    sessions = load(out).sessions
    if metadata is not None:
        own = [name for name in SESSIONS.names if name not in KNOWN]
        read = read_metadata(Path(metadata), reserved=own)
        columns, problems = join(read, sessions["session_id"].tolist())
        for problem in (*read.problems, *problems):
            if report is not None:
                report(problem)
        for name, values in columns.items():
            if name in read.columns or any(value is not None for value in values):
                sessions[name] = values
    return associate(sessions, outcome)


@takes_settings
def associate_cli(
    out: Annotated[Path, typer.Argument(help="Folder that `tsd analyze` wrote.")],
    *,
    outcome: Annotated[
        str, typer.Option("--outcome", help="Column of the metadata with the outcome: numbers.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    reading: Annotated[Reading, only("metadata")],
) -> None:
    """Relate disclosures and focus shift to an outcome, within and between therapists.

    --metadata is not needed if `tsd analyze` had it. These are associations, not effects.
    """
    with nothing_done_on_error(out):
        found = associate_folder(out, outcome, metadata=reading.metadata, report=echo_problem)
    typer.echo(json.dumps(found.as_dict(), indent=1) if as_json else association_text(found))


def association_text(association: Association) -> str:
    """Write an association as tables.

    Parameters
    ----------
    association : Association
        What was found.

    Returns
    -------
    str
        Without words of the transcripts.
    """
    a = association
    head = f"Outcome {a.outcome}, by {a.unit}; {count(a.sessions, 'session')}"
    left_out = listed(
        [(a.without_outcome, "without the outcome"), (a.without_therapist, "without a therapist")]
    )
    if left_out:
        head += f", left out: {left_out}"
    about = [
        "within: how the outcome changes if a session has one more than the therapist's own mean",
        "between: how the outcome changes if a therapist's mean is higher by one",
        "'One more' is one disclosure per session. For focus shift it is a shift of 1, from the "
        "client",
        "speaking all the time to the therapist speaking all the time.",
    ]
    parts = [[head], _slopes(a, "within"), _slopes(a, "between"), about, _reasons(a)]
    parts += [[_sentence(note) for note in a.notes], list(a.cautions)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _slopes(a: Association, kind: str) -> list[str]:
    rows = [[f"{kind} therapists", f"{a.unit}s", "therapists", *_HEADS]]
    for each in a.relations:
        slope: Estimate = getattr(each, kind)
        test: SlopeTest = getattr(each, f"{kind}_test")
        rows.append(
            [
                in_words(each.predictor),
                f"{each.units:,}",
                f"{each.therapists:,}",
                shown(slope.value, ".3g"),
                interval(slope.low, slope.high, ".3g"),
                _p(test.p),
                _p(test.p_holm),
            ]
        )
    return aligned(rows, len("between therapists"))


def _p(value: float | None) -> str:
    if value is None:
        return MISSING
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _reasons(a: Association) -> list[str]:
    """Give each reason and each note once, with everything that it is about."""
    about: dict[str, list[str]] = {}
    for each in a.relations:
        within, between = each.within.reason, each.between.reason
        reasons = {"no slope within": within, "no slope between": between}
        if within == between:
            reasons = {"no slope": within}
        lines = [f"{what}: {reason}" for what, reason in reasons.items() if reason]
        if each.dropped:
            has = "session has" if each.dropped == 1 else "sessions have"
            lines.append(f"{each.dropped:,} {has} no value")
        for line in (*lines, *each.notes):
            about.setdefault(line, []).append(each.predictor)
    return [f"{_all(names, len(a.relations))}: {what}." for what, names in about.items()]


def _all(names: Iterable[str], number: int) -> str:
    plain = [in_words(name) for name in names]
    return "all" if len(plain) == number > 1 else ", ".join(plain)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
