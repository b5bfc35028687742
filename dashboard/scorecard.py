"""One local authority on every metric, beside its comparators. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from dashboard import cells, pictures, table
from dashboard import format as words
from dashboard.model import PILLARS, Area, Figure, Group, Metric, Series, Summary
from dashboard.state import View, headlines, in_part, in_pillars
from dashboard.table import Column

HEALTH = (
    Column("Metric"),
    Column("Value of the board", "and period", numeric=True, style="nar"),
    Column("England", numeric=True, style="nar"),
    Column("Rank among boards", "and quarter", style="rank"),
)


TESTED = (
    "Higher, lower, no different: the value beside the mean of the group, England or the year "
    "before, by the 95% interval of the difference. Where nothing is said, it is not tested."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figures: a group with its summaries, and each metric's series."""

    group: Group | None
    summaries: Mapping[tuple[str, str], Summary]
    sparks: Mapping[tuple[str, str], Series]

    @property
    def averaged(self) -> Group | None:
        """The group, where it has a mean and a median: region and England have their columns."""
        return self.group if self.group and self.group.has_average else None


def columns(beside: Beside) -> list[Column]:
    """The columns of the scorecard: those of the group where there is one."""
    group = beside.averaged
    title = f"{words.capital(words.possessive(group.short))} median" if group else ""
    middle = [Column(title, "mean; how many have a figure", numeric=True, style="nb")]
    return [
        Column("Metric"),
        Column("Value", "and period", numeric=True, style="nar"),
        Column("Change", "on the period before", numeric=True, style="chg"),
        *(middle if group else []),
        Column("Region", numeric=True, style="nar"),
        Column("England", numeric=True, style="eng"),
        Column("Rank", "and quarter", style="rank"),
        Column("Among all", "lowest to highest", style="pic"),
        Column("Trend", style="pic"),
    ]


def key(beside: Beside) -> str:
    """What the marks and the words of the scorecard mean."""
    group = beside.averaged
    marked = f'<span><i class="n"></i>Median of {escape(group.named)}</span>' if group else ""
    return (
        '<h2 class="hide">Scorecard</h2><p class="legend"><span><i class="d"></i>This local '
        f'authority</span>{marked}<span><i class="m"></i>Median of all</span><span>'
        '<i class="q"></i>Middle half of all</span><span>pts: percentage points</span></p>'
        f'<p class="source">{TESTED}</p>'
    )


def in_part_chosen(view: View, figures: Iterable[Figure]) -> list[Figure]:
    """The figures of the part of the scorecard that is shown."""
    shown = {metric.id for metric in in_part(view)}
    return [figure for figure in figures if figure.metric in shown]


def sections(view: View, figures: Iterable[Figure], beside: Beside) -> list[tuple[str, str, str]]:
    """For each pillar that has metrics: its id, its title and its topics as tables."""
    by_metric: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        by_metric.setdefault(figure.metric, {})[figure.breakdown] = figure
    found = []
    for pillar, metrics in groupby(in_part(view), key=lambda m: m.pillar):
        topics = "".join(
            _topic(view, list(group), by_metric, beside)
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
        cells.england(metric, figure),
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
    view: View, metrics: list[Metric], figures: dict[str, dict[str, Figure]], beside: Beside
) -> str:
    rows = [
        _scorecard_row(view, metric, found, beside)
        for metric in metrics
        for breakdown in metric.breakdowns
        if (found := figures.get(metric.id, {}).get(breakdown))
    ]
    if not rows:
        return ""
    return table.table(metrics[0].topic_title, columns(beside), rows, "scorecard")


def _scorecard_row(view: View, metric: Metric, figure: Figure, beside: Beside) -> list[str]:
    at = metric.id, figure.breakdown
    spread, series, group = view.build.spreads.get(at), beside.sparks.get(at), beside.averaged
    found = beside.summaries.get(at)
    inside = spread if spread and spread.time_period == figure.time_period else None
    return [
        cells.name(view, metric, figure.breakdown) + table.note_mark(figure),
        _value(metric, figure),
        cells.change(metric, figure),
        *([cells.group(metric, found, group)] if group else []),
        cells.beside(metric, figure.region),
        cells.england(metric, figure),
        cells.rank(metric, figure),
        pictures.strip(metric, inside, figure.value, found.median if found else None),
        pictures.spark(series) if series else "",
    ]


def _value(metric: Metric, figure: Figure) -> str:
    number = cells.number(metric, figure.value, figure.status)
    return f"<strong>{number}</strong><small>{escape(figure.time_period)}</small>"
