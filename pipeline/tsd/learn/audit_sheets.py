"""Review sheets: written from the output of a run, and read again when filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from tsd.errors import AnnotationError, OutputError, ReadError
from tsd.files import put_csv, staged, unguard
from tsd.learn.sampling import KEY_COLUMNS, draw
from tsd.measure.rates.audited import STRATA, AuditedSample, audited_sample
from tsd.readers.decoding import read_text
from tsd.readers.records import ProblemLog
from tsd.schema import TYPES, Label

SHEET_COLUMNS: tuple[str, ...] = ("item", "before", "text", "after", "label", "comment")
"""What a reviewer sees: no score, no flag, no stratum, no session."""

LABELS: tuple[str, ...] = tuple(map(str, (Label.NONE, *TYPES, Label.AMBIGUOUS)))
"""What a reviewer may write into the column ``label``."""

_TRUTH = {"True": True, "False": False}


def key_path(sheet: Path) -> Path:
    """Return where the key of a sheet lies.

    Examples
    --------
    >>> key_path(Path("review/sheet.csv")).name
    'sheet.key.csv'
    """
    return sheet.with_suffix(".key.csv")


def write_sheet(
    utterances: pd.DataFrame, run: Mapping[str, Any], sheet: Path, *, size: int, seed: int
) -> pd.DataFrame:
    """Draw utterances of a run for a human review, and write the sheet and its key.

    The sheet does not show what the model found, so that it cannot sway the reviewer. The key,
    next to it, does; it is needed to estimate, and should not be looked at before.

    Parameters
    ----------
    utterances : DataFrame
        The table ``utterances`` of the run.
    run : mapping
        What is known of the run: its settings and inputs.
    sheet : Path
        The sheet to write, a ``.csv``; never replaced, since it may hold a reviewer's work.
    size : int
        Utterances to draw.
    seed : int
        Of the draw.

    Returns
    -------
    DataFrame
        The key; see `tsd.learn.sampling.draw`.

    Raises
    ------
    AnnotationError
        If the run cannot be reviewed.
    OutputError
        If the sheet cannot be written there.
    """
    _check_sheet(sheet)
    if run["settings"]["output"]["no_text"]:
        raise AnnotationError(
            "the result was written with --no-text: there are no words to review. Analyze without "
            "it."
        )
    if run["settings"]["finding"]["use_labels"]:
        raise AnnotationError(
            "the result measures human labels: there is no classifier to review. Analyze without "
            "--use-labels."
        )
    if sheet.resolve().parent in {
        Path(str(each.get("path", ""))).resolve().parent for each in run.get("inputs", [])
    }:
        raise OutputError(
            sheet, "is in the folder of the transcripts and would be read as one. Name another."
        )
    table = utterances.sort_values(["session_id", "utterance"], ignore_index=True)
    key = draw(table, size, seed)
    if not len(key):
        raise AnnotationError(
            "the result holds no therapist utterance with a probability: nothing to review."
        )
    with staged(key_path(sheet)) as key_part, staged(sheet) as sheet_part:
        for part, each in ((sheet_part, _sheet(table, key)), (key_part, key)):
            put_csv(each, part)
    return key


def _check_sheet(sheet: Path) -> None:
    if sheet.suffix.lower() != ".csv":
        raise OutputError(sheet, "a review sheet is a table that ends in .csv. Name it so.")
    for path in (sheet, key_path(sheet)):
        if path.exists():
            raise OutputError(
                path, "exists already, and may hold a reviewer's work. Name another sheet."
            )
    if not sheet.parent.is_dir():
        raise OutputError(sheet, "its folder does not exist. Make it first.")


def _sheet(table: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Put the drawn utterances between their neighbors, in the order of the items."""
    said = table["role"] + ": " + table["text"]
    neighbors = {
        name: said.shift(by).where(table["session_id"] == table["session_id"].shift(by), "")
        for name, by in (("before", 1), ("after", -1))
    }
    items = key.loc[key["item"].notna(), ["session_id", "utterance", "item"]]
    drawn = items.merge(table.assign(**neighbors), on=["session_id", "utterance"], how="left")
    drawn = drawn.sort_values("item", ignore_index=True).assign(label="", comment="")
    return drawn[list(SHEET_COLUMNS)]


