"""From records to sessions: groups, times, labels and roles, with a report of their problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tsd.files import printable
from tsd.readers.records import ProblemLog, Record
from tsd.readers.roles import Roles, assign_roles, known_role, same_name, shown_name
from tsd.readers.times import parse_time
from tsd.schema import TYPES, Label, Role, Session, Severity, Utterance
from tsd.settings import Reading

_LIST = re.compile(r"[;,|]")

DISCLOSING_SEPARATOR = " || "
"""Between pieces of a ``disclosing`` column that are not next to each other in the text."""


def assemble(
    records: Iterable[Record],
    path: Path,
    reading: Reading,
    log: ProblemLog,
    *,
    labels_needed: bool = False,
) -> list[Session]:
    """Group records into sessions and interpret their fields.

    Parameters
    ----------
    records : iterable of Record
        In the order of the file. Without session ids, the file is one session, named after it.
    path : Path
        The file.
    reading : Reading
        For the roles given by the user.
    log : ProblemLog
        Gets what the user must know.
    labels_needed : bool, default False
        Whether a label that cannot be read is an error, not a warning.

    Returns
    -------
    list of Session
        In the order in which the sessions begin in the file.
    """
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.get("session_id").strip() or printable(path.stem), []).append(
            record
        )
    sessions = []
    for session_id, rows in groups.items():
        roles = _roles(rows, reading, session_id, log)
        utterances = [
            utterance
            for row, role in zip(rows, roles, strict=True)
            if (utterance := _utterance(row, role, session_id, labels_needed, log)) is not None
        ]
        if utterances:
            numbered = tuple(
                u if u.utterance_id else replace(u, utterance_id=str(i))
                for i, u in enumerate(utterances)
            )
            sessions.append(Session(session_id, numbered, str(log.path)))
            _check_times(sessions[-1], log)
    return sessions


def _roles(rows: list[Record], reading: Reading, session_id: str, log: ProblemLog) -> list[Role]:
    """Return the role of each row: what its role column says, or what its speaker's name shows."""
    speakers = list(dict.fromkeys(row.speaker for row in rows))
    stated = [_stated_role(row, session_id, log) for row in rows]
    given = {row.speaker: role for row, role in zip(rows, stated, strict=True) if role}
    roles = assign_roles(speakers, reading, given)
    by_user = set(map(same_name, (*reading.therapist, *reading.client)))
    by_row = [
        roles.of[row.speaker] if role is None or same_name(row.speaker) in by_user else role
        for row, role in zip(rows, stated, strict=True)
    ]
    _report_roles(rows, by_row, roles, session_id, log)
    return by_row


def _stated_role(row: Record, session_id: str, log: ProblemLog) -> Role | None:
    word = row.get("role").strip().lower()
    role = Role(word) if word in set(Role) else known_role(word)
    if word and role is Role.UNKNOWN and word != Role.UNKNOWN:
        log.add(
            f"the role column has a word that is not a role; expected {', '.join(Role)}. The "
            "speaker's name is used instead. Correct the word.",
            Severity.WARNING,
            line=row.line,
            session_id=session_id,
        )
    return None if role is Role.UNKNOWN else role


def _report_roles(
    rows: list[Record], by_row: list[Role], roles: Roles, session_id: str, log: ProblemLog
) -> None:
    """Report what the roles leave open."""
    counts = Counter(row.speaker for row in rows)
    if Role.THERAPIST not in by_row:
        seen = ", ".join(f"{shown_name(name)} ({n})" for name, n in list(counts.items())[:8])
        log.add(
            f"no speaker could be recognized as the therapist; the speakers are {seen}. "
            "Name the therapist with --therapist NAME.",
            session_id=session_id,
        )
        return
    therapists = {
        row.speaker for row, role in zip(rows, by_row, strict=True) if role is Role.THERAPIST
    }
    if Role.CLIENT not in by_row and len(therapists) > 1:
        log.add(
            "there are several therapists and no client. Name the client with --client NAME.",
            Severity.WARNING,
            session_id=session_id,
        )
    if roles.assumed:
        names = ", ".join(f"{shown_name(name)} as {roles.of[name]}" for name in roles.assumed[:8])
        log.add(
            f"roles assumed by elimination: {names}. If one is wrong, correct it with --therapist "
            "or --client.",
            Severity.NOTE,
            session_id=session_id,
        )
    unknown = Counter(
        row.speaker for row, role in zip(rows, by_row, strict=True) if role is Role.UNKNOWN
    )
    if nobody := unknown.pop("", 0):
        log.add(
            f"{nobody} utterances have no speaker; they count for neither side. Fill in who spoke.",
            Severity.WARNING,
            session_id=session_id,
        )
    if unknown:
        log.add(
            f"role unknown: {', '.join(map(shown_name, list(unknown)[:8]))}. Their words count for "
            "neither side. Give the role with --therapist or --client.",
            Severity.WARNING,
            session_id=session_id,
        )


