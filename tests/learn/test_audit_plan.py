import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsd.learn import audit_plan
from tsd.learn.audit_plan import DESIGNS, SIZES, half_widths, plan
from tsd.measure.rates.audited import STRATA
from tsd.stats import wilson_for_few


@pytest.mark.parametrize(
    ("rate", "size", "share"),
    [(0.01, 40, 1), (0.01, 200, 0.15), (0.035, 40, 0.1), (0.035, 800, 0.15), (0.1, 40, 0.1)],
)
def test_the_design_depends_on_rate_and_size(rate, size, share):
    assert plan(size, 5000, rate).design.shares[0] == share


def test_a_small_review_of_a_rare_thing_is_not_stratified():
    assert plan(40, 5000, 0.01).design == DESIGNS[0]


def test_a_simple_random_sample_has_wilsons_half_width():
    found = audit_plan._half_width(DESIGNS[0], 100, 5000, 0.02)
    hits = np.random.default_rng(1).hypergeometric(100, 4900, 100, 20_000)
    low, high = wilson_for_few(hits, 100, population=5000)
    assert found == pytest.approx(50 * (high - low).mean(), rel=0.02)


def test_reviewing_all_is_exact():
    assert plan(50, 50, 0.02).half_width == plan(51, 50, 0.02).half_width == 0


def test_a_stratum_that_would_have_no_review_rules_a_design_out():
    assert math.isinf(audit_plan._half_width(DESIGNS[3], 2, 5000, 0.02))
    assert plan(2, 5000, 0.02).design == DESIGNS[0]


def test_half_widths_fall_with_the_size():
    found = half_widths(5000, 0.035)
    assert [size for size, _ in found] == list(SIZES)
    widths = [width for _, width in found]
    assert widths == sorted(widths, reverse=True)
    assert [size for size, _ in half_widths(150, 0.035)] == [40, 100]


def test_a_better_classifier_puts_more_into_the_top():
    weak, good = (audit_plan._disclosing(DESIGNS[3], 5000, 0.02, auc) for auc in (0.7, 0.95))
    assert sum(weak) == sum(good) == 100
    assert weak[0] < good[0]
    assert audit_plan._disclosing(DESIGNS[1], 5000, 0.02, 0.5) == [5, 95]


@pytest.mark.parametrize("design", DESIGNS)
def test_the_names_are_strata(design):
    assert set(design.names) <= set(STRATA)
    assert design.names[-1] == "rest"
    assert design.ends[-1] == design.shares[-1] == 1


@settings(max_examples=50)
@given(st.sampled_from(DESIGNS), st.integers(1, 300), st.integers(1, 300))
def test_all_that_is_wanted_is_drawn(design, size, population):
    sizes, numbers = design.sizes(population), design.allocate(min(size, population), population)
    assert sum(sizes) == population
    assert sum(numbers) == min(size, population)
    assert all(0 <= number <= most for number, most in zip(numbers, sizes, strict=True))


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 100), st.integers(1, 200), st.floats(0.001, 0.5))
def test_a_plan_for_any_size(size, population, rate):
    found = plan(size, population, rate)
    assert 0 <= found.half_width < 100
    assert found == plan(size, population, rate)
