"""Speaker names that show the speaker's role. Edit freely.

Compared in lower case, without brackets, numbers and punctuation: "[Therapist 2]" is
"therapist". One-letter names count only as the whole name, and only beside another name that makes
them clear (`CLEAR_TOGETHER`). Who asks in an interview or answers calls for a service is on the
therapist's side.
"""

# fmt: off

THERAPIST: frozenset[str] = frozenset(
    {
        # English
        "t", "th", "ther", "thp", "therapist", "psychotherapist", "co therapist", "cotherapist",
        "co t", "cot", "counselor", "counsellor", "school counselor", "school counsellor",
        "clinician", "psychologist", "psychiatrist", "psychoanalyst", "analyst", "doctor", "dr",
        "doc", "physician", "gp", "general practitioner", "nurse", "midwife", "paramedic",
        "pharmacist", "dietitian", "dietician", "nutritionist", "chaplain", "provider",
        "practitioner", "social worker", "case manager", "case worker", "caseworker", "key worker",
        "keyworker", "support worker", "youth worker", "health worker", "health coach", "coach",
        "recovery coach", "life coach", "facilitator", "group leader", "helper", "supporter",
        "peer supporter", "peer support worker", "volunteer", "listener", "advisor", "adviser",
        "probation officer", "interventionist", "trainee therapist", "student therapist",
        "therapist in training", "mediator", "interviewer", "int", "intvr", "interv", "moderator",
        "mod", "researcher", "investigator", "inv", "agent", "representative", "customer service",
        "call taker", "operator",
        # German
        "therapeut", "therapeutin", "therapeut in", "psychotherapeut", "psychotherapeutin",
        "psychotherapeut in", "psychologe", "psychologin", "psycholog in", "psychiater",
        "psychiaterin", "arzt", "ärztin", "hausarzt", "hausärztin", "doktor", "berater",
        "beraterin", "berater in", "pfleger", "pflegerin", "krankenschwester", "sozialarbeiter",
        "sozialarbeiterin", "sozialpädagoge", "sozialpädagogin", "betreuer", "betreuerin",
        "behandler", "behandlerin", "cotherapeut", "cotherapeutin", "co therapeut",
        "co therapeutin", "ko therapeut", "ko therapeutin", "gesprächsleiter", "gesprächsleiterin",
        "gruppenleiter", "gruppenleiterin", "interviewerin", "interviewer in", "befrager",
        "befragerin", "moderatorin", "moderator in", "forscher", "forscherin", "versuchsleiter",
        "versuchsleiterin", "seelsorger", "seelsorgerin",
        # Dutch
        "therapeute", "psychotherapeute", "psycholoog", "hulpverlener", "hulpverleenster",
        "behandelaar", "begeleider", "begeleidster", "huisarts", "arts", "verpleegkundige",
        "maatschappelijk werker", "interviewster", "onderzoeker", "onderzoekster", "gespreksleider",
        # French
        "thérapeute", "psychothérapeute", "co thérapeute", "cothérapeute", "psychologue",
        "psychiatre", "psychanalyste", "analyste", "médecin", "docteur", "docteure", "infirmier",
        "infirmière", "conseiller", "conseillère", "intervenant", "intervenante",
        "travailleur social", "travailleuse sociale", "intervieweur", "intervieweuse", "enquêteur",
        "enquêtrice", "chercheur", "chercheuse", "modérateur", "modératrice", "animateur",
        "animatrice",
        # Spanish, Italian, Portuguese
        "terapeuta", "psicoterapeuta", "coterapeuta", "co terapeuta", "psicólogo", "psicóloga",
        "psicologo", "psicologa", "psiquiatra", "psichiatra", "psicoanalista", "psicanalista",
        "analista", "médico", "médica", "medico", "doctora", "doutor", "doutora", "dottore", "dott",
        "dra", "dottoressa", "enfermero", "enfermera", "enfermeiro", "enfermeira", "infermiere",
        "infermiera", "consejero", "consejera", "conselheiro", "conselheira", "orientador",
        "orientadora", "consulente", "trabajador social", "trabajadora social", "assistente social",
        "assistente sociale", "entrevistador", "entrevistadora", "intervistatore",
        "intervistatrice", "investigador", "investigadora", "pesquisador", "pesquisadora",
        "ricercatore", "ricercatrice", "moderador", "moderadora", "moderatore", "moderatrice",
        # Swedish, Danish, Norwegian, Finnish
        "terapeut", "psykoterapeut", "psykolog", "psykiater", "psykiatri", "läkare", "læge", "lege",
        "behandlare", "rådgivare", "rådgiver", "kurator", "sjuksköterska", "sygeplejerske",
        "sykepleier", "intervjuare", "intervjuer", "forskare", "forsker", "samtalsledare",
        "terapeutti", "psykoterapeutti", "psykologi", "lääkäri", "hoitaja", "ohjaaja",
        "haastattelija", "tutkija",
        # Polish, Czech
        "terapeutka", "psychoterapeuta", "psychoterapeutka", "psycholog", "psycholożka",
        "psychiatra", "lekarz", "lekarka", "pielęgniarka", "prowadzący", "prowadząca", "badacz",
        "badaczka", "moderatorka", "ankieter", "ankieterka", "psychoterapeut", "psycholožka",
        "psychiatr", "lékař", "lékařka", "poradce", "poradkyně", "tazatel", "tazatelka",
        "výzkumník", "výzkumnice",
        # Russian, Ukrainian
        "терапевт", "психотерапевт", "психотерапевтка", "котерапевт", "ко терапевт", "психолог",
        "психологиня", "психиатр", "психіатр", "врач", "доктор", "лікар", "лікарка", "консультант",
        "консультантка", "интервьюер", "інтерв юер", "інтерв юерка", "исследователь", "дослідник",
        "дослідниця", "модератор", "модераторка", "ведущий", "ведущая", "инт", "інт", "тер",
        # Turkish
        "terapist", "psikoterapist", "psikolog", "psikiyatrist", "psikolojik danışman", "danışman",
        "hekim", "hemşire", "görüşmeci", "araştırmacı", "moderatör",
        # Arabic
        "معالج", "المعالج", "معالجة", "المعالجة", "المعالج النفسي", "المعالجة النفسية", "طبيب",
        "الطبيب", "طبيبة", "الطبيبة", "مرشد", "المرشد", "المرشدة", "أخصائي", "الأخصائي", "أخصائية",
        "الأخصائية", "الباحث", "الباحثة", "المحاور", "المحاورة",
        # Hebrew
        "מטפל", "המטפל", "מטפלת", "המטפלת", "פסיכולוג", "פסיכולוגית", "פסיכיאטר", "פסיכיאטרית",
        "רופא", "רופאה", "יועץ", "יועצת", "מראיין", "מראיינת", "חוקר", "חוקרת", "מנחה",
        # Chinese
        "治疗师", "治療師", "心理治疗师", "心理治療師", "咨询师", "諮詢師", "心理咨询师",
        "心理諮詢師", "諮商師", "心理師", "諮商心理師", "咨询员", "辅导员", "輔導員", "医生",
        "醫生", "大夫", "医师", "醫師", "护士", "護士", "社工", "访谈者", "訪談者", "采访者",
        "採訪者", "访谈员", "訪談員", "主持人", "研究者", "研究员",
        # Japanese
        "セラピスト", "カウンセラー", "治療者", "療法士", "心理士", "臨床心理士", "公認心理師",
        "医師", "看護師", "面接者", "インタビュアー", "聞き手", "調査者", "司会",
        # Korean
        "상담자", "상담사", "상담원", "치료자", "치료사", "심리치료사", "의사", "간호사", "면담자",
        "면접자", "연구자", "진행자",
    }
)

