"""One local authority on every metric, beside its comparators. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from dashboard.domain.choices import View, select_in_part
from dashboard.domain.records import PILLARS, Area, Figure, Group, Metric, Series, Spread, Summary
from dashboard.draw import sparklines, table, table_cells
from dashboard.draw.table import Column
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store import comparators
from dashboard.store.figures import load_series, load_spreads_then
from dashboard.words import multiplicity
from dashboard.words.names import capitalise, make_possessive
from dashboard.words.ranks import is_placed

HEALTH = (
    Column("Metric"),
    Column("Value of the board", "and period", numeric=True, style="nar"),
    Column("England", numeric=True, style="nar"),
    Column("Rank among boards", "and quarter", style="rank"),
)

_render = partial(render_macro, "bodies/templates/scorecard.html.j2")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figures: a group with its summaries, and each metric's series."""

    group: Group | None
    summaries: Mapping[tuple[str, str], Summary]
    sparks: Mapping[tuple[str, str], Series]
    spreads: Mapping[tuple[str, str], Spread]

    @property
    def averaged(self) -> Group | None:
        """The group, where it has a mean and a median: region and England have their columns."""
        return self.group if self.group and self.group.has_average else None


def load_beside(view: View, area: Area, figures: Sequence[Figure]) -> Beside:
    """What stands beside figures of an area: as it is now, or as it was at the end of a year."""
    build, year, group = view.build, view.year, comparators.find_chosen_group(view)
    sparks = load_series(build, area.code)
    if year is None:
        summaries = comparators.load_summaries(view, group, figures) if group else {}
        return Beside(group, summaries, sparks, build.spreads)
    held = group if group and group.kind.is_held_then else None
    before = {key: select_until(series, year) for key, series in sparks.items()}
    summaries = comparators.load_summaries_then(view, held, figures) if held else {}
    return Beside(held, summaries, before, load_spreads_then(build, year))


def select_until(series: Series, year: int) -> Series:
    """A series up to the end of a year."""
    number = bisect_right(series.years, year + 1)
    return Series._make(part[:number] for part in series)


def list_scorecard_columns(beside: Beside) -> list[Column]:
    """The columns of the scorecard: those of the group where there is one."""
    group = beside.averaged
    title = f"{capitalise(make_possessive(group.short))} median" if group else ""
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


def render_scorecard_key(beside: Beside, figures: Iterable[Figure]) -> str:
    """What the marks and the words of the scorecard mean, and how many tests stand in it."""
    group = beside.averaged
    tests = multiplicity.count_tests_of_scorecard(figures, beside.summaries if group else None)
    return _render("key", group, multiplicity.compose_warning(tests))


def select_figures_in_part(view: View, figures: Iterable[Figure]) -> list[Figure]:
    """The figures of the part of the scorecard that is shown."""
    shown = {metric.id for metric in select_in_part(view)}
    return [figure for figure in figures if figure.metric in shown]


def draw_pillars(
    view: View, figures: Iterable[Figure], beside: Beside
) -> list[tuple[str, str, str]]:
    """For each pillar that has metrics: its id, its title and one table with its topics."""
    by_metric: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        by_metric.setdefault(figure.metric, {})[figure.breakdown] = figure
    held = [metric for metric in select_in_part(view) if metric.id in by_metric]
    return [
        (pillar, PILLARS[pillar], _draw_pillar(view, list(metrics), by_metric, beside))
        for pillar, metrics in groupby(held, key=lambda m: m.pillar)
    ]


def draw_board_tables(view: View, area: Area, figures: dict[str, list[Figure]]) -> str:
    """What is published for the boards an area lies in: a table for each board."""
    build = view.build
    metrics = [metric for metric in build.metrics.values() if metric.is_nhs]
    tables = []
    for code, share in build.boards.get(area.code, ()):
        found = {(f.metric, f.breakdown): f for f in figures[code]}
        rows = [
            _list_board_cells(view, metric, found[metric.id, metric.breakdowns[0]])
            for metric in metrics
            if (metric.id, metric.breakdowns[0]) in found
        ]
        title = f"{build.areas[code].name}: {share:.0%} of the neighbourhoods of {area.name}"
        tables.append(table.render_table(title, HEALTH, rows, "scorecard cards"))
    return "".join(tables)


def _list_board_cells(view: View, metric: Metric, figure: Figure) -> list[str]:
    return [
        table_cells.render_name(view, metric, metric.breakdowns[0]) + table.render_note(figure),
        table_cells.draw_dated_figure(view, metric, figure),
        table_cells.render_england(metric, figure),
        table_cells.render_rank(metric, figure),
    ]


def render_pillars(found: Sequence[tuple[str, str, str]]) -> str:
    """The pillars one below the other."""
    return _render("pillars", [(pillar, title, mark_html(html)) for pillar, title, html in found])


def _draw_pillar(
    view: View, metrics: list[Metric], figures: dict[str, dict[str, Figure]], beside: Beside
) -> str:
    """One table: its head once, a group of rows for each topic, the sparks as one image."""
    sparks: list[tuple[str, str]] = []
    topics = [
        (
            topic,
            [
                row
                for metric in group
                for row in _list_rows(view, metric, figures, (beside, sparks))
            ],
        )
        for topic, group in groupby(metrics, key=lambda m: m.topic_title)
    ]
    title = f"{PILLARS[metrics[0].pillar]}: scorecard"
    sheet = sparklines.render_sheet(sparks)
    return table.render_grouped(
        title, list_scorecard_columns(beside), topics, "scorecard pillar cards", sheet
    )


def _list_rows(
    view: View,
    metric: Metric,
    figures: dict[str, dict[str, Figure]],
    drawn: tuple[Beside, list[tuple[str, str]]],
) -> list[list[str]]:
    """The rows of one metric; the line of each is put on the sheet of sparks."""
    beside, sparks = drawn
    rows = []
    for breakdown in metric.breakdowns:
        if figure := figures[metric.id].get(breakdown):
            series = beside.sparks.get((metric.id, breakdown))
            spark = sparklines.draw_line(series, len(sparks)) if series else ("", "")
            place = f'<i class="k" style="--y:{len(sparks)}"></i>' if spark[0] else ""
            sparks.append(spark)
            rows.append([*_list_cells(view, metric, figure, beside), place])
    return rows


def _list_cells(view: View, metric: Metric, figure: Figure, beside: Beside) -> list[str]:
    at, group = (metric.id, figure.breakdown), beside.averaged
    spread, found = beside.spreads.get(at), beside.summaries.get(at)
    inside = spread if spread and spread.time_period == figure.time_period else None
    return [
        table_cells.render_name(view, metric, figure.breakdown) + table.render_note(figure),
        table_cells.draw_dated_figure(view, metric, figure),
        table_cells.render_change(metric, figure),
        *([table_cells.render_group(metric, found, group)] if group else []),
        table_cells.render_comparator(metric, figure.region),
        table_cells.render_england(metric, figure),
        table_cells.render_rank(metric, figure),
        sparklines.render_strip(
            metric, inside, _find_marked_value(figure), found.median if found else None
        ),
    ]


def _find_marked_value(figure: Figure) -> float | None:
    """Where a figure is marked among all: nowhere where the numbers are always tiny."""
    return figure.value if is_placed(figure) else None
