"""The map by boundaries: every local authority in its shape, London once more, and the legend."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from dashboard.charts.model import ChartModel, Outlines, Ring, Role, Row
from dashboard.design import theme
from dashboard.draw.picture import common, maps

SHARE = 0.66  # of the width; the rest is the legend's
GAP = 40  # between the map and the legend, in units of the map


# The outline of an area: its colour, its width in points, and how far in front it lies.
EDGES = {Role.FOCUS: (theme.INK, 1.8, 4), Role.NEIGHBOUR: (theme.NEIGHBOUR_INK, 1.3, 3)}
USUAL = (theme.QUIET, 0.35, 2)


def draw(axes: Axes, model: ChartModel) -> None:
    """The areas as the screen draws them, the marked ones in front; and the legend.

    Raises:
        ValueError: the model has no outlines.
    """
    if model.outlines is None:
        raise ValueError("A map by boundaries needs the outlines of its areas: there are none.")
    common.clear_axes(axes)
    wide, tall = common.measure_axes(axes)
    side = min(tall / model.outlines.height, wide * SHARE / model.outlines.width)
    axes.set_xlim(0, wide / side)
    axes.set_ylim(tall / side, 0)
    rows = {row.area_code: row for row in model.rows}
    for code, rings in (*model.outlines.areas, *model.outlines.inset):
        if code in rows:
            axes.add_patch(_build_area(rings, rows[code]))
    _draw_frames(axes, model.outlines)
    maps.draw_legend(axes, model, model.outlines.width + GAP, side)


def _build_area(rings: Sequence[Ring], row: Row) -> PathPatch:
    colour, width, order = EDGES.get(row.role, USUAL)
    fill = {"facecolor": theme.PAPER, "hatch": maps.HATCH}
    if row.step is not None:
        fill = {"facecolor": theme.STEPS[row.step]}
    look = {"edgecolor": colour, "linewidth": width, "zorder": order, "joinstyle": "round"}
    closed = [Path([*ring, ring[0]], closed=True) for ring in rings]
    return PathPatch(Path.make_compound_path(*closed), **look, **fill)


def _draw_frames(axes: Axes, found: Outlines) -> None:
    for x, y, width, high in found.frames:
        axes.add_patch(
            Rectangle((x, y), width, high, fill=False, edgecolor=theme.RULE, linewidth=0.8)
        )
    for x, y, said in found.labels:
        common.write_text(axes, x, y, said, size=common.SMALL, color=theme.QUIET)
