"""What a run knows beside the transcripts: metadata, error rates, a reviewed sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tsd.measure.corpus import Known
from tsd.measure.rates.audited import AuditedSample
from tsd.measure.rates.rates import ErrorRates
from tsd.measure.tables import SESSION_COLUMNS
from tsd.learn.audit_sheets import key_path, read_reviewed
from tsd.batch.error_rates import check_same_classifier, read_error_rates
from tsd.batch.reading import sha256_of
from tsd.readers import printable
from tsd.readers.metadata import KNOWN, Metadata, join, read_metadata
from tsd.schema import Problem
from tsd.settings import Settings

_UNKNOWN = "the classifier's error rates on sessions like these are not known (--error-rates)"


@dataclass(frozen=True, slots=True)
class Beside:
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
        if self.errors is None or self.settings.error_rates is None or model is None:
            return
        check_same_classifier(
            self.errors,
            self.settings.error_rates,
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
            Is given what does not fit.

        Returns
        -------
        Known
            For `tsd.measure.corpus.gather`.
        """
        unknown = "these are human labels" if self.settings.use_labels else _UNKNOWN
        if self.metadata is None:
            return Known(errors=self.errors, errors_unknown=unknown, audit=self.audit)
        columns, told = join(self.metadata, session_ids)
        problems += told
        named = {
            column: dict(zip(session_ids, values, strict=True))
            for column, values in columns.items()
        }
        return Known(named, self.errors, unknown, self.audit)


def beside_files(settings: Settings) -> list[str]:
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
    named = [settings.metadata, settings.error_rates, settings.audit]
    if settings.audit is not None:
        named.append(key_path(settings.audit))
    return [str(path) for path in named if path is not None]


def read_beside(settings: Settings) -> Beside:
    """Read the files that go with a run.

    Parameters
    ----------
    settings : Settings
        ``metadata``, ``error_rates`` and ``audit``.

    Returns
    -------
    Beside
        Nothing, where no file is named.

    Raises
    ------
    ReadError
        If a file cannot be read.
    """
    return Beside(
        settings,
        None
        if settings.metadata is None
        else read_metadata(
            settings.metadata, reserved=[name for name in SESSION_COLUMNS if name not in KNOWN]
        ),
        None if settings.error_rates is None else read_error_rates(settings.error_rates),
        None if settings.audit is None else read_reviewed(settings.audit),
        [{"path": printable(path), "sha256": sha256_of(path)} for path in beside_files(settings)],
    )
