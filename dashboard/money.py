"""Money: the block, what is spent, and the balance, year by year. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from dashboard import data, money_findings, table, topics, value
from dashboard import format as words
from dashboard.chartmodel import ChartModel, Role, Row
from dashboard.model import ENGLAND, TOTAL, Area, Figure, Metric
from dashboard.state import View
from dashboard.topics import Said
from dashboard.value import Indices

PAGE = "money"
BLOCK, SPEND, BALANCE = "high_needs_block", "high_needs_spend", "dsg_balance_per_cent"
GROWTH = {
    "block": "high_needs_block_growth",
    "top-ups and services": "high_needs_spend_growth",
}
NAMES = {BLOCK: "Block (allocation)", SPEND: "Top-ups and services (outturn)"}
NOT_HELD = "No figure held"
PANELS = ("High needs block and spending", "Balance of the whole grant")
HEAD = (
    '<h2 class="pillar" id="story">Block, spending and balance, year by year</h2>'
    "<p>For each year the allocation of the high needs block and the outturn on top-ups and "
    "services, in pounds; then the cumulative balance of the whole dedicated schools grant at the "
    "end of the year: below zero is a deficit.</p>"
)
FIRST = {"story": "Block, spending and balance"}
NOTE = (
    "The block is an allocation before deductions, the spending a net outturn without place "
    "funding. The space between them is not a surplus: the block also pays for places."
)
BALANCE_NOTE = (
    "The balance is of the whole dedicated schools grant and not of the high needs block. None "
    "after 2021-22, and none in pounds, is in the figures held; the movement in a year is the "
    "nearest published sign of pressure in that year."
)


def lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    name = escape(topics.title(area))
    beside = (
        ", beside similar local authorities and England."
        if area
        else ". Choose a local authority to see it beside others."
    )
    return (
        f"What {name} is given for children and young people with high needs, what is spent and on "
        f"what{beside}"
    )


def block_and_spending(view: View) -> ChartModel:
    """The high needs block beside spending on top-ups and services, for each year held."""
    held = {metric: _by_year(view, metric) for metric in NAMES}
    rows = [
        _bar(view, metric, year, (name, role), held[metric].get(year))
        for year in years(view)
        for (metric, name), role in zip(NAMES.items(), (Role.OTHER, Role.FOCUS), strict=True)
    ]
    subtitle = "High needs block (allocation), and outturn on top-ups and services"
    return topics.grouped(view, NAMES, rows, Said(grown(view, held), subtitle, NOTE, PAGE))


def balance(view: View) -> ChartModel:
    """The cumulative balance of the grant in the area, its group and England, for each year."""
    metric, own = view.build.metrics[BALANCE], _by_year(view, BALANCE)
    rows = []
    for nation in data.area_history(view.build, BALANCE, TOTAL, ENGLAND):
        year = nation.time_period
        who, mine = (topics.title(view.area), Role.FOCUS), own.get(year)
        rows.append(_bar(view, BALANCE, year, who, mine))
        if view.area and mine:
            rows += topics.beside(view, year, mine)
        if view.area:
            rows.append(topics.bar(metric, year, ("England", Role.ENGLAND), nation))
    subtitle = "Cumulative balance of the dedicated schools grant, per cent of the year’s grant"
    said = Said(stood(view, list(own.values())), subtitle, BALANCE_NOTE, PAGE)
    return topics.grouped(view, [BALANCE], rows, said)


def findings(view: View) -> str:
    """What stands out in the chosen area's money, or that nothing does; HTML."""
    if view.area is None or not view.area.is_current:
        return ""
    return money_findings.html(view, view.area)


def years(view: View) -> list[str]:
    """The years shown, oldest first: also those in which England has a figure and the area none."""
    codes = [topics.code(view)]
    if view.area is None or view.area.is_current:
        codes.append(ENGLAND)
    return sorted({f.time_period for m in NAMES for f in data.history(view.build, m, TOTAL, codes)})


