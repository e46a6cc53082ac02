"""The names of columns in tables about sessions. Edit freely: the first match wins.

Compared in lower case, with spaces, dots and hyphens as underscores. The names of the column
`session_id` are in `columns_patterns`.
"""

# fmt: off

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

# Cells without a value, in a column of outcomes; compared in lower case.
MISSING: frozenset[str] = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "."})
