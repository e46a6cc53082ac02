"""Do the intervals of an evaluation cover precision, recall, F1 and average precision?

Sessions of 20 to 60 therapist utterances. From session to session the share that discloses, the
sensitivity and the false alarms differ by beta distributions with intraclass correlations of .03,
.1 and .02; scores differ by a normal distribution. The truth is that of the process.
"""

from functools import cache

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit, ndtr, ndtri

from tests.test_stats_simulation import beta
from tsd.learn.figures import Scores, figures

REPETITIONS = 400
CASES = ((0.5, 0.5), (0.7, 0.8), (0.9, 0.9))
"""Precision and recall."""


def false_alarms(rate, precision, recall):
    return rate * recall * (1 - precision) / (precision * (1 - rate))


def coded(sessions, rate, precision, recall, rng):
    """Make the coded utterances of some sessions, by falling probability.

    The score of an utterance is normal, so that a share of its kind is above 0 in this session.
    """
    count = rng.integers(20, 61, sessions)
    session = np.repeat(np.arange(sessions), count)
    disclosing = rng.random(len(session)) < beta(rate, 0.03, rng, sessions)[session]
    alarms = false_alarms(rate, precision, recall)
    share = np.where(
        disclosing,
        beta(recall, 0.1, rng, sessions)[session],
        beta(alarms, 0.02, rng, sessions)[session],
    )
    score = rng.normal(size=len(session)) + ndtri(np.clip(share, 1e-9, 1 - 1e-9))
    order = np.lexsort((disclosing, -score))
    return Scores(session[order], disclosing[order], score[order] > 0, expit(score[order]))


@cache
def average_precision(rate, precision, recall, of_process):
    """Return the average precision of the process, at a rate, by numerical integration.

    Over 2,000 quantiles of the sessions' shares: the error is below .003.
    """
    scores = np.linspace(-12, 8, 2001)
    quantiles = (np.arange(2000) + 0.5) / 2000
    above = []
    for mean, icc in ((recall, 0.1), (false_alarms(of_process, precision, recall), 0.02)):
        left = 1 / icc - 1
        shares = stats.beta.ppf(quantiles, left * mean, left * (1 - mean))
        cut = ndtri(np.clip(shares, 1e-9, 1 - 1e-9))
        above.append(ndtr(cut - scores[:, None]).mean(axis=1))
    hits, alarms = rate * above[0], (1 - rate) * above[1]
    gains = -np.diff(hits, append=0) / rate
    with np.errstate(invalid="ignore"):
        return float(np.nansum(gains * hits / (hits + alarms)))


def truth(rate, precision, recall, natural):
    """Return the figures of the process, as they are or at another rate."""
    if natural is not None:
        alarms = false_alarms(rate, precision, recall)
        hits = natural * recall
        precision = hits / (hits + (1 - natural) * alarms)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "average_precision": average_precision(natural or rate, *CASES[_case(recall)], rate),
    }


def _case(recall):
    return [case[1] for case in CASES].index(recall)


def simulate(sessions, rate, precision, recall, natural=None, repetitions=REPETITIONS, seed=0):
    """Return by figure: share too low, too high, median half-width, share with an interval."""
    rng = np.random.default_rng(seed)
    true = truth(rate, precision, recall, natural)
    made = {name: [] for name in true}
    for _ in range(repetitions):
        found = figures(coded(sessions, rate, precision, recall, rng), natural)
        for name, figure in found.items():
            made[name].append(figure.interval or (np.nan, np.nan))
    rows = {}
    for name, ends in made.items():
        low, high = np.array(ends).T
        known = ~np.isnan(low)
        if known.sum() < 0.2 * repetitions:
            continue
        misses = (high < true[name])[known].mean(), (low > true[name])[known].mean()
        rows[name] = (*misses, np.median((high - low)[known]) / 2, known.mean())
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("sessions", "rate"), [(10, 0.1), (20, 0.035), (40, 0.01)])
def test_figures_are_covered(sessions, rate, case):
    for name, (too_low, too_high, *_) in simulate(sessions, rate, *case).items():
        assert 1 - too_low - too_high >= 0.9, name  # .93, and three errors of .011


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("natural", [0.01, 0.1])
def test_figures_at_another_rate_are_covered(natural, case):
    for name, (too_low, too_high, *_) in simulate(20, 0.035, *case, natural).items():
        assert 1 - too_low - too_high >= 0.9, name


def test_few_disclosures_are_refused():
    found = simulate(10, 0.01, 0.7, 0.8, repetitions=30)
    assert "recall" not in found
    assert "average_precision" not in found


if __name__ == "__main__":
    for natural in (None, 0.01, 0.02, 0.1):
        for sessions in (10, 20, 40):
            for rate in (0.01, 0.035, 0.1):
                for case in CASES:
                    found = simulate(sessions, rate, *case, natural, 1000, seed=1)
                    for name, (low, high, half, known) in found.items():
                        print(  # noqa: T201
                            f"| {name} | {natural} | {sessions} | {rate:.1%} | {case} "
                            f"| {1 - low - high:.3f} | {low:.3f} | {high:.3f} | {half:.3f} "
                            f"| {known:.2f} |",
                            flush=True,
                        )
