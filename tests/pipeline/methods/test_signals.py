"""The rule of the signals, and what must hold of it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.methods.signals import marks, order, worse_than_neighbours, worsening

NAN = np.nan
TESTS = st.sampled_from([NAN, -1.0, 0.0, 1.0])
FIGURES = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.integers(1, 100)), min_size=1, max_size=15
)


@given(TESTS, st.integers(0, 10))
def test_a_test_goes_before_a_count_of_neighbours(tested, better):
    found = worse_than_neighbours(np.array([tested]), np.array([float(better)]))[0]
    assert found == (better >= 8 if np.isnan(tested) else tested == 1)


@given(TESTS, TESTS, st.integers(-6, 6))
def test_years_in_a_row_count_only_where_nothing_was_tested(trend, step, run):
    found = worsening(np.array([trend]), np.array([step]), np.array([float(run)]))[0]
    if np.isnan(trend) and np.isnan(step):
        assert found == (run >= 3)
    else:
        assert found == (1 in (trend, step))


@given(st.lists(st.booleans(), min_size=3, max_size=3), st.sampled_from([NAN, -2, -1, 0, 1, 2]))
def test_marks_are_counted(yes, funnel):
    by = {str(i): np.array([each]) for i, each in enumerate(yes)}
    outside = 0 if np.isnan(funnel) else max(0, funnel)
    assert marks(by, np.array([float(funnel)])).tolist() == [sum(yes) + outside]


@given(FIGURES)
def test_more_marks_come_first_then_duties_then_the_worst_placed(figures):
    given, duty, place = (np.array(column, dtype=float) for column in zip(*figures, strict=True))
    found = order(given, duty.astype(bool), place).tolist()
    keys = [(-given[i], -duty[i], -place[i], i) for i in found]
    assert keys == sorted(keys)
    assert sorted(found) == list(range(len(figures)))
