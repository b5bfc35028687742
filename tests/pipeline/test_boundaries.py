"""Boundaries are decoded, simplified without gaps or crossings, and refused where unsound."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import boundaries, publish
from pipeline.build import build
from pipeline.errors import PipelineError
from tests.lake.write import write_files
from tests.pipeline.conftest import RAW, needs_raw, table

FILE = "geography/topo.json"


@pytest.fixture
def broken(lake, tmp_path):
    """A lake of one's own, and a way to rewrite the topology in it."""
    contents = {
        path.relative_to(lake).as_posix(): path.read_bytes()
        for path in lake.rglob("*")
        if path.is_file() and path.name != "MANIFEST.csv"
    }

    def rewrite(change):
        topology = json.loads(contents[FILE])
        change(topology, topology["objects"]["utla"]["geometries"])
        write_files(tmp_path, contents | {FILE: json.dumps(topology).encode()})
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


def test_no_two_borders_cross(committed):
    """Each line of the map once, in whole numbers: none meets another but at its ends."""
    lines = {
        tuple(sorted((tuple(round(c * 10_000) for c in a), tuple(round(c * 10_000) for c in b))))
        for ring, _ in rings(committed)
        for a, b in pairwise(ring)
    }
    points = np.array(sorted(lines)).reshape(-1, 2)
    owner = np.repeat(np.arange(len(lines)), 2)
    assert len(boundaries.meeting(points, owner)) == 0


@needs_raw
def test_areas_keep_their_size():
    """Against the file's own points: each area keeps its size to 5%, but for the two smallest."""
    topology = boundaries.read((RAW / FILE).read_bytes())
    said = boundaries.properties(topology, "utla")
    wanted = [i for i, p in enumerate(said) if "end" not in p and p["areacd"].startswith("E")]
    (sx, sy), arcs = topology["transform"]["scale"], topology["arcs"]
    whole = {i: [tuple(p) for p in np.cumsum(arc, axis=0).tolist()] for i, arc in enumerate(arcs)}
    ratios = {}
    for at, text in zip(wanted, boundaries.shapes(topology, "utla", wanted), strict=True):
        shape = topology["objects"]["utla"]["geometries"][at]
        was = sum(
            abs(doubled(boundaries.ring(indexes, whole))) * (1 if number == 0 else -1)
            for polygon in boundaries.several(shape)
            for number, indexes in enumerate(polygon)
        )
        now = -sum(doubled(ring) for part in json.loads(text)["coordinates"] for ring in part)
        ratios[said[at]["areanm"]] = now / (was * sx * sy)
    odd = {name for name, ratio in ratios.items() if not 0.95 < ratio < 1.05}
    assert odd <= {"Isles of Scilly", "City of London"}
    assert 0.6 < ratios["Isles of Scilly"] < 1
    assert 0.8 < ratios["City of London"] < 1


@pytest.mark.exhaustive
def test_a_square_comes_out_as_it_went_in(built):
    first = features(built)[0]
    assert first["properties"]["name"].startswith("Testshire")
    [[ring]] = first["geometry"]["coordinates"]
    assert sorted({x for x, _ in ring}) == [-2.5, -2.4]
    assert sorted({y for _, y in ring}) == [50.0, 50.1]
    assert len(ring) == 5


def test_areas_that_are_gone_or_elsewhere_are_not_drawn(built):
    assert len(features(built)) == 153


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=40))
def test_an_arc_keeps_its_ends_and_gains_no_point(points):
    arc = np.array(points)
    left, owner = boundaries.simplified(arc, np.zeros(len(arc), int), np.array([500]))
    assert left[0].tolist() == arc[0].tolist()
    assert left[-1].tolist() == arc[-1].tolist()
    assert len(owner) == len(left) <= len(arc)
    assert {*map(tuple, left.tolist())} <= {*map(tuple, arc.tolist())}


