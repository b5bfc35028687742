"""Boundaries: shapes as GeoJSON, drawn by hand from a published file and read here.

Published boundaries are far too fine for a page. `scripts/geometry.py` makes small shapes of them,
once for each publication, and the outcome is part of the program: it says which file it was made
of, so that shapes of another file are refused.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb

DRAWN = Path(__file__).parent / "geometry" / "boundaries.geojson"
CLOSED = 4  # points of the smallest ring, the first of which is also the last

ATTRIBUTION = (
    "Source: Office for National Statistics, licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right."
)


def read_shapes(content: bytes, topology_object: str, drawn: Path = DRAWN) -> list[dict[str, str]]:
    """Read what GeoJSON says of each shape, and the shape as text; of TopoJSON what was made of it.

    Raises LookupError, TypeError or ValueError where they are no sound shapes, or shapes of another
    file than this one.
    """
    collection = json.loads(content)
    if collection["type"] == "Topology":
        collection = json.loads(drawn.read_bytes())
        check_origin(collection["made"], content, topology_object)
    return [
        {**feature["properties"], "shape": format_shape(feature["geometry"])}
        for feature in collection["features"]
    ]


def check_origin(made: dict[str, Any], content: bytes, topology_object: str) -> None:
    """See that shapes were made of this file and of this object in it. Raises ValueError."""
    wanted = hashlib.sha256(content).hexdigest(), topology_object
    if (made["sha256"], made["object"]) != wanted:
        raise ValueError(
            f"the shapes in {DRAWN.name} are of object '{made['object']}' of a file whose SHA-256 "
            f"is {made['sha256']}, this file's is {wanted[0]}: run scripts/geometry.py"
        )


def format_shape(geometry: dict[str, Any]) -> str:
    """Write a shape as text. Raises ValueError where a ring of it is not closed."""
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            if len(ring) < CLOSED or ring[0] != ring[-1]:
                raise ValueError(f"a ring that begins at {ring[:1]} is not closed")
    return _json(geometry)


def format_collection(db: duckdb.DuckDBPyConnection) -> str:
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