def grown(view: View, held: Mapping[str, Mapping[str, Figure]]) -> str:
    """How far block and spending have grown over the years that both are held for; a sentence."""
    name = topics.title(view.area)
    both = [
        year
        for year, figure in held[BLOCK].items()
        if figure.value and (other := held[SPEND].get(year)) and other.value
    ]
    if len(both) > 1:
        block, spend = (_percent(held[metric], both[0], both[-1]) for metric in NAMES)
        return (
            f"{name}: from {both[0]} to {both[-1]} the high needs block {block}, and spending on "
            f"top-ups and services {spend}"
        )
    last = [figure for figure in held[SPEND].values() if figure.value is not None]
    if not last:
        return f"{name}: no spending on high needs is held"
    metric = view.build.metrics[SPEND]
    shown = topics.written(metric, last[-1].value)
    when = words.say_period(last[-1], view.build.newest_day)
    return f"{name}: {shown} was spent on top-ups and services in {when}"


def _percent(held: Mapping[str, Figure], first: str, last: str) -> str:
    change = 100 * ((held[last].value or 0) / (held[first].value or 1) - 1)
    return f"{'grew' if change >= 0 else 'fell'} by {abs(change):.0f}%"


def stood(view: View, own: Sequence[Figure]) -> str:
    """The balance at the end of the last year held, with its sign in words; a sentence."""
    name, metric = topics.title(view.area), view.build.metrics[BALANCE]
    known = [figure for figure in own if figure.value is not None]
    if not known:
        return f"{name}: no balance is held"
    last = known[-1]
    amount = words.say_level(metric, last.value or 0)
    held = "a balance of nil" if amount == words.NOUGHT else f"{amount} of the grant"
    when = words.say_period(last, view.build.newest_day)
    return f"{name}: {held} at the end of {when}{_moved(metric, last)}"


def _moved(metric: Metric, figure: Figure) -> str:
    """How the balance has moved in the year: a deficit or a surplus that grew, shrank or turned."""
    if figure.change is None or figure.previous_time_period is None:
        return ""
    moved = words.say_figure_change(metric, figure)
    if moved == words.NO_CHANGE:
        return f", as at the end of {figure.previous_time_period}"
    return f"; {moved} since the end of {figure.previous_time_period}"


def remarks(view: View) -> dict[str, str]:
    """For each year: how block and spending grew on the year before, and how the balance moved."""
    said: dict[str, list[str]] = {}
    for name, metric in GROWTH.items():
        known = view.build.metrics[metric]
        for year, figure in _by_year(view, metric).items():
            if figure.value is not None:
                said.setdefault(year, []).append(f"{name} {words.value(known, figure.value)}")
    balance_ = view.build.metrics[BALANCE]
    for year, figure in _by_year(view, BALANCE).items():
        if figure.value is not None and figure.change is not None:
            moved = words.say_figure_change(balance_, figure, brief=True)
            is_same = moved == words.NO_CHANGE
            said.setdefault(year, []).append(f"balance: {moved}" if is_same else moved)
    return {year: f"On the year: {', '.join(parts)}" for year, parts in said.items()}


def outcomes(view: View, found: Indices) -> str:
    """Where the area lies of outcomes beside spending, and the way to that page; HTML."""
    link = table.link(view.link("outcomes-and-spending"), "Outcomes and spending")
    said = f"<p>{escape(value.title(view.area, found))}. {link} shows every local authority, and "
    said += "what the two indices are made of. That two things go together does not say that one "
    said += "causes the other.</p>"
    ranks = value.ranks(view.area, found, data.index_parts(view.build)) if view.area else ""
    return f'<h2 class="pillar">Outcomes for the money</h2>{said}{ranks}'


def _by_year(view: View, metric: str) -> dict[str, Figure]:
    found = data.area_history(view.build, metric, TOTAL, topics.code(view))
    return {figure.time_period: figure for figure in found}


def _bar(view: View, metric: str, year: str, who: tuple[str, Role], figure: Figure | None) -> Row:
    """A year's figure as a bar; a year may be published elsewhere and not be held here."""
    row = topics.bar(view.build.metrics[metric], year, who, figure, topics.code(view))
    return row if figure else replace(row, shown=NOT_HELD)
