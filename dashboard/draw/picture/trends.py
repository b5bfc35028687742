"""Lines over time: gaps where there is none, a range behind them, names at their ends."""

from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes

from dashboard.charts.model import ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw.office import marks
from dashboard.draw.picture import common, fonts
from dashboard.draw.screen import lines

HEIGHT, LEAST_HEIGHT = 4.1, 2.0
LEFT, FOOT, GAP = 0.55, 0.32, 0.12
WIDEST = 1.75  # inches for the names at the ends of lines


def height(_model: ChartModel, _width: float) -> float:
    """How tall the plot is best, in inches."""
    return HEIGHT


def draw(axes: Axes, model: ChartModel) -> None:
    """The ranges, the lines, the breaks and the names."""
    found = marks.times(model)
    ends = [(_named(line, end), line, end) for line in found.lines if (end := marks.last(line))]
    widest = max((_width(said) for said, _, _ in ends), default=0.0)
    common.inset(axes, LEFT, FOOT, widest + GAP, 0.05)
    span = lines.span(model)
    common.value_axis(axes, model, span)
    common.foot_axis(axes, lines.time_axis(model))
    for band in found.ranges:
        for run in _runs(list(band.rows.values()), model.breaks):
            _fill(axes, run, str(band.style["color"]))
    for line in found.lines:
        _line(axes, line, model.breaks)
    if span[0] < 0 < span[1]:
        axes.axhline(0, color=theme.RULE, linewidth=1)
    for place in lines.break_places(model):
        axes.axvline(place, color=theme.QUIET, linewidth=0.8, linestyle=common.DASHES["dot"])
        transform = axes.get_xaxis_transform()
        said = " new series"
        common.text(
            *(axes, place, 0.995, said), size=8.5, color=theme.QUIET, va="top", transform=transform
        )
    _names(axes, ends, span)


def _fill(axes: Axes, run: Sequence[Row], colour: str) -> None:
    at = [lines.year(row.period_end) for row in run]
    low, high = [row.low or 0.0 for row in run], [row.high or 0.0 for row in run]
    if len(run) > 1:
        axes.fill_between(at, low, high, color=colour, alpha=theme.SHADE, linewidth=0)
    else:
        axes.vlines(at, low, high, color=colour, alpha=theme.SHADE, linewidth=6)


def _line(axes: Axes, line: marks.Line, breaks: Sequence[str]) -> None:
    style: dict[str, Any] = line.style
    is_main = style["width"] == lines.LINE[Role.FOCUS]["width"]
    drawn: dict[str, Any] = {
        "color": style["color"],
        "linewidth": style["width"] * common.POINT,
        "marker": "o",
        "markersize": (8 if is_main else 5) * common.POINT,
        "linestyle": common.DASHES[style.get("dash")],
        "zorder": 4 if is_main else 3,
        "solid_capstyle": "round",
        "clip_on": False,
    }
    for run in _runs(list(line.rows.values()), breaks):
        xs = [lines.year(row.period_end) for row in run]
        axes.plot(xs, [row.value for row in run], **drawn)


def _runs(rows: Sequence[Row], breaks: Sequence[str]) -> Iterator[list[Row]]:
    """Rows that one stroke joins: no gap between them, and no new series."""
    run: list[Row] = []
    for row in rows:
        is_missing = row.value is None and row.low is None
        if run and (is_missing or lines.is_apart(run[-1], row, breaks)):
            yield run
            run = []
        if not is_missing:
            run.append(row)
    if run:
        yield run


def _named(line: marks.Line, end: Row) -> list[str]:
    """The name of a line on as many lines as it needs, then its newest value."""
    named = fonts.wrapped(line.label, common.SIZE, WIDEST)
    shown = marks.end_words(line, end)
    whole = f"{named[-1]} {shown}"
    if fonts.inches(whole, common.SIZE, bold=True) <= WIDEST:
        return [*named[:-1], whole]
    return [*named, shown]


def _width(said: Sequence[str]) -> float:
    return max(fonts.inches(part, common.SIZE, bold=True) for part in said)


def _names(
    axes: Axes, ends: Sequence[tuple[list[str], marks.Line, Row]], span: tuple[float, float]
) -> None:
    """A name and a value at the right end of each line, moved apart where they would touch."""
    wide, tall = common.inches_of(axes)
    low, high = span
    ordered = sorted(ends, key=lambda end: -(end[2].value or 0.0))
    leading = common.SIZE * 1.22 / fonts.POINTS
    wanted = [(high - (row.value or 0.0)) / (high - low) * tall for _, _, row in ordered]
    sizes = [leading * len(said) + 0.04 for said, _, _ in ordered]
    for (said, line, _), place in zip(ordered, lines.spread_out(wanted, sizes, tall), strict=True):
        common.text(
            *(axes, 1 + GAP / wide, 1 - place / tall, "\n".join(said)),
            color=line.ink,
            bold=line.role in {Role.FOCUS, Role.CHOSEN},
            va="center",
            linespacing=1.1,
            transform=axes.transAxes,
        )
