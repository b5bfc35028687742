"""The tile map: every local authority a square at its place, and what the colours mean."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from dashboard.charts.model import ChartModel, Role, Row, Step
from dashboard.design import theme
from dashboard.draw.picture import common, fonts
from dashboard.draw.screen.tiles import TILES

DARK = 3  # the first step whose names are white
GAP = 0.06  # between squares, as a share of one
LEGEND = 0.4
READABLE = 0.27  # inches: in a smaller square its letters could not be read


def draw(axes: Axes, model: ChartModel) -> None:
    """The squares, the marked ones last so that their outlines are whole; and the legend."""
    common.bare(axes)
    wide, tall = common.inches_of(axes)
    down = 1 + max(tile["row"] for tile in TILES.values())
    across = 1 + max(tile["column"] for tile in TILES.values())
    side = min(tall / down, wide * 0.62 / across)
    axes.set_xlim(0, wide / side)
    axes.set_ylim(tall / side, 0)
    _squares(axes, [row for row in model.rows if row.area_code in TILES and row.step is not None])
    order = {Role.NEIGHBOUR: 1, Role.FOCUS: 2}
    for row in sorted(model.rows, key=lambda row: order.get(row.role, 0)):
        if row.area_code in TILES:
            _square(axes, row, side)
    legend(axes, model, across + 1.2, side)


def _squares(axes: Axes, rows: Sequence[Row]) -> None:
    """The coloured squares as one collection: one by one they would take far longer."""
    edge, steps = 1 - GAP, [row.step or 0 for row in rows]
    tiles = [TILES[row.area_code] for row in rows]
    boxes = [
        Rectangle((tile["column"] + GAP / 2, tile["row"] + GAP / 2), edge, edge) for tile in tiles
    ]
    colours = [theme.STEPS[step] for step in steps]
    rims = [theme.STEPS[step] if step else theme.RULE for step in steps]
    drawn = PatchCollection(boxes, facecolors=colours, edgecolors=rims, linewidths=0.6)
    axes.add_collection(drawn, autolim=False)


def _square(axes: Axes, row: Row, side: float) -> None:
    tile = TILES[row.area_code]
    corner, edge = (tile["column"] + GAP / 2, tile["row"] + GAP / 2), 1 - GAP
    if row.step is None:
        _box(axes, corner, edge, None)
    is_own = row.role is Role.FOCUS
    if is_own or row.role is Role.NEIGHBOUR:
        colour, thick = (theme.INK, 3.2) if is_own else (theme.NEIGHBOUR_INK, 2.2)
        axes.add_patch(
            Rectangle(
                *(corner, edge, edge), fill=False, edgecolor=colour, linewidth=thick, zorder=5
            )
        )
        if is_own:
            inner = (corner[0] + 0.08, corner[1] + 0.08)
            size = edge - 0.16
            axes.add_patch(
                Rectangle(
                    *(inner, size, size),
                    fill=False, edgecolor=theme.PAPER, linewidth=1.4, zorder=5,
                )
            )  # fmt: skip
    if side < READABLE:
        return
    middle = tile["column"] + 0.5, tile["row"] + 0.53
    ink = theme.PAPER if row.step is not None and row.step >= DARK else theme.INK
    common.text(
        *(axes, *middle, tile["label"]),
        size=side * fonts.POINTS * 0.34,
        bold=row.role in {Role.FOCUS, Role.NEIGHBOUR},
        color=ink,
        ha="center",
        va="center",
    )


def _box(axes: Axes, corner: tuple[float, float], edge: float, step: int | None) -> None:
    if step is None:
        axes.add_patch(
            Rectangle(
                *(corner, edge, edge),
                facecolor=theme.PAPER, edgecolor=theme.RULE, linewidth=0.8, hatch="/////",
            )
        )  # fmt: skip
        return
    rim = theme.RULE if step == 0 else theme.STEPS[step]
    axes.add_patch(
        Rectangle(*(corner, edge, edge), facecolor=theme.STEPS[step], edgecolor=rim, linewidth=0.6)
    )


def legend(axes: Axes, model: ChartModel, left: float, side: float) -> None:
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
        _box(axes, (left, top), unit * 0.66, step.number)
        _said(axes, left + unit, top + unit * 0.33, _range(step), bold_first=bool(step.shown))
        top += unit * 1.25
    own = next((row.label for row in model.rows if row.role is Role.FOCUS), "")
    near = any(row.role is Role.NEIGHBOUR for row in model.rows)
    marked = [
        (own, theme.INK, 3.2),
        (model.member.capitalize() if near else "", theme.NEIGHBOUR_INK, 2.2),
    ]
    for said, colour, thick in marked:
        if said:
            axes.add_patch(
                Rectangle(
                    *((left + 0.04, top), unit * 0.6, unit * 0.6),
                    fill=False, edgecolor=colour, linewidth=thick,
                )
            )  # fmt: skip
            _said(axes, left + unit, top + unit * 0.33, [said], bold_first=False)
            top += unit * 1.25


def _range(step: Step) -> list[str]:
    return [part for part in (step.shown, f"{step.label} ({step.count})") if part]


def _said(axes: Axes, x: float, y: float, lines: list[str], *, bold_first: bool) -> None:
    if len(lines) == 1:
        common.text(axes, x, y, lines[0], va="center_baseline", bold=bold_first)
        return
    common.text(axes, x, y, lines[0], va="bottom", bold=bold_first)
    common.text(axes, x, y, lines[1], va="top", size=common.SMALL, color=theme.QUIET)
