import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.measure.talks_by_hand import C, O, T, U, doc, turns
from tsd.measure.session import analyze
from tsd.measure.tables import DISCLOSURES, SESSIONS, UTTERANCES
from tsd.schema import Label
from tsd.settings import Measuring

TRAINED, ALSO, PRIVATE = Label.TRAINING, Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS
MEASURED = SESSIONS.names[SESSIONS.names.index("disclosures") : SESSIONS.names.index("focus_test")]
"""What is missing when there is no therapist."""

few = runs(max_examples=60, deadline=None)


def summary(*utterances, measuring=None, **times):
    return analyze(doc(*utterances, **times), measuring).summary


def hand_made():
    """Two therapist utterances of three hold disclosures, one of them two; 30 s by timestamps."""
    return doc(
        (T, "Yes. I trained in Leeds. Hm. I was sad too.",
         [("I trained in Leeds.", TRAINED), ("I was sad too.", ALSO)]),
        (C, "Oh, I see."),
        (O, "Time is up."),
        (T, "I have two sons.", True),
        (C, "Me too."),
        (T, "Good."),
        starts=[0, 10, 14, 16, 24, 28],
        ends=[10, 14, 16, 24, 28, 30],
        session_id="s1",
        source="s1.csv",
    )  # fmt: skip


@pytest.fixture(scope="module")
def result():
    return analyze(hand_made())


# --- the session's row


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("session_id", "s1"),
        ("source", "s1.csv"),
        ("utterances", 6),
        ("therapist_utterances", 3),
        ("client_utterances", 2),
        ("therapist_words", 15),
        ("client_words", 5),
        ("talk_time_basis", "timestamps"),
        ("therapist_seconds", 20.0),
        ("client_seconds", 8.0),
        ("session_seconds", 30.0),
        ("therapist_talk_share", 20 / 28),
        ("disclosures", 3),
        ("disclosing_utterances", 2),
        ("disclosures_training", 2),
        ("disclosures_similar_challenge", 1),
        ("disclosures_personal_details", 0),
        ("disclosures_per_100", 200 / 3),
        ("disclosures_per_hour", 360.0),
        ("disclosure_words", 12),
        ("disclosure_seconds", 10 * 4 / 10 + 10 * 4 / 10 + 8),
        ("disclosure_word_share", 12 / 15),
        ("episodes", 1),
    ],
)
def test_the_numbers_of_a_session(result, column, value):
    if isinstance(value, float):
        assert result.summary[column] == pytest.approx(value)
    else:
        assert result.summary[column] == value


def test_the_row_has_every_column(result):
    assert set(result.summary) == set(SESSIONS.names)


def test_focus_shift_is_that_of_the_definition():
    found = summary((C, 80), (T, 20), (T, 10, True), (C, 60), (T, 40))
    assert found["focus_shift"] == pytest.approx(0.2)


def test_two_disclosures_in_one_utterance_count_once_per_100():
    parts = [("I trained.", TRAINED), ("Me too.", ALSO)]
    found = summary((T, "I trained. Hm. Me too.", parts), (T, "Hm."))
    assert (found["disclosures"], found["disclosures_per_100"]) == (2, 50.0)


def test_utterances_of_others_are_not_in_the_share_nor_in_the_rate():
    found = summary((T, 10, True), (C, 10), (O, 500), (U, 500))
    assert found["therapist_talk_share"] == 0.5
    assert found["disclosures_per_100"] == 100.0
    assert found["utterances"] == 4


def test_the_whole_talk_is_the_length_of_the_session_for_the_rate_per_hour():
    found = summary((T, 150, True), (C, 150), (O, 150))  # three minutes
    assert found["disclosures_per_hour"] == pytest.approx(20.0)


# --- the basis of talk time


def test_share_by_starts_with_gaps_cut_at_60_words_a_minute():
    # therapist: 10 words, gap 100 s, cut to 10 s; client: 5 words, the last: 2 s
    found = summary((T, 10), (C, 5), starts=[0, 100])
    assert found["talk_time_basis"] == "starts"
    assert found["therapist_talk_share"] == pytest.approx(10 / 12)


def test_share_by_words():
    found = summary((T, 30), (C, 10))
    assert found["talk_time_basis"] == "words"
    assert found["therapist_talk_share"] == 0.75


def test_the_settings_reach_every_part():
    options = Measuring(words_per_minute=60, focus_window=50, focus_minimum=30)
    found = summary((C, 60), (T, 30, True), (C, 29), measuring=options)
    assert found["session_seconds"] == 119.0
    assert math.isnan(found["focus_shift"])


# --- missing is missing


