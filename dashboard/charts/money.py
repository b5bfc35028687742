"""The high needs block, what is spent, and the balance of the grant, year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts import of_topic
from dashboard.charts.model import ChartModel, Role, Row
from dashboard.charts.of_topic import Said
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, TOTAL, Figure, Metric
from dashboard.store.figures import load_area_history, load_history
from dashboard.words.changes import describe_figure_change
from dashboard.words.periods import describe_period
from dashboard.words.signs import NO_CHANGE, NOUGHT, describe_level
from pipeline.shown import list_shown

PAGE = "money"
NAMES = {metric.id: one.label for metric, one in list_shown("block and spending")}
BLOCK, SPEND = NAMES
[BALANCE] = [metric.id for metric, _ in list_shown("grant balance")]
NOT_HELD = "No figure held"
NOTE = (
    "The block is an allocation before deductions, the spending a net outturn without place "
    "funding. The space between them is not a surplus: the block also pays for places."
)
BALANCE_NOTE = (
    "The balance is of the whole dedicated schools grant and not of the high needs block. 2023-24 "
    "is a new series, from another source and over another total: what lies between it and "
    "2021-22 is no change. 2022-23 is not held, and 2023-24 is held for local authorities alone. "
    "Within a series the movement in a year is the nearest published sign of pressure in that year."
)


def build_block_and_spending(view: View) -> ChartModel:
    """The high needs block beside spending on top-ups and services, for each year held."""
    held = {metric: group_by_year(view, metric) for metric in NAMES}
    rows = [
        _build_bar(view, metric, year, (name, role), held[metric].get(year))
        for year in list_years(view)
        for (metric, name), role in zip(NAMES.items(), (Role.OTHER, Role.FOCUS), strict=True)
    ]
    subtitle = "High needs block (allocation), and outturn on top-ups and services"
    return of_topic.build_grouped_chart(
        view, NAMES, rows, Said(compose_growth(view, held), subtitle, NOTE, PAGE)
    )


def build_balance(view: View) -> ChartModel:
    """The cumulative balance of the grant in the area, its group and England, for each year."""
    own, who = group_by_year(view, BALANCE), (of_topic.name_area(view.area), Role.FOCUS)
    history = load_area_history(view.build, BALANCE, TOTAL, ENGLAND)
    nation = {figure.time_period: figure for figure in history}
    rows = []
    for year in sorted(nation.keys() | own.keys()):
        mine = own.get(year)
        rows.append(_build_bar(view, BALANCE, year, who, mine))
        if view.area and mine:
            rows += map(_say_not_held, of_topic.build_group_bar(view, year, mine))
        if view.area:
            england = "England", Role.ENGLAND
            rows.append(_build_bar(view, BALANCE, year, england, nation.get(year)))
    subtitle = "Cumulative balance of the dedicated schools grant, per cent of the year’s grant"
    said = Said(compose_balance(view, list(own.values())), subtitle, BALANCE_NOTE, PAGE)
    return of_topic.build_grouped_chart(view, [BALANCE], rows, said)


def list_years(view: View) -> list[str]:
    """The years shown, oldest first: also those in which England has a figure and the area none."""
    codes = [of_topic.pick_area_code(view)]
    if view.area is None or view.area.is_current:
        codes.append(ENGLAND)
    return sorted({f.time_period for m in NAMES for f in load_history(view.build, m, TOTAL, codes)})


def compose_growth(view: View, held: Mapping[str, Mapping[str, Figure]]) -> str:
    """How far block and spending have grown over the years that both are held for; a sentence."""
    name = of_topic.name_area(view.area)
    both = [
        year
        for year, figure in held[BLOCK].items()
        if figure.value and (other := held[SPEND].get(year)) and other.value
    ]
    if len(both) > 1:
        block, spend = (_describe_growth(held[metric], both[0], both[-1]) for metric in NAMES)
        return (
            f"{name}: from {both[0]} to {both[-1]} the high needs block {block}, and spending on "
            f"top-ups and services {spend}"
        )
    last = [figure for figure in held[SPEND].values() if figure.value is not None]
    if not last:
        return f"{name}: no spending on high needs is held"
    metric = view.build.metrics[SPEND]
    shown = of_topic.format_figure(metric, last[-1].value)
    when = describe_period(last[-1], view.build.newest_day)
    return f"{name}: {shown} was spent on top-ups and services in {when}"


def _describe_growth(held: Mapping[str, Figure], first: str, last: str) -> str:
    change = 100 * ((held[last].value or 0) / (held[first].value or 1) - 1)
    return f"{'grew' if change >= 0 else 'fell'} by {abs(change):.0f}%"


def compose_balance(view: View, own: Sequence[Figure]) -> str:
    """The balance at the end of the last year held, with its sign in words; a sentence."""
    name, metric = of_topic.name_area(view.area), view.build.metrics[BALANCE]
    known = [figure for figure in own if figure.value is not None]
    if not known:
        return f"{name}: no balance is held"
    last = known[-1]
    amount = describe_level(metric, last.value or 0)
    held = "a balance of nil" if amount == NOUGHT else f"{amount} of the grant"
    when = describe_period(last, view.build.newest_day)
    return f"{name}: {held} at the end of {when}{_describe_movement(metric, last)}"


def _describe_movement(metric: Metric, figure: Figure) -> str:
    """How the balance has moved in the year: a deficit or a surplus that grew, shrank or turned."""
    if figure.change is None or figure.previous_time_period is None:
        return ""
    moved = describe_figure_change(metric, figure)
    if moved == NO_CHANGE:
        return f", as at the end of {figure.previous_time_period}"
    return f"; {moved} since the end of {figure.previous_time_period}"


def group_by_year(view: View, metric: str) -> dict[str, Figure]:
    """The figures of a metric in the area shown, by year."""
    found = load_area_history(view.build, metric, TOTAL, of_topic.pick_area_code(view))
    return {figure.time_period: figure for figure in found}


def _build_bar(
    view: View, metric: str, year: str, who: tuple[str, Role], figure: Figure | None
) -> Row:
    """A year's figure as a bar; a year may be published elsewhere and not be held here."""
    area = "" if who[1] is Role.ENGLAND else of_topic.pick_area_code(view)
    row = of_topic.build_figure_bar(view.build.metrics[metric], year, who, figure, area)
    return row if figure else replace(row, shown=NOT_HELD)


def _say_not_held(row: Row) -> Row:
    """A comparator's bar: without a number the files held have none, whatever is published."""
    return row if row.value is not None else replace(row, shown=NOT_HELD)
