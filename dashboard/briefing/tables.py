"""The tables of a briefing: metrics beside their comparators, and the reform plan's. Pure."""

from collections.abc import Iterable, Sequence

from dashboard.briefing.model import Cell, Column, Table
from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.domain.packs import Part
from dashboard.domain.recipes import Baseline, Crossed, Line, Named
from dashboard.domain.records import Area, Figure, Group, Metric
from dashboard.store import comparators
from dashboard.words import findings
from dashboard.words.changes import describe_change_verdict, describe_figure_change
from dashboard.words.names import capitalise, join_words, name_metric, name_metric_briefly
from dashboard.words.numbers import (
    HALVES,
    NO_PUBLISHED_FIGURE,
    STATUS_LABEL,
    STATUS_MEANING,
    format_average,
    format_count,
    format_value,
    format_whole,
)
from dashboard.words.periods import describe_period
from dashboard.words.ranks import explain_no_rank, format_quarter, format_rank

BLANK, NONE = "No figure", "No period"
NOT_PUBLISHED = "The number behind it is not published"
FEWEST_JUDGED = 3  # measures: of fewer, how many are in a quarter is no headline
KEY = (
    "pts: percentage points. Better, worse, no different and tested change (where neither end is "
    "better): by a test of that one change."
)


def pick_metric(build: Build, named: Named) -> tuple[Metric, str]:
    """A metric of the build with the group that is meant."""
    metric = build.metrics[named[0]]
    return metric, named[1] or metric.breakdowns[0]


def find_figure(build: Build, area: Area, named: Named) -> Figure | None:
    """An area's newest figure of a metric."""
    metric, breakdown = pick_metric(build, named)
    return build.newest.get(area.code, {}).get((metric.id, breakdown))


def build_metric_tables(view: View, area: Area, parts: Sequence[Part]) -> tuple[Table, ...]:
    """For each part: its metrics in the area, beside the group compared with and England."""
    group = comparators.find_chosen_group(view)
    figures = [
        own for part in parts for row in part.rows if (own := find_figure(view.build, area, row))
    ]
    summaries = comparators.load_summaries(view, group, figures) if group else {}
    return tuple(_build_part(view, area, part, (group, summaries)) for part in parts)


def _build_part(
    view: View,
    area: Area,
    part: Part,
    beside: tuple[Group | None, comparators.Summaries],
) -> Table:
    rows, notes = [], []
    for named in part.rows:
        own = find_figure(view.build, area, named)
        rows.append(_build_row(view.build, named, own, beside))
        if own and own.note:
            notes.append(f"{name_metric_briefly(*pick_metric(view.build, named))}: {own.note}")
    return Table(part.title, _list_columns(beside[0]), tuple(rows), " ".join([KEY, *notes]))


def _list_columns(group: Group | None) -> tuple[Column, ...]:
    named = _group_label(group)
    return (
        Column("Measure", 3.5),
        Column("Value", 0.8, numeric=True),
        Column("Period", 1.15),
        Column("Change on the period before", 1.75),
        *([Column(named, 1.05, numeric=True)] if named else []),
        Column("England", 0.95, numeric=True),
        Column("Rank and quarter", 2.5),
    )


def _group_label(group: Group | None) -> str:
    """What the column of the group is called; nothing where England is the group, or none is."""
    if group is None or group.id == "england":
        return ""
    return f"Median of {group.short}" if group.has_average else group.label


def _build_row(
    build: Build,
    named: Named,
    own: Figure | None,
    beside: tuple[Group | None, comparators.Summaries],
) -> tuple[Cell, ...]:
    metric, breakdown = pick_metric(build, named)
    group = beside[0]
    title = Cell(name_metric(metric, breakdown))
    if own is None:
        others = (Cell(NO_PUBLISHED_FIGURE),) * (5 if _group_label(group) else 4)
        return (title, Cell(NO_PUBLISHED_FIGURE), *others)
    middle = [_make_middle_cell(metric, own, *beside)] if _group_label(group) else []
    return (
        title,
        make_number_cell(metric, own.value, own.status),
        Cell(_describe_period(build, metric, own)),
        Cell(_describe_change(metric, own)),
        *middle,
        _make_england_cell(metric, own),
        Cell(_describe_rank(metric, own)),
    )


def make_number_cell(metric: Metric, value: float | None, status: str = "ok") -> Cell:
    """A value as it is shown, with its number where it has one; else the reason."""
    text = format_value(metric, value, status)
    if value is None or status != "ok" or metric.is_category:
        return Cell(text)
    return Cell(text, value, metric.unit, metric.decimals)


def _describe_period(build: Build, metric: Metric, own: Figure) -> str:
    """The period, with its age, and that few children or events are behind the figure."""
    few, when = findings.describe_small_numbers(metric, own), describe_period(own, build.newest_day)
    return f"{when} ({few})" if few else when


def _describe_change(metric: Metric, own: Figure) -> str:
    if own.change is None or own.previous_time_period is None:
        return "Not worked out"
    moved = describe_figure_change(metric, own, brief=True)
    judged = describe_change_verdict(metric, own)
    return capitalise(moved + (f" ({judged})" if judged else ""))


