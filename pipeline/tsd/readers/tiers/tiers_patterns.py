"""Words in the names of tiers that say what is on the tier. Edit freely.

Compared in lower case with each word of a name: "SpL gaze-direction" has "spl", "gaze" and
"direction".
"""

# fmt: off

# Tiers that hold no talk: notes, translations, what linguists or coders added.
NO_TALK: frozenset[str] = frozenset(
    {
        # notes
        "comment", "comments", "commentary", "com", "note", "notes", "remark", "remarks", "todo",
        "memo", "context", "situation", "sit", "description", "summary", "topic", "topics",
        "commentaire", "commentaires", "remarque", "remarques", "kommentar", "kommentare",
        "notiz", "notizen", "anmerkung", "comentario", "comentarios", "nota", "notas",
        "opmerking", "commento", "commenti",
        # translations and glosses
        "translation", "translations", "ft", "gloss", "glosses", "glossed", "traduction",
        "traductions", "glose", "gloses", "übersetzung", "glosse", "traducción", "traduccion",
        "glosa", "traduzione", "vertaling",
        # sounds and silence
        "silence", "silences", "pause", "pauses", "sound", "sounds", "noise", "noises", "bruit",
        "bruits", "geräusche", "ruido", "laughter", "laugh", "laughs", "rires", "music", "breath",
        "breathing", "prosody", "intonation", "pitch", "tone", "tones", "stress", "tobi",
        "breaks", "momel", "intensity",
        # what is seen
        "gesture", "gestures", "geste", "gestes", "gestik", "gesto", "gestos", "gaze", "regard",
        "blick", "mirada", "head", "hand", "hands", "eye", "eyes", "eyebrow", "eyebrows", "brows",
        "face", "facial", "smile", "smiles", "nod", "nods", "posture", "body", "trunk",
        "shoulder", "shoulders", "arm", "arms", "mouth", "nose", "movement", "motion",
        "nonverbal", "non", "mimik", "action", "actions", "handling",
        # analysis of words
        "pos", "lemma", "lemmas", "tag", "tags", "mor", "gra", "morph", "morpheme", "morphemes",
        "morphology", "syntax", "pho", "phonetic", "phonetics", "conll", "code", "codes",
        "coding", "annotation", "annotations", "label", "labels", "category", "categories",
        "emotion", "emotions", "affect", "valence", "arousal", "stance", "evaluation", "overlap",
        "overlaps", "function", "behavior", "behaviour", "alignment", "section", "sections",
        "chapter", "episode", "event", "events", "lex", "lexical", "gls", "segnum", "trad",
        "xds", "cds", "vcm", "mwu",  # of ACLEW
        # what happens in an experiment
        "task", "tasks", "trial", "trials", "condition", "stimulus", "stimuli", "fto", "gap",
        "gaps",
    }
)

# Tiers that hold talk, whatever else their name says: "tx@Anna", "Speech T".
TALK: frozenset[str] = frozenset(
    {
        "speech", "spch", "talk", "utterance", "utterances", "utt", "utts", "sent", "sents",
        "transcription", "transcript", "transcriptions", "orthography", "orthographic", "ortho",
        "ort", "verbal", "text", "tx",
        "sentence", "sentences", "phrase", "phrases", "ipu", "ipus", "ref", "spoken", "said",
        "énoncé", "énoncés", "enonce", "enonces", "parole", "texte", "äußerung", "äußerungen",
        "aeusserung", "rede", "texto", "enunciado", "habla", "trl", "trn",
    }
)

# Parts of talk. Where a tier with whole utterances exists, these repeat its words.
WORDS: frozenset[str] = frozenset(
    {
        "word", "words", "wd", "token", "tokens", "mots", "wort", "wörter", "woerter", "palabra",
        "palabras", "tok",
    }
)
SOUNDS: frozenset[str] = frozenset(
    {
        "phone", "phones", "phoneme", "phonemes", "phon", "phons", "phono", "phn", "phns", "syll",
        "sylls", "syllable", "syllables", "syl", "syls", "syllabe", "syllabes", "silbe", "silben",
        "mau", "ipa", "xsampa", "sampa", "phonèmes", "laut", "laute", "vowel", "vowels",
        "consonants", "formants",
    }
)

# A tier that says who speaks.
WHO: frozenset[str] = frozenset(
    {
        "spk", "speaker", "speakers", "spkr", "who", "locuteur", "locuteurs", "sprecher",
        "hablante", "hablantes", "diarization", "diarisation", "turn", "turns", "parlante",
        "interlocutor",
    }
)

# A tier that programs make before anybody has given it a name.
UNNAMED: frozenset[str] = frozenset({"default", "tier", "new tier", "untitled"})
