import numpy as np
import pandas as pd
import pytest

from tests.measure.talks_by_hand import C, T, doc
from tsd.measure import tables
from tsd.measure.corpus import Known, gather
from tsd.measure.session import analyze
from tsd.schema import Label, Problem, Severity


def measured(*utterances, session_id):
    return analyze(doc(*utterances, session_id=session_id))


@pytest.fixture(scope="module")
def often():
    """Two disclosures in two therapist utterances; 300 words are two minutes; shift 1."""
    session = [(C, 100), (T, 40, True), (T, 100), (C, 40), (T, 20, True)]
    return measured(*session, session_id="often")


@pytest.fixture(scope="module")
def never():
    """Eight therapist utterances without a disclosure; 100 words."""
    return measured((C, 20), *[(T, 10)] * 8, session_id="never")


@pytest.fixture(scope="module")
def alone():
    """Nobody is the therapist."""
    return measured((C, 50), session_id="alone")


@pytest.fixture(scope="module")
def corpus(often, never, alone):
    return gather([often, never, alone], [])


# --- the tables


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.name)
def test_the_tables_have_every_column_in_order_with_and_without_sessions(corpus, table):
    for measures in (corpus, gather([], [])):
        assert tuple(getattr(measures, table.name).columns) == table.names


def test_the_rows_are_in_the_order_of_the_sessions(corpus):
    assert corpus.sessions["session_id"].tolist() == ["often", "never", "alone"]
    assert corpus.utterances["session_id"].drop_duplicates().tolist() == ["often", "never", "alone"]
    assert corpus.utterances.index.tolist() == list(range(5 + 9 + 1))


def test_counts_stay_whole_numbers_next_to_missing_ones(corpus):
    disclosures = corpus.sessions["disclosures"]
    assert disclosures.tolist()[:2] == [2, 0]
    assert disclosures[2] is pd.NA
    assert corpus.sessions.to_csv(columns=["disclosures"], index=False).split() == [
        *("disclosures", "2", "0", '""')
    ]


def test_turns_to_return_are_whole_numbers_next_to_missing_ones(corpus):
    turns = corpus.disclosures["turns_to_return"]
    assert str(turns.dtype) == "Int64"
    assert turns.isna().tolist() == [True, True]


def test_disclosures_of_sessions_with_and_without_probabilities_are_in_one_table(often):
    made = doc((T, "I trained.", True), session_id="scored")
    made.spans["disclosures"][0]._.p_disclosure = 0.9
    for name in ("p_training", "p_similar_challenge", "p_personal_details"):
        made.spans["disclosures"][0]._.set(name, 0.3)
    table = gather([often, analyze(made)], []).disclosures
    assert table["p_disclosure"].isna().tolist() == [True, True, False]
    assert table["p_disclosure"].dtype == float


def test_problems_are_one_row_each():
    problems = [
        Problem("No times.", Severity.WARNING, "a.csv", 3, "s1"),
        Problem("Cannot be read.", path="b.csv"),
    ]
    table = gather([], problems).problems
    assert table["severity"].tolist() == ["warning", "error"]
    assert table["message"].tolist() == ["No times.", "Cannot be read."]
    assert table["line"].tolist() == [3, pd.NA]


# --- the summary


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sessions", 3),
        ("sessions_measured", 2),
        ("sessions_with_disclosure", 1),
        ("utterances", 15),
        ("therapist_utterances", 11),
        ("disclosures", 2),
        ("disclosures_training", 2),
        ("disclosures_similar_challenge", 0),
        ("disclosures_per_session", 1.0),
        ("disclosures_per_100", 100 * 2 / 11),
        ("disclosures_per_1000_words", 1000 * 2 / 240),
        ("disclosures_per_hour", 2 / (400 / 150 / 60)),
        ("median_disclosure_words", 30.0),
        ("longest_disclosure_words", 40.0),
        ("disclosure_word_share", 60 / 240),
        ("focus_shift", 1.0),
        ("focus_shift_sessions", 1),
        ("focus_shift_tested", None),
    ],
)
def test_the_numbers_of_a_corpus(corpus, name, value):
    assert corpus.summary[name] == pytest.approx(value)


def test_rates_are_pooled_over_the_corpus_not_averaged_over_sessions(often, never):
    found = gather([often, never], []).summary
    assert found["disclosures_per_100"] == pytest.approx(100 * 2 / 11)
    by_session = (often.summary["disclosures_per_100"] + 0) / 2
    assert found["disclosures_per_100"] != pytest.approx(by_session)


def test_focus_shift_is_the_mean_over_sessions_that_have_one(often, never):
    away = measured((T, 100), (T, 9, True), (C, 50), (T, 50), session_id="away")  # -0.5
    found = gather([often, never, away], []).summary
    assert found["focus_shift"] == pytest.approx(0.25)
    assert found["focus_shift_sessions"] == 2