def test_the_smallest_triangle_goes_first():
    """A dent of 10 by 1 goes, one of 10 by 10 stays."""
    arc = np.array([(0, 0), (10, 0), (15, 1), (20, 0), (30, 0), (35, 10), (40, 0), (50, 0)])
    left, _ = boundaries.simplified(arc, np.zeros(len(arc), int), np.array([50]))
    assert left.tolist() == [[0, 0], [30, 0], [35, 10], [40, 0], [50, 0]]


def test_lines_that_would_cross_keep_their_points():
    """A hook that would cut through a headland is simplified no further than it may be."""
    dent = np.array([(0, 0), (40, 60), (80, 0)])
    headland = np.array([(40, -20), (40, 55)])
    assert boundaries.uncrossed([dent]) == [[(0, 0), (80, 0)]]
    assert boundaries.uncrossed([dent, headland]) == [[*map(tuple, dent)], [*map(tuple, headland)]]


def test_a_ring_that_touches_itself_loses_the_smaller_part():
    large = [(0, 0), (0, 90), (90, 90), (90, 0)]
    loop = [(95, 0), (95, 5), (90, 0)]
    assert boundaries.untied([*large, *loop, (0, 0)]) == [*large, (0, 0)]
    begun_in_the_loop = [(95, 5), (90, 0), (0, 0), (0, 90), (90, 90), (90, 0), (95, 0), (95, 5)]
    assert {*boundaries.untied(begun_in_the_loop)} == {*large}


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (((0, 0), (10, 10)), ((0, 10), (10, 0)), True),  # across
        (((0, 0), (10, 0)), ((5, 0), (5, 9)), True),  # touching
        (((0, 0), (10, 0)), ((10, 0), (20, 5)), False),  # end to end
        (((0, 0), (10, 0)), ((0, 1), (10, 1)), False),  # side by side
        (((0, 0), (10, 0)), ((4, 0), (6, 0)), True),  # one upon the other
    ],
)
def test_lines_that_meet_are_found(one, other, meet):
    found = boundaries.meeting(np.array([*one, *other]), np.array([0, 0, 1, 1]))
    assert found.tolist() == ([0, 1] if meet else [])


def no_object(topology, _):
    topology["objects"] = {"ltla": topology["objects"]["utla"]}


def no_transform(topology, _):
    del topology["transform"]


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


def a_ring_is_open(_, shapes):
    shapes[7]["arcs"][0].pop()


def an_arc_is_missing(topology, _):
    topology["arcs"] = topology["arcs"][:10]


def points_are_words(topology, _):
    topology["arcs"][0] = [["a", "b"], ["c", "d"]]


def shapes_are_no_shapes(topology, _):
    topology["objects"]["utla"]["geometries"] = ["Kent", "Medway"]


REFUSED = {
    no_object: "found no object 'utla'; the nearest is 'ltla'",
    no_transform: "object 'utla': found no sound topology (KeyError: 'transform')",
    an_area_is_missing: "Testshiré AH (E06999007): found 0 shapes, wanted one",
    an_area_stands_twice: "found 2 rows of 'E06999007', wanted one",
    an_area_has_a_second_code: "found code E06998500, wanted that of a local authority of today",
    an_area_has_the_name_of_another: "found name Testshire AI, wanted a name of the area",
    an_unknown_area: "Testshiré AH (E06999007): found 0 shapes, wanted one (and 1 more)",
    a_ring_is_open: "are not closed",
    an_arc_is_missing: "found no sound topology (IndexError",
    points_are_words: "found no sound topology (",
    shapes_are_no_shapes: "found no sound topology (",
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
    (lake / FILE).write_text('{"type": "Topology", "arcs": [[[1, 2]')
    with pytest.raises(PipelineError, match=rf"^boundaries: {FILE}: .*JSONDecodeError"):
        build(lake, tmp_path / "out", one_topic)


def test_the_build_id_covers_the_boundaries(lake, broken, one_topic, tmp_path):
    def moved(topology, _):
        topology["transform"]["translate"] = [-2.4, 50]

    first = build(lake, tmp_path / "one", one_topic)
    assert build(broken(moved), tmp_path / "other", one_topic) != first
