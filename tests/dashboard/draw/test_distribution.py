"""A distribution counts every area once, on round steps, and says where the chosen one lies."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.records import Spread
from dashboard.draw import distribution
from tests.dashboard.make import MEDWAY, area, figure, metric

VALUES = st.lists(st.integers(-500, 1000).map(lambda n: n / 10), min_size=1, max_size=200)
SPREAD = Spread(
    "m", "Total", "2024", date(2024, 12, 31), 151, 0.0, 25.0, 50.0, 75.0, 100.0, [0, 50, 100]
)


@given(VALUES, st.integers(0, 199))
def test_every_area_is_counted_once_in_a_bar_that_holds_its_figure(values, number):
    own = values[number % len(values)]
    found = distribution.count_bars(metric(), values, own)
    assert sum(bar.count for bar in found) == len(values)
    assert sum(bar.is_own for bar in found) == 1
    mine = next(bar for bar in found if bar.is_own)
    assert mine.low - 1e-6 <= own <= mine.high + 1e-6
    assert mine.count >= 1
    assert found[0].count >= 1
    assert found[-1].count >= 1


@given(VALUES)
def test_bars_have_one_width_and_are_few(values):
    found = distribution.count_bars(metric(), values, None)
    widths = {round(bar.high - bar.low, 6) for bar in found}
    assert len(widths) == 1
    assert len(found) <= distribution.BARS + 2
    assert all(a.high == pytest.approx(b.low) for a, b in pairwise(found))


def test_whole_numbers_have_no_bars_between_them():
    found = distribution.count_bars(metric(decimals=0), [7.0, 8.0, 9.0], None)
    assert [(bar.low, bar.high, bar.count) for bar in found] == [(7, 8, 1), (8, 9, 2)]


def test_a_hundred_per_cent_is_the_end_of_the_last_bar():
    found = distribution.count_bars(metric(), [5.0, 50.0, 100.0], 100.0)
    assert found[-1].high == pytest.approx(100)
    assert found[-1].is_own


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (10.0, "Kent (10.0%) lies below the middle half of local authorities, 25.0% to 75.0%"),
        (25.0, "Kent (25.0%) lies in the middle half of local authorities, 25.0% to 75.0%"),
        (90.0, "Kent (90.0%) lies above the middle half of local authorities, 25.0% to 75.0%"),
    ],
)
def test_the_title_says_where_the_area_lies(value, title):
    assert distribution.title(metric(), SPREAD, area(), figure(value=value)) == title


def test_without_an_area_or_a_rank_the_title_says_where_half_of_them_lie():
    half = "Half of all local authorities lie between 25.0% and 75.0%"
    assert distribution.title(metric(), SPREAD, None, None) == half
    assert distribution.title(metric(), SPREAD, area(), figure(value=9.0, rank=None)) == half


def test_the_picture_is_hidden_from_whoever_has_its_table():
    found = [figure(value=50.0), figure(area_code=MEDWAY, value=10.0), figure(value=3, rank=None)]
    shown = distribution.render_distribution(metric(), SPREAD, found, area(), "Total")
    assert '<div class="histogram" aria-hidden="true">' in shown
    assert "View this chart as a table" in shown
    assert "1 (yours is here)" in shown
    counts = re.findall(r'<td class="num">(\d+)(?: \(yours is here\))?</td></tr>', shown)
    assert sum(int(count) for count in counts) == 2  # who is not ranked is not counted


def test_one_value_has_no_distribution():
    same = [figure(value=1.0), figure(area_code=MEDWAY, value=1.0)]
    assert distribution.render_distribution(metric(), SPREAD, same, None, "Total") == ""
    assert distribution.render_distribution(metric(), None, [], None, "Total") == ""
