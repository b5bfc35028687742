"""Funnel limits beside a plain reading of Spiegelhalter's paper."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipeline.methods.funnel import (
    Z998,
    compute_funnel_limits,
    compute_outlying,
    estimate_spread,
    is_telling,
)

COUNTS = st.lists(
    st.integers(20, 5000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
    min_size=4,
    max_size=30,
).map(lambda pairs: tuple(np.array(column, dtype=float) for column in zip(*pairs, strict=True)))


def plain(count, total, *, proportion):
    """The formulas of the paper one area at a time."""

    def shape(figure):
        return math.asin(math.sqrt(figure)) if proportion else math.sqrt(figure)

    overall = sum(count) / sum(total)
    errors = [1 / (2 * math.sqrt(n)) for n in total]
    pairs = zip(count, total, errors, strict=True)
    z = [(shape(c / n) - shape(overall)) / error for c, n, error in pairs]
    low, high = stats.scoreatpercentile(z, [10, 90])
    dispersion = statistics.fmean(min(max(each, low), high) ** 2 for each in z)
    w = [1 / error**2 for error in errors]
    added = (len(z) * dispersion - (len(z) - 1)) / (sum(w) - sum(x * x for x in w) / sum(w))
    return overall, dispersion, max(added, 0)


def test_the_outer_limit_leaves_a_thousandth_on_each_side():
    assert pytest.approx(stats.norm.ppf(0.999), abs=1e-12) == Z998


@given(COUNTS, st.booleans())
def test_the_spread_is_what_the_formulas_give(counts, proportion):
    found = estimate_spread(*counts, proportion=proportion)
    assert found == pytest.approx(plain(*counts, proportion=proportion), rel=1e-9, abs=1e-9)


@given(COUNTS, st.booleans())
def test_limits_are_in_order_and_hold_the_overall_figure(counts, proportion):
    found = estimate_spread(*counts, proportion=proportion)
    overall, lines = found.overall, compute_funnel_limits(found, counts[1], proportion=proportion)
    for low998, low95, high95, high998 in zip(*lines, strict=True):
        assert low998 <= low95 <= overall + 1e-12
        assert overall - 1e-12 <= high95 <= high998


@given(COUNTS, st.booleans())
def test_larger_areas_have_narrower_limits(counts, proportion):
    found = estimate_spread(*counts, proportion=proportion)
    few, many = (
        compute_funnel_limits(found, np.array([size]), proportion=proportion)
        for size in (50.0, 5000.0)
    )
    assert few[0] <= many[0] + 1e-12
    assert few[3] >= many[3] - 1e-12


def test_an_area_far_from_the_rest_is_outside_and_the_rest_are_within():
    count, total = np.array([100.0] * 20 + [300.0, 20.0]), np.full(22, 1000.0)
    found = compute_outlying(
        count, total, estimate_spread(count, total, proportion=True), proportion=True
    )
    assert found[:20].tolist() == [0] * 20
    assert (found[20], found[21]) == (2, -2)


@given(COUNTS, st.booleans())
def test_the_order_of_the_areas_does_not_matter(counts, proportion):
    count, total = counts
    found = estimate_spread(count, total, proportion=proportion)
    turned = estimate_spread(count[::-1], total[::-1], proportion=proportion)
    assert found == pytest.approx(turned, rel=1e-9, abs=1e-12)
    one = compute_outlying(count, total, found, proportion=proportion)
    assert (
        one[::-1].tolist()
        == compute_outlying(count[::-1], total[::-1], found, proportion=proportion).tolist()
    )


@given(COUNTS, st.booleans())
def test_a_plot_is_drawn_where_at_most_three_quarters_of_the_variance_is_not_chance(
    counts, proportion
):
    dispersion = estimate_spread(*counts, proportion=proportion).dispersion
    assert is_telling(dispersion) is (1 - 1 / max(dispersion, 1e-9) <= 0.75)


def test_where_areas_are_as_far_apart_as_in_plans_on_time_no_plot_is_drawn():
    total = np.geomspace(90, 3300, 147)
    count = np.round(total * np.linspace(0.01, 0.95, 147))
    found = estimate_spread(count, total, proportion=True)
    low95, high95 = compute_funnel_limits(found, total, proportion=True)[1:3]
    assert (high95[-1] - low95[-1]) / (high95[0] - low95[0]) > 0.9  # nearly level
    assert not is_telling(found.dispersion)
