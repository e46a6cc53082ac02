"""``tsd associate``: disclosures of analyzed sessions and an outcome of the sessions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.options import takes_settings
from tsd.cli.printing import (
    MISSING,
    aligned,
    count,
    echo_problem,
    in_words,
    interval,
    listed,
    nothing_done_on_error,
    shown,
)
from tsd.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tsd.measure.outcomes.association import Association
    from tsd.measure.outcomes.mixed import SlopeTest
    from tsd.stats import Estimate

_HEADS = ("estimate", "95% interval", "p", "Holm p")


@takes_settings("metadata")
def associate_cli(
    folder: Annotated[Path, typer.Argument(help="Folder that `tsd analyze` wrote.")],
    *,
    outcome: Annotated[
        str, typer.Option("--outcome", help="Column of the metadata with the outcome, as numbers.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    settings: Settings,
) -> None:
    """Relate disclosures and focus shift to an outcome.

    Compares the sessions of each therapist with one another (within), and the therapists with one
    another (between). You can leave --metadata out if `tsd analyze` had it. An association does
    not show that one thing causes the other.
    """
    with nothing_done_on_error(folder):
        found = _associate_folder(folder, outcome, settings.reading.metadata)
    typer.echo(json.dumps(found.as_dict(), indent=1) if as_json else _association_text(found))


def _associate_folder(folder: Path, outcome: str, metadata: Path | None) -> Association:
    """Relate the disclosures of a result to an outcome; `metadata` replace those of the run."""
    from tsd.batch.companions import read_session_metadata
    from tsd.batch.folder import load
    from tsd.measure.outcomes.association import associate
    from tsd.readers.metadata import join

    sessions = load(folder).sessions
    if metadata is not None:
        read = read_session_metadata(metadata)
        columns, problems = join(read, sessions["session_id"].tolist())
        for problem in (*read.problems, *problems):
            echo_problem(problem)
        for name, values in columns.items():
            if name in read.columns or any(value is not None for value in values):
                sessions[name] = values
    return associate(sessions, outcome)


def _association_text(a: Association) -> str:
    """Write an association as tables, without words of the transcripts."""
    head = f"Outcome {a.outcome}, by {a.unit}; {count(a.sessions, 'session')}"
    left_out = listed(
        [(a.without_outcome, "without the outcome"), (a.without_therapist, "without a therapist")]
    )
    if left_out:
        head += f", left out: {left_out}"
    about = [
        f"within: change in the outcome for a {a.unit} that is 1 above the therapist's own mean",
        "between: change in the outcome for a therapist whose mean is 1 higher",
        "1 means one disclosure per session. For focus shift, it means a shift of 1: from only the",
        "client speaking to only the therapist speaking.",
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
        lines = [f"{what} ({reason})" for what, reason in reasons.items() if reason]
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
