"""Lines over time: gaps where there is none, a range behind them, names at their ends."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from dashboard.charts.model import ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw import axes as ends_of
from dashboard.draw import times
from dashboard.draw.picture import common, fonts

LEFT, FOOT, GAP = 0.55, 0.32, 0.12
WIDEST = 1.75  # inches for the names at the ends of lines


def draw(axes: Axes, model: ChartModel) -> None:
    """The ranges, the lines, the breaks and the names."""
    drawn = times.build_times(model)
    names = [(_name_end(line, line.end), line, line.end) for line in drawn.lines if line.end]
    widest = max((_measure_width(name) for name, _, _ in names), default=0.0)
    common.shrink_axes(axes, LEFT, FOOT, widest + GAP, 0.05)
    span = ends_of.compute_span(model)
    common.draw_value_axis(axes, model, span)
    ends, ticks = times.time_ticks(model)
    common.draw_foot_axis(axes, ends, list(ticks), list(ticks.values()))
    for band in drawn.ranges:
        for run in times.split_runs(list(band.rows.values()), model.breaks):
            _fill_run(axes, run, str(band.style["color"]))
    for line in drawn.lines:
        _draw_line(axes, line, model.breaks)
    if span[0] < 0 < span[1]:
        axes.axhline(0, color=theme.RULE, linewidth=1)
    across = {"size": 8.5, "color": theme.QUIET, "va": "top"}
    for place in times.break_places(model):
        axes.axvline(place, color=theme.QUIET, linewidth=0.8, linestyle=common.DASHES["dot"])
        look = common.Look(**across, transform=axes.get_xaxis_transform())
        common.write_text(axes, place, 0.995, f" {times.NEW_SERIES}", **look)
    _write_names(axes, names, span)


def _fill_run(axes: Axes, run: Sequence[Row], colour: str) -> None:
    at = [times.year(row.period_end) for row in run]
    low, high = [row.low or 0.0 for row in run], [row.high or 0.0 for row in run]
    if len(run) > 1:
        axes.fill_between(at, low, high, color=colour, alpha=theme.SHADE, linewidth=0)
    else:
        axes.vlines(at, low, high, color=colour, alpha=theme.SHADE, linewidth=6)


def _draw_line(axes: Axes, line: times.Line, breaks: Sequence[str]) -> None:
    style: dict[str, Any] = line.style
    look: dict[str, Any] = {
        "color": style["color"],
        "linewidth": style["width"] * common.POINT,
        "marker": "o",
        "markersize": (8 if line.is_main else 5) * common.POINT,
        "linestyle": common.DASHES[style.get("dash")],
        "zorder": 4 if line.is_main else 3,
        "solid_capstyle": "round",
        "clip_on": False,
    }
    for run in times.split_runs(list(line.rows.values()), breaks):
        xs = [times.year(row.period_end) for row in run]
        axes.plot(xs, [row.value for row in run], **look)


def _name_end(line: times.Line, end: Row) -> list[str]:
    """The name of a line on as many lines as it needs, then its newest value."""
    name = fonts.wrap_by_width(line.label, common.SIZE, WIDEST)
    shown = line.end_words(end)
    whole = f"{name[-1]} {shown}"
    is_fitting = fonts.measure_inches(whole, common.SIZE, bold=True) <= WIDEST
    return [*name[:-1], whole] if is_fitting else [*name, shown]


def _measure_width(texts: Sequence[str]) -> float:
    return max(fonts.measure_inches(text, common.SIZE, bold=True) for text in texts)


def _write_names(
    axes: Axes, names: Sequence[tuple[list[str], times.Line, Row]], span: tuple[float, float]
) -> None:
    """A name and a value at the right end of each line, moved apart where they would touch."""
    wide, tall = common.measure_axes(axes)
    low, high = span
    ordered = sorted(names, key=lambda name: -(name[2].value or 0.0))
    leading = common.SIZE * 1.22 / fonts.POINTS
    wanted = [(high - (row.value or 0.0)) / (high - low) * tall for _, _, row in ordered]
    sizes = [leading * len(text) + 0.04 for text, _, _ in ordered]
    places = ends_of.spread_labels(wanted, sizes, tall)
    for (text, line, _), place in zip(ordered, places, strict=True):
        common.write_text(
            *(axes, 1 + GAP / wide, 1 - place / tall, "\n".join(text)),
            color=line.ink,
            bold=line.role in {Role.FOCUS, Role.CHOSEN},
            va="center",
            linespacing=1.1,
            transform=axes.transAxes,
        )
