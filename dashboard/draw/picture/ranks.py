"""Bars in order with names and values, in columns where there are many; and ranks as dots."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from dashboard.charts.model import ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw import looks
from dashboard.draw.axes import compute_bar_ends
from dashboard.draw.picture import common, fonts
from dashboard.draw.series import MIDDLE, compute_share_down

STEP, SMALL_STEP, DOT_STEP = 0.29, 0.168, 0.34
MOST_IN_ONE = 40  # bars below one another
COLUMNS, BETWEEN = 3, 0.25
THICK = 0.68
BARE = 0.06
LEAST_BAR = 0.75
PLACE = re.compile(r"(=?\d+(?:st|nd|rd|th)) ")
LIFT = 0.08  # of the size of the type, to the eye's middle of a bar
STRONG = {Role.FOCUS, Role.ENGLAND}


def ranked_height(model: ChartModel) -> float:
    """How tall bars are best, in inches."""
    columns, rows = _count_columns(model)
    return rows * (STEP if columns == 1 else SMALL_STEP) + 0.1


def _count_columns(model: ChartModel) -> tuple[int, int]:
    """In how many columns the bars stand, and how many in each."""
    count = max(len(model.rows), 1)
    columns = 1 if count <= MOST_IN_ONE else COLUMNS
    return columns, math.ceil(count / columns)


class Grid(NamedTuple):
    """Where everything in a list of bars goes, in inches."""

    rows: int
    step: float  # from one row to the next
    size: float  # of the type, in points
    each: float  # width of a column
    left: float  # of it, for the names
    scale: float  # inches for each unit of the values
    low: float  # the lowest value, or nought


def draw_ranked(axes: Axes, model: ChartModel) -> None:
    """Place, name, bar and value of each row, downwards and then to the right."""
    common.clear_axes(axes)
    wide, tall = common.measure_axes(axes)
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    grid = _build_grid(model, wide, tall)
    bars = [_draw_row(axes, row, grid, number) for number, row in enumerate(model.rows)]
    # One collection: each patch by itself would take longer than all of them together.
    axes.add_collection(PatchCollection(bars, match_original=True), autolim=False)


def _build_grid(model: ChartModel, wide: float, tall: float) -> Grid:
    columns, rows = _count_columns(model)
    step = tall / rows
    size = min(common.SIZE, step * fonts.POINTS * 0.72)
    each = (wide - BETWEEN * (columns - 1)) / columns
    low, high = compute_bar_ends([row.value for row in model.rows])
    names = _measure_widest([_find_place(row) + row.label for row in model.rows], size)
    numbers = _measure_widest([row.shown for row in model.rows], size)
    left = min(names + 0.12, each - numbers - BARE - LEAST_BAR)
    scale = (each - left - numbers - BARE) / ((high - low) or 1.0)
    return Grid(rows, step, size, each, left, scale, low)


def _measure_widest(said: Sequence[str], size: float) -> float:
    return max((fonts.measure_inches(one, size, bold=True) for one in said), default=1.0)


def _draw_row(axes: Axes, row: Row, grid: Grid, number: int) -> Rectangle:
    """Write one row, and give its bar."""
    column, line = divmod(number, grid.rows)
    start, middle = column * (grid.each + BETWEEN), (line + 0.5) * grid.step
    written = middle - LIFT * grid.size / fonts.POINTS
    bold = row.role in STRONG
    look: common.Look = {
        "bold": bold,
        "color": theme.FOCUS if row.role is Role.FOCUS else theme.INK,
        "va": "center_baseline",
    }
    said = _find_place(row) + row.label
    name, fits = fonts.fit_text(said, grid.size, grid.left - 0.08, bold=bold)
    common.write_text(axes, start, written, name, **common.Look(**look, size=fits))
    zero, value = start + grid.left - grid.low * grid.scale, (row.value or 0.0) * grid.scale
    end = zero + max(value, 0.0) + BARE
    common.write_text(axes, end, written, row.shown, **common.Look(**look, size=grid.size))
    thick = grid.step * THICK
    corner = (zero + min(value, 0.0), middle - thick / 2)
    return Rectangle(corner, abs(value), thick, color=looks.BAR[row.role], linewidth=0)


def _find_place(row: Row) -> str:
    """The place in the order, where the row has one."""
    found = PLACE.match(row.note)
    return f"{found[1]}  " if found else ""


def positions_height(model: ChartModel) -> float:
    """How tall ranks as dots are best, in inches."""
    return DOT_STEP * max(len(model.rows), 1) + 0.35


def draw_positions(axes: Axes, model: ChartModel) -> None:
    """A dot for each row between best and worst, its rank beside it."""
    names = max((fonts.measure_inches(row.label, common.SIZE) for row in model.rows), default=1.0)
    wide, _ = common.measure_axes(axes)
    left = min(names, wide * 0.45)
    common.shrink_axes(axes, left + 0.15, 0.02, 0.05, 0.3)
    common.clear_axes(axes)
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(len(model.rows) - 0.4, -0.6)
    for start in (0.0, 0.75):
        axes.axvspan(start, start + 0.25, color=theme.WASH, linewidth=0, zorder=0)
    for number, row in enumerate(model.rows):
        share = compute_share_down(row)
        axes.plot([0, 1], [number, number], color=theme.FAINT, linewidth=0.9, zorder=1)
        axes.scatter([share], [number], s=80, c=theme.FOCUS, zorder=4, linewidths=0)
        is_right = share > MIDDLE
        gap = -0.02 if is_right else 0.02
        side = "right" if is_right else "left"
        common.write_text(axes, share + gap, number, row.shown, ha=side, va="center_baseline")
        name = fonts.shorten_text(row.label, common.SIZE, left)
        common.write_text(axes, -0.05, number, name, ha="right", va="center_baseline")
    for place, said in ((0, "Best"), (1, "Worst")):
        common.write_text(
            *(axes, place, -0.7, said),
            size=common.SMALL,
            color=theme.QUIET,
            ha="center",
            va="bottom",
        )
