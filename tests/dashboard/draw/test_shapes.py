"""The picture of the boundaries has every area, looks like England and is small."""

import re
from xml.etree import ElementTree as ET

import pytest

from dashboard.charts import outlines
from dashboard.draw.screen import shapes
from dashboard.store import served


@pytest.fixture(scope="module")
def drawn():
    return ET.fromstring(shapes.render_shapes())  # noqa: S314


def paths(drawn, group=0):
    found = drawn.findall("{*}g")[group].findall("{*}path")
    return {path.get("data-area"): path.get("d") for path in found}


def middle(path):
    """The middle of the box around the first ring of a path."""
    x, y, rest = re.match(r"M(-?\d+) (-?\d+)l([^z]*)z", path).groups()
    steps = [int(number) for number in rest.split()]
    xs, ys = [int(x)], [int(y)]
    for right, down in zip(steps[::2], steps[1::2], strict=True):
        xs.append(xs[-1] + right)
        ys.append(ys[-1] + down)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_every_local_authority_of_today_is_drawn_and_london_once_more(build, drawn):
    codes = {area.code for area in build.local_authorities}
    assert paths(drawn).keys() == codes
    assert paths(drawn, 1).keys() == {code for code in codes if code.startswith("E09")}


def test_the_picture_is_small_enough_to_send():
    assert len(shapes.render_shapes()) < 100_000


@pytest.mark.parametrize(
    ("north", "south"),
    [("E06000057", "E06000047"), ("E08000003", "E06000021"), ("E10000020", "E10000016")],
)
def test_north_is_above_south(drawn, north, south):
    assert middle(paths(drawn)[north])[1] < middle(paths(drawn)[south])[1]


@pytest.mark.parametrize(
    ("west", "east"),
    [("E06000052", "E10000008"), ("E08000012", "E08000003"), ("E09000017", "E09000016")],
)
def test_west_is_left_of_east(drawn, west, east):
    assert middle(paths(drawn)[west])[0] < middle(paths(drawn)[east])[0]


def test_london_in_its_frame_is_larger_and_beside_nothing_else(drawn):
    box = drawn.get("viewBox").split()
    left = outlines.read_outlines().frames[1][0]
    assert all(middle(path)[0] > left for path in paths(drawn, 1).values())
    assert all(middle(path)[0] < int(box[2]) for path in paths(drawn, 1).values())
    small, large = paths(drawn), paths(drawn, 1)
    hillingdon, havering = "E09000017", "E09000016"
    wide = [middle(p[havering])[0] - middle(p[hillingdon])[0] for p in (small, large)]
    assert wide[1] > 2.5 * wide[0]


def test_no_build_has_no_boundaries():
    with pytest.raises(KeyError):
        served.load_boundaries("../../etc")
