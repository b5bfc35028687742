"""The few compositions that pages share: a heading, a chart with its table and its source."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.bodies import figures, topic_sections
from dashboard.bodies import scorecard as scorecards
from dashboard.charts import heat_table as rugs
from dashboard.charts import registry
from dashboard.charts.heat_table import Row
from dashboard.charts.model import LICENCE, ChartModel, Kind, source_line
from dashboard.charts.of_topic import Section
from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.domain.records import Area, Figure
from dashboard.draw import distribution as distributions
from dashboard.draw import heat_table_html, links
from dashboard.draw import table as tables
from dashboard.draw.screen import bars, grouped, shapes, tiles
from dashboard.draw.screen import figure as screen
from dashboard.store import comparators
from dashboard.store.figures import select_newest_figures
from dashboard.store.provenance import list_releases
from dashboard.web import choosers

NO_SHAPES = "The boundaries could not be fetched. The table has every figure."


class Markup:
    """HTML sent as it stands: st.html dedents a plain string, which costs more than writing it."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text

    def _repr_html_(self) -> str:
        return self._text


def show_html(text: str) -> None:
    """Show HTML of our own making, long tables above all; nothing where there is none."""
    if text:
        st.html(Markup(text))


def show_heading(title: str, lead: str = "", above: str = "") -> None:
    """The one h1 of a page, a line above it and a paragraph below it; lead is HTML."""
    over = f'<p class="over">{escape(above)}</p>' if above else ""
    under = f'<p class="lead">{lead}</p>' if lead else ""
    st.html(f'<div class="head">{over}<h1>{escape(title)}</h1>{under}</div>')


def show_notice(text: str) -> None:
    """Something to know before reading on; text is HTML."""
    st.html(f'<p class="notice">{text}</p>')


def show_chart(model: ChartModel | None, key: str) -> None:
    """A chart: its sentence, what it shows, the picture, its source and its table."""
    if model is None:
        return
    show_html(render_chart_head(model))
    show_picture(model, key)


def show_panels(
    named: Mapping[str, ChartModel], titles: Sequence[str], remarks: Mapping[str, str]
) -> None:
    """Several charts under the same headings as one picture, each with its source and its table.

    Their keys are their names in the book of charts.
    """
    models = list(named.values())
    headings = "".join(f"<h2>{escape(model.title)}</h2>" for model in models)
    sources = "".join(
        render_source_line(model)
        + links.render_downloads(model, name)
        + tables.render_details(
            f"View as a table: {model.subtitle}", tables.render_chart_table(model)
        )
        for name, model in named.items()
    )
    pictures = grouped.render_panels(models, titles, remarks)
    show_html(f'<div class="chart-head">{headings}</div>{pictures}{sources}')


def show_topic(view: View, section: Section) -> None:
    """A section of a page on one topic: its words, its charts and its figures."""
    show_html(topic_sections.render_section_words(section))
    for name in section.charts:
        show_chart(registry.build_chart(name, view), key=name)
    show_html(
        topic_sections.render_measures(view, section) + topic_sections.render_silence(section)
    )


def show_topic_foot(view: View, page: str, also: Sequence[str] = ()) -> None:
    """Below a page on one topic, when opened: one measure over time, and what each figure is."""
    metrics = list(dict.fromkeys([*also, *topic_sections.list_topic_metrics(view, page)]))
    if place := open_expander("Show one measure over time", "over_time"):
        with place:
            followed, there = topic_sections.select_followed(view, metrics), view.build.metrics
            titles = {name: there[name].title for name in metrics if not there[name].is_category}
            _choose_in_chart("Measure in the chart", titles, followed)
            show_chart(registry.build_trend(followed), key="trend")
    if place := open_expander("Definitions, sources and caveats", "caveats"):
        with place:
            show_html(topic_sections.render_caveats(view, metrics))


def _choose_in_chart(label: str, titles: dict[str, str], charted: View) -> None:
    """Offer the metric of one chart, and its groups."""
    with st.container(key="chart_choosers", horizontal=True):
        choosers.choose_metric(charted, label, titles)


def show_picture(model: ChartModel, key: str) -> None:
    """A chart without its heading: the picture, its source, its downloads and its table.

    Its key is its name in the book of charts.
    """
    if model.kind is Kind.GROUPED_BAR:
        show_html(grouped.render_groups(model) + render_below_chart(model, key))
        return
    if any(row.value is not None for row in model.rows):
        show_plot(model, f"chart-{key}")
    show_html(render_below_chart(model, key))


def show_plot(model: ChartModel, key: str) -> None:
    """The picture alone."""
    st.plotly_chart(
        screen.RawFigure(screen.draw_figure(model)),
        alt=model.alt,
        config=screen.CONFIG,
        theme=None,
        key=key,
    )


def render_below_chart(model: ChartModel, name: str = "") -> str:
    """What stands below a chart: its source, its downloads where it has a name, and its table."""
    offered = links.render_downloads(model, name) if name else ""
    listed = tables.render_details("View this chart as a table", tables.render_chart_table(model))
    return render_source_line(model) + offered + listed


def show_key_figures(view: View) -> str:
    """The headline figures of the chosen metric; gives what the chosen area's say beside others."""
    newest = select_newest_figures(view.build, [view.metric.id], figures.list_key_areas(view))
    wanted = view.area and view.area.code, view.breakdown
    own = next((f for f in newest if (f.area_code, f.breakdown) == wanted), None)
    if own is None or view.metric.is_category:
        show_html(figures.render_key_figures(view, newest, None))
        return ""
    others = comparators.build_comparators_of_figure(view, own)
    show_html(figures.render_key_figures(view, newest, others[0] if others else None))
    return figures.render_standing(view, own, others)


