"""Speaker names that show the speaker's role. Edit freely.

Compared in lower case, without brackets, numbers and punctuation: "[Therapist 2]" is
"therapist". One-letter names count only as the whole name.
"""

# fmt: off

THERAPIST: frozenset[str] = frozenset(
    {
        "t", "th", "ther", "thp", "therapist", "psychotherapist", "co therapist", "cotherapist",
        "counselor", "counsellor", "school counselor", "school counsellor", "clinician",
        "psychologist", "psychiatrist", "psychoanalyst", "analyst", "doctor", "dr", "physician",
        "gp", "nurse", "pharmacist", "provider", "practitioner", "social worker",
        "case manager", "health coach", "coach", "recovery coach", "facilitator", "interviewer",
        "helper", "supporter", "peer supporter", "peer support worker", "volunteer", "listener",
        "advisor", "adviser", "probation officer", "caseworker", "interventionist",
        "trainee therapist",
    }
)

CLIENT: frozenset[str] = frozenset(
    {
        "c", "cl", "cli", "client", "p", "pt", "pat", "patient", "participant", "interviewee",
        "caller", "seeker", "help seeker", "helpseeker", "service user", "student", "pupil",
        "veteran", "resident", "coachee", "texter", "visitor", "member", "group member",
        "husband", "wife", "spouse", "partner", "mother", "father", "mom", "mum", "dad",
        "parent", "son", "daughter", "child", "teen", "adolescent", "brother", "sister",
        "boyfriend", "girlfriend", "fiance", "fiancee", "male client", "female client",
        "identified patient",
    }
)

OTHER: frozenset[str] = frozenset(
    {
        "o", "other", "interpreter", "translator", "observer", "supervisor", "narrator",
        "receptionist", "transcriber", "recording", "moderator note", "all", "both", "multiple",
        "unidentified", "unknown speaker", "audio", "video", "system",
    }
)

# A name that begins with one of these words is a therapist's: "Dr. Weiss".
THERAPIST_TITLES: frozenset[str] = frozenset(
    {"dr", "doctor", "nurse", "therapist", "counselor", "counsellor", "clinician", "coach"}
)

# These also count in lower case: "dr weiss".
ABBREVIATED_TITLES: frozenset[str] = frozenset({"dr"})

# A name that begins with one of these words is a client's: "Client Anna".
CLIENT_TITLES: frozenset[str] = frozenset({"client", "patient", "participant", "caller"})

# Names that show no role if both are in a session without a clear therapist: C may be the
# client or the clinician, P the patient or the provider.
AMBIGUOUS_TOGETHER: tuple[frozenset[str], ...] = (frozenset({"c", "p"}),)
