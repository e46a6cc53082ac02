import json
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

import tsd
from tsd.classify.pipeline import load
from tsd.errors import AnnotationError, SettingsError
from tsd.learn.evaluation import CodedUtterance, _coded_utterances, _scores, evaluate, measure
from tsd.learn.figures import EDGES, _average_precision, _counted, calibration, natural_weights
from tsd.schema import TYPES, Label
from tsd.settings import Finding, Learning
from tsd.stats import FEWEST_CLUSTERS, Clusters, clustered_ratio, wilson

TRAINING, SIMILAR, PERSONAL = TYPES
NONE, AMBIGUOUS = Label.NONE, Label.AMBIGUOUS

BY_HAND = [
    CodedUtterance("a", TRAINING, 0.9, TRAINING),
    CodedUtterance("a", NONE, 0.6, TRAINING),
    CodedUtterance("a", NONE, 0.1, NONE),
    CodedUtterance("a", None, 0.8, TRAINING),
    CodedUtterance("b", SIMILAR, 0.6, PERSONAL, (PERSONAL,)),
    CodedUtterance("b", PERSONAL, 0.3, NONE),
    CodedUtterance("b", NONE, 0.2, NONE),
    CodedUtterance("b", NONE, 0.05, NONE),
    CodedUtterance("b", AMBIGUOUS, 0.7, PERSONAL),
    CodedUtterance("c", AMBIGUOUS, 0.7, PERSONAL),
]


def measured(rows, natural_rate=0.1):
    return measure(rows, Learning(natural_rate=natural_rate))


def values(figures):
    return {name: figure.value for name, figure in figures.items()}


def in_sessions(*copies):
    """Make one session of each group of rows, named by its place."""
    return [row._replace(session=f"{n:03}") for n, rows in enumerate(copies) for row in rows]


labels = st.sampled_from([*TYPES, NONE])
judgments = st.builds(
    CodedUtterance,
    st.sampled_from("abcdefgh"),
    labels,
    st.sampled_from([0, 0.1, 0.2, 0.5, 1]),
    labels,
)
tables = st.lists(judgments, min_size=1, max_size=30)


# by hand


def test_counts_by_hand():
    found = measured(BY_HAND)
    assert (found.sessions, found.utterances, found.disclosing, found.flagged) == (2, 7, 3, 3)
    assert (found.ambiguous, found.unlabeled) == (2, 1)
    assert found.share_disclosing == 3 / 7


