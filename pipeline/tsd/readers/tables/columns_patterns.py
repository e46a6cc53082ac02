"""The names of columns in tables of utterances and of sessions. Edit freely: the first match wins.

Compared in lower case, with spaces, dots and hyphens as underscores, and without a unit of time at
the end ("Start (ms)", "start_ms" and "startMs" are `start`).
"""

# fmt: off

# Tables of utterances. The fields take their columns in this order: `utterance` holds the words if
# no column listed before it does, and the number of the utterance otherwise.
NAMES: dict[str, tuple[str, ...]] = {
    "session_id": (
        "session_id", "transcript_id", "session", "transcript", "conversation_id", "conv_id",
        "conversation", "dialogue_id", "dialog_id", "dialogue", "dialog", "interview_id",
        "document_id", "file_id", "case_session", "chat_id", "call_id", "meeting_id",
        "recording_id", "thread_id", "session_name", "session_title", "media_title",
        "document_name", "document", "file_name", "filename", "file", "root", "sitzung",
        "gespräch", "séance", "sesión", "sessão", "seduta", "sessie",
    ),
    "speaker": (
        "speaker", "speaker_id", "speaker_name", "interlocutor", "participant", "talker",
        "author", "user", "who", "name", "speaker_label", "speaker_tag", "speaker_idx",
        "speaker_index", "speakers", "speakername", "character", "display_name", "displayname",
        "participant_name", "user_name", "username", "person", "sender", "from", "spkr", "spk",
        "said_by", "spoken_by", "voice_tag", "actor",
        "sprecher", "sprecherin", "sprecher_in", "sprechende", "wer", "locuteur", "locutrice",
        "orateur", "intervenant", "hablante", "locutor", "falante", "orador", "parlante",
        "oratore", "spreker", "talare", "taler", "puhuja", "mówca", "mluvčí", "beszélő",
        "vorbitor", "konuşmacı", "говорящий", "спикер", "мовець", "ομιλητής", "說話人", "说话人",
        "发言人", "講者", "話者", "発言者", "화자", "발화자", "المتحدث", "דובר",
    ),
    "text": (
        "text", "utterance_text", "utterance", "transcription", "transcript_text", "content",
        "body", "words", "message", "speech", "dialogue_text", "transcript", "quote", "sentence",
        "spoken_text", "spoken_words", "what_was_said", "turn_text", "message_text", "msg",
        "raw_text", "text_content", "transcribed_text", "transcribed_words", "statement",
        "verbatim", "caption", "subtitle", "subtitles", "contents", "line_text", "lines",
        "dialogue", "dialog", "conversation",
        "texte", "texto", "testo", "tekst", "teksti", "szöveg", "metin", "worte", "wortlaut",
        "gesprochenes", "äußerung", "aeusserung", "aussage", "inhalt", "transkript", "paroles",
        "énoncé", "contenu", "transcripción", "contenido", "palabras", "enunciado", "transcrição",
        "conteúdo", "parole", "enunciato", "trascrizione", "текст", "реплика", "κείμενο", "文本",
        "内容", "內容", "发言", "発話", "テキスト", "텍스트", "발화", "النص", "טקסט",
        "value", "data", "segment", "line",
    ),
    "utterance_id": (
        "utterance_id", "turn_id", "turn_number", "turn", "utt_id", "utterance_number",
        "utterance_index", "utterance_idx", "line_id", "line_number", "message_id", "segment_id",
        "sentence_id", "id", "index", "utterance", "segment",
        "line",
    ),
    "start": (
        "start", "start_time", "starttime", "start_timecode", "timestamp", "time",
        "begin", "begin_time", "beginning", "onset", "start_timestamp", "time_start",
        "paragraph_start_time", "paragraph_start", "segment_start_time", "segment_start",
        "tc_in", "tcin", "timecode_in", "time_in", "in", "in_point", "start_tc", "timecode",
        "time_code", "time_stamp", "timespan", "time_range", "ts", "datetime", "date_time",
        "created_at", "sent_at", "zeit", "beginn", "anfang", "startzeit", "zeitmarke", "temps",
        "début", "tiempo", "inicio", "início", "tempo", "inizio", "tijd", "время",
    ),
    "end": (
        "end", "end_time", "endtime", "end_timecode", "stop", "stop_time",
        "offset", "end_timestamp", "finish",
        "paragraph_end_time", "segment_end_time", "segment_end", "time_end", "tc_out", "tcout",
        "timecode_out", "time_out", "out", "out_point", "end_tc",
        "ende", "endzeit", "fin", "fim", "fine",
    ),
    "duration": ("duration", "dur", "dauer", "durée", "duración", "durata"),
    "role": ("role", "speaker_role", "participant_role", "speaker_type"),
    "label": ("label", "tsd_label", "tsd"),
    "also": ("also", "also_label", "secondary_label"),
    "annotator": (
        "annotator", "coder", "rater", "annotator_id", "coder_id", "rater_id", "annotator_name",
        "coder_name",
    ),
    "flags": ("flags", "flag"),
    "disclosing": ("disclosing", "disclosing_words", "disclosing_text"),
    "setting": ("setting",),
}

