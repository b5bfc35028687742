"""One local authority on every metric, beside its comparators. Pure."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from dashboard import cells, pictures, table
from dashboard.model import PILLARS, Area, Figure, Metric, Series
from dashboard.state import View, headlines, in_part, in_pillars
from dashboard.table import Column

SCORECARD = (
    Column("Metric"),
    Column("Value", "and period", numeric=True, style="nar"),
    Column("Change", "on the period before", numeric=True, style="chg"),
    Column("Neighbours’ median", "mean; how many of ten", numeric=True, style="nb"),
    Column("Region", numeric=True, style="nar"),
    Column("England", numeric=True, style="nar"),
    Column("Rank", "and quarter", style="rank"),
    Column("Among all", "lowest to highest", style="pic"),
    Column("Trend", style="pic"),
)


HEALTH = (
    Column("Metric"),
    Column("Value of the board", "and period", numeric=True, style="nar"),
    Column("England", numeric=True, style="nar"),
    Column("Rank among boards", "and quarter", style="rank"),
)


KEY = (
    '<h2 class="hide">Scorecard</h2><p class="legend"><span><i class="d"></i>This local authority'
    '</span><span><i class="n"></i>Its statistical neighbours’ median</span><span><i class="m"></i>'
    'Median of all</span><span><i class="q"></i>Middle half of all</span>'
    "<span>pts: percentage points</span></p>"
)


Sparks = dict[tuple[str, str], Series]


def sections(view: View, figures: Iterable[Figure], sparks: Sparks) -> list[tuple[str, str, str]]:
    """For each pillar that has metrics: its id, its title and its topics as tables."""
    by_metric: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        by_metric.setdefault(figure.metric, {})[figure.breakdown] = figure
    found = []
    for pillar, metrics in groupby(in_part(view), key=lambda m: m.pillar):
        topics = "".join(
            _topic(view, list(group), by_metric, sparks)
            for _, group in groupby(metrics, key=lambda m: m.topic)
        )
        found.append((pillar, PILLARS[pillar], topics))
    return found


def health(view: View, area: Area, figures: dict[str, list[Figure]]) -> str:
    """What is published for the boards an area lies in: a table for each board."""
    build = view.build
    metrics = [metric for metric in build.metrics.values() if metric.is_nhs]
    tables = []
    for code, share in build.boards.get(area.code, ()):
        found = {(f.metric, f.breakdown): f for f in figures[code]}
        rows = [
            _health_row(view, metric, found[metric.id, metric.breakdowns[0]])
            for metric in metrics
            if (metric.id, metric.breakdowns[0]) in found
        ]
        title = f"{build.areas[code].name}: {share:.0%} of the neighbourhoods of {area.name}"
        tables.append(table.table(title, HEALTH, rows, "scorecard"))
    return "".join(tables)


def _health_row(view: View, metric: Metric, figure: Figure) -> list[str]:
    return [
        cells.name(view, metric, metric.breakdowns[0]) + table.note_mark(figure),
        _value(metric, figure),
        cells.beside(metric, figure.england),
        cells.rank(metric, figure),
    ]


def whole(found: Sequence[tuple[str, str, str]]) -> str:
    """The pillars one below the other."""
    return "".join(
        f'<h2 class="pillar" id="{pillar}">{title}</h2>{tables}' for pillar, title, tables in found
    )


def in_headlines(view: View, figures: Iterable[Figure]) -> list[Figure]:
    """The figures of headline metrics, in order."""
    found = {(f.metric, f.breakdown): f for f in figures}
    return [
        found[metric.id, breakdown]
        for metric in in_pillars(headlines(view.build))
        for breakdown in metric.breakdowns
        if (metric.id, breakdown) in found
    ]


def _topic(
    view: View, metrics: list[Metric], figures: dict[str, dict[str, Figure]], sparks: Sparks
) -> str:
    rows = [
        _scorecard_row(view, metric, breakdown, found, sparks.get((metric.id, breakdown)))
        for metric in metrics
        for breakdown in metric.breakdowns
        if (found := figures.get(metric.id, {}).get(breakdown))
    ]
    if not rows:
        return ""
    return table.table(metrics[0].topic_title, SCORECARD, rows, "scorecard")


def _scorecard_row(
    view: View, metric: Metric, breakdown: str, figure: Figure, series: Series | None
) -> list[str]:
    spread = view.build.spreads.get((metric.id, breakdown))
    inside = spread if spread and spread.time_period == figure.time_period else None
    return [
        cells.name(view, metric, breakdown) + table.note_mark(figure),
        _value(metric, figure),
        cells.change(metric, figure),
        cells.neighbours(metric, figure),
        cells.beside(metric, figure.region),
        cells.beside(metric, figure.england),
        cells.rank(metric, figure),
        pictures.strip(metric, inside, figure.value, figure.neighbour_median),
        pictures.spark(series) if series else "",
    ]


def _value(metric: Metric, figure: Figure) -> str:
    number = cells.number(metric, figure.value, figure.status)
    return f"<strong>{number}</strong><small>{escape(figure.time_period)}</small>"
