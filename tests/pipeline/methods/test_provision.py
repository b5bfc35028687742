"""Need and provision: against hand-worked sums, SciPy and many drawn local authorities."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import optimize, stats

from pipeline.methods import provision as methods

NEEDS, GROUPS, AREAS = 4, 3, 5


def closely(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9, nan_ok=True)


@pytest.fixture
def counts():
    """Invented plans by group, need and area."""
    return np.random.default_rng(7).integers(1, 200, (GROUPS, NEEDS, AREAS)).astype(float)


def rates_of(counts):
    whole = counts.sum(axis=2)
    return whole / whole.sum(axis=0)


def test_examples_hold():
    assert doctest.testmod(methods).failed == 0


def test_a_standardisation_worked_by_hand():
    """Two needs: 300 autistic, a third in special schools; 100 others, a tenth there."""
    expected = methods.compute_expected_placements([[30], [10]], [[1 / 3, 0.1], [2 / 3, 0.9]])
    assert expected[:, 0] == closely([30 / 3 + 10 / 10, 30 * 2 / 3 + 10 * 9 / 10])
    found = methods.compute_observed_over_expected(
        [[22], [18]], [[30], [10]], [[1 / 3, 0.1], [2 / 3, 0.9]]
    )
    assert found.ratio[:, 0] == closely([2, 18 / 29])
    assert methods.compute_dissimilarity([[22], [18]], expected)[0] == closely(100 * 11 / 40)


def test_expected_numbers_add_up_to_the_observed_ones(counts):
    plans, rates = counts.sum(axis=0), rates_of(counts)
    expected = methods.compute_expected_placements(plans, rates)
    assert expected.sum(axis=1) == closely(counts.sum(axis=(1, 2)))
    assert expected.sum(axis=0) == closely(plans.sum(axis=0))


def test_the_whole_is_as_expected_of_itself(counts):
    plans = counts.sum(axis=(0, 2))[:, None]
    observed = counts.sum(axis=(1, 2))[:, None]
    found = methods.compute_observed_over_expected(observed, plans, rates_of(counts))
    assert found.ratio == closely(np.ones((GROUPS, 1)))
    expected = methods.compute_expected_placements(plans, rates_of(counts))
    assert methods.compute_dissimilarity(observed, expected) == closely([0])


def test_the_interval_is_that_of_the_score_test_solved_another_way(counts):
    plans, rates, observed = counts.sum(axis=0), rates_of(counts), counts.sum(axis=1)
    found = methods.compute_observed_over_expected(observed, plans, rates)
    expected = methods.compute_expected_placements(plans, rates)
    for group, area in np.ndindex(observed.shape):
        centre = stats.logistic.ppf(rates[group])

        def moments(shift, centre=centre, own=plans[:, area]):
            p = stats.logistic.cdf(centre + shift)
            return own @ p, math.sqrt(own @ (p * (1 - p)))

        def away(shift, errors, count=observed[group, area], moments=moments):
            mean, error = moments(shift)
            return (count - mean) / error - errors

        for limit, errors in ((found.low, 1), (found.high, -1)):
            shift = optimize.brentq(away, -8, 8, (errors * stats.norm.ppf(0.975),), xtol=1e-14)
            ratio = moments(shift)[0] / expected[group, area]
            assert limit[group, area] == closely(ratio)


def test_with_one_need_the_interval_is_wilsons():
    for count, plans, rate in ((0, 40, 0.2), (7, 40, 0.2), (40, 40, 0.2), (81, 263, 0.4)):
        found = methods.compute_observed_over_expected([[count]], [[plans]], [[rate]])
        wilson = stats.binomtest(count, plans).proportion_ci(method="wilson")
        assert [found.low[0, 0], found.high[0, 0]] == closely(
            [wilson.low / rate, wilson.high / rate]
        )


def test_the_interval_holds_the_truth_95_times_in_100_where_byars_is_wider():
    """2,000 invented local authorities that place each need as England does."""
    rates, plans = np.array([[0.45, 0.7, 0.2]]), np.array([400, 150, 600])
    drawn = np.random.default_rng(3).binomial(plans, rates[0], (2000, 3)).sum(axis=1)[None, :]
    areas = np.repeat(plans[:, None], 2000, axis=1)
    found = methods.compute_observed_over_expected(drawn, areas, rates)
    assert 0.94 < np.mean((found.low <= 1) & (found.high >= 1)) < 0.96
    low, high = byar(drawn)
    expected = float((rates @ plans)[0])
    assert np.mean((low / expected <= 1) & (high / expected >= 1)) > 0.98
    assert np.mean((high - low) / expected) > 1.25 * np.mean(found.high - found.low)


def byar(count):
    """Byar's approximation, for comparison."""
    z, more = stats.norm.ppf(0.975), count + 1
    return (
        count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3,
        more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3,
    )


