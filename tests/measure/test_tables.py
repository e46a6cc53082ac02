import pytest

from tsd.measure.tables import (
    DISCLOSURE_COLUMNS,
    PROBLEM_COLUMNS,
    SESSION_COLUMNS,
    UTTERANCE_COLUMNS,
)

# --- the columns that other programs rely on (section 5 of the design)


@pytest.mark.parametrize(
    ("columns", "promised"),
    [
        (
            UTTERANCE_COLUMNS,
            "session_id utterance utterance_id speaker role start end words seconds p_disclosure "
            "is_disclosure label text",
        ),
        (
            DISCLOSURE_COLUMNS,
            "session_id utterance start_char end_char text label p_disclosure p_training "
            "p_similar_challenge p_personal_details words seconds cues episode "
            "client_share_before client_share_after focus_shift turns_to_return returned",
        ),
        (
            SESSION_COLUMNS,
            "session_id source utterances therapist_utterances client_utterances "
            "therapist_words client_words talk_time_basis therapist_talk_share disclosures "
            "disclosures_per_100 disclosure_words focus_shift focus_shift_centred focus_shift_p",
        ),
        (PROBLEM_COLUMNS, "path line session_id severity message"),
    ],
)
def test_the_promised_columns_exist_in_the_promised_order(columns, promised):
    assert [column for column in columns if column in promised.split()] == promised.split()
