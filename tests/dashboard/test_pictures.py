"""Strips, dots and sparks show where values lie."""

from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import pictures
from dashboard.model import Series, Spread
from tests.dashboard.make import metric

SPREAD = Spread(
    "m", "Total", "2024", date(2024, 12, 31), 3, 0.0, 25.0, 50.0, 75.0, 100.0, [0, 50, 100]
)


def drawing(html):
    """The SVG inside an image, parsed: a drawing that is not XML is not shown."""
    return ET.fromstring(unquote(html.split("data:image/svg+xml,")[1].split('"')[0]))  # noqa: S314


@given(st.floats(-1e3, 1e3), st.floats(0, 1e3), st.floats(-1e4, 1e4))
def test_a_mark_never_leaves_its_strip(low, width, number):
    assert 0 <= pictures.place((low, low, low, low, low + width), number) <= 100


def test_a_strip_holds_the_middle_half_the_median_the_neighbours_and_the_area():
    html = pictures.strip(metric(), SPREAD, 60.0, 40.0)
    assert 'class="q" style="left:25.0%;right:25%"' in html
    assert 'class="m" style="left:50.0%"' in html
    assert 'class="n" style="left:40.0%"' in html
    assert 'class="d" style="left:60.0%"' in html
    assert "0.0%" in html
    assert "100.0%" in html


def test_a_strip_without_a_value_has_no_dot():
    assert 'class="d"' not in pictures.strip(metric(), SPREAD, None, None)
    assert pictures.strip(metric(), None, 60.0, 40.0) == ""


def test_every_local_authority_is_a_line_and_the_picture_has_its_words():
    html = pictures.dots(metric(), SPREAD, 60.0)
    path, median, own = list(drawing(html))
    assert path.get("d").count("M") == 3
    assert median.get("d").startswith("M150.0 ")
    assert own.get("cx") == "178.8"
    assert "3 local authorities from 0.0% to 100.0%; the median is 50.0%" in html
    assert len(list(drawing(pictures.dots(metric(), SPREAD)))) == 2
    assert pictures.dots(metric(), None) == ""
    assert pictures.ends(metric(), None) == ""


def test_a_spark_has_gaps_where_points_do_not_join():
    html = pictures.spark(Series([2019, 2020, 2022], [1.0, 2.0, 3.0], [None, True, False]))
    assert drawing(html)[0].get("d") == "M3 20.0L30 12.0M83 4.0"


@pytest.mark.parametrize("values", [[], [1.0]])
def test_one_point_is_no_line(values):
    years = [2019.0] * len(values)
    assert pictures.spark(Series(years, values, [None] * len(values))) == ""


def test_a_level_series_is_drawn():
    assert drawing(pictures.spark(Series([2019, 2020], [2.0, 2.0], [None, True])))
