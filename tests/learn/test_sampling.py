import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsd.learn.audit_plan import DESIGNS, Design
from tsd.learn.sampling import KEY_COLUMNS
from tsd.learn.sampling import draw as draw_by
from tsd.measure.rates.audited import STRATA

THREE = Design(STRATA, (0.05, 0.2, 1), (0.25, 0.5, 1))


def draw(table, size, seed, design=THREE):
    return draw_by(table, size, seed, design)


def utterances(count, p=None, sessions=1, flagged_from=0.5):
    p = np.linspace(0, 1, count) if p is None else p
    return pd.DataFrame(
        {
            "session_id": [f"s{n % sessions}" for n in range(count)],
            "utterance": [n // sessions for n in range(count)],
            "role": "therapist",
            "p_disclosure": p,
            "is_disclosure": np.asarray(p) >= flagged_from,
        }
    ).sort_values(["session_id", "utterance"], ignore_index=True)


def per_stratum(key, which=None):
    which = key["item"].notna() if which is None else which
    return [int((which & (key["stratum"] == name)).sum()) for name in STRATA]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(5000, [250, 750, 4000]), (100, [5, 15, 80]), (3, [0, 1, 2]), (1, [0, 0, 1]), (0, [0, 0, 0])],
)
def test_strata_hold_5_and_15_percent_and_the_rest(count, sizes):
    key = draw(utterances(count), 0, 0)
    assert per_stratum(key, key["stratum"].notna()) == sizes


@pytest.mark.parametrize(
    ("size", "count", "given"),
    [
        (200, 5000, [50, 50, 100]),
        (30, 5000, [8, 7, 15]),
        (200, 600, [30, 70, 100]),
        (200, 300, [15, 45, 140]),
        (200, 200, [10, 30, 160]),
        (200, 100, [5, 15, 80]),
    ],
)
def test_what_a_stratum_does_not_have_is_drawn_from_the_next(size, count, given):
    assert per_stratum(draw(utterances(count), size, 0)) == given


@given(st.integers(0, 100), st.integers(0, 100))
def test_with_too_few_utterances_all_are_drawn(size, count):
    assert draw(utterances(count), size, 0)["item"].count() == min(size, count)


@pytest.mark.parametrize(
    ("design", "given"), [(0, [0, 0, 200]), (1, [20, 0, 180]), (3, [20, 40, 140])]
)
def test_a_design_may_have_fewer_strata(design, given):
    key = draw(utterances(5000), 200, 0, DESIGNS[design])
    assert per_stratum(key) == given
    assert key["item"].count() == 200


def test_the_key_of_a_draw():
    key = draw(utterances(1000), 200, 0)
    assert tuple(key.columns) == KEY_COLUMNS
    assert len(key) == 1000
    assert per_stratum(key, key["stratum"].notna()) == [50, 150, 800]
    assert per_stratum(key) == [50, 50, 100]
    chance = dict(zip(key["stratum"], key["selection_probability"], strict=True))
    assert chance == {"top": 1.0, "next": 1 / 3, "rest": 0.125}
    assert key["flagged"].sum() == 500
    top = key[key["stratum"] == "top"]["utterance"]
    assert (top.min(), top.max()) == (950, 999)


def test_items_are_numbered_in_random_order():
    key = draw(utterances(1000), 200, 0)
    items = key["item"].dropna()
    assert sorted(items) == list(range(1, 201))
    first = key[(key["item"] <= 100).fillna(False)]
    assert all(10 <= n <= 65 for n in per_stratum(first))
    assert not items.is_monotonic_increasing


def test_only_therapist_utterances_with_a_probability_are_drawn():
    table = utterances(100)
    table.loc[:9, "role"] = "client"
    table.loc[10:19, "p_disclosure"] = float("nan")
    key = draw(table, 100, 0)
    assert key["utterance"].tolist() == list(range(20, 100))
    assert key["item"].notna().all()


def test_the_strata_are_over_all_sessions():
    table = utterances(100, sessions=2)
    table["p_disclosure"] = np.where(table["session_id"] == "s1", 0.9, 0.1)
    key = draw(table, 20, 0)
    assert set(key[key["stratum"] != "rest"]["session_id"]) == {"s1"}


@settings(max_examples=20)
@given(st.permutations(range(60)), st.integers(0, 5))
def test_the_order_of_the_rows_does_not_matter(order, seed):
    table = utterances(60, p=np.repeat([0.1, 0.5, 0.9], 20), sessions=3)
    pd.testing.assert_frame_equal(draw(table.iloc[order], 20, seed), draw(table, 20, seed))


def test_the_seed_decides():
    table = utterances(500)
    pd.testing.assert_frame_equal(draw(table, 20, 1), draw(table, 20, 1))
    assert not draw(table, 20, 1)["item"].equals(draw(table, 20, 2)["item"])


def test_equal_scores_are_put_in_random_order():
    table = utterances(1000, p=np.full(1000, 0.2))
    tops = [
        draw(table, 20, seed).query("stratum == 'top'")["utterance"].mean() for seed in range(5)
    ]
    assert len(set(tops)) == 5
    assert all(300 < mean < 700 for mean in tops)


def test_nothing_to_draw_from():
    assert len(draw(utterances(0), 20, 0)) == 0


def test_each_utterance_is_drawn_as_often_as_its_probability_says():
    table = utterances(100)
    times = sum(draw(table, 40, seed)["item"].notna().to_numpy(int) for seed in range(300))
    chance = draw(table, 40, 0)["selection_probability"].to_numpy()
    assert (times[chance == 1] == 300).all()
    some = chance < 1
    error = np.sqrt(chance[some] * (1 - chance[some]) / 300)
    assert (np.abs(times[some] / 300 - chance[some]) < 4.5 * error).all()