def read_reviewed(sheet: Path) -> AuditedSample:
    """Read a sheet that a reviewer has filled in, with its key.

    Items without a label, and items whose row was taken out, count as not reviewed. Only the
    columns ``item`` and ``label`` are looked at.

    Parameters
    ----------
    sheet : Path
        As `write_sheet` wrote it, with labels; the key beside it.

    Returns
    -------
    AuditedSample
        For the estimates of `tsd.measure.rates.audited`.

    Raises
    ------
    ReadError
        If the sheet or its key is missing, damaged, or holds something else than labels.
    """
    labels: dict[int, str] = {}
    lines: dict[int, int] = {}
    rows = list(_rows(sheet))
    key = _read_key(key_path(sheet))
    items = set(key["item"].dropna())
    for line, item, label in rows:
        number = int(item) if item.isascii() and item.isdigit() else None
        if number not in items or number is None:
            shown = "is not a whole number" if number is None else f"{number} is not in the key"
            raise ReadError(
                sheet,
                f"the item {shown}; expected one of 1 to {len(items)}. Leave the column as it was.",
                line=line,
            )
        if number in lines:
            raise ReadError(
                sheet,
                f"item {number} stands here and on line {lines[number]}. Keep one of them.",
                line=line,
            )
        lines[number] = line
        plain = "_".join(unguard(label).replace("-", " ").lower().split())
        if plain in LABELS:
            labels[number] = plain
        elif plain:
            raise ReadError(
                sheet, f"the label is none of {', '.join(LABELS)}, nor empty.", line=line
            )
    return audited_sample(key, labels)


def _rows(sheet: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, item and label; spreadsheets also divide by semicolons or tabs."""
    text = read_text(sheet, ProblemLog(str(sheet)))
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader)]
        for name in ("item", "label"):
            if names.count(name) != 1:
                found = f"{names.count(name)} columns named {name!r}"
                raise ReadError(
                    sheet,
                    f"has {found}; expected one. The columns of a sheet are "
                    f"{', '.join(SHEET_COLUMNS)}.",
                    line=1,
                )
        place = names.index("item"), names.index("label")
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) <= max(place):
                    raise ReadError(
                        sheet,
                        f"the row has {len(row)} fields, the header names {len(names)}.",
                        line=line,
                    )
                yield line, row[place[0]].strip(), row[place[1]]
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(
            sheet, "is not a valid table. Is a quotation mark left open?", line=reader.line_num
        ) from error


def _read_key(path: Path) -> pd.DataFrame:
    try:
        key = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError as error:
        raise ReadError(
            path, "is not there. It was written with the sheet and must lie beside it."
        ) from error
    except (OSError, ValueError) as error:
        raise ReadError(path, "cannot be read as a table.") from error
    changed = "is not as it was written. Take the one that was written with the sheet."
    if tuple(key.columns) != KEY_COLUMNS:
        raise ReadError(path, f"{changed} Expected the columns {', '.join(KEY_COLUMNS)}.")
    try:
        key = key.assign(
            session_id=key["session_id"].map(unguard),
            utterance=pd.to_numeric(key["utterance"]).astype(int),
            selection_probability=pd.to_numeric(key["selection_probability"]).astype(float),
            flagged=key["flagged"].map(_TRUTH).astype("boolean").astype(bool),
            item=pd.to_numeric(key["item"].replace("", None)).astype("Int64"),
        )
    except (ValueError, TypeError):  # whose message may hold words of a transcript
        raise ReadError(path, changed) from None
    items = key["item"].dropna()
    twice = key.duplicated(["session_id", "utterance"]).any() or items.duplicated().any()
    if not len(items) or twice or not key["stratum"].isin(STRATA).all():
        raise ReadError(path, changed)
    return key
