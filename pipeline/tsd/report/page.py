"""The report: one self-contained HTML page that works offline.

The tables become plain values here; the template makes HTML of them, with everything escaped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from tsd.batch.folder import CorpusResult
from tsd.files import write_bytes
from tsd.measure.focus.returning import Facts
from tsd.measure.following.acts import GIVEN
from tsd.measure.guidelines.advice import FINDINGS, NOT_IN_TEXT
from tsd.measure.unmeasured import unmeasured_in_words
from tsd.report.following import curve_plot, later_acts
from tsd.report.identifiers import identifiers
from tsd.report.reporting import TO_WRITE, reporting
from tsd.report.sections import guideline_overview, guidelines_of, rate_rows, records
from tsd.report.shares import after_disclosures
from tsd.report.timeline import draw, share_line
from tsd.schema import TYPES
from tsd.words import in_words

_MISSING = "–"


def render(result: CorpusResult) -> str:
    """Make the report, without what the settings of the run leave out.

    The page refers to no other files. The same tables give the same page.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tsd.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": _number,
        "percent": _percent,
        "signed": _signed,
        "in_words": in_words,
    }
    return environment.get_template("report.html.j2").render(_content(result)) + "\n"


def write_report(result: CorpusResult, path: str | os.PathLike[str]) -> None:
    """Write the report of a run, completely or not at all.

    Parameters
    ----------
    result : CorpusResult
        From `tsd.analyze_corpus` or `tsd.load_result`.
    path : path-like
        The HTML file.

    Examples
    --------
    >>> import tempfile
    >>> import tsd
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "s1.txt").write_text("T: I lost my dad too.")
    >>> tsd.write_report(tsd.analyze_corpus(folder), folder / "report.html")
    >>> "lost my dad too" in (folder / "report.html").read_text(encoding="utf-8")
    True
    """
    write_bytes(Path(path), render(result).encode())


def _content(result: CorpusResult) -> dict[str, Any]:
    """Return the variables of the template."""
    settings = result.run["settings"]
    no_text = settings["output"]["no_text"]
    return {
        "summary": result.summary,
        "types": [str(label) for label in TYPES],
        "sessions": list(_sessions(result, no_text)),
        "errors": int((result.problems["severity"] == "error").sum()),
        "unmeasured": result.summary["sessions"] - result.summary["sessions_measured"],
        "why_unmeasured": unmeasured_in_words(result.sessions),
        "problems": records(result.problems),
        "missing": records(result.missing[result.missing["level"] == "corpus"]),
        "findings": FINDINGS,
        "rates": rate_rows(result.rates),
        "guidelines": guideline_overview(result),
        "after": {fact: after_disclosures(result.summary, fact) for fact in Facts._fields},
        "following": later_acts(result.following, GIVEN),
        "curve": curve_plot(result.curve),
        "reporting": reporting(result),
        "identifiers": identifiers(result.run),
        "to_write": TO_WRITE,
        "sensitivity": [] if result.sensitivity is None else records(result.sensitivity),
        "not_in_text": NOT_IN_TEXT,
        "version": result.run["versions"]["therapist-self-disclosure"],
        "model": result.run["model"],
        "budget": result.run["review_budget"],
        "use_labels": settings["finding"]["use_labels"],
        "no_text": no_text,
        "window": settings["measuring"]["focus_window"],
        "least": settings["measuring"]["focus_minimum"],
        "complete": result.run["complete"],
    }


def _sessions(result: CorpusResult, no_text: bool) -> Iterator[dict[str, Any]]:
    utterances_of, disclosures_of = _by_session(result.utterances), _by_session(result.disclosures)
    windows_of, indicators_of = _by_session(result.dynamics), _by_session(result.guidelines)
    for number, row in enumerate(records(result.sessions)):
        name = row["session_id"]
        utterances, disclosures = utterances_of(name), disclosures_of(name)
        yield {
            **row,
            "file": Path(row["source"]).name,
            "anchor": f"session-{number}",
            "timeline": draw(
                utterances["axis_begin"].tolist(),
                utterances["axis_end"].tolist(),
                utterances["role"].tolist(),
                utterances["label"].where(utterances["is_disclosure"], "").tolist(),
            ),
            "share": share_line(windows_of(name), utterances["axis_end"].max()),
            "guidelines": list(guidelines_of(indicators_of(name), len(disclosures))),
            "disclosing": list(_disclosing(utterances, disclosures, no_text)),
            "estimated": row["talk_time_basis"] != "timestamps",
        }


def _by_session(table: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    groups = dict(iter(table.groupby("session_id", sort=False)))
    return lambda name: groups.get(name, table.iloc[:0])


def _disclosing(
    utterances: pd.DataFrame, disclosures: pd.DataFrame, no_text: bool
) -> Iterator[dict[str, Any]]:
    """Yield each disclosing utterance with its disclosures marked, and the utterances around it."""
    rows = records(utterances)
    for utterance, group in disclosures.groupby("utterance", sort=True):
        place = int(str(utterance))
        row, found = rows[place], records(group)
        yield {
            "utterance": place,
            "utterance_id": row["utterance_id"],
            "speaker": row["role"] if no_text else row["speaker"],
            "start": _clock(row["start"]),
            "pieces": [] if no_text else list(_pieces(row["text"], found)),
            "before": None if no_text or place == 0 else rows[place - 1],
            "after": None if no_text or place + 1 == len(rows) else rows[place + 1],
            "disclosures": found,
        }


def _pieces(text: str, found: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Divide an utterance into pieces, each with the type of its disclosure or an empty text."""
    position = 0
    for each in found:
        yield text[position : each["start_char"]], ""
        yield text[each["start_char"] : each["end_char"]], each["label"]
        position = each["end_char"]
    yield text[position:], ""


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _number(value: float | None, decimals: int = 0) -> str:
    return _MISSING if value is None else f"{value:,.{decimals}f}"


def _percent(value: float | None, decimals: int = 0) -> str:
    return _MISSING if value is None else f"{100 * value:.{decimals}f}%"


def _signed(value: float | None) -> str:
    return _MISSING if value is None else f"{round(value, 2) + 0.0:+.2f}".replace("-", "−")
