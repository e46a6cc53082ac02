import numpy as np
import pandas as pd
import pytest

from tsd.errors import SettingsError
from tsd.measure.outcomes.association import associate
from tsd.measure.outcomes.related_sessions import read_columns, with_outcome
from tsd.settings import Associating


@pytest.fixture
def table():
    """Two cases with three sessions each, and a session without a case."""
    return pd.DataFrame(
        {
            "session_id": list("abcdefg"),
            "therapist": ["T1"] * 3 + ["T2"] * 4,
            "case": ["c"] * 3 + ["c"] * 3 + [None],
            "session_number": [1, 2, 4, 2, 1, 3, 1],
            "disclosures": [0, 1, 2, 3, 4, 5, 6],
            "oq45": [10, 20, 40, 52, 51, 53, 61],
        }
    )


def taken(table, lag=0):
    return with_outcome(read_columns(table, "oq45", ["disclosures"], (), lag), lag)


def rows(table, lag):
    found = taken(table, lag)
    return dict(zip(found["session_id"], found["outcome"], strict=True))


def test_without_a_lag_every_session_has_its_own_outcome(table):
    assert rows(table, 0) == dict(zip("abcdefg", table["oq45"], strict=True))


@pytest.mark.parametrize(
    ("lag", "pairs"), [(1, {"a": 20, "e": 52, "d": 53}), (2, {"b": 40, "e": 53}), (3, {"a": 40})]
)
def test_with_a_lag_sessions_have_a_later_outcome_of_their_case(table, lag, pairs):
    assert rows(table, lag) == pairs
    shuffled = table.sample(frac=1, random_state=1)
    assert rows(shuffled, lag) == pairs


def test_a_missing_later_outcome_is_no_pair(table):
    table.loc[1, "oq45"] = None
    assert rows(table, 1) == {"e": 52, "d": 53}


def test_sessions_with_one_number_cannot_be_paired(table):
    table.loc[2, "session_number"] = 2
    with pytest.raises(SettingsError) as caught:
        rows(table, 1)
    assert str(caught.value) == (
        "lag must be 0, unless each session of a case has a number of its own (sessions that have "
        "the number of another: 1); got 1."
    )


@pytest.mark.parametrize("missing", ["session_number", "case", "therapist"])
def test_sessions_without_numbers_cannot_be_paired(table, missing):
    with pytest.raises(SettingsError) as caught:
        rows(table.drop(columns=missing), 1)
    assert str(caught.value) == (
        "lag must be 0, unless the metadata have 'therapist', 'case' and 'session_number'; got 1."
    )


def test_an_outcome_of_the_case_has_no_lag(table):
    table["oq45"] = [1, 1, 1, 2, 2, 2, 3]
    with pytest.raises(SettingsError) as caught:
        associate(table, "oq45", associating=Associating(lag=1))
    assert str(caught.value) == (
        "lag must be 0 for an outcome that is the same in all sessions of a case; got 1."
    )


def test_any_disclosure_is_missing_where_the_number_is(table):
    table["disclosures"] = pd.array([0, 1, 2, None, 0, 5, 6], dtype="Int64")
    found = taken(table).set_index("session_id")
    any_ = found["any_disclosure"][list("abcdefg")].tolist()
    assert any_ == pytest.approx([0, 1, 1, np.nan, 0, 1, 1], nan_ok=True)


def test_no_such_covariate(table):
    with pytest.raises(SettingsError) as caught:
        associate(table.assign(before=1), "oq45", associating=Associating(covariate=("age",)))
    assert str(caught.value) == (
        "covariate must be a column of the metadata other than the outcome ('before'), or a number "
        "of the sessions; got 'age'."
    )


def test_without_a_lag_the_outcome_is_no_covariate(table):
    with pytest.raises(SettingsError) as caught:
        associate(table, "oq45", associating=Associating(covariate=("oq45",)))
    assert str(caught.value) == (
        "covariate must be a column other than the outcome; only with a lag can it be the outcome, "
        "and it is then that of the session with the disclosures; got 'oq45'."
    )


def test_a_covariate_that_is_not_numbers(table):
    with pytest.raises(SettingsError) as caught:
        associate(
            table.assign(sex=list("fmfmfmf")), "oq45", associating=Associating(covariate=("sex",))
        )
    assert str(caught.value) == (
        "covariate must be a column of numbers with a decimal point, or of yes and no, or of true "
        "and false; code two other words as 0 and 1 (cells that are not: 7); got 'sex'."
    )


