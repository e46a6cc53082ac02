import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from tests.learn.test_sampling import THREE
from tsd.learn.sampling import draw
from tsd.measure.rates.audited import audited, audited_sample
from tsd.measure.rates.rates import ErrorRates, adjusted, rates
from tsd.measure.tables import RATES
from tsd.stats import (
    Bounds,
    ClusteredShare,
    Clusters,
    adjusted_bounds,
    clustered_ratio,
    independent_share,
    wilson,
)

KNOWN = (
    ClusteredShare(0.8, 120.0, 40.0, 30, "coded sessions"),
    ClusteredShare(0.01, 1500.0, 20.0, 60, "coded sessions"),
)
ERRORS = ErrorRates(0.8, 0.01, 150, 3000, clustered=KNOWN)
OLD = ErrorRates(0.8, 0.01, 150, 3000)
"""As files of earlier versions have them."""


def flags(hits, n):
    return independent_share(hits, n, "utterances, taken as independent")


def alone(sensitivity, false_alarms, disclosing, others):
    """Return error rates from independent utterances."""
    made = flags(sensitivity * disclosing, disclosing), flags(false_alarms * others, others)
    return ErrorRates(sensitivity, false_alarms, disclosing, others, clustered=made)


INDEPENDENT = alone(0.8, 0.01, 150, 3000)


# --- adjusted


def bounds(hits, n):
    low, high = wilson(hits, n)
    return Bounds(hits / n, float(low), float(high))


def test_adjusted_by_hand():
    # (.05 - .01) / .79 = .050633
    found = adjusted(flags(50, 1000), INDEPENDENT)
    assert found.value == pytest.approx(5.0633, abs=1e-4)
    expected = adjusted_bounds(bounds(50, 1000), bounds(120, 150), bounds(30, 3000))
    assert (found.low, found.high) == pytest.approx([100 * each for each in expected[1:]])
    assert found.reason == "over 1,000 utterances, taken as independent"


def test_coding_in_clusters_widens_the_interval():
    plain, found = (adjusted(flags(50, 1000), each) for each in (INDEPENDENT, ERRORS))
    assert found.low < plain.low < plain.value == found.value < plain.high < found.high
    expected = adjusted_bounds(bounds(50, 1000), KNOWN[0].bounds, KNOWN[1].bounds)
    assert (found.low, found.high) == pytest.approx([100 * each for each in expected[1:]])


FEW = ClusteredShare(0.8, 150, None, 3, "coded sessions", "fewer than 6 coded sessions")


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        (OLD, "the error rates do not say how they vary between sessions"),
        (
            ErrorRates(0.8, 0.01, 150, 3000, clustered=(FEW, KNOWN[1])),
            "error rates from fewer than 6 coded sessions",
        ),
    ],
)
def test_where_the_errors_have_no_interval_there_is_none(errors, reason):
    found = adjusted(flags(50, 1000), errors)
    assert found.value == pytest.approx(adjusted(flags(50, 1000), ERRORS).value)
    assert (found.low, found.high, found.reason) == (None, None, f"no interval ({reason})")


def test_flags_in_clusters_widen_the_interval():
    flagged = ClusteredShare(0.05, 250.0, 10.0, 12, "sessions")
    plain, found = adjusted(flags(50, 1000), ERRORS), adjusted(flagged, ERRORS)
    assert found.value == plain.value
    assert found.low < plain.low < plain.high < found.high
    assert (found.n, found.reason) == (12, "over 12 sessions")


def test_where_the_flags_have_no_interval_there_is_none():
    few = ClusteredShare(0.05, 1000.0, None, 3, "sessions", "fewer than 6 sessions")
    for errors in (ERRORS, INDEPENDENT, OLD):
        found = adjusted(few, errors)
        assert found.value == pytest.approx(adjusted(flags(50, 1000), ERRORS).value)
        assert (found.low, found.high) == (None, None)
        assert (found.n, found.reason) == (3, "no interval (fewer than 6 sessions)")
    below = ClusteredShare(0.005, 1000.0, None, 3, "sessions", "fewer than 6 sessions")
    assert adjusted(below, ERRORS).value == 0
    assert adjusted(below, ERRORS).reason == (
        "no interval (fewer than 6 sessions); fewer are flagged than false alarms alone would be"
    )


