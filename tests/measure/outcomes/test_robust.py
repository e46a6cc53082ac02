import numpy as np
import pytest
from scipy.linalg import sqrtm

from tsd.measure.outcomes.mixed import blocks_of
from tsd.measure.outcomes.robust import Fit, cluster_robust, estimate_and_test
from tsd.stats import Estimate


def fit_of(x, y, group):
    """Fit by ordinary least squares."""
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    blocks = blocks_of(group)
    return Fit(slopes, x, y - x @ slopes, blocks, [np.eye(b.stop - b.start) for b in blocks])


@pytest.fixture
def fit():
    rng = np.random.default_rng(5)
    group = np.repeat(np.arange(7), [3, 5, 2, 6, 4, 4, 8])
    x = np.column_stack([rng.poisson(1, 32), rng.normal(size=7)[group], np.ones(32)])
    return fit_of(x.astype(float), rng.normal(size=32) * (1 + group), group)


def by_definition(fit):
    """Bell & McCaffrey's variance and degrees of freedom, with whole matrices."""
    x, n = fit.x, len(fit.x)
    bread = np.linalg.inv(x.T @ x)
    rest = np.eye(n) - x @ bread @ x.T
    variance, vectors = np.zeros((3, 3)), []
    for rows in fit.blocks:
        adjust = np.linalg.inv(np.real(sqrtm(rest[rows, rows])))
        moved = bread @ x[rows].T @ adjust
        score = moved @ fit.residuals[rows]
        variance += np.outer(score, score)
        vectors.append(moved @ rest[rows])
    df = []
    for place in range(3):
        p = np.array([each[place] for each in vectors])
        eigenvalues = np.linalg.eigvalsh(p @ p.T)
        df.append(eigenvalues.sum() ** 2 / (eigenvalues**2).sum())
    return np.sqrt(np.diag(variance)), df


def test_errors_and_degrees_of_freedom_are_those_of_the_definition(fit):
    robust = cluster_robust(fit)
    errors, df = by_definition(fit)
    assert np.sqrt((robust.scores**2).sum(axis=0)) == pytest.approx(errors)
    assert robust.df == pytest.approx(df)


def test_units_of_the_columns_do_not_matter(fit):
    other = Fit(fit.slopes, fit.x * [1, 1000, 1], fit.residuals, fit.blocks, fit.roots)
    one, two = cluster_robust(fit), cluster_robust(other)
    assert two.df == pytest.approx(one.df)
    assert two.scores * [1, 1000, 1] == pytest.approx(one.scores)


def test_a_slope_of_one_therapist_alone_has_no_degrees_of_freedom():
    group = np.repeat(np.arange(6), 4)
    only = np.where(group == 2, np.tile([-1.0, 0, 0, 1], 6), 0)
    fit = fit_of(np.column_stack([only, np.ones(24)]), np.arange(24.0) % 5, group)
    robust = cluster_robust(fit)
    assert np.isnan(robust.df[0])
    assert robust.df[1] == pytest.approx(5)


def test_a_slope_without_any_error_has_no_p():
    slope, test = estimate_and_test(2.0, 0.0, 5.0, 6)
    assert slope == Estimate(2.0, 2.0, 2.0, 6)
    assert (test.p, test.df) == (None, 5)
