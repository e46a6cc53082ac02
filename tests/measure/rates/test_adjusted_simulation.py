"""Is the adjusted rate near the truth, and does its interval cover it, where its premise holds?

Sessions of `utterances` therapist utterances are made at random; the error rates come from coded
utterances: independent, or in sessions of about 50 whose sensitivities and false alarms differ by
beta distributions with intraclass correlations of .3 and .05. The truth is the rate of the process
that makes the utterances.
"""

import numpy as np
import pytest

from tests.test_stats_simulation import beta
from tsd.measure.rates.rates import ErrorRates, adjusted
from tsd.stats import Clusters, clustered_ratio

REPETITIONS = 1500
PREVALENCES = (0.01, 0.035, 0.1)


def coded(sensitivity, false_alarms, disclosing, others, rng, *, clustered):
    """Return error rates as they would be measured."""
    if not clustered:
        shares = rng.binomial(disclosing, sensitivity), rng.binomial(others, false_alarms)
        return ErrorRates(shares[0] / disclosing, shares[1] / others, disclosing, others)
    sessions = (disclosing + others) // 50
    names = Clusters([str(n) for n in range(sessions)], "coded sessions")
    made = []
    for share, icc, count in ((sensitivity, 0.3, disclosing), (false_alarms, 0.05, others)):
        cases = rng.multinomial(count, np.full(sessions, 1 / sessions))
        made.append(
            clustered_ratio(rng.binomial(cases, beta(share, icc, rng, sessions)), cases, names)
        )
    return ErrorRates(made[0].value, made[1].value, disclosing, others, clustered=tuple(made))


def simulate(
    errors,
    utterances,
    prevalence,
    counts=(150, 3000),
    *,
    clustered=False,
    known=True,
    repetitions=REPETITIONS,
):
    """Return the estimates and their ends, shape (repetitions, 3), and the notes.

    If not `known`, the clusters of the coded utterances are left out, as in earlier files.
    """
    rng = np.random.default_rng(0)
    found = []
    for _ in range(repetitions):
        disclosing = rng.binomial(utterances, prevalence)
        flagged = rng.binomial(disclosing, errors[0])
        flagged += rng.binomial(utterances - disclosing, errors[1])
        measured = coded(*errors, *counts, rng, clustered=clustered)
        if not known:
            measured = ErrorRates(measured.sensitivity, measured.false_alarms, *counts)
        found.append(adjusted(int(flagged), utterances, measured))
    numbers = np.array([(e.value, e.low, e.high) for e in found], dtype=float) / 100
    return numbers, [each.reason for each in found]


def compared(numbers, prevalence):
    """Return mean and standard deviation over the truth, coverage, half-width, share refused."""
    value, low, high = numbers[~np.isnan(numbers[:, 0])].T
    return (
        value.mean() / prevalence,
        value.std() / prevalence,
        ((low <= prevalence) & (prevalence <= high)).mean(),
        ((high - low) / 2).mean(),
        1 - len(value) / len(numbers),
    )


ERRORS, UTTERANCES = ((0.9, 0.005), (0.8, 0.01), (0.7, 0.02)), (40, 200, 1000)
CELLS = [
    *((errors, utterances, False) for errors in ERRORS for utterances in UTTERANCES),
    # Clusters widen what is known of the errors, whatever the size: each error with one size.
    *((*cell, True) for cell in zip(ERRORS, UTTERANCES[::-1], strict=True)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("errors", "utterances", "clustered"), CELLS)
def test_the_truth_is_covered(errors, utterances, clustered):
    for prevalence in PREVALENCES:
        numbers, _ = simulate(errors, utterances, prevalence, clustered=clustered)
        mean, _, coverage, _, refused = compared(numbers, prevalence)
        assert 0.925 <= coverage <= 0.985  # .93 to .97, and three errors of .006
        assert refused == 0
        if utterances == 1000 and errors[0] > 0.7:
            assert 0.9 <= mean <= 1.1


@pytest.mark.slow
def test_coding_in_clusters_must_widen_the_interval():
    cell = (0.8, 0.01), 5000, 0.035
    known, independent = (
        compared(simulate(*cell, clustered=True, known=each)[0], 0.035) for each in (True, False)
    )
    assert known[2] > 0.93 > 0.91 > independent[2]
    assert known[3] > 1.3 * independent[3]


@pytest.mark.slow
def test_the_flagged_rate_is_further_from_the_truth():
    rng = np.random.default_rng(0)
    disclosing = rng.binomial(5000, 0.01, REPETITIONS)
    flagged = rng.binomial(disclosing, 0.8) + rng.binomial(5000 - disclosing, 0.01)
    assert flagged.mean() / 5000 / 0.01 > 1.7


def test_where_nobody_discloses_half_are_0_with_an_upper_bound():
    numbers, notes = simulate((0.8, 0.02), 1000, 0.0, repetitions=300)
    below = np.array([note.startswith("fewer are flagged") for note in notes])
    assert 0.35 < below.mean() < 0.65
    assert (numbers[below, :2] == 0).all()
    assert (numbers[:, 2] > 0).all()


def test_a_classifier_that_is_too_inaccurate_is_refused():
    _, notes = simulate((0.3, 0.2), 1000, 0.05, repetitions=300)
    assert np.mean([note.startswith("the classifier is too inaccurate") for note in notes]) > 0.98


def test_too_few_coded_are_refused():
    numbers, notes = simulate((0.8, 0.01), 1000, 0.05, (9, 3000), repetitions=20)
    assert np.isnan(numbers).all()
    assert set(notes) == {
        "too few coded disclosing utterances for error rates: 9; at least 10 are needed"
    }


if __name__ == "__main__":
    for clustered, known in ((False, True), (True, True), (True, False)):
        for counts in ((150, 3000), (40, 1500)):
            for errors in ((0.9, 0.005), (0.8, 0.01), (0.7, 0.02)):
                for size in (40, 200, 1000, 5000):
                    for rate in PREVALENCES:
                        found, _ = simulate(
                            errors,
                            size,
                            rate,
                            counts,
                            clustered=clustered,
                            known=known,
                            repetitions=3000,
                        )
                        row = compared(found, rate)
                        print(  # noqa: T201
                            f"| {clustered} | {known} | {counts[0]} | {errors[0]} | {errors[1]} "
                            f"| {size} | {rate:.1%} | {row[0]:.2f} | {row[1]:.2f} | {row[2]:.3f} "
                            f"| {100 * row[3]:.2f} |",
                            flush=True,
                        )