CLIENT: frozenset[str] = frozenset(
    {
        # English
        "c", "cl", "cli", "client", "p", "pt", "pat", "patient", "participant", "interviewee",
        "respondent", "resp", "informant", "caller", "seeker", "help seeker", "helpseeker",
        "service user", "customer", "student", "pupil", "veteran", "resident", "inmate", "coachee",
        "texter", "visitor", "member", "group member", "group participant",
        "focus group participant", "family member", "husband", "wife", "spouse", "partner",
        "mother", "father", "mom", "mum", "dad", "parent", "stepmother", "stepfather",
        "grandmother", "grandfather", "son", "daughter", "child", "teen", "adolescent", "brother",
        "sister", "boyfriend", "girlfriend", "fiance", "fiancee", "carer", "caregiver",
        "male client", "female client", "identified patient",
        # German
        "klient", "klientin", "klient in", "kl", "klt", "patientin", "patient in", "befragter",
        "befragte", "befragte r", "befr", "interviewpartner", "interviewpartnerin", "interviewte",
        "interviewter", "interviewte r", "teilnehmer", "teilnehmerin", "teilnehmer in", "tn",
        "proband", "probandin", "versuchsperson", "ratsuchende", "ratsuchender", "gruppenmitglied",
        "ehemann", "ehefrau", "mutter", "vater", "sohn", "tochter", "anrufer", "anruferin",
        # Dutch
        "cliënt", "cliënte", "patiënt", "patiënte", "deelnemer", "deelneemster", "respondente",
        "geïnterviewde", "hulpvrager", "moeder", "vader", "zoon", "dochter",
        # French
        "cliente", "patiente", "enquêté", "enquêtée", "interviewé", "interviewée", "participante",
        "répondant", "répondante", "usager", "usagère", "mari", "épouse", "mère", "père",
        # Spanish, Italian, Portuguese
        "paciente", "paziente", "entrevistado", "entrevistada", "intervistato", "intervistata",
        "informante", "participantes", "partecipante", "usuario", "usuaria", "utente", "encuestado",
        "encuestada", "esposo", "esposa", "marido", "marito", "moglie", "madre", "padre", "mãe",
        "pai", "hijo", "hija", "filho", "filha", "figlio", "figlia",
        # Swedish, Danish, Norwegian, Finnish
        "pasient", "intervjuperson", "deltagare", "deltager", "deltaker", "interviewperson",
        "asiakas", "potilas", "haastateltava", "osallistuja", "hustru", "äiti", "isä",
        # Polish, Czech
        "klientka", "pacjent", "pacjentka", "respondentka", "badany", "badana", "uczestnik",
        "uczestniczka", "rozmówca", "rozmówczyni", "mąż", "żona", "matka", "ojciec", "pacient",
        "pacientka", "dotazovaný", "dotazovaná", "účastník", "účastnice", "manžel", "manželka",
        # Russian, Ukrainian
        "клиент", "клиентка", "клієнт", "клієнтка", "пациент", "пациентка", "пацієнт", "пацієнтка",
        "респондент", "респондентка", "информант", "інформант", "участник", "участница", "учасник",
        "учасниця", "кл", "пац", "респ", "муж", "жена", "мать", "отец", "чоловік", "дружина",
        # Turkish
        "danışan", "hasta", "müşteri", "katılımcı", "görüşülen", "anne", "baba",
        # Arabic
        "عميل", "العميل", "عميلة", "العميلة", "مريض", "المريض", "مريضة", "المريضة", "مراجع",
        "المراجع", "المراجعة", "المسترشد", "المسترشدة", "مشارك", "المشارك", "مشاركة", "المشاركة",
        "المبحوث",
        # Hebrew
        "מטופל", "המטופל", "מטופלת", "המטופלת", "לקוח", "לקוחה", "פציינט", "פציינטית", "חולה",
        "מרואיין", "מרואיינת", "משתתף", "משתתפת", "נבדק", "נבדקת",
        # Chinese
        "来访者", "來訪者", "来访", "個案", "个案", "案主", "当事人", "當事人", "求助者", "患者",
        "病人", "受访者", "受訪者", "被访者", "被訪者", "参与者", "參與者", "丈夫", "妻子",
        # Japanese
        "クライエント", "クライアント", "相談者", "来談者", "対象者", "参加者", "協力者", "回答者",
        "語り手",
        # Korean
        "내담자", "환자", "참여자", "연구참여자", "참가자", "응답자", "고객", "피면담자",
    }
)

