import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.classify.scores_by_hand import labeled, logit, sigmoid
from tsd.classify.estimator import calibrated
from tsd.learn.thresholds import calibrators, figures_at, natural_units, operating_points
from tsd.settings import POINTS

ALIKE = sigmoid()
BOTH = {"session": 0.5, "excerpt": 0.7}


def named_points(scores, units, *, whole=ALIKE, excerpt=ALIKE, rate=0.5, slack=0.0, fewest=1):
    return operating_points(
        np.array(scores), whole, excerpt, units, rate=rate, slack=slack, fewest=fewest
    )


def points(scores, units, **options):
    """Return the balanced thresholds, of sessions and of excerpts, and the figures there."""
    thresholds, about = named_points(scores, units, **options)
    for name in ("at_natural_rate", "in_excerpts"):
        if name in about:
            figures = {k: v for k, v in about[name].items() if k not in POINTS}
            about[name] = figures | about[name]["balanced"]
    return (*thresholds["balanced"].values(), about)


def at(scores, calibrator):
    return calibrated(calibrator, np.array(scores, dtype=float))


def one_each(extent, disclosing):
    """Make units, each an utterance of its own."""
    return labeled(*((extent, number, flag) for number, flag in enumerate(disclosing)))


def mixed(extent, copies=1, start=0):
    """Make scores and units: of disclosing ones, 3 of 4 are at 1, of the others 1 of 4."""
    flags, scores = [1, 1, 1, 1, 0, 0, 0, 0] * copies, [1, 1, 1, 0, 1, 0, 0, 0] * copies
    return scores, [(extent, start + number, flag) for number, flag in enumerate(flags)]


# calibrators


def test_in_whole_sessions_a_score_means_its_share_at_the_natural_rate():
    """At a rate of one in ten, 0.1 * 3/4 of all are hits at score 1, and 0.9 * 1/4 others."""
    scores, rows = mixed("S")
    whole, excerpt = calibrators(np.array(scores, float), labeled(*rows), 0.1, 1)
    expected = [0.025 / (0.025 + 0.675), 0.075 / (0.075 + 0.225)]
    assert at([0, 1], whole) == pytest.approx(expected, abs=1e-3)
    assert excerpt is whole


def test_in_excerpts_a_score_means_its_share_in_the_data():
    scores, rows = mixed("E")
    more, others = mixed("S", start=8)
    units = labeled(*rows, *others)
    whole, excerpt = calibrators(np.array(scores + more, float), units, 0.1, 1)
    assert at([0, 1], excerpt) == pytest.approx([0.25, 0.75], abs=1e-3)
    assert at([1], whole) == pytest.approx([0.25], abs=1e-3)


def test_other_units_of_excerpts_are_left_out_of_whole_sessions():
    """They were written to be hard: here all at score 1, where they would spoil it."""
    scores, rows = mixed("S")
    hard = [("E", 8 + number, 0) for number in range(20)]
    hits = [("E", 28, 1)]
    with_hard = calibrators(
        np.array([*scores, *[1] * 20, 1], float), labeled(*rows, *hard, *hits), 0.1, 1
    )[0]
    without = calibrators(np.array([*scores, 1], float), labeled(*rows, *hits), 0.1, 1)[0]
    assert at([0, 1], with_hard) == pytest.approx(at([0, 1], without))


@pytest.mark.parametrize(("fewest", "same"), [(4, False), (5, True)])
def test_with_too_few_excerpts_they_are_calibrated_as_sessions_are(fewest, same):
    scores, rows = mixed("E")
    more, others = mixed("S", copies=5, start=8)
    units = labeled(*rows, *others)
    whole, excerpt = calibrators(np.array(scores + more, float), units, 0.1, fewest)
    assert (whole is excerpt) is same


@pytest.mark.parametrize("rows", [[], [("S", 99, 0)]])
def test_with_too_few_whole_sessions_excerpts_are_used_at_the_natural_rate(rows):
    scores, excerpts = mixed("E")
    units = labeled(*excerpts, *rows)
    whole, excerpt = calibrators(np.array([*scores, *[0] * len(rows)], float), units, 0.1, 2)
    others = 4 + len(rows)
    expected = 0.075 / (0.075 + 0.9 / others)
    assert at([1], whole) == pytest.approx([expected], abs=1e-2)
    assert at([1], excerpt)[0] > 0.7


