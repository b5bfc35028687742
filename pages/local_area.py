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
view = reader.get_view()
build = view.build
choosers.choose_area_and_comparator(view)


def show_area(area: Area) -> None:
    """The heading, what stands out, the scorecard, and what surrounds one local authority."""
    components.show_heading(
        area.name,
        areas.render_compared_with(view),
        above=areas.describe_kind(area, build.areas.get(area.region_code or "")),
    )
    for notice in areas.list_notices(view, area, list_predecessors(build, area)):
        components.show_notice(notice)
    if view.year is None:
        components.show_html(signals.render_signals(view, area))
    with st.container(key="part", horizontal=True):
        choosers.choose("Part of the scorecard", "part", choices.PARTS, view.part)
        choosers.choose(
            "Show figures", "year", choices.list_years(build), str(view.year or choices.LATEST)
        )
    figures = load_shown_figures(view, area.code)
    if view.part != "health":
        components.show_scorecard(view, area, figures)
    if view.part in {"health", "all"}:
        show_health(area)
    programmes = load_memberships(build).get(area.code, [])
    components.show_html(areas.render_context(view, area, figures, programmes))
    show_charts()
    kept = navigation.make_start(area, reader.find_remembered_area(view)) if area.is_current else ""
    components.show_html(f'<p class="start">{kept}</p>' + areas.render_sources_note(view))


def show_health(area: Area) -> None:
    """What is published for the integrated care boards the local authority lies in."""
    boards = {code: list_newest_figures(build, code) for code, _ in build.boards.get(area.code, ())}
    about = (
        areas.render_boards_of_area(view, area)
        or "No integrated care board is known for this area."
    )
    st.html(f'<h2 class="pillar">Health services</h2><p>{about}</p>')
    components.show_html(scorecard.draw_board_tables(view, area, boards))


def show_charts() -> None:
    """Two charts, drawn when they are opened: ranks, and one metric over time."""
    if place := components.open_expander("Show its rank on each headline metric", "ranks"):
        with place:
            components.show_chart(registry.build_positions(view), key="positions")
    if place := components.open_expander("Show one metric over time", "over_time"):
        with place:
            choosers.choose(
                "Metric in this chart", "metric", choices.list_titles(build), view.metric.id
            )
            components.show_chart(
                registry.build_trend(choices.put_area_at_level(view)), key="trend"
            )


if view.area:
    show_area(view.area)
else:
    components.show_heading(PAGE.title, "Choose your local authority above, or from this list.")
    st.html(areas.render_directory(view))