def show_scorecard(view: View, area: Area, figures: Sequence[Figure]) -> None:
    """The chosen part of the scorecard, beside what the reader compares with."""
    shown = scorecards.select_figures_in_part(view, figures)
    beside = scorecards.load_beside(view, area, shown)
    show_html(
        scorecards.render_scorecard_key(beside, shown)
        + scorecards.render_pillars(scorecards.draw_pillars(view, shown, beside))
    )


def open_expander(title: str, key: str) -> DeltaGenerator | None:
    """A place that is drawn once a reader opens it, and then at every choice; None till then."""
    place = st.expander(title, key=key, on_change="rerun")
    return place if place.open else None


def show_heat_table(view: View, rows: Sequence[Row], shown: Sequence[Area], by: str) -> None:
    """The heat table of some metrics in some areas."""
    show_html(heat_table_html.render_section(view, rugs.sort_areas(shown, rows, by), rows, by))


def show_heat_table_trend(view: View, rows: Sequence[Row], shown: Sequence[Area]) -> None:
    """One metric of the heat table over time: at once, or when opened below a wide table."""
    if len(shown) <= choices.MOST_AREAS:
        _show_rug_trend(view, rows, shown)
        return
    if place := open_expander("Show one metric over time", "rug_trend"):
        with place:
            show_html(f'<p class="source">The first {choices.MOST_AREAS} of the areas above.</p>')
            _show_rug_trend(view, rows, shown)


def _show_rug_trend(view: View, rows: Sequence[Row], shown: Sequence[Area]) -> None:
    if titles := rugs.list_chartable(rows):
        charted = rugs.select_charted(view, shown, rows)
        _choose_in_chart("Metric in the chart", titles, charted)
        show_chart(registry.build_trends(charted), key="trends")


def show_distribution(view: View, ranked: Sequence[Figure]) -> None:
    """How many areas have which figure, with the quarters and the chosen area."""
    metric = view.metric
    spread = view.build.spreads.get((metric.id, view.breakdown))
    shown = distributions.render_distribution(metric, spread, ranked, view.area, view.breakdown)
    if shown:
        cited = source_line(list_releases(view.build, [metric]))
        show_html(f'{shown}<p class="source">Source: {escape(cited)}. {LICENCE}.</p>')


def show_ranking(view: View, ranked: Sequence[Figure]) -> None:
    """Every local authority in order as bars with names, and what each was made from."""
    model = registry.build_ranking(view)
    is_nhs = view.metric.is_nhs
    listed = bars.render_bars(model, lambda code: "" if is_nhs else view.link("metric", area=code))
    every = figures.render_every_area(view, ranked, comparators.find_chosen_group(view))
    show_html(
        render_chart_head(model)
        + listed
        + render_source_line(model)
        + links.render_downloads(model, "ranking")
        + every
    )


def show_funnel(view: View) -> None:
    """Where every area lies given its numbers: the sentence at once, the plot when opened."""
    model = registry.funnel(view)
    if model is None:
        show_html(f'<p class="source">{escape(registry.describe_no_funnel(view))}</p>')
        return
    show_html(render_chart_head(model))
    if place := open_expander("Show the funnel plot", "funnel"):
        with place:
            show_picture(model, "funnel")


def show_tile_map(view: View, *, with_table: bool = False) -> None:
    """Every local authority where it lies: the sentence at once, the map when opened.

    Its text alternative is the ranked list where the page has one, else a table of its own.
    """
    model = registry.build_tile_map(view)
    if model is None:
        return
    show_html(render_chart_head(model))
    if view.map:  # an address that says how it is drawn opens it; a reader may close it again
        st.session_state.setdefault("map", True)
    if place := open_expander("Show the map", "map"):
        with place:
            choosers.choose_map(view)
            draw_map(view, model, lambda code: view.link("metric", area=code))
            show_html(
                render_below_chart(model, "map")
                if with_table
                else render_source_line(model) + links.render_downloads(model, "map")
            )


def draw_map(view: View, model: ChartModel, link: Callable[[str], str]) -> None:
    """The map as squares of one size, or by boundaries, as its model says."""
    if model.kind is Kind.TILE_MAP:
        show_html(tiles.render_tiles(model, link))
        return
    with st.container(key="boundaries"):
        boundaries = st.components.v2.component(
            "boundaries", html=shapes.PLACE, js=shapes.SCRIPT, isolate_styles=False
        )
        drawn = {
            "picture": f"shapes/{view.build.id}.svg",
            "areas": shapes.list_colours(model, link),
        }
        boundaries(data={**drawn, "failed": NO_SHAPES}, key="shapes")
        alternative = f'<p class="hide">{escape(model.alt)}</p>'
        show_html(f'<div class="map">{alternative}{tiles.render_legend(model)}</div>')


def render_source_line(model: ChartModel) -> str:
    """The line below a chart: note, source with release, licence."""
    note = f"{escape(model.note)} " if model.note else ""
    if not model.source:
        return f'<p class="source">{note}{model.licence}.</p>'
    named = (
        tables.render_outside_link(model.source_url, model.source)
        if model.source_url
        else escape(model.source)
    )
    return f'<p class="source">{note}Source: {named}. {model.licence}.</p>'


def render_chart_head(model: ChartModel, level: int = 2) -> str:
    """The sentence of a chart as a heading of some level, and what it shows."""
    title = f"<h{level}>{escape(model.title)}</h{level}>"
    return f'<div class="chart-head">{title}<p>{escape(model.subtitle)}</p></div>'
