"""The files that go with the transcripts: metadata, error rates, a reviewed sample."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsd.errors import ReadError
from tsd.files import printable, sha256_of
from tsd.learn.audit_sheets import key_path, read_reviewed
from tsd.measure.corpus import Known
from tsd.measure.rates.audited import AuditedSample
from tsd.measure.rates.rates import ErrorRates
from tsd.measure.tables import SESSIONS
from tsd.readers.metadata import KNOWN, Metadata, join, read_metadata
from tsd.schema import Label, Problem
from tsd.settings import Settings

_EXPECTED = "Expected what `tsd evaluate CODED.csv --json` prints, in a file."
_UNKNOWN = "the classifier's error rates on sessions like these are not known (--error-rates)"


@dataclass(frozen=True, slots=True)
class Companions:
    """The files that go with a run, read.

    Parameters
    ----------
    settings : Settings
        Which files.
    metadata : Metadata or None
        A row per session.
    errors : ErrorRates or None
        How often the classifier errs.
    audit : AuditedSample or None
        What a reviewer said of a sample.
    hashes : list of dict
        Path and hash of each file, for ``run.json``.
    """

    settings: Settings
    metadata: Metadata | None
    errors: ErrorRates | None
    audit: AuditedSample | None
    hashes: list[dict[str, str]]

    def check(self, model: dict[str, Any] | None) -> None:
        """Refuse error rates of another classifier than the run's.

        Parameters
        ----------
        model : dict or None
            What ``run.json`` says of the model.

        Raises
        ------
        ReadError
            If they are of another model or other thresholds.
        """
        if self.errors is None or self.settings.measuring.error_rates is None or model is None:
            return
        _check_same_classifier(
            self.errors,
            self.settings.measuring.error_rates,
            model["sha256"],
            model["threshold"],
            model["excerpt_threshold"],
        )

    def known(self, session_ids: Sequence[str], problems: list[Problem]) -> Known:
        """Return what is known of the sessions of a run.

        Parameters
        ----------
        session_ids : sequence of str
            The run's sessions.
        problems : list of Problem
            Gets what does not fit.

        Returns
        -------
        Known
            For `tsd.measure.corpus.gather`.
        """
        unknown = "these are human labels" if self.settings.finding.use_labels else _UNKNOWN
        if self.metadata is None:
            return Known(errors=self.errors, errors_unknown=unknown, audit=self.audit)
        columns, found = join(self.metadata, session_ids)
        problems += found
        named = {
            column: dict(zip(session_ids, values, strict=True))
            for column, values in columns.items()
        }
        return Known(named, self.errors, unknown, self.audit)


def companion_files(settings: Settings) -> list[str]:
    """Name the files that go with a run and are no transcripts.

    Parameters
    ----------
    settings : Settings
        ``metadata``, ``error_rates`` and ``audit``.

    Returns
    -------
    list of str
        A review sheet comes with its key.
    """
    named = [settings.reading.metadata, settings.measuring.error_rates, settings.measuring.audit]
    if settings.measuring.audit is not None:
        named.append(key_path(settings.measuring.audit))
    return [str(path) for path in named if path is not None]


def read_companions(settings: Settings) -> Companions:
    """Read the files that go with a run.

    Parameters
    ----------
    settings : Settings
        ``metadata``, ``error_rates`` and ``audit``.

    Returns
    -------
    Companions
        Nothing, where no file is named.

    Raises
    ------
    ReadError
        If a file cannot be read.
    """
    metadata, error_rates = settings.reading.metadata, settings.measuring.error_rates
    audit = settings.measuring.audit
    reserved = [name for name in SESSIONS.names if name not in KNOWN]
    return Companions(
        settings,
        None if metadata is None else read_metadata(metadata, reserved=reserved),
        None if error_rates is None else read_error_rates(error_rates),
        None if audit is None else read_reviewed(audit),
        [
            {"path": printable(path), "sha256": sha256_of(path)}
            for path in companion_files(settings)
        ],
    )


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


def _check_same_classifier(
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
