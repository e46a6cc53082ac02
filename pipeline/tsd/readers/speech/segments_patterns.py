"""What programs call the parts of a recognized transcript in JSON. Edit freely."""

# fmt: off

KEYS: dict[str, tuple[str, ...]] = {
    "text": ("text", "transcript", "sentence", "utterance", "content", "display"),
    "word": ("word", "text", "punctuated_word", "value"),
    "speaker": (
        "speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "speaker_id",
        "speakerId", "spk", "participant",
    ),
    "start": ("start", "start_time", "startTime", "begin", "onset", "from", "start_sec"),
    "end": ("end", "end_time", "endTime", "stop", "offset", "to", "end_sec"),
    "both": ("timestamp", "timestamps", "time"),
}

# The list of segments has one of these names.
LISTS: tuple[str, ...] = (
    "segments", "utterances", "speakers", "sentences", "transcript", "transcription", "results",
    "diarization", "turns", "chunks",
)

# The object with that list can be inside one of these.
WRAPPERS: tuple[str, ...] = (
    "result", "results", "data", "output", "response", "transcription", "transcript",
)
