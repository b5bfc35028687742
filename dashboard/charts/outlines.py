"""The boundaries of the local authorities as outlines on the grid of a picture. Pure.

They are drawn by hand, once for each publication, by `scripts/geometry.py`, on the National Grid's
projection and a grid of half a pixel: what two areas share stays shared, and what no eye sees is
left out. London is drawn a second time, larger, in the empty sea off the north-east coast.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.charts.model import Outlines, Ring

FILE = Path(__file__).with_suffix(".json")


def read_outlines() -> Outlines:
    """The outlines of today's local authorities, and London's once more, larger."""
    drawn = json.loads(FILE.read_text(encoding="utf-8"))
    return Outlines(
        drawn["width"],
        drawn["height"],
        _list_areas(drawn["areas"]),
        _list_areas(drawn["inset"]),
        tuple((left, top, width, height) for left, top, width, height in drawn["frames"]),
        tuple((x, y, label) for x, y, label in drawn["labels"]),
    )


def _list_areas(
    areas: Mapping[str, Sequence[Sequence[Sequence[int]]]],
) -> tuple[tuple[str, tuple[Ring, ...]], ...]:
    return tuple(
        (code, tuple(tuple((x, y) for x, y in ring) for ring in rings))
        for code, rings in areas.items()
    )