def test_the_natural_rate_is_of_utterances_however_many_units_they_have():
    rows = [("S", 0, 1), ("S", 0, 1), ("S", 1, 0), ("S", 2, 0)]
    whole, _ = calibrators(np.zeros(4), labeled(*rows), 0.2, 1)
    assert at([0], whole) == pytest.approx([0.2], abs=1e-3)


@pytest.mark.parametrize(
    ("fewest", "expected"),
    [
        (1, [1, 1, 1, 1, 0, 0]),  # whole sessions alone
        (2, [1, 1, 1, 1, 1, 0]),  # too few disclosures there: with those of excerpts
        (4, [1, 1, 1, 1, 1, 1]),  # too few others
    ],
)
def test_what_represents_whole_sessions(fewest, expected):
    rows = [("S", 0, 1), ("S", 1, 0), ("S", 2, 0), ("S", 3, 0), ("E", 4, 1), ("E", 5, 0)]
    assert natural_units(labeled(*rows), fewest).tolist() == [bool(each) for each in expected]


# thresholds


def test_the_threshold_is_where_f1_is_highest():
    """F1 is 2/3, 1/2, 4/5, 2/3 when one, two, three, four are flagged."""
    units = one_each("S", [1, 0, 1, 0])
    threshold, excerpt_threshold, figures = points(logit([0.9, 0.8, 0.7, 0.1]), units)
    assert threshold == excerpt_threshold == 0.4
    assert figures == {
        "utterances": 4,
        "disclosing_utterances": 2,
        "average_precision_in_the_data": pytest.approx((1 + 2 / 3) / 2, abs=1e-4),
        "at_natural_rate": {
            "rate": 0.5,
            "precision": 0.6667,
            "recall": 1.0,
            "f1": 0.8,
            "average_precision": pytest.approx((1 + 2 / 3) / 2, abs=1e-4),
        },
    }


def test_each_named_threshold_is_best_for_its_weight_of_recall():
    """Flagged 1, 3, 5: precision is 1, 2/3, 3/5 and recall 1/3, 2/3, 1.

    F2 is highest at 5 (15/17), F1 at 5 (3/4), F0.5 at 1 (5/7; the others have 2/3 and 15/23).
    """
    units = one_each("S", [1, 0, 1, 0, 1, 0])
    thresholds, figures = named_points(logit([0.9, 0.8, 0.7, 0.6, 0.5, 0.1]), units)
    assert {name: pair["session"] for name, pair in thresholds.items()} == {
        "recall": 0.3,
        "balanced": 0.3,
        "precision": 0.85,
    }
    found = figures["at_natural_rate"]
    assert [found[name]["precision"] for name in thresholds] == [0.6, 0.6, 1]
    assert [found[name]["recall"] for name in thresholds] == [1, 1, 0.3333]


def test_at_a_low_rate_a_false_flag_weighs_more():
    """At one in ten, F1 is 0.667 when one and 0.333 when three are flagged."""
    units = one_each("S", [1, 0, 1, 0])
    threshold, _, figures = points(logit([0.9, 0.8, 0.7, 0.1]), units, rate=0.1)
    assert threshold == 0.85
    assert figures["at_natural_rate"]["precision"] == 1
    assert figures["at_natural_rate"]["recall"] == 0.5
    assert figures["at_natural_rate"]["rate"] == 0.1


@pytest.mark.parametrize(("slack", "threshold"), [(0, 0.75), (0.19, 0.75), (0.21, 0.4)])
def test_the_lowest_of_nearly_equally_good_thresholds_is_taken(slack, threshold):
    """F1 is 1, 4/5, 2/3 when two, three, four are flagged; below the highest by 0, 1/5, 1/3."""
    units = one_each("S", [1, 1, 0, 0, 0])
    p = [0.9, 0.8, 0.7, 0.1, 0.05]
    assert points(logit(p), units, rate=0.4, slack=slack)[0] == threshold


def test_an_utterance_is_as_likely_as_its_most_likely_unit():
    rows = [("S", 0, 1), ("S", 0, 0), ("S", 1, 0), ("S", 1, 0)]
    threshold, _, figures = points(logit([0.2, 0.9, 0.5, 0.3]), labeled(*rows))
    assert threshold == 0.7
    assert (figures["utterances"], figures["disclosing_utterances"]) == (2, 1)


