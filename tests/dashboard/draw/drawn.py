"""What an office program draws of a chart over time, worked out from its XML alone."""

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree as ET

from dashboard.draw.office import slides, workbook

NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
FILES = {
    "pptx": ("ppt/charts/chart", slides.write_slides),
    "xlsx": ("xl/charts/chart", workbook.write_chart),
}


class Box(NamedTuple):
    """A filled piece of a stack: its two ends on the value axis, its fill and its axes' ends."""

    low: float
    high: float
    fill: str
    axis: tuple[float, float]


def chart_of(model, form):
    """The XML of the one chart in a file of a form."""
    (chart,) = charts_in(FILES[form][1](model, build="b"), form)
    return chart


def charts_in(body, form):
    """The XML of every chart in a file, in the order they were made."""
    wanted = re.compile(rf"{FILES[form][0]}(\d+)\.xml")
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        found = {int(m[1]): m[0] for name in file.namelist() if (m := wanted.fullmatch(name))}
        return [
            ET.fromstring(file.read(found[number]))  # noqa: S314 - of our own making
            for number in sorted(found)
        ]


def boxes(chart):
    """Each filled piece of every stack by its series' name and its category.

    Pieces are added up as office programs do: those above and those below nought apart, each
    group of columns for itself, on the axes it names.
    """
    found = {}
    for group in chart.iterfind(".//c:barChart", NS):
        assert group.find("c:grouping", NS).get("val") == "stacked"
        assert group.find("c:overlap", NS).get("val") == "100"
        axis = ends(chart, group)
        heights = {}
        for series in group.iterfind("c:ser", NS):
            colour = series.find("c:spPr/a:solidFill/a:srgbClr", NS)
            for period, value in values(series).items():
                way = (period, value > 0)
                base = heights.get(way, 0.0)
                heights[way] = base + value
                if colour is not None and value:
                    low, high = sorted((base, base + value))
                    key = (name_of(series).removesuffix(": below 0"), period)
                    held = found.get(key, Box(low, high, colour.get("val"), axis))
                    assert held.fill == colour.get("val")
                    both = min(low, held.low), max(high, held.high)
                    found[key] = held._replace(low=both[0], high=both[1])
    return found


def points(chart):
    """The value of each line by its name and period, with the ends of the axis it is drawn on."""
    found = {}
    for group in chart.iterfind(".//c:lineChart", NS):
        axis = ends(chart, group)
        for series in group.iterfind("c:ser", NS):
            for period, value in values(series).items():
                found[name_of(series), period] = (value, axis)
    return found


def ends(chart, group):
    """The least and the most of the value axis a group is drawn on; both must be set."""
    wanted = {axis.get("val") for axis in group.iterfind("c:axId", NS)}
    (axis,) = [
        axis
        for axis in chart.iterfind(".//c:valAx", NS)
        if axis.find("c:axId", NS).get("val") in wanted
    ]
    return tuple(float(axis.find(f"c:scaling/c:{name}", NS).get("val")) for name in ("min", "max"))


def name_of(series):
    """What a series is called."""
    return "".join(series.find("c:tx", NS).find(".//c:v", NS).itertext())


def values(series):
    """The numbers of a series by category; a category without a number is left out."""
    named = {
        point.get("idx"): point.find("c:v", NS).text for point in series.iterfind("c:cat//c:pt", NS)
    }
    return {
        named[point.get("idx")]: float(point.find("c:v", NS).text)
        for point in series.iterfind("c:val//c:pt", NS)
        if point.find("c:v", NS).text
    }
