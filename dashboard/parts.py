"""The few compositions that pages share: a heading, a chart with its table and its source."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import charts, comparators, data, figures, frame, rugtable, state, tilemap
from dashboard import funnel as funnels
from dashboard import rug as rugs
from dashboard import scorecard as scorecards
from dashboard import signals as attention
from dashboard import table as tables
from dashboard.chartmodel import About, ChartModel
from dashboard.model import ENGLAND, Area, Figure, Group
from dashboard.render import bars, screen, tiles
from dashboard.rug import Row
from dashboard.state import View


class Markup:
    """HTML sent as it stands: st.html dedents a plain string, which costs more than writing it."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text

    def _repr_html_(self) -> str:
        return self._text


def html(text: str) -> None:
    """Show HTML of our own making, long tables above all; nothing where there is none."""
    if text:
        st.html(Markup(text))


def heading(title: str, lead: str = "", above: str = "") -> None:
    """The one h1 of a page, a line above it and a paragraph below it; lead is HTML."""
    over = f'<p class="over">{escape(above)}</p>' if above else ""
    under = f'<p class="lead">{lead}</p>' if lead else ""
    st.html(f'<div class="head">{over}<h1>{escape(title)}</h1>{under}</div>')


def notice(text: str) -> None:
    """Something to know before reading on; text is HTML."""
    st.html(f'<p class="notice">{text}</p>')


def signals(view: View, area: Area) -> None:
    """What stands out in an area, each in a sentence."""
    figures = view.build.newest.get(area.code, {})
    html(attention.section(view, area, data.signals(view.build, area.code), figures))


def area_trend(view: View, key: str) -> None:
    """The chosen metric over time: the chosen area beside its comparators, or England."""
    build, area = view.build, view.area
    if area is None:
        england_trend(view, key)
        return
    metric, breakdown = view.metric.id, view.breakdown
    region = build.areas.get(area.region_code or "")
    group = comparators.group(view)
    own = data.history(build, metric, breakdown, [area.code])
    others = charts.Beside(
        region=region.name if region else "",
        regional=data.history(build, metric, breakdown, [region.code] if region else []),
        national=data.history(build, metric, breakdown, [ENGLAND]),
        ranges=data.ranges(build, metric, breakdown, group.marked if group else ()),
        group=group,
        middles=comparators.middles(view, group, own) if group else [],
        predecessors={
            old.name: data.history(build, metric, breakdown, [old.code])
            for old in data.predecessors(build, area)
        },
    )
    chart(charts.trend(about(view), area, own, others), key)


def england_trend(view: View, key: str) -> None:
    """The chosen metric over time in England."""
    found = data.history(view.build, view.metric.id, view.breakdown, [ENGLAND])
    spreads = data.spreads(view.build, view.metric.id, view.breakdown)
    chart(charts.national(about(view), found, spreads), key)


def chart(model: ChartModel, key: str) -> None:
    """A chart: its sentence, what it shows, the picture, its source and its table."""
    st.html(_chart_head(model))
    _drawn(model, key)


def _drawn(model: ChartModel, key: str) -> None:
    if any(row.value is not None for row in model.rows):
        st.plotly_chart(
            screen.RawFigure(screen.figure(model)),
            alt=model.alt,
            config=screen.CONFIG,
            theme=None,
            key=key,
        )
    html(source(model) + tables.details("View this chart as a table", tables.chart_table(model)))


def key_figures(view: View) -> None:
    """The headline figures of the chosen metric, and what the chosen area's says beside others."""
    found = data.newest(view.build, [view.metric.id], figures.key_areas(view))
    own = next(
        (
            f
            for f in found
            if view.area and f.area_code == view.area.code and f.breakdown == view.breakdown
        ),
        None,
    )
    others = comparators.of_figure(view, own) if own and not view.metric.is_category else []
    first = others[0] if others else None
    said = figures.standing(view, own, others) if own and not view.metric.is_category else ""
    html(figures.key_figures(view, found, first) + said)


def scorecard(view: View, area: Area, figures: Sequence[Figure]) -> None:
    """The chosen part of the scorecard, beside what the reader compares with."""
    shown = scorecards.in_part_chosen(view, figures)
    group = comparators.group(view)
    summaries = comparators.summaries(view, group, shown) if group else {}
    beside = scorecards.Beside(group, summaries, data.sparks(view.build, area.code))
    st.html(scorecards.key(beside))
    html(scorecards.whole(scorecards.sections(view, shown, beside)))


def rug(view: View, found: Sequence[Row], shown: Sequence[Area], by: str) -> None:
    """The heat table of some metrics in some areas."""
    html(rugtable.section(view, rugs.ordered(shown, found, by), found, by))


