"""What stands in the cells of tables: numbers with their reasons, changes, ranks. Pure."""

from functools import lru_cache
from html import escape
from urllib.parse import quote as quoted

from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, Figure, Group, Metric, Summary
from dashboard.words import findings
from dashboard.words.changes import (
    describe_change_verdict,
    describe_figure_change,
    describe_standing,
    describe_verdict,
)
from dashboard.words.numbers import format_average, format_value, format_whole
from dashboard.words.periods import describe_period
from dashboard.words.ranks import explain_no_rank, format_quarter, format_rank
from dashboard.words.signs import NO_CHANGE, pick_arrow

quote = lru_cache(maxsize=1024)(quoted)


def no_figure(text: str, reason: str = "") -> str:
    """That there is no figure: a text, or a dash with its reason for those who hear the page."""
    heard = f'<b class="hide">{escape(reason)}</b>' if reason else ""
    return f'<span class="none">{escape(text)}{heard}</span>'


def render_change(metric: Metric, figure: Figure) -> str:
    """The change on the period before: its size, and what the test says of it."""
    if figure.change is None:
        return no_figure("–", "not comparable")
    moved = describe_figure_change(metric, figure, brief=True)
    if moved == NO_CHANGE:
        return moved
    arrow = pick_arrow(metric, figure.change)
    mark = _render_mark(
        describe_change_verdict(metric, figure), describe_verdict(metric, figure.against_before)
    )
    drawn = f'<span aria-hidden="true">{arrow} </span>' if arrow else ""
    return f"{drawn}{moved}{mark}"


def render_number(metric: Metric, value: float | None, status: str = "ok") -> str:
    """A number in a cell, or why there is none."""
    text = escape(format_value(metric, value, status))
    return text if value is not None else f'<span class="none">{text}</span>'


def draw_dated_figure(view: View, metric: Metric, figure: Figure) -> str:
    """A figure with its period, and that few are behind it where they are."""
    shown = render_number(metric, figure.value, figure.status)
    when = escape(describe_period(figure, view.build.newest_day))
    return f"<strong>{shown}</strong><small>{when}</small>{render_few(metric, figure)}"


def draw_small_lines(*texts: str | None) -> str:
    """Small lines below what a cell says, those that there are."""
    return "".join(f"<small>{escape(text)}</small>" for text in texts if text)


def add_lines(text: str, *below: str | None) -> str:
    """Words with small lines below them."""
    return escape(text) + draw_small_lines(*below)


def draw_strong(text: str, *below: str | None) -> str:
    """A number that stands out, with small lines below it."""
    return f"<strong>{escape(text)}</strong>{draw_small_lines(*below)}"


def render_comparator(metric: Metric, value: float | None) -> str:
    """One comparator, or that there is none."""
    if value is None:
        return no_figure("–", "none")
    return format_value(metric, value)


def render_name(view: View, metric: Metric, breakdown: str) -> str:
    """The metric with its group, leading to its page."""
    many = len(metric.breakdowns) > 1
    area = render_kept_choices(view)
    chosen = f"&amp;breakdown={quote(breakdown)}" if many else ""
    group = f' <span class="group">{escape(breakdown)}</span>' if many else ""
    return (
        f'<a href="metric?{area}metric={metric.id}{chosen}">{escape(metric.short_title)}</a>{group}'
    )


def render_kept_choices(view: View) -> str:
    """The reader's choices that every link of a table keeps: the area and what it is beside."""
    names = ("area", "against", "group")
    return "".join(f"{n}={quote(view.asked[n], ',')}&amp;" for n in names if view.asked.get(n))


def render_group(metric: Metric, found: Summary | None, beside: Group) -> str:
    """A group's median, with its mean, how many have a value, and where the area stands."""
    if found is None or found.median is None:
        return no_figure("–", "none")
    standing = render_standing(metric, found.against, beside)
    return (
        f"{format_average(metric, found.median)}"
        f"<small>mean {format_average(metric, found.mean)}; "
        f"{found.with_value} of {found.members}</small>{standing}"
    )


def render_england(metric: Metric, figure: Figure) -> str:
    """England's figure, and where the area stands to it."""
    way = (
        "" if figure.area_code == ENGLAND else render_standing(metric, figure.against_england, None)
    )
    return render_comparator(metric, figure.england) + way


def render_standing(metric: Metric, way: int | None, beside: Group | None) -> str:
    """Higher or lower than others in a few words, coloured only where one is better."""
    other = beside.short if beside else "England"
    return _render_mark(describe_standing(metric, way, other), describe_verdict(metric, way))


@lru_cache(maxsize=256)
def _render_mark(text: str, judged: str) -> str:
    if not text:
        return ""
    return f'<small class="{judged}">{text}</small>' if judged else f"<small>{text}</small>"


def render_rank(metric: Metric, figure: Figure) -> str:
    """The rank and the quarter, or why there is none."""
    if figure.rank is None:
        why = explain_no_rank(figure)
        return f'<span class="none">Not ranked</span><small>{why}</small>'
    return f"{format_rank(metric, figure)}<small>{format_quarter(metric, figure)}</small>"


def render_few(metric: Metric, figure: Figure) -> str:
    """That few children or events are behind a figure, below it; nothing where they are not."""
    text = findings.describe_small_numbers(metric, figure)
    return f"<small>{text}</small>" if text else ""


def render_whole(value: float | None) -> str:
    """A numerator or a denominator as published, or that none gives the figure."""
    if value is None:
        return no_figure("–", "none that gives the figure")
    return format_whole(value)
