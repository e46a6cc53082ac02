"""What transcribers write between the words. Edit freely; lower case."""

# fmt: off

# A note in brackets is a pause or a sound if all of its words are in these two lists, and one of
# them is in the first; "(3 seconds pause)", "[long pause]", "((laughs softly))".
PAUSES_AND_SOUNDS: frozenset[str] = frozenset(
    {
        "pause", "pauses", "paused", "pausing", "silence", "silent", "beat", "laughs", "laugh",
        "laughing", "laughter", "laughingly", "chuckles", "chuckle", "chuckling", "giggles",
        "giggling", "sighs", "sigh", "sighing", "sniffs", "sniffles", "sniffing", "coughs",
        "cough", "coughing", "breathes", "breath", "breathing", "inhales", "exhales", "inhale",
        "exhale", "cries", "crying", "sobs", "sobbing", "weeps", "weeping", "groans", "moans",
        "gasps", "yawns", "hums", "humming", "whistles", "clears", "sneezes", "music", "applause",
        "noise", "lacht", "lachen", "schweigen", "seufzt", "räuspert", "hustet", "rires", "rire",
        "silencio", "risas", "risa", "pausa", "stille", "lacher", "silenzio", "stilte", "pauze",
        "tystnad", "musik", "musique", "música", "muziek", "applaus", "gelächter", "blank",
        "noises", "footsteps", "knocking", "ringing", "crosstalk", "overlapping", "overlap",
        "interposing", "simultaneous",
    }
)
MORE_OF_A_NOTE: frozenset[str] = frozenset(
    {
        "a", "for", "of", "the", "and", "with", "in", "long", "longer", "short", "brief", "very",
        "small", "little", "slight", "second", "seconds", "sec", "secs", "s", "minute", "minutes",
        "min", "mins", "approx", "approximately", "about", "ca", "softly", "quietly", "loudly",
        "nervously", "slightly", "deeply", "heavily", "again", "throat", "nose", "both",
        "together", "background", "sekunden", "sek", "lange", "kurze", "deep", "audible", "heavy",
        "nervous", "sound", "sounds", "kurz", "lang", "out", "briefly",
        "sekunde", "minuten", "segundos", "secondes", "secondi", "seconden", "audio", "playing",
        "plays", "phone", "door", "audience", "continues", "stops", "fades", "speech", "talk",
        "talking", "speaking", "speakers", "voices", "conversation", "dialogue",
    }
)

# What a listener says in a speaker's turn without taking it: "(T: Mhm)". Not counted as talk.
LISTENER_SIGNALS: frozenset[str] = frozenset(
    {
        "mhm", "mm", "mmm", "mh", "m", "hm", "hmm", "hmmm", "uh", "huh", "um", "uhm", "ah", "oh",
        "aha", "yeah", "yes", "yep", "yup", "ya", "no", "nope", "okay", "ok", "right", "sure",
        "all", "alright", "good", "great", "exactly", "absolutely", "definitely", "really", "wow",
        "i", "see", "of", "course", "well", "so", "but", "and", "true", "ja", "genau", "nein",
        "oui", "sí", "da", "hum", "h", "mean", "do",
    }
)

# What a listener does: the first word of "(C: Nods and smiles.)".
GESTURES: frozenset[str] = frozenset(
    {
        "nods", "nodding", "smiles", "smiling", "laughs", "laughing", "laughter", "shrugs",
        "sighs", "cries", "crying", "leans", "looks", "sits", "sitting", "turns", "shakes",
        "points", "gestures", "wipes", "strains", "moistens", "raises", "lowers", "crosses",
        "coughs", "clears", "chuckles", "giggles", "waves", "frowns", "stares", "blinks", "pauses",
        "pause", "silence", "silent", "nickt", "lacht", "weint",
    }
)
