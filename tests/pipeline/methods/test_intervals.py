"""Intervals beside statsmodels and scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from pipeline.methods.intervals import (
    EXACT,
    Z95,
    compute_byar_interval,
    compute_difference_interval,
    compute_wilson_interval,
    compute_wilson_interval_of_rounded,
)

PAIRS = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_normal_deviate_is_that_of_a_95_per_cent_interval():
    assert pytest.approx(stats.norm.ppf(0.975), abs=1e-15) == Z95


@given(PAIRS)
def test_wilson_is_what_statsmodels_gives(pair):
    count, total = pair
    found = [float(limit) for limit in compute_wilson_interval(count, total)]
    assert found == pytest.approx(proportion_confint(count, total, method="wilson"), abs=1e-9)


@given(PAIRS)
def test_a_proportion_lies_in_its_interval_and_the_interval_within_0_and_1(pair):
    low, high = compute_wilson_interval(*pair)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1


@given(PAIRS)
def test_turning_a_proportion_round_mirrors_its_interval(pair):
    count, total = pair
    low, high = compute_wilson_interval(count, total)
    other_low, other_high = compute_wilson_interval(total - count, total)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-9)


def test_counts_that_cannot_be_have_no_proportion():
    low, high = compute_wilson_interval([1, 5, np.nan, 1], [0, 4, 3, np.nan])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


@given(PAIRS, st.sampled_from([0.005, 0.0005, 0.00005]))
def test_a_rounded_proportion_has_the_limits_of_the_two_ends_of_its_rounding(pair, half_step):
    count, total = pair
    share = count / total
    ends = max(share - half_step, 0) * total, min(share + half_step, 1) * total
    limits = [proportion_confint(end, total, method="wilson") for end in ends]
    found = [float(limit) for limit in compute_wilson_interval_of_rounded(share, total, half_step)]
    assert found == pytest.approx([limits[0][0], limits[1][1]], abs=1e-9)


@given(PAIRS)
def test_without_rounding_the_limits_are_wilsons(pair):
    count, total = pair
    found = [float(limit) for limit in compute_wilson_interval_of_rounded(count / total, total, 0)]
    assert found == pytest.approx(
        [float(limit) for limit in compute_wilson_interval(count, total)], abs=1e-9
    )


@given(PAIRS, st.integers(1, 3))
def test_whatever_was_rounded_its_own_interval_lies_within(pair, digits):
    count, total = pair
    published = round(count / total, digits)
    low, high = compute_wilson_interval_of_rounded(published, total, 0.5 / 10**digits)
    own_low, own_high = compute_wilson_interval(count, total)
    assert low <= own_low + 1e-12
    assert own_high - 1e-12 <= high


def test_a_share_of_none_or_of_an_unknown_number_has_no_interval():
    low, high = compute_wilson_interval_of_rounded([0.5, 0.5, np.nan], [0, np.nan, 10], 0.0005)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_small_counts_have_their_exact_limits():
    for count, limits in enumerate(EXACT):
        low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0
        high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
        assert limits == pytest.approx([low, high], abs=1e-9)
        assert [float(limit) for limit in compute_byar_interval(count)] == limits.tolist()


@given(st.integers(10, 1_000_000))
def test_larger_counts_have_byars_limits(count):
    low = count * (1 - 1 / (9 * count) - Z95 / (3 * math.sqrt(count))) ** 3
    more = count + 1
    high = more * (1 - 1 / (9 * more) + Z95 / (3 * math.sqrt(more))) ** 3
    assert [float(limit) for limit in compute_byar_interval(count)] == pytest.approx(
        [low, high], rel=1e-9
    )
    exact = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * more) / 2
    assert (low, high) == pytest.approx(exact, rel=0.005)


@given(st.integers(0, 1_000_000))
def test_a_count_lies_in_its_interval(count):
    low, high = compute_byar_interval(count)
    assert low <= count < high


def test_an_unknown_count_has_no_limits():
    assert np.isnan(compute_byar_interval([np.nan, -1])).all()


@given(PAIRS, PAIRS)
def test_a_difference_of_proportions_is_what_statsmodels_gives(one, other):
    found = compute_difference_interval(
        *((count / total, *compute_wilson_interval(count, total)) for count, total in (one, other))
    )
    wanted = confint_proportions_2indep(*one, *other, method="newcomb")
    assert [float(limit) for limit in found] == pytest.approx(wanted, abs=1e-9)


@given(PAIRS, PAIRS)
def test_a_difference_turned_round_is_mirrored(one, other):
    a, b = (
        (count / total, *compute_wilson_interval(count, total)) for count, total in (one, other)
    )
    low, high = compute_difference_interval(a, b)
    assert compute_difference_interval(b, a) == pytest.approx((-high, -low), abs=1e-12)
    assert low <= a[0] - b[0] <= high
