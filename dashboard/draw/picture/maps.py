"""The tile map: every local authority a square at its place, and what the colours mean."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from dashboard.charts.model import ChartModel, Role, Row, Step
from dashboard.design import theme
from dashboard.draw.picture import common, fonts
from dashboard.draw.screen.tiles import COLUMNS, ROWS, TILES

DARK = 3  # the first step whose names are white
GAP = 0.06  # between squares, as a share of one
LEGEND = 0.4
HATCH = "/////"
OUTLINES = {Role.FOCUS: (theme.INK, 3.2), Role.NEIGHBOUR: (theme.NEIGHBOUR_INK, 2.2)}
READABLE = 0.27  # inches: in a smaller square its letters could not be read


def draw(axes: Axes, model: ChartModel) -> None:
    """The squares, the marked ones last so that their outlines are whole; and the legend."""
    common.clear_axes(axes)
    wide, tall = common.measure_axes(axes)
    side = min(tall / ROWS, wide * 0.62 / COLUMNS)
    axes.set_xlim(0, wide / side)
    axes.set_ylim(tall / side, 0)
    rows = [row for row in model.rows if row.area_code in TILES]
    _draw_squares(axes, [row for row in rows if row.step is not None])
    order = {Role.NEIGHBOUR: 1, Role.FOCUS: 2}
    for row in sorted(rows, key=lambda row: order.get(row.role, 0)):
        _draw_square(axes, row, side)
    draw_legend(axes, model, COLUMNS + 1.2, side)


def _draw_squares(axes: Axes, rows: Sequence[Row]) -> None:
    """The coloured squares as one collection: one by one they would take far longer."""
    edge, steps = 1 - GAP, [row.step or 0 for row in rows]
    corners = [
        (TILES[r.area_code]["column"] + GAP / 2, TILES[r.area_code]["row"] + GAP / 2) for r in rows
    ]
    look: dict[str, Any] = {
        "facecolors": [theme.STEPS[step] for step in steps],
        "edgecolors": [theme.STEPS[step] if step else theme.RULE for step in steps],
    }
    boxes = [Rectangle(corner, edge, edge) for corner in corners]
    axes.add_collection(PatchCollection(boxes, linewidths=0.6, **look), autolim=False)


def _draw_square(axes: Axes, row: Row, side: float) -> None:
    tile = TILES[row.area_code]
    corner, edge = (tile["column"] + GAP / 2, tile["row"] + GAP / 2), 1 - GAP
    if row.step is None:
        _fill_box(axes, corner, edge, None)
    if row.role in OUTLINES:
        _outline_box(axes, corner, edge, OUTLINES[row.role], 5)
    if row.role is Role.FOCUS:
        inner = corner[0] + 0.08, corner[1] + 0.08
        _outline_box(axes, inner, edge - 0.16, (theme.PAPER, 1.4), 5)
    if side < READABLE:
        return
    is_dark = row.step is not None and row.step >= DARK
    common.write_text(
        *(axes, tile["column"] + 0.5, tile["row"] + 0.53, tile["label"]),
        size=side * fonts.POINTS * 0.34,
        bold=row.role in OUTLINES,
        color=theme.PAPER if is_dark else theme.INK,
        ha="center",
        va="center",
    )


def _outline_box(
    axes: Axes, corner: tuple[float, float], edge: float, rim: tuple[str, float], order: int = 1
) -> None:
    colour, thick = rim
    look: dict[str, Any] = {"fill": False, "edgecolor": colour, "linewidth": thick, "zorder": order}
    axes.add_patch(Rectangle(corner, edge, edge, **look))


def _fill_box(axes: Axes, corner: tuple[float, float], edge: float, step: int | None) -> None:
    look: dict[str, Any] = {"facecolor": theme.PAPER, "linewidth": 0.8, "hatch": HATCH}
    if step is not None:
        look = {"facecolor": theme.STEPS[step], "linewidth": 0.6}
    rim = theme.STEPS[step] if step else theme.RULE
    axes.add_patch(Rectangle(corner, edge, edge, edgecolor=rim, **look))


def draw_legend(axes: Axes, model: ChartModel, left: float, side: float) -> None:
    """The steps with their ranges and numbers of areas, then the outlines.

    Args:
        axes: whose y axis points downwards.
        model: the map.
        left: where it begins, in units of the axes.
        side: how many inches one unit is.
    """
    unit = LEGEND / side
    top = 1.2 * unit
    for step in model.steps:
        _fill_box(axes, (left, top), unit * 0.66, step.number)
        _write_step(axes, left + unit, top + unit * 0.33, step)
        top += unit * 1.25
    labels = {row.role: row.label for row in model.rows if row.role in OUTLINES}
    if Role.NEIGHBOUR in labels:
        labels[Role.NEIGHBOUR] = model.member.capitalize()
    for role, rim in OUTLINES.items():
        if role in labels:
            _outline_box(axes, (left + 0.04, top), unit * 0.6, rim)
            middle = top + unit * 0.33
            common.write_text(axes, left + unit, middle, labels[role], va="center_baseline")
            top += unit * 1.25


def _write_step(axes: Axes, x: float, y: float, step: Step) -> None:
    """A step's range in bold over its name and number; of those left out the name alone."""
    name = f"{step.label} ({step.count})"
    if not step.shown:
        common.write_text(axes, x, y, name, va="center_baseline")
        return
    common.write_text(axes, x, y, step.shown, va="bottom", bold=True)
    common.write_text(axes, x, y, name, va="top", size=common.SMALL, color=theme.QUIET)
