"""What can come before a colon in a transcript without being a speaker. Edit freely; lower case."""

# fmt: off

# Headings of a transcript: never a speaker, however often they come before a colon.
HEADINGS: frozenset[str] = frozenset(
    {
        "date", "time", "session", "session number", "session no", "duration", "length",
        "location", "place", "setting", "topic", "title", "subject", "note", "notes", "file",
        "filename", "file name", "recording", "recorded", "audio", "audio file", "video",
        "transcript", "transcription", "present", "participants", "attendees", "speakers",
        "meeting", "id", "case", "case id", "case number", "start", "start time", "end",
        "end time", "page", "summary", "diagnosis", "age", "gender", "key", "legend", "http",
        "https", "abstract", "context", "background", "keywords", "summary keywords", "index",
        "appendix", "table of contents", "contents", "introduction", "conclusion", "discussion",
        "section", "part", "theme", "module", "task", "segment", "scene", "category", "code",
        "chapter", "item", "step", "question", "exercise", "example", "figure",
        "table", "line", "lines", "language", "version", "text", "speaker", "role", "from", "to",
        "action items", "agenda", "warning", "ps", "p s", "nb", "n b", "re", "cc", "tel", "phone",
        "email", "e mail", "fax", "address", "website", "url", "source", "copyright", "keyword",
        "overview", "outline", "chapters", "details", "description", "comment", "comments",
        "remark", "remarks", "editor s note", "lunch", "break", "side a", "side b", "tape",
        "datum", "ort", "dauer", "thema", "aufnahme", "anmerkung", "fecha", "lugar", "lieu",
    }
)

# Of these, the ones that stand only above or below the talk, beside "Therapist: Jane Doe".
ABOUT_THE_FILE: frozenset[str] = frozenset(
    {
        "date", "time", "session number", "session no", "duration", "length", "location", "place",
        "setting", "file", "filename", "file name", "recording", "recorded", "audio", "audio file",
        "case id", "case number", "id", "start time", "end time", "start", "end", "context",
        "participants", "attendees", "present", "speakers", "title", "interview date",
        "date of interview", "transcribed by", "transcriber", "transcriptionist", "recorded by",
        "recording date", "date of session", "length of interview", "interview length",
        "transcription date", "version", "language", "datum", "ort", "dauer", "aufnahme",
        "transkription", "fecha", "lugar", "lieu", "durée", "duración",
    }
)

# Before what somebody wrote about the talk, between its turns.
COMMENTS: frozenset[str] = frozenset(
    {
        "comment", "comments", "commentary", "transcriber s note", "transcriber note",
        "transcriber s comment", "editor s note", "therapist s comment", "supervisor s comment",
        "annotation", "kommentar", "anmerkung", "anmerkungen",
    }
)

# Above a list of who takes part.
LISTS_OF_SPEAKERS: frozenset[str] = frozenset(
    {
        "speakers", "attendees", "participants", "present", "in attendance", "participant list",
        "meeting participants", "teilnehmer", "teilnehmende", "anwesend", "sprecher",
        "participantes", "asistentes", "intervenants", "présents", "deelnemers", "aanwezig",
    }
)

# No speaker's name begins with one of these: "I told him: no".
OPENERS: frozenset[str] = frozenset(
    {
        "i", "i'm", "i've", "i'd", "i'll", "you", "he", "she", "it", "we", "they", "me", "him",
        "my", "your", "his", "her", "our", "their", "its", "it's", "this", "that", "that's",
        "these", "those", "there", "there's", "here", "what", "what's", "which", "who", "when",
        "where", "why", "how", "the", "a", "an", "if", "because", "and", "but", "so", "then", "or",
        "nor", "as", "at", "in", "on", "of", "by", "for", "from", "with", "without", "about",
        "after", "before", "between", "during", "since", "until", "while", "though", "although",
        "like", "not", "no", "yes", "yeah", "well", "oh", "okay", "ok", "just", "only", "also",
        "even", "still", "maybe", "perhaps", "is", "are", "was", "were", "be", "been", "do",
        "does", "did", "have", "has", "had", "can", "could", "would", "should", "let", "let's",
        "one", "two", "three", "some", "any", "all", "every", "each", "another", "other", "more",
        "most", "less", "such", "same", "see", "think", "tell", "say", "ask", "going", "got",
        "to", "up", "down", "out", "over", "again", "always", "never", "sometimes", "today",
        "yesterday", "tomorrow", "now", "last", "next", "first", "second", "third", "once",
        "everything", "something", "nothing", "anything", "everyone", "someone", "somebody",
        "nobody", "everybody", "both", "either", "neither", "than", "too", "very", "really",
        "please", "thank", "thanks", "sorry",
    }
)

