"""Is the adjusted rate near the truth, and does its interval cover it, where its premise holds?

The error rates come from coded utterances: independent, or in sessions of about 50 whose
sensitivities and false alarms differ by beta distributions with intraclass correlations of .3 and
.05. First, independent utterances of one process, whose rate is the truth. Then corpora as in
`tests.test_stats_simulation`: therapists and their sessions differ in how much they disclose, and
sessions also in how well it is found. The truth is the mean of the therapists' rates. Last, single
sessions in which it is found as well as on average, or better or worse.
"""

import numpy as np
import pytest

from tests.test_stats_simulation import beta, corpus
from tsd.measure.rates.rates import ErrorRates, adjusted
from tsd.stats import Clusters, clustered_ratio, independent_share

REPETITIONS = 1500
PREVALENCES = (0.01, 0.035, 0.1)
ALIKE = (0.3, 0.05)
"""How alike sensitivity, and false alarms, are within a session."""


def coded(errors, counts, rng, *, sessions, known=True):
    """Return error rates as they are measured on `sessions`; on independent utterances if None.

    If not `known`, utterances that come in sessions are taken as independent.
    """
    names = Clusters([str(n) for n in range(sessions or 0)], "coded sessions")
    made = []
    for share, icc, count in zip(errors, ALIKE, counts, strict=True):
        if sessions is None:
            made.append(independent_share(rng.binomial(count, share), count, "utterances"))
            continue
        cases = rng.multinomial(count, np.full(sessions, 1 / sessions))
        hits = rng.binomial(cases, beta(share, icc, rng, sessions))
        made.append(
            clustered_ratio(hits, cases, names)
            if known
            else independent_share(int(hits.sum()), count, "utterances")
        )
    return ErrorRates(made[0].value, made[1].value, *counts, clustered=tuple(made))


def numbers_of(found):
    """Return estimates and their ends, shape (repetitions, 3); NaN where there is none."""
    return np.array([(e.value, e.low, e.high) for e in found], dtype=float) / 100


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
    """Adjust the rates of independent utterances; return the numbers and the notes."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(repetitions):
        disclosing = rng.binomial(utterances, prevalence)
        flagged = rng.binomial(disclosing, errors[0])
        flagged += rng.binomial(utterances - disclosing, errors[1])
        sessions = sum(counts) // 50 if clustered else None
        measured = coded(errors, counts, rng, sessions=sessions, known=known)
        share = independent_share(int(flagged), utterances, "utterances")
        found.append(adjusted(share, measured))
    return numbers_of(found), [each.reason for each in found]


def simulate_corpora(
    errors, therapists, rate, icc, *, sessions=63, fallback=False, repetitions=REPETITIONS
):
    """Adjust the rates of corpora over therapists, by error rates from `sessions`.

    With `fallback`, utterances are taken as independent where clusters give no interval.
    """
    rng = np.random.default_rng(0)
    found = []
    for _ in range(repetitions):
        disclosing, utterances, names = corpus(therapists, rate, icc, rng)
        hits = rng.binomial(disclosing, beta(errors[0], ALIKE[0], rng, len(names)))
        hits += rng.binomial(utterances - disclosing, beta(errors[1], ALIKE[1], rng, len(names)))
        share = clustered_ratio(hits, utterances, Clusters(list(names), "therapists"))
        if fallback and share.reason:
            share = independent_share(int(hits.sum()), int(utterances.sum()), "utterances")
        known = not (fallback and sessions < 6)
        measured = coded(errors, (150, 3000), rng, sessions=sessions, known=known)
        found.append(adjusted(share, measured))
    return numbers_of(found)


def simulate_sessions(errors, utterances, prevalence, alike, repetitions=REPETITIONS):
    """Adjust the rates of single sessions that are `alike` within in how much is found."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(repetitions):
        disclosing = rng.binomial(utterances, prevalence)
        own = [beta(e, icc, rng, 1)[0] for e, icc in zip(errors, alike, strict=True)]
        flagged = rng.binomial(disclosing, own[0]) + rng.binomial(utterances - disclosing, own[1])
        measured = coded(errors, (150, 3000), rng, sessions=63)
        found.append(adjusted(independent_share(int(flagged), utterances, ""), measured))
    return numbers_of(found)