OTHER: frozenset[str] = frozenset(
    {
        "o", "other", "interpreter", "interp", "translator", "observer", "supervisor", "narrator",
        "receptionist", "transcriber", "recording", "moderator note", "all", "both", "multiple",
        "multiple speakers", "everyone", "audio", "video", "system", "dolmetscher", "dolmetscherin",
        "übersetzer", "übersetzerin", "beobachter", "beobachterin", "alle", "beide", "tolk",
        "vertaler", "observator", "interprète", "traducteur", "traductrice", "observateur",
        "observatrice", "tous", "intérprete", "traductor", "traductora", "tradutor", "tradutora",
        "interprete", "traduttore", "traduttrice", "osservatore", "todos", "tulkki", "tłumacz",
        "tłumaczka", "tlumočník", "tlumočnice", "переводчик", "переводчица", "перекладач",
        "перекладачка", "tercüman", "çevirmen", "مترجم", "المترجم", "مترجمة", "المترجمة", "מתורגמן",
        "מתורגמנית", "翻译", "翻譯", "口译员", "通訳", "통역", "통역사",
    }
)

# Words for a speaker whom nobody could make out: neither side, not even by elimination.
UNKNOWN_SPEAKERS: frozenset[str] = frozenset(
    {
        "unknown", "unk", "unknown speaker", "unknown person", "unknown male", "unknown female",
        "unknown voice", "unidentified", "unidentified speaker", "unidentified person",
        "unidentified male", "unidentified female", "unidentified voice", "unrecognized",
        "unrecognized speaker", "undetermined", "undetermined speaker", "inaudible", "unclear",
        "unintelligible", "unattributed", "no speaker", "not identified", "n a", "na", "none",
        "unbekannt", "unbekannter sprecher", "unbekannte sprecherin", "unbekannte person",
        "unverständlich", "onbekend", "inconnu", "inconnue", "desconocido", "desconocida",
        "desconhecido", "desconhecida", "sconosciuto", "sconosciuta", "okänd", "ukjent", "ukendt",
        "tuntematon", "nieznany", "nieznana", "neznámý", "неизвестный", "неизвестная", "неизвестно",
        "невідомий", "невідома", "bilinmeyen", "غير معروف", "مجهول", "לא ידוע", "未知", "不明",
        "알 수 없음",
    }
)

