"""``tsd evaluate``: annotated transcripts in, how well a model finds the labels out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.options import takes_settings
from tsd.cli.printing import MISSING, aligned, echo_problem, interval, nothing_done_on_error, shown
from tsd.settings import Settings
from tsd.words import count, in_words

if TYPE_CHECKING:
    from tsd.learn.evaluation import Evaluation
    from tsd.learn.figures import Bin
    from tsd.stats import Estimate

_INTERVAL = "95% interval"
_CAUTION = "If the model was trained on these sessions, these figures are too high."


@takes_settings(
    "therapist",
    "client",
    "language",
    "model",
    "threshold",
    "longest_session",
    "longest_unit",
    "natural_rate",
)
def evaluate_cli(
    paths: Annotated[list[str], typer.Argument(help="Labeled files, folders or patterns.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    settings: Settings,
) -> None:
    """Check how well a model finds what you have labeled.

    The transcripts are tables with a column 'label'. Use sessions that the model was not trained
    on. Otherwise, the figures are too high.
    """
    from tsd.batch.reading import read_annotated
    from tsd.learn.evaluation import evaluate

    with nothing_done_on_error(Path(paths[0])):
        sessions = read_annotated(paths, settings.reading, echo_problem)
        found = evaluate(sessions, settings.finding, settings.learning)
    typer.echo(json.dumps(found.as_dict(), indent=1) if as_json else _evaluation_text(found))


def _evaluation_text(e: Evaluation) -> str:
    """Write an evaluation as tables, without words of the transcripts."""
    parts = [_counts(e), aligned(_figures(e)), _types(e), aligned(_confusion(e))]
    parts += [aligned(_calibration(e)), [*_reasons(e), _CAUTION]]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _counts(e: Evaluation) -> list[str]:
    threshold = ""
    if e.threshold is not None:
        threshold = f" (with a probability of at least {e.threshold:.4g}"
        if e.excerpt_threshold != e.threshold:
            threshold += f", in excerpts {e.excerpt_threshold:.4g}"
        threshold += ")"
    return [
        f"labeled therapist utterances: {e.utterances:,}, in {count(e.sessions, 'session')}; "
        f"left out: {e.ambiguous:,} ambiguous, {e.unlabeled:,} without a label",
        f"disclosing: {e.disclosing:,} ({e.share_disclosing:.1%}); "
        f"flagged: {e.flagged:,}{threshold}",
    ]


def _figures(e: Evaluation) -> list[list[str]]:
    rows = [["", "in these data", _INTERVAL, f"if {_natural(e)} disclose", _INTERVAL]]
    for name, figure in e.figures.items():
        natural = e.natural.get(name, figure)  # recall is the same at any rate
        rows.append([in_words(name), *_with_interval(figure), *_with_interval(natural)])
    return rows


def _types(e: Evaluation) -> list[str]:
    rows = [["type", "labeled", "flagged as", "found", "precision", "recall", "F1"]]
    for name, t in e.types.items():
        counts = map(str, (t.true, t.flagged_as, t.found))
        rows.append([in_words(name), *counts, *map(shown, (t.precision, t.recall, t.f1))])
    accuracy = shown(e.type_accuracy.value)
    if e.type_accuracy.interval is not None:
        accuracy += f" ({interval(*e.type_accuracy.interval)})"
    return [*aligned(rows), f"type accuracy, for the disclosures found: {accuracy}"]


def _confusion(e: Evaluation) -> list[list[str]]:
    rows = [["labeled (rows), flagged as (columns)", *map(in_words, e.confusion)]]
    return rows + [[in_words(name), *map(str, row.values())] for name, row in e.confusion.items()]


def _calibration(e: Evaluation) -> list[list[str]]:
    here, natural = e.calibration, e.natural_calibration
    heads = ["predicted", "disclosing"]
    rows = [["probability", "utterances", *heads, *(f"{head}, if {_natural(e)}" for head in heads)]]
    for number, each in enumerate(here.bins):
        other = None if natural is None else natural.bins[number]
        rows.append([f"{each.low:g} to {each.high:g}", f"{each.n:,}", *_pair(each), *_pair(other)])
    for head, name in (("Brier score", "brier"), ("expected calibration error", "expected_error")):
        weighted = None if natural is None else getattr(natural, name)
        rows.append([head, "", shown(getattr(here, name)), "", shown(weighted), ""])
    return rows


def _pair(each: Bin | None) -> tuple[str, str]:
    return (MISSING, MISSING) if each is None else (shown(each.predicted), shown(each.observed))


def _reasons(e: Evaluation) -> list[str]:
    """Give each reason for a missing figure or interval once, with the figures it is about."""
    about: dict[str, list[str]] = {}
    rates = ((e.figures, ""), (e.natural, f" (if {_natural(e)} disclose)"))
    for figures, where in rates:
        for name, figure in figures.items():
            if figure.interval is None:
                about.setdefault(figure.reason, []).append(in_words(name) + where)
    everything = len(e.figures) + len(e.natural)
    return [
        f"{'all figures' if len(names) == everything else ', '.join(names)}: {reason}."
        for reason, names in about.items()
    ]


def _natural(e: Evaluation) -> str:
    return f"{100 * e.natural_rate:.3g}%"


def _with_interval(figure: Estimate) -> tuple[str, str]:
    return shown(figure.value), interval(figure.low, figure.high)
