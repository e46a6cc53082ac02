"""From records to sessions: grouping, times, labels, roles, each with its problems told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tsd.readers.decoding import printable
from tsd.readers.records import ProblemLog, Record
from tsd.readers.roles import Roles, assign_roles, known_role, same_name, shown_name
from tsd.readers.times import parse_time
from tsd.schema import TYPES, Label, Role, Session, Severity, Utterance
from tsd.settings import Reading

_LIST = re.compile(r"[;,|]")

DISCLOSING_SEPARATOR = " || "
"""Divides the pieces of a ``disclosing`` column that do not stand beside each other."""


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
        In the order of the file. Without a session id, the file is one session with the file's
        name.
    path : Path
        The file.
    reading : Reading
        For the roles given by the user.
    log : ProblemLog
        Takes what the user must know.
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
    """Return the role of each row: what its role column says, or what its speaker's name does."""
    speakers = list(dict.fromkeys(row.speaker for row in rows))
    stated = [_stated_role(row, session_id, log) for row in rows]
    given = {row.speaker: role for row, role in zip(rows, stated, strict=True) if role}
    roles = assign_roles(speakers, reading, given)
    by_user = set(map(same_name, (*reading.therapist, *reading.client)))
    by_row = [
        roles.of[row.speaker] if role is None or same_name(row.speaker) in by_user else role
        for row, role in zip(rows, stated, strict=True)
    ]
    _tell_roles(rows, by_row, roles, session_id, log)
    return by_row


def _stated_role(row: Record, session_id: str, log: ProblemLog) -> Role | None:
    word = row.get("role").strip().lower()
    role = Role(word) if word in set(Role) else known_role(word)
    if word and role is Role.UNKNOWN and word != Role.UNKNOWN:
        log.add(
            f"the role column holds a word that is no role; expected {', '.join(Role)}. The "
            "speaker's name is used instead.",
            Severity.WARNING,
            line=row.line,
            session_id=session_id,
        )
    return None if role is Role.UNKNOWN else role


def _tell_roles(
    rows: list[Record], by_row: list[Role], roles: Roles, session_id: str, log: ProblemLog
) -> None:
    """Tell what the roles leave open."""
    counts = Counter(row.speaker for row in rows)
    if Role.THERAPIST not in by_row:
        seen = ", ".join(f"{shown_name(name)} ({n})" for name, n in list(counts.items())[:8])
        log.add(
            f"no speaker could be recognised as the therapist; speakers: {seen}. "
            "Say who it is with --therapist NAME.",
            session_id=session_id,
        )
        return
    therapists = {
        row.speaker for row, role in zip(rows, by_row, strict=True) if role is Role.THERAPIST
    }
    if Role.CLIENT not in by_row and len(therapists) > 1:
        log.add(
            "several therapists and no client. Say who it is with --client NAME.",
            Severity.WARNING,
            session_id=session_id,
        )
    if roles.assumed:
        names = ", ".join(f"{shown_name(name)} as {roles.of[name]}" for name in roles.assumed[:8])
        log.add(
            f"taken by elimination: {names}. Say otherwise with --therapist or --client.",
            Severity.NOTE,
            session_id=session_id,
        )
    unknown = Counter(
        row.speaker for row, role in zip(rows, by_row, strict=True) if role is Role.UNKNOWN
    )
    if nobody := unknown.pop("", 0):
        log.add(
            f"{nobody} utterances have no speaker; they are counted on no side.",
            Severity.WARNING,
            session_id=session_id,
        )
    if unknown:
        log.add(
            f"role unknown, counted on no side: {', '.join(map(shown_name, list(unknown)[:8]))}. "
            "Say it with --therapist or --client.",
            Severity.WARNING,
            session_id=session_id,
        )


def _utterance(
    row: Record, role: Role, session_id: str, labels_needed: bool, log: ProblemLog
) -> Utterance | None:
    def tell(message: str, severity: Severity = Severity.WARNING) -> None:
        log.add(message, severity, line=row.line, session_id=session_id)

    text = row.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        tell("an utterance without words is left out.", Severity.NOTE)
        return None
    times: dict[str, float | None] = {}
    for name in ("start", "end"):
        try:
            times[name] = parse_time(row.get(name))
        except ValueError as error:
            tell(
                f"the {name} time is {error}. It is taken as missing. (If words stand there, a "
                "comma in the text is not quoted.)"
            )
            times[name] = None
    start, end = times["start"], times["end"]
    if start is not None and end is not None and end < start:
        tell("the utterance ends before it starts. Its end is taken as missing.")
        end = None
    needed = Severity.ERROR if labels_needed else Severity.WARNING
    label, also = _labels(row, lambda message: tell(message, needed))
    if label in TYPES and role is not Role.THERAPIST:
        tell(
            "a disclosure is labelled on an utterance that is not the therapist's. "
            "The label is not used."
        )
        label, also = None, ()
    disclosing = tuple(
        piece for piece in row.get("disclosing").split(DISCLOSING_SEPARATOR) if piece.strip()
    )
    if any(piece not in text for piece in disclosing):
        tell("the disclosing words are not in the text of the utterance. They are not used.")
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


def _labels(row: Record, tell: Callable[[str], None]) -> tuple[Label | None, tuple[Label, ...]]:
    label = _label(row.get("label"), tell)
    also = [_label(word, tell) for word in _LIST.split(row.get("also"))]
    types = tuple(each for each in also if each in TYPES)
    if types and label not in TYPES:
        tell("a further type stands beside no type. It is not used.")
        types = ()
    return label, types


def _label(word: str, tell: Callable[[str], None]) -> Label | None:
    plain = word.strip().lower().replace(" ", "_")
    if not plain:
        return None
    try:
        return Label(plain)
    except ValueError:
        tell(f"a label is none of {', '.join(Label)}. It is taken as missing.")
        return None


def _check_times(session: Session, log: ProblemLog) -> None:
    """Tell once per session what its times will not allow."""
    starts = [u.start for u in session.utterances]
    known = [start for start in starts if start is not None]
    if known and len(known) < len(starts):
        log.add(
            f"{len(starts) - len(known)} of {len(starts)} utterances have no start time; talk "
            "time is estimated from words.",
            Severity.WARNING,
            session_id=session.session_id,
        )
    ends = sum(u.end is not None for u in session.utterances)
    if len(known) == len(starts) and 0 < ends < len(starts):
        log.add(
            f"{len(starts) - ends} of {len(starts)} utterances have no end time; talk time is "
            "measured from start times alone.",
            Severity.WARNING,
            session_id=session.session_id,
        )
    if any(later < earlier for earlier, later in pairwise(known)):
        log.add(
            "start times run backwards; the order of the file is kept.",
            Severity.WARNING,
            session_id=session.session_id,
        )
