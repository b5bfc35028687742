"""Money: the block, what is spent, and the balance, year by year. Pure."""

from html import escape

from dashboard.bodies import indices, money_findings
from dashboard.charts import money, of_topic, outcomes_and_spending
from dashboard.charts.outcomes_and_spending import Indices
from dashboard.domain.choices import View
from dashboard.domain.records import Area
from dashboard.draw import table
from dashboard.store import data
from dashboard.words import phrases as words
from pipeline.shown import list_shown

GROWTH = {one.label: metric.id for metric, one in list_shown("block and spending growth")}
PANELS = ("High needs block and spending", "Balance of the whole grant")
HEAD = (
    '<h2 class="pillar" id="story">Block, spending and balance, year by year</h2>'
    "<p>For each year the allocation of the high needs block and the outturn on top-ups and "
    "services, in pounds; then the cumulative balance of the whole dedicated schools grant at the "
    "end of the year: below zero is a deficit.</p>"
)
FIRST = {"story": "Block, spending and balance"}


def lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    name = escape(of_topic.title(area))
    beside = (
        ", beside similar local authorities and England."
        if area
        else ". Choose a local authority to see it beside others."
    )
    return (
        f"What {name} is given for children and young people with high needs, what is spent and on "
        f"what{beside}"
    )


def findings(view: View) -> str:
    """What stands out in the chosen area's money, or that nothing does; HTML."""
    if view.area is None or not view.area.is_current:
        return ""
    return money_findings.html(view, view.area)


def remarks(view: View) -> dict[str, str]:
    """For each year: how block and spending grew on the year before, and how the balance moved."""
    said: dict[str, list[str]] = {}
    for name, metric in GROWTH.items():
        known = view.build.metrics[metric]
        for year, figure in money.by_year(view, metric).items():
            if figure.value is not None:
                said.setdefault(year, []).append(f"{name} {words.value(known, figure.value)}")
    balance_ = view.build.metrics[money.BALANCE]
    for year, figure in money.by_year(view, money.BALANCE).items():
        if figure.value is not None and figure.change is not None:
            moved = words.say_figure_change(balance_, figure, brief=True)
            is_same = moved == words.NO_CHANGE
            said.setdefault(year, []).append(f"balance: {moved}" if is_same else moved)
    return {year: f"On the year: {', '.join(parts)}" for year, parts in said.items()}


def outcomes(view: View, found: Indices) -> str:
    """Where the area lies of outcomes beside spending, and the way to that page; HTML."""
    link = table.link(view.link("outcomes-and-spending"), "Outcomes and spending")
    title = escape(outcomes_and_spending.title(view.area, found))
    said = f"<p>{title}. {link} shows every local authority, and "
    said += "what the two indices are made of. That two things go together does not say that one "
    said += "causes the other.</p>"
    ranks = indices.ranks(view.area, found, data.index_parts(view.build)) if view.area else ""
    return f'<h2 class="pillar">Outcomes for the money</h2>{said}{ranks}'
