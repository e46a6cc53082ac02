"""``tsd associate``: disclosures of analyzed sessions and an outcome of the sessions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.association_text import association_text
from tsd.cli.options import takes_settings
from tsd.cli.printing import echo_problem, nothing_done_on_error
from tsd.errors import OutputError, SettingsError
from tsd.settings import Associating, Settings
from tsd.words import count

if TYPE_CHECKING:
    import pandas as pd

    from tsd.batch.companions import Companions
    from tsd.batch.folder import CorpusResult
    from tsd.measure.outcomes.association import Association


@takes_settings("metadata", Associating, "error_rates")
def associate_cli(
    folder: Annotated[Path, typer.Argument(help="Folder that `tsd analyze` wrote.")],
    *,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome", help="Column of the metadata with the outcome: numbers, or yes and no."
        ),
    ],
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            help="CSV file to write: the rows behind the slopes, for mixed models in R (lme4, "
            "brms) or elsewhere.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    settings: Settings,
) -> None:
    """Relate disclosures and focus shift to an outcome.

    Compares the sessions of each therapist with one another (within), and the therapists with one
    another (between). You can leave --metadata out if `tsd analyze` had it. With --error-rates,
    the slopes of the number of disclosures are also given without the classifier's errors. An
    association does not show that one thing causes the other.
    """
    with nothing_done_on_error(folder):
        found, table = _associate_folder(folder, outcome, settings)
    if export is not None:
        with nothing_done_on_error(export):
            _write_export(export, table, outcome, settings, folder)
    typer.echo(json.dumps(found.as_dict(), indent=1) if as_json else association_text(found))


def _associate_folder(
    folder: Path, outcome: str, settings: Settings
) -> tuple[Association, pd.DataFrame]:
    """Relate the disclosures of a result to an outcome; `metadata` replace those of the run."""
    from tsd.batch.companions import read_companions
    from tsd.batch.folder import load
    from tsd.measure.outcomes.association import associate

    result = load(folder)
    companions = read_companions(settings)
    human_labels = _check_error_rates(result, companions, settings)
    sessions = _with_metadata(result.sessions, companions)
    found = associate(
        sessions,
        outcome,
        associating=settings.associating,
        errors=companions.errors,
        human_labels=human_labels,
    )
    return found, sessions


def _check_error_rates(result: CorpusResult, companions: Companions, settings: Settings) -> bool:
    """Check that the error rates are those of the run; return whether it has human labels."""
    finding = result.run["settings"].get("finding", {})
    human_labels = bool(finding.get("use_labels"))
    if companions.errors is not None:
        path = str(settings.measuring.error_rates)
        if human_labels:
            expected = "left out, because the disclosures of this result are human labels"
            raise SettingsError("error_rates", path, expected)
        if finding.get("review_budget") is not None:
            expected = "left out: the result was made with --review-budget, so they do not apply"
            raise SettingsError("error_rates", path, expected)
        companions.check(result.run.get("model"))
    return human_labels


def _with_metadata(sessions: pd.DataFrame, companions: Companions) -> pd.DataFrame:
    """Add metadata to the table of sessions, or replace those of the run."""
    from tsd.readers.metadata import join

    read = companions.metadata
    if read is None:
        return sessions
    columns, problems = join(read, sessions["session_id"].tolist())
    for problem in (*read.problems, *problems):
        echo_problem(problem)
    new = {
        name: values
        for name, values in columns.items()
        if name in read.columns or any(value is not None for value in values)
    }
    return sessions.assign(**new)


def _write_export(
    export: Path, sessions: pd.DataFrame, outcome: str, settings: Settings, folder: Path
) -> None:
    """Write the rows behind the slopes, whole or not at all, and never over what was read."""
    from tsd.files import write_csv
    from tsd.measure.outcomes.long_table import long_table

    if export.suffix.lower() != ".csv":
        raise OutputError(export, "the name of an export must end in .csv.")
    read = [settings.reading.metadata, settings.measuring.error_rates, *folder.glob("*")]
    if export.resolve() in {path.resolve() for path in read if path is not None}:
        raise OutputError(
            export, "is a file that this command reads. Choose another name for --export."
        )
    table = long_table(sessions, outcome, settings.associating)
    write_csv(table, export)
    rows = count(len(table), "row")
    typer.echo(f"{export}: {rows} written.", err=True)
