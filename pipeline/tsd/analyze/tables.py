"""The columns of every table that tsd writes, in their order."""

from __future__ import annotations

from tsd.schema import TYPES

UTTERANCE_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "utterance_id",
    "speaker",
    "role",
    "start",
    "end",
    "words",
    "seconds",
    "p_disclosure",
    "is_disclosure",
    "label",
    "text",
)
DISCLOSURE_COLUMNS: tuple[str, ...] = (
    "session_id",
    "utterance",
    "utterance_id",
    "start_char",
    "end_char",
    "text",
    "label",
    "also",
    "p_disclosure",
    *(f"p_{label}" for label in TYPES),
    "words",
    "seconds",
    "cues",
    "episode",
    "client_share_before",
    "client_share_after",
    "focus_shift",
    "turns_to_return",
    "returned",
)
FRACTIONS: tuple[str, ...] = (
    "p_disclosure",
    *(f"p_{label}" for label in TYPES),
    "client_share_before",
    "client_share_after",
    "focus_shift",
)
"""Columns of disclosures that are numbers also where all of them are missing."""

SESSION_COLUMNS: tuple[str, ...] = (
    "session_id",
    "source",
    "utterances",
    "therapist_utterances",
    "client_utterances",
    "therapist_words",
    "client_words",
    "talk_time_basis",
    "therapist_seconds",
    "client_seconds",
    "session_seconds",
    "therapist_talk_share",
    "disclosures",
    "disclosing_utterances",
    *(f"disclosures_{label}" for label in TYPES),
    "disclosures_per_100",
    "disclosures_per_hour",
    "disclosure_words",
    "disclosure_seconds",
    "disclosure_word_share",
    "episodes",
    "focus_shift",
    "focus_shift_centred",
    "focus_shift_p",
)
PROBLEM_COLUMNS: tuple[str, ...] = ("path", "line", "session_id", "severity", "message")

GUIDELINE_COLUMNS: tuple[str, ...] = (
    "session_id",
    "indicator",
    "value",
    "unit",
    "detail",
    "others",
    "beside",
    "to_review",
    "utterances",
    "evidence",
    "cannot_know",
)
DYNAMICS_COLUMNS: tuple[str, ...] = (
    "session_id",
    "window",
    "unit",
    "begin",
    "end",
    "therapist_share",
    "floor",
)
RATE_COLUMNS: tuple[str, ...] = (
    "level",
    "name",
    "sessions",
    "therapist_utterances",
    *(f"flagged{end}" for end in ("", "_low", "_high", "_note")),
    *(f"adjusted{end}" for end in ("", "_low", "_high", "_note")),
    *(f"audited{end}" for end in ("", "_low", "_high", "_note")),
)
