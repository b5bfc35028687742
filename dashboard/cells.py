"""What stands in the cells of tables: numbers with their reasons, changes, ranks. Pure."""

from functools import lru_cache
from html import escape
from urllib.parse import quote as quoted

from dashboard import format as words
from dashboard.model import Figure, Metric
from dashboard.state import View

quote = lru_cache(maxsize=1024)(quoted)


def change(metric: Metric, figure: Figure) -> str:
    """The change on the period before: its size, and better or worse where that is known."""
    if figure.change is None:
        return '<span class="none">–<b class="hide">not comparable</b></span>'
    way = words.direction(metric, figure.change)
    if way == "no change":
        return "no change"
    arrow = {"up": "▲", "down": "▼"}[way]
    judged = words.verdict(metric, figure.change)
    mark = f'<small class="{judged}">{judged}</small>' if judged else ""
    size = words.short_amount(metric, figure.change)
    return f'<span aria-hidden="true">{arrow} </span>{way} {size}{mark}'


def number(metric: Metric, value: float | None, status: str = "ok") -> str:
    """A number in a cell, or why there is none."""
    text = escape(words.value(metric, value, status))
    return text if value is not None else f'<span class="none">{text}</span>'


def beside(metric: Metric, value: float | None) -> str:
    """One comparator, or that there is none."""
    if value is None:
        return '<span class="none">–<b class="hide">none</b></span>'
    return words.value(metric, value)


def name(view: View, metric: Metric, breakdown: str) -> str:
    """The metric with its group, leading to its page."""
    many = len(metric.breakdowns) > 1
    area = f"area={view.area.code}&amp;" if view.area else ""
    chosen = f"&amp;breakdown={quote(breakdown)}" if many else ""
    group = f' <span class="group">{escape(breakdown)}</span>' if many else ""
    return (
        f'<a href="metric?{area}metric={metric.id}{chosen}">{escape(metric.short_title)}</a>{group}'
    )


def neighbours(metric: Metric, figure: Figure) -> str:
    """The neighbours' median, with their mean and how many have a value."""
    if figure.neighbour_median is None:
        return '<span class="none">–<b class="hide">none</b></span>'
    return (
        f"{words.average(metric, figure.neighbour_median)}"
        f"<small>mean {words.average(metric, figure.neighbour_mean)}; "
        f"{figure.neighbours_with_value} of 10</small>"
    )


def rank(metric: Metric, figure: Figure) -> str:
    """The rank and the quarter, or why there is none."""
    if figure.rank is None:
        why = words.why_not_ranked(figure)
        return f'<span class="none">Not ranked</span><small>{why}</small>'
    return f"{words.rank(metric, figure)}<small>{words.quartile(metric, figure.quartile)}</small>"


def whole(value: float | None) -> str:
    """A numerator or a denominator as published, or that there is none."""
    if value is None:
        return '<span class="none">–<b class="hide">not published</b></span>'
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
