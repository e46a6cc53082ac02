"""The names of columns in tables of utterances and of sessions. Edit freely: the first match wins.

Compared in lower case, with spaces, dots and hyphens as underscores.
"""

# fmt: off

# Tables of utterances. The fields take their columns in this order: `utterance` holds the words if
# no column listed before it does, and the number of the utterance otherwise.
NAMES: dict[str, tuple[str, ...]] = {
    "session_id": (
        "session_id", "transcript_id", "session", "transcript", "conversation_id", "conv_id",
        "conversation", "dialogue_id", "dialog_id", "dialogue", "interview_id", "document_id",
        "file_id", "case_session",
    ),
    "speaker": (
        "speaker", "speaker_id", "speaker_name", "interlocutor", "participant", "talker",
        "author", "user", "who", "name",
    ),
    "text": (
        "text", "utterance_text", "utterance", "transcription", "transcript_text", "content",
        "body", "words", "message", "speech", "dialogue_text", "transcript",
    ),
    "utterance_id": (
        "utterance_id", "turn_id", "turn_number", "turn", "utt_id", "utterance_number",
        "utterance_index", "line_id", "message_id", "segment_id", "id", "index", "utterance",
    ),
    "start": (
        "start", "start_time", "starttime", "start_sec", "start_seconds", "timestamp", "time",
        "begin", "begin_time", "onset", "start_timestamp",
    ),
    "end": (
        "end", "end_time", "endtime", "end_sec", "end_seconds", "stop", "offset",
        "end_timestamp", "finish",
    ),
    "role": ("role", "speaker_role", "participant_role"),
    "label": ("label", "tsd_label", "tsd"),
    "also": ("also", "also_label", "secondary_label"),
    "annotator": ("annotator", "coder", "rater", "annotator_id"),
    "flags": ("flags", "flag"),
    "disclosing": ("disclosing", "disclosing_words", "disclosing_text"),
    "setting": ("setting",),
}

# In a JSON object that is a session, the list of its utterances has one of these names.
UTTERANCE_LISTS: tuple[str, ...] = (
    "utterances", "turns", "dialogue", "dialog", "messages", "segments", "conversation",
)

# Tables with one row per session; the names of its id are those of `session_id` above.
METADATA_NAMES: dict[str, tuple[str, ...]] = {
    "therapist": (
        "therapist", "therapist_id", "therapist_code", "clinician", "clinician_id", "counselor",
        "counselor_id", "counsellor", "counsellor_id", "provider", "provider_id", "practitioner",
        "practitioner_id",
    ),
    "case": (
        "case", "case_id", "case_number", "client", "client_id", "client_code", "patient",
        "patient_id", "patient_code", "dyad", "dyad_id", "participant", "participant_id",
        "subject", "subject_id",
    ),
    "session_number": (
        "session_number", "session_no", "session_nr", "session_num", "session_index", "visit",
        "visit_number", "session",
    ),
}

# Tables that say who is who, with one row per speaker.
ROLE_TABLE_NAMES: dict[str, tuple[str, ...]] = {
    "file": ("file", "filename", "file_name", "path", "source", "document"),
    "session": NAMES["session_id"],
    "speaker": (*NAMES["speaker"], "label", "speaker_label"),
    "role": (*NAMES["role"], "side", "who_is_it", "type"),
}

# Cells without a value, in a column of outcomes; compared in lower case.
MISSING: frozenset[str] = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "."})