@given(
    arrays.arrays(int, (GROUPS, NEEDS, AREAS), elements=st.integers(0, 500)).filter(
        lambda counts: counts.sum(axis=(0, 2)).all()
    )
)
def test_an_interval_contains_its_ratio_and_a_share_stays_a_share(counts):
    plans, rates, observed = counts.sum(axis=0), rates_of(counts), counts.sum(axis=1)
    found = methods.compute_observed_over_expected(observed, plans, rates)
    known = ~np.isnan(found.ratio)
    expected = methods.compute_expected_placements(plans, rates)
    assert (known == (expected > 0)).all()
    noise = 1 + 1e-7  # a limit is the root of a square, which keeps half of the digits
    assert (found.low[known] <= found.ratio[known] * noise).all()
    assert (found.ratio[known] <= found.high[known] * noise).all()
    whole = np.broadcast_to(plans.sum(axis=0), expected.shape)
    assert (found.low[known] >= 0).all()
    assert (found.high[known] * expected[known] <= whole[known] + 1e-6).all()


def test_the_order_of_needs_groups_and_areas_changes_nothing(counts):
    turned = counts[::-1, ::-1, ::-1]
    for one, other in zip(everything(counts), everything(turned), strict=True):
        assert np.flip(other) == closely(one)


def everything(counts):
    plans, rates, observed = counts.sum(axis=0), rates_of(counts), counts.sum(axis=1)
    expected = methods.compute_expected_placements(plans, rates)
    return (
        expected,
        *methods.compute_observed_over_expected(observed, plans, rates),
        methods.compute_dissimilarity(observed, expected),
        methods.compute_dissimilarity_by_chance(plans, rates),
    )


def test_an_area_without_all_its_numbers_has_no_result(counts):
    plans, rates, observed = counts.sum(axis=0), rates_of(counts), counts.sum(axis=1)
    plans[2, 1] = np.nan
    assert np.isnan(methods.compute_expected_placements(plans, rates)[:, 1]).all()
    found = methods.compute_observed_over_expected(observed, plans, rates)
    assert all(np.isnan(part[:, 1]).all() for part in found)
    assert np.isnan(methods.compute_dissimilarity_by_chance(plans, rates)[1])
    limits = methods.simulate_dissimilarity_limit(plans, rates)
    assert np.isnan(limits[1])
    assert np.isfinite(np.delete(limits, 1)).all()


def test_the_dissimilarity_by_chance_is_the_mean_of_half_normals(counts):
    plans, rates = counts.sum(axis=0), rates_of(counts)
    found = methods.compute_dissimilarity_by_chance(plans, rates)
    for area in range(AREAS):
        own = plans[:, area]
        spread = [math.sqrt(sum(own * share * (1 - share))) for share in rates]
        mean = sum(stats.halfnorm.mean(scale=one) for one in spread)
        assert found[area] == closely(100 * mean / 2 / own.sum())


