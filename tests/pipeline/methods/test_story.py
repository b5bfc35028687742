"""The rules of the national story, and what must hold of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.methods.story import find_records, is_in_a_row, measure_widest

FIGURES = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=12)


@given(FIGURES)
def test_a_record_is_beyond_every_figure_it_compares_with(values):
    joins = np.array([False, *(True for _ in values[1:])])
    found = find_records(np.array(values), joins)
    assert found == 0 or len(values) >= 5
    assert (found == 1) == (len(values) >= 5 and values[-1] > max(values[:-1]))
    assert (found == -1) == (len(values) >= 5 and values[-1] < min(values[:-1]))


@given(FIGURES, FIGURES)
def test_what_comes_before_a_break_makes_no_difference(before, after):
    since = [False, *(True for _ in after[1:])]
    joins = [False, *(True for _ in before[1:]), *since]
    assert find_records(np.array(before + after), np.array(joins)) == find_records(
        np.array(after), np.array(since)
    )


@given(FIGURES)
def test_turning_a_series_upside_down_turns_its_record(values):
    joins = np.array([False, *(True for _ in values[1:])])
    assert find_records(-np.array(values), joins) == -find_records(np.array(values), joins)


@given(st.integers(-12, 12))
def test_three_years_either_way_are_worth_a_sentence(run):
    assert is_in_a_row(np.array([float(run)]))[0] == (run <= -3 or run >= 3)


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_middle_half_is_no_narrower_than_nothing(lower, width):
    assert measure_widest(np.array([lower]), np.array([lower + width]))[0] >= 0