# With a question mark ("Speaker ?"), these are unknown speakers, too; with a number they are not.
WITH_A_QUESTION_MARK: frozenset[str] = frozenset(
    {"", "speaker", "spk", "person", "voice", "male", "female", "man", "woman", "sprecher", "s"}
)

# A name that begins with one of these words is a therapist's: "Dr. Weiss".
THERAPIST_TITLES: frozenset[str] = frozenset(
    {
        "dr", "doctor", "nurse", "therapist", "counselor", "counsellor", "clinician", "coach",
        "interviewer", "moderator", "facilitator", "therapeut", "therapeutin", "dra", "dott",
        "psychologist",
    }
)

# These also count in lower case: "dr weiss".
ABBREVIATED_TITLES: frozenset[str] = frozenset({"dr", "dra", "dott"})

# A name that begins with one of these words is a client's: "Client Anna".
CLIENT_TITLES: frozenset[str] = frozenset(
    {
        "client", "patient", "participant", "caller", "interviewee", "respondent", "klient",
        "klientin", "patientin",
    }
)

# A name has these roles only if both words, or both letters, are in the session: the first is on
# the therapist's side, the second is a client.
CLEAR_TOGETHER: tuple[tuple[str, str], ...] = (
    ("t", "c"), ("t", "p"), ("t", "k"), ("t", "cl"), ("t", "kl"), ("t", "pt"), ("th", "c"),
    ("th", "p"), ("th", "k"), ("i", "r"), ("i", "p"), ("i", "b"), ("i", "ip"), ("iv", "ip"),
    ("iv", "b"), ("int", "b"), ("int", "r"), ("int", "ip"), ("int", "iv"), ("d", "p"), ("dr", "p"),
    ("q", "a"), ("question", "answer"), ("frage", "antwort"), ("pregunta", "respuesta"),
    ("domanda", "risposta"), ("pergunta", "resposta"), ("host", "guest"), ("т", "к"), ("т", "п"),
    ("в", "о"),
)  # fmt: skip

# The interviewer, or in a session that has a therapist besides, maybe the interpreter.
UNCLEAR_BESIDE_A_THERAPIST: frozenset[str] = frozenset({"int", "инт", "інт"})

# "Family therapist" is the name of a role; with one of these before the last word it is none.
NOT_BEFORE_A_ROLE: frozenset[str] = frozenset(
    {
        "a", "an", "the", "my", "your", "his", "her", "our", "their", "this", "that", "no", "some",
        "any", "each", "every", "both", "new", "old", "dear", "and", "or", "of", "for", "with",
        "to", "not", "mein", "meine", "der", "die", "das", "mon", "ma", "le", "la", "el", "mi",
        "il", "o",
    }
)
