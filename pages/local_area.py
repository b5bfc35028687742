"""One local authority: what stands out, and every metric beside its neighbours and England."""

import streamlit as st

from dashboard.bodies import areas, scorecard, signals
from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.domain.records import Area
from dashboard.store.figures import list_newest_figures, load_shown_figures
from dashboard.store.groups import list_predecessors, load_memberships
from dashboard.web import choosers, components, navigation, reader
from dashboard.web.site import Page

PAGE = Page(
    "local-area", "Local area", "main", 2, "area", picture="area=E10000016", is_in_readme=True
)
view = reader.view()
build = view.build
choosers.choose_area_and_comparator(view)


def show_area(area: Area) -> None:
    """The heading, what stands out, the scorecard, and what surrounds one local authority."""
    components.heading(
        area.name,
        areas.about_area(view),
        above=areas.kind(area, build.areas.get(area.region_code or "")),
    )
    for notice in areas.notices(view, area, list_predecessors(build, area)):
        components.notice(notice)
    if view.year is None:
        components.html(signals.section(view, area))
    with st.container(key="part", horizontal=True):
        choosers.choose("Part of the scorecard", "part", choices.PARTS, view.part)
        choosers.choose(
            "Show figures", "year", choices.years(build), str(view.year or choices.LATEST)
        )
    figures = load_shown_figures(view, area.code)
    if view.part != "health":
        components.scorecard(view, area, figures)
    if view.part in {"health", "all"}:
        show_health(area)
    programmes = load_memberships(build).get(area.code, [])
    components.html(areas.context(view, area, figures, programmes))
    show_charts()
    kept = navigation.make_start(area, reader.remembered(view)) if area.is_current else ""
    components.html(f'<p class="start">{kept}</p>' + areas.sources_note(view))


def show_health(area: Area) -> None:
    """What is published for the integrated care boards the local authority lies in."""
    boards = {code: list_newest_figures(build, code) for code, _ in build.boards.get(area.code, ())}
    about = areas.health(view, area) or "No integrated care board is known for this area."
    st.html(f'<h2 class="pillar">Health services</h2><p>{about}</p>')
    components.html(scorecard.health(view, area, boards))


def show_charts() -> None:
    """Two charts, drawn when they are opened: ranks, and one metric over time."""
    if place := components.opened("Show its rank on each headline metric", "ranks"):
        with place:
            components.chart(registry.positions(view), key="positions")
    if place := components.opened("Show one metric over time", "over_time"):
        with place:
            choosers.choose("Metric in this chart", "metric", choices.titles(build), view.metric.id)
            components.chart(registry.trend(choices.at_level(view)), key="trend")


if view.area:
    show_area(view.area)
else:
    components.heading(PAGE.title, "Choose your local authority above, or from this list.")
    st.html(areas.directory(view))