def test_figures_by_hand():
    assert values(measured(BY_HAND).figures) == pytest.approx(
        {"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "average_precision": 29 / 36}
    )


def test_figures_at_the_natural_rate_by_hand():
    """A tenth disclose: each disclosing utterance weighs 0.1 / 3, each other one 0.9 / 4."""
    assert values(measured(BY_HAND).natural) == pytest.approx(
        {
            "precision": 8 / 35,
            "f1": 16 / 47,
            "average_precision": (1 + 8 / 35 + 4 / 13) / 3,
        }
    )


def test_types_by_hand():
    found = measured(BY_HAND)
    assert {name: (t.true, t.flagged_as, t.found) for name, t in found.types.items()} == {
        "training": (1, 2, 1),
        "similar_challenge": (1, 0, 1),  # flagged as personal details, which it is as well
        "personal_details": (1, 1, 0),
    }
    assert [(t.precision, t.recall) for t in found.types.values()] == [(0.5, 1), (None, 1), (1, 0)]
    assert [t.f1 for t in found.types.values()] == [pytest.approx(2 / 3), None, 0]
    assert found.type_accuracy.value == 1


def test_a_wrong_type_is_found_but_not_right():
    found = measure(
        [CodedUtterance("a", TRAINING, 1, PERSONAL), CodedUtterance("a", NONE, 0, NONE)]
    )
    assert (found.figures["recall"].value, found.type_accuracy.value) == (1, 0)
    assert found.types["training"].recall == 0
    assert found.types["personal_details"].precision == 0


def test_confusion_by_hand():
    names = [*map(str, TYPES), "none"]
    confusion = measured(BY_HAND).confusion
    assert list(confusion) == names
    assert [[confusion[label][flagged] for flagged in names] for label in names] == [
        [1, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [1, 0, 0, 3],
    ]


def test_calibration_by_hand():
    found = measured(BY_HAND).calibration
    assert [(b.low, b.high, b.n) for b in found.bins] == [
        (0.05, 0.1, 1),
        (0.1, 0.2, 1),
        (0.2, 0.4, 2),
        (0.6, 0.8, 2),
        (0.8, 1, 1),
    ]
    assert [b.predicted for b in found.bins] == pytest.approx([0.05, 0.1, 0.25, 0.6, 0.9])
    assert [b.observed for b in found.bins] == pytest.approx([0, 0, 0.5, 0.5, 1])
    assert found.brier == pytest.approx(1.0725 / 7)
    assert found.expected_error == pytest.approx(0.95 / 7)


def test_calibration_at_the_natural_rate_by_hand():
    found = measured(BY_HAND).natural_calibration
    assert found.brier == pytest.approx(0.66 * 0.1 / 3 + 0.4125 * 0.9 / 4)
    assert [b.n for b in found.bins] == [1, 1, 2, 2, 1]
    assert found.bins[2].predicted == pytest.approx(6.6 / 31)
    assert found.bins[2].observed == pytest.approx(4 / 31)


@pytest.mark.parametrize("edge", EDGES)
def test_a_probability_on_an_edge_is_in_the_bin_above_and_1_in_the_last(edge):
    (only,) = calibration(np.array([edge]), np.array([True])).bins
    assert (only.low, only.high) == ((0.8, 1) if edge == 1 else (edge, only.high))


def test_weights_make_the_natural_rate():
    disclosing = np.array([True, False, False, True, False])
    weights = natural_weights(disclosing, 0.02)
    assert weights.sum() == pytest.approx(1)
    assert weights[disclosing].sum() == pytest.approx(0.02)


# intervals


SESSIONS = in_sessions(
    [BY_HAND[0], BY_HAND[1], BY_HAND[7]],
    [BY_HAND[4], BY_HAND[6], BY_HAND[5]],
    [BY_HAND[2], BY_HAND[0], BY_HAND[5]],
    [BY_HAND[1], BY_HAND[6], BY_HAND[0]],
    [BY_HAND[0], BY_HAND[5]],
    [BY_HAND[0], BY_HAND[4], BY_HAND[2]],
    [BY_HAND[0], BY_HAND[7]],
)


def ratio_of(rows, hits, cases):
    chosen = [row for row in rows if cases(row)]
    names = Clusters([row.session for row in chosen], "")
    return clustered_ratio([hits(row) for row in chosen], np.ones(len(chosen)), names)


def discloses(row):
    return row.label != NONE


def is_flagged(row):
    return row.predicted != NONE


@pytest.mark.parametrize(
    ("name", "hits", "cases"),
    [("precision", discloses, is_flagged), ("recall", is_flagged, discloses)],
)
def test_precision_and_recall_are_shares_over_sessions(name, hits, cases):
    expected = ratio_of(SESSIONS, hits, cases)
    figure = measured(SESSIONS).figures[name]
    assert figure.value == expected.value
    assert figure.interval == pytest.approx(expected.bounds[1:])
    assert figure.n == 7


def test_influences_are_how_much_a_figure_changes_with_an_utterance():
    """One utterance in a thousand copies of all others weighs a thousandth more."""
    scores = _scores(SESSIONS)
    rows = sorted(SESSIONS, key=lambda row: (-row.p, discloses(row)))
    with_one_more = [measured(SESSIONS * 1000 + [row], 0.2) for row in rows]
    for fixed in (False, True):
        weights = (1, 1)
        if fixed:
            y = scores.disclosing
            weights = 0.2 / y.sum(), 0.8 / (~y).sum()
        figures = _counted(scores, weights, fixed)
        figures["average_precision"] = _average_precision(scores, weights, fixed)
        for place, (row, more) in enumerate(zip(rows, with_one_more, strict=True)):
            if (row.p, discloses(row)) != (scores.p[place], scores.disclosing[place]):
                raise AssertionError("another order")
            found = more.natural if fixed else more.figures
            for name in found:
                change = 1000 * (found[name].value - figures[name].value)
                same = [
                    each.influences[n]
                    for each in [figures[name]]
                    for n in range(len(scores.p))
                    if scores.p[n] == row.p
                    and scores.disclosing[n] == discloses(row)
                    and scores.flagged[n] == is_flagged(row)
                ]
                assert change == pytest.approx(same[0], abs=2e-3)


def test_sessions_that_are_all_alike_are_as_sure_as_independent_utterances():
    found = measured(in_sessions(*[BY_HAND[:8]] * 6))
    expected = wilson(12, 18)
    assert found.figures["precision"].interval == pytest.approx([float(end) for end in expected])
    assert all(each.interval is not None for each in (*found.figures.values(),))
    assert found.natural["precision"].interval is not None
    assert found.natural["f1"].interval is not None


def test_a_figure_that_is_1_has_a_lower_bound():
    found = measured(in_sessions(*[[BY_HAND[0], BY_HAND[2]]] * 8), natural_rate=0.3)
    for each in (*found.figures.values(), *found.natural.values()):
        assert (each.value, each.high) == (1, 1)
        assert 0 < each.low < 0.9
    # 8 others without a false alarm say little about precision where most are others
    assert found.natural["precision"].low < found.figures["precision"].low


def test_under_six_sessions_there_is_no_interval():
    few = measured(in_sessions(*[BY_HAND[:8]] * (FEWEST_CLUSTERS - 1)))
    assert all(each.low is None and each.high is None for each in few.figures.values())
    assert {name: each.reason for name, each in few.figures.items()} == {
        "precision": "no interval (fewer than 6 sessions with a flag)",
        "recall": "no interval (fewer than 6 sessions with a disclosure)",
        "f1": "no interval (fewer than 6 sessions with a flag or a disclosure)",
        "average_precision": "no interval (fewer than 6 sessions with a disclosure)",
    }
    assert few.type_accuracy.reason == (
        "no interval (fewer than 6 sessions with a disclosure found)"
    )


def test_sessions_without_a_label_do_not_count_for_intervals():
    rows = in_sessions(*[BY_HAND[:8]] * 5, [CodedUtterance("", None, 0.1, NONE)])
    assert measured(rows).figures["recall"].low is None


def test_an_interval_is_over_the_sessions_that_have_something_to_count():
    """One session of eight discloses; all have a flag."""
    rows = in_sessions([BY_HAND[0]], *[[BY_HAND[1], BY_HAND[2]]] * 7)
    found = measured(rows).figures
    assert found["recall"].value == 1.0
    for name in ("recall", "average_precision"):
        assert found[name].reason == "no interval (fewer than 6 sessions with a disclosure)"
    assert found["precision"].interval is not None


def test_average_precision_at_a_much_lower_rate_has_no_interval():
    found = measured(SESSIONS, natural_rate=0.1).natural
    assert found["average_precision"].value is not None
    assert found["average_precision"].reason == (
        "no interval (disclosures are more than 2 times as frequent in these data)"
    )
    assert found["precision"].interval is not None
    assert measured(SESSIONS, natural_rate=0.4).natural["average_precision"].interval is not None


def test_error_rates_are_shares_over_sessions():
    found = measured(SESSIONS).error_rates
    for name, cases in (
        ("sensitivity", discloses),
        ("false_alarms", lambda row: not discloses(row)),
    ):
        expected = ratio_of(SESSIONS, is_flagged, cases)
        assert found[name].value == expected.value
        assert found[name].cases == pytest.approx(expected.cases)
    assert found["sensitivity"].kind == "coded sessions with a disclosure"
    assert measured(BY_HAND[2:3]).error_rates["sensitivity"] is None


def test_the_global_generator_is_left_alone():
    before = np.random.get_state()[1].tolist()
    measured(in_sessions(*[BY_HAND[:8]] * 6))
    assert np.random.get_state()[1].tolist() == before


# properties


@given(tables, st.randoms(use_true_random=False))
def test_neither_the_order_of_sessions_nor_of_utterances_matters(rows, chance: random.Random):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert measured(mixed) == measured(rows)


@given(tables)
def test_every_session_twice_leaves_the_figures_as_they_are(rows):
    twice = measured([*rows, *(row._replace(session=row.session + "'") for row in rows)])
    once = measured(rows)
    for group in ("figures", "natural"):
        assert values(getattr(twice, group)) == pytest.approx(values(getattr(once, group)))
    assert twice.type_accuracy.value == once.type_accuracy.value
    assert twice.calibration.brier == pytest.approx(once.calibration.brier)
    assert twice.calibration.expected_error == pytest.approx(once.calibration.expected_error)


@given(tables)
def test_average_precision_is_that_of_scikit_learn(rows):
    found = measured(rows)
    y = np.array([row.label != NONE for row in rows])
    p = np.array([row.p for row in rows])
    if y.any():
        expected = average_precision_score(y, p)
        assert found.figures["average_precision"].value == pytest.approx(expected)
    if y.any() and not y.all():
        expected = average_precision_score(y, p, sample_weight=natural_weights(y, 0.1))
        assert found.natural["average_precision"].value == pytest.approx(expected)


@given(tables)
def test_at_the_rate_of_the_data_the_natural_figures_are_those_of_the_data(rows):
    share = np.mean([row.label != NONE for row in rows])
    if 0 < share <= 0.5:
        found = measured(rows, natural_rate=float(share))
        same = {name: value for name, value in values(found.figures).items() if name != "recall"}
        assert values(found.natural) == pytest.approx(same)
        assert found.natural_calibration.brier == pytest.approx(found.calibration.brier)


@given(tables)
def test_every_number_is_a_share_or_missing_and_json_has_it(rows):
    found = measured(rows)
    for figure in (*found.figures.values(), *found.natural.values()):
        numbers = [n for n in (figure.low, figure.value, figure.high) if n is not None]
        assert all(-1e-9 <= number <= 1 + 1e-9 for number in numbers)
        assert figure.low is None or figure.low <= figure.high
    assert sum(each.n for each in found.calibration.bins) == len(rows)
    assert sum(sum(row.values()) for row in found.confusion.values()) == len(rows)
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False)) == found.as_dict()


