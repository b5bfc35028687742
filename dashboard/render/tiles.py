"""A map model in, squares on a grid out, with a legend in words. Pure; holds no words of its own.

Some 150 links would be as many stops for a keyboard: the squares are for the eye and the pointer,
and are hidden from everything else. Who cannot see them has the sentences and the ranked list.
"""

import tomllib
from collections.abc import Callable
from html import escape
from pathlib import Path

from dashboard.chartmodel import ChartModel, Role, Row, Step

_FILE = Path(__file__).parents[1] / "tiles.toml"
TILES = tomllib.loads(_FILE.read_text(encoding="utf-8"))
MARKS = {Role.FOCUS: "focus", Role.NEIGHBOUR: "neighbour"}


def html(model: ChartModel, link: Callable[[str], str]) -> str:
    """The squares at their places, the marked ones outlined, and what the colours mean."""
    squares = "".join(_square(row, link) for row in model.rows if row.area_code in TILES)
    return (
        f'<div class="map"><p class="hide">{escape(model.alt)}</p>'
        f'<div class="tiles" aria-hidden="true">{squares}</div>{_legend(model)}</div>'
    )


def _square(row: Row, link: Callable[[str], str]) -> str:
    tile = TILES[row.area_code]
    classes = f"{_colour(row.step)} {MARKS.get(row.role, '')}".strip()
    said = f"{row.label}: {row.shown}" + (f", {row.note}" if row.note else "")
    return (
        f'<a class="{classes}" style="grid-area:{tile["row"] + 1}/{tile["column"] + 1}" '
        f'tabindex="-1" href="{escape(link(row.area_code))}" title="{escape(said)}">'
        f"{escape(tile['label'])}</a>"
    )


def _legend(model: ChartModel) -> str:
    items = "".join(_item(step) for step in model.steps)
    own = next((row for row in model.rows if row.role is Role.FOCUS), None)
    mine = f'<li><i class="focus"></i><span>{escape(own.label)}</span></li>' if own else ""
    near = any(row.role is Role.NEIGHBOUR for row in model.rows)
    others = (
        f'<li><i class="neighbour"></i><span>{escape(model.member)}</span></li>' if near else ""
    )
    return f'<ul class="key-steps" role="list">{items}{mine}{others}</ul>'


def _item(step: Step) -> str:
    shown = f"<strong>{escape(step.shown)}</strong> " if step.shown else ""
    return (
        f'<li><i class="{_colour(step.number)}"></i><span>{shown}{escape(step.label)} '
        f'<b class="n">({step.count})</b></span></li>'
    )


def _colour(step: int | None) -> str:
    return "s-" if step is None else f"s{step}"
