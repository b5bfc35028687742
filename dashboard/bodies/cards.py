"""The headline metrics of each pillar on one screen, for England and a chosen area. Pure."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from dashboard.domain.choices import View, headlines, in_pillars
from dashboard.domain.records import PILLARS, TOTAL, Figure, Metric, Spread
from dashboard.draw.templates import render_template
from dashboard.words import findings
from dashboard.words import phrases as words


class Change(NamedTuple):
    """The change on the period before in words, and what the test says of it."""

    text: str
    arrow: str
    judged: str  # better, worse or nothing, as a class
    verdict: str
    than: str
    before: str


class Card(NamedTuple):
    """One headline metric: England's figure and the chosen area's, with what is said of both."""

    metric: Metric
    group: str
    figure: Figure | None
    period: str  # with its age where it is old
    change: Change | None
    spread: Spread | None
    own: Figure | None
    own_period: str  # where it is not England's
    few: str


def html(view: View, england: Iterable[Figure], own: Iterable[Figure]) -> str:
    """Each pillar with its headline metrics: value, change and spread of each; then the key."""
    national = {(f.metric, f.breakdown): f for f in england}
    local = {(f.metric, f.breakdown): f for f in own}
    newest = view.build.newest_day
    pillars = []
    for pillar, metrics in groupby(in_pillars(headlines(view.build)), key=lambda m: m.pillar):
        keys = [(metric, (metric.id, metric.breakdowns[0])) for metric in metrics]
        cards = [_build_card(view, m, newest, national.get(key), local.get(key)) for m, key in keys]
        pillars.append((PILLARS[pillar], cards))
    return render_template("bodies/templates/cards.html.j2", view=view, pillars=pillars)


def _build_card(
    view: View, metric: Metric, newest: date, figure: Figure | None, own: Figure | None
) -> Card:
    first = metric.breakdowns[0]
    is_apart = own and not (figure and own.time_period == figure.time_period)
    return Card(
        metric,
        "" if first == TOTAL else first,
        figure,
        words.say_period(figure, newest) if figure else "",
        _build_change(metric, figure) if figure and figure.change is not None else None,
        view.build.spreads.get((metric.id, first)),
        own,
        words.period(words.say_period(own, newest)) if own and is_apart else "",
        findings.small_numbers(metric, own) if own else "",
    )


def _build_change(metric: Metric, figure: Figure) -> Change:
    moved = words.say_figure_change(metric, figure, brief=True)
    return Change(
        moved,
        words.arrow(metric, figure.change or 0.0),
        words.verdict(metric, figure.against_before),
        words.change_verdict(metric, figure) if moved != words.NO_CHANGE else "",
        words.than_before(metric, moved),
        figure.previous_time_period or "",
    )
