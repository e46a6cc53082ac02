"""Review sheets: written from the output of a run, and read again when filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from tsd.errors import AnnotationError, OutputError, ReadError
from tsd.files import put_csv, read_csv, staged, unguard
from tsd.learn.audit_plan import Plan, plan
from tsd.learn.sampling import KEY_COLUMNS, could_be_drawn, draw
from tsd.measure.rates.audited import STRATA, AuditedSample, audited_sample
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source
from tsd.schema import TYPES, Label

SHEET_COLUMNS: tuple[str, ...] = ("item", "before", "text", "after", "label", "comment")
"""What a reviewer sees: no score, no flag, no stratum, no session."""

LABELS: tuple[str, ...] = tuple(map(str, (Label.NONE, *TYPES, Label.AMBIGUOUS)))
"""What a reviewer may write into the column ``label``."""


def key_path(sheet: Path) -> Path:
    """Return the path of a sheet's key: next to it, ``.key.csv`` in place of ``.csv``."""
    return sheet.with_suffix(".key.csv")


def write_sheet(
    utterances: pd.DataFrame,
    run: Mapping[str, Any],
    sheet: Path,
    *,
    size: int,
    seed: int,
    rate: float,
) -> tuple[pd.DataFrame, Plan]:
    """Draw utterances of a run for a human review, and write the sheet and its key.

    The sheet does not show what the model found, so that it cannot influence the reviewer. The
    key, next to it, does; the estimates need it, and nobody should look at it before the review.

    Parameters
    ----------
    utterances : DataFrame
        The table ``utterances`` of the run.
    run : mapping
        The content of its ``run.json``.
    sheet : Path
        The sheet to write, a ``.csv``; never replaced, since it may hold a reviewer's work.
    size, seed : int
        See `tsd.learn.sampling.draw`.
    rate : float
        Share of the utterances expected to disclose, to choose how they are drawn.

    Returns
    -------
    key : DataFrame
        See `tsd.learn.sampling.draw`.
    plan : Plan
        How it was drawn, and how exact the rate will be.

    Raises
    ------
    AnnotationError
        If the run cannot be reviewed.
    OutputError
        If the sheet cannot be written there.
    """
    _check(sheet, run)
    table = utterances.sort_values(["session_id", "utterance"], ignore_index=True)
    population = len(could_be_drawn(table))
    if not population:
        raise AnnotationError(
            "the result has no therapist utterance with a probability, so there is nothing to "
            "review."
        )
    planned = plan(size, population, rate)
    key = draw(table, size, seed, planned.design)
    with staged(key_path(sheet)) as key_part, staged(sheet) as sheet_part:
        put_csv(_sheet(table, key), sheet_part)
        put_csv(key, key_part)
    return key, planned


def _check(sheet: Path, run: Mapping[str, Any]) -> None:
    """Refuse what cannot be reviewed, and paths that a sheet must not have."""
    if sheet.suffix.lower() != ".csv":
        raise OutputError(sheet, "the name of a review sheet must end in .csv.")
    for path in (sheet, key_path(sheet)):
        if path.exists():
            raise OutputError(
                path, "already exists and may hold a reviewer's work. Choose another name."
            )
    if not sheet.parent.is_dir():
        raise OutputError(sheet, "its folder does not exist. Create it first.")
    if run["settings"]["output"]["no_text"]:
        raise AnnotationError(
            "the result was written with --no-text, so there are no words to review. Analyze "
            "again without it."
        )
    if run["settings"]["finding"]["use_labels"]:
        raise AnnotationError(
            "the result measures human labels, so there is no classifier to review. Analyze "
            "again without --use-labels."
        )
    folders = {Path(str(each.get("path", ""))).resolve().parent for each in run.get("inputs", [])}
    if sheet.resolve().parent in folders:
        raise OutputError(
            sheet,
            "is in the folder of the transcripts and would be read as one of them. Choose "
            "another folder.",
        )


