"""From records to sessions: groups, times, labels and roles, with a report of their problems."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

from tsd.readers.annotators import one_row_each
from tsd.readers.log import ProblemLog
from tsd.readers.measurable import check_talk
from tsd.readers.records import Record, SessionFacts, SpeakerFacts
from tsd.readers.role_assignment import BY_USER, Roles, assign_roles
from tsd.readers.role_reports import report_roles
from tsd.readers.role_table import RoleTable
from tsd.readers.roles import known_role
from tsd.readers.source import Source
from tsd.readers.time_scale import in_seconds
from tsd.readers.times import is_no_time, seconds
from tsd.readers.turns import join_cues
from tsd.schema import TYPES, Label, Role, Session, Severity, Utterance
from tsd.settings import Reading

_LABELS = {label.value: label for label in Label}
_LIST = re.compile(r"[;,|]")
_PIECE_SEPARATOR = " || "
"""Between pieces of a ``disclosing`` column that are not next to each other in the text."""

_Report = Callable[..., None]
"""`ProblemLog.add`, for one session or one line of it."""


def assemble(
    records: Iterable[Record],
    source: Source,
    reading: Reading,
    log: ProblemLog,
    *,
    labels_needed: bool,
    cues: bool,
    table: RoleTable | None = None,
) -> tuple[list[Session], list[SessionFacts]]:
    """Group the records of a file into sessions and interpret their fields.

    Without session ids, the file is one session, named after it. The sessions are in the order in
    which they begin in the file. With `labels_needed`, a label that cannot be read is an error,
    not a warning. With `cues`, the records are pieces of turns, and are joined. `table` says who is
    who.
    """
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.get("session_id").strip() or source.stem].append(record)
    sessions, facts = [], []
    for session_id, rows in groups.items():
        report = partial(log.add, session_id=session_id)
        rows, converted = in_seconds(one_row_each(rows, log, session_id), log, session_id)
        speakers = list(dict.fromkeys(row.speaker for row in rows))
        listed = {} if table is None else table.roles_in(source.path, session_id, speakers)
        by_row, roles = _roles(rows, reading, listed, report)
        utterances = [
            utterance
            for row, role in zip(rows, by_row, strict=True)
            if (utterance := _utterance(row, role, labels_needed, report)) is not None
        ]
        if not utterances:
            continue
        times = "; ".join(filter(None, (_check_times(utterances, report), converted)))
        if cues:
            utterances = join_cues(utterances, reading.join_within)
        numbered = _numbered(utterances)
        report_roles(numbered, roles, report)
        setting = next((name for row in rows if (name := row.get("setting").strip())), "")
        unfit, language = check_talk(numbered, reading, report)
        sessions.append(Session(session_id, numbered, source.path, setting, unfit))
        facts.append(SessionFacts(session_id, _speakers(numbered, roles.reasons), times, language))
    return sessions, facts


def _numbered(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Give utterances without an id their position."""
    return tuple(
        u if u.utterance_id else replace(u, utterance_id=str(i)) for i, u in enumerate(utterances)
    )


def _speakers(
    utterances: Iterable[Utterance], reasons: Mapping[str, str]
) -> tuple[SpeakerFacts, ...]:
    """Count what each speaker says, in each role that they have."""
    counts: dict[tuple[str, Role], list[int]] = defaultdict(lambda: [0, 0])
    for u in utterances:
        counts[u.speaker, u.role][0] += 1
        counts[u.speaker, u.role][1] += u.words
    return tuple(
        SpeakerFacts(name, role, "" if role is Role.UNKNOWN else reasons.get(name, ""), n, words)
        for (name, role), (n, words) in counts.items()
    )


