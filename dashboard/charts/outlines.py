"""The boundaries of the local authorities as outlines on the grid of a picture. Pure.

The places are projected as the National Grid is, on a transverse Mercator about 2° West, and set on
a grid of half a pixel: what two areas share stays shared, and what no eye sees is left out. London
is drawn a second time, larger, in the empty sea off the north-east coast.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import atan2, atanh, cos, hypot, radians, sin, tan
from typing import NamedTuple

from dashboard.charts.model import Outlines, Ring

MERIDIAN = -2.0
HEIGHT = 1400  # in halves of a pixel, as all lengths here
LONDON = "E09"
FRAME = (960, 30, 450)  # the left, top and width of London's frame
SMALLEST = 12.0  # rings that enclose less are left out, unless an area has no other
Point = tuple[int, int]


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


def outlines(features: Sequence[Mapping]) -> Outlines:
    """GeoJSON features as outlines on the grid of the picture, and London's once more, larger."""
    england = _scale_of(features)
    whole = Outlines(
        FRAME[0] + FRAME[2] + 10, HEIGHT + 10, tuple(_outlined(each, england) for each in features)
    )
    london = [feature for feature in features if feature["id"].startswith(LONDON)]
    return _with_inset(whole, london, england) if london else whole


def _outlined(feature: Mapping, scale: Scale) -> tuple[str, tuple[Ring, ...]]:
    return feature["id"], tuple(outline(_rings(feature), scale))


def outline(rings: Sequence[Sequence[Sequence[float]]], scale: Scale) -> list[Ring]:
    """The rings on the grid without what cannot be seen; the largest is always kept."""
    drawn = [tuple(thinned([scale.at(place) for place in ring])) for ring in rings]
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


def thinned(ring: Sequence[Point]) -> list[Point]:
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


def _with_inset(whole: Outlines, london: Sequence[Mapping], england: Scale) -> Outlines:
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
    around = (low - 6, upper - 6, high - low + 12, lower - upper + 12)
    return whole._replace(
        inset=tuple(_outlined(feature, scale) for feature in london),
        frames=(around, (left, top, width, height)),
        labels=((left + 14, top + 34, "London, larger"),),
    )
