"""Where one sentence-like unit of speech ends and the next begins. Edit freely; lower case.

Used by `tsd.segment.units`. Nothing here is about disclosure.
"""

# fmt: off

# Tokens that end a sentence.
SENTENCE_ENDS: tuple[str, ...] = (
    ".", "?", "!", "?!", "!?", "??", "!!", "???", "!!!",
)

# Tokens of a pause or of a thought left hanging: they end a unit where the next token begins
# like a new sentence (a capital letter), and go on otherwise.
PAUSES: tuple[str, ...] = ("...", "…", "....", "..", "--", "---", "—", "–")

# Tokens that close what was opened before the end of the sentence and still belong to it.
CLOSERS: tuple[str, ...] = ('"', "'", "”", "’", ")", "]", "''", "»")

# Words that begin a new clause in running speech. Transcribed speech has few full stops and
# speech recognition none; a long stretch is divided before one of these ...
CONNECTIVES: tuple[str, ...] = (
    "and", "but", "so", "because", "cause", "'cause", "cuz", "then", "or", "although", "though",
    "anyway", "now", "well", "okay", "ok", "right", "yeah", "yes", "no", "oh", "plus",
    "however",
)

# ... when one of these follows: somebody starts to do something.
SUBJECTS: tuple[str, ...] = (
    "i", "you", "he", "she", "it", "we", "they", "there", "that", "this", "my", "your", "his",
    "her", "our", "their", "what", "how", "when", "where", "why", "who", "if", "let", "do",
    "did", "is", "are", "was", "were", "have", "has", "can", "could", "would", "im", "ive",
    "id", "youre", "its", "thats", "so", "then", "um", "uh", "er", "like", "maybe", "even",
)

# A statement about oneself that begins after one of these breaks ...
BREAKS: tuple[str, ...] = (",", ";", ":", "-", "--", "---", "—", "–", "...", "…", "....", "..", ")")

# ... with one of these words is a unit of its own, however short: "I get it, I lost mine too" ...
FIRST_PERSONS: tuple[str, ...] = ("i", "im", "ive", "my", "me")

# ... unless what is before it depends on it: "when I was young, I ...".
SUBORDINATES: tuple[str, ...] = (
    "when", "whenever", "if", "as", "while", "since", "because", "after", "before", "although",
    "though", "once", "until", "unless", "like", "in", "at", "for", "from", "with", "during",
    "on", "by", "to", "whether",
)

# Two words that open a question or a new statement without any connective, as speech
# recognition writes them: "... when my dad died what was it like for you".
OPENINGS: tuple[tuple[str, str], ...] = (
    ("what", "was"), ("what", "is"), ("what", "'s"), ("what", "do"), ("what", "did"),
    ("what", "are"), ("what", "were"), ("what", "would"), ("what", "about"), ("what", "made"),
    ("how", "do"), ("how", "did"), ("how", "was"), ("how", "is"), ("how", "are"),
    ("how", "about"), ("how", "would"), ("how", "long"), ("how", "often"), ("how", "many"),
    ("do", "you"), ("did", "you"), ("are", "you"), ("were", "you"), ("have", "you"),
    ("can", "you"), ("could", "you"), ("would", "you"), ("will", "you"), ("is", "that"),
    ("is", "there"), ("is", "it"), ("was", "that"), ("was", "it"), ("does", "that"),
    ("does", "it"), ("tell", "me"), ("i", "mean"), ("i", "wonder"), ("i", "guess"),
    ("i", "think"), ("let", "'s"), ("thank", "you"), ("thanks", "for"), ("that", "makes"),
    ("that", "sounds"), ("it", "sounds"), ("sounds", "like"), ("i", "hear"), ("i", "remember"),
    ("i", "used"), ("i", "had"), ("i", "went"), ("i", "was"), ("when", "i"), ("my", "own"),
)

# An opening does not open anything after one of these: "I know what was ...", "so did you".
GLUE: tuple[str, ...] = (
    "and", "but", "so", "because", "or", "that", "if", "when", "while", "where", "who", "which",
    "what", "how", "why", "as", "than", "like", "of", "to", "for", "with", "in", "on", "at",
    "about", "know", "knew", "see", "say", "said", "tell", "told", "ask", "asked", "think",
    "thought", "wonder", "guess", "mean", "a", "an", "the", "my", "your", "his", "her", "our",
    "their", "not", "is", "was", "are", "were", "be", "been", "whether", "until", "since",
    "before", "after", "though", "although", "'cause", "cause", "cuz", "sure", "remember",
    "and", "just", "really", "also", "then",
)
