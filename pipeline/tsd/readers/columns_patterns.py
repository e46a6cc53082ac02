"""The names of columns in tables of utterances. Edit freely: the first match wins.

Compared in lower case, with spaces, dots and hyphens as underscores.
"""

# fmt: off

NAMES: dict[str, tuple[str, ...]] = {
    "session_id": (
        "session_id", "transcript_id", "session", "transcript", "conversation_id", "conv_id",
        "conversation", "dialogue_id", "dialog_id", "dialogue", "interview_id", "document_id",
        "file_id", "case_session",
    ),
    "utterance_id": (
        "utterance_id", "turn_id", "turn_number", "turn", "utt_id", "utterance_number",
        "utterance_index", "line_id", "message_id", "segment_id", "id", "index", "utterance",
    ),
    "speaker": (
        "speaker", "speaker_id", "speaker_name", "interlocutor", "participant", "talker",
        "author", "user", "who", "name",
    ),
    "text": (
        "text", "utterance_text", "utterance", "transcription", "transcript_text", "content",
        "body", "words", "message", "speech", "dialogue_text", "transcript",
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
}

# In a JSON object that is a session, the list of its utterances has one of these names.
UTTERANCE_LISTS: tuple[str, ...] = (
    "utterances", "turns", "dialogue", "dialog", "messages", "segments", "conversation",
)
