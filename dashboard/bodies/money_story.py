"""Money: the block, what is spent, and the balance, year by year. Pure."""

from functools import partial

from dashboard.bodies import indices, money_findings
from dashboard.charts import money, of_topic, outcomes_and_spending
from dashboard.charts.outcomes_and_spending import Indices
from dashboard.domain.choices import View
from dashboard.domain.records import Area
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store.analyses import load_index_parts
from dashboard.words.changes import describe_figure_change
from dashboard.words.numbers import format_value
from dashboard.words.signs import NO_CHANGE
from pipeline.shown import list_shown

GROWTH = {one.label: metric.id for metric, one in list_shown("block and spending growth")}
PANELS = ("High needs block and spending", "Balance of the whole grant")
FIRST = {"story": "Block, spending and balance"}

_render = partial(render_macro, "bodies/templates/money.html.j2")


def render_money_lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    return _render("lead", area, of_topic.name_area(area))


def render_money_head() -> str:
    """What the charts by year show; HTML."""
    return _render("head")


def render_findings_of_area(view: View) -> str:
    """What stands out in the chosen area's money, or that nothing does; HTML."""
    if view.area is None or not view.area.is_current:
        return ""
    return money_findings.render_money_findings(view, view.area)


def describe_years(view: View) -> dict[str, str]:
    """For each year: how block and spending grew on the year before, and how the balance moved."""
    said: dict[str, list[str]] = {}
    for name, metric in GROWTH.items():
        known = view.build.metrics[metric]
        for year, figure in money.group_by_year(view, metric).items():
            if figure.value is not None:
                said.setdefault(year, []).append(f"{name} {format_value(known, figure.value)}")
    balance_ = view.build.metrics[money.BALANCE]
    for year, figure in money.group_by_year(view, money.BALANCE).items():
        if figure.value is not None and figure.change is not None:
            moved = describe_figure_change(balance_, figure, brief=True)
            is_same = moved == NO_CHANGE
            said.setdefault(year, []).append(f"balance: {moved}" if is_same else moved)
    return {year: f"On the year: {', '.join(parts)}" for year, parts in said.items()}


def render_money_outcomes(view: View, found: Indices) -> str:
    """Where the area lies of outcomes beside spending, and the way to that page; HTML."""
    title = outcomes_and_spending.title(view.area, found)
    ranks = (
        indices.render_ranks(view.area, found, load_index_parts(view.build)) if view.area else ""
    )
    return _render("outcomes", view, title, mark_html(ranks))
