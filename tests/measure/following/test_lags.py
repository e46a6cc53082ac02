import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from tests.measure.talks_by_hand import C, T, talk
from tsd.measure.following.acts import CLIENT_ACTS, GIVEN, THERAPIST_ACTS, Acts, acts_of
from tsd.measure.following.lags import LATER, count_lags, following_rows

SHORT, LONG = CLIENT_ACTS.index("short"), CLIENT_ACTS.index("long")


def session(given, long, *, client_first=True, own=None, before=None):
    """Make acts of a session: which turns are disclosures, and which answers are long.

    With `client_first`, the client has a first turn that counts for nothing.
    """
    count = len(given)
    acts = np.zeros((count, len(GIVEN)), dtype=bool)
    acts[:, :2] = np.array(given, dtype=bool)[:, None]
    therapist = np.zeros((count, len(THERAPIST_ACTS)), dtype=bool)
    therapist[np.arange(count), 2 + np.array(own or [0] * count)] = True
    answers = np.array([0] * client_first + list(long), dtype=bool)
    client = np.zeros((len(answers), len(CLIENT_ACTS)), dtype=bool)
    client[:, LONG], client[:, SHORT] = answers, ~answers
    return Acts(client_first, acts, therapist, client)


def row(sessions, given="disclosure", lag=1, target="long"):
    rows = following_rows([count_lags(each) for each in sessions])
    (found,) = (
        each
        for each in rows
        if (each["given"], each["lag"], each["target"]) == (given, lag, target)
    )
    return found


def one_stratum(given, long):
    """Make counts in which all turns are comparable, from one 2 x 2 table."""
    counts = count_lags(session([0], [0]))
    for array in (counts.turns, counts.given, counts.later, counts.both):
        array[:] = 0
    place = LATER.index((1, "long"))
    counts.acts[0] = sum(given)
    counts.turns[0, 0], counts.given[0, 0, 0] = len(given), sum(given)
    counts.later[place, 0] = sum(long)
    counts.both[0, place, 0] = sum(a and b for a, b in zip(given, long, strict=True))
    return counts


def in_one_stratum(*tables):
    rows = following_rows([one_stratum(*table) for table in tables])
    return next(r for r in rows if (r["given"], r["lag"], r["target"]) == ("disclosure", 1, "long"))


# --- which turns are counted


def test_lags_count_turns():
    made = talk((C, 1), (T, 5, True), (C, "Thanks."), (T, "How so?"), (C, "And you?"), (T, 5))
    counts = count_lags(acts_of(made))
    found = {
        (lag, act): int(both.sum())
        for (lag, act), both in zip(LATER, counts.both[0], strict=True)
        if both.sum()
    }
    assert found == {
        (1, "thanks"): 1,
        (1, "short"): 1,
        (2, "question"): 1,
        (2, "middle" if counts.both[0, LATER.index((2, "middle"))].sum() else "short"): 1,
        (3, "asks_about_therapist"): 1,
        (3, "long"): 1,
    }


@pytest.mark.parametrize("client_first", [True, False])
def test_a_turn_without_a_later_turn_is_not_counted(client_first):
    acts = session([1, 1, 1, 0], [1, 0, 1], client_first=client_first)
    counts = count_lags(acts)
    assert counts.acts[0] == 3
    assert counts.turns.sum(axis=1).tolist() == [3, 3, 2]
    both = {place: int(counts.both[0, n].sum()) for n, place in enumerate(LATER)}
    assert (both[1, "long"], both[3, "long"]) == (2, 1)


def test_an_act_is_not_looked_for_after_itself_nor_a_disclosure_after_a_disclosure():
    pairs = {(r["given"], r["target"]) for r in following_rows([])}
    assert ("question", "question") not in pairs
    assert {given for given, target in pairs if target == "disclosure"} == {"question"}
    assert len(following_rows([])) == 80


# --- the numbers


GIVEN_20 = [1] * 20 + [0] * 40
LONG_20 = [1] * 14 + [0] * 6 + [1] * 16 + [0] * 24


def test_one_table_as_in_the_textbook():
    """Bakeman & Quera: expected counts, adjusted residual, Yule's Q of a 2 x 2 table."""
    found = in_one_stratum((GIVEN_20, LONG_20))
    assert found["observed"] == 14
    assert found["expected"] == 20 * 30 / 60
    assert found["ratio"] == 1.4
    assert (found["observed_share"], found["base_rate"]) == (14 / 20, 16 / 40)
    textbook = (14 - 10) / math.sqrt(10 * (1 - 20 / 60) * (1 - 30 / 60))
    assert found["adjusted_residual"] == pytest.approx(textbook * math.sqrt(59 / 60))
    assert found["yules_q"] == pytest.approx((14 * 24 - 6 * 16) / (14 * 24 + 6 * 16))