def test_a_predictor_is_no_covariate(table):
    with pytest.raises(SettingsError) as caught:
        associate(table, "oq45", associating=Associating(covariate=("disclosures",)))
    assert str(caught.value) == (
        "covariate must be a column that is not itself a predictor; got 'disclosures'."
    )


@pytest.fixture
def confounded():
    """Ten therapists with six sessions; both numbers grow with the number of the session."""
    rng = np.random.default_rng(4)
    number = np.tile(np.arange(6), 10)
    x = rng.poisson(1 + number)
    return pd.DataFrame(
        {
            "session_id": [f"{n:02}" for n in range(60)],
            "therapist": np.repeat(list("ABCDEFGHIJ"), 6),
            "session_number": number,
            "disclosures": x,
            "oq45": 2 * number + rng.normal(size=60),
        }
    )


def test_a_covariate_takes_its_part(confounded):
    plain = associate(confounded, "oq45", predictors=["disclosures"])
    assert plain.relations[0].within.low > 0.4
    how = Associating(covariate=("session_number",))
    adjusted = associate(confounded, "oq45", predictors=["disclosures"], associating=how)
    assert abs(adjusted.relations[0].within.value) < 0.3 < plain.relations[0].within.low
    assert "all slopes are adjusted for session_number" in adjusted.notes
    assert not any("session number" in caution for caution in adjusted.cautions)


def test_sessions_without_a_covariate_are_left_out_and_counted(confounded):
    before = np.where(np.arange(60) < 4, np.nan, np.arange(60) % 7)
    how = Associating(covariate=("before",))
    (relation,) = associate(
        confounded.assign(before=before), "oq45", predictors=["disclosures"], associating=how
    ).relations
    assert (relation.units, relation.dropped) == (56, 4)


def test_a_predictor_that_follows_from_a_covariate(confounded):
    how = Associating(covariate=("twice", "session_number"))
    (relation,) = associate(
        confounded.assign(twice=2 * confounded["disclosures"]),
        "oq45",
        predictors=["disclosures"],
        associating=how,
    ).relations
    reason = "cannot be separated from twice and session_number"
    assert relation.within.reason == relation.between.reason == reason


def test_covariates_that_follow_from_each_other_do_no_harm(confounded):
    one = Associating(covariate=("session_number",))
    two = Associating(covariate=("session_number", "weeks"))
    table = confounded.assign(weeks=3 + 7 * confounded["session_number"])
    found = [
        associate(table, "oq45", predictors=["disclosures"], associating=how).relations[0].within
        for how in (one, two)
    ]
    assert found[0] == found[1]


def test_doses(confounded):
    table = confounded.assign(
        disclosure_words=7 * confounded["disclosures"],
        therapist_words=100 + np.arange(60) % 11,
        therapist_utterances=40,
    )
    how = Associating(dose=("words", "any", "words"))
    found = associate(table, "oq45", associating=how)
    names = [relation.predictor for relation in found.relations]
    assert names == ["disclosure_words", "any_disclosure", "focus_shift_adjusted"]
    words = found.relations[0]
    at_the_same = Associating(covariate=("therapist_words",))
    count = associate(
        table.drop(columns="therapist_utterances"),
        "oq45",
        predictors=["disclosures"],
        associating=at_the_same,
    ).relations[0]
    assert words.per == 10
    assert 7 * words.within.value == pytest.approx(10 * count.within.value)
    any_ = found.relations[1].within
    assert any_.value > 1


def test_the_pairs_of_a_lag_are_counted(confounded):
    table = confounded.assign(case=confounded["therapist"])
    found = associate(table, "oq45", predictors=["disclosures"], associating=Associating(lag=2))
    assert found.notes[0] == (
        "disclosures of a session and the outcome 2 sessions later in the same case: 40 pairs of "
        "sessions"
    )
    assert (found.sessions, found.without_outcome, found.relations[0].units) == (60, 20, 40)
    shifted = table.assign(oq45=table.groupby("case")["oq45"].shift(-2))
    by_hand = associate(shifted, "oq45", predictors=["disclosures"])
    assert found.relations[0] == by_hand.relations[0]
