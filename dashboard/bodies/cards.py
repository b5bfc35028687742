"""The headline metrics of each pillar on one screen, for England and a chosen area. Pure."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from dashboard.domain.choices import View, headlines, in_pillars
from dashboard.domain.records import PILLARS, TOTAL, Figure, Metric, Spread
from dashboard.draw import sparklines, table, table_cells
from dashboard.words import findings
from dashboard.words import phrases as words


def html(view: View, england: Iterable[Figure], own: Iterable[Figure]) -> str:
    """Each pillar with its headline metrics: value, change and spread of each; then the key."""
    national = {(f.metric, f.breakdown): f for f in england}
    local = {(f.metric, f.breakdown): f for f in own}
    parts = []
    for pillar, group_ in groupby(in_pillars(headlines(view.build)), key=lambda m: m.pillar):
        listed = [_card(view, metric, national, local) for metric in group_]
        parts.append(
            f'<section><h2 class="pillar">{PILLARS[pillar]}</h2>'
            f'<ul class="cards" role="list">{"".join(listed)}</ul>'
        )
    return f'<div class="pillars">{"</section>".join(parts)}{_key(view)}</section></div>'


def _key(view: View) -> str:
    """What the marks on each line mean; it stands in the last column, which is the shortest."""
    own = f'<span><i class="d"></i>{escape(view.area.name)}</span>' if view.area else ""
    return (
        '<div class="reading"><p>Each line runs from the lowest area to the highest.</p>'
        '<p class="legend"><span><i class="q"></i>Middle half</span>'
        f'<span><i class="m"></i>Median</span>{own}</p>'
        "<p>“Better”, “worse” and “tested change” are said where a test of this one change finds "
        "it, “no different” where it finds none. Without these words, nothing could be "
        "tested.</p></div>"
    )


def _card(
    view: View,
    metric: Metric,
    national: dict[tuple[str, str], Figure],
    local: dict[tuple[str, str], Figure],
) -> str:
    first = metric.breakdowns[0]
    key = (metric.id, first)
    figure, own = national.get(key), local.get(key)
    value = table_cells.number(metric, figure.value, figure.status) if figure else "No figure"
    group = "" if first == TOTAL else f' <span class="group">{escape(first)}</span>'
    title = table.link(view.link("metric", metric=metric.id, breakdown=None), metric.short_title)
    return (
        f'<li><h3>{title}{group}</h3><p class="big">{value}</p>'
        f'<p class="chg">{_card_change(view, metric, figure)}</p>'
        f"{_spread(metric, view.build.spreads.get(key), own)}"
        f"{_card_own(view, metric, own, figure)}</li>"
    )


def _card_change(view: View, metric: Metric, figure: Figure | None) -> str:
    """The period, with its age where it is old, the change, and what the test says of it."""
    if figure is None:
        return ""
    when = escape(words.say_period(figure, view.build.newest_day))
    if figure.change is None:
        return f"{when}. No comparable earlier figure"
    moved = words.say_figure_change(metric, figure, brief=True)
    arrow = words.arrow(metric, figure.change)
    verdict = words.change_verdict(metric, figure) if moved != words.NO_CHANGE else ""
    judged = words.verdict(metric, figure.against_before)
    tested = f', <b class="{judged}">{verdict}</b>' if verdict else ""
    before = escape(words.period(figure.previous_time_period or ""))
    drawn = f'<span aria-hidden="true" class="{judged}">{arrow} </span>' if arrow else ""
    than = words.than_before(metric, moved)
    return f"{when}. {drawn}{words.capital(moved)} {than} {before}{tested}"


def _spread(metric: Metric, spread: Spread | None, own: Figure | None) -> str:
    """The lowest, the strip and the highest on one line, with the rest in words."""
    if spread is None:
        return ""
    value = own.value if own and own.rank is not None else None
    low, high = words.value(metric, spread.minimum), words.value(metric, spread.maximum)
    return (
        f'<p class="range"><span class="hide">{sparklines.words_for_spread(metric, spread)}</span>'
        f'<span aria-hidden="true">{low}</span>'
        f'<span aria-hidden="true">{sparklines.marked(metric, spread[5:10], value)}</span>'
        f'<span aria-hidden="true">{high}</span></p>'
    )


def _card_own(view: View, metric: Metric, own: Figure | None, national: Figure | None) -> str:
    """The chosen area's figure and rank; its period, with England then, where that is another."""
    if own is None or view.area is None:
        return ""
    value = table_cells.number(metric, own.value, own.status)
    few = findings.small_numbers(metric, own)
    return (
        f'<p class="own"><i></i>{escape(view.area.name)} <strong>{value}</strong>'
        f"{_other_period(view, metric, own, national)}, "
        f"{words.rank(metric, own)}{f' ({few})' if few else ''}</p>"
    )


def _other_period(view: View, metric: Metric, own: Figure, national: Figure | None) -> str:
    """The period of an area's figure, and England's in it, where the card's is of another one."""
    if national and own.time_period == national.time_period:
        return ""
    then = "" if own.england is None else f" (England {words.value(metric, own.england)})"
    return f" in {escape(words.period(words.say_period(own, view.build.newest_day)))}{then}"
