"""The headline metrics of each pillar on one screen, for England and a chosen area. Pure."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from dashboard.domain.choices import View, list_headlines, sort_by_pillar
from dashboard.domain.records import PILLARS, TOTAL, Figure, Metric, Spread
from dashboard.draw import sparklines, table, table_cells
from dashboard.draw.templates import mark_html, render_template
from dashboard.words import findings
from dashboard.words.changes import (
    describe_change_verdict,
    describe_figure_change,
    describe_verdict,
    pick_joint,
)
from dashboard.words.names import capitalise
from dashboard.words.numbers import format_value
from dashboard.words.periods import describe_period, format_period
from dashboard.words.ranks import format_rank
from dashboard.words.signs import NO_CHANGE, pick_arrow


class Change(NamedTuple):
    """The change on the period before in words, and what the test says of it."""

    text: str
    arrow: str
    judged: str  # better, worse or nothing, as a class
    verdict: str
    than: str
    before: str


class Own(NamedTuple):
    """The chosen area's figure; its period, with England then, where that is another."""

    number: str
    period: str
    england: str
    rank: str
    few: str


class Card(NamedTuple):
    """One headline metric: England's figure and the chosen area's, with what is said of both."""

    title: str
    group: str
    number: str
    period: str  # with its age where it is old
    change: Change | None
    strip: tuple[str, ...]  # the spread in words, the lowest, where all lie, the highest
    own: Own | None
    apart: str  # the period of the spread, where it is another than the figure's


def render_cards(view: View, england: Iterable[Figure], own: Iterable[Figure]) -> str:
    """Each pillar with its headline metrics: value, change and spread of each; then the key."""
    national = {(f.metric, f.breakdown): f for f in england}
    local = {(f.metric, f.breakdown): f for f in own}
    newest = view.build.newest_day
    pillars = []
    for pillar, metrics in groupby(
        sort_by_pillar(list_headlines(view.build)), key=lambda m: m.pillar
    ):
        keys = [(metric, (metric.id, metric.breakdowns[0])) for metric in metrics]
        cards = [_build_card(view, m, newest, national.get(key), local.get(key)) for m, key in keys]
        pillars.append((PILLARS[pillar], cards))
    return render_template("bodies/templates/cards.html.j2", view=view, pillars=pillars)


def _build_card(
    view: View, metric: Metric, newest: date, figure: Figure | None, own: Figure | None
) -> Card:
    first = metric.breakdowns[0]
    title = table.render_link(
        view.link("metric", metric=metric.id, breakdown=None), metric.short_title
    )
    spread = view.build.spreads.get((metric.id, first))
    is_apart = figure and spread and figure.time_period != spread.time_period
    return Card(
        mark_html(title),
        "" if first == TOTAL else first,
        _render_number(metric, figure) if figure else "No figure",
        describe_period(figure, newest) if figure else "",
        _build_change(metric, figure) if figure and figure.change is not None else None,
        _build_strip(metric, spread, own),
        _build_own(metric, newest, own, figure) if own and view.area else None,
        format_period(spread.time_period) if spread and is_apart else "",
    )


def _render_number(metric: Metric, figure: Figure) -> str:
    return mark_html(table_cells.render_number(metric, figure.value, figure.status))


def _build_strip(metric: Metric, spread: Spread | None, own: Figure | None) -> tuple[str, ...]:
    if spread is None:
        return ()
    is_among = own and own.rank is not None and own.time_period == spread.time_period
    value = own.value if own and is_among else None
    return (
        sparklines.describe_spread(metric, spread),
        format_value(metric, spread.minimum),
        mark_html(sparklines.render_marked(metric, spread[5:10], value)),
        format_value(metric, spread.maximum),
    )


def _build_own(metric: Metric, newest: date, own: Figure, figure: Figure | None) -> Own:
    is_apart = figure is None or own.time_period != figure.time_period
    return Own(
        _render_number(metric, own),
        format_period(describe_period(own, newest)) if is_apart else "",
        "" if own.england is None else format_value(metric, own.england),
        format_rank(metric, own),
        findings.describe_small_numbers(metric, own),
    )


def _build_change(metric: Metric, figure: Figure) -> Change:
    moved = describe_figure_change(metric, figure, brief=True)
    return Change(
        capitalise(moved),
        pick_arrow(metric, figure.change or 0.0),
        describe_verdict(metric, figure.against_before),
        describe_change_verdict(metric, figure) if moved != NO_CHANGE else "",
        pick_joint(metric, moved),
        format_period(figure.previous_time_period or ""),
    )
