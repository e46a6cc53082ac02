import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learn.test_sampling import utterances
from tsd.learn.audit_plan import DESIGNS
from tsd.learn.sampling import KEY_COLUMNS, draw
from tsd.measure.rates.audited import audit_figures, audited, audited_sample
from tsd.stats import mover, wilson_for_few

# --- the estimate


def key_of(*cells):
    """Make a key of (session, stratum, flagged, label or None if not drawn, times)."""
    rows = [
        (session, stratum, flagged, label)
        for session, stratum, flagged, label, times in cells
        for _ in range(times)
    ]
    key = pd.DataFrame(rows, columns=["session_id", "stratum", "flagged", "label"])
    key["utterance"] = range(len(key))
    drawn = key["label"].notna()
    key["item"] = drawn.cumsum().where(drawn).astype("Int64")
    labeled = key[drawn & (key["label"] != "")]
    labels = {
        int(item): label for item, label in zip(labeled["item"], labeled["label"], strict=True)
    }
    key["selection_probability"] = 0.5
    return key[list(KEY_COLUMNS)], labels


SOME = [
    ("a", "top", True, "training", 8),
    ("a", "top", True, "none", 2),
    ("a", "top", True, None, 10),
    ("a", "next", True, "personal_details", 1),
    ("a", "next", False, "similar_challenge", 1),
    ("a", "next", False, "none", 8),
    ("a", "next", False, None, 50),
    ("b", "rest", False, "none", 19),
    ("b", "rest", False, "training", 1),
    ("b", "rest", False, "ambiguous", 3),
    ("b", "rest", False, "", 2),
    ("b", "rest", False, None, 295),
]


def expected(hits, reviewed, in_all):
    hits, reviewed, in_all = map(np.array, (hits, reviewed, in_all))
    shares, weights = hits / reviewed, in_all / in_all.sum()
    ends = mover(shares, *wilson_for_few(hits, reviewed, population=in_all), weights)
    return [100 * float(shares @ weights), *(100 * float(end) for end in ends)]


def numbers(estimate):
    assert estimate.interval is not None
    return pytest.approx([estimate.value, estimate.low, estimate.high])


def test_the_rate_by_hand():
    found = audited(audited_sample(*key_of(*SOME)))
    # strata of 20, 60, 320: .05 * .8 + .15 * .2 + .8 * .05 = .11
    assert found.value == pytest.approx(11)
    assert expected([8, 2, 1], [10, 10, 20], [20, 60, 320]) == numbers(found)


def test_all_figures_by_hand():
    found = audit_figures(audited_sample(*key_of(*SOME)))
    assert (found.utterances, found.drawn, found.reviewed) == (400, 45, 40)
    assert (found.ambiguous, found.unlabeled) == (3, 2)
    assert found.flagged == pytest.approx(100 * 21 / 400)
    assert found.rate == audited(audited_sample(*key_of(*SOME)))
    assert [found.types[name].value for name in found.types] == pytest.approx(
        [100 * (0.05 * 0.8 + 0.8 * 0.05), 1.5, 1.5]
    )
    # of 20 flagged at the top .8, of 1 further down all
    assert expected([8, 1], [10, 1], [20, 1]) == numbers(found.precision)
    # 17 found; missed: 59 * 1/9 and 320 * 1/20
    assert found.recall.value == pytest.approx(100 * 17 / (17 + 59 / 9 + 16))
    precision, misses = found.precision, expected([1, 1], [9, 20], [59, 320])
    low = 21 * precision.low / (21 * precision.low + 379 * misses[2])
    high = 21 * precision.high / (21 * precision.high + 379 * misses[1])
    assert (found.recall.low, found.recall.high) == pytest.approx((100 * low, 100 * high))


def test_ambiguous_utterances_give_bounds():
    found = audit_figures(audited_sample(*key_of(*SOME)))
    # in the rest, 1 of 20 is one and 3 are ambiguous: 1 of 23, or 4 of 23
    assert found.rate_if_none == pytest.approx(100 * (0.05 * 0.8 + 0.15 * 0.2 + 0.8 / 23))
    assert found.rate_if_all == pytest.approx(100 * (0.05 * 0.8 + 0.15 * 0.2 + 0.8 * 4 / 23))
    clear = [cell for cell in SOME if cell[3] != "ambiguous"]
    found = audit_figures(audited_sample(*key_of(*clear)))
    assert found.rate_if_none == found.rate_if_all == found.rate.value


def test_the_rate_says_what_it_rests_on_and_what_was_left_out():
    def note(cells, among=None):
        return audited(audited_sample(*key_of(*cells)), among).reason

    whole = "from 40 reviewed utterances, about these sessions only"
    doubtful = "3 ambiguous left out: 10.5 if none of them discloses, 20.9 if all do"
    skipped = "2 without a label left out: holds only if they were skipped at random"
    assert note(SOME) == f"{whole}; {doubtful}; {skipped}"
    assert note([cell for cell in SOME if cell[3] != "ambiguous"]) == f"{whole}; {skipped}"
    assert note([cell for cell in SOME if cell[3] != ""]) == f"{whole}; {doubtful}"
    # each session by what was left out there
    assert note(SOME, {"a"}) == "from 20 reviewed utterances, about these sessions only"
    assert note(SOME, {"b"}).endswith(f"4.3 if none of them discloses, 17.4 if all do; {skipped}")


