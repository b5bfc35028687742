"""Boundaries: TopoJSON in, simplified shapes out, small enough to be drawn on a page.

Neighbours in TopoJSON share their border as one arc, so a border is simplified once and no gap
opens between them. Own code: the packages that read TopoJSON need a geometry library to do it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby, pairwise
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

DECIMALS = 4  # of a degree: about 10 metres
# Twice the least triangle that a point makes with those beside it, and twice the least island that
# is kept, in units of the file's own grid, about 10 metres each way. An area keeps its largest one.
LEAST_TRIANGLE, LEAST_ISLAND = 9_000, 40_000
CLOSED = 4  # points of the smallest ring, the first of which is also the last
FINER = 8  # how much smaller a triangle may be where lines cross
AN_END = 2**62

ATTRIBUTION = (
    "Source: Office for National Statistics, licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right."
)

Numbers = npt.NDArray[np.int64]
Ring = list[tuple[int, int]]
Topology = dict[str, Any]


def read(content: bytes) -> Topology:
    """Read TopoJSON. Raises ValueError where it is no JSON, KeyError where it is another kind."""
    topology = json.loads(content)
    return {part: topology[part] for part in ("objects", "arcs", "transform")}


def properties(topology: Topology, name: str) -> list[dict[str, str]]:
    """Give what an object says of each of its shapes, as text."""
    return [
        {key: str(value) for key, value in geometry["properties"].items()}
        for geometry in topology["objects"][name]["geometries"]
    ]


def shapes(topology: Topology, name: str, wanted: list[int]) -> list[str]:
    """Give some shapes of an object as MultiPolygons in GeoJSON, in their order.

    Raises KeyError, IndexError, TypeError or ValueError where it is no sound topology.
    """
    geometries = topology["objects"][name]["geometries"]
    polygons = [several(geometries[at]) for at in wanted]
    used = sorted({i if i >= 0 else ~i for i in flat(polygons)})
    arcs = uncrossed([np.cumsum(topology["arcs"][i], axis=0) for i in used])
    by_number = dict(zip(used, arcs, strict=True))
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    return [as_text(shape(parts, by_number), scale, origin) for parts in polygons]


def several(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Give a shape's polygons: several, or the one it is."""
    kinds = {"MultiPolygon": geometry["arcs"], "Polygon": [geometry["arcs"]]}
    return kinds[geometry["type"]]


def flat(polygons: list[list[list[list[int]]]]) -> Iterator[int]:
    """List the numbers of the arcs of shapes."""
    for parts in polygons:
        for rings in parts:
            yield from chain.from_iterable(rings)


def uncrossed(arcs: list[Numbers]) -> list[Ring]:
    """Simplify arcs, and those less whose lines would then cross or touch others."""
    whole = np.concatenate(arcs)
    owners = np.repeat(np.arange(len(arcs)), [len(arc) for arc in arcs])
    least = np.full(len(arcs), LEAST_TRIANGLE)
    points, owner = simplified(whole, owners, least)
    while wrong := [at for at in meeting(points, owner) if least[at] > 0]:
        least[wrong] //= FINER
        again, stays = np.isin(owners, wrong), ~np.isin(owner, wrong)
        points = np.concatenate((points[stays], whole[again]))
        owner = np.concatenate((owner[stays], owners[again]))
        order = np.argsort(owner, kind="stable")
        points, owner = simplified(points[order], owner[order], least)
    edges = np.searchsorted(owner, np.arange(len(arcs) + 1)).tolist()
    pairs = [(x, y) for x, y in points.tolist()]
    return [pairs[first:last] for first, last in pairwise(edges)]


def simplified(points: Numbers, owner: Numbers, least: Numbers) -> tuple[Numbers, Numbers]:
    """Drop points by Visvalingam's rule: those that make the smallest triangles with others.

    All arcs at once, in passes: each drops every point whose triangle is too small and not larger
    than those beside it. An arc keeps its ends, which others share. Whole numbers: exact anywhere.
    """
    while True:
        before, here, after = points[:-2], points[1:-1], points[2:]
        (ax, ay), (bx, by) = (here - before).T, (after - before).T
        is_end = (owner[:-2] != owner[1:-1]) | (owner[1:-1] != owner[2:])
        size = np.where(is_end, AN_END, np.abs(ax * by - ay * bx))
        size = np.concatenate(([AN_END], size, [AN_END]))
        # Of neighbours that are equally small the second goes first, so that one of them stays.
        drop = (size < least[owner]) & (size <= np.roll(size, 1)) & (size < np.roll(size, -1))
        if not drop.any():
            return points, owner
        points, owner = points[~drop], owner[~drop]


