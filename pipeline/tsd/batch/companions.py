"""The files that go with the transcripts: roles, metadata, error rates, a reviewed sample."""

from __future__ import annotations

import json
import math
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
from tsd.readers.role_table import RoleTable, read_role_table
from tsd.schema import Label, Problem
from tsd.settings import Settings
from tsd.stats import ClusteredShare

_UNKNOWN = "not computed: this needs the error rates on sessions like these (--error-rates)"


@dataclass(frozen=True, slots=True)
class Companions:
    """The content of the files that go with a run; None where the settings name no file.

    `hashes` has the path and the hash of each file, for ``run.json``.
    """

    settings: Settings
    roles: RoleTable | None
    metadata: Metadata | None
    errors: ErrorRates | None
    audit: AuditedSample | None
    hashes: list[dict[str, str]]

    def check(self, model: dict[str, Any] | None) -> None:
        """Raise a `ReadError` if the error rates are of another model, or of other thresholds.

        `model` is what ``run.json`` says about the model of the run.
        """
        path = self.settings.measuring.error_rates
        if self.errors is None or path is None or model is None:
            return
        if self.errors.model != model["sha256"]:
            raise ReadError(
                path,
                f"was made with model {self.errors.model[:12]}, but this run uses model "
                f"{model['sha256'][:12]}. Run `tsd evaluate` with the model of this run.",
            )
        evaluated = (self.errors.threshold, self.errors.excerpt_threshold)
        used = (model["threshold"], model["excerpt_threshold"])
        if any(abs(a - b) > 1e-9 for a, b in zip(evaluated, used, strict=True)):
            raise ReadError(
                path,
                "was made with the thresholds {:.4g} and {:.4g}, but this run uses {:.4g} and "
                "{:.4g}. Run `tsd evaluate` with the same --threshold.".format(*evaluated, *used),
            )

    def figures(self) -> dict[str, dict[str, Any] | None]:
        """Return what the error rates and the review say, for ``run.json``; None without one."""
        errors, audit = self.errors, self.audit
        return {
            "error_rates": None
            if errors is None
            else {
                "sensitivity": None if math.isnan(errors.sensitivity) else errors.sensitivity,
                "false_alarms": None if math.isnan(errors.false_alarms) else errors.false_alarms,
                "disclosing": errors.disclosing,
                "others": errors.others,
            },
            "audit": None
            if audit is None
            else {
                "drawn": audit.drawn,
                "reviewed": audit.drawn - audit.ambiguous - audit.unlabeled,
                "ambiguous": audit.ambiguous,
                "unlabeled": audit.unlabeled,
            },
        }

    def known(self, session_ids: Sequence[str], problems: list[Problem]) -> Known:
        """Return what is known about the sessions of a run; add what does not fit to `problems`."""
        columns = {}
        if self.metadata is not None:
            values, found = join(self.metadata, session_ids)
            problems += [*self.metadata.problems, *found]
            columns = {name: dict(zip(session_ids, values[name], strict=True)) for name in values}
        unknown = "these are human labels" if self.settings.finding.use_labels else _UNKNOWN
        return Known(columns, self.errors, unknown, self.audit)


def companion_files(settings: Settings) -> list[str]:
    """Return the files that go with a run and are not transcripts; a review sheet has a key."""
    reading, measuring = settings.reading, settings.measuring
    named = [reading.roles, reading.metadata, measuring.error_rates, measuring.audit]
    if measuring.audit is not None:
        named.append(key_path(measuring.audit))
    return [str(path) for path in named if path is not None]


def read_companions(settings: Settings) -> Companions:
    """Read the files that go with a run; raise a `ReadError` if one cannot be read."""
    roles, metadata = settings.reading.roles, settings.reading.metadata
    error_rates, audit = settings.measuring.error_rates, settings.measuring.audit
    return Companions(
        settings,
        None if roles is None else read_role_table(roles),
        None if metadata is None else read_session_metadata(metadata),
        None if error_rates is None else _read_error_rates(error_rates),
        None if audit is None else read_reviewed(audit),
        [
            {"path": printable(path), "sha256": sha256_of(path)}
            for path in companion_files(settings)
        ],
    )


def read_session_metadata(path: Path) -> Metadata:
    """Read metadata; an outcome cannot have the name of a column of the table of sessions."""
    return read_metadata(path, reserved=[name for name in SESSIONS.names if name not in KNOWN])


def _read_error_rates(path: Path) -> ErrorRates:
    """Read the error rates of a classifier from the JSON of `tsd evaluate --json`."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        disclosing, flagged = int(found["disclosing"]), int(found["flagged"])
        others = int(found["utterances"]) - disclosing
        missed = sum(
            int(row[Label.NONE]) for label, row in found["confusion"].items() if label != Label.NONE
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
            clustered=_clustered(found.get("error_rates")),
        )
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(
            path,
            "is not an evaluation. Expected the output of `tsd evaluate CODED.csv --json`, saved "
            "in a file.",
        ) from error


def _clustered(found: dict[str, Any] | None) -> tuple[ClusteredShare, ClusteredShare] | None:
    """Read the error rates over sessions; files of earlier versions do not have them."""
    if found is None:
        return None
    sensitivity, false_alarms = found["sensitivity"], found["false_alarms"]
    if sensitivity is None or false_alarms is None:  # nothing was coded that could be counted
        return None
    return _clustered_share(sensitivity), _clustered_share(false_alarms)


def _clustered_share(found: dict[str, Any]) -> ClusteredShare:
    freedom = found["freedom"]
    return ClusteredShare(
        value=float(found["value"]),
        cases=float(found["cases"]),
        freedom=None if freedom is None else float(freedom),
        clusters=int(found["clusters"]),
        kind=str(found["kind"]),
        reason=str(found["reason"]),
    )
