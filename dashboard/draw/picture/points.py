"""Funnel and scatter plots: areas as points, limits as lines, the chosen area named."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from dashboard.charts.model import ChartModel, Curve, Kind, Role, Row
from dashboard.design import theme
from dashboard.draw.picture import common
from dashboard.draw.screen import points

HEIGHT = 5.0
LEFT, FOOT, RIGHT = 0.85, 0.62, 0.6
MARKERS = {Role.FOCUS: "o", Role.NEIGHBOUR: "D", Role.OTHER: "o"}


def height(_model: ChartModel, _width: float) -> float:
    """How tall the plot is best, in inches."""
    return HEIGHT


def draw(axes: Axes, model: ChartModel) -> None:
    """The lines, the points with the chosen one on top, and its name."""
    is_log = model.kind is Kind.FUNNEL
    common.inset(axes, LEFT, FOOT, RIGHT, 0.05)
    axis: dict[str, Any] = points.values_axis(model)
    common.value_axis(axes, model, tuple(axis["range"]))
    axes.set_ylabel(points.up(model), labelpad=6, **_quiet())
    _across(axes, model, is_log=is_log)
    for curve in model.curves:
        _curve(axes, curve)
    for order, role in enumerate(points.POINT):
        _points(axes, [row for row in model.rows if row.role is role], role, 3 + order)
    for row in model.rows:
        if row.role is Role.FOCUS:
            _name(axes, row)


def _across(axes: Axes, model: ChartModel, *, is_log: bool) -> None:
    if is_log:
        axis: dict[str, Any] = points.sizes_axis(model)
        axes.set_xscale("log")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_minor_formatter(NullFormatter())
        ends = [10**end for end in axis["range"]]
        common.foot_axis(axes, {**axis, "range": ends})
        said = f"{model.across} (log scale)" if model.across else points.AXIS
    else:
        sizes = [row.size or 0.0 for row in model.rows] or [0.0]
        room = (max(sizes) - min(sizes) or 1.0) * 0.05
        ends = [min(sizes) - room, max(sizes) + room]
        ticks = [
            tick for tick in MaxNLocator(nbins=7).tick_values(*ends) if ends[0] <= tick <= ends[1]
        ]
        named = [f"{tick:,.10g}".replace("-", "\N{MINUS SIGN}") for tick in ticks]
        common.foot_axis(axes, {"range": ends, "tickvals": ticks, "ticktext": named})
        said = model.across
    axes.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: _number(tick)))
    axes.set_xlabel(said, labelpad=6, **_quiet())


def _quiet() -> dict[str, Any]:
    return {"color": theme.QUIET, "fontproperties": common.sized(common.SMALL)}


def _number(tick: float) -> str:
    return f"{round(tick, 6):,.10g}".replace("-", "\N{MINUS SIGN}")


def _curve(axes: Axes, curve: Curve) -> None:
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
        common.text(
            *(axes, end, curve.values[-1], f" {curve.label}"),
            size=8.5,
            bold=curve.is_middle,
            color=theme.QUIET,
            va="center",
        )


def _points(axes: Axes, rows: list[Row], role: Role, order: int) -> None:
    drawn: dict[str, Any] = points.POINT[role]
    axes.scatter(
        [row.size or 0.0 for row in rows],
        [row.value or 0.0 for row in rows],
        s=(drawn["size"] * common.POINT) ** 2,
        c=drawn["color"],
        marker=MARKERS[role],
        edgecolors=drawn["line"]["color"],
        linewidths=drawn["line"]["width"] * common.POINT,
        zorder=order,
    )


def _name(axes: Axes, row: Row) -> None:
    low, high = axes.get_xlim()
    place = axes.transAxes.inverted().transform(
        axes.transData.transform((row.size or low, row.value or 0.0))
    )
    side = "left" if place[0] < 0.15 else "right" if place[0] > 0.85 else "center"  # noqa: PLR2004
    is_high = place[1] > 0.93  # noqa: PLR2004
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
