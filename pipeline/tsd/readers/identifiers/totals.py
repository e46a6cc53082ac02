"""What was found in many sessions, as ``run.json`` has it and as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tsd.readers.identifiers.look import Identifiers
from tsd.readers.identifiers.rules import CLASSES
from tsd.readers.identifiers.wording import NO_GUARANTEE, NOTHING_FOUND, count_of, placeholders_in
from tsd.words import count


def totals(found: Sequence[Identifiers]) -> dict[str, Any]:
    """Add up what was found in each session.

    Parameters
    ----------
    found : sequence of Identifiers
        For each session.

    Returns
    -------
    dict
        ``sessions``, ``words`` and ``placeholders``; ``sessions_strong`` and ``sessions_weak``, the
        sessions that have any; ``strong`` and ``weak``: for each class that was found its ``count``
        and the ``sessions`` that have it.

    Examples
    --------
    >>> totals([Identifiers(strong={"date": (3, 3)}, words=90), Identifiers(words=10)])["strong"]
    {'date': {'count': 2, 'sessions': 1}}
    """
    sums: dict[str, Any] = {
        "sessions": len(found),
        "words": sum(each.words for each in found),
        "placeholders": sum(each.placeholders for each in found),
    }
    for name in ("strong", "weak"):
        parts = [getattr(each, name) for each in found]
        sums[f"sessions_{name}"] = sum(map(bool, parts))
        sums[name] = {
            kind: {
                "count": sum(len(part.get(kind, ())) for part in parts),
                "sessions": sum(kind in part for part in parts),
            }
            for kind in CLASSES
            if any(kind in part for part in parts)
        }
    return sums


def summary(sums: Mapping[str, Any]) -> list[str]:
    """Write what was found in all sessions; the last sentence says what this cannot show.

    >>> summary(totals([Identifiers(words=9000)]))[:2]
    ['No obvious identifiers found in 1 session.', '0 placeholders in 9,000 words.']
    """
    of = count(sums["sessions"], "session")
    said = []
    if sums["strong"]:
        said.append(f"Found in {sums['sessions_strong']:,} of {of}: {_list(sums['strong'])}.")
    else:
        said.append(f"{NOTHING_FOUND.capitalize()} in {of}.")
    if sums["weak"]:
        begin = "Possibly also" if sums["strong"] else "But possibly"
        said.append(f"{begin} in {sums['sessions_weak']:,} of {of}: {_list(sums['weak'])}.")
    said += [placeholders_in(sums["placeholders"], sums["words"]), NO_GUARANTEE]
    return [each for each in said if each]


def _list(found: Mapping[str, Mapping[str, int]]) -> str:
    return ", ".join(count_of(kind, each["count"]) for kind, each in found.items())
