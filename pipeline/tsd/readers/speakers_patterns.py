"""What stands in the labels of speakers besides their names. Edit freely; lower case."""

# fmt: off

# Behind these words a number tells people apart, however many there are.
SEVERAL_PEOPLE: frozenset[str] = frozenset(
    {
        "speaker", "spk", "spkr", "person", "voice", "unknown", "male", "female", "man", "woman",
        "sprecher", "sprecherin", "spreker", "locuteur", "locutrice", "hablante", "parlante",
        "falante", "talare", "taler", "puhuja", "mówca", "mluvčí", "спикер", "говорящий", "диктор",
        "мовець", "konuşmacı", "متحدث", "דובר", "说话人", "說話人", "发言人", "發言人", "話者",
        "화자",
    }
)

# In brackets behind a name, these say how a person wants to be called.
PRONOUN_FORMS: frozenset[str] = frozenset(
    {
        "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "ze", "zir", "xe",
        "xem", "any", "pronouns", "sie", "ihr", "er", "ihm", "elle", "il", "iel", "ella", "él",
        "elles",
    }
)

# In brackets behind a name, these say from where a person is connected.
DEVICES: frozenset[str] = frozenset(
    {
        "iphone", "ipad", "phone", "mobile", "android", "laptop", "desktop", "tablet", "zoom",
        "teams", "guest", "host", "cohost", "co host", "external", "extern", "unverified", "online",
        "remote", "in person", "on phone", "by phone", "via zoom", "on zoom", "gast", "invité",
        "invitado",
    }
)

# In brackets behind a name, these are about one turn, even if they stand there each time.
SOUNDS: frozenset[str] = frozenset(
    {
        "laughs", "laughing", "laughter", "laugh", "chuckles", "giggles", "cries", "crying",
        "weeps", "tearful", "sobbing", "sighs", "sighing", "sigh", "pause", "pauses", "long pause",
        "silence", "silent", "whispers", "whispering", "quietly", "softly", "loudly", "shouting",
        "nods", "nodding", "smiles", "smiling", "inaudible", "unclear", "unintelligible",
        "crosstalk", "cross talk", "overlapping", "overlap", "interrupting", "interrupts", "coughs",
        "coughing", "continued", "continues", "continuing", "cont", "contd", "cont d",
        "sarcastically", "angrily", "lacht", "weint", "pausiert", "seufzt", "unverständlich", "rit",
        "pleure", "ríe", "llora",
    }
)
