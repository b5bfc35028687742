"""Draw the boundaries for the maps, by hand, whenever a newer file of them is published.

    python -m venv /tmp/geometry
    /tmp/geometry/bin/pip install --require-hashes -r scripts/geometry.txt
    /tmp/geometry/bin/python scripts/geometry.py topo.json --title "…"

Writes the shapes that the pipeline reads, with the file they were made of and what they were made
with, and the outlines that the maps are drawn from; prints how they differ from the file's own.
Without a file, the outlines alone are drawn again, from the shapes that are there. The packages it
needs are for this script alone. Shared borders are simplified once (Visvalingam's rule, in GEOS),
so that no gap opens between neighbours and no lines cross.
"""

import argparse
import hashlib
import json
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from topojson.utils import serialize_as_geojson

ROOT = Path(__file__).parents[1]
SHAPES = ROOT / "pipeline" / "geometry" / "boundaries.geojson"
OUTLINES = ROOT / "dashboard" / "charts" / "outlines.json"
OBJECT = "utla"  # of the topology: upper-tier and unitary authorities, those of the past too
DEGREES, METRES = "EPSG:4326", "EPSG:27700"
SPHERE, GRID = "+proj=longlat +R=6371000", "+proj=tmerc +lon_0=-2 +R=6371000"  # of the outlines
DECIMALS = 4  # of a degree: about 10 metres
TOLERANCE = 600  # metres: the root of the area of the smallest triangle that a border keeps
LEAST_ISLAND = 1_500_000  # square metres; an area keeps its largest part, however small
HEIGHT = 1400  # of the outlines, in halves of a pixel, as all lengths there
SMALLEST = 12.0  # rings that enclose less are left out, unless an area has no other
FRAME = (960, 30, 450)  # the left, top and width of London's frame
LONDON = "E09"
Json = dict[str, Any]


def main() -> None:
    """Draw what is asked for, and say how good it is."""
    parser = argparse.ArgumentParser(description="Draw the boundaries for the maps.")
    parser.add_argument("topology", type=Path, nargs="?", help="a published TopoJSON file")
    parser.add_argument("--title", default="UK local authority boundaries (TopoJSON)")
    asked = parser.parse_args()
    if asked.topology:
        write_shapes(asked.topology.read_bytes(), asked.title)
    collection = json.loads(SHAPES.read_text(encoding="utf-8"))
    OUTLINES.write_text(format_outlines(build_outlines(collection)), encoding="utf-8")


def write_shapes(content: bytes, title: str) -> None:
    """Write the shapes of a topology, and where they are from; print how they differ from it."""
    features = select_current(serialize_as_geojson(json.loads(content), objectname=OBJECT))
    published = read_coverage(features)
    shapes = simplify(published)
    print_quality([each["properties"]["areanm"] for each in features], published, shapes)
    made = {
        "from": "geography/topo.json",
        "object": OBJECT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "title": title,
        "publisher": "Office for National Statistics",
        "official_url": "https://geoportal.statistics.gov.uk/",
        "licence": "OGL v3.0; contains OS data (c) Crown copyright",
        "on": date.today().isoformat(),
        "with": f"scripts/geometry.py: shapely {shapely.__version__}, GEOS "
        f"{shapely.geos_version_string}, topojson {version('topojson')}, "
        f"pyproj {version('pyproj')}",
    }
    lines = [
        compact({"type": "Feature", "properties": each["properties"], "geometry": as_json(shape)})
        for each, shape in zip(features, shapes, strict=True)
    ]
    head = f'{{"type":"FeatureCollection","made":{json.dumps(made, indent=1)},"features":[\n'
    SHAPES.write_text("".join([head, ",\n".join(lines), "\n]}\n"]), encoding="utf-8")


def select_current(collection: Json) -> list[Json]:
    """Select the areas of today in England, with their codes and names alone."""
    return [
        {**each, "properties": {name: each["properties"][name] for name in ("areacd", "areanm")}}
        for each in collection["features"]
        if each["properties"].get("end") is None and each["properties"]["areacd"].startswith("E")
    ]


def read_coverage(features: list[Json]) -> np.ndarray:
    """Read shapes in metres, made sound: without ties in rings, overlaps and slivers."""
    shapes = np.array([shapely.geometry.shape(each["geometry"]) for each in features])
    sound = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return shapely.coverage_clean(project(sound, DEGREES, METRES))


def simplify(coverage: np.ndarray) -> np.ndarray:
    """Simplify shapes in metres, leave out specks, and give them in degrees, wound as d3 wants.

    Raises ValueError where they then overlap or lines cross.
    """
    kept = [drop_specks(shape) for shape in shapely.coverage_simplify(coverage, TOLERANCE)]
    degrees = project(np.array(kept), METRES, DEGREES)
    rounded = shapely.transform(degrees, lambda points: np.round(points, DECIMALS))
    if not (shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded)):
        raise ValueError("the simplified shapes overlap or cross: choose another TOLERANCE")
    return shapely.orient_polygons(shapely.remove_repeated_points(rounded), exterior_cw=True)