# Units of time at the end of a column's name, and how many seconds they have. Words behind a
# number of brackets, as in "Start (h:mm:ss)", mean a clock.
UNITS: dict[str, float] = {
    "ms": 0.001, "msec": 0.001, "msecs": 0.001, "millis": 0.001, "millisecond": 0.001,
    "milliseconds": 0.001, "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
    "min": 60.0, "mins": 60.0, "minutes": 60.0,
}

# In a JSON object that is a session, the list of its utterances has one of these names.
UTTERANCE_LISTS: tuple[str, ...] = (
    "utterances", "turns", "dialogue", "dialog", "messages", "segments", "conversation",
    "conversations", "transcript", "exchanges", "history", "sentences", "lines", "chat", "log",
)

# In a JSON object that is a collection, the list of its sessions has one of these names.
SESSION_LISTS: tuple[str, ...] = (
    "data", "sessions", "dialogs", "dialogues", "conversations", "transcripts", "items", "results",
    "records", "train", "validation", "test",
)

# Files of a ConvoKit corpus that describe it, and have no talk in them.
CORPUS_FILES: frozenset[str] = frozenset(
    {"speakers.json", "users.json", "conversations.json", "corpus.json", "index.json"}
)

# In an object that stands for a speaker, the name of the speaker has one of these names.
NAMES_OF_A_SPEAKER: tuple[str, ...] = ("name", "display_name", "displayName", "label", "id")

# What stands for a sign in the words of some published corpora.
STAND_INS: dict[str, str] = {"_comma_": ","}

# Tables with one row per session; the names of its id are those of `session_id` above.
METADATA_NAMES: dict[str, tuple[str, ...]] = {
    "therapist": (
        "therapist", "therapist_id", "therapist_code", "clinician", "clinician_id", "counselor",
        "counselor_id", "counsellor", "counsellor_id", "provider", "provider_id", "practitioner",
        "practitioner_id",
    ),
    "case": (
        "case", "case_id", "case_number", "client", "client_id", "client_code", "patient",
        "patient_id", "patient_code", "dyad", "dyad_id", "participant", "participant_id",
        "subject", "subject_id",
    ),
    "session_number": (
        "session_number", "session_no", "session_nr", "session_num", "session_index", "visit",
        "visit_number", "session",
    ),
}

# Tables that say who is who, with one row per speaker.
ROLE_TABLE_NAMES: dict[str, tuple[str, ...]] = {
    "file": ("file", "filename", "file_name", "path", "source", "document"),
    "session": NAMES["session_id"],
    "speaker": (*NAMES["speaker"], "label", "speaker_label"),
    "role": (*NAMES["role"], "side", "who_is_it", "type"),
}

# Cells without a value, in a column of outcomes; compared in lower case.
MISSING: frozenset[str] = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "."})
