"""Boundaries are what was drawn of the published file, sound, and refused where they are not."""

import json
from collections import Counter
from itertools import pairwise

import pytest

from pipeline import boundaries, kept, publish
from pipeline.build import build
from pipeline.errors import PipelineError
from tests.lake.write import write_files
from tests.pipeline.conftest import RAW, needs_raw, table

FILE = "geography/topo.json"


@pytest.fixture
def broken(lake, tmp_path):
    """A lake of one's own, and a way to rewrite the shapes in it."""
    contents = {
        path.relative_to(lake).as_posix(): path.read_bytes()
        for path in lake.rglob("*")
        if path.is_file() and path.name != "MANIFEST.csv"
    }

    def rewrite(change):
        collection = json.loads(contents[FILE])
        change(collection, collection["features"])
        write_files(tmp_path, contents | {FILE: json.dumps(collection).encode()})
        return tmp_path

    return rewrite


def features(folder):
    return json.loads((folder / publish.BOUNDARIES).read_text(encoding="utf-8"))["features"]


def rings(folder):
    for feature in features(folder):
        for polygon in feature["geometry"]["coordinates"]:
            yield from ((ring, at) for at, ring in enumerate(polygon))


def doubled(ring):
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))


def test_each_local_authority_of_today_is_drawn_once(committed):
    today = {
        area["area_code"]: area["name"]
        for area in table(committed, "area")
        if area["level"] == "local_authority" and area["end"] is None
    }
    drawn = {f["id"]: f["properties"]["name"] for f in features(committed)}
    assert drawn == today
    assert len(features(committed)) == 153


def test_the_boundaries_are_small_and_say_whose_they_are(committed):
    path = committed / publish.BOUNDARIES
    assert path.stat().st_size <= 250_000
    said = json.loads(path.read_text(encoding="utf-8"))["attribution"]
    assert "Contains OS data © Crown copyright and database right" in said
    listed = {row["path"]: row for row in table(committed, "source_file")}[FILE]
    assert listed["publisher"] == "Office for National Statistics"


def test_rings_are_closed_wound_alike_and_in_england(committed):
    for ring, at in rings(committed):
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert (doubled(ring) > 0) is (at > 0)  # clockwise outside, the other way in a hole
        assert len({tuple(point) for point in ring}) == len(ring) - 1
        assert all(-6.5 < x < 1.8 and 49.8 < y < 55.9 for x, y in ring)
        assert all(round(x, 4) == x and round(y, 4) == y for x, y in ring)


def test_what_two_areas_share_is_the_same_line_in_both(committed):
    """Each line stands once, or twice in opposite directions: no gap, and nothing drawn double."""
    lines = Counter(
        (tuple(start), tuple(end)) for ring, _ in rings(committed) for start, end in pairwise(ring)
    )
    assert set(lines.values()) == {1}
    shared = sum(line[::-1] in lines for line in lines)
    assert shared > len(lines) / 2


def test_the_areas_together_are_as_large_as_england(committed):
    """In square degrees, each as wide as it is at 53 degrees north: holes count as below nought."""
    degrees = sum(-doubled(ring) / 2 for ring, _ in rings(committed))
    assert degrees * 111.2**2 * 0.602 == pytest.approx(130_300, rel=0.02)  # square kilometres


def test_the_shapes_say_which_file_they_are_of_and_what_made_them():
    made = json.loads(boundaries.DRAWN.read_bytes())["made"]
    row = kept.load().files["boundaries", FILE]
    for name in ("sha256", "publisher", "licence", "official_url"):
        assert made[name] == row[name]
    assert all(made.values())


@needs_raw
def test_the_shapes_are_of_the_published_file():
    content = (RAW / FILE).read_bytes()
    assert len(boundaries.read_shapes(content, "utla")) == 153
    with pytest.raises(ValueError, match="of object 'utla'"):
        boundaries.read_shapes(content, "ltla")


@pytest.mark.exhaustive
def test_a_square_comes_out_as_it_went_in(built):
    first = features(built)[0]
    assert first["properties"]["name"].startswith("Testshire")
    [[ring]] = first["geometry"]["coordinates"]
    assert sorted({x for x, _ in ring}) == [-2.5, -2.4]
    assert sorted({y for _, y in ring}) == [50.0, 50.1]
    assert len(ring) == 5


def another_topology(collection, _):
    collection |= {"type": "Topology", "objects": {}, "arcs": []}


def no_features(collection, _):
    del collection["features"]


def an_area_is_missing(_, shapes):
    del shapes[7]


def an_area_stands_twice(_, shapes):
    shapes.append(shapes[7])


def an_area_has_a_second_code(_, shapes):
    shapes.append(shapes[7] | {"properties": shapes[7]["properties"] | {"areacd": "E06998500"}})


def an_area_has_the_name_of_another(_, shapes):
    shapes[7]["properties"]["areanm"] = shapes[8]["properties"]["areanm"]


def an_unknown_area(_, shapes):
    shapes[7]["properties"]["areacd"] = "E06990999"


def no_area_has_a_code(_, shapes):
    for shape in shapes:
        del shape["properties"]["areacd"]


def a_ring_is_open(_, shapes):
    shapes[7]["geometry"]["coordinates"][0][0].pop()


def shapes_are_no_shapes(collection, _):
    collection["features"] = ["Kent", "Medway"]


REFUSED = {
    another_topology: "run scripts/geometry.py",
    no_features: "found no sound shapes (KeyError: 'features')",
    an_area_is_missing: "Testshiré AH (E06999007): found 0 shapes, wanted one",
    an_area_stands_twice: "found 2 rows of 'E06999007', wanted one",
    an_area_has_a_second_code: "found code E06998500, wanted that of a local authority of today",
    an_area_has_the_name_of_another: "found name Testshire AI, wanted a name of the area",
    an_unknown_area: "Testshiré AH (E06999007): found 0 shapes, wanted one (and 1 more)",
    no_area_has_a_code: "found no column 'areacd'",
    a_ring_is_open: "is not closed",
    shapes_are_no_shapes: "found no sound shapes (",
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("change", REFUSED, ids=lambda change: change.__name__)
def test_unsound_boundaries_are_refused_by_name(broken, one_topic, tmp_path, change):
    with pytest.raises(PipelineError) as refusal:
        build(broken(change), tmp_path / "out", one_topic)
    line = next(line for line in str(refusal.value).splitlines() if REFUSED[change] in line)
    assert line.startswith(f"boundaries: {FILE}: ")


def test_text_that_is_no_json_is_refused_by_name(broken, one_topic, tmp_path):
    lake = broken(lambda *_: None)
    (lake / FILE).write_text('{"type": "FeatureCollection", "features": [')
    with pytest.raises(PipelineError, match=rf"^boundaries: {FILE}: .*JSONDecodeError"):
        build(lake, tmp_path / "out", one_topic)


def test_the_build_id_covers_the_boundaries(lake, broken, one_topic, tmp_path):
    def moved(_, shapes):
        shapes[7]["geometry"]["coordinates"][0][0][1][1] += 0.01

    first = build(lake, tmp_path / "one", one_topic)
    assert build(broken(moved), tmp_path / "other", one_topic) != first
