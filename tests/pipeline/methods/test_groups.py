"""The prediction interval beside scipy and statsmodels, and what must always hold of it."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from pipeline.methods import change, intervals
from pipeline.methods.groups import T975, estimate_expected, scale_figures, unscale_figures

AREA = st.tuples(st.floats(-50, 50), st.floats(0.01, 20))
AREAS = st.lists(AREA, min_size=3, max_size=20)
COUNTED = st.lists(
    st.integers(1, 4000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=4,
    max_size=11,
)


def laid_out(areas):
    figures, errors = (np.array(column) for column in zip(*areas, strict=True))
    reach = intervals.Z95 * errors
    return np.array(statistics.median(figures.tolist())), figures, figures - reach, figures + reach


def numbers(estimate):
    return [float(each) for each in estimate]


def plain(areas):
    """The formula one area at a time, with scipy's t and the standard library's variance."""
    figures, errors = zip(*areas, strict=True)
    number = len(figures)
    between = statistics.variance(figures)
    within = statistics.fmean(error**2 for error in errors)
    added = max(between - within, 0)
    t = stats.t(number - 1).ppf(0.975)
    reach = t * math.sqrt(added + math.pi / 2 * max(between, within) / number)
    middle = statistics.median(figures)
    return middle, middle - reach, middle + reach


def test_the_quantiles_are_those_of_students_t():
    assert pytest.approx(stats.t.ppf(0.975, np.arange(1, len(T975) + 1)), rel=1e-12) == T975


@given(AREAS)
def test_it_is_what_the_formula_gives(areas):
    assert numbers(estimate_expected(*laid_out(areas))) == pytest.approx(
        plain(areas), rel=1e-9, abs=1e-9
    )


@given(AREAS)
def test_without_chance_it_is_that_of_one_more_draw_but_for_the_median(areas):
    """With no chance in any figure and a mean for the median, it is the textbook interval."""
    figures = np.array([figure for figure, _ in areas])
    assume(figures.std() > 1e-3)
    middle, low, high = estimate_expected(np.array(figures.mean()), figures, figures, figures)
    number = len(figures)
    whole = DescrStatsW(figures)
    ci_low, ci_high = whole.tconfint_mean(alpha=0.05)
    of_mean = (ci_high - ci_low) / 2
    wanted = of_mean * math.sqrt(number) * math.sqrt(1 + math.pi / 2 / number)
    assert float(high - middle) == pytest.approx(wanted, rel=1e-9)
    assert float(middle - low) == pytest.approx(wanted, rel=1e-9)


@given(AREAS, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(areas, random):
    before = numbers(estimate_expected(*laid_out(areas)))
    random.shuffle(areas)
    assert numbers(estimate_expected(*laid_out(areas))) == pytest.approx(before, rel=1e-9, abs=1e-9)


@given(AREAS, st.floats(1.5, 4))
def test_areas_further_apart_leave_more_room(areas, times):
    middle, figures, low, high = laid_out(areas)
    apart = middle + times * (figures - middle)
    moved = estimate_expected(middle, apart, apart - (figures - low), apart + (high - figures))
    still = estimate_expected(middle, figures, low, high)
    assert moved[2] - moved[1] >= still[2] - still[1] - 1e-9


def test_two_areas_or_one_without_an_interval_predict_nothing():
    nothing = math.nan
    two = np.array([4.0, nothing, 8.0])
    assert np.isnan(estimate_expected(np.array(6.0), two, two - 1, two + 1)[1])
    three = np.array([4.0, 6.0, 8.0])
    assert np.isnan(
        estimate_expected(np.array(6.0), three, np.array([3, 5, nothing]), three + 1)[1]
    )
    assert not np.isnan(estimate_expected(np.array(6.0), three, three - 1, three + 1)[1])


def test_an_area_without_a_figure_changes_nothing():
    three, four = np.array([4.0, 6.0, 8.0]), np.array([4.0, np.nan, 6.0, 8.0])
    known = numbers(estimate_expected(np.array(6.0), three, three - 1, three + 1))
    found = numbers(estimate_expected(np.array(6.0), four, four - 1, four + 1))
    assert found == pytest.approx(known)


@given(COUNTED)
def test_a_difference_is_never_on_the_other_side_of_the_median(counts):
    """The first is the area, the others those it is set beside."""
    count, total = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    estimate = (
        100 * count / total,
        *(100 * limit for limit in intervals.compute_wilson_interval(count, total)),
    )
    middle = statistics.median(estimate[0][1:].tolist())
    own, *others = (scale_figures(each, "wilson", 100) for each in estimate)
    scaled = [own[1:], *(each[1:] for each in others)]
    around = estimate_expected(scale_figures(np.array(middle), "wilson", 100), *scaled)
    mine = (own[0], others[0][0], others[1][0])
    way = float(change.compare_with_zero(*intervals.compute_difference_interval(mine, around)))
    assert way == 0 or way == np.sign(estimate[0][0] - middle)


def test_one_in_twenty_of_areas_just_like_their_ten_is_called_different():
    random = np.random.default_rng(12)
    figures = random.normal(50, 8, size=(11, 20_000))
    around = estimate_expected(np.median(figures[1:], axis=0), *[figures[1:]] * 3)
    own = figures[0], figures[0], figures[0]
    way = change.compare_with_zero(*intervals.compute_difference_interval(own, around))
    assert 0.035 < (way != 0).mean() < 0.05


@given(st.floats(0, 100), st.sampled_from(["wilson", "byar", "difference"]))
def test_a_figure_comes_back_from_its_scale(figure, kind):
    there = scale_figures(np.array(figure), kind, 100)
    assert float(unscale_figures(there, kind, 100)) == pytest.approx(figure, abs=1e-9)


def test_what_lies_beyond_the_scale_is_held_at_its_ends():
    assert float(unscale_figures(np.array(-0.2), "wilson", 100)) == 0
    assert float(unscale_figures(np.array(2.0), "wilson", 100)) == 100
    assert float(unscale_figures(np.array(-0.2), "byar", 1000)) == 0
