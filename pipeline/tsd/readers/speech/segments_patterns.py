"""What programs call the parts of a recognized transcript in JSON. Edit freely."""

# fmt: off

KEYS: dict[str, tuple[str, ...]] = {
    "text": ("text", "transcript", "sentence", "utterance", "content", "display", "body"),
    "word": ("word", "text", "punctuated_word", "value"),
    "speaker": (
        "speaker", "speaker_name", "speakerName", "speakerDisplayName", "speaker_label",
        "speakerLabel", "speaker_id", "speakerId", "spk", "participant",
    ),
    "start": (
        "start", "start_time", "startTime", "begin", "onset", "from", "start_sec",
        "start_timestamp", "startOffset", "start_ms", "startMs", "data_start",
    ),
    "end": (
        "end", "end_time", "endTime", "stop", "offset", "to", "end_sec", "end_timestamp",
        "endOffset", "end_ms", "endMs", "data_end",
    ),
    "both": ("timestamp", "timestamps", "time"),
}

# The list of segments has one of these names.
LISTS: tuple[str, ...] = (
    "segments", "utterances", "speakers", "sentences", "transcript", "transcription", "results",
    "turnLevelTranscription", "diarization", "turns", "chunks", "entries", "paragraphs",
    # of single words
    "word_segments", "wordLevelTranscription", "words", "tokens",
)

# The object with that list can be inside one of these.
WRAPPERS: tuple[str, ...] = (
    "result", "results", "data", "output", "response", "transcription", "transcript",
)
