"""The boundaries of the local authorities as one picture that a browser keeps. Pure.

The places are projected as the National Grid is, on a transverse Mercator about 2° West, and set on
a grid of half a pixel: what two areas share stays shared, and what no eye sees is left out. London
is drawn a second time, larger, in the empty sea off the north-east coast.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from math import atan2, atanh, cos, hypot, radians, sin, tan
from pathlib import Path
from typing import NamedTuple

from dashboard.chartmodel import ChartModel
from dashboard.render import tiles

MERIDIAN = -2.0
HEIGHT = 1400  # in halves of a pixel, as all lengths here
LONDON = "E09"
FRAME = (960, 30, 450)  # the left, top and width of London's frame
SMALLEST = 12.0  # rings that enclose less are left out, unless an area has no other

SCRIPT = (Path(__file__).parent / "shapes.js").read_text(encoding="utf-8")
PLACE = '<div class="shapes" aria-hidden="true"></div>'
HATCH = (
    '<pattern id="no-figure" width="10" height="10" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="blank" width="10" height="10"/>'
    '<path class="line" d="M0 0v10"/></pattern>'
)

Point = tuple[int, int]
Ring = list[Point]


def colours(model: ChartModel, link: Callable[[str], str]) -> dict[str, tuple[str, str, str]]:
    """For each area by its code: its classes, what a pointer is told, and where it leads."""
    return {
        row.area_code: (tiles.style(row), tiles.said(row), link(row.area_code))
        for row in model.rows
    }


class Scale(NamedTuple):
    """How places become points of the picture."""

    left: float
    top: float
    size: float

    def at(self, place: Sequence[float]) -> Point:
        """The point of a longitude and latitude."""
        x, y = project(place[0], place[1])
        return round((x - self.left) * self.size), round((self.top - y) * self.size)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on a transverse Mercator of the sphere, in radians east and north."""
    east, north = radians(longitude - MERIDIAN), radians(latitude)
    return atanh(cos(north) * sin(east)), atan2(tan(north), cos(east))


def svg(features: Sequence[Mapping]) -> str:
    """The picture of GeoJSON features: a path for each, by its code, and London once more."""
    england = _scale_of(features)
    whole = "".join(_path(feature, england) for feature in features)
    london = [feature for feature in features if feature["id"].startswith(LONDON)]
    inset = _inset(london, england) if london else ""
    width = FRAME[0] + FRAME[2] + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT + 10}">'
        f"{HATCH}<g>{whole}</g>{inset}</svg>"
    )


def outline(rings: Sequence[Sequence[Sequence[float]]], scale: Scale) -> list[Ring]:
    """The rings on the grid without what cannot be seen; the largest is always kept."""
    drawn = [thinned([scale.at(place) for place in ring]) for ring in rings]
    found = sorted(drawn, key=area, reverse=True)
    return [found[0], *(ring for ring in found[1:] if area(ring) >= SMALLEST)]


def area(ring: Ring) -> float:
    """What a ring encloses, in square halves of a pixel."""
    turns = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in turns)) / 2


def _scale_of(features: Sequence[Mapping]) -> Scale:
    """The scale at which all of them fit the height."""
    places = [place for feature in features for ring in _rings(feature) for place in ring]
    points = [project(*place[:2]) for place in places]
    left, top = min(x for x, _ in points), max(y for _, y in points)
    return Scale(left, top, HEIGHT / (top - min(y for _, y in points)))


def _rings(feature: Mapping) -> list[Sequence[Sequence[float]]]:
    geometry = feature["geometry"]
    many = geometry["coordinates"]
    polygons = many if geometry["type"] == "MultiPolygon" else [many]
    return [ring for polygon in polygons for ring in polygon]


def thinned(ring: Sequence[Point]) -> Ring:
    """A ring without points that repeat the one before or lie on the line between their own."""
    once = [point for point, _ in groupby(ring)]
    if len(once) > 1 and once[0] == once[-1]:
        once.pop()
    around = zip([once[-1], *once[:-1]], once, [*once[1:], once[0]], strict=True)
    return [point for before, point, after in around if not _between(before, point, after)] or once


def _between(before: Point, point: Point, after: Point) -> bool:
    """Whether a point lies on the way from one to the other: both areas there see it alike."""
    (x, y), (u, v) = before, after
    turn = (point[0] - x) * (v - y) - (point[1] - y) * (u - x)
    return turn == 0 and hypot(u - x, v - y) > 0


def _path(feature: Mapping, scale: Scale) -> str:
    drawn = "".join(_drawn(ring) for ring in outline(_rings(feature), scale))
    return f'<path data-area="{feature["id"]}" d="{drawn}"/>'


def _drawn(ring: Ring) -> str:
    """A ring as steps from point to point, each as short as it can be written."""
    (x, y), *rest = ring
    written = f"M{x} {y}l"
    for u, v in rest:
        written += f"{u - x} {v - y} "
        x, y = u, v
    return f"{written.rstrip()}z"


def _inset(london: Sequence[Mapping], england: Scale) -> str:
    """London in a frame of its own, and a frame around where it lies."""
    points = [england.at(place) for feature in london for ring in _rings(feature) for place in ring]
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    upper, lower = min(y for _, y in points), max(y for _, y in points)
    left, top, width = FRAME
    zoom = (width - 20) / (high - low)
    height = round((lower - upper) * zoom) + 50
    scale = Scale(
        england.left + low / england.size - (left + 10) / (england.size * zoom),
        england.top - upper / england.size + (top + 40) / (england.size * zoom),
        england.size * zoom,
    )
    shapes = "".join(_path(feature, scale) for feature in london)
    return (
        f'<rect class="around" x="{low - 6}" y="{upper - 6}" width="{high - low + 12}" '
        f'height="{lower - upper + 12}"/>'
        f'<rect class="around" x="{left}" y="{top}" width="{width}" height="{height}"/>'
        f'<text x="{left + 14}" y="{top + 34}">London, larger</text><g>{shapes}</g>'
    )
