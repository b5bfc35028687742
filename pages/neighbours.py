"""Neighbours: which areas are most like one in each model, and what makes them alike."""

import streamlit as st

from dashboard.bodies import neighbours, topic_sections
from dashboard.domain.records import Area
from dashboard.store.groups import load_context, load_nearest_distances, load_neighbours
from dashboard.store.provenance import list_neighbour_files, list_releases
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("neighbours", "Neighbours", "main", 5, "area", "area=E10000016")
view = reader.get_view()
build, area = view.build, view.area
choosers.choose_area_alone(view)
components.show_heading(
    PAGE.title, neighbours.render_neighbours_lead(view), above=area.name if area else ""
)
makes_alike = load_context(build)


def show_area(area: Area) -> None:
    """Who is near an area, what they have in common, and who has it among its ten."""
    near = neighbours.group_by_model(load_neighbours(build, area.code))
    for notice in neighbours.list_neighbours_notices(view, area, makes_alike.get(area.code, [])):
        components.show_notice(notice)
    if few := neighbours.render_few_alike(view, area, near, load_nearest_distances(build)):
        components.show_notice(few)
    components.show_html(
        neighbours.render_who(view, area, near)
        + neighbours.render_where(view, area, near)
        + neighbours.render_ways_to_compare(view, area, near)
        + neighbours.render_alike(view, area, makes_alike, near)
        + neighbours.render_named_by(view, area, near)
    )


if area:
    show_area(area)
components.show_html(neighbours.render_models(view))
cited = [build.metrics[metric] for metric in neighbours.list_neighbour_metrics(makes_alike)]
st.html(
    topic_sections.render_source_note([*list_neighbour_files(build), *list_releases(build, cited)])
)