def test_the_raw_shift_of_what_was_tested_is_over_the_same_episodes():
    """Of the two episodes of a session only the second has full windows on both sides."""
    turns = [(C, 30), (T, 9, True), *[(T, 10), (C, 20)] * 30, (C, 30), (T, 10, True)]
    tested = measured(*turns, *[(T, 10), (C, 20)] * 30, session_id="tested")
    never = measured((C, 100), (T, 9, True), (T, 50), (C, 50), session_id="short")  # raw .5
    corpus = gather([tested, never], [])
    rows = corpus.disclosures[corpus.disclosures["focus_test"] == "tested"]
    assert corpus.summary["focus_tested"] == len(rows) == 1
    assert corpus.summary["focus_sessions_tested"] == 1
    sessions = corpus.sessions.set_index("session_id")
    shift = rows["focus_shift"].iloc[0]
    assert sessions.loc["tested", "focus_shift_tested"] == pytest.approx(shift)
    assert sessions.loc["tested", "focus_shift"] != pytest.approx(shift)
    assert np.isnan(sessions.loc["short", "focus_shift_tested"])
    assert corpus.summary["focus_shift_tested"] == pytest.approx(shift)
    assert corpus.summary["focus_shift_sessions"] == 2


def test_a_session_without_a_client_is_not_one_in_which_they_do_not_resume():
    back = measured((C, 9), (T, 9, True), (C, 9), session_id="back")
    alone = measured((T, 9, True), *[(T, 9)] * 9, session_id="alone")
    found = gather([back, alone], []).summary
    assert (found["client_resumed_share"], found["client_resumed_known"]) == (1, 1)
    only = gather([alone], [])
    assert only.summary["client_resumed_share"] is None
    assert only.summary["returns_compared"] == 0
    assert only.summary["asked_share"] == 0


def test_talk_share_is_the_mean_over_sessions(often, never):
    found = gather([often, never], []).summary
    assert found["therapist_talk_share"] == pytest.approx((160 / 300 + 80 / 100) / 2)


def test_a_session_without_a_therapist_does_not_pull_the_talk_share_down(corpus, often, never):
    without = gather([often, never], []).summary
    assert corpus.summary["therapist_talk_share"] == without["therapist_talk_share"]


def test_the_facts_about_the_return_are_over_disclosures():
    back = measured((T, 9, True), (C, 9), (T, "And you?"), session_id="back")
    not_back = measured((C, 9), (T, 9, True), session_id="not")
    found = gather([back, not_back], []).summary
    assert [found[f"{fact}_share"] for fact in ("asked", "addressed", "client_resumed")] == [
        0.5
    ] * 3
    assert found["asked_base_share"] is None
    assert (found["returns_compared"], found["asked_compared_share"]) == (0, None)


def test_base_rates_and_facts_are_compared_over_the_same_disclosures():
    # the first is one of nine utterances of five words; nothing is like the second
    like = [(C, 9), (T, 5)] * 8
    session = measured(
        (T, 5, True), *like, (C, 9), (T, 50, True), (C, 30), (T, "Oh?"), session_id="s"
    )
    found = gather([session], []).summary
    assert found["returns_compared"] == 1
    assert found["asked_share"] == 0.5
    assert found["asked_compared_share"] == 0


def test_disclosures_in_tested_episodes_are_counted_by_type(corpus):
    assert corpus.summary["focus_tested"] == 0
    assert corpus.summary["focus_tested_training"] == 0


def short(session_id):
    """Make a session with 20 stretches, and one disclosure among them."""
    turns = [((T, 10, True) if n == 9 else (T, 10), (C, 5 + 6 * n % 31)) for n in range(20)]
    between = [each for pair in turns for each in pair]
    return measured((C, 100), *between, (C, 100), session_id=session_id)


def test_short_sessions_share_their_slopes():
    one, two = short("one"), short("two")
    alone = gather([one], [])
    reason = "not tested: fewer than 30 places to compare with, here and in other short sessions"
    assert alone.sessions["focus_test"].tolist() == [reason]
    assert alone.disclosures["focus_test"].tolist() == [reason]
    together = gather([one, two], [])
    assert together.sessions["focus_test"].tolist() == ["tested", "tested"]
    assert together.disclosures["focus_test"].tolist() == ["tested", "tested"]
    assert together.summary["focus_tested_training"] == 2
    shown = together.sessions["focus_shift_adjusted"].tolist()
    assert together.disclosures["focus_shift_adjusted"].tolist() == shown
    assert np.isfinite(shown).all()


def test_the_order_of_short_sessions_changes_nothing():
    one, two = short("one"), short("two")
    forward, backward = gather([one, two], []).sessions, gather([two, one], []).sessions
    pd.testing.assert_frame_equal(forward, backward[::-1].reset_index(drop=True))


