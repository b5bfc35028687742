"""Tested change beside statsmodels' weighted regression."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.tools import add_constant

from pipeline.methods.change import LIMIT, compare_with_zero, compute_trend
from pipeline.methods.intervals import Z95

FIVE = st.lists(st.floats(0, 100).map(lambda v: round(v, 2)), min_size=5, max_size=5).map(np.array)
HALVES = st.lists(st.floats(0.1, 30), min_size=5, max_size=5).map(np.array)


def plain(figures, halves):
    """The same test by statsmodels, with the errors taken as known."""
    years, weights = np.arange(5), 1 / np.square(2 * halves / (2 * Z95))
    fit = WLS(figures, add_constant(years), weights=weights).fit(cov_type="fixed scale")
    statistic = float(fit.params[1] / fit.bse[1]) ** 2
    assume(abs(statistic - LIMIT) > 1e-6)
    signs = {np.sign(fit.params[1])}
    for left_out in range(5):
        kept = [i for i in range(5) if i != left_out]
        slope = WLS(figures[kept], add_constant(years[kept]), weights=weights[kept]).fit().params[1]
        assume(abs(slope) > 1e-9)
        signs.add(np.sign(slope))
    return signs.pop() if statistic > LIMIT and len(signs) == 1 else 0


def test_the_limit_is_the_chi_squared_value_that_two_in_a_thousand_exceed():
    assert pytest.approx(stats.chi2.isf(0.002, 1), abs=1e-9) == LIMIT


@given(FIVE, HALVES)
def test_a_trend_is_what_statsmodels_gives(figures, halves):
    assert compute_trend(figures, figures - halves, figures + halves) == plain(figures, halves)


@given(FIVE, HALVES)
@example(np.array([0.0, 3.0, 3.0, 3.0, 3.0]), np.array([1.0, 1.0, 1.0, 1.0, 2.0]))
def test_a_trend_turned_round_is_mirrored(figures, halves):
    forwards = compute_trend(figures, figures - halves, figures + halves)
    backwards = compute_trend(figures[::-1], (figures - halves)[::-1], (figures + halves)[::-1])
    assert abs(forwards) == abs(backwards)
    if forwards:
        assert forwards == -backwards


def test_a_clear_rise_is_found():
    figures = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    assert compute_trend(figures, figures - 1, figures + 1) == 1


def test_a_line_that_one_year_makes_is_no_trend():
    figures = np.array([10.0, 9.9, 9.8, 9.7, 60.0])
    assert compute_trend(figures, figures - 1, figures + 1) == 0


@pytest.mark.parametrize("way", [1, -1])
def test_four_equal_years_and_one_other_are_no_trend_whatever_the_rounding(way):
    figures, halves = np.array([0.0, 3.0, 3.0, 3.0, 3.0])[::way], np.array([1.0, 1, 1, 1, 2])[::way]
    assert compute_trend(figures, figures - halves, figures + halves) == 0


@pytest.mark.parametrize("missing", range(5))
def test_a_year_without_a_figure_or_an_interval_leaves_the_trend_untested(missing):
    figures = np.arange(5.0)
    low, high = figures - 0.1, figures + 0.1
    gap = figures.copy()
    gap[missing] = np.nan
    assert np.isnan(compute_trend(gap, low, high))
    low[missing] = np.nan
    assert np.isnan(compute_trend(figures, low, high))


def test_a_difference_counts_when_its_interval_leaves_out_nought():
    low, high = np.array([0.1, -1, -2, 0, np.nan]), np.array([1, 1, -0.1, 1, 1])
    assert np.array_equal(compare_with_zero(low, high), [1, 0, -1, 0, np.nan], equal_nan=True)