def test_below_the_false_alarms_it_is_0_with_an_upper_bound():
    found = adjusted(flags(5, 1000), ERRORS)
    assert (found.value, found.low) == (0, 0)
    assert 0 < found.high < adjusted(flags(20, 1000), ERRORS).high
    assert found.reason == (
        "over 1,000 utterances, taken as independent; fewer are flagged than false alarms alone "
        "would be"
    )


@pytest.mark.parametrize(
    ("errors", "note"),
    [
        (
            ErrorRates(0.4, 0.21, 150, 3000),
            "the classifier is too inaccurate: sensitivity minus false alarms is 0.19; at least "
            "0.2 is needed",
        ),
        (
            ErrorRates(0.8, 0.01, 9, 3000),
            "too few coded disclosing utterances for error rates: 9; at least 10 are needed",
        ),
        (
            ErrorRates(0.8, 0.01, 150, 9),
            "too few coded non-disclosing utterances for error rates: 9; at least 10 are needed",
        ),
        (
            ErrorRates(math.nan, 0.01, 0, 3000),
            "too few coded disclosing utterances for error rates: 0; at least 10 are needed",
        ),
    ],
)
def test_what_cannot_be_adjusted_has_no_value_and_says_why(errors, note):
    found = adjusted(flags(50, 100), errors)
    assert found.reason == note
    assert (found.value, found.low, found.high) == (None, None, None)


def test_at_the_limits_it_is_adjusted():
    assert adjusted(flags(50, 100), alone(0.75, 0.5, 10, 10)).value == 0
    assert adjusted(flags(10, 1000), ERRORS).value == 0
    assert adjusted(flags(990, 1000), ERRORS).value == 100