def test_without_a_therapist_nothing_about_disclosures_is_known():
    found = summary((C, 40), (C, 40))
    assert all(math.isnan(found[column]) for column in MEASURED)
    assert found["focus_test"] == "not tested: no therapist was recognized"
    assert math.isnan(found["therapist_turns"])
    assert math.isnan(found["floor_client"])


@pytest.mark.parametrize("role", [O, U])
def test_with_unknown_roles_the_talk_share_is_missing(role):
    assert math.isnan(summary((role, 40), (role, 40))["therapist_talk_share"])


def test_without_a_therapist_the_talk_share_is_missing():
    assert math.isnan(summary((C, 40), (U, 40))["therapist_talk_share"])


def test_no_disclosure_is_a_true_0():
    found = summary((C, 100), (T, 10), (C, 100))
    for column in ("disclosures", "disclosures_per_100", "disclosures_per_hour", "episodes"):
        assert found[column] == 0
    assert found["disclosure_words"] == 0


def test_without_a_disclosure_focus_shift_is_missing():
    assert math.isnan(summary((C, 100), (T, 10), (C, 100))["focus_shift"])


def test_with_too_few_words_on_a_side_focus_shift_is_missing():
    assert math.isnan(summary((C, 19), (T, 10, True), (C, 100))["focus_shift"])


def test_without_any_word_shares_and_rates_per_hour_are_missing():
    found = summary((T, "..."), (C, "!"))
    for column in ("therapist_talk_share", "disclosures_per_hour", "disclosure_word_share"):
        assert math.isnan(found[column])
    assert found["disclosures_per_100"] == 0


def test_nothing_is_tested_when_nothing_is_testable():
    found = summary((C, 10), (T, 10, True), (C, 10))
    assert math.isnan(found["focus_shift_adjusted"])
    assert math.isnan(found["focus_shift_p"])


# --- one utterance, other scripts


def test_a_session_of_one_disclosing_utterance():
    found = summary((T, 30, True))
    assert (found["disclosures"], found["disclosures_per_100"]) == (1, 100.0)
    assert math.isnan(found["therapist_talk_share"])
    assert found["disclosure_word_share"] == 1.0
    assert math.isnan(found["focus_shift"])


def test_a_session_in_another_script():
    found = summary((C, "Как вы с этим справились ?"), (T, "Я тоже развёлся .", True))
    assert (found["client_words"], found["therapist_words"]) == (5, 3)
    assert found["disclosure_words"] == 3


def test_an_emoji_may_disclose_without_words():
    found = analyze(doc((C, "😀?"), (T, "😀", True)))
    assert found.summary["disclosures"] == 1
    assert found.disclosures["words"].tolist() == [0]
    assert found.disclosures["seconds"].tolist() == [0.0]


# --- the rows of disclosures


def test_disclosures_have_every_column(result):
    assert tuple(result.disclosures.columns) == DISCLOSURES.names


def test_disclosures_have_words_and_their_part_of_the_seconds(result):
    assert result.disclosures["words"].tolist() == [4, 4, 4]
    assert result.disclosures["seconds"].tolist() == [4.0, 4.0, 8.0]


def test_disclosures_say_where_their_words_are(result):
    rows = result.disclosures.to_dict("records")
    texts = result.utterances["text"]
    for row in rows:
        assert texts[row["utterance"]][row["start_char"] : row["end_char"]] == row["text"]
    assert [row["utterance"] for row in rows] == [0, 0, 3]
    assert [row["label"] for row in rows] == ["training", "similar_challenge", "training"]


def test_without_a_model_probabilities_are_missing(result):
    columns = ["p_disclosure", "p_training", "p_similar_challenge", "p_personal_details"]
    assert result.disclosures[columns].isna().all(axis=None)


def test_cues_are_a_list():
    made = doc((T, "I trained.", True))
    made.spans["disclosures"][0]._.cues = ("own role", "own life")
    assert analyze(made).disclosures["cues"].tolist() == [["own role", "own life"]]


def test_focus_of_each_disclosure_is_in_its_row():
    found = analyze(doc((C, 100), (T, 9, True), (T, 50), (C, 50))).disclosures
    row = found.to_dict("records")[0]
    assert (row["episode"], row["client_share_before"], row["client_share_after"]) == (0, 1.0, 0.5)
    assert row["focus_shift"] == 0.5
    assert math.isnan(row["focus_shift_adjusted"])
    assert row["focus_test"] == "not tested: fewer than 8 comparable stretches"
    assert (row["asked"], row["addressed"], row["client_resumed"]) == (False, False, False)
    assert math.isnan(row["asked_base"])
    assert found["turns_to_return"].isna().all()


