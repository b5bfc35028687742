"""Exact tests beside scipy's own distributions, and what must hold of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipeline.methods import exact

CLOSE = 1e-9
COUNTS = st.integers(0, 400)
SHARES = st.floats(0.001, 0.999)


def both_sides(lower, upper):
    return min(1.0, 2 * min(lower, upper))


def one(*numbers):
    return [np.array([float(number)]) for number in numbers]


@given(COUNTS, COUNTS, SHARES)
def test_a_share_is_tested_as_by_the_binomial_distribution(count, more, share):
    total = count + more + 1
    known = stats.binom(total, share)
    wanted = both_sides(known.cdf(count), known.sf(count - 1))
    assert exact.compute_p_of_shares(*one(count, total, share))[0] == pytest.approx(
        wanted, abs=CLOSE
    )


@given(COUNTS, st.floats(0.01, 500))
def test_events_are_tested_as_by_the_poisson_distribution(count, expected):
    known = stats.poisson(expected)
    wanted = both_sides(known.cdf(count), known.sf(count - 1))
    assert exact.compute_p_of_events(*one(count, expected))[0] == pytest.approx(wanted, abs=CLOSE)


@pytest.mark.parametrize(("count", "expected"), [(40, 5.0), (400, 200.0), (3_000, 2_000.0)])
def test_far_above_what_is_expected_the_tail_keeps_its_digits(count, expected):
    wanted = 2 * stats.poisson(expected).sf(count - 1)
    assert exact.compute_p_of_events(*one(count, expected))[0] == pytest.approx(wanted, rel=1e-9)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_change_of_a_share_is_tested_as_by_the_hypergeometric(count, more, before, more_before):
    total, total_before = count + more + 1, before + more_before + 1
    known = stats.hypergeom(total + total_before, count + before, total)
    wanted = both_sides(known.cdf(count), known.sf(count - 1))
    found = exact.compute_p_of_two_shares(*one(count, total, before, total_before))[0]
    assert found == pytest.approx(wanted, abs=CLOSE)


@given(COUNTS, COUNTS, st.integers(1, 5_000), st.integers(1, 5_000))
def test_a_change_of_a_rate_is_tested_given_the_events_of_both_years(count, before, now, then):
    known = stats.binom(count + before, now / (now + then))
    wanted = both_sides(known.cdf(count), known.sf(count - 1))
    assert exact.compute_p_of_two_rates(*one(count, now, before, then))[0] == pytest.approx(
        wanted, abs=CLOSE
    )


def test_none_of_one_school_is_nothing_unusual():
    assert exact.compute_p_of_shares(*one(0, 1, 0.945))[0] == pytest.approx(0.11)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_none_or_all_can_be_tested(share):
    assert exact.compute_p_of_shares(*one(share * 40, 40, share))[0] == 1
    assert exact.compute_p_of_shares(*one((1 - share) * 40, 40, share))[0] == pytest.approx(
        0, abs=CLOSE
    )


@given(st.integers(1, 300), SHARES)
def test_chance_alone_is_called_unusual_no_more_often_than_the_level(total, share):
    counts = np.arange(total + 1.0)
    p = exact.compute_p_of_shares(
        counts, np.full(total + 1, float(total)), np.full(total + 1, share)
    )
    chances = stats.binom(total, share).pmf(counts)
    assert chances[p <= 0.05].sum() <= 0.05 + CLOSE