# what cannot be computed


def test_nothing_flagged():
    found = measure(
        [CodedUtterance("a", TRAINING, 0.3, NONE), CodedUtterance("a", NONE, 0.1, NONE)]
    )
    assert values(found.figures) == {
        "precision": None,
        "recall": 0,
        "f1": None,
        "average_precision": 1,
    }
    assert values(found.natural) == {"precision": None, "f1": None, "average_precision": 1}
    assert found.type_accuracy.value is None
    assert found.type_accuracy.reason == "no disclosure was found"
    assert found.figures["precision"].reason == found.figures["f1"].reason == "nothing was flagged"


def test_nothing_disclosed():
    found = measure(
        [CodedUtterance("a", NONE, 0.3, TRAINING), CodedUtterance("a", NONE, 0.1, NONE)]
    )
    assert values(found.figures) == {
        "precision": 0,
        "recall": None,
        "f1": None,
        "average_precision": None,
    }
    assert set(values(found.natural).values()) == {None}
    assert found.natural_calibration is None
    assert found.types["training"].recall is None
    for each in (found.figures["recall"], found.figures["f1"], *found.natural.values()):
        assert each.reason == "no utterance discloses"


def test_nothing_but_disclosures():
    found = measure([CodedUtterance("a", TRAINING, 0.3, TRAINING)])
    assert set(values(found.figures).values()) == {1}
    assert set(values(found.natural).values()) == {None}
    assert {each.reason for each in found.natural.values()} == {
        "every utterance discloses, so no other rate can be assumed"
    }