def _roles(
    rows: list[Record], reading: Reading, listed: Mapping[str, Role], report: _Report
) -> tuple[list[Role], Roles]:
    """Return the role of each row, and the roles of the speakers."""
    speakers = list(dict.fromkeys(row.speaker for row in rows))
    stated = [_stated_role(row, report) for row in rows]
    given = {row.speaker: role for row, role in zip(rows, stated, strict=True) if role}
    talk = [(row.speaker, row.text) for row in rows]
    roles = assign_roles(speakers, reading, given, listed=listed, turns=talk)
    by_row = [
        roles.of[row.speaker] if role is None or roles.reasons[row.speaker] in BY_USER else role
        for row, role in zip(rows, stated, strict=True)
    ]
    return by_row, roles


def _stated_role(row: Record, report: _Report) -> Role | None:
    word = row.get("role").strip().lower()
    if word in ("", Role.UNKNOWN):
        return None
    role = Role(word) if word in set(Role) else known_role(word)
    if role is not Role.UNKNOWN:
        return role
    report(
        f"the role column has a word that is not a role; expected {', '.join(Role)}. The "
        "speaker's name is used instead. Correct the word.",
        Severity.WARNING,
        line=row.line,
    )
    return None


def _utterance(row: Record, role: Role, labels_needed: bool, report: _Report) -> Utterance | None:
    report = partial(report, line=row.line)
    warn = partial(report, severity=Severity.WARNING)
    text = row.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        report("an utterance without words is left out.", Severity.NOTE)
        return None
    start, end = _time(row, "start", warn), _time(row, "end", warn)
    if start is not None and end is not None and end < start:
        warn("the utterance ends before it starts. Its end counts as missing. Correct its times.")
        end = None
    label, also = _labels(row, report if labels_needed else warn)
    if label in TYPES and role is not Role.THERAPIST:
        warn(
            "a disclosure is labeled on an utterance that is not the therapist's. The label is not "
            "used. Correct the label or the speaker."
        )
        label, also = None, ()
    pieces = row.get("disclosing").split(_PIECE_SEPARATOR)
    disclosing = tuple(piece for piece in pieces if piece.strip())
    if any(piece not in text for piece in disclosing):
        warn(
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


def _time(row: Record, name: str, warn: _Report) -> float | None:
    text = row.get(name)
    if is_no_time(text):
        return None
    found = seconds(text)
    if found is None:
        warn(
            f"the {name} time cannot be read: expected seconds or [HH:]MM:SS[.mmm]. It counts as "
            "missing. Correct it. If the cell has words in it, put text with commas in quotation "
            "marks."
        )
    return found


def _labels(row: Record, report: _Report) -> tuple[Label | None, tuple[Label, ...]]:
    label = _label(row.get("label"), report)
    also = [_label(word, report) for word in _LIST.split(row.get("also"))]
    types = tuple(each for each in also if each in TYPES)
    if types and label not in TYPES:
        report("'also' has a type, but 'label' does not. It is not used. Fill in the label.")
        types = ()
    return label, types


def _label(word: str, report: _Report) -> Label | None:
    plain = word.strip().lower().replace(" ", "_")
    label = _LABELS.get(plain)
    if plain and label is None:
        report(f"a label is not one of {', '.join(Label)}. It counts as missing. Correct it.")
    return label


def _check_times(utterances: list[Utterance], report: _Report) -> str:
    """Report once per session what its times do not allow; say which times there are."""
    starts = [u.start for u in utterances if u.start is not None]
    without_start = len(utterances) - len(starts)
    without_end = sum(u.end is None for u in utterances)
    if 0 < without_start < len(utterances):
        report(
            f"no start time in {without_start} of {len(utterances)} utterances; talk time is "
            "estimated from the number of words. To have it measured, fill in the times.",
            Severity.WARNING,
        )
    if not without_start and 0 < without_end < len(utterances):
        report(
            f"no end time in {without_end} of {len(utterances)} utterances; talk time is "
            "measured from start times only.",
            Severity.WARNING,
        )
    if any(later < earlier for earlier, later in pairwise(starts)):
        report(
            "start times go backward; the order of the file is kept. Sort the rows if it is wrong.",
            Severity.WARNING,
        )
    if without_start == len(utterances):
        return "none"
    if without_start:
        return f"start of {len(starts)} of {len(utterances)} utterances"
    return "start only" if without_end else "start and end"