def _sheet(table: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Put the drawn utterances between their neighbors, in the order of the items."""
    texts = table["role"] + ": " + table["text"]
    neighbors = {
        name: texts.shift(by).where(table["session_id"] == table["session_id"].shift(by), "")
        for name, by in (("before", 1), ("after", -1))
    }
    items = key.loc[key["item"].notna(), ["session_id", "utterance", "item"]]
    drawn = items.merge(table.assign(**neighbors), on=["session_id", "utterance"], how="left")
    drawn = drawn.sort_values("item", ignore_index=True).assign(label="", comment="")
    return drawn[list(SHEET_COLUMNS)]


def read_reviewed(sheet: Path) -> AuditedSample:
    """Read a sheet that a reviewer has filled in, with its key.

    Items without a label, and items whose row was deleted, count as not reviewed. Only the
    columns ``item`` and ``label`` are read.

    Raises
    ------
    ReadError
        If the sheet or its key is missing or damaged, or a label is not one of `LABELS`.
    """
    labels: dict[int, str] = {}
    lines: dict[int, int] = {}
    rows = list(_rows(sheet))
    key = _read_key(key_path(sheet))
    items = set(key["item"].dropna())
    for line, item, label in rows:
        number = int(item) if item.isascii() and item.isdigit() else -1
        if number not in items:
            what = "is not a whole number" if number < 0 else f"{number} is not in the key"
            raise ReadError(
                sheet,
                f"the item {what}. Expected one of 1 to {len(items)}; leave the column as it was.",
                line=line,
            )
        if number in lines:
            raise ReadError(
                sheet,
                f"item {number} is also on line {lines[number]}. Keep only one of the two rows.",
                line=line,
            )
        lines[number] = line
        written = "_".join(unguard(label).replace("-", " ").lower().split())
        if written in LABELS:
            labels[number] = written
        elif written:
            raise ReadError(
                sheet, f"the label must be one of {', '.join(LABELS)}, or empty.", line=line
            )
    return audited_sample(key, labels)


def _rows(sheet: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, item and label; spreadsheets also divide by semicolons or tabs."""
    text = Source.of(sheet).text(ProblemLog(str(sheet)))
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader)]
        for name in ("item", "label"):
            if names.count(name) != 1:
                raise ReadError(
                    sheet,
                    f"has {names.count(name)} columns named {name!r}; expected one. The columns "
                    f"of a sheet are {', '.join(SHEET_COLUMNS)}.",
                    line=1,
                )
        item, label = names.index("item"), names.index("label")
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) <= max(item, label):
                    raise ReadError(
                        sheet,
                        f"this row has too few fields: {len(row)} instead of {len(names)}.",
                        line=line,
                    )
                yield line, row[item].strip(), row[label]
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(
            sheet, "is not a valid table. Is a quotation mark missing?", line=reader.line_num
        ) from error


def _read_key(path: Path) -> pd.DataFrame:
    try:
        key = read_csv(path)
    except FileNotFoundError as error:
        raise ReadError(
            path, "does not exist. It was written with the sheet and must be in the same folder."
        ) from error
    except (OSError, ValueError) as error:
        raise ReadError(path, "cannot be read as a table.") from error
    changed = "has been changed. Use the key as it was written with the sheet."
    if tuple(key.columns) != KEY_COLUMNS:
        raise ReadError(path, f"{changed} Expected the columns {', '.join(KEY_COLUMNS)}.")
    try:
        key = key.assign(
            utterance=pd.to_numeric(key["utterance"]).astype(int),
            selection_probability=pd.to_numeric(key["selection_probability"]).astype(float),
            flagged=key["flagged"].map({"True": True, "False": False}).astype("boolean"),
            item=pd.to_numeric(key["item"].replace("", None)).astype("Int64"),
        ).astype({"flagged": bool})
    except (ValueError, TypeError):  # its message may contain words of a transcript
        raise ReadError(path, changed) from None
    items = key["item"].dropna()
    twice = key.duplicated(["session_id", "utterance"]).any() or items.duplicated().any()
    if not len(items) or twice or not key["stratum"].isin(STRATA).all():
        raise ReadError(path, changed)
    return key
