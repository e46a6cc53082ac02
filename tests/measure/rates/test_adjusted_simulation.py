"""Is the adjusted rate near the truth, and does its interval cover it, where its premise holds?

Sessions of `UTTERANCES` therapist utterances are made at random; the error rates come from
150 disclosing and 3000 other coded utterances, as they would in use. The truth is the rate of the
process that makes the utterances.
"""

import numpy as np
import pytest

from tsd.measure.rates.rates import ErrorRates, adjusted

REPETITIONS = 3000
PREVALENCES = (0.01, 0.02, 0.035, 0.05, 0.1)


def simulate(sensitivity, false_alarms, utterances, prevalence, coded=(150, 3000)):
    """Return the estimates, their ends and the notes; shape (repetitions, 3) and a list."""
    rng = np.random.default_rng(0)
    disclosing = rng.binomial(utterances, prevalence, REPETITIONS)
    flagged = rng.binomial(disclosing, sensitivity)
    flagged += rng.binomial(utterances - disclosing, false_alarms)
    s = rng.binomial(coded[0], sensitivity, REPETITIONS) / coded[0]
    f = rng.binomial(coded[1], false_alarms, REPETITIONS) / coded[1]
    found = [
        adjusted(int(each), utterances, ErrorRates(*rates, *coded))
        for each, *rates in zip(flagged, s, f, strict=True)
    ]
    numbers = np.array([(e.value, e.low, e.high) for e in found], dtype=float) / 100
    return numbers, [each.reason for each in found]


def compared(numbers, prevalence):
    """Return mean and standard deviation over the truth, coverage, half-width, share refused."""
    known = numbers[~np.isnan(numbers[:, 0])]
    value, low, high = known.T
    return (
        value.mean() / prevalence,
        value.std() / prevalence,
        ((low <= prevalence) & (prevalence <= high)).mean(),
        ((high - low) / 2).mean(),
        1 - len(known) / len(numbers),
    )


@pytest.mark.slow
@pytest.mark.parametrize(("sensitivity", "false_alarms"), [(0.9, 0.005), (0.8, 0.01)])
@pytest.mark.parametrize("utterances", [1000, 5000])
@pytest.mark.parametrize("prevalence", PREVALENCES)
def test_within_10_percent_of_the_truth(sensitivity, false_alarms, utterances, prevalence):
    numbers, _ = simulate(sensitivity, false_alarms, utterances, prevalence)
    mean, _, coverage, _, refused = compared(numbers, prevalence)
    assert 0.9 <= mean <= 1.1
    assert 0.93 <= coverage <= 0.985
    assert refused < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("prevalence", PREVALENCES)
def test_a_weaker_classifier_needs_more_utterances(prevalence):
    numbers, _ = simulate(0.7, 0.02, 5000, prevalence)
    mean, _, coverage, *_ = compared(numbers, prevalence)
    assert 0.9 <= mean <= 1.1
    assert 0.93 <= coverage <= 0.985


@pytest.mark.slow
def test_the_flagged_rate_is_further_from_the_truth():
    rng = np.random.default_rng(0)
    disclosing = rng.binomial(5000, 0.01, REPETITIONS)
    flagged = rng.binomial(disclosing, 0.8) + rng.binomial(5000 - disclosing, 0.01)
    assert flagged.mean() / 5000 / 0.01 > 1.7


def test_below_the_false_alarms_it_is_refused():
    numbers, notes = simulate(0.8, 0.02, 1000, 0.0)
    below = np.array([note == "the flagged rate is below the false alarm rate" for note in notes])
    assert 0.4 < below.mean() < 0.6  # nobody discloses: by chance, half are above
    assert (np.isnan(numbers[:, 0]) == below).all()


def test_a_classifier_that_is_too_inaccurate_is_refused():
    _, notes = simulate(0.3, 0.2, 1000, 0.05)
    assert np.mean([note.startswith("the classifier is too inaccurate") for note in notes]) > 0.98


def test_too_few_coded_are_refused():
    numbers, notes = simulate(0.8, 0.01, 1000, 0.05, coded=(9, 3000))
    assert np.isnan(numbers).all()
    assert set(notes) == {
        "too few coded disclosing utterances for error rates: 9; at least 10 are needed"
    }


if __name__ == "__main__":
    for errors in ((0.9, 0.005), (0.8, 0.01), (0.7, 0.02)):
        for size in (1000, 5000):
            for rate in PREVALENCES:
                row = compared(simulate(*errors, size, rate)[0], rate)
                print(  # noqa: T201
                    f"| {errors[0]} | {errors[1]} | {size} | {rate:.1%} | {row[0]:.2f} "
                    f"| {row[1]:.2f} | {row[2]:.3f} | {100 * row[3]:.2f} | {row[4]:.1%} |"
                )
