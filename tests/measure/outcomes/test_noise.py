import numpy as np
import pytest

from tsd.measure.outcomes.mixed import fit_mixed
from tsd.measure.outcomes.noise import Share, Slope, share_of_noise, slope_of
from tsd.measure.outcomes.robust import cluster_robust

THERAPIST = np.repeat(np.arange(6), [3, 4, 5, 3, 6, 4])


@pytest.fixture
def parts():
    """A fit with a predictor and one more column, within and between."""
    rng = np.random.default_rng(2)
    x = rng.poisson(3, (25, 2)).astype(float)
    means = np.array([x[t == THERAPIST].mean(axis=0) for t in THERAPIST])
    columns = np.column_stack([x - means, means, np.ones(25)])
    y = rng.normal(size=25) + rng.normal(size=6)[THERAPIST]
    return columns, fit_mixed(y, columns, THERAPIST, [THERAPIST])


def variation(columns, fit, place):
    """Return the variation of a column that the others leave."""
    white = np.vstack([r @ columns[b] for r, b in zip(fit.roots, fit.blocks, strict=True)])
    others = np.delete(white, place, axis=1)
    rest = white[:, place] - others @ np.linalg.lstsq(others, white[:, place], rcond=None)[0]
    return rest @ rest


@pytest.mark.parametrize(("place", "means"), [(0, False), (2, True)])
def test_the_variation_and_what_noise_adds_to_it(parts, place, means):
    columns, fit = parts
    slope = slope_of(fit, cluster_robust(fit), place, means=means, spread=5)
    assert slope.variation.sum() == pytest.approx(variation(columns, fit, place))
    assert slope.value == fit.slopes[place]
    added = np.zeros(25)
    for unit in range(25):  # an error of 1 in one unit, alone
        error = (np.arange(25) == unit).astype(float)
        mean = np.array([error[t == THERAPIST].mean() for t in THERAPIST])
        noisy = columns.copy()
        noisy[:, place] = mean if means else error - mean
        added[unit] = variation(noisy, fit, place)
    assert slope.noise(np.arange(25)).sum() == pytest.approx((added * np.arange(25)).sum())


def slope(variation, spread):
    alone = [slice(0, 1), slice(1, 2), slice(2, 3)]
    return Slope(1.0, np.zeros(3), 2.0, 3, np.array(variation), np.ones(3), spread, alone)


def test_the_share_of_noise_by_hand():
    share = share_of_noise(slope([2.0, 4.0, 6.0], 10), np.array([1.0, 2.0, 0.0]))
    assert share.value == pytest.approx(0.25 * 8 / 10)
    expected = np.array([0.5, 1.0, -1.5]) / 12 * np.sqrt(3 / 2)
    assert share.scores == pytest.approx(expected)
    assert share.refused == ""


@pytest.mark.parametrize(
    ("value", "error", "refused"),
    [(0.7, 0.1, False), (0.71, 0.1, True), (0.6, 0.2, False), (0.6, 0.21, True), (1.4, 0, True)],
)
def test_too_much_noise(value, error, refused):
    share = Share(value, np.array([error, 0]))
    reason = "too much of the predictor's variation would be noise"
    assert share.refused == (reason if refused else "")
