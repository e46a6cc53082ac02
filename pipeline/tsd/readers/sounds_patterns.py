"""Notes in brackets about pauses and sounds. Edit freely; lower case."""

# fmt: off

# A note in brackets that has one of these words, and otherwise only words of the two lists below,
# is about a pause: "(12 seconds pause)". It is left out wherever it stands.
PAUSES: frozenset[str] = frozenset(
    {
        "pause", "pauses", "silence", "silent", "stille", "schweigen", "pausa", "silencio",
        "silenzio", "stilte", "pauze", "paus", "tystnad", "pauza", "cisza", "пауза", "тишина",
    }
)

# A note that has one of these words, and otherwise only words of the lists here, is about a sound.
# It is left out where nothing but such a note is in a cue.
SOUNDS: frozenset[str] = frozenset(
    {
        "music", "musik", "musique", "música", "musica", "muziek", "applause", "applaus",
        "applaudissements", "aplausos", "laughter", "laughing", "laughs", "laugh", "chuckles",
        "chuckling", "lachen", "lacht", "gelächter", "rires", "risas", "blank", "noise",
        "noises", "sound", "sounds", "coughs", "coughing", "cough", "sigh", "sighs", "sighing",
        "sniffs", "sniffling", "crying", "sobbing", "breathing", "beep", "click", "ringing",
        "rings", "knocking", "footsteps", "static", "typing", "geräusch", "geräusche",
    }
)

# Words that go with those above.
AROUND: frozenset[str] = frozenset(
    {
        "a", "the", "in", "of", "long", "short", "brief", "second", "seconds", "sec", "secs", "s",
        "minute", "minutes", "min", "sekunde", "sekunden", "minuten", "lange", "kurze", "segundos",
        "secondes", "secondi", "secunden", "seconden", "and", "background", "audio", "playing",
        "plays", "no", "speech", "soft", "softly", "loud", "both", "all", "audience", "phone",
        "door", "continues", "stops", "fades",
    }
)
