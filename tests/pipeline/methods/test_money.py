"""How far a money figure lies from similar areas: what must hold whatever the figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.methods.money import compute_distance, is_far_out

POUNDS = st.floats(-2000, 2000)
WIDTH = st.floats(1, 500)


def apart(figure, middle, lower, width):
    return float(compute_distance(*map(np.array, (figure, middle, lower, lower + width))))


@given(POUNDS, POUNDS, POUNDS, WIDTH)
def test_it_counts_widths_of_the_middle_half_and_has_a_sign(figure, middle, lower, width):
    found = apart(figure, middle, lower, width)
    assert found * width == pytest.approx(figure - middle, abs=1e-6)
    assert apart(middle, figure, lower, width) == pytest.approx(-found)


@given(st.tuples(POUNDS, POUNDS, POUNDS), WIDTH, st.floats(0.1, 10), st.floats(-500, 500))
def test_neither_the_unit_nor_what_all_have_alike_matters(given_, width, times, plus):
    moved = apart(*(times * each + plus for each in given_), times * width)
    assert moved == pytest.approx(apart(*given_, width), rel=1e-6, abs=1e-6)


def test_where_the_middle_half_is_level_nothing_can_stand_out():
    assert np.isnan(apart(5, 3, 2, 0))
    assert not is_far_out(compute_distance(*map(np.array, (5.0, 3.0, 2.0, 2.0))))


def test_as_far_as_the_middle_half_is_wide_is_not_yet_far():
    assert is_far_out(np.array([-1.01, -1.0, 0.0, 1.0, 1.01])).tolist() == [
        *(True, False, False, False, True)
    ]