def rug_trend(view: View, found: Sequence[Row], shown: Sequence[Area]) -> None:
    """One metric of the heat table over time: at once, or when opened below a wide table."""
    if len(shown) <= state.MOST_AREAS:
        _rug_trend(view, found, shown)
        return
    opened = st.expander("Show one metric over time", key="rug_trend", on_change="rerun")
    if opened.open:
        with opened:
            html(f'<p class="source">The first {state.MOST_AREAS} of the areas above.</p>')
            _rug_trend(view, found, shown)


def _rug_trend(view: View, found: Sequence[Row], shown: Sequence[Area]) -> None:
    titles = rugs.chartable(found)
    if not titles:
        return
    drawn = rugs.charted(view, shown, found)
    with st.container(key="chart_choosers", horizontal=True):
        frame.choose("Metric in the chart", "metric", titles, drawn.metric.id)
        if len(drawn.metric.breakdowns) > 1:
            frame.choose("Group", "breakdown", state.groups(drawn.metric), drawn.breakdown)
    areas_trend(drawn, key="trends")


def areas_trend(view: View, key: str) -> None:
    """The chosen metric over time in the chosen areas, with England."""
    codes = [*(area.code for area in view.areas), ENGLAND]
    series: dict[str, list[Figure]] = {code: [] for code in codes}
    for figure in data.history(view.build, view.metric.id, view.breakdown, codes):
        series[figure.area_code].append(figure)
    chart(charts.trends(about(view, "compare"), view.areas, series), key)


def ranking(view: View, found: Sequence[Figure]) -> None:
    """Every local authority in order as bars with names, and what each was made from."""
    build = view.build
    names = {code: area.name for code, area in build.areas.items()}
    group = comparators.group(view)
    model = charts.ranked(about(view), found, names, view.area, group)
    is_nhs = view.metric.is_nhs
    listed = bars.html(model, lambda code: "" if is_nhs else view.link("metric", area=code))
    html(_chart_head(model) + listed + source(model) + figures.every_area(view, found, group))


def funnel(view: View, found: Sequence[Figure]) -> None:
    """Where every area lies given its numbers: the sentence at once, the plot when opened."""
    build, metric = view.build, view.metric
    limits = data.funnel(build, metric.id, view.breakdown)
    if limits is None:
        html(f'<p class="source">{escape(funnels.why_none(metric))}</p>')
        return
    names = {code: area.name for code, area in build.areas.items()}
    shown = funnels.Funnelled(limits, found, names, view.area, comparators.group(view))
    model = funnels.model(about(view), shown)
    html(_chart_head(model))
    opened = st.expander("Show the funnel plot", key="funnel", on_change="rerun")
    if opened.open:
        with opened:
            _drawn(model, "funnel-plot")


def tile_map(view: View, found: Sequence[Figure], *, with_table: bool = False) -> None:
    """Every local authority where it lies: the sentence at once, the map when opened.

    Its text alternative is the ranked list where the page has one, else a table of its own.
    """
    if view.metric.is_nhs or view.metric.is_category:
        return
    group = comparators.group(view)
    shown = tilemap.Mapped(found, view.build.local_authorities, view.build.areas, view.area, group)
    model = tilemap.model(about(view), shown)
    html(_chart_head(model))
    opened = st.expander("Show the map", key="map", on_change="rerun")
    if opened.open:
        drawn = tiles.html(model, lambda code: view.link("metric", area=code))
        listed = tables.details("View this chart as a table", tables.chart_table(model))
        with opened:
            html(drawn + source(model) + (listed if with_table else ""))


def group_chart(view: View, area: Area, group: Group, key: str) -> None:
    """The chosen area among the members of its group."""
    build = view.build
    names = {code: known.name for code, known in build.areas.items()}
    codes = dict.fromkeys([area.code, *group.members])
    found = [
        figure
        for figure in data.newest(build, [view.metric.id], codes)
        if figure.breakdown == view.breakdown and figure.is_latest
    ]
    chart(charts.beside(about(view), area, found, names, group), key)


def source(model: ChartModel) -> str:
    """The line below a chart: note, source with release, licence."""
    note = f"{escape(model.note)} " if model.note else ""
    if not model.source:
        return f'<p class="source">{note}{model.licence}.</p>'
    named = (
        tables.outside(model.source_url, model.source) if model.source_url else escape(model.source)
    )
    return f'<p class="source">{note}Source: {named}. {model.licence}.</p>'


def about(view: View, page: str = "metric") -> About:
    """What the chosen metric's charts are about, with their sources and their link."""
    return About(
        metric=view.metric,
        breakdown=view.breakdown,
        sources=data.releases(view.build, [view.metric]),
        permalink=view.link(page, metric=view.metric.id, breakdown=view.breakdown),
    )


def _chart_head(model: ChartModel) -> str:
    return (
        f'<div class="chart-head"><h2>{escape(model.title)}</h2>'
        f"<p>{escape(model.subtitle)}</p></div>"
    )
