"""Funnel and scatter plots: areas as points, limits as lines, the chosen area named."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullFormatter, NullLocator

from dashboard.charts.model import ChartModel, Curve, Role, Row
from dashboard.design import theme
from dashboard.draw import axes as ends_of
from dashboard.draw import looks
from dashboard.draw.picture import common
from dashboard.draw.screen.points import AXIS

LEFT, FOOT, RIGHT = 0.85, 0.62, 0.6
MARKERS = {Role.FOCUS: "o", Role.NEIGHBOUR: "D", Role.OTHER: "o"}
EDGE, TOP = 0.15, 0.93  # of a plot: nearer to its end a name is set inwards


def draw(axes: Axes, model: ChartModel) -> None:
    """The lines, the points with the chosen one on top, and its name."""
    common.shrink_axes(axes, LEFT, FOOT, RIGHT, 0.05)
    common.draw_value_axis(axes, model, ends_of.compute_value_ends(model))
    quiet: dict[str, Any] = {
        "color": theme.QUIET,
        "fontproperties": common.sized(common.SMALL),
        "labelpad": 6,
    }
    axes.set_ylabel(ends_of.value_title(model), **quiet)
    axes.set_xlabel(_set_across(axes, model), **quiet)
    for curve in model.curves:
        _draw_curve(axes, curve)
    for order, role in enumerate(looks.POINT):
        _draw_points(axes, [row for row in model.rows if row.role is role], role, 3 + order)
    for row in model.rows:
        if row.role is Role.FOCUS:
            _write_name(axes, row)


def _set_across(axes: Axes, model: ChartModel) -> str:
    """Set the axis along the foot; returns what it is called."""
    if model.kind.has_log_sizes:
        (low, high), ticks = ends_of.compute_size_ticks(model)
        axes.set_xscale("log")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_minor_formatter(NullFormatter())
        ends, title = (10**low, 10**high), f"{model.across} (log scale)" if model.across else AXIS
    else:
        ends, title = ends_of.add_room([row.size or 0.0 for row in model.rows]), model.across
        ticks = common.list_ticks(ends, ends_of.MOST_SIZES)
    common.draw_foot_axis(axes, ends, ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: common.format_tick(tick)))
    return title


def _draw_curve(axes: Axes, curve: Curve) -> None:
    is_dashed = curve.is_outer and not curve.is_middle
    axes.plot(
        *(curve.sizes, curve.values),
        color=theme.ENGLAND if curve.is_middle else theme.QUIET,
        linewidth=(1.75 if curve.is_middle else 1.25) * common.POINT,
        linestyle=common.DASHES["dash" if is_dashed else None],
        zorder=2,
    )
    if curve.label:
        end = min(curve.sizes[-1], axes.get_xlim()[1])
        look = common.Look(size=8.5, bold=curve.is_middle, color=theme.QUIET, va="center")
        common.write_text(axes, end, curve.values[-1], f" {curve.label}", **look)


def _draw_points(axes: Axes, rows: list[Row], role: Role, order: int) -> None:
    look: dict[str, Any] = looks.POINT[role]
    axes.scatter(
        [row.size or 0.0 for row in rows],
        [row.value or 0.0 for row in rows],
        s=(look["size"] * common.POINT) ** 2,
        c=look["color"],
        marker=MARKERS[role],
        edgecolors=look["line"]["color"],
        linewidths=look["line"]["width"] * common.POINT,
        zorder=order,
    )


def _write_name(axes: Axes, row: Row) -> None:
    low, high = axes.get_xlim()
    place = axes.transAxes.inverted().transform(
        axes.transData.transform((row.size or low, row.value or 0.0))
    )
    side = "left" if place[0] < EDGE else "right" if place[0] > 1 - EDGE else "center"
    is_high = place[1] > TOP
    axes.annotate(
        f"{row.label} {row.shown}",
        (min(max(row.size or low, low), high), row.value or 0.0),
        xytext=(0, -9 if is_high else 9),
        textcoords="offset points",
        ha=side,
        va="top" if is_high else "bottom",
        color=theme.FOCUS,
        fontproperties=common.sized(12, bold=True),
        bbox={"facecolor": theme.PAPER, "alpha": 0.85, "edgecolor": "none", "pad": 1.5},
        zorder=7,
    )