def test_without_a_client_it_is_empty_whether_they_resume():
    found = analyze(doc((T, 9, True), (T, 50))).disclosures
    assert found[["asked", "addressed"]].to_numpy().tolist() == [[False, False]]
    assert found["client_resumed"][0] is pd.NA


def test_a_session_without_disclosures_has_an_empty_table_with_every_column():
    found = analyze(doc((T, "Hm."))).disclosures
    assert len(found) == 0
    assert tuple(found.columns) == DISCLOSURES.names


# --- the rows of utterances


def test_utterances_have_every_column_and_every_utterance(result):
    assert tuple(result.utterances.columns) == UTTERANCES.names
    assert result.utterances["utterance"].tolist() == list(range(6))
    assert result.utterances["role"].tolist() == [
        *("therapist", "client", "other", "therapist", "client", "therapist")
    ]


def test_utterances_say_whether_they_hold_a_disclosure(result):
    assert result.utterances["is_disclosure"].tolist() == [True, False, False, True, False, False]


def test_only_therapist_utterances_have_a_label(result):
    assert result.utterances["label"].tolist() == [
        "similar_challenge",
        "",
        "",
        "training",
        "",
        "none",
    ]


def test_the_label_of_an_utterance_is_that_of_most_disclosing_words():
    parts = [("I trained.", TRAINED), ("I was very sad too.", ALSO)]
    found = analyze(doc((T, "I trained. Hm. I was very sad too.", parts)))
    assert found.utterances["label"].tolist() == ["similar_challenge"]


def test_words_of_the_same_type_are_added_up():
    parts = [("I trained.", TRAINED), ("I have sons.", PRIVATE), ("I qualified.", TRAINED)]
    found = analyze(doc((T, "I trained. Hm. I have sons. Hm. I qualified.", parts)))
    assert found.utterances["label"].tolist() == ["training"]


def test_on_a_tie_similar_challenge_is_the_label():
    parts = [("I have sons.", PRIVATE), ("I was sad.", ALSO)]
    found = analyze(doc((T, "I have sons. Hm. I was sad.", parts)))
    assert found.utterances["label"].tolist() == ["similar_challenge"]


def test_unknown_times_are_missing():
    found = analyze(doc((T, "Hm."))).utterances
    assert found[["start", "end", "p_disclosure"]].isna().all(axis=None)


# --- what always holds


@few
@given(turns)
def test_every_share_is_between_0_and_1_or_missing(session):
    found = analyze(doc(*session))
    shares = [found.summary[name] for name in ("therapist_talk_share", "disclosure_word_share")]
    shares += found.disclosures["client_share_before"].tolist()
    shares += found.disclosures["client_share_after"].tolist()
    assert all(math.isnan(share) or 0 <= share <= 1 for share in shares)
    rate = found.summary["disclosures_per_100"]
    assert math.isnan(rate) or 0 <= rate <= 100


@few
@given(turns, st.data())
def test_more_words_of_others_change_no_share(session, data):
    position = data.draw(st.integers(0, len(session)))
    longer = [*session[:position], (O, data.draw(st.integers(0, 300))), *session[position:]]
    before, after = summary(*session), summary(*longer)
    for column in (
        *("therapist_talk_share", "disclosures_per_100", "disclosure_word_share"),
        *("disclosure_words", "disclosures", "focus_shift", "episodes"),
    ):
        assert after[column] == pytest.approx(before[column], nan_ok=True), column


@few
@given(turns)
def test_the_tables_agree_with_the_summary(session):
    found = analyze(doc(*session))
    row, utterances = found.summary, found.utterances
    therapist = utterances[utterances["role"] == "therapist"]
    assert row["therapist_words"] == therapist["words"].sum()
    assert row["therapist_seconds"] == pytest.approx(therapist["seconds"].sum())
    if row["therapist_utterances"]:
        assert row["disclosures"] == len(found.disclosures)
        assert row["disclosing_utterances"] == utterances["is_disclosure"].sum()
        assert row["disclosure_words"] == found.disclosures["words"].sum()


def test_disclosures_hold_no_more_words_than_their_utterance():
    parts = [("I was sad.", ALSO), ("I cried.Hm.", ALSO)]
    found = summary((T, "I was sad.Ok.I cried.Hm.", parts))
    assert found["disclosure_word_share"] <= 1


def test_an_utterance_that_ends_before_it_starts_has_no_negative_time():
    found = summary((T, 3), (C, 3), starts=[0, 10], ends=[5, 8])
    assert found["client_seconds"] >= 0


def test_the_result_shows_as_a_table_in_a_notebook(result):
    assert "disclosures_per_100" in result._repr_html_()
