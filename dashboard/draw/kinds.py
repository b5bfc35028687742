"""The kinds of chart, one entry each: name, columns of its table, figure on screen, office chart.

How one is drawn as a picture stands in picture/image, for what draws those is loaded only at the
first download.
"""

from collections.abc import Callable
from typing import NamedTuple

from dashboard.charts.model import ChartModel, Kind
from dashboard.draw import series
from dashboard.draw.screen import lines, points, ranks


class Fields(NamedTuple):
    """The columns of one kind of chart: what each is called, and which part of a row it holds."""

    screen: tuple[tuple[str, str], ...]
    sheet: tuple[tuple[str, str], ...]
    formats: dict[str, str]  # of numbers in a sheet, where the usual one would not do


class ChartKind(NamedTuple):
    """What is known of a kind of chart; what is None it has not."""

    word: str  # in the name of a file
    fields: Fields | None = None  # of a row for each mark; else labels stand side by side
    draw: Callable[[ChartModel], dict[str, object]] | None = None  # by Plotly; else as HTML
    plot: Callable[[ChartModel], series.Plot] | None = None  # in office programs; else a picture


VALUE, ACROSS = "Value ({unit})", "{across}"
AREA = (("Area", "label"), ("Marked as", "mark"), (VALUE, "value"))
BARS = Fields(
    (("Local authority", "mark"), (VALUE, "shown"), ("Rank", "note")),
    (*AREA, ("Place or reason", "note"), ("Period", "time_period")),
    {},
)
POINTS = (*AREA, (ACROSS, "size"), ("Where it lies", "note"))
RANKS = Fields(
    (("Metric", "label"), ("Rank", "shown"), ("Value", "note")),
    (
        *(("Metric", "label"), ("Rank", "value"), ("Out of", "high")),
        *(("Rank in words", "shown"), ("Value", "note")),
    ),
    {"value": "0", "high": "0"},
)
FUNNEL = Fields(
    (("Area", "mark"), (VALUE, "shown"), (ACROSS, "whole"), ("Where it lies", "note")),
    POINTS,
    {"size": "#,##0"},
)
SCATTER = Fields((("Area", "mark"), ("Outcomes", "shown"), ("Spending", "note")), POINTS, {})

KINDS = {
    Kind.TREND: ChartKind("trend", None, lines.draw_trend, series.build_lines),
    Kind.RANKED_BAR: ChartKind("in-order", BARS, ranks.draw_ranked_bars, series.build_bars),
    Kind.POSITIONS: ChartKind("ranks", RANKS, ranks.draw_positions, series.build_ranks),
    Kind.GROUPED_BAR: ChartKind("bars"),
    Kind.FUNNEL: ChartKind("funnel", FUNNEL, points.draw_points_by_size, series.build_points),
    Kind.SCATTER: ChartKind("scatter", SCATTER, points.draw_points_by_size, series.build_points),
    Kind.TILE_MAP: ChartKind("map", BARS),
    Kind.BOUNDARY_MAP: ChartKind("map-of-boundaries", BARS),
}
