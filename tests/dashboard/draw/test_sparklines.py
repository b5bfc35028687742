"""Strips, dots and sparks show where values lie."""

import re
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.records import Series, Spread
from dashboard.draw import sparklines
from tests.dashboard.make import metric

SPREAD = Spread(
    "m", "Total", "2024", date(2024, 12, 31), 3, 0.0, 25.0, 50.0, 75.0, 100.0, [0, 50, 100]
)


def drawing(html):
    """The SVG inside an image, parsed: a drawing that is not XML is not shown."""
    return ET.fromstring(unquote(html.split("data:image/svg+xml,")[1].split('"')[0]))  # noqa: S314


@given(st.floats(-1e3, 1e3), st.floats(0, 1e3), st.floats(-1e4, 1e4))
def test_a_mark_never_leaves_its_strip(low, width, number):
    assert 0 <= sparklines.compute_place((low, low, low, low, low + width), number) <= 100


def test_a_strip_holds_the_middle_half_the_median_the_neighbours_and_the_area():
    html = sparklines.render_strip(metric(), SPREAD, 60.0, 40.0)
    assert 'style="--q:25;--r:75;--m:50;--n:40;--d:60"' in html
    assert "0.0%" in html
    assert "100.0%" in html


def test_a_strip_without_a_value_has_no_dot():
    assert 'style="--q:25;--r:75;--m:50"' in sparklines.render_strip(metric(), SPREAD, None, None)
    assert sparklines.render_strip(metric(), None, 60.0, 40.0) == ""


def test_a_spread_has_its_words():
    said = sparklines.describe_spread(metric(), SPREAD)
    assert said == "3 local authorities from 0.0% to 100.0%; the median is 50.0%"


def followed(path):
    """The points of a path of M, m and l, each with whether the line was drawn to it."""
    points, x, y = [], 0, 0
    for letter, numbers in re.findall(r"([Mml])([^Mml]*)", path):
        pairs = [int(n) for n in re.findall(r"-?\d+", numbers)]
        for place, (dx, dy) in enumerate(zip(pairs[::2], pairs[1::2], strict=True)):
            x, y = (dx, dy) if letter == "M" else (x + dx, y + dy)
            points.append((x, y, letter == "l" or place > 0))
    return points


def test_a_spark_has_gaps_where_points_do_not_join():
    line, dot = sparklines.draw_line(
        Series([2019, 2020, 2022], [1.0, 2.0, 3.0], [None, True, False]), 0
    )
    assert followed(line) == [(6, 40, False), (59, 24, True), (166, 8, False)]
    assert dot == "M166 8h0"


@given(st.lists(st.tuples(st.integers(-(10**6), 10**6), st.booleans()), min_size=2, max_size=12))
def test_a_spark_passes_through_its_points_in_its_own_row_of_the_sheet(series):
    values, joins = ([each[i] for each in series] for i in (0, 1))
    years = [2010.0 + number for number in range(len(values))]
    points = followed(sparklines.draw_line(Series(years, values, joins), 3)[0])
    assert [drawn for _, _, drawn in points] == [False, *joins[1:]]
    floor, up = 2 * (4 * 24 - 4), 32 / ((max(values) - min(values)) or 1)
    for (x, y, _), value, number in zip(points, values, range(len(values)), strict=True):
        assert x == round(6 + 160 * number / (len(values) - 1))
        assert y == round(floor - up * (value - min(values)))
        assert 3 * 48 <= y <= 4 * 48


@pytest.mark.parametrize("values", [[], [1.0]])
def test_one_point_is_no_line(values):
    years = [2019.0] * len(values)
    assert sparklines.draw_line(Series(years, values, [None] * len(values)), 0) == ("", "")


def test_a_sheet_is_one_drawing_with_every_line_and_dot():
    level = Series([2019, 2020], [2.0, 2.0], [None, True])
    html = sparklines.render_sheet(
        [sparklines.draw_line(level, 0), ("", ""), sparklines.draw_line(level, 2)]
    )
    lines, dots = list(drawing(html.replace("&quot;", '"')))
    assert lines.get("d").count("M") == dots.get("d").count("M") == 2
    assert sparklines.render_sheet([("", "")]) == ""
    assert sparklines.render_sheet([]) == ""


def test_a_spark_alone_is_a_sheet_of_one():
    html = sparklines.render_spark(Series([2019, 2020], [2.0, 2.0], [None, True]))
    assert len(list(drawing(html.replace("&quot;", '"')))) == 2
    assert "--y:0" in html
    assert sparklines.render_spark(Series([2019], [2.0], [None])) == ""