def drop_specks(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Leave out islands and holes too small to see, but never the largest part."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                part.exterior,
                [hole for hole in part.interiors if shapely.Polygon(hole).area >= LEAST_ISLAND],
            )
            for number, part in enumerate(parts)
            if number == 0 or part.area >= LEAST_ISLAND
        ]
    )


def print_quality(names: list[str], published: np.ndarray, shapes: np.ndarray) -> None:
    """Print how many points there are, and where an area's size changes by more than 5%."""
    now = project(shapes, DEGREES, METRES)
    ratios = shapely.area(now) / shapely.area(published)
    away = np.median(shapely.hausdorff_distance(now, published))
    print(f"{len(shapes)} areas, {shapely.get_num_coordinates(shapes).sum():,} points")
    print(f"furthest from the published border, in the middle of all areas: {away:.0f} m")
    for name, ratio in zip(names, ratios, strict=True):
        if abs(ratio - 1) > 0.05:  # noqa: PLR2004 - a twentieth
            print(f"{name}: {ratio:.0%} of its published size")


def project(shapes: np.ndarray, source: str, target: str) -> np.ndarray:
    """Give shapes in another coordinate system."""
    transformer = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(shapes, transformer.transform, interleaved=False)


def build_outlines(collection: Json) -> Json:
    """Draw all areas on the grid of the picture, and London's once more, larger, in a frame."""
    features = sorted(collection["features"], key=lambda each: each["properties"]["areacd"])
    codes = [each["properties"]["areacd"] for each in features]
    shapes = np.array([shapely.geometry.shape(each["geometry"]) for each in features])
    flat = project(shapes, SPHERE, GRID)
    west, south, _, north = shapely.total_bounds(flat)
    size = HEIGHT / (north - south)
    england = shapely.transform(flat, lambda points: (points - (west, north)) * (size, -size))
    is_london = np.array([code.startswith(LONDON) for code in codes])
    left, upper, right, lower = (
        np.round(shapely.total_bounds(england[is_london])).astype(int).tolist()
    )
    at, top, width = FRAME
    zoom = (width - 20) / (right - left)
    london = shapely.transform(
        england[is_london], lambda points: (points - (left, upper)) * zoom + (at + 10, top + 40)
    )
    around = (left - 6, upper - 6, right - left + 12, lower - upper + 12)
    frame = (at, top, width, round((lower - upper) * zoom) + 50)
    return {
        "width": at + width + 10,
        "height": HEIGHT + 10,
        "frames": (around, frame),
        "labels": ((at + 14, top + 34, "London, larger"),),
        "areas": dict(zip(codes, map(list_rings, england), strict=True)),
        "inset": dict(
            zip(np.array(codes)[is_london].tolist(), map(list_rings, london), strict=True)
        ),
    }


def list_rings(shape: shapely.Geometry) -> list[list[list[int]]]:
    """List the rings of a shape on the grid, the largest first, without what cannot be seen."""
    polygons = shapely.get_parts(shape)
    rings = [
        thin(shapely.get_coordinates(ring)) for p in polygons for ring in (p.exterior, *p.interiors)
    ]
    rings.sort(key=enclosed, reverse=True)
    return [ring.tolist() for at, ring in enumerate(rings) if not at or enclosed(ring) >= SMALLEST]


def thin(ring: np.ndarray) -> np.ndarray:
    """Set a ring on the grid, without points that repeat or lie on the line between two others."""
    points = np.round(ring).astype(int)
    points = points[np.r_[True, (points[1:] != points[:-1]).any(axis=1)]]
    points = points[:-1] if len(points) > 1 else points
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    (ux, uy), (vx, vy) = (points - before).T, (after - before).T
    is_between = (ux * vy == uy * vx) & (after != before).any(axis=1)
    return points if is_between.all() else points[~is_between]


def enclosed(ring: np.ndarray) -> float:
    """What a ring encloses, in square halves of a pixel."""
    (x, y), (u, v) = ring.T, np.roll(ring, -1, axis=0).T
    return abs(int((x * v - u * y).sum())) / 2


def format_outlines(drawn: Json) -> str:
    """Write outlines as JSON, a line for each area."""
    parts = [f'"{name}":{compact(drawn[name])}' for name in ("width", "height", "frames", "labels")]
    for name in ("areas", "inset"):
        lines = ",\n".join(f'"{code}":{compact(rings)}' for code, rings in drawn[name].items())
        parts.append(f'\n"{name}":{{\n{lines}\n}}')
    return f"{{{','.join(parts)}}}\n"


def as_json(shape: shapely.Geometry) -> Json:
    """Give a shape as GeoJSON."""
    return shapely.geometry.mapping(shape)


def compact(value: object) -> str:
    """Write JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
