"""Annotations on one tier that begin with their speakers: "Nora: I see"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tsd.readers.captions.names import Label, find_speakers, report_names, split_label
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record
from tsd.schema import Severity
from tsd.settings import Reading
from tsd.words import count


def with_labels(
    records: Sequence[Record], reading: Reading, log: ProblemLog
) -> list[Record] | None:
    """Return the records with the speakers that they begin with; None if less than half do.

    A record without one belongs to the speaker before, which is reported.

    Examples
    --------
    >>> said = [Record(text, "") for text in ("Nora: How?", "Ben: So.", "Nora: Oh.", "Yes.")]
    >>> [(r.speaker, r.text) for r in with_labels(said, Reading(), ProblemLog("a.eaf"))]
    [('Nora', 'How?'), ('Ben', 'So.'), ('Nora', 'Oh.'), ('Nora', 'Yes.')]
    """
    labels = [split_label(record.text) for record in records]
    found = [label for label in labels if label is not None]
    speakers = find_speakers(found, len(records), reading)
    named = [label if label is not None and label in speakers else None for label in labels]
    if 2 * sum(label is not None for label in named) < len(records) or not speakers.sure:
        return None
    lines = [record.line or 0 for record in records]
    numbered = [(n, label) for n, label in zip(lines, labels, strict=True) if label is not None]
    report_names(numbered, speakers, log)
    return _assigned(records, named, log)


def _assigned(
    records: Sequence[Record], named: Sequence[Label | None], log: ProblemLog
) -> list[Record]:
    speaker, without, assigned = "", [], []
    for record, label in zip(records, named, strict=True):
        if label is None:
            without.append(record.line)
            assigned.append(replace(record, speaker=speaker))
            continue
        log.leave_out(NotTalk.LABEL, f"{label.name} {label.remark}", line=record.line)
        speaker = label.name
        assigned.append(replace(record, speaker=speaker, text=label.text))
    if without:
        log.add(
            f"{count(len(without), 'annotation')} without a name among those that have one; read "
            "as those of the speaker before. If somebody else says them, write the name before "
            "them.",
            Severity.WARNING,
            line=without[0],
        )
    return [record for record in assigned if record.text]
