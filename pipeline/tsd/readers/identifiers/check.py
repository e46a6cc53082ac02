"""The sessions of a file are looked at for identifiers, and refused if the user wants that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tsd.readers.identifiers import wording
from tsd.readers.identifiers.look import Match, look
from tsd.readers.log import ProblemLog
from tsd.readers.records import SessionFacts
from tsd.schema import Session, Severity
from tsd.settings import Reading


def check_identifiers(
    sessions: Sequence[Session], facts: Sequence[SessionFacts], reading: Reading, log: ProblemLog
) -> tuple[list[Session], list[SessionFacts]]:
    """Look for identifiers in each session; add what is found to its facts and to the log.

    With `reading.require_deidentified`, a session with a strong identifier is left out, as an
    error; its facts stay.
    """
    kept, known = [], []
    for session, about in zip(sessions, facts, strict=True):
        words = sum(speaker.words for speaker in about.speakers)
        found = look(session.utterances, words=words, more=_other_engine(session, reading))
        known.append(replace(about, identifiers=found))
        if found.strong and reading.require_deidentified:
            log.add(wording.refusal(found), session_id=session.session_id)
            continue
        kept.append(session)
        if message := wording.message(found):
            severity = Severity.WARNING if found.strong else Severity.NOTE
            log.add(message, severity, session_id=session.session_id)
    return kept, known


def _other_engine(session: Session, reading: Reading) -> list[list[Match]] | None:
    if reading.identifiers != "presidio":
        return None
    from tsd.readers.identifiers.presidio import analyze  # slow to import

    return [analyze(utterance.text) for utterance in session.utterances]
