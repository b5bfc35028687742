"""The indices beside scipy, and what must hold of their ranks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipeline.methods.indices import COVERAGE, compute_index, rank_range, standardise_scores

TABLES = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).normal(50, 10, (4, 12)).round(1)
)
SIGN, WEIGHTS = np.array([1.0, -1.0, 1.0, 1.0]), np.array([1.0, 2.0, 0.5, 1.0])


@given(TABLES)
def test_scores_are_scipys(figures):
    wanted = SIGN[:, None] * stats.zscore(figures, axis=1)
    assert standardise_scores(figures, SIGN) == pytest.approx(wanted, abs=1e-9)


@given(TABLES)
def test_a_missing_figure_is_left_out(figures):
    figures[0, 0] = np.nan
    wanted = stats.zscore(figures, axis=1, nan_policy="omit")
    found = standardise_scores(figures, np.ones(4))
    assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@given(TABLES)
def test_the_index_is_a_weighted_mean_whatever_the_scale_of_the_weights(figures):
    scores = standardise_scores(figures, SIGN)
    wanted = np.average(scores, axis=0, weights=WEIGHTS)
    assert compute_index(scores, WEIGHTS) == pytest.approx(wanted, abs=1e-9)
    assert compute_index(scores, 7 * WEIGHTS) == pytest.approx(wanted, abs=1e-9)


@given(TABLES)
def test_turning_every_sign_round_mirrors_the_index(figures):
    one, other = (compute_index(standardise_scores(figures, s), WEIGHTS) for s in (SIGN, -SIGN))
    assert one == pytest.approx(-other, abs=1e-12)


def test_too_little_coverage_gives_no_index():
    scores = np.array([[1.0, 1.0], [np.nan, 2.0], [np.nan, np.nan]])
    found = compute_index(scores, np.array([COVERAGE - 0.3, 0.3, 1 - COVERAGE]))
    assert np.isnan(found[0])
    assert found[1] == pytest.approx((0.4 + 0.6) / 0.7)


@settings(max_examples=10)
@given(TABLES)
def test_a_range_lies_among_the_ranks_and_one_metric_without_error_does_not_move(figures):
    none = np.zeros_like(figures)
    best, worst = rank_range(figures, none, SIGN, WEIGHTS, draws=50)
    assert ((best >= 1) & (best <= worst) & (worst <= figures.shape[1])).all()
    one = figures[:1] + np.arange(figures.shape[1]) / 1000  # no two level
    best, worst = rank_range(one, none[:1], SIGN[:1], WEIGHTS[:1], draws=50)
    assert best.tolist() == worst.tolist() == stats.rankdata(-one[0]).tolist()


def test_wider_errors_give_wider_ranges_and_the_same_figures_the_same_range():
    figures = np.random.default_rng(1).normal(50, 10, (4, 30))
    small, large = (rank_range(figures, np.full_like(figures, e), SIGN, WEIGHTS) for e in (0, 30.0))
    assert (large[1] - large[0]).mean() > (small[1] - small[0]).mean()
    again = rank_range(figures, np.zeros_like(figures), SIGN, WEIGHTS)
    assert all(np.array_equal(a, b) for a, b in zip(small, again, strict=True))