def test_excerpts_have_a_threshold_and_figures_of_their_own():
    rows = [("S", 0, 1), ("S", 1, 0), ("E", 2, 1), ("E", 3, 0), ("E", 4, 1)]
    threshold, excerpt_threshold, figures = points(
        logit([0.9, 0.1, 0.8, 0.2, 0.6]), labeled(*rows), excerpt=sigmoid(shift=2), rate=0.1
    )
    shifted = at(logit([0.2, 0.6]), sigmoid(shift=2))
    assert threshold == 0.5  # of the whole session alone
    assert excerpt_threshold == pytest.approx(shifted.mean(), abs=1e-4)
    assert figures["in_excerpts"] == {
        "rate": 0.6667,
        "precision": 1,
        "recall": 1,
        "f1": 1,
        "average_precision": 1,
    }
    assert figures["at_natural_rate"]["rate"] == 0.1


def test_without_excerpts_of_their_own_sessions_and_excerpts_have_one_threshold():
    units = one_each("S", [1, 0])
    threshold, excerpt_threshold, figures = points(logit([0.9, 0.1]), units)
    assert threshold == excerpt_threshold == 0.5
    assert "in_excerpts" not in figures


def test_no_threshold_separates_what_is_equally_likely():
    """The second hit is no likelier than three others: F1 is 2/3 without and 4/7 with them."""
    units = one_each("S", [1, 1, 0, 0, 0])
    threshold, _, figures = points(logit([0.9, 0.5, 0.5, 0.5, 0.5]), units, rate=0.4)
    assert threshold == 0.7
    assert figures["at_natural_rate"]["f1"] == 0.6667


def test_a_threshold_can_lie_between_close_probabilities():
    units = one_each("S", [1, 0, 0])
    p = [0.020078, 0.020070, 0.02]  # 0.0201, in four digits, would flag nothing
    threshold, _, figures = points(logit(p), units)
    assert p[1] < threshold <= p[0]
    assert figures["at_natural_rate"]["precision"] == 1


cases = st.lists(
    st.tuples(st.sampled_from([0.00002, 0.001, 0.02, 0.3, 0.5, 0.9]), st.booleans()),
    min_size=2,
    max_size=12,
).filter(lambda rows: len({flag for _, flag in rows}) == 2)


@given(cases, st.randoms(use_true_random=False), st.sampled_from([0.02, 0.5]))
def test_the_order_of_the_data_does_not_matter(rows, chance, rate):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    found = [
        points(logit([p for p, _ in each]), one_each("S", [flag for _, flag in each]), rate=rate)
        for each in (rows, shuffled)
    ]
    one, other = ((*each[:2], *each[2].pop("at_natural_rate").values()) for each in found)
    assert one == pytest.approx(other, abs=2e-4)  # sums of floats, rounded to four digits
    assert found[0][2] == pytest.approx(found[1][2], abs=2e-4)


@given(cases, st.sampled_from([0, 0.02]))
def test_no_other_threshold_has_an_f1_much_higher(rows, slack):
    p, y = (np.array(each) for each in zip(*rows, strict=True))
    p = at(logit(p), ALIKE)
    threshold, _, figures = points(logit(p), one_each("S", y), rate=float(y.mean()), slack=slack)
    best = max(2 * (y & (p >= cut)).sum() / (y.sum() + (p >= cut).sum()) for cut in p)
    mine = 2 * (y & (p >= threshold)).sum() / (y.sum() + (p >= threshold).sum())
    assert mine >= (1 - slack) * best - 1e-9
    assert figures["at_natural_rate"]["f1"] == pytest.approx(mine, abs=1e-4)


# some of the sessions


def test_figures_of_some_of_the_sessions_at_the_thresholds_of_all():
    """Whole sessions flag from 0.5 on, excerpts from 0.7; the last two units do not count."""
    rows = [("S", 0, 1), ("S", 0, 0), ("S", 1, 0), ("E", 2, 1), ("E", 3, 0), ("S", 4, 1)]
    counted = np.array([True] * 4 + [False] * 2)
    found = figures_at(
        logit([0.1, 0.6, 0.55, 0.6, 0.9, 0.9]), (ALIKE, ALIKE), BOTH, labeled(*rows), counted
    )
    assert found == {
        "utterances": 3,
        "disclosing_utterances": 2,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "average_precision": 1.0,
    }


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (1, {"precision": None, "recall": 0, "f1": None, "average_precision": 1}),
        (0, {"precision": None, "recall": None, "f1": None, "average_precision": None}),
    ],
)
def test_what_cannot_be_computed_is_missing(flag, expected):
    found = figures_at(logit([0.1]), (ALIKE, ALIKE), BOTH, one_each("S", [flag]), np.array([True]))
    assert found == {"utterances": 1, "disclosing_utterances": flag, **expected}