def test_what_chance_gives_is_what_placing_each_plan_by_lot_gives():
    random, own = np.random.default_rng(11), np.array([300, 120, 80])
    rates = np.array([[0.5, 0.2, 0.1], [0.1, 0.7, 0.3], [0.4, 0.1, 0.6]])
    drawn = sum(
        random.multinomial(number, shares, 20_000)
        for number, shares in zip(own, rates.T, strict=True)
    )
    expected = (rates @ own)[:, None]
    lots = methods.compute_dissimilarity(drawn.T, np.broadcast_to(expected, drawn.T.shape))
    plans = own[:, None].astype(float)
    assert methods.compute_dissimilarity_by_chance(plans, rates)[0] == pytest.approx(
        lots.mean(), rel=0.02
    )
    limit = methods.simulate_dissimilarity_limit(plans, rates)[0]
    assert limit == pytest.approx(np.quantile(lots, 0.95), rel=0.04)
    assert limit == methods.simulate_dissimilarity_limit(plans, rates)[0]


ARRAY = np.random.default_rng(5)
FIRST = ARRAY.normal(size=60).round(1)  # with ties
SECOND = (0.4 * FIRST + ARRAY.normal(size=60)).round(1)


def test_pearson_is_scipys():
    found, wanted = methods.compute_pearson(FIRST, SECOND), stats.pearsonr(FIRST, SECOND)
    interval = wanted.confidence_interval(0.95)
    assert found == closely([wanted.statistic, interval.low, interval.high, 60])


def test_spearman_is_scipys_with_the_interval_of_bonett_and_wright():
    found = methods.compute_spearman(FIRST, SECOND)
    rho = stats.spearmanr(FIRST, SECOND).statistic
    error = stats.norm.ppf(0.975) * math.sqrt((1 + rho**2 / 2) / 57)
    limits = [math.tanh(math.atanh(rho) + way * error) for way in (-1, 1)]
    assert found == closely([rho, *limits, 60])


def test_p_is_that_of_fieller_hartley_and_pearson():
    found = methods.compute_spearman_p([0.25, -0.1, 0, 1, np.nan], [148, 60, 30, 20, 20])
    wanted = [
        2 * stats.norm.sf(abs(math.atanh(rho)) / math.sqrt(1.06 / (number - 3)))
        for rho, number in ((0.25, 148), (-0.1, 60), (0, 30))
    ]
    assert found == closely([*wanted, 0, np.nan])
    exact = stats.spearmanr(FIRST, SECOND)
    assert methods.compute_spearman_p(exact.statistic, 60) == pytest.approx(exact.pvalue, rel=0.25)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_is_scipys(values):
    assert methods.adjust_by_benjamini_hochberg(values) == closely(
        stats.false_discovery_control(values)
    )
    with_gap = methods.adjust_by_benjamini_hochberg([math.nan, *values])
    assert np.isnan(with_gap[0])
    assert with_gap[1:] == closely(stats.false_discovery_control(values))


@pytest.mark.parametrize("method", [methods.compute_pearson, methods.compute_spearman])
def test_a_correlation_needs_pairs_that_vary_and_mirrors(method):
    assert math.isnan(method([1, 2, 3], [3, 1, 2]).value)
    assert math.isnan(method([1, 1, 1, 1], [1, 2, 3, 4]).value)
    assert method([1, 2, 3, 4], [2, 4, 6, 8]) == (1, 1, 1, 4)
    gaps = method([1, 2, math.nan, 4, 5, 7], [2, 1, 5, math.nan, 6, 4])
    assert gaps == method([1, 2, 5, 7], [2, 1, 6, 4])
    found, turned = method(FIRST, SECOND), method(FIRST, -SECOND)
    assert (turned.value, turned.low, turned.high) == closely(
        (-found.value, -found.high, -found.low)
    )
    order = np.random.default_rng(1).permutation(60)
    assert method(FIRST[order], SECOND[order]) == closely(found)
    assert method(SECOND, FIRST) == closely(found)