def test_p_is_that_of_all_permutations():
    """Two sessions, all ways to choose their disclosures listed one by one."""
    tables = [([1] * 4 + [0] * 5, [1, 1, 1, 0, 1, 0, 0, 0, 1])] * 2 + [
        ([1] * 5 + [0] * 4, [1, 1, 1, 1, 0, 0, 0, 0, 1])
    ]
    counts = Counter({0: 1})
    for given, long in tables:
        hits = Counter(sum(long[n] for n in c) for c in combinations(range(9), sum(given)))
        counts = sum(
            (Counter({a + b: x * y for b, y in hits.items()}) for a, x in counts.items()), Counter()
        )
    expected = sum(sum(given) * sum(long) / 9 for given, long in tables)
    observed = sum(sum(a * b for a, b in zip(*table, strict=True)) for table in tables)
    as_far = sum(
        n for k, n in counts.items() if abs(k - expected) >= abs(observed - expected) - 1e-9
    )
    found = in_one_stratum(*tables)
    assert found["p"] == pytest.approx(as_far / counts.total())
    assert (found["observed"], found["expected"]) == (observed, pytest.approx(expected))
    assert (found["sessions"], found["sessions_above"], found["sessions_below"]) == (3, 3, 0)


def test_strata_are_pooled_as_by_statsmodels():
    tables = pytest.importorskip("statsmodels.stats.contingency_tables")
    other = [0, 1] * 20, [1, 0, 0, 1] * 10
    found = in_one_stratum((GIVEN_20, LONG_20), other)
    crossed = [np.array([[14, 6], [16, 24]]), np.array([[10, 10], [10, 10]])]
    pooled = tables.StratifiedTable(crossed)
    odds = pooled.oddsratio_pooled
    assert found["yules_q"] == pytest.approx((odds - 1) / (odds + 1))
    assert found["adjusted_residual"] ** 2 == pytest.approx(pooled.test_null_odds().statistic)


def test_the_normal_distribution_takes_over_where_it_is_the_same():
    """The variance is just below and just above 100."""
    random = np.random.default_rng(0)
    given = [1] * 7 + [0] * 13
    longs = [random.permutation([1] * 9 + [0] * 11).tolist() for _ in range(90)]
    tables = [(given, long) for long in longs]
    fewer, more = in_one_stratum(*tables[:80]), in_one_stratum(*tables[:85])
    for found in (fewer, more):
        z = abs(found["observed"] - found["expected"]) - 0.5
        z /= abs(found["observed"] - found["expected"]) / abs(found["adjusted_residual"])
        assert found["p"] == pytest.approx(math.erfc(z / math.sqrt(2)), rel=0.01)


def test_p_is_never_zero():
    given = [1] * 10 + [0] * 10
    assert in_one_stratum(*[(given, given)] * 30)["p"] == 1e-6


def test_p_is_corrected_over_disclosures_and_over_questions():
    rows = following_rows([one_stratum(GIVEN_20, LONG_20)])
    tested = [r for r in rows if r["p"] == r["p"]]
    assert [r["p_bh"] for r in tested] == [r["p"] for r in tested]  # only one row has enough
    assert all(r["p_bh"] != r["p_bh"] for r in rows if r["p"] != r["p"])


def test_base_rates_are_those_of_like_turns():
    """Long turns are always followed by a long answer, disclosure or not: nothing follows it."""
    own = [2] * 12 + [0] * 24
    acts = session([1] * 6 + [0] * 30, [1] * 12 + [0] * 24, own=own)
    # the client's turns before are alike, too
    found = row([acts] * 4)
    assert found["observed_share"] == 1
    assert found["base_rate"] == 1
    assert found["ratio"] != found["ratio"]
    assert found["note"] == "fewer than 5 turns expected not to be followed by the act"


def test_the_order_of_the_sessions_changes_nothing():
    random = np.random.default_rng(1)
    made = [
        session(random.random(40) < 0.3, random.random(40) < 0.4, own=[0, 1, 2, 0] * 10)
        for _ in range(6)
    ]
    assert repr(row(made)) == repr(row(made[::-1]))
    assert 0 < row(made)["p"] <= 1


# --- what is missing, and why


def test_without_a_disclosure_there_are_no_numbers():
    found = row([session([0] * 9, [1, 0, 1] * 3)])
    assert (found["given_turns"], found["compared"], found["observed"]) == (0, 0, 0)
    assert math.isnan(found["expected"])
    assert found["note"] == "no turn has the given act"


def test_a_turn_without_comparable_turns_is_left_out():
    found = row([session([1], [1]), session([1, 0, 0, 0, 0, 0], [0] * 6)])
    assert (found["given_turns"], found["compared"], found["sessions"]) == (2, 1, 1)
    found = row([session([1], [1])])
    assert found["note"] == (
        "no turn with the given act has a later turn and comparable turns in its session"
    )


def test_too_few_expected():
    found = in_one_stratum(([1] * 9 + [0] * 9, [1] * 9 + [0] * 9))
    assert (found["observed"], found["expected"], found["observed_share"]) == (9, 4.5, 1)
    assert all(math.isnan(found[name]) for name in ("ratio", "adjusted_residual", "yules_q", "p"))
    assert found["note"] == "fewer than 5 turns expected to be followed by the act"


def test_comparable_turns_that_do_not_differ():
    found = in_one_stratum(([1] * 6 + [0] * 3, [1] * 9), ([1] * 6 + [0] * 3, [0] * 9))
    assert (found["observed"], found["expected"]) == (6, 6)
    assert found["note"] == "comparable turns are all followed by the same acts"
