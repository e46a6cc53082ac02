import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tsd.measure.guidelines.advice import INDICATORS
from tsd.measure.guidelines.other_sessions import OTHERS_FOR, add_others, add_session_numbers

few = runs(max_examples=100, deadline=None)
NONE = float("nan")


def table(*values, indicator="frequency"):
    """Make rows of an indicator, of sessions a, b, c, ..."""
    return {
        "session_id": list("abcdef"[: len(values)]),
        "indicator": [indicator] * len(values),
        "value": list(values),
        "others": [NONE] * len(values),
    }


def others(rows, **therapist_of):
    add_others(rows, therapist_of)
    return rows["others"]


def test_others_is_the_median_of_the_same_therapists_other_sessions():
    found = others(table(1.0, 2.0, 4.0, 8.0, 50.0), a="A", b="A", c="A", d="A", e="B")
    np.testing.assert_array_equal(found, [4, 4, 2, 2, NONE])


def test_sessions_without_a_value_have_others_and_are_none():
    found = others(table(1.0, NONE, 5.0), a="A", b="A", c="A")
    np.testing.assert_array_equal(found, [5, 3, 1])


@pytest.mark.parametrize("therapist_of", [{}, {"a": "", "b": ""}])
def test_an_unknown_therapist_has_no_others(therapist_of):
    assert np.isnan(others(table(1.0, 2.0), **therapist_of)).all()


def test_nothing_but_missing_values_has_no_others():
    assert np.isnan(others(table(NONE, NONE), a="A", b="A")).all()


@pytest.mark.parametrize("indicator", INDICATORS)
def test_others_are_filled_for_some_indicators(indicator):
    found = others(table(1.0, 2.0, indicator=indicator), a="A", b="A")
    assert np.isfinite(found).all() == (indicator in OTHERS_FOR)


def test_indicators_do_not_mix():
    rare, brief = table(1.0, 2.0), table(10.0, 20.0, indicator="length")
    both = {name: rare[name] + brief[name] for name in rare}
    assert others(both, a="A", b="A") == [2, 1, 20, 10]


_values = st.lists(st.one_of(st.just(NONE), st.integers(0, 4).map(float)), min_size=1, max_size=6)


@few
@given(_values, st.lists(st.sampled_from(["A", "B", ""]), min_size=6, max_size=6))
def test_others_are_what_taking_each_out_gives(values, names):
    therapist_of = dict(zip("abcdef", names, strict=True))
    expected = []
    for session in "abcdef"[: len(values)]:
        same = [
            value
            for other, value in zip("abcdef", values, strict=False)
            if other != session and therapist_of[other] == therapist_of[session] != ""
        ]
        known = [value for value in same if not np.isnan(value)]
        expected.append(np.median(known) if known else NONE)
    np.testing.assert_array_equal(others(table(*values), **therapist_of), expected)


# --- the number of the session in its case


@pytest.mark.parametrize("number", [3, 3.0])
def test_the_position_names_the_session_where_it_is_known(number):
    rows = table(0.5, 0.5, 0.5, indicator="position") | {"detail": ["late"] * 3}
    add_session_numbers(rows, {"a": number, "b": None})
    assert rows["detail"] == ["late; session 3 of the case", "late", "late"]


def test_other_indicators_name_no_session():
    rows = table(0.5, indicator="length") | {"detail": ["short"]}
    add_session_numbers(rows, {"a": 3})
    assert rows["detail"] == ["short"]