def test_found_nothing_right_is_0_and_not_missing():
    found = measure(
        [CodedUtterance("a", TRAINING, 0.1, NONE), CodedUtterance("a", NONE, 0.9, TRAINING)]
    )
    assert [found.figures[name].value for name in ("precision", "recall", "f1")] == [0, 0, 0]
    assert found.types["training"].f1 == 0


@pytest.mark.parametrize("label", [None, AMBIGUOUS])
def test_nothing_labeled(label):
    with pytest.raises(AnnotationError) as caught:
        measure([CodedUtterance("a", label, 0.5, NONE)])
    assert str(caught.value) == (
        "no therapist utterance has a label. Expected a column 'label' with none or a type."
    )


# with a model


@pytest.fixture
def finding(small_model):
    return Finding(model=small_model)


def test_evaluating_a_model(annotated, finding, small_model):
    found = evaluate(annotated, finding)
    about = json.loads((small_model / "model.json").read_text())
    balanced = {"session": found.threshold, "excerpt": found.excerpt_threshold}
    assert (about["thresholds"]["balanced"], about["sha256"]) == (balanced, found.model)
    assert (found.sessions, found.utterances, found.disclosing) == (24, 120, 48)
    assert found.figures["average_precision"].value > 0.9
    assert found == evaluate(annotated, finding) == evaluate(annotated[::-1], finding)