@given(
    st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_rate_lies_in_its_interval_and_is_missing_only_with_a_note(case, sensitivity, alarms):
    found = adjusted(flags(*case), alone(sensitivity, alarms, 50, 500))
    assert (found.value is None) == (sensitivity - alarms < 0.2)
    assert found.reason
    if found.value is not None:
        assert 0 <= found.low <= found.value <= found.high <= 100


def test_no_false_alarm_among_few_is_not_never():
    few, many = (adjusted(flags(60, 1000), alone(0.8, 0, 20, n)) for n in (27, 2700))
    assert few.value == many.value
    assert few.high - few.low > 1.5 * (many.high - many.low)
    nothing = adjusted(flags(0, 60), alone(0.8, 0, 20, 27))
    assert (nothing.value, nothing.low) == (0, 0)
    assert nothing.high > 4


def test_a_perfect_classifier_needs_no_adjustment():
    found = adjusted(flags(50, 1000), alone(1, 0, 10**9, 10**9))
    assert found.value == pytest.approx(5)
    low, high = wilson(50, 1000)
    assert found.interval == pytest.approx((100 * low, 100 * high))


# --- the table


def sessions(count=8, therapists="", **columns):
    table = pd.DataFrame(
        {
            "session_id": [f"s{n}" for n in range(count)],
            "therapist": therapists,
            "therapist_utterances": [50 + n for n in range(count)],
            "disclosing_utterances": pd.array([n % 4 for n in range(count)], dtype="Int64"),
            "not_measured": "",
        }
    )
    return table.assign(**columns)


def rows(table, errors=ERRORS, unknown="", audit=None):
    made = rates(table, errors=errors, unknown=unknown, audit=audit)
    assert tuple(made.columns) == RATES.names
    return made


def row(made, level, name=""):
    (found,) = made[(made["level"] == level) & (made["name"] == name)].to_dict("records")
    return found


def test_the_order_of_the_rows():
    made = rows(sessions(4, ["Zoe", "", "Ann", "Zoe"])[::-1])
    assert list(zip(made["level"], made["name"], strict=True)) == [
        ("corpus", ""),
        ("therapist", "Ann"),
        ("therapist", "Zoe"),
        ("session", "s3"),
        ("session", "s2"),
        ("session", "s1"),
        ("session", "s0"),
    ]


def test_without_names_there_are_no_therapist_rows():
    assert set(rows(sessions(8))["level"]) == {"corpus", "session"}


def test_a_session_has_wilsons_interval():
    found = row(rows(sessions()), "session", "s3")
    low, high = wilson(3, 53)
    assert found["flagged"] == pytest.approx(300 / 53)
    assert (found["flagged_low"], found["flagged_high"]) == (100 * low, 100 * high)
    assert (found["sessions"], found["therapist_utterances"]) == (1, 53)
    assert found["flagged_note"] == "over 53 utterances, taken as independent"
    expected = adjusted(flags(3, 53), ERRORS)
    assert [found[f"adjusted{end}"] for end in ("", "_low", "_high")] == [
        expected.value,
        expected.low,
        expected.high,
    ]
    assert found["adjusted_note"] == (
        "over 53 utterances, taken as independent; too narrow if the classifier errs more, or "
        "less, in this session than in others"
    )


def test_a_therapist_has_an_interval_over_sessions():
    made = rows(sessions(14, ["Ann"] * 8 + ["Zoe"] * 6))
    found = row(made, "therapist", "Ann")
    clustered = clustered_ratio(
        [n % 4 for n in range(8)], range(50, 58), Clusters([f"s{n}" for n in range(8)], "")
    )
    assert found["flagged"] == pytest.approx(100 * 12 / 428)
    assert (found["flagged_low"], found["flagged_high"]) == pytest.approx(
        [100 * end for end in clustered.bounds[1:]]
    )
    assert found["adjusted_high"] == adjusted(clustered, ERRORS).high
    assert found["flagged_note"] == found["adjusted_note"] == "over 8 sessions"


def test_under_6_sessions_a_therapist_has_no_interval():
    found = row(rows(sessions(5, ["Ann"] * 5)), "therapist", "Ann")
    assert found["flagged"] == pytest.approx(100 * 6 / 260)
    assert found["adjusted"] == pytest.approx(adjusted(flags(6, 260), ERRORS).value)
    for rate in ("flagged", "adjusted"):
        assert math.isnan(found[f"{rate}_low"])
        assert math.isnan(found[f"{rate}_high"])
        assert found[f"{rate}_note"] == "no interval (fewer than 6 sessions)"


@pytest.mark.parametrize("count", [1, 3, 5, 6, 9])
@pytest.mark.parametrize("therapists", ["", "each", "two"])
@pytest.mark.parametrize("errors", [ERRORS, INDEPENDENT])
def test_adjusted_has_an_interval_exactly_where_flagged_has_one(count, therapists, errors):
    names = {"each": [f"t{n}" for n in range(count)], "two": [f"t{n % 2}" for n in range(count)]}
    made = rows(sessions(count, names.get(therapists, "")), errors)
    assert made["adjusted"].notna().all()
    for end in ("low", "high"):
        assert (made[f"adjusted_{end}"].isna() == made[f"flagged_{end}"].isna()).all()


@pytest.mark.parametrize(
    ("therapists", "over", "caveat"),
    [
        ("", "over 8 sessions", "; too narrow if sessions share a therapist"),
        (
            ["Ann", "Ann", *"BCDE", "", ""],
            "over 7 therapists and single sessions",
            "; too narrow if these share a therapist",
        ),
        (list("ABCDEFGH"), "over 8 therapists", ""),
    ],
)
def test_it_says_once_where_its_interval_is_too_narrow(therapists, over, caveat):
    found = row(rows(sessions(8, therapists)), "corpus")
    assert found["flagged_note"] == over + caveat
    assert found["adjusted_note"] == over


def test_the_corpus_is_over_therapists_when_all_are_known():
    named = [f"t{n // 2}" for n in range(14)]
    found = row(rows(sessions(14, named)), "corpus")
    clustered = clustered_ratio([n % 4 for n in range(14)], range(50, 64), Clusters(named, ""))
    assert (found["flagged_low"], found["flagged_high"]) == pytest.approx(
        [100 * end for end in clustered.bounds[1:]]
    )
    few = row(rows(sessions(8, ["Ann", "Zoe"] * 4)), "corpus")
    assert few["flagged_note"] == "no interval (fewer than 6 therapists)"


def test_a_session_of_an_unknown_therapist_counts_for_itself():
    some = row(rows(sessions(8, ["Ann"] * 7 + [""])), "corpus")
    assert math.isnan(some["flagged_low"])
    assert some["flagged_note"] == "no interval (fewer than 6 therapists and single sessions)"
    none = row(rows(sessions(8)), "corpus")
    assert not math.isnan(none["flagged_low"])
    assert none["flagged_note"] == "over 8 sessions; too narrow if sessions share a therapist"
    few = row(rows(sessions(5)), "corpus")
    assert few["flagged_note"] == "no interval (fewer than 6 sessions)"


def one_more(n, size):
    """Return the upper bound of 0 of n if cases are alike by .02 in clusters of this size."""
    effect = 1 + (size - 1) * 0.02
    z2 = stdtrit(effect / (effect - 1), 0.975) ** 2
    return z2 / (n / effect + z2)


def test_without_any_flag_the_rate_is_0_with_an_upper_bound():
    found = row(rows(sessions(8, disclosing_utterances=0)), "corpus")
    assert (found["flagged"], found["flagged_low"], found["adjusted"]) == (0, 0, 0)
    assert found["flagged_high"] == pytest.approx(100 * one_more(428, 53.6), rel=0.01)
    assert found["flagged_high"] < found["adjusted_high"] < 1.5 * found["flagged_high"]
    assert found["flagged_note"] == "over 8 sessions; too narrow if sessions share a therapist"
    assert (
        found["adjusted_note"]
        == "over 8 sessions; fewer are flagged than false alarms alone would be"
    )


@pytest.mark.parametrize(
    ("why", "utterances"), [("no therapist was recognized", 0), ("the talk is not in English", 70)]
)
def test_a_session_that_was_not_measured_counts_nowhere(why, utterances):
    table = sessions(8, ["Ann"] * 7 + ["Zoe"])
    table.loc[7, "disclosing_utterances"] = pd.NA
    table.loc[7, "therapist_utterances"] = utterances
    table.loc[7, "not_measured"] = why
    made = rows(table)
    for level, name in (("session", "s7"), ("therapist", "Zoe")):
        found = row(made, level, name)
        for column in ("flagged", "adjusted", "audited"):
            assert math.isnan(found[column])
            assert found[f"{column}_note"] == (
                "no review sheet" if column == "audited" else f"not measured: {why}"
            )
    assert row(made, "therapist", "Zoe")["sessions"] == 0
    corpus = row(made, "corpus")
    assert (corpus["sessions"], corpus["therapist_utterances"]) == (7, sum(range(50, 57)))
    assert corpus["flagged_note"] == "no interval (fewer than 6 therapists)"


def test_no_sessions_at_all():
    made = rows(sessions(0))
    assert len(made) == 1
    assert made["flagged_note"].tolist() == ["not measured: no therapist was recognized"]


def test_unknown_error_rates_say_why():
    made = rows(sessions(), errors=None, unknown="name them with --error-rates")
    assert set(made["adjusted_note"]) == {"name them with --error-rates"}
    assert made["adjusted"].isna().all()
    assert set(made["audited_note"]) == {"no review sheet"}


def test_the_order_of_the_sessions_changes_no_number():
    table = sessions(14, [f"t{n // 2}" for n in range(14)])
    one, other = rows(table), rows(table[::-1])
    pd.testing.assert_frame_equal(
        one.sort_values(["level", "name"], ignore_index=True),
        other.sort_values(["level", "name"], ignore_index=True),
    )


def reviewed(lengths):
    table = pd.DataFrame(
        [
            (f"s{session}", number, "therapist", (number * 37 % 100) / 100, number % 25 == 0)
            for session, length in enumerate(lengths)
            for number in range(length)
        ],
        columns=["session_id", "utterance", "role", "p_disclosure", "is_disclosure"],
    )
    key = draw(table, 200, 0, THREE)
    items = key["item"].dropna()
    return audited_sample(key, {item: "training" if item % 20 == 0 else "none" for item in items})


def test_audited_rates_of_the_levels():
    sample = reviewed(range(50, 58))
    made = rows(sessions(8, ["Ann"] * 6 + ["Zoe"] * 2), audit=sample)
    ann = {f"s{n}" for n in range(6)}
    for found, among in (
        (row(made, "corpus"), None),
        (row(made, "therapist", "Ann"), ann),
        (row(made, "session", "s3"), {"s3"}),
    ):
        expected = audited(sample, among)
        assert found["audited"] == pytest.approx(expected.value)
        assert found["audited_low"] == pytest.approx(expected.low)
        assert found["audited_high"] == pytest.approx(expected.high)
        assert found["audited_note"] == expected.reason
    assert row(made, "corpus")["audited_note"] == (
        "from 200 reviewed utterances, about these sessions only"
    )


def test_a_review_of_another_run_is_refused():
    sample = reviewed([50, 51, 52, 99])
    made = rows(sessions(4), audit=sample)
    note = "the review sheet was drawn from another run"
    assert row(made, "corpus")["audited_note"] == note
    assert row(made, "session", "s3")["audited_note"] == note
    assert math.isnan(row(made, "corpus")["audited"])
    assert row(made, "session", "s1")["audited_note"] != note
