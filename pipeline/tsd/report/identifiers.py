"""The part of the report about identifiers in the transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tsd.readers.identifiers.totals import summary


def identifiers(run: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences and the rows of the table, from the record of the run."""
    sums = run["identifiers"]
    return {"sentences": summary(sums), "rows": list(_rows(sums)), "sessions": sums["sessions"]}


def _rows(sums: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, certain in (("strong", True), ("weak", False)):
        for kind, found in sums[name].items():
            yield {"kind": kind, "certain": certain, **found}