def test_a_sample_that_is_not_stratified():
    cells = [("a", "rest", True, "training", 2), ("a", "rest", False, "none", 38)]
    cells.append(("a", "rest", False, None, 60))
    assert expected([2], [40], [100]) == numbers(audited(audited_sample(*key_of(*cells))))


def test_a_session_counts_by_its_own_strata():
    sample = audited_sample(*key_of(*SOME))
    assert expected([8, 2], [10, 10], [20, 60]) == numbers(audited(sample, {"a"}))
    assert expected([1], [20], [320]) == numbers(audited(sample, ["b", "b"]))
    assert audited(sample, {"a", "b"}) == audited(sample)


def test_unknown_sessions_are_not_estimated():
    note = "these sessions are not in the key of the review sheet"
    assert audited(audited_sample(*key_of(*SOME)), {"z"}).reason == note
    assert audited(audited_sample(*key_of(*SOME)), ()).reason == note


def test_too_few_reviewed_are_refused():
    cells = [("a", "rest", False, "none", 19), ("a", "rest", False, None, 50)]
    found = audited(audited_sample(*key_of(*cells)))
    assert found.reason == "too few reviewed utterances: 19; at least 20 are needed"
    assert found.value is None
    cells[0] = ("a", "rest", False, "none", 20)
    assert audited(audited_sample(*key_of(*cells))).value == 0


def test_a_stratum_without_a_review_is_refused():
    cells = [
        ("a", "top", True, None, 1),
        ("a", "next", False, "none", 30),
        ("a", "rest", False, "ambiguous", 5),
    ]
    found = audited(audited_sample(*key_of(*cells)))
    assert found.reason == "no reviewed utterance in stratum: top, rest"
    assert (found.value, found.low, found.high) == (None, None, None)


def test_without_flags_there_is_no_precision():
    found = audit_figures(audited_sample(*key_of(("a", "rest", False, "none", 30))))
    assert found.precision.reason == found.recall.reason == "nothing was flagged"
    assert found.rate.value == 0


def test_without_disclosures_there_is_no_recall():
    cells = [("a", "top", True, "none", 5), ("a", "rest", False, "none", 30)]
    found = audit_figures(audited_sample(*key_of(*cells)))
    assert found.precision.value == 0
    assert found.recall.reason == "the reviewer found no disclosure"


def test_recall_needs_reviews_of_what_is_not_flagged():
    cells = [("a", "top", True, "training", 30), ("a", "rest", False, None, 30)]
    found = audit_figures(audited_sample(*key_of(*cells)))
    assert found.recall.reason == (
        "among utterances not flagged: no reviewed utterance in stratum: rest"
    )


def test_a_few_flags_without_a_review_widen_the_interval_of_precision():
    cells = [
        ("a", "top", True, "training", 20),
        ("a", "top", True, None, 70),
        ("a", "next", True, None, 10),
        ("a", "next", False, "none", 30),
        ("a", "rest", False, "none", 30),
    ]
    found = audit_figures(audited_sample(*key_of(*cells))).precision
    value, low, high = expected([20], [20], [90])
    assert [value, 0.9 * low, 0.9 * high + 10] == numbers(found)
    cells[2] = ("a", "next", True, None, 11)
    found = audit_figures(audited_sample(*key_of(*cells))).precision
    assert found.reason == "no reviewed utterance in stratum: next"


def test_where_all_is_flagged_nothing_is_missed():
    found = audit_figures(audited_sample(*key_of(("a", "top", True, "training", 30))))
    assert (found.recall.value, found.recall.low, found.recall.high) == (100, 100, 100)


def test_when_all_are_reviewed_the_rate_is_exact():
    cells = [("a", "top", True, "training", 3), ("a", "rest", False, "none", 27)]
    assert numbers(audited(audited_sample(*key_of(*cells)))) == [10, 10, 10]


def test_figures_as_json():
    cells = [("a", "rest", False, "none", 30)]
    plain = audit_figures(audited_sample(*key_of(*cells))).as_dict()
    assert plain["precision"] == {
        "value": None,
        "low": None,
        "high": None,
        "n": None,
        "reason": "nothing was flagged",
    }
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


labels = st.sampled_from(["none", "none", "training", "personal_details", "ambiguous", ""])


@settings(max_examples=30)
@given(st.integers(1, 120), st.integers(20, 100), st.data())
def test_estimates_lie_in_their_intervals(count, size, data):
    key = draw(utterances(count, sessions=4), size, 0, data.draw(st.sampled_from(DESIGNS)))
    chosen = {int(item): data.draw(labels) for item in key["item"].dropna()}
    sample = audited_sample(key, chosen)
    figures = audit_figures(sample)
    assert figures.drawn == min(size, count)
    assert figures.reviewed + figures.ambiguous + figures.unlabeled == figures.drawn
    for each in (figures.rate, figures.precision, figures.recall, *figures.types.values()):
        assert (each.value is None) == (each.interval is None)
        assert each.value is not None or each.reason
        if each.value is not None:
            assert 0 <= each.low <= each.value + 1e-9
            assert each.value - 1e-9 <= each.high <= 100
    if figures.rate.value is not None:
        assert sum(each.value for each in figures.types.values()) == pytest.approx(
            figures.rate.value
        )