def meeting(points: Numbers, owner: Numbers) -> Numbers:
    """Find the arcs whose lines cross or touch, other than at the ends that arcs share."""
    joined = owner[:-1] == owner[1:]
    start, end, of = points[:-1][joined], points[1:][joined], owner[:-1][joined]
    order = np.argsort(np.minimum(start[:, 0], end[:, 0]), kind="stable")
    start, end, of = start[order], end[order], of[order]
    left, right = np.minimum(start, end), np.maximum(start, end)
    ones, others = [], []
    for step in range(1, len(of)):
        near = left[step:, 0] <= right[:-step, 0]
        if not near.any():
            break
        near &= (left[step:, 1] <= right[:-step, 1]) & (right[step:, 1] >= left[:-step, 1])
        ones.append(np.flatnonzero(near))
        others.append(ones[-1] + step)
    one, other = (np.concatenate([*places, []]).astype(np.int64) for places in (ones, others))
    hit = cross(start[one], end[one], start[other], end[other])
    return np.unique(of[np.concatenate((one[hit], other[hit]))])


def side(a: Numbers, b: Numbers, c: Numbers) -> Numbers:
    """Tell on which side of a line each point lies: -1, 0 on it, or 1."""
    (ux, uy), (vx, vy) = (b - a).T, (c - a).T
    return np.sign(ux * vy - uy * vx)


def cross(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> npt.NDArray[np.bool_]:
    """Tell which lines a to b and c to d, near each other, meet other than end to end."""
    meet = (side(a, b, c) * side(a, b, d) <= 0) & (side(c, d, a) * side(c, d, b) <= 0)
    share = np.zeros(len(a), bool)
    for p in (a, b):
        for q in (c, d):
            share |= (p == q).all(axis=1)
    return meet & ~share


def shape(polygons: list[list[list[int]]], arcs: Mapping[int, Ring]) -> list[list[Ring]]:
    """Join a shape's arcs into rings, leave out islands too small to see, and wind the rest alike.

    Outer rings run clockwise and holes the other way, as d3-geo wants them.
    """
    joined = [[untied(ring(indexes, arcs)) for indexes in polygon] for polygon in polygons]
    joined.sort(key=lambda rings: -abs(doubled(rings[0])))
    if len(joined[0][0]) < CLOSED:
        raise ValueError("a shape has no inside")
    return [
        [wound(each, hole=at > 0) for at, each in enumerate(rings) if at == 0 or is_large(each)]
        for number, rings in enumerate(joined)
        if number == 0 or is_large(rings[0])
    ]


def ring(indexes: Iterable[int], arcs: Mapping[int, Ring]) -> Ring:
    """Join arcs end to end; a number below nought is an arc walked backwards.

    Raises ValueError where the last does not end where the first begins.
    """
    found: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        if found and found[-1] != arc[0]:
            raise ValueError(f"arc {index} does not begin where the one before it ends")
        found += arc[1:] if found else arc
    if found[0] != found[-1]:
        raise ValueError(f"the arcs {indexes} are not closed")
    return found


def untied(points: Ring) -> Ring:
    """Cut off the smaller part of a ring where it comes back to a point it has been at."""
    seen: dict[tuple[int, int], int] = {}
    for at, point in enumerate(points[:-1]):
        if point in seen:
            parts = points[seen[point] : at + 1], points[: seen[point]] + points[at:]
            return untied(max(parts, key=lambda part: abs(doubled(part))))
        seen[point] = at
    return points


def doubled(points: Ring) -> int:
    """Give twice the area inside a ring, below nought where it runs clockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(points))


def is_large(points: Ring) -> bool:
    """Tell an island or a hole that can be seen from a speck."""
    return len(points) >= CLOSED and abs(doubled(points)) >= LEAST_ISLAND


def wound(points: Ring, *, hole: bool) -> Ring:
    """Turn a ring the right way round."""
    return points if (doubled(points) > 0) is hole else points[::-1]


def as_text(polygons: list[list[Ring]], scale: list[float], origin: list[float]) -> str:
    """Write a shape as GeoJSON, in degrees; points that round to one are one."""

    def degrees(point: tuple[int, int]) -> tuple[float, ...]:
        parts = zip(point, scale, origin, strict=True)
        return tuple(round(at * size + first, DECIMALS) for at, size, first in parts)

    written = [
        [[point for point, _ in groupby(map(degrees, points))] for points in rings]
        for rings in polygons
    ]
    return _json({"type": "MultiPolygon", "coordinates": written})


def collection(db: duckdb.DuckDBPyConnection) -> str:
    """Write the shapes of all areas as one GeoJSON text, a line for each, under their codes."""
    rows = db.execute(
        "SELECT area.area_code, area.name, boundary.shape FROM boundary "
        "JOIN area_key ON area_key.key = boundary.area "
        "JOIN area ON area.area_code = area_key.area_code ORDER BY area.area_code"
    ).fetchall()
    lines = [
        f'{{"type":"Feature","id":"{code}","properties":{{"name":{_json(name)}}},"geometry":{drawn}}}'
        for code, name, drawn in rows
    ]
    head = f'{{"type":"FeatureCollection","attribution":{_json(ATTRIBUTION)},"features":['
    return "\n".join([head, ",\n".join(lines), "]}", ""])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
