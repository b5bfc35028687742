"""The range in which areas usually lie: right for a bell curve, unmoved by the few far out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from pipeline.methods import usual

SEEDS = st.integers(0, 2**32 - 1)


def areas(seed, between=0.04, number=150, middle=0.8):
    draws = np.random.default_rng(seed)
    variance = draws.uniform(0.0005, 0.01, number)
    return draws.normal(middle, np.sqrt(between + variance)), variance


def test_the_constant_is_what_a_bell_curve_has():
    drawn_in = lambda z: min(z * z, usual.CUT**2) * stats.norm.pdf(z)  # noqa: E731 - one formula
    wanted, _ = integrate.quad(drawn_in, -12, 12, points=[-usual.CUT, usual.CUT])
    assert pytest.approx(wanted, abs=1e-9) == usual.EXPECTED
    assert pytest.approx(stats.norm.isf(0.1)) == usual.CUT


def test_the_variance_between_areas_is_found_on_average():
    found = [usual.estimate_usual(*areas(seed)) for seed in range(60)]
    assert np.mean([each.middle for each in found]) == pytest.approx(0.8, abs=0.01)
    assert np.mean([each.between for each in found]) == pytest.approx(0.04, rel=0.04)


@given(SEEDS)
def test_both_equations_are_solved(seed):
    y, variance = areas(seed, number=60)
    found = usual.estimate_usual(y, variance)
    scale = np.sqrt(variance + found.between)
    r = np.clip((y - found.middle) / scale, -usual.CUT, usual.CUT)
    assert np.sum(r / scale) == pytest.approx(0, abs=1e-4)
    assert np.mean(r * r) == pytest.approx(usual.EXPECTED, abs=1e-6)


@given(SEEDS)
def test_an_independent_solver_finds_the_same(seed):
    y, variance = areas(seed, number=60)
    found = usual.estimate_usual(y, variance)

    def off(between):
        r = (y - found.middle) / np.sqrt(variance + between)
        return np.mean(np.minimum(r * r, usual.CUT**2)) - usual.EXPECTED

    assert found.between == pytest.approx(optimize.brentq(off, 0, 10), abs=1e-9)


@given(SEEDS, st.floats(-3, 3))
def test_a_shift_of_all_shifts_the_middle_alone(seed, by):
    y, variance = areas(seed, number=40)
    one, other = usual.estimate_usual(y, variance), usual.estimate_usual(y + by, variance)
    assert other.middle == pytest.approx(one.middle + by, abs=1e-6)
    assert other.between == pytest.approx(one.between, abs=1e-6)


def test_where_chance_explains_all_nothing_is_added():
    draws = np.random.default_rng(1)
    variance = np.full(150, 0.01)
    found = [usual.estimate_usual(draws.normal(0, 0.08, 150), variance).between for _ in range(20)]
    assert found == [0.0] * 20


def test_ten_areas_far_out_do_not_widen_the_range_much():
    y, variance = areas(3)
    moved = y.copy()
    moved[:10] += 5
    before, after = usual.estimate_usual(y, variance), usual.estimate_usual(moved, variance)
    assert after.between < 1.5 * before.between
    assert moved[10:].var() < moved.var() / 10


@given(st.floats(-4, 4))
def test_beyond_is_the_share_of_a_bell_curve_further_out(z):
    found = usual.compute_p_beyond(np.array([z]), np.array([0.4]), usual.Usual(0.0, 0.6))
    assert found[0] == pytest.approx(2 * stats.norm.sf(abs(z)), abs=1e-12)


@given(st.integers(0, 500), st.integers(1, 500), st.booleans())
def test_the_scale_and_its_way_back(count, more, proportion):
    total = np.array([float(count + more)])
    y = usual.transform_shares(np.array([float(count)]), total, proportion=proportion)
    assert usual.transform_back(y, proportion=proportion)[0] == pytest.approx(count / total[0])
    low, high = usual.compute_usual_range(
        y, usual.compute_chance_variance(total), proportion=proportion
    )
    assert 0 <= low[0] <= count / total[0] <= high[0]