def compared(numbers, prevalence):
    """Return mean and standard deviation over the truth, coverage, half-width, share refused."""
    value, low, high = numbers[~np.isnan(numbers[:, 1])].T
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
@pytest.mark.parametrize("errors", ERRORS[:2])
@pytest.mark.parametrize(("rate", "icc"), [(0.035, 0.05), (0.035, 0.1), (0.1, 0.1)])
@pytest.mark.parametrize("therapists", [6, 20])
def test_the_truth_is_covered_over_therapists(errors, rate, icc, therapists):
    numbers = simulate_corpora(errors, therapists, rate, icc, repetitions=600)
    _, _, coverage, _, refused = compared(numbers, rate)
    assert refused == 0
    assert coverage >= 0.92  # .95, and three errors of .009


@pytest.mark.parametrize(("therapists", "sessions"), [(5, 63), (40, 5), (3, 3)])
def test_an_interval_that_would_not_cover_is_not_given(therapists, sessions):
    rate, icc = (0.01, 0.0) if therapists == 40 else (0.1, 0.1)
    case = (0.8, 0.01), therapists, rate, icc
    numbers = simulate_corpora(*case, sessions=sessions, repetitions=300)
    taken = simulate_corpora(*case, sessions=sessions, fallback=True, repetitions=300)
    assert not np.isnan(numbers[:, 0]).any()
    assert np.isnan(numbers[:, 1:]).all()
    np.testing.assert_allclose(numbers[:, 0], taken[:, 0])
    assert compared(taken, rate)[2] < 0.85


@pytest.mark.slow
def test_a_session_in_which_less_is_found_is_covered_less_often():
    case = (0.8, 0.01), 200, 0.1
    same, other = (compared(simulate_sessions(*case, alike), 0.1)[2] for alike in ((0, 0), ALIKE))
    assert same > 0.93 > 0.85 > other


@pytest.mark.slow
def test_the_flagged_rate_is_further_from_the_truth():
    rng = np.random.default_rng(0)
    disclosing = rng.binomial(5000, 0.01, REPETITIONS)
    flagged = rng.binomial(disclosing, 0.8) + rng.binomial(5000 - disclosing, 0.01)
    assert flagged.mean() / 5000 / 0.01 > 1.7


def test_where_nobody_discloses_half_are_0_with_an_upper_bound():
    numbers, notes = simulate((0.8, 0.02), 1000, 0.0, repetitions=300)
    below = np.array(["fewer are flagged" in note for note in notes])
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


def table_of_corpora():
    """Print coverage and half-width per 100 over therapists, then of what is refused."""
    cases = [(n, 63) for n in (6, 10, 20, 40)] + [(5, 63), (20, 5)]
    for errors in ERRORS[:2]:
        for rate in PREVALENCES:
            for icc in (0.0, 0.05, 0.1):
                cells = [
                    compared(
                        simulate_corpora(
                            errors, n, rate, icc, sessions=k, fallback=True, repetitions=1000
                        ),
                        rate,
                    )
                    for n, k in cases
                ]
                row = " | ".join(f"{each[2]:.3f} / {100 * each[3]:.2f}" for each in cells)
                print(f"| {errors[0]} / {errors[1]} | {rate:.1%} | {icc} | {row} |", flush=True)  # noqa: T201


def table_of_sessions():
    """Print the coverage of single sessions."""
    for errors in ERRORS[:2]:
        for size in (60, 200):
            for rate in PREVALENCES:
                cells = [
                    compared(simulate_sessions(errors, size, rate, alike, 3000), rate)[2]
                    for alike in ((0, 0), (0.1, 0.02), ALIKE)
                ]
                row = " | ".join(f"{each:.3f}" for each in cells)
                print(f"| {errors[0]} / {errors[1]} | {size} | {rate:.1%} | {row} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    table_of_corpora()
    table_of_sessions()
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