def test_what_is_evaluated_is_what_analyze_reports(annotated, finding):
    table = tsd.analyze(load(finding)(annotated[0])).utterances.query("role == 'therapist'")
    labels = [str(u.label) for u in annotated[0].utterances if u.label]
    found = evaluate(annotated[:1], finding)
    confusion = {(a, b): n for a, row in found.confusion.items() for b, n in row.items() if n}
    assert confusion == Counter(zip(labels, table["label"], strict=True))
    errors = table["p_disclosure"] - (np.array(labels) != "none")
    assert found.calibration.brier == pytest.approx((errors**2).mean(), abs=1e-6)


def test_the_type_of_two_disclosures_is_the_one_with_more_words(make_session, finding):
    doc = load(finding)(make_session(("T", "I trained there. So. My dog barked at me.")))
    doc.spans["disclosures"] = [
        doc.char_span(0, 16, "training"),
        doc.char_span(21, 41, "personal_details"),
    ]
    assert _coded_utterances(doc)[0].predicted == PERSONAL


@pytest.mark.parametrize(("threshold", "flagged"), [(0, 120), (1, 0)])
def test_the_threshold_of_the_settings_is_used(annotated, finding, threshold, flagged):
    found = evaluate(annotated, replace(finding, threshold=threshold))
    assert (found.threshold, found.flagged) == (threshold, flagged)


def test_words_of_others_do_not_count(make_session, finding):
    session = make_session(("C", "I trained."), ("T", "And?"), ("O", "So."), label=[NONE] * 3)
    assert evaluate([session], finding).utterances == 1


def test_two_files_may_have_sessions_of_the_same_name(annotated, finding):
    sessions = [replace(annotated[0], source=f"{n}.csv") for n in range(6)]
    assert evaluate(sessions, finding).sessions == 6


def test_a_session_that_cannot_be_analyzed(annotated, finding):
    problem = r"session 'a0' has .* more than the limit of 10"
    with pytest.warns(UserWarning, match=problem), pytest.raises(AnnotationError, match=problem):
        evaluate(annotated[:1], replace(finding, longest_session=10))


@pytest.mark.parametrize(("name", "value"), [("use_labels", True), ("review_budget", 5)])
def test_settings_that_flag_by_something_else_are_refused(annotated, finding, name, value):
    with pytest.raises(SettingsError) as caught:
        tsd.evaluate(annotated, replace(finding, **{name: value}))
    assert str(caught.value) == (
        f"{name} must be left out: a model is measured at its threshold; got {value}."
    )
