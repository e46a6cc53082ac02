"""The report: one self-contained HTML page that works offline.

`content` turns the tables into plain values, the template turns those into HTML with everything
escaped, and `render` puts the two together.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from tsd.batch.folder import CorpusResult
from tsd.files import write_bytes
from tsd.measure.guidelines.advice import NOT_IN_TEXT
from tsd.measure.literature import FINDINGS
from tsd.report.sections import guideline_overview, guidelines_of, is_missing, present, rate_rows
from tsd.report.timeline import Timeline, draw, share_line
from tsd.schema import TYPES, Role

NAMES: dict[str, str] = {
    "training": "training",
    "similar_challenge": "similar challenge",
    "personal_details": "personal details",
}
"""The types, as people read them."""

_MISSING = "–"


def render(result: CorpusResult) -> str:
    """Make the report.

    Parameters
    ----------
    result : CorpusResult
        The run. What its settings leave out is left out here too.

    Returns
    -------
    str
        A page without references to other files. The same tables give the same page.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tsd.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": _number, "percent": _percent, "signed": _signed}
    return environment.get_template("report.html.j2").render(content(result)) + "\n"


def write_report(result: CorpusResult, path: str | os.PathLike[str]) -> None:
    """Write the report of a run, completely or not at all.

    Parameters
    ----------
    result : CorpusResult
        From `tsd.analyze_corpus` or `tsd.load_result`.
    path : path-like
        The HTML file.
    """
    write_bytes(Path(path), render(result).encode())


def content(result: CorpusResult) -> dict[str, Any]:
    """Return the content of the report as plain values.

    Parameters
    ----------
    result : CorpusResult
        The run.

    Returns
    -------
    dict
        The variables of the template.
    """
    settings = result.run["settings"]
    no_text = settings["output"]["no_text"]
    return {
        "summary": result.summary,
        "types": [{"key": str(t), "name": NAMES[t]} for t in TYPES],
        "sessions": list(_sessions(result, no_text)),
        "errors": int((result.problems["severity"] == "error").sum()),
        "problems": [present(row) for row in result.problems.to_dict("records")],
        "findings": FINDINGS,
        "rates": list(rate_rows(result.rates)),
        "guidelines": list(guideline_overview(result.guidelines)),
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
    said = dict(iter(result.utterances.groupby("session_id", sort=False)))
    found = dict(iter(result.disclosures.groupby("session_id", sort=False)))
    shares = dict(iter(result.dynamics.groupby("session_id", sort=False)))
    indicators = dict(iter(result.guidelines.groupby("session_id", sort=False)))
    for number, row in enumerate(result.sessions.to_dict("records")):
        utterances = said[row["session_id"]]
        disclosures = found.get(row["session_id"])
        yield {
            **present(row),
            "file": Path(str(row["source"])).name,
            "anchor": f"session-{number}",
            "timeline": _timeline(utterances),
            "share": share_line(shares.get(row["session_id"]), utterances["axis_end"].max()),
            "guidelines": list(guidelines_of(indicators.get(row["session_id"]))),
            "disclosing": []
            if disclosures is None
            else list(_disclosing(utterances, disclosures, no_text)),
            "estimated": row["talk_time_basis"] != "timestamps",
        }


def _timeline(utterances: pd.DataFrame) -> Timeline:
    return draw(
        utterances["axis_begin"].tolist(),
        utterances["axis_end"].tolist(),
        [Role(role) for role in utterances["role"]],
        [
            label if flag else ""
            for label, flag in zip(utterances["label"], utterances["is_disclosure"], strict=True)
        ],
    )


def _disclosing(
    utterances: pd.DataFrame, disclosures: pd.DataFrame, no_text: bool
) -> Iterator[dict[str, Any]]:
    """Yield each disclosing utterance with its disclosures marked, and the utterances around it."""
    rows = utterances.to_dict("records")
    for utterance, group in disclosures.groupby("utterance", sort=True):
        place = int(str(utterance))
        found = [present(row) for row in group.to_dict("records")]
        for each in found:
            each["name"] = NAMES[str(each["label"])]
            for names in ("flags", "reactions"):
                each[names] = [name.replace("_", " ") for name in each[names]]
        yield {
            "utterance": place,
            "utterance_id": rows[place]["utterance_id"],
            "speaker": rows[place]["role"] if no_text else rows[place]["speaker"],
            "start": _clock(rows[place]["start"]),
            "pieces": [] if no_text else list(_pieces(rows[place]["text"], found)),
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


def _clock(seconds: float) -> str:
    if is_missing(seconds):
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
