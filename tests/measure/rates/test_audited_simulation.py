"""Do the intervals of a review cover the truth?

Populations of 5000 therapist utterances, scored with a given AUC by a score that is not
calibrated; from each, samples are drawn by the design of `draw` and reviewed without error. The
truth is the rate of the population.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from tsd.learn.audit_plan import DESIGNS, Design, plan
from tsd.learn.sampling import draw
from tsd.measure.rates.audited import (
    STRATA,
    AuditedSample,
    audit_figures,
    audited,
    audited_sample,
)
from tsd.stats import mover, wilson, wilson_for_few

N = 5000
POPULATIONS, SAMPLES = 400, 15
"""6000 repetitions: the error of a coverage of .95 is .003."""

MAIN = [(0.035, 0.94), (0.1, 0.94), (0.035, 0.85), (0.1, 0.85)]
RARE = [(0.01, 0.94), (0.01, 0.85)]


design_for = cache(lambda size, rate: plan(size, N, rate).design)


def draw_from(p, flagged, size, seed, design):
    """Draw from the therapist utterances of one session."""
    table = pd.DataFrame(
        {
            "session_id": "a",
            "utterance": np.arange(N),
            "role": "therapist",
            "p_disclosure": p,
            "is_disclosure": flagged,
        }
    )
    return draw(table, size, seed, design)


EARLIER = Design(STRATA, (0.05, 0.2, 1), (0.25, 0.5, 1))
"""The one design of earlier versions, whatever the rate."""


def population(prevalence, auc, rng):
    """Make scores and truth; a share of `prevalence` discloses, as near as N allows."""
    disclosing = np.arange(N) < round(prevalence * N)
    score = rng.normal(size=N) + np.sqrt(2) * ndtri(auc) * disclosing
    return 1 / (1 + np.exp(-2 * score)), disclosing  # no calibrated probability


@cache
def hits_by_stratum(prevalence, auc, design):
    rng = np.random.default_rng(1)
    starts = np.cumsum([0, *design.sizes(N)[:-1]])
    made = []
    for _ in range(POPULATIONS):
        p, disclosing = population(prevalence, auc, rng)
        made.append(np.add.reduceat(disclosing[np.argsort(-p)], starts, dtype=np.int64))
    return np.array(made)


def simulate(prevalence, auc, size, design, method=wilson_for_few):
    """Return coverage, misses on either side, mean half-width and mean estimate."""
    disclosing = np.repeat(hits_by_stratum(prevalence, auc, design), SAMPLES, axis=0)
    given, sizes = np.array(design.allocate(size, N)), np.array(design.sizes(N))
    hits = np.random.default_rng(2).hypergeometric(disclosing, sizes - disclosing, given)
    low, high = mover(hits / given, *method(hits, given, population=sizes), sizes / N)
    truth = disclosing.sum(axis=1) / N
    return (
        ((low <= truth) & (truth <= high)).mean(),
        (truth < low).mean(),
        (high < truth).mean(),
        ((high - low) / 2).mean(),
        (hits / given @ (sizes / N)).mean(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("size", [200, 400])
@pytest.mark.parametrize(("prevalence", "auc"), [*MAIN, *RARE])
def test_95_percent_of_the_intervals_cover(prevalence, auc, size):
    for expected in (0.02, prevalence):
        coverage, *_, mean = simulate(prevalence, auc, size, design_for(size, expected))
        assert 0.93 <= coverage <= 0.975
        assert mean == pytest.approx(prevalence, rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("size", [40, 100, 200, 800])
@pytest.mark.parametrize(("prevalence", "auc"), [*MAIN, *RARE])
def test_the_design_does_not_lose_to_a_simple_random_sample(prevalence, auc, size):
    simple = simulate(prevalence, auc, size, DESIGNS[0])[3]
    for expected in (0.02, prevalence):
        assert simulate(prevalence, auc, size, design_for(size, expected))[3] <= 1.05 * simple


@pytest.mark.slow
@pytest.mark.parametrize(("prevalence", "auc"), [*MAIN, *RARE])
def test_what_is_expected_is_what_comes(prevalence, auc):
    planned = plan(200, N, prevalence)
    half = 100 * simulate(prevalence, auc, 200, planned.design)[3]
    assert half == pytest.approx(planned.half_width, rel=0.2)  # between a weak and a good one


@pytest.mark.slow
def test_the_earlier_design_lost_where_disclosures_are_rare():
    simple, earlier = (simulate(0.01, 0.85, 40, each)[3] for each in (DESIGNS[0], EARLIER))
    assert earlier > 1.3 * simple


@pytest.mark.slow
def test_plain_wilson_would_miss_rare_disclosures():
    coverage, too_high, *_ = simulate(0.01, 0.85, 200, EARLIER, wilson)
    assert coverage < 0.93
    assert too_high > 0.065


SIZES = np.array(EARLIER.sizes(N))


def sample_of(hits, given):
    """Make the counts of a reviewed sample; the type does not matter, nor the flags."""
    counts = np.zeros((1, 3, 2, 7), dtype=np.int64)
    counts[0, :, 0, :3] = np.stack([SIZES, given, hits], axis=1)
    return AuditedSample({"a": 0}, counts)


def test_the_simulated_interval_is_the_real_one():
    given = np.array(EARLIER.allocate(200, N))
    for hits in ([30, 5, 1], [50, 0, 0], [0, 0, 3], [12, 2, 0]):
        low, high = mover(hits / given, *wilson_for_few(hits, given, population=SIZES), SIZES / N)
        found = audited(sample_of(np.array(hits), given))
        assert (found.low, found.high) == pytest.approx((100 * low, 100 * high))


def review(prevalence, auc, size, seed, flagged_from=0.98, design=None):
    """Draw with `draw` from a population and review it; return the figures and the truth."""
    p, disclosing = population(prevalence, auc, np.random.default_rng(seed))
    flagged = p >= flagged_from
    key = draw_from(p, flagged, size, seed, design or design_for(size, 0.02))
    drawn = key[key["item"].notna()]
    labels = {
        int(item): "training" if disclosing[u] else "none"
        for item, u in zip(drawn["item"], drawn["utterance"], strict=True)
    }
    figures = audit_figures(audited_sample(key, labels))
    found = (flagged & disclosing).sum()
    return figures, (disclosing.mean(), found / flagged.sum(), found / disclosing.sum())


def covered(figures, truth):
    """Return whether rate, precision and recall are covered; NaN without an interval."""
    each = (figures.rate, figures.precision, figures.recall)
    return [
        e.low <= 100 * t <= e.high if e.interval else np.nan
        for e, t in zip(each, truth, strict=True)
    ]


@pytest.mark.slow
def test_real_draws_cover_rate_precision_and_recall():
    made = [review(0.035, 0.94, 200, seed) for seed in range(150)]
    rate, precision, recall = np.nanmean([covered(*each) for each in made], axis=0)
    assert 0.91 <= rate <= 0.985
    assert 0.91 <= precision <= 1
    assert 0.95 <= recall <= 1
    mean = np.mean([figures.rate.value for figures, _ in made])
    spread = np.std([figures.rate.value for figures, _ in made]) / np.sqrt(len(made))
    assert abs(mean - 3.5) < 4 * spread


def print_precision_and_recall(repetitions=300):
    """Print coverage and half-width of the precision and the recall of the flags, in percent."""
    for case in ((0.01, 0.94), (0.035, 0.94), (0.1, 0.94)):
        for n in (200, 400):
            cells = []
            for design in (design_for(n, 0.02), EARLIER):
                made = [review(*case, n, seed, design=design) for seed in range(repetitions)]
                each = [(figures.precision, figures.recall) for figures, _ in made]
                ends = np.array([[(e.low, e.high) for e in row] for row in each], dtype=float)
                halves = np.nanmean(ends[..., 1] - ends[..., 0], axis=0) / 2
                _, *shares = np.nanmean([covered(*both) for both in made], axis=0)
                given = np.mean([p.value is not None and r.value is not None for p, r in each])
                cells += [f"{s:.3f} / {h:.1f}" for s, h in zip(shares, halves, strict=True)]
                cells.append(f"{given:.3f}")
            print(f"| {case[0]:.1%} | {n} | {' | '.join(cells)} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    for case in (*MAIN, *RARE):
        for n in (40, 100, 200, 400, 800):
            designs = {
                "simple": DESIGNS[0],
                "earlier": EARLIER,
                "planned at 2%": plan(n, N, 0.02).design,
                "planned at the rate": plan(n, N, case[0]).design,
            }
            for name, design in designs.items():
                row = simulate(*case, n, design)
                print(  # noqa: T201
                    f"| {case[0]:.1%} | {case[1]} | {n} | {name} | {row[0]:.3f} | {row[1]:.3f} "
                    f"| {row[2]:.3f} | {100 * row[3]:.2f} |"
                )
    print_precision_and_recall()