def test_sessions_without_a_therapist_are_in_no_rate(often, alone):
    with_, without = gather([often, alone], []).summary, gather([often], []).summary
    for name in ("disclosures_per_session", "disclosures_per_100", "disclosures_per_hour"):
        assert with_[name] == without[name]


RATES = (
    *("disclosures_per_session", "disclosures_per_100", "disclosures_per_hour"),
    *("median_disclosure_words", "longest_disclosure_words", "disclosure_word_share"),
    *("focus_shift", "asked_share", "disclosures_per_1000_words"),
)


def test_without_a_measured_session_every_rate_is_missing(alone):
    found = gather([alone], []).summary
    assert [name for name in RATES if found[name] is not None] == []
    assert (found["sessions"], found["sessions_measured"]) == (1, 0)


def test_an_empty_corpus_has_a_summary():
    found = gather([], []).summary
    assert [name for name in RATES if found[name] is not None] == []
    assert (found["sessions"], found["disclosures"]) == (0, 0)
    assert found["therapist_talk_share"] is None


def test_without_disclosures_rates_are_0_and_lengths_missing(never):
    found = gather([never], []).summary
    assert (found["disclosures_per_100"], found["disclosures_per_session"]) == (0, 0)
    assert found["median_disclosure_words"] is None
    assert found["asked_share"] is None


def test_the_summary_is_made_of_plain_values(corpus):
    plain = (int, float, str, type(None))
    assert all(type(value) in plain for value in corpus.summary.values())


def test_types_are_counted_separately():
    parts = [("I trained.", Label.TRAINING), ("Me too.", Label.SIMILAR_CHALLENGE)]
    found = gather([measured((T, "I trained. Hm. Me too.", parts), session_id="a")], []).summary
    assert (found["disclosures_training"], found["disclosures_similar_challenge"]) == (1, 1)


def test_the_result_shows_as_a_table_in_a_notebook(corpus):
    assert "often" in corpus._repr_html_()


# --- what is known besides the words


def test_metadata_are_in_the_table_of_sessions(often, never):
    columns = {
        "therapist": {"often": "T1", "never": "T2"},
        "session_number": {"often": 3},
        "alliance": {"often": 4.5, "never": 3.0},
    }
    table = gather([often, never], [], known=Known(columns)).sessions
    assert table["therapist"].tolist() == ["T1", "T2"]
    assert table["case"].tolist() == ["", ""]
    assert table["session_number"].tolist() == [3, pd.NA]
    assert table["alliance"].tolist() == [4.5, 3.0]
    assert tuple(table.columns) == (*tables.SESSIONS.names, "alliance")


def test_rates_of_therapists_come_with_metadata(often, never):
    known = Known({"therapist": {"often": "T1", "never": "T1"}})
    rates = gather([often, never], [], known=known).rates
    assert rates["level"].tolist() == ["corpus", "therapist", "session", "session"]
    assert rates["flagged"].tolist() == pytest.approx([200 / 11, 200 / 11, 200 / 3, 0])


def test_the_therapists_other_sessions_are_next_to_the_indicators(often, never):
    known = Known({"therapist": {"often": "T1", "never": "T1"}})
    table = gather([often, never], [], known=known).guidelines
    rare = table[table["indicator"] == "frequency"].set_index("session_id")
    assert rare.loc["never", "others"] == rare.loc["often", "value"]
    assert gather([often, never], []).guidelines["others"].isna().all()


def test_the_focus_of_the_corpus_is_in_the_summary(corpus):
    assert corpus.summary["focus_test"] == "not tested: no session has a testable episode"
    assert corpus.summary["focus_shift_p"] is None
    assert corpus.summary["flagged"] == pytest.approx(100 * 2 / 11)


@pytest.mark.parametrize("order", [[2, 1, 0], [1, 2, 0]])
def test_the_order_of_sessions_changes_no_number(often, never, order):
    random = np.random.default_rng(3)
    sessions = [often, never]
    for number in range(8):
        session = [(C if n % 2 else T, int(random.integers(3, 40))) for n in range(60)]
        session[30] = (T, 20, True)
        sessions.append(measured(*session, session_id=f"s{number}"))
    known = Known({"therapist": {f"s{n}": f"T{n % 7}" for n in range(8)}})
    in_order = gather(sessions, [], known=known)
    mixed = gather([sessions[n] for n in (*order, *range(9, 2, -1))], [], known=known)
    assert mixed.summary == pytest.approx(in_order.summary, nan_ok=True)
    assert in_order.summary["focus_sessions_tested"] > 3
    by = ["level", "name"]
    pd.testing.assert_frame_equal(
        mixed.rates.sort_values(by, ignore_index=True),
        in_order.rates.sort_values(by, ignore_index=True),
    )
    by = ["session_id", "indicator"]
    pd.testing.assert_frame_equal(
        mixed.guidelines.sort_values(by, ignore_index=True),
        in_order.guidelines.sort_values(by, ignore_index=True),
    )