def _make_middle_cell(
    metric: Metric, own: Figure, group: Group | None, summaries: comparators.Summaries
) -> Cell:
    if metric.is_category:
        return Cell("Not averaged")
    if group and not group.has_average:
        return make_number_cell(metric, own.region)
    summary = summaries.get((own.metric, own.breakdown))
    if summary is None or summary.median is None:
        return Cell(BLANK)
    decimals = max(metric.decimals, 1) if metric.unit in HALVES else metric.decimals
    return Cell(format_average(metric, summary.median), summary.median, metric.unit, decimals)


def _make_england_cell(metric: Metric, own: Figure) -> Cell:
    return Cell("Not averaged") if metric.is_category else make_number_cell(metric, own.england)


def _describe_rank(metric: Metric, own: Figure) -> str:
    if metric.is_category:
        return "Not ranked"
    if own.rank is None:
        reason = explain_no_rank(own)
        return f"Not ranked: {reason}" if reason else "Not ranked"
    return f"{format_rank(metric, own)}, {format_quarter(metric, own)}"


def compose_message(area: Area, judged: Sequence[Figure]) -> str:
    """How often the area is in the best and in the worst quarter of the metrics that are judged.

    Nothing where they are too few to be counted in a headline.
    """
    if len(judged) < FEWEST_JUDGED:
        return ""
    best = sum(own.quartile == 1 for own in judged)
    worst = sum(own.quartile == 4 for own in judged)  # noqa: PLR2004 - the fourth quarter
    return (
        f"{area.name} is in the best quarter on {best} of "
        f"{format_count(len(judged), 'ranked measure')} and in the worst on {worst}"
    )


def list_judged_figures(view: View, area: Area, rows: Iterable[Named]) -> list[Figure]:
    """The area's figures that are ranked on a metric with a better end."""
    figures = [find_figure(view.build, area, named) for named in rows]
    return [
        own
        for own in figures
        if own
        and own.rank is not None
        and view.build.metrics[own.metric].polarity != "no_judgement"
    ]


def build_baseline_table(build: Build, area: Area, asked: Baseline) -> Table:
    """One table of the reform plan's template, each blank row with its reason."""
    if asked.crossed:
        return _build_crossed_table(build, area, asked, asked.crossed)
    columns = (
        Column("Row of the template", 3.0),
        Column("Published", 1.0, numeric=True),
        Column("Period", 1.1),
        Column("What it is, or why it is blank", 3.6),
    )
    rows = tuple(_build_line(build, area, line) for line in asked.lines)
    return Table(asked.caption, columns, rows, asked.note)


def count_filled_rows(asked: Baseline, made: Table) -> tuple[int, int]:
    """How many rows of the template have a figure of their own, and how many rows it has."""
    counted = [not line.is_extra for line in asked.lines] or [True] * len(made.rows)
    rows = [row for row, counts in zip(made.rows, counted, strict=True) if counts]
    return sum(any(cell.number is not None for cell in row) for row in rows), len(rows)


def _build_line(build: Build, area: Area, line: Line) -> tuple[Cell, ...]:
    if line.metric is None:
        whose = "Only the council holds this. " if line.is_the_councils else ""
        return Cell(line.label), Cell(BLANK), Cell(NONE), Cell(f"{whose}{line.blank}.")
    own = find_figure(build, area, line.metric)
    shown, reason = _take_number(build, line, own)
    text = f"{reason}. {line.published}." if reason else f"{line.published}."
    when = describe_period(own, build.newest_day) if own else NONE
    return Cell(line.label), shown, Cell(when), Cell(text)


def _take_number(build: Build, line: Line, own: Figure | None) -> tuple[Cell, str]:
    """The number a row takes from a figure, or the reason why it has none."""
    if own is None:
        return Cell(BLANK), f"{NO_PUBLISHED_FIGURE} for this area"
    if own.value is None or own.status != "ok":
        reason = STATUS_LABEL.get(own.status, NO_PUBLISHED_FIGURE)
        meaning = STATUS_MEANING.get(own.status, "")
        return Cell(reason), capitalise(meaning) or reason
    if line.take == "value":
        return make_number_cell(build.metrics[own.metric], own.value), ""
    taken = own.numerator if line.take == "count" else own.denominator
    if taken is None:
        return Cell(BLANK), NOT_PUBLISHED
    return Cell(format_whole(taken), taken, "count", 0), ""


def _build_crossed_table(build: Build, area: Area, asked: Baseline, crossed: Crossed) -> Table:
    columns = (
        Column("Primary need", 2.6),
        *(Column(label, 1.0, numeric=True) for label, _ in crossed.columns),
    )
    rows = tuple(
        (
            Cell("All needs" if need == "Total" else need),
            *(_make_count_cell(build, area, (metric, need)) for _, metric in crossed.columns),
        )
        for need in crossed.needs
    )
    periods = {
        own.time_period
        for _, metric in crossed.columns
        if (own := find_figure(build, area, (metric, crossed.needs[0])))
    }
    when = f"Numbers of plans in {join_words(sorted(periods))}. " if periods else ""
    return Table(asked.caption, columns, rows, f"{when}{asked.note}")


def _make_count_cell(build: Build, area: Area, named: Named) -> Cell:
    return _take_number(build, Line("", "count", named), find_figure(build, area, named))[0]
