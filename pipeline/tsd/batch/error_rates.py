"""How often the classifier errs, from what `tsd evaluate --json` printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tsd.measure.rates.rates import ErrorRates
from tsd.errors import ReadError
from tsd.schema import Label

_EXPECTED = "Expected what `tsd evaluate CODED.csv --json` prints, in a file."


def read_error_rates(path: Path) -> ErrorRates:
    """Read the error rates of a classifier.

    Parameters
    ----------
    path : Path
        A file with the JSON of `tsd evaluate --json`.

    Returns
    -------
    ErrorRates
        Sensitivity and rate of false alarms, with the numbers of coded utterances behind them.

    Raises
    ------
    ReadError
        If the file cannot be read, or is something else.
    """
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        disclosing, flagged = int(found["disclosing"]), int(found["flagged"])
        others = int(found["utterances"]) - disclosing
        missed = sum(
            int(row[str(Label.NONE)])
            for label, row in found["confusion"].items()
            if label != str(Label.NONE)
        )
        hits = disclosing - missed
        return ErrorRates(
            sensitivity=hits / disclosing if disclosing else float("nan"),
            false_alarms=(flagged - hits) / others if others else float("nan"),
            disclosing=disclosing,
            others=others,
            threshold=float(found["threshold"]),
            excerpt_threshold=float(found["excerpt_threshold"]),
            model=str(found["model"]),
        )
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(path, f"holds no figures of an evaluation. {_EXPECTED}") from error


def check_same_classifier(
    rates: ErrorRates, path: Path, model: str, threshold: float, excerpt_threshold: float
) -> None:
    """Refuse error rates of another classifier than the one of the run.

    Parameters
    ----------
    rates : ErrorRates
        As read.
    path : Path
        Where from.
    model : str
        The hash of the run's model.
    threshold, excerpt_threshold : float
        The thresholds of the run.

    Raises
    ------
    ReadError
        If the model or a threshold is another.
    """
    if rates.model != model:
        raise ReadError(
            path,
            f"was made with model {rates.model[:12]}, and this run uses {model[:12]}. Evaluate "
            "this one.",
        )
    own = (threshold, excerpt_threshold)
    theirs = (rates.threshold, rates.excerpt_threshold)
    if any(abs(a - b) > 1e-9 for a, b in zip(own, theirs, strict=True)):
        shown = " and ".join(f"{each:.4g}" for each in theirs)
        raise ReadError(
            path,
            f"was made with the thresholds {shown}, and this run uses "
            f"{' and '.join(f'{each:.4g}' for each in own)}. Evaluate with the same --threshold.",
        )