def _utterance(
    row: Record, role: Role, session_id: str, labels_needed: bool, log: ProblemLog
) -> Utterance | None:
    def report(message: str, severity: Severity = Severity.WARNING) -> None:
        log.add(message, severity, line=row.line, session_id=session_id)

    text = row.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        report("an utterance without words is left out.", Severity.NOTE)
        return None
    times: dict[str, float | None] = {}
    for name in ("start", "end"):
        try:
            times[name] = parse_time(row.get(name))
        except ValueError as error:
            report(
                f"the {name} time is {error}. It counts as missing. Correct it; if the cell has "
                "words in it, put text with commas in quotation marks."
            )
            times[name] = None
    start, end = times["start"], times["end"]
    if start is not None and end is not None and end < start:
        report("the utterance ends before it starts. Its end counts as missing. Correct its times.")
        end = None
    needed = Severity.ERROR if labels_needed else Severity.WARNING
    label, also = _labels(row, lambda message: report(message, needed))
    if label in TYPES and role is not Role.THERAPIST:
        report(
            "a disclosure is labeled on an utterance that is not the therapist's. The label is not "
            "used. Correct the label or the speaker."
        )
        label, also = None, ()
    disclosing = tuple(
        piece for piece in row.get("disclosing").split(DISCLOSING_SEPARATOR) if piece.strip()
    )
    if any(piece not in text for piece in disclosing):
        report(
            "the disclosing words are not in the text of the utterance. They are not used. Copy "
            "them from the text."
        )
        disclosing = ()
    return Utterance(
        text=text,
        speaker=row.speaker,
        role=role,
        utterance_id=row.get("utterance_id").strip(),
        start=start,
        end=end,
        label=label,
        also=also,
        flags=tuple(flag.strip() for flag in _LIST.split(row.get("flags")) if flag.strip()),
        disclosing=disclosing,
        annotator=row.get("annotator").strip(),
        line=row.line,
    )


def _labels(row: Record, report: Callable[[str], None]) -> tuple[Label | None, tuple[Label, ...]]:
    label = _label(row.get("label"), report)
    also = [_label(word, report) for word in _LIST.split(row.get("also"))]
    types = tuple(each for each in also if each in TYPES)
    if types and label not in TYPES:
        report("a further type has no first type. It is not used. Fill in the label.")
        types = ()
    return label, types


def _label(word: str, report: Callable[[str], None]) -> Label | None:
    plain = word.strip().lower().replace(" ", "_")
    if not plain:
        return None
    try:
        return Label(plain)
    except ValueError:
        report(f"a label is not one of {', '.join(Label)}. It counts as missing. Correct it.")
        return None


def _check_times(session: Session, log: ProblemLog) -> None:
    """Report once per session what its times do not allow."""
    starts = [u.start for u in session.utterances]
    known = [start for start in starts if start is not None]
    if known and len(known) < len(starts):
        log.add(
            f"{len(starts) - len(known)} of {len(starts)} utterances have no start time; talk "
            "time is estimated from words. Fill in the times to have it measured.",
            Severity.WARNING,
            session_id=session.session_id,
        )
    ends = sum(u.end is not None for u in session.utterances)
    if len(known) == len(starts) and 0 < ends < len(starts):
        log.add(
            f"{len(starts) - ends} of {len(starts)} utterances have no end time; talk time is "
            "measured from start times only.",
            Severity.WARNING,
            session_id=session.session_id,
        )
    if any(later < earlier for earlier, later in pairwise(known)):
        log.add(
            "start times go backward; the order of the file is kept. Sort the rows if it is wrong.",
            Severity.WARNING,
            session_id=session.session_id,
        )
