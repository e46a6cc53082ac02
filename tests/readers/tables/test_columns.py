import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.measure.tables import UTTERANCES
from tsd.readers.tables.columns import map_columns, missing_columns
from tsd.readers.tables.columns_patterns import NAMES


@pytest.mark.parametrize("field", NAMES)
def test_a_field_is_found_under_its_own_name(field):
    assert map_columns([field])[field] == field


@pytest.mark.parametrize(("field", "alias"), [(f, a) for f in NAMES for a in NAMES[f]])
def test_every_listed_name_is_found_next_to_the_required_columns(field, alias):
    names = [n for n in ("session_id", "speaker", "text") if n != field] + [alias]
    assert map_columns(names)[field] == alias


@pytest.mark.parametrize(
    "name",
    ["Session ID", "session-id", "SESSION.ID", " session_id ", "\ufeffsession_id", "Session/ID"],
)
def test_case_spaces_and_punctuation_do_not_matter(name):
    assert map_columns([name, "speaker", "text"])["session_id"] == name


def test_the_columns_of_a_public_corpus_are_found():
    names = [
        "mi_quality",
        "transcript_id",
        "video_title",
        "video_url",
        "topic",
        "utterance_id",
        "interlocutor",
        "timestamp",
        "utterance_text",
        "annotator_id",
    ]
    assert map_columns(names) == {
        "session_id": "transcript_id",
        "utterance_id": "utterance_id",
        "speaker": "interlocutor",
        "text": "utterance_text",
        "start": "timestamp",
        "annotator": "annotator_id",
    }


def test_our_own_utterances_table_is_found():
    fields = ["session_id", "utterance_id", "speaker", "role", "start", "end", "label", "text"]
    assert map_columns(UTTERANCES.names) == {field: field for field in fields}


def test_utterance_holds_the_words_if_no_other_column_can():
    assert map_columns(["session", "turn", "speaker", "utterance"]) == {
        "session_id": "session",
        "utterance_id": "turn",
        "speaker": "speaker",
        "text": "utterance",
    }


def test_utterance_is_the_number_next_to_a_column_of_words():
    found = map_columns(["utterance", "speaker", "text"])
    assert (found["utterance_id"], found["text"]) == ("utterance", "text")


def test_transcript_is_the_session_next_to_a_column_of_words():
    found = map_columns(["transcript", "speaker", "text"])
    assert (found["session_id"], found["text"]) == ("transcript", "text")


def test_transcript_holds_the_words_if_no_other_column_can():
    found = map_columns(["transcript", "speaker"])
    assert found == {"text": "transcript", "speaker": "speaker"}


def test_of_two_names_for_a_field_the_first_listed_wins():
    assert map_columns(["name", "speaker", "text"])["speaker"] == "speaker"


def test_of_two_spellings_of_a_name_the_first_column_wins():
    assert map_columns(["Text", "text", "speaker"])["text"] == "Text"


def test_other_columns_are_ignored():
    assert map_columns(["speaker", "text", "mood", "words_per_minute", ""]) == {
        "speaker": "speaker",
        "text": "text",
    }


@given(st.lists(st.sampled_from(sorted({a for each in NAMES.values() for a in each} | {"x"}))))
def test_no_column_is_used_for_two_fields_and_every_one_exists(names):
    found = map_columns(names)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(names)
    assert set(found) <= set(NAMES)


def test_nothing_is_missing_with_words_and_speaker():
    assert missing_columns(["text", "who"]) is None


def test_a_role_replaces_a_speaker():
    assert missing_columns(["text", "role"]) is None


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (
            ["speaker", "said"],
            "no column for the words (such as 'text', 'utterance_text', 'utterance'); the "
            "columns are 'speaker', 'said'. Rename a column.",
        ),
        (
            ["text", "voice"],
            "no column for the speaker (such as 'speaker', 'speaker_id', 'speaker_name', "
            "'interlocutor'); the columns are 'text', 'voice'. Rename a column.",
        ),
        (
            ["a", "b"],
            "no column for the words (such as 'text', 'utterance_text', 'utterance') or the "
            "speaker (such as 'speaker', 'speaker_id', 'speaker_name', 'interlocutor'); the "
            "columns are 'a', 'b'. Rename a column.",
        ),
    ],
)
def test_a_missing_column_is_reported_with_possible_names_and_those_found(names, message):
    assert missing_columns(names) == message


@pytest.mark.parametrize("name", ["Start time (s)", "Start [s]", "start (seconds)"])
def test_a_unit_in_brackets_does_not_hide_a_column(name):
    assert map_columns(["speaker", "text", name])["start"] == name
