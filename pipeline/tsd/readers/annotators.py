"""Tables with a row for each utterance and coder: every utterance is counted once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Record
from tsd.schema import Label, Severity

_LIST = re.compile(r"[;,|]")
_Key = tuple[str, ...]


def one_row_each(rows: list[Record], log: ProblemLog, session_id: str) -> list[Record]:
    """Put rows together that are the same utterance, coded by several people.

    They have the same id, words, speaker and start. Rows without ids are put together if they
    follow each other, or if the coders have the whole session each.

    The utterance has the names of all its coders. If they agree on the label, it has that label;
    if not, it is ``ambiguous``, as `tsd.schema.Label` says. Rows without a label have no say.
    Of further types, flags and disclosing words, it has those that all who labeled it gave.

    Parameters
    ----------
    rows : list of Record
        The rows of one session, in the order of the file.
    log : ProblemLog
        Learns how many rows are copies, and gets their words as words that the file has twice.
    session_id : str
        The name of the session.

    Returns
    -------
    list of Record
        Each utterance once, where its first row was.

    Examples
    --------
    >>> rows = [
    ...     Record("Hi.", "T", 2, {"utterance_id": "0", "annotator": "A", "label": "none"}),
    ...     Record("Hi.", "T", 3, {"utterance_id": "0", "annotator": "B", "label": "training"}),
    ... ]
    >>> (row,) = one_row_each(rows, ProblemLog("a.csv"), "s")
    >>> row.get("annotator"), row.get("label")
    ('A, B', 'ambiguous')
    """
    copies = _groups(rows)
    if copies is None:
        _report_doubt(rows, log, session_id)
        return rows
    if len(copies) == len(rows):
        return rows
    for _, *others in copies:
        for other in others:
            log.leave_out(NotTalk.AGAIN, other.text, line=other.line)
    _report(rows, copies, log, session_id)
    return [_joined(same) if len(same) > 1 else same[0] for same in copies]


def _groups(rows: list[Record]) -> list[list[Record]] | None:
    """Return the rows of each utterance; None if it cannot be known which belong together."""
    if all(row.get("utterance_id").strip() for row in rows):
        return _grouped(rows, lambda row: (row.get("utterance_id").strip(), *_content(row)))
    coders = list(dict.fromkeys(map(_coder, rows)))
    if len(coders) < 2:
        return [[row] for row in rows]
    if runs := _runs(rows, len(coders)):
        return runs
    parts: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        parts[_coder(row)].append(row)
    contents = [[_content(row) for row in part] for part in parts.values()]
    if all(each == contents[0] for each in contents):
        return [list(same) for same in zip(*parts.values(), strict=True)]
    seen = set(contents[0]).intersection(*contents[1:])
    return None if any(len(" ".join(each).split()) > 5 for each in seen) else [[r] for r in rows]


def _coder(row: Record) -> str:
    return row.get("annotator").strip()


def _content(row: Record) -> _Key:
    return row.text.strip(), row.speaker.strip(), row.get("start").strip()


def _grouped(rows: list[Record], key: Callable[[Record], _Key]) -> list[list[Record]]:
    found: dict[_Key, list[Record]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return list(found.values())


def _runs(rows: list[Record], coders: int) -> list[list[Record]]:
    """Group rows of the same words that follow each other, each with another coder.

    Empty if most utterances have one row: then the same words in a row are said twice.
    """
    runs: list[list[Record]] = []
    for row in rows:
        last = runs[-1] if runs else []
        if last and _content(last[0]) == _content(row) and _coder(row) not in map(_coder, last):
            last.append(row)
        else:
            runs.append([row])
    return runs if len(rows) > len(runs) * (1 + coders) / 2 else []


def _report(
    rows: Sequence[Record], copies: Sequence[list[Record]], log: ProblemLog, session_id: str
) -> None:
    n = len(rows) - len(copies)
    coded = all(len(set(map(_coder, same))) == len(same) for same in copies)
    if coded:
        split = sum(_labels_of(same) > 1 for same in copies)
        message = (
            f"{n} of {len(rows)} rows repeat an utterance for another coder; each utterance is "
            "counted once, with the names of its coders."
        )
        if split:
            message += (
                f" {split} with different labels {'are' if split > 1 else 'is'} labeled ambiguous."
            )
        log.add(message, Severity.NOTE, session_id=session_id)
        return
    verb = "s repeat others" if n > 1 else " repeats another"
    log.add(
        f"{n} row{verb}: same utterance id, words, speaker and time. Each utterance is counted "
        "once. If they were said again, give them ids of their own.",
        Severity.WARNING,
        session_id=session_id,
        line=next(same[1].line for same in copies if len(same) > 1),
    )


def _report_doubt(rows: Sequence[Record], log: ProblemLog, session_id: str) -> None:
    coders = len(set(map(_coder, rows)))
    log.add(
        f"has rows of {coders} coders with the same words, but no ids show which rows are the same "
        "utterance; all rows are counted. Add a column 'utterance_id'.",
        session_id=session_id,
    )


def _labels_of(same: Sequence[Record]) -> int:
    return len({_plain(row.get("label")) for row in same} - {""})


def _plain(label: str) -> str:
    return label.strip().lower().replace(" ", "_")


def _joined(same: list[Record]) -> Record:
    """Return the one utterance that several rows are about."""
    first = same[0]
    coders = list(dict.fromkeys(coder for row in same if (coder := _coder(row))))
    voting = [row for row in same if row.get("label").strip()] or same
    labels = {_plain(row.get("label")) for row in voting}
    label = voting[0].get("label") if len(labels) == 1 else Label.AMBIGUOUS.value
    fields = {
        **first.fields,
        "annotator": ", ".join(coders),
        "label": label,
        "also": "" if len(labels) > 1 else _common(voting, "also"),
        "flags": _common(voting, "flags"),
        "disclosing": _common(voting, "disclosing", " || "),
    }
    return Record(first.text, first.speaker, first.line, fields)


def _common(rows: Sequence[Record], field: str, separator: str = "") -> str:
    """Return the items of a list that all rows have."""
    lists = []
    for row in rows:
        cell = row.get(field)
        parts = cell.split(separator) if separator else _LIST.split(cell)
        lists.append([part.strip() if not separator else part for part in parts if part.strip()])
    common = set(lists[0]).intersection(*lists[1:])
    return (separator or ",").join(item for item in lists[0] if item in common)
