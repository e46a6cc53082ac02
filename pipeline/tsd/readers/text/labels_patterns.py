"""What can come before a colon in a plain-text transcript. Edit freely; lower case."""

# fmt: off

# Headings of a transcript: never a speaker, however often they come before a colon.
HEADINGS: frozenset[str] = frozenset(
    {
        "date", "time", "session", "session number", "session no", "duration", "length",
        "location", "place", "setting", "topic", "title", "subject", "note", "notes", "file",
        "filename", "recording", "recorded", "audio", "video", "transcript", "transcribed by",
        "transcriber", "transcription", "present", "participants", "attendees", "meeting", "id",
        "case", "case id", "case number", "start", "start time", "end", "end time", "page",
        "summary", "diagnosis", "age", "gender", "key", "legend", "http", "https",
    }
)

# No speaker's name begins with one of these: "I told him: no".
PRONOUNS: frozenset[str] = frozenset(
    {
        "i", "you", "he", "she", "it", "we", "they", "my", "your", "his", "her", "our", "their",
        "this", "that", "these", "those", "there", "what", "who", "when", "where", "why", "how",
        "the", "a", "an", "if", "because", "and", "but", "so", "then",
    }
)

# Words of speech that people write before a colon: "well: I never said that".
SPEECH: frozenset[str] = frozenset(
    {
        "well", "so", "and", "but", "or", "because", "yes", "no", "okay", "ok", "right", "look",
        "listen", "see", "thing is", "the thing is", "for example", "example", "question",
        "answer", "first", "second", "third", "one", "two", "three", "i said", "he said",
        "she said", "i thought", "remember", "honestly", "basically", "plus", "also", "then",
        "now",
    }
)
