"""The headline metrics of each pillar as cards, for England and a chosen area. Pure."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from dashboard import cells, pictures, table
from dashboard import format as words
from dashboard.model import PILLARS, TOTAL, Figure, Metric
from dashboard.state import View, headlines, in_pillars

KEY = (
    '<p class="legend"><span><i class="t"></i>One line for each local authority</span>'
    '<span><i class="m"></i>Median</span></p>'
)


def html(view: View, england: Iterable[Figure], own: Iterable[Figure]) -> str:
    """Each pillar with its headline metrics, a card for each of them."""
    national = {(f.metric, f.breakdown): f for f in england}
    local = {(f.metric, f.breakdown): f for f in own}
    parts = []
    for pillar, group_ in groupby(in_pillars(headlines(view.build)), key=lambda m: m.pillar):
        listed = [_card(view, metric, national, local) for metric in group_]
        parts.append(
            f'<section class="of{min(len(listed), 3)}"><h2 class="pillar">{PILLARS[pillar]}</h2>'
            f'<ul class="cards">{"".join(listed)}</ul></section>'
        )
    return f'<div class="pillars">{"".join(parts)}</div>'


def _card(
    view: View,
    metric: Metric,
    national: dict[tuple[str, str], Figure],
    local: dict[tuple[str, str], Figure],
) -> str:
    first = metric.breakdowns[0]
    key = (metric.id, first)
    figure, own = national.get(key), local.get(key)
    spread = view.build.spreads.get(key)
    value = cells.number(metric, figure.value, figure.status) if figure else "No figure"
    when = escape(figure.time_period) if figure else ""
    group = "" if first == TOTAL else f' <span class="group">{escape(first)}</span>'
    title = table.link(view.link("metric", metric=metric.id), metric.short_title)
    return (
        f"<li><h3>{title}{group}</h3>"
        f'<p class="big">{value} <span>{when}</span></p>'
        f'<p class="chg">{_card_change(metric, figure)}</p>'
        f"{pictures.dots(metric, spread, own.value if own else None)}"
        f"{pictures.ends(metric, spread)}"
        f"{_card_own(view, metric, own)}</li>"
    )


def _card_change(metric: Metric, figure: Figure | None) -> str:
    text = words.change(metric, figure) if figure else ""
    if not text or figure is None or figure.change is None:
        return "No comparable earlier figure"
    judged = words.verdict(metric, figure.against_before)
    arrow = {"up": "▲ ", "down": "▼ "}.get(words.direction(metric, figure.change), "")
    sentence = escape(words.capital(text))
    return f'<span aria-hidden="true" class="{judged}">{arrow}</span>{sentence}'


def _card_own(view: View, metric: Metric, own: Figure | None) -> str:
    if own is None or view.area is None:
        return ""
    value = cells.number(metric, own.value, own.status)
    return (
        f'<p class="own"><i></i>{escape(view.area.name)}: '
        f"<strong>{value}</strong>, {words.rank(metric, own)}</p>"
    )