# A one-letter label is a letter, and a label with a word of these behind it is a role.
ROLE_AFTER_OPENER: frozenset[str] = frozenset(
    {
        "speaker", "speakers", "participant", "participants", "client", "voice", "person",
        "therapist", "interviewer", "respondent", "patient", "caller", "man", "woman", "member",
    }
)

# Words of speech that people write before a colon: "well: I never said that".
SPEECH: frozenset[str] = frozenset(
    {
        "well", "so", "and", "but", "or", "because", "yes", "no", "okay", "ok", "right", "look",
        "listen", "see", "thing is", "the thing is", "for example", "example", "question",
        "answer", "first", "second", "third", "one", "two", "three", "i said", "he said",
        "she said", "i thought", "remember", "honestly", "basically", "plus", "also", "then",
        "now", "anyway", "anyhow", "actually", "finally", "firstly", "secondly", "thirdly",
        "lastly", "meaning", "namely", "again", "alright", "yeah", "yep", "nope", "mhm", "mm",
        "hmm", "hm", "uh", "um", "uh huh", "mm hmm", "m hm", "oh", "ah", "wow", "sure", "exactly",
        "true", "fine", "good", "great", "cool", "nice", "thanks", "thank you", "please",
        "sorry", "hello", "hi", "hey", "bye", "goodbye", "really", "maybe", "perhaps", "clearly",
        "obviously", "frankly", "seriously", "still", "instead", "otherwise", "therefore",
        "however", "moreover", "similarly", "today", "yesterday", "tomorrow", "tonight",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
        "february", "march", "april", "june", "july", "august", "september", "october",
        "november", "december", "morning", "afternoon", "evening", "night", "noon", "midnight",
        "point is", "bottom line", "result", "fact", "problem", "reason", "truth", "rule", "goal",
        "idea", "plan", "thought", "feeling", "meanwhile", "later", "afterwards", "suddenly",
        "conclusion", "option", "option a", "option b", "case in point", "spoiler", "update",
        "genau", "ja", "nein", "oui", "non", "sí", "bueno",
    }
)

# A label with one of these words in it is part of a sentence: "My mother said".
SAYING: frozenset[str] = frozenset(
    {
        "said", "says", "say", "saying", "told", "tells", "tell", "asked", "asks", "ask",
        "answered", "replied", "thought", "think", "thinks", "thinking", "goes", "went", "going",
        "was", "is", "were", "are", "am", "be", "been", "i", "it", "me", "him", "them", "you",
        "she", "he", "we", "they", "wrote", "writes", "shouted", "yelled", "screamed", "whispered",
        "felt", "feel", "feels", "knew", "know", "knows", "did", "does", "do", "had", "has",
        "have", "would", "could", "should", "will", "can", "can't", "don't", "didn't", "that",
        "because", "which", "what", "when", "where", "why", "how", "if", "then", "just", "like",
        "my", "your", "his", "her", "our", "their", "this", "these", "those", "not", "always",
        "never", "about", "into", "than", "things", "thing", "came", "come", "comes", "made",
        "make", "makes", "got", "get", "gets", "means", "meant", "wanted", "want", "wants",
    }
)

# Small words within a name: "Anna van der Berg", "Dr. med. Weiss".
PARTICLES: frozenset[str] = frozenset(
    {
        "van", "von", "vom", "der", "den", "de", "del", "della", "dello", "di", "da", "das",
        "dos", "du", "des", "la", "le", "les", "lo", "el", "al", "bin", "ibn", "ben", "bint",
        "abu", "ter", "ten", "te", "tot", "zu", "zum", "zur", "y", "e", "i", "af", "av", "st",
        "und", "and", "et", "med", "phil", "rer", "nat", "jr", "sr", "op", "in", "'t", "ap", "mc",
        "dal", "degli", "san", "mac",
    }
)
