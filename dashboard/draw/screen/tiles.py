"""A map model in, squares on a grid out, with a legend in words. Pure; holds no words of its own.

Some 150 links would be as many stops for a keyboard: the squares are for the eye and the pointer,
and are hidden from everything else. Who cannot see them has the sentences and the ranked list.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path

from dashboard.charts.model import ChartModel, Role, Row, Step
from dashboard.design import theme

_FILE = Path(__file__).parent / "tiles.toml"
TILES = tomllib.loads(_FILE.read_text(encoding="utf-8"))
SIDE = 0.92  # of a square, where the gap beside it makes 1
MIDDLE = SIDE / 2
ROWS, COLUMNS = (max(t[axis] for t in TILES.values()) + 1 for axis in ("row", "column"))
MARKS = {Role.FOCUS: "focus", Role.NEIGHBOUR: "neighbour"}


def render_tiles(model: ChartModel, link: Callable[[str], str]) -> str:
    """The squares at their places, the marked ones outlined, and what the colours mean."""
    squares = "".join(_render_square(row, link) for row in model.rows if row.area_code in TILES)
    return (
        f'<div class="map"><p class="hide">{escape(model.alt)}</p>'
        f'<div class="tiles" aria-hidden="true">{squares}</div>{render_legend(model)}</div>'
    )


def _render_square(row: Row, link: Callable[[str], str]) -> str:
    tile = TILES[row.area_code]
    return (
        f'<a class="{style(row)}" style="grid-area:{tile["row"] + 1}/{tile["column"] + 1}" '
        f'tabindex="-1" href="{escape(link(row.area_code))}" title="{escape(describe_area(row))}">'
        f"{escape(tile['label'])}</a>"
    )


def render_small_map(areas: Mapping[str, str], own: str, link: Callable[[str], str]) -> str:
    """Where some areas lie: every square without a name, and those of one model with theirs.

    Takes the marked areas by code with what a pointer is told, the code of the chosen one, and
    where an area leads. It repeats a list, so it is hidden from everything but eye and pointer.
    """
    marked = "".join(
        f'<a class="{"focus" if code == own else "neighbour"}" style="left:{_compute_left(code)}%;'
        f'top:{_compute_top(code)}%" tabindex="-1" href="{escape(link(code))}" '
        f'title="{escape(said_)}">'
        f"{escape(TILES[code]['label'])}</a>"
        for code, said_ in areas.items()
        if code in TILES
    )
    return f'<div class="places" aria-hidden="true">{_render_every_square()}{marked}</div>'


@cache
def _render_every_square() -> str:
    """All squares as dashed lines, one for each run of them in a row: that is little to send."""
    rows: dict[int, set[int]] = {}
    for tile in TILES.values():
        rows.setdefault(tile["row"], set()).add(tile["column"])
    lines = "".join(
        f"M{first} {row + MIDDLE:g}h{_count_run(columns, first)}"
        for row, columns in sorted(rows.items())
        for first in sorted(columns)
        if first - 1 not in columns
    )
    return (
        "<img alt='' src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
        f"viewBox='0 0 {COLUMNS} {ROWS}'%3E%3Cpath fill='none' stroke-width='{SIDE}' "
        f"stroke-dasharray='{SIDE} {1 - SIDE:.2g}' "
        f"stroke='{theme.FAINT.replace('#', '%23')}' d='{lines}'/%3E%3C/svg%3E\">"
    )


def _count_run(columns: set[int], first: int) -> int:
    """How many squares lie side by side from a column on."""
    return next(number for number in range(1, COLUMNS + 1) if first + number not in columns)


def _compute_left(code: str) -> str:
    return f"{100 * TILES[code]['column'] / COLUMNS:.3g}"


def _compute_top(code: str) -> str:
    return f"{100 * TILES[code]['row'] / ROWS:.3g}"


def style(row: Row) -> str:
    """The classes of an area on a map: its colour, and whether it is outlined."""
    return f"{_name_colour(row.step)} {MARKS.get(row.role, '')}".strip()


def describe_area(row: Row) -> str:
    """What a pointer over an area is told: its name, its figure, its rank or why it has none."""
    return f"{row.label}: {row.shown}" + (f", {row.note}" if row.note else "")


def render_legend(model: ChartModel) -> str:
    """What the colours and the outlines mean, in words."""
    items = "".join(_render_item(step) for step in model.steps)
    own = next((row for row in model.rows if row.role is Role.FOCUS), None)
    mine = f'<li><i class="focus"></i><span>{escape(own.label)}</span></li>' if own else ""
    near = any(row.role is Role.NEIGHBOUR for row in model.rows)
    others = (
        f'<li><i class="neighbour"></i><span>{escape(model.member)}</span></li>' if near else ""
    )
    return f'<ul class="key-steps" role="list">{items}{mine}{others}</ul>'


def _render_item(step: Step) -> str:
    shown = f"<strong>{escape(step.shown)}</strong> " if step.shown else ""
    return (
        f'<li><i class="{_name_colour(step.number)}"></i><span>{shown}{escape(step.label)} '
        f'<b class="n">({step.count})</b></span></li>'
    )


def _name_colour(step: int | None) -> str:
    return "s-" if step is None else f"s{step}"
